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
from detente.figures.text import shorten, text_width

EDGE = 12.0
TOP = 26.0
SIDE = 11.0  # of the square that stands for a document
HEIGHT = 150.0
FOOT = 34.0
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
    first: dt.date
    last: dt.date
    width: float

    def x(self, day: dt.date) -> float:
        inner = self.width - 2 * EDGE - 2 * SIDE
        whole = (self.last - self.first).days
        return EDGE + SIDE + (inner * (day - self.first).days / whole if whole else inner / 2)


def days(data: Days, *, id: str, title: str, desc: str, width: float = USUAL) -> str:
    """Draw a square for every document above its day, and below it a line of how much was known by then.

    >>> one = Days((Reported(dt.date(2026, 2, 1), "A report"),), (dt.date(2026, 2, 1),))
    >>> days(one, id="f", title="Days", desc="One day.").startswith("<svg")
    True
    """
    frame = _Frame(*data.span, width)
    base = TOP + SIDE * MOST_STACKED * 0.6
    parts = [
        _window(data, frame, base),
        *_squares(data, frame, base),
        *_line(data, frame, base),
        *_axis(data, frame, base),
    ]
    return picture(*parts, id=id, title=title, desc=desc, size=(width, HEIGHT + FOOT))


def _window(data: Days, frame: _Frame, base: float) -> str:
    """Shade the days that are looked at."""
    if data.since is None and data.until is None:
        return ""
    left = frame.x(max(data.since or frame.first, frame.first)) - SIDE
    right = frame.x(min(data.until or frame.last, frame.last)) + SIDE
    if right <= left:
        return ""
    return tag("rect", x=left, y=TOP - 14, width=right - left, height=HEIGHT - TOP + 14, rx=3, fill=SEAT)


def _squares(data: Days, frame: _Frame, base: float) -> list[str]:
    found, stacked = [], Counter[dt.date]()
    for one in sorted(data.documents, key=lambda d: d.day):
        level, seen = min(stacked[one.day], MOST_STACKED - 1), data.counts(one.day)
        stacked[one.day] += 1
        square = tag(
            "rect", hint(f"{one.day.isoformat()}: {one.title}"), x=frame.x(one.day) - SIDE / 2,
            y=base - SIDE - level * (SIDE + 2) * 0.6, width=SIDE, height=SIDE * 0.8, rx=1.5,
            fill=COLOURS["read"] if seen else PAPER, stroke=COLOURS["read"] if seen else SOFT_INK,
            stroke_width=1.4, stroke_dasharray=None if seen else "2 2",
        )  # fmt: skip
        found.append(square)
    return found


def _line(data: Days, frame: _Frame, base: float) -> list[str]:
    """Draw how much was known, step by step."""
    top, bottom, total = base + 16, HEIGHT, len(data.known)
    if not total:
        return []
    spots, count = [], 0
    by_day = Counter(data.known)
    for day in sorted(by_day):
        at = min(max(day, frame.first), frame.last)
        spots.append((frame.x(at), bottom - (bottom - top) * count / total))
        count += by_day[day]
        spots.append((frame.x(at), bottom - (bottom - top) * count / total))
    spots.append((frame.x(frame.last) + SIDE, spots[-1][1]))
    path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in spots)
    return [tag("path", d=path, fill="none", stroke=INK, stroke_width=1.6)]


def _axis(data: Days, frame: _Frame, base: float) -> list[str]:
    rule = f"M{number(EDGE)} {number(HEIGHT)}H{number(frame.width - EDGE)}"
    found = [
        text("documents", EDGE, 11, font_size=11, fill=SOFT_INK),
        text(
            f"things known, {len(data.known)} in the end" if data.known else "",
            EDGE,
            base + 13,
            font_size=11,
            fill=SOFT_INK,
        ),
        tag("path", d=rule, stroke=LINE, stroke_width=1),
    ]
    return found + _labels(sorted({d.day for d in data.documents}), frame)


def _labels(every: Sequence[dt.date], frame: _Frame) -> list[str]:
    """Name as many days as there is room for, the first and the last always."""
    found, right = [], -1e9
    wide = text_width("00 May", 11) + 8
    last = every[-1] if every else None
    for day in every:
        x = frame.x(day)
        room_left = day == last or x + wide <= frame.x(last or day)
        tick = tag("path", d=f"M{number(x)} {number(HEIGHT)}v5", stroke=SOFT_INK, stroke_width=1)
        if x - wide / 2 >= right and room_left:
            words = shorten(f"{day.day} {day:%b}", wide, 11)
            middle = min(max(x, EDGE + wide / 2 - 6), frame.width - EDGE - wide / 2 + 6)
            tick += text(words, middle, HEIGHT + 18, font_size=11, fill=SOFT_INK, text_anchor="middle")
            right = x + wide / 2
        found.append(group(tick))
    return found
