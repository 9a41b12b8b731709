r"""What can a party that presses a condition get on one agenda, whatever it has without a deal and however it weighs?

Its worth of a package is split into the part that lies on the issues it presses and the rest,

    u_w(k) = w * pressed(k) + rest(k)         basis points beside the status quo, its own listing costs paid        (1)

with w the weight of the pressed issues beside the rest. An interaction that touches a pressed issue counts with them.

The chosen deal is the Nash choice of `detente.search.packages.choice`. For a party *outside* the table it depends
neither on w nor on d, what that party has without a deal. For one that *ratifies*, or sits at the *table*, it does:
what is kept here are the packages that can be chosen for some w and d; `detente.search.pressing.ladder` follows the
choice among them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from jaxtyping import Int

from detente.boards.deal_board import Cross, Deals, Watchers
from detente.errors import AnalysisError
from detente.search.packages.frontier import undominated
from detente.search.packages.optimum import optimum
from detente.search.packages.space import LIMIT, allowed_levels
from detente.search.packages.terms import Terms, terms

TABLE, RATIFIES, OUTSIDE = "table", "ratifies", "outside"
BLOCK = 1 << 17  # packages looked at in one go
WORD = 62  # bits in which a product of gains is formed as a machine number


@dataclass(frozen=True, slots=True)
class Presser:
    """A party with a stake, its row on the board, and its seat: at the "table", one that "ratifies", or "outside"."""

    name: str
    seat: str
    row: int

    @property
    def consents(self) -> bool:
        """Whether there is no deal that leaves it worse than none."""
        return self.seat != OUTSIDE


@dataclass(frozen=True, slots=True)
class Bid:
    """A package that all others accept: its two parts for the presser, who else gains, and the product they gain.

    `product` runs over the `gainers` among those who bargain, the presser left out.
    """

    package: tuple[int, ...]
    pressed: int
    rest: int
    gainers: int
    product: int

    def worth(self, weight: Fraction) -> Fraction:
        """What the package is worth to the presser, equation (1)."""
        return weight * self.pressed + self.rest


def presser_of(deals: Deals, name: str) -> Presser:
    """Where does a party sit that presses at this table?

    Raises AnalysisError where the board knows nothing of it.

    >>> from detente.boards.scored import scored
    >>> presser_of(scored({"cap": [[0, 40], [0, -10]]}, parties=("usa", "iran")), "iran")
    Presser(name='iran', seat='table', row=1)
    """
    if name in deals.parties:
        return Presser(name, TABLE, deals.parties.index(name))
    watchers = deals.watchers
    if watchers is not None and name in watchers.parties:
        row = watchers.parties.index(name)
        return Presser(name, RATIFIES if watchers.ratifies[row] else OUTSIDE, row)
    known = ", ".join((*deals.parties, *(watchers.parties if watchers is not None else ())))
    raise AnalysisError(
        f"What deals at table '{deals.table}' are worth to '{name}' is unknown. Known there: {known}. "
        f"Add a stance of '{name}' on an issue of that table."
    )


def parts(deals: Deals, presser: Presser, pressed: frozenset[int], package: Sequence[int]) -> tuple[int, int]:
    """What is a package worth to the presser on the pressed issues, and on the rest? Computed from the scores alone.

    >>> from detente.boards.scored import scored
    >>> board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    >>> parts(board, presser_of(board, "usa"), frozenset({1}), (1, 1))
    (-20, 40)
    """
    scores, crosses = _stake(deals, presser)
    both = [0, 0]
    for i, (score, option) in enumerate(zip(scores, package, strict=True)):
        both[i not in pressed] += int(score[option])
    for cross in crosses:
        touches = cross.first in pressed or cross.second in pressed
        both[not touches] += int(cross.score[0, package[cross.first], package[cross.second]])
    if presser.seat == TABLE:
        both[1] -= int(deals.listing_cost[presser.row, np.array(deals.listed, dtype=bool)].sum())
    return both[0], both[1]


def bids(deals: Deals, presser: Presser, pressed: frozenset[int], *, limit: int = LIMIT) -> tuple[Bid, ...]:
    """Which packages can be the chosen deal, for some weight and no-deal value of the presser? The others' best first.

    A package is left out if the others accept it no more gladly than another one that is worth at least as much to the
    presser in both parts. For a party outside the table one package is left, or none.

    Raises AnalysisError for a board with draws, and where there are more packages than `limit`.

    >>> from detente.boards.scored import scored
    >>> board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    >>> [bid.package for bid in bids(board, presser_of(board, "usa"), frozenset({1}))]
    [(0, 1), (1, 1)]
    """
    if presser.seat == OUTSIDE:
        best = optimum(terms(deals), "nash")
        gained = [g for g in best.gains[: len(deals.parties)] if g > 0]
        if not best.found:
            return ()
        return (Bid(best.package, *parts(deals, presser, pressed, best.package), len(gained), math.prod(gained)),)
    reduced = terms(split(deals, presser, pressed))
    if reduced.size > limit:
        raise AnalysisError(
            f"Table '{deals.table}' has {reduced.size:,} packages on this agenda, more than the {limit:,} in which the "
            f"bargain of '{presser.name}' is followed. Take levels or issues off."
        )
    found = _Found.nothing(reduced)
    for start in range(0, reduced.size, BLOCK):
        found = _least(found.joined(_accepted(reduced, np.arange(start, min(start + BLOCK, reduced.size)))))
    return tuple(_bid(found, k) for k in range(len(found.packages)))


def split(deals: Deals, presser: Presser, pressed: frozenset[int]) -> Deals:
    """Which board is it with the presser's stake in two rows, last of those at the table: the pressed issues, the rest?

    All levels that no red line excludes are open; the presser's own no-deal value is 0.

    >>> from detente.boards.scored import scored
    >>> board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    >>> split(board, presser_of(board, "usa"), frozenset({1})).score[1].tolist()
    [[0, 60], [0, -20], [0, 0]]
    """
    seated = [p for p in range(len(deals.parties)) if presser.seat != TABLE or p != presser.row]
    scores, crosses = _stake(deals, presser)
    paid = deals.listing_cost[[presser.row]] if presser.seat == TABLE else np.zeros((1, len(scores)), dtype=np.int64)
    inside = tuple(i in pressed for i in range(len(scores)))
    return replace(
        deals,
        parties=(*(deals.parties[p] for p in seated), *(f"{presser.name}: {part}" for part in ("pressed", "rest"))),
        score=tuple(_two(s[seated], own, i) for s, own, i in zip(deals.score, scores, inside, strict=True)),
        no_deal=np.append(deals.no_deal[seated], [0, 0]),
        listing_cost=np.concatenate([deals.listing_cost[seated], np.zeros_like(paid), paid]),
        admits=tuple(np.ones((len(seated) + 2, at.size), dtype=bool) for at in deals.levels),
        open=tuple(allowed_levels(deals, i) for i in range(len(scores))),
        interactions=(
            *(replace(c, score=np.pad(c.score[seated], ((0, 2), (0, 0), (0, 0)))) for c in deals.interactions),
            *(_cross_of_two(c, len(seated), inside) for c in crosses),
        ),
        rule=None,
        watchers=_other_ratifiers(deals, presser),
    )


def extremes(
    deals: Deals, presser: Presser, pressed: frozenset[int], weights: Sequence[Fraction]
) -> tuple[tuple[Fraction, Fraction], ...]:
    """What are the worst and the best that any admissible package is worth at each weight? Nothing where there is none.

    >>> from detente.boards.scored import scored
    >>> board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    >>> extremes(board, presser_of(board, "usa"), frozenset({1}), [Fraction(2)])
    ((Fraction(-40, 1), Fraction(40, 1)),)
    """
    reduced = terms(split(deals, presser, pressed))
    row = reduced.consenting - 2
    found = []
    for weight in weights if reduced.size else ():
        by, of = weight.as_integer_ratio()
        worths = [by * table[row] + of * table[row + 1] for table in reduced.tables]
        paid = of * int(reduced.floor[row + 1])
        low, high = (sum(int(end(w)) for w in worths) - paid for end in (np.min, np.max))
        found.append((Fraction(low, of), Fraction(high, of)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Found:
    """Packages that all others accept: what those who bargain gain, the presser's two parts, the option indices."""

    gains: Int[np.ndarray, "over package"]
    parts: Int[np.ndarray, "2 package"]
    packages: Int[np.ndarray, "package issue"]

    @staticmethod
    def nothing(reduced: Terms) -> "_Found":
        parts = np.zeros((2, 0), dtype=np.int64)
        packages = np.zeros((0, len(reduced.issues)), dtype=np.int64)
        return _Found(np.zeros((reduced.consenting - 2, 0), dtype=np.int64), parts, packages)

    def joined(self, other: "_Found") -> "_Found":
        return _Found(
            np.concatenate([self.gains, other.gains], axis=1),
            np.concatenate([self.parts, other.parts], axis=1),
            np.concatenate([self.packages, other.packages]),
        )

    def taken(self, which: Int[np.ndarray, " _kept"]) -> "_Found":
        return _Found(self.gains[:, which], self.parts[:, which], self.packages[which])


def _accepted(reduced: Terms, numbers: Int[np.ndarray, " number"]) -> _Found:
    """Which of these packages, the last cluster running fastest, change something and are accepted by all others?"""
    sizes = tuple(t.shape[1] for t in reduced.tables)
    choices = np.unravel_index(numbers, sizes)
    gains = np.repeat(-reduced.floor[:, None], numbers.size, axis=1)
    for table, choice in zip(reduced.tables, choices, strict=True):
        gains += table[:, choice]
    own = reduced.consenting - 2
    fine = (np.delete(gains, [own, own + 1], axis=0) >= 0).all(axis=0)
    if reduced.unchanged is not None:
        fine &= numbers != np.ravel_multi_index(reduced.unchanged, sizes)
    packages = reduced.decode(np.stack([c[fine] for c in choices], axis=-1))
    return _Found(gains[:own, fine], gains[own : own + 2, fine], packages)


def _least(found: _Found) -> _Found:
    """Keep what can be the choice, the others' best first."""
    if not len(found.packages):
        return found
    found = found.taken(_order(found))
    rank = -np.arange(len(found.packages))
    return found.taken(undominated(np.concatenate([found.parts, rank[None]]), ties=False))


def _order(found: _Found) -> Int[np.ndarray, " package"]:
    """Sort by how many others gain, then by the product of their gains, then by the option indices."""
    gainers = (found.gains > 0).sum(axis=0)
    factors = np.maximum(found.gains, 1)
    if sum(int(most).bit_length() for most in factors.max(axis=1, initial=1)) <= WORD:
        return np.lexsort((*found.packages.T[::-1], -factors.prod(axis=0), -gainers))
    products = [math.prod(row) for row in factors.T.tolist()]
    rows = list(zip((-gainers).tolist(), (-p for p in products), found.packages.tolist(), strict=True))
    return np.array(sorted(range(len(rows)), key=rows.__getitem__), dtype=np.int64)


def _bid(found: _Found, k: int) -> Bid:
    gained = [g for g in found.gains[:, k].tolist() if g > 0]
    pressed, rest = found.parts[:, k].tolist()
    return Bid(tuple(found.packages[k].tolist()), pressed, rest, len(gained), math.prod(gained))


def _stake(deals: Deals, presser: Presser) -> tuple[list[Int[np.ndarray, " _option"]], list[Cross]]:
    """Return the presser's own scores, and its own interactions with it as their only party."""
    watchers = deals.watchers
    if presser.seat == TABLE or watchers is None:
        scores, crosses = deals.score, deals.interactions
    else:
        scores, crosses = watchers.score, watchers.interactions
    return [s[presser.row] for s in scores], [replace(c, score=c.score[[presser.row]]) for c in crosses]


def _two(others: Int[np.ndarray, "other _option"], own: Int[np.ndarray, " _option"], pressed: bool) -> np.ndarray:
    rows = (own, np.zeros_like(own)) if pressed else (np.zeros_like(own), own)
    return np.concatenate([others, np.stack(rows)])


def _cross_of_two(cross: Cross, others: int, inside: tuple[bool, ...]) -> Cross:
    score = np.zeros((others + 2, *cross.score.shape[1:]), dtype=np.int64)
    score[others + (not (inside[cross.first] or inside[cross.second]))] = cross.score[0]
    return replace(cross, score=score)


def _other_ratifiers(deals: Deals, presser: Presser) -> Watchers | None:
    watchers = deals.watchers
    if watchers is None:
        return None
    rows = [k for k, name in enumerate(watchers.parties) if watchers.ratifies[k] and name != presser.name]
    return Watchers(
        parties=tuple(watchers.parties[k] for k in rows),
        score=tuple(s[rows] for s in watchers.score),
        no_deal=watchers.no_deal[rows],
        ratifies=(True,) * len(rows),
        interactions=tuple(replace(c, score=c.score[rows]) for c in watchers.interactions),
    )
