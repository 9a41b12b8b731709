"""Who prevails, drawn: the shares over the scale, every member with its weight, and what stands beside it."""

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from detente.errors import UsageError
from detente.figures.apart import apart
from detente.figures.decision import Decided, Member, decision
from detente.figures.interval import Interval, numbered
from detente.figures.landmarks import Landmark, Level, Span
from detente.figures.positions_text import decision_as_text
from detente.situation.values import BasisKind

SVG = "{http://www.w3.org/2000/svg}"
BASES: tuple[BasisKind, ...] = ("read", "entered", "supplied", "assumed")
FILL = Decided(
    "Speed of filling", 0, 100, (Landmark(0, "no filling"), Landmark(60, "four seasons"), Landmark(100, "at will")),
    (0.1, 0.4, 0.3, 0.15, 0.05), Interval(10, 30, 70), 41, Interval(5, 50, 100), Level(40, 50, 60, "read"),
    (
        Member(Span("Karun", 60, 80, 100, "read"), 0.3, "assumed"),
        Member(Span("Delta Republic", 0, 20, 35, "entered"), 0.6, "entered"),
        Member(Span("Meridia", 30, 50, 70, "assumed"), 0.1, "assumed"),
    ),
)  # fmt: skip


def drawn(data: Decided, width: float = 720) -> ElementTree.Element:
    return ElementTree.fromstring(decision(data, id="d", title="Fill", desc="Three.", width=width))


def words(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}text")]


def hinted(picture: ElementTree.Element, told: str) -> list[ElementTree.Element]:
    return [g for g in picture.iter() if (g.findtext(f"{SVG}title") or "").startswith(told)]


def places(picture: ElementTree.Element, word: str) -> tuple[float, float]:
    found = next(t for t in picture.iter(f"{SVG}text") if t.text == word)
    return float(found.get("x", "0")), float(found.get("y", "0"))


def members(count: int) -> tuple[Member, ...]:
    return tuple(
        Member(Span(f"Member {k}", 0, 50, 100, BASES[k % 4]), (k + 1) / count, BASES[k % 3]) for k in range(count)
    )


def test_a_bar_is_as_high_as_its_share() -> None:
    bars = hinted(drawn(FILL), "about ")
    heights = [float(bar.get("height", "0")) for bar in bars]
    assert len(bars) == 5
    assert heights[1] / heights[0] == pytest.approx(4, rel=0.01)


def test_bars_stand_at_levels_from_end_to_end() -> None:
    bars = hinted(drawn(FILL), "about ")
    middles = [float(bar.get("x", "0")) + float(bar.get("width", "0")) / 2 for bar in bars]
    steps = [b - a for a, b in pairwise(middles)]
    assert max(steps) - min(steps) < 0.3
    assert middles[0] < places(drawn(FILL), "0: no filling")[0] + 8


def test_the_bracket_says_its_ends_and_the_median() -> None:
    said = words(drawn(FILL))
    assert {"10", "30", "70"} <= set(said)
    assert hinted(drawn(FILL), "most of the model's weight: 10 to 70; median 30")


def test_the_numbers_of_a_narrow_bracket_do_not_touch() -> None:
    close = replace(FILL, forecast=Interval(49, 50, 51))
    xs = [places(drawn(close), word)[0] for word in ("49", "50", "51")]
    assert xs[1] - xs[0] > 14
    assert xs[2] - xs[1] > 14


def test_members_stand_from_low_to_high_each_with_its_weight() -> None:
    picture = drawn(FILL)
    said = words(picture)
    assert [w for w in said if w in ("Karun", "Delta Republic", "Meridia")] == ["Delta Republic", "Meridia", "Karun"]
    assert {"0.60", "0.30", "0.10"} <= set(said)
    assert hinted(picture, "Delta Republic: 0 to 35, best guess 20 (entered); 0.60 of the body's weight (entered)")


def test_who_weighs_more_has_the_larger_mark() -> None:
    heavy = Member(Span("Heavy", 10, 10, 10, "read"), 0.9, "read")
    light = Member(Span("Light", 10, 10, 10, "read"), 0.1, "read")
    picture = drawn(replace(FILL, members=(light, heavy)))
    sizes = {name: hinted(picture, name)[0].findall(f"{SVG}circle")[0].get("r", "0") for name in ("Heavy", "Light")}
    assert float(sizes["Heavy"]) > 1.5 * float(sizes["Light"])


def test_the_compromise_mean_and_past_decisions_stand_beside_it() -> None:
    said = " ".join(words(drawn(FILL)))
    for told in ("Compromise mean: 41", "Past decisions: 5 to 100", "Today: 40 to 60"):
        assert told in said


def test_how_a_value_is_known_shows_as_everywhere() -> None:
    picture = decision(replace(FILL, members=members(4)), id="d", title="t", desc="d")
    for basis in ("supplied", "assumed"):
        assert f"url(#d-{basis})" in picture
    for meaning in ("read in a source", "entered by an analyst", "supplied by the program", "assumed by default"):
        assert meaning in picture


@pytest.mark.parametrize("width", [360, 720])
def test_many_members_at_one_place_do_not_cover_one_another(width: int) -> None:
    picture = drawn(replace(FILL, members=members(30)), width)
    rows = [places(picture, f"Member {k}")[1] for k in range(30)]
    assert min(b - a for a, b in pairwise(sorted(rows))) >= 14
    assert picture.get("width") == str(width)


def test_an_issue_of_two_poles_has_two_bars() -> None:
    named = replace(FILL, low=0, high=1, landmarks=(Landmark(0, "no"), Landmark(1, "yes")), shares=(0.4, 0.6))
    poles = replace(named, forecast=Interval(0, 1, 1), compromise=0.6, climatology=Interval(0, 0.5, 1), today=None)
    assert len(hinted(drawn(poles), "about ")) == 2
    assert words(drawn(poles)).count("1") == 1  # the median and the upper end are one number
    assert "1 no (0) · 2 yes (1)" in "\n".join(decision_as_text(poles))


def test_a_name_that_is_cut_keeps_its_number() -> None:
    long = replace(FILL, landmarks=(Landmark(60, "a very long name of a level " * 4),))
    assert any(word.startswith("60: a very") for word in words(drawn(long, 360)))


def test_levels_without_landmarks_are_numbered() -> None:
    assert [mark.name for mark in numbered((), (0, 100))][:2] == ["0", "20"]


def test_what_cannot_be_drawn_is_refused() -> None:
    for wrong in (replace(FILL, shares=()), replace(FILL, shares=(0.5, -0.5)), replace(FILL, shares=(1.0,))):
        with pytest.raises(UsageError, match="Give one share"):
            drawn(wrong)
        with pytest.raises(UsageError, match="Give one share"):
            decision_as_text(wrong)


def test_the_terminal_shows_the_same() -> None:
    told = decision_as_text(FILL)
    whole = "\n".join(told)
    assert max(map(len, told)) <= 78
    assert re.search(r"Delta Republic ═+◆═+ +0\.60$", whole, re.M)
    assert "most of the weight: 10 to 70" in whole
    assert "◇ compromise mean" in whole
    assert "past decisions elsewhere: 5 to 100" in whole
    hill = [line for line in told if "█" in line]
    assert len(hill) == 4


@pytest.mark.parametrize("name", ["<script>&amp;]]>", "x" * 500, "", "\x00‮"])
def test_hostile_names_stay_text(name: str) -> None:
    data = replace(
        FILL, issue=name, landmarks=(Landmark(3, name),), members=(Member(Span(name, 1, 2, 3, "read"), 1, "read"),)
    )
    for width in (360, 720):
        assert not [e for e in drawn(data, width).iter() if e.tag.endswith("script")]
    assert max(map(len, decision_as_text(data))) <= 80


def test_labels_are_pushed_apart_with_the_least_moving() -> None:
    placed = apart([10, 10, 10, 80], [4, 4, 4, 4], ends=(0, 100))
    assert placed == [6, 10, 14, 80]
    assert apart([99, 99], [4, 4], ends=(0, 100)) == [94, 98]
