"""What does one package give everybody beside no deal, on a scale that stays as it is from package to package?"""

from dataclasses import dataclass

from detente.figures.scale import tick, ticks
from detente.figures.svg import ALARM, GAIN, INK, LINE, PAPER, SEAT, SOFT_INK, group, hint, number, picture, tag, text
from detente.figures.text import gain, shorten

EDGE = 8.0
ROW = 42.0
BAR = 14.0
FOOT = 24.0
VALUE_ROOM = 48.0


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """What a party gains by a package, in points, and the least and the most that any package of the agenda gives it.

    `note` says what else stands in its way.
    """

    party: str
    points: float
    low: float
    high: float
    note: str = ""


def balance(rows: tuple[BalanceRow, ...], *, id: str, title: str, desc: str, width: float = 440) -> str:
    """Draw a bar a party from the line of no deal, over the range of all packages of the agenda.

    >>> "+12.5" in balance((BalanceRow("Karun", 12.5, -20, 40),), id="f", title="Gains", desc="One package.")
    True
    """
    low = min([0.0, *(min(r.low, r.points) for r in rows)])
    high = max([0.0, *(max(r.high, r.points) for r in rows)])
    unit = (width - 2 * EDGE - 2 * VALUE_ROOM) / (high - low) if high > low else 0.0
    zero = EDGE + VALUE_ROOM - low * unit
    drawn = [_row(row, zero, unit, at * ROW + 4, width) for at, row in enumerate(rows)]
    end = len(rows) * ROW + 4
    axis = tag("path", d=f"M{number(zero)} 2V{number(end)}", stroke=INK, stroke_width=1.2)
    foot = _scale((low, high), zero, unit, end) if unit else ""
    return picture(*drawn, axis, foot, id=id, title=title, desc=desc, size=(width, end + FOOT))


def _row(row: BalanceRow, zero: float, unit: float, top: float, width: float) -> str:
    loses, y = row.points < 0, top + 18
    length = abs(row.points) * unit
    start = zero - length if loses else zero
    name = text(shorten(row.party, width * 0.6, 13), EDGE, top + 12, font_size=13, font_weight=600)
    note = row.note and text(
        shorten(row.note, width * 0.4, 12), width - EDGE, top + 12, font_size=12, fill=ALARM, text_anchor="end"
    )
    reach = tag(
        "rect", x=zero + row.low * unit, y=y + 3, width=max((row.high - row.low) * unit, 0.5), height=BAR - 6, fill=SEAT
    )
    bar = tag(
        "rect", x=start, y=y, width=max(length, 0.8), height=BAR, rx=2, fill=PAPER if loses else GAIN,
        fill_opacity=None if loses else "0.8", stroke=ALARM if loses else GAIN, stroke_width=1.4,
        stroke_dasharray="3 2" if loses else None,
    )  # fmt: skip
    value = text(
        gain(row.points), start - 5 if loses else start + length + 5, y + 11.5, font_size=13, font_weight=600,
        text_anchor="end" if loses else "start", fill=ALARM if loses else INK,
    )  # fmt: skip
    told = f"{row.party}: {gain(row.points)} points beside no deal; any package of this agenda: {gain(row.low)} to "
    return group(hint(f"{told}{gain(row.high)}"), name, note, reach, bar, value)


def _scale(ends: tuple[float, float], zero: float, unit: float, top: float) -> str:
    marks = ticks(*ends, most=6)
    line = tag("path", d=f"M{number(zero + ends[0] * unit)} {number(top)}H{number(zero + ends[1] * unit)}", stroke=LINE)
    strokes = "".join(f"M{number(zero + at * unit)} {number(top)}v5" for at in marks)
    words = [
        text(tick(at), zero + at * unit, top + 18, font_size=11, fill=SOFT_INK, text_anchor="middle") for at in marks
    ]
    return group(line, tag("path", d=strokes, stroke=SOFT_INK), *words)
