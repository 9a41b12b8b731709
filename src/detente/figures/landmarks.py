"""Where does everybody stand on every issue, drawn on named landmarks?

One line per issue, one row per party: a bar from the least to the most a party may want, a mark at the best guess, a
post with an arrow at a red line (the arrow points to what is still acceptable). How a value is known shows in colour,
filling and the shape of the mark.
"""

from dataclasses import dataclass
from typing import Literal

from detente.figures.legend import LABEL_SIZE, legend
from detente.figures.svg import (
    ALARM,
    INK,
    LINE,
    MEANINGS,
    PAPER,
    SOFT_INK,
    WASH,
    bar,
    dot,
    group,
    hint,
    number,
    picture,
    tag,
    text,
)
from detente.figures.text import shorten, text_width, wrap
from detente.situation.values import BasisKind

EDGE = 10.0
GUTTER_LEAST, GUTTER_MOST = 96.0, 200.0
ROW = 21.0
LABEL_WIDTH = 122.0
LABEL_LINE = 13.0


@dataclass(frozen=True, slots=True)
class Landmark:
    """A named level of an issue."""

    at: float
    name: str


@dataclass(frozen=True, slots=True)
class Level:
    """A value between `low` and `high`, best guess `best`, and how it is known."""

    low: float
    best: float
    high: float
    basis: BasisKind


@dataclass(frozen=True, slots=True)
class RedLine:
    """A level that a party says it will not pass, and the side of it that it accepts."""

    at: float
    accepts: Literal["at_most", "at_least"]
    basis: BasisKind


@dataclass(frozen=True, slots=True)
class Span:
    """What one party wants on one issue."""

    party: str
    low: float
    best: float
    high: float
    basis: BasisKind
    red_line: RedLine | None = None


@dataclass(frozen=True, slots=True)
class IssueLine:
    """One issue: its scale, its landmarks, where things stand today, and where the parties stand."""

    name: str
    low: float
    high: float
    landmarks: tuple[Landmark, ...]
    status_quo: Level | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a value lies on the page; what lies outside the scale of its issue is drawn at its edge."""

    low: float
    high: float
    left: float
    right: float

    def x(self, value: float) -> float:
        """Return the horizontal place of a value."""
        if self.high <= self.low:
            return (self.left + self.right) / 2
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.left + share * (self.right - self.left)


def landmarks(lines: tuple[IssueLine, ...], *, id: str, title: str, desc: str, width: float = 720) -> str:
    """Draw every issue as a line with its landmarks, and on it what every party wants.

    >>> line = IssueLine("Fill of the reservoir", 0, 100, (Landmark(0, "none"), Landmark(100, "at will")), None,
    ...                  (Span("Karun", 60, 80, 100, "read"),))
    >>> landmarks((line,), id="f", title="Who wants what", desc="One issue.").startswith("<svg")
    True
    """
    parts: list[str] = []
    names = [text_width(span.party, 13) for line in lines for span in line.spans]
    gutter = min(max([GUTTER_LEAST, *(name + EDGE + 8 for name in names)]), GUTTER_MOST)
    y = 4.0
    for line in lines:
        drawn, y = _issue(id, line, y, (gutter, width))
        parts.append(drawn)
    legend, y = _legend(id, lines, y + 4, width)
    return picture(*parts, legend, id=id, title=title, desc=desc, size=(width, y))


def _issue(id: str, line: IssueLine, top: float, page: tuple[float, float]) -> tuple[str, float]:
    gutter, width = page
    scale = Scale(line.low, line.high, gutter + EDGE, width - EDGE - 6)
    axis = top + 46 + ROW * len(line.spans)
    title = text(shorten(line.name, width - 2 * EDGE, 14), EDGE, top + 16, font_size=14, font_weight=650)
    rows = [_row(id, span, scale, top + 46 + ROW * (at + 0.5)) for at, span in enumerate(line.spans)]
    guides = [_guide(scale.x(mark.at), top + 44, axis) for mark in line.landmarks]
    labels, depth = level_names(line.landmarks, scale, axis)
    today = _today(line.status_quo, scale, top, axis)
    ruler = tag("path", d=f"M{number(scale.left)} {number(axis)}H{number(scale.right)}", stroke=INK, stroke_width=1.5)
    bottom = axis + depth + 22
    return group(title, *guides, today, ruler, labels, *rows), bottom


def _guide(x: float, top: float, axis: float) -> str:
    return tag("path", d=f"M{number(x)} {number(top)}V{number(axis + 5)}", stroke=LINE, stroke_width=1)


def _today(level: Level | None, scale: Scale, top: float, axis: float) -> str:
    if level is None:
        return ""
    low, best, high = scale.x(level.low), scale.x(level.best), scale.x(level.high)
    band = tag("rect", x=low, y=top + 40, width=max(high - low, 0), height=axis - top - 40, fill=WASH)
    post = tag(
        "path", d=f"M{number(best)} {number(top + 40)}V{number(axis)}", stroke=SOFT_INK, stroke_width=1.5,
        stroke_dasharray="2 3",
    )  # fmt: skip
    tip = tag("path", d=f"M{number(best - 4.5)} {number(top + 39)}h9l-4.5 6z", fill=SOFT_INK)
    word = "today" if level.basis == "read" else f"today ({level.basis})"
    half = text_width(word, LABEL_SIZE) / 2
    at = min(max(best, scale.left + half - 6), scale.right - half + 6)
    label = text(word, at, top + 35, font_size=LABEL_SIZE, fill=SOFT_INK, text_anchor="middle")
    return group(hint(f"today: {_said(level)}"), band if high - low > 1 else "", post, tip, label)


def _row(id: str, span: Span, scale: Scale, y: float) -> str:
    edge = scale.left - EDGE - 4
    name = text(shorten(span.party, edge - EDGE / 2, 13), edge, y + 4.5, text_anchor="end")
    low, best, high = scale.x(span.low), scale.x(span.best), scale.x(span.high)
    rail = tag(
        "path", d=f"M{number(scale.left)} {number(y)}H{number(scale.right)}", stroke=LINE, stroke_width=1,
        stroke_opacity="0.6",
    )  # fmt: skip
    range_bar = bar(id, span.basis, (low, y - 4.5, high - low, 9)) if high - low > 1 else ""
    told = f"{span.party}: {_said(Level(span.low, span.best, span.high, span.basis))}"
    return group(hint(told), name, rail, range_bar, dot(span.basis, best, y), _post(span, scale, y))


def _post(span: Span, scale: Scale, y: float) -> str:
    if span.red_line is None:
        return ""
    side = "at most" if span.red_line.accepts == "at_most" else "at least"
    told = f"{span.party}: red line, accepts {side} {span.red_line.at:g} ({span.red_line.basis})"
    return group(hint(told), red_post(scale.x(span.red_line.at), y, span.red_line))


def red_post(x: float, y: float, line: RedLine, *, tall: float = 9.0) -> str:
    """Draw a red line: a post, and an arrow to what is accepted; how it is known shows in its dashes.

    >>> red_post(10, 10, RedLine(50, "at_least", "read")).count("<path")
    2
    """
    way = -1 if line.accepts == "at_most" else 1
    post = tag(
        "path", d=f"M{number(x)} {number(y - tall)}v{number(2 * tall)}", stroke=ALARM, stroke_width=3,
        stroke_dasharray=_post_dash(line.basis),
    )  # fmt: skip
    tip = f"M{number(x + way * 1.5)} {number(y - tall - 0.5)}l{way * 7} 3.5l{-way * 7} 3.5z"
    return post + tag("path", d=tip, fill=ALARM)


def _post_dash(basis: BasisKind) -> str | None:
    return {"read": None, "entered": "7 2", "supplied": "1.5 2.5", "assumed": "4 3"}[basis]


def _said(level: Level) -> str:
    if level.low == level.high:
        return f"{level.best:g} ({level.basis})"
    return f"{level.low:g} to {level.high:g}, best guess {level.best:g} ({level.basis})"


@dataclass(frozen=True, slots=True)
class _Label:
    lines: tuple[str, ...]
    tick: float
    left: float
    right: float
    anchor: str


def level_names(marks: tuple[Landmark, ...], scale: Scale, axis: float) -> tuple[str, float]:
    """Set the names of landmarks below the axis, each in the first row where it touches no other, and say how deep.

    >>> drawn, deep = level_names((Landmark(0, "none"), Landmark(100, "full")), Scale(0, 100, 0, 500), 20)
    >>> deep
    17.0
    """
    placed: list[list[_Label]] = []
    for mark in sorted(marks, key=lambda mark: (mark.at, mark.name)):
        label = _label(mark, scale)
        row = next((row for row in placed if row[-1].right + 8 <= label.left), None)
        if row is None:
            placed.append([label])
        else:
            row.append(label)
    leaders: list[str] = []
    names: list[str] = []
    y = axis + 7
    for row in placed:
        leaders.extend(_leader(label.tick, axis, y) for label in row)
        names.extend(_set_label(label, y) for label in row)
        y += LABEL_LINE * max(len(label.lines) for label in row) + 4
    return group(*leaders, *names), y - axis - 7


def _leader(tick: float, axis: float, y: float) -> str:
    return tag("path", d=f"M{number(tick)} {number(axis)}V{number(y + 1)}", stroke=SOFT_INK, stroke_width=1)


def _label(mark: Landmark, scale: Scale) -> _Label:
    lines = wrap(mark.name, LABEL_WIDTH, LABEL_SIZE)
    wide = max(text_width(line, LABEL_SIZE) for line in lines)
    tick = scale.x(mark.at)
    if tick - wide / 2 < scale.left - 8:
        return _Label(lines, tick, tick - 4, tick - 4 + wide, "start")
    if tick + wide / 2 > scale.right + EDGE:
        return _Label(lines, tick, tick + 4 - wide, tick + 4, "end")
    return _Label(lines, tick, tick - wide / 2, tick + wide / 2, "middle")


def _set_label(label: _Label, y: float) -> str:
    x = {"start": label.left, "end": label.right, "middle": label.tick}[label.anchor]
    # The halo keeps a name readable where the leader of a lower one runs through it.
    return group(
        *(text(line, x, y + LABEL_LINE * (at + 1) - 1) for at, line in enumerate(label.lines)),
        font_size=LABEL_SIZE,
        text_anchor=label.anchor,
        stroke=PAPER,
        stroke_width=3,
        stroke_linejoin="round",
        paint_order="stroke",
    )


def _legend(id: str, lines: tuple[IssueLine, ...], top: float, width: float) -> tuple[str, float]:
    bases: tuple[BasisKind, ...] = ("read", "entered", "supplied", "assumed")
    present = {span.basis for line in lines for span in line.spans}
    entries: list[tuple[str, str]] = []
    for basis in bases:
        if basis in present:
            entries.append((bar(id, basis, (0, -4.5, 30, 9)) + dot(basis, 15, 0), MEANINGS[basis]))
    if any(span.red_line for line in lines for span in line.spans):
        sample = Span("", 0, 0, 0, "read", RedLine(0, "at_least", "read"))
        entries.append((_post(sample, Scale(0, 1, 12, 13), 0), "red line; the arrow points to what is accepted"))
    return legend(entries, top, width)
