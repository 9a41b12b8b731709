"""Which deal is chosen, searched anew, when one party weighs its pressed issues so and has so much without a deal?

The certificate of what was found by following the choice: here the board itself is changed, and searched as any other.
"""

from dataclasses import replace
from fractions import Fraction

import numpy as np
from jaxtyping import Int

from detente.boards.deal_board import Cross, Deals
from detente.search.packages.optimum import optimum
from detente.search.packages.terms import terms
from detente.search.pressing.bids import OUTSIDE, TABLE, Presser, parts, split


def replayed(
    deals: Deals, presser: Presser, pressed: frozenset[int], *, weight: Fraction, no_deal: Fraction
) -> Fraction | None:
    """What is the chosen deal worth to the presser? None: there is no deal.

    >>> from detente.boards.scored import scored
    >>> from detente.search.pressing.bids import presser_of
    >>> board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    >>> who = presser_of(board, "iran")
    >>> [replayed(board, who, frozenset({1}), weight=Fraction(1), no_deal=Fraction(d)) for d in (50, 51)]
    [Fraction(50, 1), None]
    """
    board = deals if presser.seat == OUTSIDE else _weighed(deals, presser, pressed, weight, no_deal)
    best = optimum(terms(board), "nash")
    if not best.found:
        return None
    own, rest = parts(deals, presser, pressed, best.package)
    return weight * own + rest


def others_agree(deals: Deals, presser: Presser, pressed: frozenset[int]) -> bool:
    """Is there a deal for all the others, whatever the presser has without one?

    >>> from detente.boards.scored import scored
    >>> from detente.search.pressing.bids import presser_of
    >>> board = scored({"cap": [[0, 40], [0, -10]]}, parties=("usa", "iran"))
    >>> [others_agree(board, presser_of(board, name), frozenset()) for name in board.parties]
    [False, True]
    """
    alone = terms(split(deals, presser, pressed))
    two = (alone.consenting - 2, alone.consenting - 1)
    others = [p for p in range(len(alone.parties)) if p not in two]
    return optimum(alone, "sum", must=others, over=two).found


def _weighed(deals: Deals, presser: Presser, pressed: frozenset[int], weight: Fraction, no_deal: Fraction) -> Deals:
    """Put the weight and the no-deal value on the board, in units small enough for all to be whole.

    At the table everybody is counted in them: where somebody gains nothing, products run over different parties, and
    are as great or small beside one another only while all parties have one unit.
    """
    by, of = weight.as_integer_ratio()
    floor, unit = (no_deal * of).as_integer_ratio()
    factor = [unit * (by if i in pressed else of) for i in range(len(deals.issues))]

    others = unit * of if presser.seat == TABLE else 1

    def crosses(found: tuple[Cross, ...]) -> tuple[Cross, ...]:
        touched = [c.first in pressed or c.second in pressed for c in found]
        times = [(unit * (by if t else of), others) for t in touched]
        return tuple(replace(c, score=_times(c.score, presser.row, t)) for c, t in zip(found, times, strict=True))

    watchers = deals.watchers
    if presser.seat == TABLE or watchers is None:
        return replace(
            deals,
            score=tuple(_times(s, presser.row, (f, others)) for s, f in zip(deals.score, factor, strict=True)),
            interactions=crosses(deals.interactions),
            listing_cost=_times(deals.listing_cost, presser.row, (unit * of, others)),
            no_deal=_put(deals.no_deal * others, presser.row, floor),
        )
    seen = replace(
        watchers,
        score=tuple(_times(s, presser.row, (f, others)) for s, f in zip(watchers.score, factor, strict=True)),
        interactions=crosses(watchers.interactions),
        no_deal=_put(watchers.no_deal, presser.row, floor),
    )
    return replace(deals, watchers=seen)


def _times(score: Int[np.ndarray, "party ..."], row: int, factors: tuple[int, int]) -> Int[np.ndarray, "party ..."]:
    """Multiply one row by the first of two factors, and all others by the second."""
    changed = score * factors[1]
    changed[row] = score[row] * factors[0]
    return changed


def _put(values: Int[np.ndarray, " party"], row: int, value: int) -> Int[np.ndarray, " party"]:
    changed = values.copy()
    changed[row] = value
    return changed
