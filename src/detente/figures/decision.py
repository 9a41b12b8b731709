"""Where may a body's decision lie on one issue, and where does each of its members stand?

On top the shares of the model over the scale, with a bracket around most of them and its median; under it what
is compared with it, and then one row for every member: a bar over its range, a mark at its best guess that is the
larger the more it weighs, and at the right its share of the body's weight. How a value is known shows as everywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from detente.errors import UsageError
from detente.figures.apart import apart
from detente.figures.interval import Interval, bracket, diamond, guides, numbered, span_of, wash, written
from detente.figures.landmarks import Landmark, Level, Scale, Span, level_names
from detente.figures.legend import LABEL_SIZE, legend
from detente.figures.scale import ticks
from detente.figures.svg import (
    INK,
    LINE,
    MEANINGS,
    PAPER,
    SOFT_INK,
    USUAL,
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
ROOMY = 500.0  # below it the page is a telephone's
HILL = 104.0  # the height of the shares
FEWEST = 2  # levels
WIDEST = 26.0  # of a bar
BASES: tuple[BasisKind, ...] = ("read", "entered", "supplied", "assumed")


@dataclass(frozen=True, slots=True)
class Member:
    """Where a member stands, what it weighs as a share of the body, and how the weakest part of that is known."""

    span: Span
    weight: float
    weighed: BasisKind


@dataclass(frozen=True, slots=True)
class Decided:
    """One issue inside one body, and everything beside the shares of the model.

    `shares` stand at evenly spaced levels from `low` to `high`, both included: two of them stand at the ends.
    """

    issue: str
    low: float
    high: float
    landmarks: tuple[Landmark, ...]
    shares: tuple[float, ...]
    forecast: Interval
    compromise: float
    climatology: Interval
    today: Level | None
    members: tuple[Member, ...]

    def ordered(self) -> tuple[Member, ...]:
        """Return the members from the low end to the high one, of those at one place the weightiest first."""
        return tuple(sorted(self.members, key=lambda m: (m.span.best, -m.weight, m.span.party)))

    def number(self, value: float) -> str:
        """Write a level, as fine as the scale asks for."""
        return written(value, self.high - self.low)

    def between(self, found: Interval) -> str:
        """Write between which levels most of a distribution lies, as fine as the scale asks for."""
        return span_of(found, self.high - self.low)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where the columns stand: names, the scale, and what a member weighs."""

    id: str
    width: float
    scale: Scale
    weights: float  # where the column of weights begins
    row: float  # the height of a member's row
    reach: float  # the radius of the weightiest member's mark

    @property
    def roomy(self) -> bool:
        return self.width > ROOMY

    @property
    def gutter(self) -> float:
        return self.scale.left - 2 * EDGE


def decision(data: Decided, *, id: str, title: str, desc: str, width: float = USUAL) -> str:
    """Draw the shares of the model over the scale of an issue, and the members of the body on the same scale.

    Raises UsageError where there are fewer than two shares, or a share or a weight is below 0.

    >>> one = Decided("Fill", 0, 100, (), (0.5, 0.5), Interval(5, 50, 95), 40, Interval(0, 50, 100), None,
    ...               (Member(Span("Karun", 10, 20, 30, "read"), 1.0, "assumed"),))
    >>> decision(one, id="f", title="Fill", desc="One member.").startswith("<svg")
    True
    """
    whole(data)
    sheet = _sheet(data, id, width)
    name = wrap(data.issue, width - 2 * EDGE, 14.5, lines=2)
    heading = [text(line, EDGE, 18 + 17 * k, font_size=14, font_weight=650) for k, line in enumerate(name)]
    top = 18.0 + 17 * (len(name) - 1) + 18
    drawn, base = _hill(data, sheet, top)
    marks = numbered(data.landmarks, (data.low, data.high))
    names, deep = level_names(marks, sheet.scale, base)
    beside, y = _beside(data, sheet, base + deep + 20)
    rows, y = _members(data, sheet, y + 6)
    behind = wash(data.forecast, sheet.scale, top + 22, base) + wash(
        data.forecast, sheet.scale, base + deep + 12, y + 2
    )
    lines = guides(marks, sheet.scale, base + deep + 12, y + 2)
    samples, y = legend(_samples(data, id), y + 16, width)
    return picture(*heading, behind, lines, names, drawn, beside, rows, samples, id=id, title=title, desc=desc,
                   size=(width, y))  # fmt: skip


def whole(data: Decided) -> None:
    """Check that there are two shares at least, and that no share or weight is below 0.

    Raises UsageError where that is not so.
    """
    if len(data.shares) < FEWEST or min(data.shares) < 0 or any(m.weight < 0 for m in data.members):
        raise UsageError(
            f"On '{data.issue}' there are fewer than two shares, or a share or a member's weight is below 0. "
            "Give one share, 0 to 1, for each level from one end of the scale to the other, and weights of 0 or more."
        )


def _sheet(data: Decided, id: str, width: float) -> _Sheet:
    roomy, many = width > ROOMY, len(data.members)
    longest = max([text_width(m.span.party, 13) for m in data.members], default=0.0)
    gutter = min(max(longest + 8, 134.0), 188.0) if roomy else 94.0
    weights = width - EDGE - (88.0 if roomy else 37.0)
    row = 22.0 if many <= 12 else 19.0 if many <= 20 else 16.0
    scale = Scale(data.low, data.high, EDGE + gutter + EDGE, weights - (20.0 if roomy else 8.0))
    return _Sheet(id, width, scale, weights, row, min(row / 2 - 1.5, 8.5))


def _hill(data: Decided, sheet: _Sheet, top: float) -> tuple[str, float]:
    """Draw the shares with the bracket over them; return the height of their base line."""
    scale, base = sheet.scale, top + 34 + HILL
    highest = max(*data.shares, 1e-12)
    step = (data.high - data.low) / (len(data.shares) - 1)
    wide = _wide(data, sheet) * 0.86
    bars = []
    for k, share in enumerate(data.shares):
        x, tall = scale.x(data.low + k * step) - wide / 2, share / highest * HILL
        told = hint(f"about {data.number(data.low + k * step)}: {share:.3f} of the model")
        box = {"x": x, "y": base - tall, "width": wide, "height": tall}
        # Paper under a bar keeps lines from showing through.
        bars.append(tag("rect", fill=PAPER, **box) + tag("rect", told, fill=SOFT_INK, fill_opacity="0.62", **box))
    middle = scale.x(data.forecast.median)
    post = tag("path", d=f"M{number(middle)} {number(top + 22)}V{number(base)}", stroke=INK, stroke_width=1.8)
    told = f"most of the model's weight: {data.between(data.forecast)}; median {data.number(data.forecast.median)}"
    over = bracket(data.forecast, scale, top + 22, weight="strong", told=told)
    ruler = tag("path", d=f"M{number(scale.left)} {number(base)}H{number(scale.right)}", stroke=INK, stroke_width=1.5)
    return group(
        _height(highest, sheet, base, _wide(data, sheet) / 2), *bars, ruler, post, over, _ends(data, sheet, top + 11)
    ), base


def _wide(data: Decided, sheet: _Sheet) -> float:
    """Return how wide a bar may be, with the room beside it."""
    return min((sheet.scale.right - sheet.scale.left) / (len(data.shares) - 1), WIDEST)


def _ends(data: Decided, sheet: _Sheet, y: float) -> str:
    """Write the ends of the bracket and the median over it, so that they do not touch."""
    # A number is written once, and where the median is the same as an end it is the median.
    once = {data.number(v): v for v in (data.forecast.low, data.forecast.high, data.forecast.median)}
    found = sorted(once.values())
    sizes = [text_width(data.number(v), 12) + 8 for v in found]
    ends = (sheet.scale.left - 14, sheet.scale.right + 14)
    places = apart([sheet.scale.x(v) for v in found], sizes, ends=ends)
    return group(
        *(
            text(
                data.number(v),
                x,
                y,
                font_size=12,
                text_anchor="middle",
                font_weight=700 if v == data.forecast.median else None,
            )
            for v, x in zip(found, places, strict=True)
        )
    )


def _height(highest: float, sheet: _Sheet, base: float, aside: float) -> str:
    """Say beside the shares how high they are."""
    lines = wrap("Share of the model at each level", sheet.gutter, LABEL_SIZE, lines=4)
    parts = [
        text(line, EDGE, base - HILL + 8 + 14 * k, font_size=LABEL_SIZE, fill=SOFT_INK) for k, line in enumerate(lines)
    ]
    for mark in (m for m in ticks(0, highest, most=3) if m > 0):
        y = base - mark / highest * HILL
        parts.append(tag("path", d=f"M{number(sheet.scale.left)} {number(y)}H{number(sheet.scale.right)}", stroke=LINE))
        parts.append(text(f"{mark:g}", sheet.scale.right + max(aside, 4) + 3, y + 4, font_size=11, fill=SOFT_INK))
    return group(*parts)


def _beside(data: Decided, sheet: _Sheet, top: float) -> tuple[str, float]:
    """Draw what stands beside the forecast: the compromise mean, past decisions elsewhere, and today."""
    parts, y = [], top
    for name, drawn in _compared(data, sheet.scale):
        lines = wrap(name, sheet.gutter, LABEL_SIZE, lines=3)
        tall = max(14.0 * len(lines), 16.0) + 6
        first = y + tall / 2 - 7 * (len(lines) - 1) + 4
        words = [
            text(line, sheet.scale.left - EDGE - 4, first + 14 * k, font_size=LABEL_SIZE, text_anchor="end")
            for k, line in enumerate(lines)
        ]
        parts.append(group(hint(name), *words, drawn(y + tall / 2)))
        y += tall
    return group(*parts), y


def _compared(data: Decided, scale: Scale) -> list[tuple[str, Callable[[float], str]]]:
    """Return what stands beside the forecast, each in words and as a drawing at a height."""
    found: list[tuple[str, Callable[[float], str]]] = [
        (f"Compromise mean: {data.number(data.compromise)}", partial(diamond, scale.x(data.compromise))),
        (
            f"Past decisions: {data.between(data.climatology)}",
            partial(bracket, data.climatology, scale, weight="faint"),
        ),
    ]
    if data.today is not None:
        found.append((today_of(data.today, data.high - data.low), partial(_triangle, data.today, scale)))
    return found


def today_of(level: Level, width: float | None = None) -> str:
    """Say where things stand today, as fine as `written` does on a scale of this width.

    >>> today_of(Level(0, 0, 0, "read")), today_of(Level(0, 5, 9, "assumed"))
    ('Today: 0', 'Today (assumed): 0 to 9')
    """
    said = span_of(Interval(level.low, level.best, level.high), width)
    return f"Today: {said}" if level.basis == "read" else f"Today ({level.basis}): {said}"


def _triangle(level: Level, scale: Scale, y: float) -> str:
    low, best, high = scale.x(level.low), scale.x(level.best), scale.x(level.high)
    spread = tag(
        "path", d=f"M{number(low)} {number(y)}H{number(high)}", stroke=SOFT_INK, stroke_width=1.5,
        stroke_dasharray="2 3",
    )  # fmt: skip
    tip = tag("path", d=f"M{number(best - 5)} {number(y - 5)}h10l-5 9z", fill=SOFT_INK, stroke=PAPER, stroke_width=1)
    return (spread if high - low > 1 else "") + tip


def _members(data: Decided, sheet: _Sheet, top: float) -> tuple[str, float]:
    """Draw a row for every member, under a line of heads."""
    rule = tag("path", d=f"M{EDGE} {number(top)}H{number(sheet.width - EDGE)}", stroke=LINE)
    edge = sheet.scale.left - EDGE - 4
    heads = text("Member", edge, top + 16, font_size=LABEL_SIZE, fill=SOFT_INK, text_anchor="end")
    heads += text("weight", sheet.width - EDGE, top + 16, font_size=LABEL_SIZE, fill=SOFT_INK, text_anchor="end")
    parts, y = [rule, heads], top + 22
    most = max((m.weight for m in data.members), default=0.0) or 1.0
    for member in data.ordered():
        parts.append(_member(member, sheet, y + sheet.row / 2, most))
        y += sheet.row
    return group(*parts), y


def _member(member: Member, sheet: _Sheet, y: float, most: float) -> str:
    span, scale = member.span, sheet.scale
    size = 13.0 if sheet.row > 18 else 12.0
    edge = scale.left - EDGE - 4
    name = text(shorten(span.party, edge - EDGE / 2, size), edge, y + 4.5, font_size=size, text_anchor="end")
    low, best, high = (scale.x(v) for v in (span.low, span.best, span.high))
    rail = tag("path", d=f"M{number(scale.left)} {number(y)}H{number(scale.right)}", stroke=LINE, stroke_opacity="0.6")
    tall = min(sheet.row - 9, 9.0)
    range_bar = bar(sheet.id, span.basis, (low, y - tall / 2, high - low, tall)) if high - low > 1 else ""
    wide = scale.high - scale.low
    radius = 2.6 + (sheet.reach - 2.6) * (member.weight / most) ** 0.5
    told = (
        f"{span.party}: {span_of(Interval(span.low, span.best, span.high), wide)}, "
        f"best guess {written(span.best, wide)} "
        f"({span.basis}); {member.weight:.2f} of the body's weight ({member.weighed})"
    )
    return group(hint(told), name, rail, range_bar, dot(span.basis, best, y, radius), _weight(member, sheet, y, most))


def _weight(member: Member, sheet: _Sheet, y: float, most: float) -> str:
    """Write a member's share of the weight; where there is room, as a bar that shows how it is known."""
    words = text(share_of(member.weight), sheet.width - EDGE, y + 4.5, font_size=12, text_anchor="end", fill=SOFT_INK)
    room = sheet.width - EDGE - 36 - sheet.weights
    if room < 20 or not member.weight:
        return words
    return bar(sheet.id, member.weighed, (sheet.weights, y - 3.5, max(member.weight / most * room, 2.0), 7)) + words


def share_of(weight: float) -> str:
    """Write a share of the body's weight, so that a small one does not read as none.

    >>> share_of(0.237), share_of(0.001), share_of(0.0)
    ('0.24', '<0.01', '0.00')
    """
    return "<0.01" if 0 < weight < 0.005 else f"{weight:.2f}"


def _samples(data: Decided, id: str) -> list[tuple[str, str]]:
    flat = Scale(0, 1, 2, 28)
    entries = [
        (bracket(Interval(0, 0.5, 1), flat, 0, weight="strong"), "most of the model's weight, and its median"),
        (diamond(15, 0), "compromise mean"),
        (bracket(Interval(0, 0.5, 1), flat, 0, weight="faint"), "the same for past decisions elsewhere"),
    ]
    present = {m.span.basis for m in data.members} | {m.weighed for m in data.members}
    entries += [(bar(id, b, (0, -4.5, 30, 9)) + dot(b, 15, 0), MEANINGS[b]) for b in BASES if b in present]
    if data.members:
        entries.append((dot("read", 6, 0, 3) + dot("read", 21, 0, 7), "the larger, the more it weighs"))
    return entries
