"""The landmark picture shows every party on every issue, and how each value is known."""

import re
from dataclasses import replace
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.figures.landmarks import IssueLine, Landmark, Level, RedLine, Span, landmarks
from detente.figures.landmarks_text import landmarks_as_text, text_legend
from detente.figures.text import text_width
from detente.situation.values import BasisKind

SVG = "{http://www.w3.org/2000/svg}"


def drawn(lines: tuple[IssueLine, ...]) -> ElementTree.Element:
    return ElementTree.fromstring(landmarks(lines, id="f", title="Who wants what", desc="What is shown."))


def words(picture: ElementTree.Element) -> str:
    return " ".join(element.text or "" for element in picture.iter(f"{SVG}text"))


def one(span: Span, *, low: float = 0, high: float = 100) -> tuple[IssueLine, ...]:
    return (IssueLine("Fill", low, high, (Landmark(low, "none"), Landmark(high, "full")), None, (span,)),)


def test_the_picture_has_a_role_a_name_and_a_description(issue_lines: tuple[IssueLine, ...]) -> None:
    picture = drawn(issue_lines)
    assert picture.get("role") == "img"
    named = [picture.find(f"*[@id='{id}']") for id in (picture.get("aria-labelledby") or "").split()]
    assert [element.text for element in named if element is not None] == ["Who wants what", "What is shown."]


def test_every_issue_party_and_landmark_is_named(issue_lines: tuple[IssueLine, ...]) -> None:
    said = words(drawn(issue_lines))
    for line in issue_lines:
        assert line.name in said
        assert all(span.party in said for span in line.spans)
    assert "seven wet seasons" in said


@pytest.mark.parametrize("basis", ["supplied", "assumed"])
def test_only_what_is_not_known_is_dotted_or_hatched(basis: BasisKind) -> None:
    assert f"url(#f-{basis})" in landmarks(one(Span("Karun", 10, 20, 30, basis)), id="f", title="t", desc="d")
    known = landmarks(one(Span("Karun", 10, 20, 30, "read")), id="f", title="t", desc="d")
    assert "url(#" not in known


def test_the_four_bases_differ_without_colour() -> None:
    bases: tuple[BasisKind, ...] = ("read", "entered", "supplied", "assumed")
    pictures = [landmarks(one(Span("K", 10, 20, 30, basis)), id="f", title="t", desc="d") for basis in bases]
    without_colour = {
        re.sub(r"var\(--\w+, #\w+\)|#f-\w+|\w+ (in|by) [^<(]*|\(\w+\)", "", picture) for picture in pictures
    }
    assert len(without_colour) == 4


@pytest.mark.parametrize(("accepts", "way"), [("at_most", "l-7"), ("at_least", "l7")])
def test_the_arrow_of_a_red_line_points_to_what_is_accepted(accepts: str, way: str) -> None:
    line = RedLine(40, "at_most" if accepts == "at_most" else "at_least", "read")
    picture = landmarks(one(Span("K", 10, 20, 30, "read", line)), id="f", title="t", desc="d")
    assert way in picture.split("red line, accepts")[1].split("</g>")[0]
    assert f"accepts {accepts.replace('_', ' ')} 40" in picture


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 100), st.text("abcdefgh ", min_size=1, max_size=40)), min_size=2, max_size=9))
def test_no_landmark_name_lies_on_another(marks: list[tuple[float, str]]) -> None:
    line = IssueLine("Fill", 0, 100, tuple(Landmark(*mark) for mark in marks), None, ())
    boxes: list[tuple[float, float, float]] = []
    for label in drawn((line,)).iter(f"{SVG}g"):
        if label.get("paint-order") != "stroke":
            continue
        for text in label.iter(f"{SVG}text"):
            wide = text_width(text.text or "", 11.5)
            x, y = float(text.get("x", "0")), float(text.get("y", "0"))
            left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[label.get("text-anchor", "start")]
            boxes.append((left, left + wide, y))
    for a, b in combinations(boxes, 2):
        assert abs(a[2] - b[2]) > 9 or a[1] <= b[0] + 0.2 or b[1] <= a[0] + 0.2


def test_a_value_outside_the_scale_is_drawn_at_its_edge_and_a_scale_of_one_point_is_drawn() -> None:
    wild = drawn(one(Span("K", -500, 0, 900, "read")))
    width = float((wild.get("viewBox") or "").split()[2])
    assert all(0 <= float(rect.get("x", "0")) <= width for rect in wild.iter(f"{SVG}rect"))
    assert drawn(one(Span("K", 5, 5, 5, "assumed"), low=5, high=5)) is not None


def test_hostile_names_stay_text() -> None:
    hostile = "<script>alert(1)</script>]]>&\x00\u202e" + "x" * 10_000
    span = Span(hostile, 0, 1, 2, "read")
    line = replace(one(span)[0], name=hostile, landmarks=(Landmark(0, hostile),))
    picture = ElementTree.fromstring(landmarks((line,), id="f", title=hostile, desc=hostile))
    assert not [element for element in picture.iter() if element.tag.endswith("script")]


def test_the_same_input_gives_the_same_picture(issue_lines: tuple[IssueLine, ...]) -> None:
    made = {landmarks(issue_lines, id="f", title="t", desc="d") for _ in range(3)}
    assert len(made) == 1


def test_twelve_parties_have_a_row_each(issue_lines: tuple[IssueLine, ...]) -> None:
    spans = tuple(Span(f"Party {at}", at, at + 5, at + 30, "read") for at in range(12))
    names = [
        t
        for t in drawn((replace(issue_lines[0], spans=spans),)).iter(f"{SVG}text")
        if (t.text or "").startswith("Party")
    ]
    rows = sorted(float(name.get("y", "0")) for name in names)
    assert len(rows) == 12
    assert min(b - a for a, b in pairwise(rows)) >= 20


def test_in_characters_every_party_has_its_mark_and_no_line_is_too_wide(issue_lines: tuple[IssueLine, ...]) -> None:
    for width in (60, 78, 98):
        rows = landmarks_as_text(issue_lines, width=width)
        assert max(len(row) for row in (*rows, *text_legend(width=width))) <= width
        assert all(any(span.party[:10] in row for row in rows) for line in issue_lines for span in line.spans)
    assert sum(row.count("●") for row in rows) == 4
    assert sum(row.count("□") for row in rows) == 2


def test_in_characters_a_better_guess_stands_further_right() -> None:
    rows = landmarks_as_text(
        (
            replace(
                one(Span("A", 0, 20, 30, "read"))[0], spans=(Span("A", 0, 20, 30, "read"), Span("B", 0, 60, 90, "read"))
            ),
        )
    )
    first, second = (row for row in rows if "●" in row)
    assert first.index("●") < second.index("●")


def test_today_is_shown_and_says_when_it_is_only_assumed() -> None:
    line = replace(one(Span("K", 0, 1, 2, "read"))[0], status_quo=Level(0, 0, 0, "assumed"))
    assert "today (assumed)" in words(drawn((line,)))
