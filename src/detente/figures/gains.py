"""What does each way of settling give whom, beside no deal?"""

from dataclasses import dataclass

from detente.figures.legend import legend
from detente.figures.scale import tick, ticks
from detente.figures.svg import ALARM, GAIN, INK, LINE, PAPER, SOFT_INK, group, hint, number, picture, tag, text
from detente.figures.text import gain, shorten, text_width, wrap

HEAD = 220.0
NAME_LINES = 7
SCALE = 22.0
EDGE = 10.0
BAR = 15.0
GAP = 12.0
VALUE_ROOM = 58.0  # for the figure at the end of a bar


@dataclass(frozen=True, slots=True)
class GainBar:
    """What one party gains beyond no deal, in points."""

    party: str
    points: float


@dataclass(frozen=True, slots=True)
class GainGroup:
    """One way of settling: its name, what is gained, or why there is nothing to gain."""

    name: str
    bars: tuple[GainBar, ...]
    nothing: str = "no deal"


def gains(groups: tuple[GainGroup, ...], *, id: str, title: str, desc: str, width: float = 720) -> str:
    """Draw gains and losses as bars from a common line, which is having no deal.

    >>> "Karun" in gains((GainGroup("Nash", (GainBar("Karun", 12.5),)),), id="f", title="Gains", desc="One deal.")
    True
    """
    points = [bar.points for g in groups for bar in g.bars]
    low, high = min([0.0, *points]), max([0.0, *points])
    party_room = min(max([text_width(bar.party, 11.5) for g in groups for bar in g.bars] or [0.0]) + 12, 130.0)
    left = HEAD + party_room + (VALUE_ROOM if low < 0 else 0)
    room = max(width - EDGE - VALUE_ROOM - left, 80.0)
    unit = room / (high - low) if high > low else 0.0
    zero = left - low * unit
    parts, y = [], EDGE
    for one in groups:
        drawn, y = _group(one, (HEAD, zero, unit), y, width)
        parts.append(drawn)
    if high > low:
        parts.append(_scale((low, high), zero, unit, y))
        y += SCALE
    samples, y = legend(_samples(any(p >= 0 for p in points), low < 0), y + 6, width)
    return picture(*parts, samples, id=id, title=title, desc=desc, size=(width, y))


def _scale(ends: tuple[float, float], zero: float, unit: float, top: float) -> str:
    """Set round values under the bars."""
    marks = ticks(*ends, most=6)
    line = tag("path", d=f"M{number(zero + ends[0] * unit)} {number(top)}H{number(zero + ends[1] * unit)}", stroke=LINE)
    strokes = "".join(f"M{number(zero + at * unit)} {number(top)}v5" for at in marks)
    words = [
        text(tick(at), zero + at * unit, top + 17, font_size=11, fill=SOFT_INK, text_anchor="middle") for at in marks
    ]
    return group(line, tag("path", d=strokes, stroke=SOFT_INK), *words)


def _group(one: GainGroup, frame: tuple[float, float, float], top: float, width: float) -> tuple[str, float]:
    head, zero, unit = frame
    name = wrap(one.name, head - EDGE - 20, 13.4, lines=NAME_LINES)
    tall = max(len(one.bars) * (BAR + 4), len(name) * 15.0, BAR + 4) + GAP
    words = [text(line, EDGE, top + 12 + 15 * at, font_size=12.5, font_weight=600) for at, line in enumerate(name)]
    rule = tag("path", d=f"M{EDGE} {number(top + tall - GAP / 2)}H{number(width - EDGE)}", stroke=LINE)
    if not one.bars:
        told = text(one.nothing, head, top + 12, font_size=12, fill=SOFT_INK)
        return group(hint(one.name), *words, rule, told), top + tall
    drawn = [_bar(bar, (head, zero, unit), top + at * (BAR + 4)) for at, bar in enumerate(one.bars)]
    end = top + len(one.bars) * (BAR + 4)
    axis = tag("path", d=f"M{number(zero)} {number(top - 3)}V{number(end - 1)}", stroke=INK, stroke_width=1.2)
    return group(hint(one.name), *words, rule, *drawn, axis), top + tall


def _bar(bar: GainBar, frame: tuple[float, float, float], y: float) -> str:
    head, zero, unit = frame
    length = abs(bar.points) * unit
    loses = bar.points < 0
    start = zero - length if loses else zero
    party = text(shorten(bar.party, 118, 11.5), head, y + 11.5, font_size=11.5)
    shape = tag(
        "rect", x=start, y=y, width=max(length, 0.8), height=BAR, rx=2, fill=PAPER if loses else GAIN,
        fill_opacity=None if loses else "0.75", stroke=ALARM if loses else GAIN, stroke_width=1.4,
        stroke_dasharray="3 2" if loses else None,
    )  # fmt: skip
    value = text(
        gain(bar.points),
        start - 4 if loses else start + length + 4,
        y + 11.5,
        font_size=11.5,
        text_anchor="end" if loses else "start",
        fill=ALARM if loses else INK,
    )
    return group(hint(f"{bar.party}: {gain(bar.points)} points beside no deal"), party, shape, value)


def _samples(gained: bool, lost: bool) -> list[tuple[str, str]]:
    gain = tag("rect", x=0.7, y=-7, width=29, height=14, rx=2, fill=GAIN, fill_opacity="0.75", stroke=GAIN)
    loss = tag(
        "rect", x=0.7, y=-7, width=29, height=14, rx=2, fill=PAPER, stroke=ALARM, stroke_width=1.4,
        stroke_dasharray="3 2",
    )  # fmt: skip
    entries = [(gain, "more than without a deal, in points")] if gained else []
    return [*entries, (loss, "less than without a deal, in points")] if lost else entries
