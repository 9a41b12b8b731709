"""Which label of a demand holds at which no-deal value of the party that presses, exactly?

The labels and what they mean are those of `detente.analyses.motive`. They change only at the turns of two ladders: the
one of the narrow agenda, and the one on which the condition is met.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise
from math import ceil, floor

import numpy as np

from detente.search.pressing.bids import OUTSIDE
from detente.search.pressing.ladder import Ladder

LABELS = ("improves", "softens", "idle", "worsens", "self_defeating", "blocks")
FINE = 64  # denominators up to which a weight is taken, and a corner checked, as it is


@dataclass(frozen=True, slots=True)
class Stretch:
    """A label from `low` to `high` no-deal value; `low_in` and `high_in` say whether the ends belong to it."""

    label: str
    low: Fraction
    high: Fraction
    low_in: bool
    high_in: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One weight of the pressed issues beside the rest, and what follows at every no-deal value.

    `narrow` and `met` are u(N) and u(M), for a party whose consent is needed the most the others would let it have
    there; None where there is no such deal. Above the greater of them it prefers no deal to either.
    """

    weight: Fraction
    narrow: Fraction | None
    met: Fraction | None
    stretches: tuple[Stretch, ...]

    def label_at(self, no_deal: Fraction | int) -> str | None:
        """Return the label at a no-deal value; None outside the swept range."""
        return next((s.label for s in self.stretches if _within(s, Fraction(no_deal))), None)


def label_at(narrow: Ladder, met: Ladder, no_deal: Fraction) -> str:
    """Which label holds at one weight and one no-deal value?

    >>> label_at(Ladder("outside", 1, (), ()), Ladder("outside", 1, (), ()), Fraction(0))
    'idle'
    """
    at, to = narrow.at(no_deal), met.at(no_deal)
    first = narrow.most if at is None else narrow.worth(at)
    return label_of(first, None if to is None else met.worth(to), no_deal, refuses=narrow.seat != OUTSIDE)


def label_of(narrow: Fraction | None, met: Fraction | None, no_deal: Fraction, *, refuses: bool) -> str:
    """Which label of equation (1) holds? `refuses`: its consent is needed, and it refuses a deal below no deal.

    >>> label_of(Fraction(10), None, Fraction(20), refuses=False)
    'blocks'
    """
    if met is None:
        if narrow is None:
            return "idle"
        return "blocks" if narrow < no_deal else "self_defeating"
    if narrow is None or (refuses and narrow < no_deal):
        return "improves" if met >= no_deal else "worsens"
    if met > narrow:
        return "improves" if met >= no_deal else "softens"
    return "worsens" if met < narrow else "idle"


def column(weight: Fraction, narrow: Ladder, met: Ladder, *, ends: tuple[int, int]) -> Column:
    """Take the label at every value where something can change, and once between each two of them.

    >>> nothing = Ladder("outside", 1, (), ())
    >>> [s.label for s in column(Fraction(1), nothing, nothing, ends=(0, 10)).stretches]
    ['idle']
    """
    low, high = Fraction(ends[0]), Fraction(ends[1])
    turns = sorted({low, high, *(t for t in (*narrow.turns(), *met.turns()) if low < t < high)})
    pieces = [(turns[0], turns[0], label_at(narrow, met, turns[0]))]
    for here, there in pairwise(turns):
        pieces.append((here, there, label_at(narrow, met, (here + there) / 2)))
        pieces.append((there, there, label_at(narrow, met, there)))
    stretches = []
    for label, run in groupby(pieces, key=lambda piece: piece[2]):
        first, *_ = kept = list(run)
        last = kept[-1]
        stretches.append(Stretch(label, first[0], last[1], first[0] == first[1], last[0] == last[1]))
    return Column(weight, narrow.most, met.most, tuple(stretches))


def _within(stretch: Stretch, value: Fraction) -> bool:
    inside = stretch.low < value < stretch.high
    return inside or (stretch.low_in and value == stretch.low) or (stretch.high_in and value == stretch.high)


def box_shares(columns: Sequence[Column]) -> tuple[float, ...]:
    """Exact along the no-deal values; along the weights, evenly spaced in their logarithm, by the trapezoid rule.

    >>> nothing = Ladder("outside", 1, (), ())
    >>> box_shares([column(Fraction(1), nothing, nothing, ends=(0, 10))])[LABELS.index("idle")]
    1.0
    """
    shares = np.zeros((len(columns), len(LABELS)))
    for row, one in zip(shares, columns, strict=True):
        width = one.stretches[-1].high - one.stretches[0].low
        for s in one.stretches:
            row[LABELS.index(s.label)] += float((s.high - s.low) / width) if width else 1.0
    counts = np.ones(len(columns))
    counts[[0, -1]] = 0.5 if len(columns) > 1 else 1.0
    return tuple(float(x) for x in counts @ shares / counts.sum())


def corners(stretch: Stretch) -> list[Fraction]:
    """Return the ends that belong to it, where they are simple fractions, and the whole values next to them.

    >>> corners(Stretch("idle", Fraction(1, 97), Fraction(5, 2), low_in=True, high_in=True))
    [Fraction(5, 2), Fraction(1, 1), Fraction(2, 1)]
    """
    ends = [v for v in (stretch.low, stretch.high) if v.denominator <= FINE]
    whole = [Fraction(ceil(stretch.low)), Fraction(floor(stretch.high))]
    return [v for v in (*ends, *whole) if _within(stretch, v)]
