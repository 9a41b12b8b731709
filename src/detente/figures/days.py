"""On which days were documents reported, and how much was known after each?"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from detente.figures.svg import (
    COLOURS,
    INK,
    LINE,
    PAPER,
    SEAT,
    SOFT_INK,
    USUAL,
    group,
    hint,
    number,
    picture,
    tag,
    text,
)
from detente.figures.text import text_width

EDGE = 12.0
TOP = 20.0
SIDE = 11.0  # of the square that stands for a document
LINE_HEIGHT = 62.0
FOOT = 28.0
LABEL = 24.0  # between the squares and the highest the line can be
STEP = SIDE * 0.6 + 2
MOST_STACKED = 8


@dataclass(frozen=True, slots=True)
class Reported:
    """A document: the day it could be known, and what it is called."""

    day: dt.date
    title: str


@dataclass(frozen=True, slots=True)
class Days:
    """The documents; the days on which things came to be known, one entry each; from when to when is looked at."""

    documents: tuple[Reported, ...]
    known: tuple[dt.date, ...]
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        """The first and the last day."""
        every = [d.day for d in self.documents]
        return min(every), max(every)

    def counts(self, day: dt.date) -> bool:
        """Whether a day is among those that are looked at."""
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the days lie, on what the squares stand, and where the line begins."""

    first: dt.date
    last: dt.date
    width: float
    base: float

    @property
    def bottom(self) -> float:
        return self.base + LABEL + LINE_HEIGHT

    def x(self, day: dt.date) -> float:
        inner = self.width - 2 * EDGE - 2 * SIDE
        whole = (self.last - self.first).days
        return EDGE + SIDE + (inner * (day - self.first).days / whole if whole else inner / 2)

    def label(self, day: dt.date) -> str:
        return f"{day:%b %Y}" if self.first.year != self.last.year else f"{day.day} {day:%b}"


def days(data: Days, *, id: str, title: str, desc: str, width: float = USUAL) -> str:
    """Draw a square for every document above its day, and below it a line of how much was known by then.

    >>> one = Days((Reported(dt.date(2026, 2, 1), "A report"),), (dt.date(2026, 2, 1),))
    >>> days(one, id="f", title="Days", desc="One day.").startswith("<svg")
    True
    """
    stack = max(Counter(d.day for d in data.documents).values())
    frame = _Frame(*data.span, width, TOP + SIDE + STEP * (min(stack, MOST_STACKED) - 1))
    parts = [_window(data, frame), *_squares(data, frame), *_line(data, frame), *_axis(data, frame)]
    return picture(*parts, id=id, title=title, desc=desc, size=(width, frame.bottom + FOOT))


def _window(data: Days, frame: _Frame) -> str:
    """Shade the days that are looked at."""
    if data.since is None and data.until is None:
        return ""
    left = frame.x(max(data.since or frame.first, frame.first)) - SIDE
    right = frame.x(min(data.until or frame.last, frame.last)) + SIDE
    if right <= left:
        return ""
    return tag("rect", x=left, y=TOP - 6, width=right - left, height=frame.bottom - TOP + 6, rx=3, fill=SEAT)


def _squares(data: Days, frame: _Frame) -> list[str]:
    found, stacked = [], Counter[dt.date]()
    for one in sorted(data.documents, key=lambda d: d.day):
        level, seen = min(stacked[one.day], MOST_STACKED - 1), data.counts(one.day)
        stacked[one.day] += 1
        square = tag(
            "rect", hint(f"{one.day.isoformat()}: {one.title}"), x=frame.x(one.day) - SIDE / 2,
            y=frame.base - SIDE - level * STEP, width=SIDE, height=SIDE * 0.8, rx=1.5,
            fill=COLOURS["read"] if seen else PAPER, stroke=COLOURS["read"] if seen else SOFT_INK,
            stroke_width=1.4, stroke_dasharray=None if seen else "2 2",
        )  # fmt: skip
        found.append(square)
    return found


def _line(data: Days, frame: _Frame) -> list[str]:
    """Draw how much was known, step by step."""
    total = len(data.known)
    if not total:
        return []
    spots, count = [], 0
    by_day = Counter(data.known)
    for day in sorted(by_day):
        x = frame.x(min(max(day, frame.first), frame.last))
        spots.append((x, frame.bottom - LINE_HEIGHT * count / total))
        count += by_day[day]
        spots.append((x, frame.bottom - LINE_HEIGHT * count / total))
    spots.append((frame.x(frame.last) + SIDE, spots[-1][1]))
    path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in spots)
    return [tag("path", d=path, fill="none", stroke=INK, stroke_width=1.6)]


def _axis(data: Days, frame: _Frame) -> list[str]:
    rule = f"M{number(EDGE)} {number(frame.bottom)}H{number(frame.width - EDGE)}"
    heads = [("documents", 11.0)]
    heads += [(f"things known: {len(data.known)} in the end", frame.base + LABEL - 6)] if data.known else []
    found = [text(words, EDGE, y, font_size=11, fill=SOFT_INK) for words, y in heads]
    found.append(tag("path", d=rule, stroke=LINE, stroke_width=1))
    return found + _labels(sorted({d.day for d in data.documents}), frame)


def _labels(every: Sequence[dt.date], frame: _Frame) -> list[str]:
    """Name as many days as there is room for, the first and the last always."""
    found, right = [], -1e9
    wide = max(text_width(frame.label(day), 11) for day in every) + 8
    for day in every:
        x = frame.x(day)
        tick = tag("path", d=f"M{number(x)} {number(frame.bottom)}v5", stroke=SOFT_INK, stroke_width=1)
        if x - wide / 2 >= right and (day == every[-1] or x + wide <= frame.x(every[-1])):
            middle = min(max(x, EDGE + wide / 2 - 6), frame.width - EDGE - wide / 2 + 6)
            tick += text(frame.label(day), middle, frame.bottom + 18, font_size=11, fill=SOFT_INK, text_anchor="middle")
            right = x + wide / 2
        found.append(group(tick))
    return found
