"""Tornado and strips: every input is drawn where its answers lie, and can be read without colour."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from detente.errors import UsageError
from detente.figures import Strip, Strips, Swing, Swings, Turn, flips, flips_as_text, tornado, tornado_as_text

SVG = "{http://www.w3.org/2000/svg}"
SWINGS = Swings(
    "A deal on the dam", 0.7, "all draws",
    (Swing("What Karun wants", "read", ("lowest fifth", "highest fifth"), 0.9, 0.4),
     Swing("Whether its red line is real", "assumed", ("not real", "real"), None, 0.7)),
    shares=True,
)  # fmt: skip
STRIPS = Strips(
    "A deal on the dam", 0.5,
    (Strip("What Karun wants", ("0", "100"), 40, (0, 50, 100), (0.9, 0.6, 0.1), (Turn(62.7, False),)),
     Strip("Its red line", ("0", "50"), 25, (0, 25, 50), (1.0, 1.0, 0.7), (), jump=25.2)),
    shares=True,
)  # fmt: skip


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def words(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}text")]


def hints(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}title")]


@pytest.mark.parametrize("width", [720, 360])
def test_a_bar_leads_from_the_middle_to_the_answer_and_names_its_end(width: float) -> None:
    picture = drawn(tornado(SWINGS, id="f", title="t", desc="d", width=width))
    said = words(picture)
    assert "lowest fifth: 90%" in said
    assert "highest fifth: 40%" in said
    bars = [r for r in picture.iter(f"{SVG}rect") if float(r.get("width", 0)) > 30 and r.get("rx") == "1.5"]
    assert len(bars) == 2
    low, high = bars
    assert float(low.get("x", 0)) == pytest.approx(float(high.get("x", 0)) + float(high.get("width", 0)), abs=0.2)
    assert low.get("fill") != high.get("fill")


def test_an_end_without_an_answer_is_said_to_have_none() -> None:
    picture = drawn(tornado(SWINGS, id="f", title="t", desc="d"))
    assert "not real: none" in words(picture)
    assert any("at not real none" in told for told in hints(picture))


def test_a_wider_swing_is_drawn_wider() -> None:
    rows = (Swing("a", "read", ("0", "1"), 0.2, 0.9), Swing("b", "read", ("0", "1"), 0.6, 0.8))
    picture = drawn(tornado(replace(SWINGS, rows=rows), id="f", title="t", desc="d"))
    wide = [float(r.get("width", 0)) for r in picture.iter(f"{SVG}rect") if r.get("rx") == "1.5"][:4]
    assert wide[0] / wide[2] == pytest.approx(5, rel=0.05)


@pytest.mark.parametrize("width", [720, 360])
def test_a_turn_is_marked_where_it_is(width: float) -> None:
    picture = drawn(flips(STRIPS, id="f", title="t", desc="d", width=width))
    said = words(picture)
    assert {"63", "25", "100"} <= set(said)
    assert any("crosses 50% down at 63" in told for told in hints(picture))
    assert any("most of it at 25" in told for told in hints(picture))


def test_the_text_says_what_the_picture_shows() -> None:
    told = "\n".join((*tornado_as_text(SWINGS), *flips_as_text(STRIPS)))
    for part in ("lowest fifth: 90%", "real: 70%", "falls below 50% at 63", "most of the change at 25", "90% to 10%"):
        assert part in told
    assert max(len(line) for line in told.splitlines()) <= 80


def test_names_from_outside_stay_text() -> None:
    rows = (replace(SWINGS.rows[0], name="<b>&"),)
    assert "<b>" not in tornado(replace(SWINGS, rows=rows), id="f", title="t", desc="d")
    strips = (replace(STRIPS.strips[0], name="<i>"),)
    assert "<i>" not in flips(replace(STRIPS, strips=strips), id="f", title="t", desc="d")


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(UsageError, match="No input moves"):
        tornado(replace(SWINGS, rows=()), id="f", title="t", desc="d")
    with pytest.raises(UsageError, match="No input is swept"):
        flips(replace(STRIPS, strips=()), id="f", title="t", desc="d")


def test_an_answer_that_stands_still_can_be_drawn() -> None:
    rows = (Swing("a", "read", ("0", "1"), 0.7, 0.7),)
    assert "nan" not in tornado(replace(SWINGS, rows=rows), id="f", title="t", desc="d")
    still = Strips("Gain", 3.0, (Strip("a", ("0", "1"), 0, (0, 1), (3.0, 3.0), ()),))
    assert "nan" not in flips(still, id="f", title="t", desc="d")
    assert flips_as_text(still)
