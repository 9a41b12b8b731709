"""The models side by side, and the members round by round."""

from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from detente.errors import UsageError
from detente.figures.interval import Interval
from detente.figures.landmarks import Landmark
from detente.figures.lenses import Lenses, LensRow, lenses
from detente.figures.positions_text import courses_as_text, lenses_as_text
from detente.figures.rounds import Course, Courses, courses

SVG = "{http://www.w3.org/2000/svg}"
PANEL = Lenses(
    "Speed of filling", 0, 100, (Landmark(0, "none"), Landmark(100, "at will")),
    (
        LensRow("Default forecast", "default", 39, Interval(17, 39, 69)),
        LensRow("Weighted median", "model", 20),
        LensRow("Exchange model", "model", None, None, "There is one issue only."),
        LensRow("Past decisions", "baseline", 50, Interval(5, 50, 100)),
    ),
)  # fmt: skip
WAYS = Courses(
    "Speed of filling", 0, 100, (Landmark(0, "none"), Landmark(100, "at will")),
    (Course("Karun", (80, 70, 60)), Course("Delta Republic", (20, 20, 60)), Course("Front", (0, 0, 0))),
)  # fmt: skip


def panel(data: Lenses, width: float = 720) -> ElementTree.Element:
    return ElementTree.fromstring(lenses(data, id="m", title="Models", desc="Four.", width=width))


def ways(data: Courses, width: float = 720) -> ElementTree.Element:
    return ElementTree.fromstring(courses(data, id="r", title="Rounds", desc="Two.", width=width))


def words(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}text")]


def hints(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}title")]


def test_every_model_has_a_row_with_its_value_in_the_order_given() -> None:
    said = words(panel(PANEL))
    assert [w for w in said if w in {row.name for row in PANEL.rows}] == [row.name for row in PANEL.rows]
    assert {"39", "20", "50"} <= set(said)


def test_a_model_that_says_nothing_says_why() -> None:
    assert "says nothing: There is one issue only." in words(panel(PANEL))
    assert "says nothing: There is one issue only." in "\n".join(lenses_as_text(PANEL))


def test_a_row_is_drawn_where_its_value_lies() -> None:
    rows = panel(replace(PANEL, landmarks=(), rows=(LensRow("a", "model", 0), LensRow("b", "model", 100))))
    marks = [g for g in rows.iter(f"{SVG}g") if (g.findtext(f"{SVG}title") or "").startswith(("a: ", "b: "))]
    starts = [float(next(g.iter(f"{SVG}path")).get("d", "M0").split()[0].lstrip("M")) for g in marks]
    assert starts[1] - starts[0] > 400


def test_a_baseline_looks_unlike_a_model() -> None:
    picture = lenses(PANEL, id="m", title="t", desc="d")
    assert "stroke-dasharray" in picture
    assert "the same by a rule of thumb" in picture
    assert "the same by a rule of thumb" not in lenses(replace(PANEL, rows=PANEL.rows[:3]), id="m", title="t", desc="d")


def test_a_panel_without_models_is_refused() -> None:
    with pytest.raises(UsageError, match="no model is given"):
        panel(replace(PANEL, rows=()))


def test_a_member_is_named_where_it_ends() -> None:
    picture = ways(WAYS)
    ends = {
        w: float(t.get("y", "0")) for t in picture.iter(f"{SVG}text") if (w := t.text or "").endswith((": 60", ": 0"))
    }
    assert set(ends) == {"Karun: 60", "Delta Republic: 60", "Front: 0"}
    assert ends["Front: 0"] > ends["Karun: 60"]
    assert abs(ends["Karun: 60"] - ends["Delta Republic: 60"]) >= 13


def test_thirty_names_at_one_place_stand_one_under_the_other() -> None:
    crowd = replace(WAYS, courses=tuple(Course(f"Member {k}", (k * 3.0, 50.0)) for k in range(30)))
    for width in (360, 720):
        picture = ways(crowd, width)
        rows = sorted(float(t.get("y", "0")) for t in picture.iter(f"{SVG}text") if (t.text or "").startswith("Member"))
        assert min(b - a for a, b in pairwise(rows)) >= 13
        assert picture.get("width") == str(width)
        assert rows[-1] < float(picture.get("height", "0"))


def test_there_is_a_dot_for_every_move_and_none_for_who_stays() -> None:
    assert {"Karun: from 80 to 60", "Front: stays at 0"} <= set(hints(ways(WAYS)))
    dots = {
        told: len(g.findall(f"{SVG}circle"))
        for g in ways(WAYS).iter(f"{SVG}g")
        if (told := g.findtext(f"{SVG}title") or "")
    }
    assert dots == {"Karun: from 80 to 60": 3, "Delta Republic: from 20 to 60": 2, "Front: stays at 0": 0}


def test_who_moves_is_told_apart_without_colour() -> None:
    paths = [p for g in ways(WAYS).iter(f"{SVG}g") if g.findtext(f"{SVG}title") for p in g.findall(f"{SVG}path")]
    assert len({(p.get("stroke-dasharray"), p.get("stroke-width")) for p in paths}) == 3


def test_that_it_has_not_come_to_rest_is_said() -> None:
    open_end = replace(WAYS, settled=False)
    assert "not come to rest by the last round" in words(ways(open_end))
    assert "not come to rest" in "\n".join(courses_as_text(open_end))
    assert "not come to rest" not in "\n".join(courses_as_text(WAYS))


def test_unequal_rounds_are_refused() -> None:
    for wrong in ((), (Course("a", (1.0,)), Course("b", (1.0, 2.0))), (Course("a", ()),)):
        with pytest.raises(UsageError, match="the same number of rounds"):
            ways(replace(WAYS, courses=wrong))
        with pytest.raises(UsageError, match="the same number of rounds"):
            courses_as_text(replace(WAYS, courses=wrong))


def test_a_hundred_rounds_fit_a_terminal() -> None:
    long = replace(WAYS, courses=(Course("Karun", tuple(80 - k / 2 for k in range(101))),))
    told = courses_as_text(long)
    assert max(map(len, told)) <= 80
    assert "100" in told[1]
    dear = replace(WAYS, high=2e6, courses=(Course("Karun", (1_250_000.0, 1_500_000.0, 1_750_000.0)),))
    assert max(map(len, courses_as_text(dear))) <= 80


@pytest.mark.parametrize("name", ["<script>&amp;]]>", "x" * 500, "", "\x00‮"])
def test_hostile_names_stay_text(name: str) -> None:
    data = replace(
        PANEL, issue=name, landmarks=(Landmark(3, name),), rows=(LensRow(name, "model", None, None, name),) * 2
    )
    moved = replace(WAYS, issue=name, landmarks=(Landmark(3, name),), courses=(Course(name, (1, 2)),))
    for width in (360, 720):
        for picture in (panel(data, width), ways(moved, width)):
            assert not [e for e in picture.iter() if e.tag.endswith("script")]
    assert max(map(len, (*lenses_as_text(data), *courses_as_text(moved)))) <= 80
