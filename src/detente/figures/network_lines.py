"""How is a line of the network drawn, so that its kind shows in its form and its basis in its dashes?"""

import math
from dataclasses import dataclass
from typing import Literal

from detente.figures.layout import Box, Point
from detente.figures.legend import legend
from detente.figures.svg import ALARM, DASHES, INK, PAPER, SEAT, SOFT_INK, group, hint, number, tag, text
from detente.situation.values import BasisKind

LineKind = Literal[
    "consent", "consulted", "host", "mediator", "mediator-unstated", "ally", "lobby", "patron_proxy", "rivalry",
    "threat", "commitment",
]  # fmt: skip
Spot = tuple[float, float, Box]

MEANING: dict[LineKind, str] = {
    "consent": "seat at a table: its consent is needed",
    "consulted": "consulted",
    "host": "hosts",
    "mediator": "mediates",
    "mediator-unstated": "mediates, though nobody says so",
    "ally": "allies",
    "lobby": "presses",
    "patron_proxy": "patron and proxy (arrow to the proxy)",
    "rivalry": "rivals",
    "threat": "threat, numbered",
    "commitment": "commitment, numbered",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line from one node to another; `length` is what it would like to be, `note` what is said beside it."""

    kind: LineKind
    source: str
    target: str
    basis: BasisKind
    length: float
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A curve from edge to edge of two boxes: start, bend, end, the middle and the direction there and at the end."""

    start: Point
    bend: Point
    end: Point

    def at(self, share: float) -> Point:
        """Return the point at a share of the way."""
        rest = 1 - share
        return (
            rest * rest * self.start[0] + 2 * rest * share * self.bend[0] + share * share * self.end[0],
            rest * rest * self.start[1] + 2 * rest * share * self.bend[1] + share * share * self.end[1],
        )

    @property
    def path(self) -> str:
        """Return the curve as path data."""
        points = (self.start, self.bend, self.end)
        a, b, c = (f"{number(x)} {number(y)}" for x, y in points)
        return f"M{a}Q{b} {c}"

    def heading(self, share: float) -> float:
        """Return the direction of travel at a share of the way, in degrees."""
        (x0, y0), (x1, y1) = self.at(max(share - 0.04, 0.0)), self.at(min(share + 0.04, 1.0))
        return math.degrees(math.atan2(y1 - y0, x1 - x0))


def line(each: Line, source: Spot, target: Spot, bend: float) -> str:
    """Draw one line between two boxes, bent sideways by so many pixels."""
    course = _course(source, target, bend)
    told = hint(
        f"{MEANING[each.kind]} ({each.basis}){f': {each.note}' if each.note and not each.note.isdigit() else ''}"
    )
    return group(told, *_strokes(each.kind, each.basis, course), *_signs(each, course))


def _course(source: Spot, target: Spot, bend: float) -> Course:
    (x0, y0, box0), (x1, y1, box1) = source, target
    long = math.hypot(x1 - x0, y1 - y0) or 1.0
    middle = ((x0 + x1) / 2 - (y1 - y0) / long * bend, (y0 + y1) / 2 + (x1 - x0) / long * bend)
    return Course(_edge((x0, y0), box0, middle), middle, _edge((x1, y1), box1, middle))


def _edge(centre: Point, box: Box, towards: Point) -> Point:
    """Return where the way from the centre of a box leaves the box, with a little air."""
    dx, dy = towards[0] - centre[0], towards[1] - centre[1]
    across = (box.width / 2 + 4) / abs(dx) if dx else math.inf
    down = (box.height / 2 + 4) / abs(dy) if dy else math.inf
    share = min(across, down, 1.0)
    return centre[0] + dx * share, centre[1] + dy * share


def _strokes(kind: LineKind, basis: BasisKind, course: Course) -> list[str]:
    dash = DASHES[basis]
    if kind == "ally":
        outer = tag("path", d=course.path, fill="none", stroke=INK, stroke_width=5, stroke_dasharray=dash)
        return [outer, tag("path", d=course.path, fill="none", stroke=PAPER, stroke_width=2)]
    colour = {"threat": ALARM, "consent": INK, "patron_proxy": INK, "rivalry": INK}.get(kind, SOFT_INK)
    width = {"threat": 2.2, "consent": 2.0, "patron_proxy": 2.0}.get(kind, 1.5)
    return [
        tag(
            "path", d=course.path, fill="none", stroke=colour, stroke_width=width, stroke_dasharray=dash,
        )
    ]  # fmt: skip


def _signs(each: Line, course: Course) -> list[str]:
    match each.kind:
        case "threat" | "commitment":
            colour = ALARM if each.kind == "threat" else SOFT_INK
            return [_head(course, 1.0, colour), badge(each.note or "", course.at(0.5), colour)]
        case "patron_proxy":
            return [_head(course, 0.5, INK, size=7)]
        case "lobby":
            return [_head(course, 1.0, SOFT_INK)]
        case "rivalry":
            return [_cross(course.at(0.5))]
        case "host" | "mediator" | "mediator-unstated" | "consulted":
            word = {"host": "hosts", "mediator": "mediates", "consulted": "consulted"}.get(each.kind, "mediates?")
            return [_word(word, course.at(0.5))]
        case _:
            return []


def _head(course: Course, share: float, colour: str, size: float = 8) -> str:
    x, y = course.at(share)
    turn = f"translate({number(x)} {number(y)}) rotate({number(course.heading(share))})"
    back = 0.0 if share == 1.0 else size / 2
    return tag(
        "path", d=f"M{number(back)} 0l-{size * 1.3:g} -{size * 0.6:g}v{size * 1.2:g}z", fill=colour, transform=turn
    )


def badge(word: str, at: Point, colour: str) -> str:
    """Draw the number of a threat."""
    disc = tag("circle", cx=at[0], cy=at[1], r=9, fill=colour, stroke=PAPER, stroke_width=1.5)
    return disc + text(word, at[0], at[1] + 4, text_anchor="middle", font_size=11, font_weight=700, fill=PAPER)


def _cross(at: Point) -> str:
    x, y = number(at[0]), number(at[1])
    disc = tag("circle", cx=at[0], cy=at[1], r=8, fill=PAPER, stroke=INK, stroke_width=1.2)
    return disc + tag("path", d=f"M{x} {y}m-3.5 -3.5l7 7m0 -7l-7 7", stroke=INK, stroke_width=1.6, fill="none")


def _word(word: str, at: Point) -> str:
    # A halo in the colour of the paper keeps the word readable where it lies on a band or on its own line.
    return text(
        word, at[0], at[1] + 4, text_anchor="middle", font_size=11, fill=SOFT_INK, stroke=PAPER, stroke_width=4,
        stroke_linejoin="round", paint_order="stroke",
    )  # fmt: skip


def key(lines: tuple[Line, ...], top: float, width: float) -> tuple[str, float]:
    """Say what every kind of line and every kind of dash in the picture means."""
    kinds = {each.kind for each in lines}
    flat = Course((0.0, 0.0), (15.0, 0.0), (30.0, 0.0))
    entries: list[tuple[str, str]] = []
    for kind, meaning in MEANING.items():
        if kind not in kinds:
            continue
        sample = Line(kind, "", "", "read", 1, "1")
        band = (
            tag("path", d="M2 0h26", stroke=SEAT, stroke_width=14, stroke_linecap="round") if kind == "consent" else ""
        )
        words = kind in ("host", "mediator", "mediator-unstated", "consulted")
        entries.append((band + group(*_strokes(kind, "read", flat), *([] if words else _signs(sample, flat))), meaning))
    bases: tuple[BasisKind, ...] = ("entered", "supplied", "assumed")
    present = {each.basis for each in lines}
    for basis in bases:
        if basis in present:
            entries.append((group(*_strokes("patron_proxy", basis, flat)), f"{basis}, where an unbroken line is read"))
    return legend(entries, top, width) if entries else ("", top)
