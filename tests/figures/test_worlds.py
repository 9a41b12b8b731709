"""Worlds side by side show every equilibrium, say how many there are, and never one silently."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from detente.errors import UsageError
from detente.figures.no_deal_text import held_as_text, worlds_as_text
from detente.figures.worlds import CrisisWorld, CrisisWorlds, Held, Spread, held, worlds

SVG = "{http://www.w3.org/2000/svg}"
HELD = Held(("Nash", "GMR", "SMR", "SEQ", "SIM"), (("drift", (1.0, 1.0, 1.0, 0.5, None)), ("force", (0.0,) * 5)))


def drawn(crisis: CrisisWorlds, width: float = 720) -> ElementTree.Element:
    return ElementTree.fromstring(worlds(crisis, id="w", title="Worlds", desc="Two.", width=width))


def strips(data: Held, width: float = 720) -> ElementTree.Element:
    return ElementTree.fromstring(held(data, id="h", title="Today", desc="Two.", width=width))


def words(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}text")]


def bars(picture: ElementTree.Element, told: str) -> list[float]:
    """The lengths of the bars whose hint begins so."""
    groups = [g for g in picture.iter(f"{SVG}g") if (g.findtext(f"{SVG}title") or "").startswith(told)]
    return [float(g.findall(f"{SVG}rect")[1].get("width", "0")) for g in groups if len(g.findall(f"{SVG}rect")) == 2]


def test_there_is_a_bar_for_every_equilibrium_and_the_count_is_written(crisis: CrisisWorlds) -> None:
    picture = drawn(crisis)
    assert {"1 equilibrium", "3 equilibria", "one to three over draws"} <= set(words(picture))
    assert len(bars(picture, "force, squeeze")) == 3
    assert len(bars(picture, "force, drift")) == 1


def test_a_bar_is_as_long_as_its_share(crisis: CrisisWorlds) -> None:
    first, second, third = bars(drawn(crisis), "nothing, squeeze")
    assert first / third == pytest.approx(7, rel=0.05)
    assert second / third == pytest.approx(4, rel=0.05)


def test_equilibria_are_told_apart_without_colour(crisis: CrisisWorlds) -> None:
    fills = {r.get("fill") for r in drawn(crisis).iter(f"{SVG}rect") if r.get("stroke")}
    assert len(fills) == 3
    assert "url(#w-second)" in fills


def test_ranges_over_draws_are_drawn_where_there_are_draws(crisis: CrisisWorlds) -> None:
    hints = [t.text or "" for t in drawn(crisis).iter(f"{SVG}title")]
    assert "nothing, squeeze: 0.30 to 0.50 over draws, 0.40 on average" in hints
    assert "low, mean and high over draws" in words(drawn(crisis))
    assert "low, mean and high over draws" not in words(drawn(replace(crisis, worlds=crisis.worlds[:1])))


def test_what_a_bar_is_the_share_of_is_said(crisis: CrisisWorlds) -> None:
    named = replace(crisis, worlds=crisis.worlds[:1], measure="share of draws in which this end is the likeliest")
    assert "share of draws in which this end is the likeliest" in words(drawn(named))
    assert "the likeliest" in " ".join(worlds_as_text(named))


def test_a_note_stands_for_the_count_of_a_single_equilibrium() -> None:
    one = CrisisWorlds(("force",), (CrisisWorld("drift", ((0.5,),), note="several equilibria in some draws"),))
    assert "1 equilibrium" not in words(drawn(one))


def test_shares_that_do_not_match_the_outcomes_are_refused(crisis: CrisisWorlds) -> None:
    for wrong in (CrisisWorld("drift", ((0.5,),)), CrisisWorld("drift", (), (Spread(0, 0, 0),))):
        with pytest.raises(UsageError, match="one share for each of the 4 outcomes"):
            drawn(replace(crisis, worlds=(wrong,)))
        with pytest.raises(UsageError, match="one share for each of the 4 outcomes"):
            worlds_as_text(replace(crisis, worlds=(wrong,)))


def test_what_is_all_but_certain_everywhere_needs_no_picture(crisis: CrisisWorlds) -> None:
    sure = CrisisWorlds(("nothing", "force"), (CrisisWorld("drift", ((1.0, 0.0),)),))
    assert sure.only() == "nothing"
    doubtful = replace(sure.worlds[0], spread=(Spread(0.2, 0.9, 1.0), Spread(0.0, 0.1, 0.8)))
    assert replace(sure, worlds=(doubtful,)).only() is None
    assert crisis.only() is None
    assert Held(("Nash",), (("drift", (1.0,)), ("force", (1.0,)))).only() == 1.0
    assert HELD.only() is None


def test_a_strip_is_as_full_as_the_share_of_draws() -> None:
    said = words(strips(HELD))
    assert said.count("1.00") == 3
    assert {"0.50", "–", "0.00"} <= set(said)
    assert "drift" in " ".join(held_as_text(HELD))


@pytest.mark.parametrize("name", ["<script>&amp;]]>", "x" * 500, "", "\x00‮"])
def test_hostile_names_stay_text(name: str) -> None:
    crisis = CrisisWorlds((name,), (CrisisWorld(name, ((0.5,),), note=name),) * 3, measure=name)
    data = Held((name,) * 7, ((name, (0.5,) * 7),))
    for width in (360, 720):
        for picture in (drawn(crisis, width), strips(data, width)):
            assert not [e for e in picture.iter() if e.tag.endswith("script")]
    assert max(map(len, (*worlds_as_text(crisis), *held_as_text(data)))) <= 80


def test_a_narrow_picture_of_three_worlds_and_five_concepts_stays_narrow(crisis: CrisisWorlds) -> None:
    three = replace(crisis, worlds=(*crisis.worlds, replace(crisis.worlds[1], name="force")))
    assert drawn(three, 360).get("width") == strips(HELD, 360).get("width") == "360"


def test_the_same_input_gives_the_same_picture(crisis: CrisisWorlds) -> None:
    assert len({worlds(crisis, id="w", title="t", desc="d") for _ in range(2)}) == 1
    assert worlds_as_text(crisis) == worlds_as_text(crisis)
