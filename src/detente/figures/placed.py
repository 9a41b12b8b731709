"""Where does a label stand so that it hides nothing and is not cut at the edge?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.figures.svg import number
from detente.figures.text import text_width, wrap

Box = tuple[float, float, float, float]  # left, top, right, bottom
WIDEST = 240.0
BOLD = 1.06  # how much wider heavy letters run than the estimate
AWAY = 12.0
LEADING = 14.5
STEPS = 14


@dataclass(frozen=True, slots=True)
class Label:
    """The lines of a label and the box that they fill."""

    lines: tuple[str, ...]
    box: Box
    leading: float = LEADING

    def lead(self, spot: tuple[float, float]) -> str:
        """Return a line to what the label names, empty where the label stands right beside it."""
        left, top, right, bottom = self.box
        x = min(max(spot[0], left), right)
        y = min(max(spot[1], top), bottom)
        if max(abs(x - spot[0]), abs(y - spot[1])) <= AWAY + 4:
            return ""
        return f"M{number(spot[0])} {number(spot[1])}L{number(x)} {number(y)}"


def placed(
    words: str, spot: tuple[float, float], *, inside: Box, taken: Sequence[Box], size: float, widest: float = WIDEST
) -> Label:
    """Return the label at the nearest free place about a spot; where nothing is free, the nearest inside the frame.

    >>> label = placed("Nash", (95.0, 50.0), inside=(0.0, 0.0, 100.0, 100.0), taken=[], size=12)
    >>> label.box[2] <= 100
    True
    """
    lines = wrap(words, min(widest, inside[2] - inside[0]) / BOLD, size, lines=3)
    wide = max((text_width(line, size) for line in lines), default=0.0) * BOLD
    tall = size + LEADING * (len(lines) - 1) + 4
    boxes = [_kept(box, inside) for box in _about(spot, wide, tall)]
    free = (box for box in boxes if not any(_meet(box, other) for other in taken))
    return Label(lines, next(free, boxes[0]))


def _about(spot: tuple[float, float], wide: float, tall: float) -> Iterator[Box]:
    """Try beside the spot, right and left, then step by step above and below."""
    x, y = spot
    for step in range(STEPS):
        for up in (-1, 1):
            top = y - tall / 2 + up * step * LEADING
            for left in (x + AWAY, x - AWAY - wide):
                yield (left, top, left + wide, top + tall)


def _kept(box: Box, inside: Box) -> Box:
    """Push a box back inside the frame."""
    over = max(box[2] - inside[2], 0.0) - max(inside[0] - box[0], 0.0)
    below = max(box[3] - inside[3], 0.0) - max(inside[1] - box[1], 0.0)
    return (box[0] - over, box[1] - below, box[2] - over, box[3] - below)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
