"""Who stands where on one issue, in a picture whose ranges and red lines can be moved in place?

One row a party, as in `landmarks`, with what that leaves out: the mark grows with how much the issue matters to the
party, a bracket at the right holds those who stand together, members stand under their body, a range of a red line is
drawn, and beside each row may stand how far it is from one party. Every end, best guess and red line is a handle: a
slider with a name, its value in words, and the path of the input that it moves. The page's script moves a handle; where
a value is written down, the server draws the lane again.
"""

import json
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from detente.figures.interval import guides, numbered, written
from detente.figures.landmarks import Landmark, Level, RedLine, Scale, Span, level_names, red_post
from detente.figures.legend import LABEL_SIZE, legend
from detente.figures.scale import ticks
from detente.figures.svg import (
    ALARM,
    INK,
    LINE,
    MEANINGS,
    SOFT_INK,
    USUAL,
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
from detente.figures.text import text_width, wrap
from detente.situation.values import BasisKind

EDGE = 10.0
ROW = 29.0
TOP = 26.0
REACH = 17.0  # how far from the end of a range it can be taken hold of
BRACKET, BESIDE = 16.0, 46.0
LEAST_DOT, MOST_DOT = 3.5, 7.5
HALF = 4.5
STEPS = 100
PostPart = Literal["low", "best", "high", "line"]
NAMES: dict[PostPart, str] = {
    "low": "the least it may want",
    "best": "best guess of what it wants",
    "high": "the most it may want",
    "line": "red line",
}


@dataclass(frozen=True, slots=True)
class LaneRow:
    """One party on the issue.

    path     of its stance, such as `iran.missiles`; its handles move `.position` and `.red_line`
    span     what it wants, with the red line at its best guess
    line     the red line with its range, None where it has none
    salience how much the issue matters to it, 0 to 100
    member   whether it is a member of the body in a row above
    beside   how far it is from the party that distances are measured from, in words
    """

    path: str
    span: Span
    line: Level | None
    salience: float
    member: bool = False
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """One issue: its scale, its landmarks, where things stand today, its rows, and the rows of each bloc.

    `beside` is the head of what stands beside the rows; without `movable` there are no handles.
    """

    issue: str
    low: float
    high: float
    landmarks: tuple[Landmark, ...]
    today: Level
    rows: tuple[LaneRow, ...]
    beside: str = ""
    blocs: tuple[tuple[int, ...], ...] = ()
    movable: bool = True


@dataclass(frozen=True, slots=True)
class _Sheet:
    id: str
    lane: Lane
    scale: Scale
    width: float

    def y(self, row: int) -> float:
        return TOP + ROW * (row + 0.5)

    @property
    def axis(self) -> float:
        return TOP + ROW * len(self.lane.rows)

    def told(self, at: float) -> str:
        """Return a level in words: its number, and its landmark where it has one there."""
        name = next((m.name for m in self.lane.landmarks if abs(m.at - at) < 1e-9), None)
        said = written(at, self.lane.high - self.lane.low)
        return f"{said}, {name}" if name else said


def lane(data: Lane, *, id: str, title: str, desc: str, width: float = USUAL) -> str:
    """Draw one issue with a row for every party, and handles where its values can be moved.

    >>> row = LaneRow("karun.dam", Span("Karun", 60, 80, 100, "read"), None, 70)
    >>> drawn = lane(Lane("the dam", 0, 100, (), Level(0, 0, 0, "assumed"), (row,)), id="f", title="Dam", desc="One.")
    >>> drawn.count('role="slider"')
    3
    """
    names = [text_width(r.span.party, 13) + (12 if r.member else 0) for r in data.rows]
    gutter = min(max([70.0, *(n + EDGE + 6 for n in names)]), 200.0 if width >= USUAL else 112.0)
    aside = BESIDE if any(r.beside for r in data.rows) else 0.0
    scale = Scale(data.low, data.high, gutter + REACH, width - REACH - BRACKET - aside)
    sheet = _Sheet(id, data, scale, width)
    marks = numbered(data.landmarks, (data.low, data.high))
    labels, deep = level_names(marks, scale, sheet.axis)
    ruler = tag("path", d=f"M{number(scale.left)} {number(sheet.axis)}H{number(scale.right)}", stroke=INK,
                stroke_width=1.5)  # fmt: skip
    rows = [_row(sheet, row, sheet.y(at)) for at, row in enumerate(data.rows)]
    head = text(data.beside, width - 2, TOP - 9, font_size=LABEL_SIZE, fill=SOFT_INK, text_anchor="end")
    behind = (_today(sheet), head if data.beside else "", guides(marks, scale, TOP, sheet.axis), ruler, labels)
    drawn = group(*behind, *_blocs(sheet), *rows, **_measures(sheet))
    size = (width, sheet.axis + deep + 12)
    return picture(drawn, id=id, title=title, desc=desc, size=size, role="group" if data.movable else "img")


def _measures(sheet: _Sheet) -> dict[str, str | float | None]:
    """Return what a script must know to turn a place on the picture into a value."""
    lane, scale = sheet.lane, sheet.scale
    known = sorted({m.at: m.name for m in lane.landmarks}.items())
    ends = ticks(lane.low, lane.high, most=STEPS + 2)
    step = ends[1] - ends[0] if len(ends) > 1 else (lane.high - lane.low) / STEPS
    return {
        "class_": "lane",
        "data_low": f"{lane.low:g}",
        "data_high": f"{lane.high:g}",
        "data_left": f"{scale.left:g}",
        "data_right": f"{scale.right:g}",
        "data_step": f"{step:g}",
        "data_marks": json.dumps(known, ensure_ascii=False),
    }


def _today(sheet: _Sheet) -> str:
    """Draw where things stand today behind the rows."""
    scale, level = sheet.scale, sheet.lane.today
    low, best, high = scale.x(level.low), scale.x(level.best), scale.x(level.high)
    band = tag("rect", x=low, y=TOP - 4, width=max(high - low, 0), height=sheet.axis - TOP + 4, fill=WASH)
    post = tag("path", d=f"M{number(best)} {number(TOP - 4)}V{number(sheet.axis)}", stroke=SOFT_INK, stroke_width=1.5,
               stroke_dasharray="2 3")  # fmt: skip
    tip = tag("path", d=f"M{number(best - 4.5)} {number(TOP - 5)}h9l-4.5 6z", fill=SOFT_INK)
    word = "today" if level.basis == "read" else f"today ({level.basis})"
    half = text_width(word, LABEL_SIZE) / 2
    at = min(max(best, scale.left + half - 6), scale.right - half + 6)
    label = text(word, at, TOP - 9, font_size=LABEL_SIZE, fill=SOFT_INK, text_anchor="middle")
    return group(hint(f"today: {sheet.told(level.best)}"), band if high - low > 1 else "", post, tip, label)


def _blocs(sheet: _Sheet) -> list[str]:
    """Draw a bracket over the rows of those who stand together."""
    x = sheet.width - BRACKET + 4 - (BESIDE if any(r.beside for r in sheet.lane.rows) else 0)
    drawn = []
    for rows in sheet.lane.blocs:
        first, last = sheet.y(min(rows)) - 6, sheet.y(max(rows)) + 6
        path = tag("path", d=f"M{number(x - 4)} {number(first)}h5V{number(last)}h-5", fill="none", stroke=SOFT_INK,
                   stroke_width=1.5)  # fmt: skip
        who = ", ".join(sheet.lane.rows[k].span.party for k in rows)
        drawn.append(group(hint(f"stand close together: {who}"), path))
    return drawn


def _row(sheet: _Sheet, row: LaneRow, y: float) -> str:
    span, scale = row.span, sheet.scale
    size = 12.0 if row.member else 13.0
    edge = scale.left - REACH - 2
    left = EDGE / 2 + (12 if row.member else 0)
    lines = (span.party,) if text_width(span.party, size) <= edge - left else wrap(span.party, edge - left, 11.5)
    size = size if len(lines) == 1 else 11.5
    name = group(
        *(text(line, left, y + 4.5 + 12.5 * (k - (len(lines) - 1) / 2), font_size=size,
               fill=SOFT_INK if row.member else INK) for k, line in enumerate(lines))
    )  # fmt: skip
    rail = tag("path", d=f"M{number(scale.left)} {number(y)}H{number(scale.right)}", stroke=LINE, stroke_width=1,
               stroke_opacity="0.6")  # fmt: skip
    low, high = scale.x(span.low), scale.x(span.high)
    drawn = bar(sheet.id, span.basis, (low, y - HALF, high - low, 2 * HALF)) if high - low > 1 else ""
    beside = text(row.beside, sheet.width - 2, y + 4, font_size=LABEL_SIZE, fill=SOFT_INK, text_anchor="end")
    told = f"{span.party}: {_range(sheet, span)} ({span.basis}); matters {row.salience:g} of 100"
    return group(
        hint(told), name, rail, drawn, *_position(sheet, row, y), *_line(sheet, row, y), beside if row.beside else ""
    )


def _range(sheet: _Sheet, level: Span | Level) -> str:
    width = sheet.lane.high - sheet.lane.low
    if level.low == level.high:
        return sheet.told(level.best)
    return f"{written(level.low, width)} to {written(level.high, width)}, best guess {sheet.told(level.best)}"


def _position(sheet: _Sheet, row: LaneRow, y: float) -> list[str]:
    """Draw the handles of a range, the best guess last so that it lies on top."""
    span, scale = row.span, sheet.scale
    held = {"path": f"{row.path}.position", "at": f"{span.low:g},{span.best:g},{span.high:g}", "who": span.party}
    mark = dot(span.basis, scale.x(span.best), y, LEAST_DOT + (MOST_DOT - LEAST_DOT) * sqrt(row.salience / 100))
    if not sheet.lane.movable:
        return [mark]
    ends: list[str] = []
    for part, at, side in (("low", span.low, -1.0), ("high", span.high, 1.0)):
        x = scale.x(at)
        grip = tag("path", d=f"M{number(x)} {number(y - 7)}v14m{number(side * 4)} -10v6", class_="grip", fill="none",
                   stroke=INK, stroke_width=1.6)  # fmt: skip
        limits = (sheet.lane.low, span.best) if part == "low" else (span.best, sheet.lane.high)
        box = (x - REACH if side < 0 else x, y)
        ends.append(_handle(sheet, "low" if part == "low" else "high", held, at, limits, box, grip))
    whole = (sheet.lane.low, sheet.lane.high)
    return [*ends, _handle(sheet, "best", held, span.best, whole, (scale.x(span.best) - REACH / 2, y), mark)]


def _line(sheet: _Sheet, row: LaneRow, y: float) -> list[str]:
    """Draw a red line over its range, with the arrow that points to what is accepted."""
    line, post = row.line, row.span.red_line
    if line is None or post is None:
        return []
    scale = sheet.scale
    low, x, high = scale.x(line.low), scale.x(line.best), scale.x(line.high)
    reach = tag("path", d=f"M{number(low)} {number(y + 9)}H{number(high)}", stroke=ALARM, stroke_width=2,
                stroke_dasharray="3 2")  # fmt: skip
    drawn = red_post(x, y, post, tall=11)
    side = "at most" if post.accepts == "at_most" else "at least"
    about = hint(f"{row.span.party}: red line, accepts {side} {_range(sheet, line)} ({line.basis})")
    held = {
        "path": f"{row.path}.red_line", "at": f"{line.low:g},{line.best:g},{line.high:g}", "who": row.span.party,
        "side": f"accepts {side} ",
    }  # fmt: skip
    parts = [reach if high - low > 1 else ""]
    if not sheet.lane.movable:
        return [*parts, group(about, drawn)]
    whole = (sheet.lane.low, sheet.lane.high)
    return [*parts, _handle(sheet, "line", held, line.best, whole, (x - REACH / 2, y), about + drawn)]


def _handle(
    sheet: _Sheet,
    part: PostPart,
    held: dict[str, str],
    at: float,
    limits: tuple[float, float],
    box: tuple[float, float],
    *drawn: str,
) -> str:
    """Wrap what is drawn in a slider; a script learns from it what it moves, and from which values it starts."""
    x, y = box
    # A red line is taken by its arrow, so that the end of a range under it can be reached.
    tall = ROW if part != "line" else ROW * 0.45
    hit = tag("rect", x=x, y=y - ROW / 2, width=REACH, height=tall, fill="transparent", class_="hit")
    side = held.get("side", "")
    return group(
        hit,
        group(*drawn, class_="shown"),
        class_=f"handle h-{part}",
        role="slider",
        tabindex="0",
        aria_label=f"{held['who']} on {sheet.lane.issue}, {NAMES[part]}",
        aria_valuemin=f"{limits[0]:g}",
        aria_valuemax=f"{limits[1]:g}",
        aria_valuenow=f"{at:g}",
        aria_valuetext=side + sheet.told(at),
        data_path=held["path"],
        data_part=part,
        data_at=held["at"],
        data_side=side or None,
    )


def lane_legend(bases: frozenset[BasisKind], *, lines: bool, blocs: bool, width: float = USUAL) -> str:
    """Say once for all lanes what their signs mean.

    >>> lane_legend(frozenset({"read"}), lines=True, blocs=True).count("<text")
    5
    """
    id_ = "fig-lanes-legend" + ("" if width >= USUAL else "-narrow")
    order: tuple[BasisKind, ...] = ("read", "entered", "supplied", "assumed")
    entries = [(bar(id_, b, (0, -HALF, 30, 2 * HALF)) + dot(b, 15, 0), MEANINGS[b]) for b in order if b in bases]
    small, large = dot("read", 6, 0, LEAST_DOT), dot("read", 22, 0, MOST_DOT)
    entries.append((small + large, "the larger, the more it matters to the party"))
    if lines:
        entries.append(
            (red_post(12, 0, RedLine(0, "at_least", "read"), tall=11), "red line; the arrow points to what is accepted")
        )
    if blocs:
        bracket = tag("path", d="M8 -8h5V8h-5", fill="none", stroke=SOFT_INK, stroke_width=1.5)
        entries.append((bracket, "stand close together"))
    tip = tag("path", d="M10 -8h9l-4.5 6z", fill=SOFT_INK)
    entries.append((tip, "where things stand today"))
    drawn, bottom = legend(entries, 4, width)
    desc = "; ".join(meaning for _, meaning in entries)
    return picture(drawn, id=id_, title="What the signs mean", desc=desc, size=(width, bottom))
