"""Of many straight lines, which is the highest where? Exact, in whole numbers and fractions."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

NEAR = 1e-9  # relative: lines closer than this in floating point are compared exactly


@dataclass(frozen=True, slots=True)
class Line:
    """A line a + b*w over w, and which package or agenda it stands for."""

    a: int
    b: int
    of: int

    def at(self, w: Fraction) -> Fraction:
        """Return its height at w."""
        return self.a + self.b * w


@dataclass(frozen=True, slots=True)
class Piece:
    """From `start` to `stop` this line is the highest."""

    start: Fraction
    stop: Fraction
    line: Line


def envelope(lines: Sequence[Line], start: Fraction, stop: Fraction) -> tuple[Piece, ...]:
    """Return the highest line from `start` to `stop`, from left to right; of equal lines the first.

    >>> [(str(p.start), p.line.of) for p in envelope([Line(0, 3, 0), Line(1, 1, 1)], Fraction(0), Fraction(1))]
    [('0', 1), ('1/2', 0)]
    """
    left = _contenders(lines, start, stop)
    pieces: list[Piece] = []
    at = start
    while left:
        best = max(left, key=lambda line: (line.at(at), line.b, -line.of))
        steeper = [line for line in left if line.b > best.b]
        crossing = min((Fraction(best.a - line.a, line.b - best.b) for line in steeper), default=stop)
        end = min(crossing, stop)
        pieces.append(Piece(at, end, best))
        if end >= stop:
            break
        at, left = end, steeper
    return tuple(pieces)


def positive(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Keep the parts at which the highest line lies above nought, ends included."""
    kept = []
    for piece in pieces:
        low, high = piece.line.at(piece.start), piece.line.at(piece.stop)
        if low <= 0 and high <= 0:
            continue
        root = Fraction(-piece.line.a, piece.line.b) if piece.line.b else piece.start
        start = piece.start if low > 0 else root
        stop = piece.stop if high > 0 else root
        kept.append(Piece(start, stop, piece.line))
    return tuple(kept)


def _contenders(lines: Sequence[Line], start: Fraction, stop: Fraction) -> list[Line]:
    """Leave out lines that some other line is above at both ends."""
    if len(lines) < 2:
        return list(lines)
    low = np.array([float(line.a) + float(line.b) * float(start) for line in lines])
    high = np.array([float(line.a) + float(line.b) * float(stop) for line in lines])
    slack = NEAR * max(1.0, float(np.abs(low).max()), float(np.abs(high).max()))
    order = np.argsort(-low, kind="stable")
    best = np.maximum.accumulate(np.concatenate([[-np.inf], high[order][:-1]]))
    kept = order[high[order] >= best - slack]
    first: dict[tuple[int, int], Line] = {}
    for k in sorted(int(k) for k in kept):
        line = lines[k]
        first.setdefault((line.a, line.b), line)
    return list(first.values())
