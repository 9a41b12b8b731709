r"""Which of the packages that all others accept is chosen, as a party's no-deal value and weight change?

At one weight w the candidates are in order: each is worth more to the presser than the one before, and less to the
others. For a party at the table the choice follows the greatest of the lines

    (u_w(k) - d) * P(k)        P the product of what the others gain, d what the presser has without a deal          (1)

so that every d at which it changes is a crossing of two lines, and found as an exact fraction.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from detente.search.pressing.bids import OUTSIDE, RATIFIES, TABLE, Bid, Presser


@dataclass(frozen=True, slots=True)
class Ladder:
    """The bids at one weight: each worth more to the presser than the one before, and less to the others.

    `worths` are whole numbers of `1 / unit` basis points.
    """

    seat: str
    unit: int
    worths: tuple[int, ...]
    bids: tuple[Bid, ...]

    @property
    def most(self) -> Fraction | None:
        """The most that the others would let it have; None where they accept nothing."""
        return Fraction(self.worths[-1], self.unit) if self.worths else None

    def at(self, no_deal: Fraction) -> int | None:
        """Which bid is the chosen deal, where the presser has `no_deal` without one? None: there is no deal."""
        if self.seat == OUTSIDE:
            return 0 if self.worths else None
        floor, of = (no_deal * self.unit).as_integer_ratio()
        open_to = [k for k, worth in enumerate(self.worths) if worth * of >= floor]
        if not open_to:
            return None
        return max(open_to, key=lambda k: self._key(k, self.worths[k] * of - floor, self.unit * of))

    def worth(self, k: int) -> Fraction:
        """What the k-th bid is worth to the presser."""
        return Fraction(self.worths[k], self.unit)

    def turns(self) -> tuple[Fraction, ...]:
        """Return every no-deal value at which the chosen deal can change or end, ascending."""
        if self.seat != TABLE:
            return tuple(Fraction(w, self.unit) for w in self.worths)
        found: set[Fraction] = set()
        for gainers in {bid.gainers for bid in self.bids}:
            group = [k for k, bid in enumerate(self.bids) if bid.gainers == gainers]
            found.add(Fraction(self.worths[group[-1]], self.unit))
            found.update(Fraction(c, self.unit) for c in self._crossings(group))
        return tuple(sorted(found))

    def _key(self, k: int, gain: int, scale: int) -> tuple[int, int, tuple[int, ...]]:
        """Put bids in order at one no-deal value; `gain` is the presser's, in `scale` parts of a basis point."""
        bid = self.bids[k]
        first = tuple(-o for o in bid.package)  # of equals the first
        if self.seat == RATIFIES:
            return bid.gainers, bid.product, first
        return bid.gainers + (gain > 0), bid.product * (gain or scale), first

    def _crossings(self, group: list[int]) -> Iterator[Fraction]:
        """Follow the greatest of the lines (worth - d) * product, from d far below up to where nothing is left."""
        on = group[0]  # the greatest product: far below, it is the choice
        while True:
            meet = [(self._meets(on, k), -self.worths[k], k) for k in group if self.worths[k] > self.worths[on]]
            if not meet:
                return
            at, _, on = min(meet)
            yield at

    def _meets(self, low: int, high: int) -> Fraction:
        """Where is a bid with more for the presser and a smaller product as good as one with less?"""
        p, q = self.bids[low].product, self.bids[high].product
        return Fraction(self.worths[low] * p - self.worths[high] * q, p - q)


def ladder(found: Sequence[Bid], presser: Presser, weight: Fraction) -> Ladder:
    """Put bids in order at one weight, and leave out those that then cannot be the choice.

    >>> found = [Bid((0, 1), -20, 0, 1, 60), Bid((1, 1), -20, 40, 1, 50)]
    >>> ladder(found, Presser("usa", TABLE, 0), Fraction(1)).turns()
    (Fraction(-220, 1), Fraction(20, 1))
    """
    by, of = weight.as_integer_ratio()
    kept: list[tuple[int, Bid]] = []
    for bid in found:
        worth = by * bid.pressed + of * bid.rest
        if not kept or worth > kept[-1][0]:
            # At the table an equal product with more for the presser is better whatever it has without a deal.
            if kept and presser.seat == TABLE and _as_glad(kept[-1][1], bid):
                kept.pop()
            kept.append((worth, bid))
    return Ladder(presser.seat, of, tuple(w for w, _ in kept), tuple(b for _, b in kept))


def _as_glad(one: Bid, other: Bid) -> bool:
    return (one.gainers, one.product) == (other.gainers, other.product)
