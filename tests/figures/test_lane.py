"""Lanes: every value that can be moved is a slider with a name, and the picture says what it knows."""

import re
from xml.etree import ElementTree

from detente.figures import NARROW, Landmark, Lane, LaneRow, Level, RedLine, Span, lane, lane_legend

SVG = "{http://www.w3.org/2000/svg}"
MARKS = (Landmark(0, "none"), Landmark(50, "half <b>full</b>"), Landmark(100, "full"))
ROWS = (
    LaneRow("karun.dam", Span("Karun", 0, 50, 80, "read", RedLine(20, "at_most", "entered")),
            Level(10, 20, 30, "entered"), 100, beside="30%"),
    LaneRow("upper.dam", Span("Upper Karun", 5, 5, 5, "assumed"), None, 0, member=True),
    LaneRow("zohre.dam", Span("Zohre & Sons", 60, 80, 100, "supplied"), None, 40),
)  # fmt: skip


def drawn(width: float = 720, **other: object) -> ElementTree.Element:
    data = Lane(
        issue="the dam", low=0, high=100, landmarks=MARKS, today=Level(0, 0, 10, "assumed"), rows=ROWS,
        beside="from Zohre", blocs=((0, 2),), **other,  # type: ignore[arg-type]
    )  # fmt: skip
    return ElementTree.fromstring(lane(data, id="lane", title="Dam", desc="Three rows.", width=width))


def handles(picture: ElementTree.Element) -> list[ElementTree.Element]:
    return [g for g in picture.iter(f"{SVG}g") if g.get("role") == "slider"]


def test_every_end_best_guess_and_red_line_is_a_slider_with_its_value_in_words() -> None:
    found = handles(drawn())
    assert len(found) == 3 * len(ROWS) + 1
    first = found[2]
    assert first.get("aria-label") == "Karun on the dam, best guess of what it wants"
    assert first.get("aria-valuetext") == "50, half <b>full</b>"
    assert (first.get("data-path"), first.get("data-part")) == ("karun.dam.position", "best")
    assert first.get("data-at") == "0,50,80"
    line = next(h for h in found if h.get("data-part") == "line")
    assert line.get("aria-valuetext") == "accepts at most 20"
    assert line.get("data-path") == "karun.dam.red_line"
    assert all(h.get("tabindex") == "0" and h.get("aria-valuenow") for h in found)


def test_an_end_cannot_pass_the_best_guess() -> None:
    low, high, best, *_ = handles(drawn())
    assert (low.get("aria-valuemin"), low.get("aria-valuemax")) == ("0", "50")
    assert (high.get("aria-valuemin"), high.get("aria-valuemax")) == ("50", "100")
    assert (best.get("aria-valuemin"), best.get("aria-valuemax")) == ("0", "100")


def test_without_handles_the_picture_is_an_image() -> None:
    still, moving = drawn(movable=False), drawn()
    assert (still.get("role"), moving.get("role")) == ("img", "group")
    assert handles(still) == []


def test_the_mark_grows_with_how_much_the_issue_matters() -> None:
    dots = {h.get("data-path"): h for h in handles(drawn()) if h.get("data-part") == "best"}
    large = next(dots["karun.dam.position"].iter(f"{SVG}circle")).get("r")
    small = next(r for r in dots["upper.dam.position"].iter(f"{SVG}rect") if r.get("class") is None).get("width")
    assert float(large or 0) * 2 > float(small or 0)


def test_a_narrow_lane_stays_inside_its_frame() -> None:
    for width in (720.0, NARROW):
        picture = drawn(width)
        boxes = [r for r in picture.iter(f"{SVG}rect") if r.get("class") == "hit"]
        assert all(float(r.get("x") or 0) >= 0 and float(r.get("x") or 0) + 17 <= width for r in boxes)
    assert "narrow" in (drawn(NARROW).get("class") or "")


def test_nothing_of_a_dossier_gets_out_of_its_place() -> None:
    data = Lane("<script>", 0, 1, (), Level(0, 0, 0, "read"),
                (LaneRow('"><x', Span("<script>alert(1)</script>", 0, 0.5, 1, "read"), None, 10),))  # fmt: skip
    text = lane(data, id="l", title="<t>", desc="d")
    assert "<script" not in text
    assert re.search(r"\sstyle=|\son[a-z]+=", text) is None
    ElementTree.fromstring(text)


def test_the_legend_says_what_is_there_and_no_more() -> None:
    text = lane_legend(frozenset({"read"}), lines=False, blocs=False)
    assert "red line" not in text
    assert "stand close together" not in text
    assert "the larger, the more it matters" in text
