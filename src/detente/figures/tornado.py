"""Which inputs swing an answer most? A pair of bars for each input, from where the answer stands to where it goes."""

from dataclasses import dataclass

from detente.errors import UsageError
from detente.figures.interval import written
from detente.figures.legend import legend
from detente.figures.scale import ticks
from detente.figures.svg import (
    COLOURS,
    INK,
    LINE,
    MEANINGS,
    PAPER,
    SOFT_INK,
    USUAL,
    dot,
    group,
    hint,
    number,
    picture,
    tag,
    text,
)
from detente.figures.text import text_width, wrap
from detente.situation.values import BasisKind

EDGE = 10.0
ROOMY = 500.0
GUTTER = 230.0
LEADING = 14.5
THICK = 11.0
NAME_SIZE, VALUE_SIZE = 12.0, 11.0
SCALE = 24.0


@dataclass(frozen=True, slots=True)
class Swing:
    """One input: its ends as they are written, and the answer with it there; None where there is no answer."""

    name: str
    basis: BasisKind
    ends: tuple[str, str]
    low: float | None
    high: float | None

    def told(self, data: "Swings") -> str:
        """Return the row in words."""
        parts = zip(self.ends, (self.low, self.high), strict=True)
        return f"{self.name}: " + ", ".join(f"at {end} {data.number(at)}" for end, at in parts)


@dataclass(frozen=True, slots=True)
class Swings:
    """One answer, where it stands, and its inputs, the greatest swing first; `shares` are of draws, 0 to 1."""

    answer: str
    middle: float
    middle_name: str
    rows: tuple[Swing, ...]
    shares: bool = False

    def number(self, value: float | None) -> str:
        """Write a value of the answer."""
        if value is None:
            return "none"
        return f"{value:.0%}" if self.shares else written(value)


@dataclass(frozen=True, slots=True)
class _Sheet:
    width: float
    low: float
    high: float
    left: float
    right: float

    @property
    def roomy(self) -> bool:
        return self.width > ROOMY

    def x(self, value: float) -> float:
        span = self.high - self.low
        return self.left + (value - self.low) / span * (self.right - self.left) if span > 0 else self.left


def tornado(data: Swings, *, id: str, title: str, desc: str, width: float = USUAL) -> str:
    """Draw a pair of bars for every input: hollow with it at its low end, filled with it at its high end.

    Raises UsageError where there is no input.

    >>> rows = (Swing("the cap", "assumed", ("0", "50"), 0.9, 0.4),)
    >>> "at 50 40%" in tornado(Swings("Deal", 0.7, "all draws", rows, shares=True), id="f", title="t", desc="d")
    True
    """
    if not data.rows:
        raise UsageError(f"No input moves '{data.answer}', so there is nothing to draw. Say that in words.")
    sheet = _sheet(data, width)
    heading = wrap(data.answer, width - 2 * EDGE, 14.5, lines=3)
    parts = [text(line, EDGE, 18 + 17 * k, font_size=14, font_weight=650) for k, line in enumerate(heading)]
    top = 26.0 + 17 * len(heading)
    rows, y = [], top
    for one in data.rows:
        drawn, y = _row(one, data, sheet, y)
        rows.append(drawn)
    axis = _axis(data, sheet, top, y)
    samples, bottom = legend(_samples(data), y + SCALE + 14, width)
    return picture(*parts, axis, *rows, samples, id=id, title=title, desc=desc, size=(width, bottom))


def _sheet(data: Swings, width: float) -> _Sheet:
    known = [v for row in data.rows for v in (row.low, row.high) if v is not None]
    low, high = min([data.middle, *known]), max([data.middle, *known])
    if high <= low:
        low, high = low - 0.5, high + 0.5
    beside = max(
        text_width(_label(end, data.number(at)), VALUE_SIZE)
        for row in data.rows
        for end, at in zip(row.ends, (row.low, row.high), strict=True)
    )
    room = min(beside + 8, 118.0)
    gutter = GUTTER if width > ROOMY else EDGE
    return _Sheet(width, low, high, gutter + room + 4, width - EDGE - room)


def _label(end: str, value: str) -> str:
    return f"{end}: {value}"


def _row(one: Swing, data: Swings, sheet: _Sheet, top: float) -> tuple[str, float]:
    room = GUTTER - EDGE - 22 if sheet.roomy else sheet.width - 2 * EDGE - 20
    name = wrap(one.name, room, NAME_SIZE, lines=4 if sheet.roomy else 2)
    bars = 2 * THICK + 2
    tall = max(LEADING * len(name), bars) + 12 if sheet.roomy else LEADING * len(name) + bars + 16
    first = top + 12 + (max(bars - LEADING * len(name), 0) / 2 if sheet.roomy else 0)
    words = [
        text(line, EDGE + 18, first + LEADING * k, font_size=NAME_SIZE, stroke=PAPER, stroke_width=3,
             paint_order="stroke")
        for k, line in enumerate(name)
    ]  # fmt: skip
    mark = dot(one.basis, EDGE + 6, first - 4, radius=4)
    begin = top + (max(tall - 12 - bars, 0) / 2 if sheet.roomy else LEADING * len(name) + 4)
    pair = [
        _bar(at, _label(end, data.number(at)), data, sheet, (begin + k * (THICK + 2), bool(k)))
        for k, (end, at) in enumerate(zip(one.ends, (one.low, one.high), strict=True))
    ]
    return group(hint(one.told(data)), mark, *words, *pair), top + tall


def _bar(at: float | None, label: str, data: Swings, sheet: _Sheet, place: tuple[float, bool]) -> str:
    y, filled = place
    if at is None:
        return text(label, sheet.x(data.middle) + 4, y + 9.5, font_size=VALUE_SIZE, fill=SOFT_INK)
    start, end = sheet.x(data.middle), sheet.x(at)
    back = end < start
    shape = tag(
        "rect", x=min(start, end), y=y, width=max(abs(end - start), 1.0), height=THICK, rx=1.5,
        fill=INK if filled else PAPER, fill_opacity="0.72" if filled else None, stroke=INK, stroke_width=1.2,
    )  # fmt: skip
    words = text(
        label, end - 5 if back else end + 5, y + 9.5, font_size=VALUE_SIZE, text_anchor="end" if back else "start",
        stroke=PAPER, stroke_width=3, paint_order="stroke",
    )  # fmt: skip
    return shape + words


def _axis(data: Swings, sheet: _Sheet, top: float, bottom: float) -> str:
    marks = ticks(sheet.low, sheet.high, most=6 if sheet.roomy else 4)
    guides = "".join(f"M{number(sheet.x(at))} {number(top - 2)}V{number(bottom)}" for at in marks)
    middle = sheet.x(data.middle)
    line = tag("path", d=f"M{number(middle)} {number(top - 4)}V{number(bottom + 3)}", stroke=INK, stroke_width=1.6)
    words = [
        text(data.number(at), sheet.x(at), bottom + 15, font_size=11, fill=SOFT_INK, text_anchor="middle")
        for at in marks
    ]
    return group(tag("path", d=guides, stroke=LINE), line, *words)


def _samples(data: Swings) -> list[tuple[str, str]]:
    hollow = tag("rect", x=0.7, y=-5.5, width=28, height=THICK, rx=1.5, fill=PAPER, stroke=INK, stroke_width=1.2)
    full = tag("rect", x=0.7, y=-5.5, width=28, height=THICK, rx=1.5, fill=INK, fill_opacity="0.72", stroke=INK)
    line = tag("path", d="M15 -8V8", stroke=INK, stroke_width=1.6)
    told = f"{data.middle_name}: {data.number(data.middle)}"
    entries = [(hollow, "the input low"), (full, "the input high"), (line, told)]
    bases: tuple[BasisKind, ...] = tuple(COLOURS)
    present = {row.basis for row in data.rows}
    return entries + [(dot(b, 15, 0, radius=4), MEANINGS[b]) for b in bases if b in present]
