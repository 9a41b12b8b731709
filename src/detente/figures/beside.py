"""Where does a number stand now, and where would it stand then? A strip that is drawn anew while a slider moves.

A strip stands in a row of a table that holds its numbers, so it has no words of its own.
"""

from dataclasses import dataclass

from detente.figures.svg import INK, LINE, PAPER, number, tag

WIDE, TALL = 200.0, 22.0
EDGE = 8.0
RADIUS = 5.0
THICK = 8.0


@dataclass(frozen=True, slots=True)
class Axis:
    """The scale of a strip: its ends, and a mark on it, such as half of the draws."""

    low: float
    high: float
    mark: float | None = None

    def x(self, value: float) -> float:
        """Return where a value stands; one beyond an end stands at that end."""
        span = self.high - self.low
        share = (value - self.low) / span if span > 0 else 0.5
        return EDGE + min(max(share, 0.0), 1.0) * (WIDE - 2 * EDGE)


def beside(now: float, then: float, axis: Axis) -> str:
    """Draw a number now (hollow) and then (filled), with the way between them.

    >>> beside(0.2, 0.8, Axis(0, 1, 0.5)).count("<circle")
    2
    """
    start, end, middle = axis.x(now), axis.x(then), TALL / 2
    way = tag("path", d=f"M{number(start)} {number(middle)}H{number(end)}", stroke=INK, stroke_width=3)
    hollow = tag("circle", cx=start, cy=middle, r=RADIUS, fill=PAPER, stroke=INK, stroke_width=1.6)
    full = tag("circle", cx=end, cy=middle, r=RADIUS - 0.8, fill=INK)
    return _strip(_ground(axis), way if abs(end - start) > RADIUS else "", hollow, full)


def swing(low: float | None, high: float | None, middle: float, axis: Axis) -> str:
    """Draw an answer from where it stands to where an input takes it: its low end (hollow), its high end (filled).

    >>> swing(0.2, None, 0.5, Axis(0, 1)).count("<rect")
    1
    """
    bars = [
        _bar(axis.x(middle), axis.x(at), k * (THICK + 1) + 2.5, filled=bool(k))
        for k, at in enumerate((low, high))
        if at is not None
    ]
    line = tag("path", d=f"M{number(axis.x(middle))} 0V{number(TALL)}", stroke=INK, stroke_width=1.4)
    return _strip(_ground(axis), *bars, line)


def _bar(start: float, end: float, y: float, *, filled: bool) -> str:
    return tag(
        "rect", x=min(start, end), y=y, width=max(abs(end - start), 1.0), height=THICK, rx=1.5, stroke=INK,
        stroke_width=1.2, fill=INK if filled else PAPER, fill_opacity="0.72" if filled else None,
    )  # fmt: skip


def _ground(axis: Axis) -> str:
    line = f"M{number(EDGE)} {number(TALL / 2)}H{number(WIDE - EDGE)}"
    line += "".join(f"M{number(x)} {number(TALL / 2 - 3)}v6" for x in (EDGE, WIDE - EDGE))
    if axis.mark is not None:
        line += f"M{number(axis.x(axis.mark))} 3V{number(TALL - 3)}"
    return tag("path", d=line, stroke=LINE, stroke_width=1.2)


def _strip(*parts: str) -> str:
    return tag(
        "svg", "".join(parts), class_="strip", viewBox=f"0 0 {number(WIDE)} {number(TALL)}", width=WIDE, height=TALL,
        aria_hidden="true", focusable="false",
    )  # fmt: skip
