"""Which questions are open from when to when, when was something said of them, and how do they stand today?"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from detente.figures.svg import (
    ALARM,
    COLOURS,
    INK,
    LINE,
    PAPER,
    SOFT_INK,
    USUAL,
    group,
    hint,
    number,
    picture,
    tag,
    text,
)
from detente.figures.text import shorten

EDGE: Final = 12.0
HEAD: Final = 24.0
ROW: Final = 34.0
FOOT: Final = 22.0
MARK: Final = 5.0
TICKS: Final = 6
DUE: Final = "due"
OUT: Final = ("resolved",)
GONE: Final = ("void", "ambiguous", "annulled")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: what is asked, its state, its first and its last day, the days on which something was said of it.

    `said` holds, for each forecast, its day and whether it was recorded later than that; `closes` is None where the
    last day is not set yet, `settled` where it has not come out.
    """

    text: str
    state: str
    opens: dt.date
    closes: dt.date | None
    said: tuple[tuple[dt.date, bool], ...] = ()
    settled: dt.date | None = None


@dataclass(frozen=True, slots=True)
class _Frame:
    first: dt.date
    last: dt.date
    width: float

    def x(self, day: dt.date) -> float:
        share = (min(max(day, self.first), self.last) - self.first).days / max((self.last - self.first).days, 1)
        return EDGE + MARK + share * (self.width - 2 * EDGE - 2 * MARK)


def asked_until(
    rows: tuple[Asked, ...], today: dt.date, *, id: str, title: str, desc: str, width: float = USUAL
) -> str:
    """Draw a line for every question over its days, with what was said of it and how it ended.

    >>> one = Asked("Will it rain?", "open", dt.date(2026, 2, 1), dt.date(2026, 3, 1), ((dt.date(2026, 2, 8), False),))
    >>> asked_until((one,), dt.date(2026, 2, 10), id="f", title="Questions", desc="One.").startswith("<svg")
    True
    """
    days = [day for row in rows for day in (row.opens, row.closes, row.settled) if day is not None]
    frame = _Frame(min([*days, today]), max([*days, today]), width)
    bottom = HEAD + ROW * len(rows)
    parts = [
        *_axis(frame, bottom),
        _today(frame, today, bottom),
        *(_row(row, frame, HEAD + ROW * at, today) for at, row in enumerate(rows)),
    ]
    return picture(*parts, id=id, title=title, desc=desc, size=(width, bottom + FOOT))


def _row(row: Asked, frame: _Frame, top: float, today: dt.date) -> str:
    y, left, right = top + 23, frame.x(row.opens), frame.x(row.closes or frame.last)
    soft = row.state in GONE
    told = f"{row.text} {row.state}, from {row.opens} to {row.closes or 'a day not set yet'}"
    line = tag(
        "path", d=f"M{number(left)} {number(y)}H{number(max(right, left + 2))}", stroke=SOFT_INK if soft else INK,
        stroke_width=2.4 if row.state == DUE else 1.6, stroke_dasharray="2 3" if soft or row.closes is None else None,
    )  # fmt: skip
    words = shorten(row.text, frame.width - 2 * EDGE, 12)
    halo: dict[str, str | float] = {"stroke": PAPER, "stroke_width": 4, "paint_order": "stroke"}
    label = text(words, EDGE, top + 12, font_size=12, fill=SOFT_INK if soft else INK, **halo)
    marks = [_diamond(frame.x(day), y, late=late) for day, late in row.said]
    return group(hint(told), label, line, *marks, _end(row, frame, y))


def _diamond(x: float, y: float, *, late: bool) -> str:
    m = number(MARK)
    corners = f"M{number(x)} {number(y - MARK)}l{m} {m}l-{m} {m}l-{m} -{m}z"
    colour = COLOURS["entered"]
    return tag("path", d=corners, fill=PAPER if late else colour, stroke=colour, stroke_width=1.4)


def _end(row: Asked, frame: _Frame, y: float) -> str:
    """Mark how it ended: a ring where it came out, a cross where it does not count, a bar where it is due."""
    x = frame.x(row.settled or row.closes or frame.last)
    if row.state in OUT:
        return tag("circle", cx=x, cy=y, r=4.5, fill=PAPER, stroke=INK, stroke_width=1.8)
    if row.state in GONE:
        return tag("path", d=f"M{number(x - 4)} {number(y - 4)}l8 8m0 -8l-8 8", stroke=SOFT_INK, stroke_width=1.6)
    if row.state == DUE:
        return tag("path", d=f"M{number(x)} {number(y - 7)}v14", stroke=ALARM, stroke_width=3)
    return ""


def _today(frame: _Frame, today: dt.date, bottom: float) -> str:
    x = frame.x(today)
    anchor = "end" if x > frame.width / 2 else "start"
    rule = tag(
        "path",
        d=f"M{number(x)} {number(HEAD - 6)}V{number(bottom)}",
        stroke=INK,
        stroke_width=1,
        stroke_dasharray="4 3",
    )
    side = -5.0 if anchor == "end" else 5.0
    return rule + text(f"today, {today}", x + side, HEAD - 10, font_size=11, fill=SOFT_INK, text_anchor=anchor)


def _axis(frame: _Frame, bottom: float) -> list[str]:
    """Name some days under the lines, the first and the last always."""
    many = TICKS if frame.width > 500 else 3
    whole = (frame.last - frame.first).days
    days = list(dict.fromkeys(frame.first + dt.timedelta(days=round(whole * k / (many - 1))) for k in range(many)))
    rule = f"M{number(EDGE)} {number(bottom)}H{number(frame.width - EDGE)}"
    found = [tag("path", d=rule, stroke=LINE, stroke_width=1)]
    for at, day in enumerate(days):
        anchor = "start" if at == 0 else "end" if at == len(days) - 1 else "middle"
        x = frame.x(day)
        found.append(tag("path", d=f"M{number(x)} {number(bottom)}v4", stroke=SOFT_INK, stroke_width=1))
        found.append(text(day.isoformat(), x, bottom + 16, font_size=11, fill=SOFT_INK, text_anchor=anchor))
    return found
