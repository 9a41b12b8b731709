"""Which deal does the Nash product choose, and how far could each get, at several no-deal values and in many draws?

What `detente.search.packages.choice` finds, and much quicker where worth is added up issue by issue and everybody must
consent: a level at which nobody has more than at another one, and somebody less or all the same, is in no choice
that matters, so that few packages are left of many. A level is never left out for the status quo alone, because the
package in which nothing changes is no deal. Draws with as many levels left are looked at together; whole numbers are
held exactly.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.boards.deal_board import Deals
from detente.search.packages.choice import choose
from detente.search.packages.consent import by_votes, ratifiers
from detente.search.packages.space import allowed_levels, space
from detente.search.packages.worth import in_draws

CELLS = 6_000  # draws x packages that are left, of those looked at together
ROWS = (32, 256)  # draws looked at together, at least and at most
EXACT = 2.0**53  # whole numbers below are held exactly
LIMIT = 4_000_000_000  # packages x draws where all have to be looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The choice at each no-deal value.

    =======  =================  ==================================================================
    found    floor draw         there is a deal
    chosen   floor draw issue   option indices; the status quo where there is none
    gains    floor draw party   at the choice, basis points; 0 where there is none
    reach    floor draw party   the most it gains in a deal; 0 where there is none
    =======  =================  ==================================================================
    """

    found: Bool[np.ndarray, "floor draw"]
    chosen: Int[np.ndarray, "floor draw issue"]
    gains: Int[np.ndarray, "floor draw party"]
    reach: Int[np.ndarray, "floor draw party"]


def best(deals: Deals, floors: Int[np.ndarray, "floor draw party"]) -> Best:
    """Find the choice in every draw, at every floor: what a package's scores must reach for each party.

    `deals` has draws and an agenda; its own no-deal values and listing costs play no part.

    Raises AnalysisError where all packages have to be looked at and there are too many.
    """
    found = _nothing(deals, floors)
    simple = not (deals.interactions or by_votes(deals) or ratifiers(deals)) and _held(deals, floors)
    left = np.broadcast_to(not simple, found.found.shape).copy()
    if simple:
        levels = [_Levels.of(deals, i) for i in range(len(deals.issues))]
        for rows in _alike(levels):
            _look(found, levels, (rows, floors[:, rows]), left)
    for f, draws in enumerate(left):
        if draws.any():
            _asked_again(found, deals, floors, (f, np.flatnonzero(draws)))
    return found


@dataclass(frozen=True, slots=True)
class _Levels:
    """The levels of one issue that are left: their options first, and minus infinity where there is none.

    ======  =================  ============================================================
    option  draw place         option index; those that are left first, ascending
    score   draw party place   basis points, or minus infinity
    count   draw               how many are left
    now     draw               place of the status quo; -1 where it is not left
    ======  =================  ============================================================
    """

    option: Int[np.ndarray, "draw place"]
    score: Float[np.ndarray, "draw party place"]
    count: Int[np.ndarray, " draw"]
    now: Int[np.ndarray, " draw"]

    @staticmethod
    def of(deals: Deals, issue: int) -> "_Levels":
        """Leave out what is not allowed, and what another level beats."""
        score, now = deals.score[issue], deals.status_quo[issue]
        left = np.broadcast_to(allowed_levels(deals, issue), (*deals.draws, score.shape[-1])).copy()
        left &= ~_beaten(score, left, now)
        option = np.argsort(~left, axis=-1, kind="stable")
        count = left.sum(axis=-1)
        kept = np.arange(score.shape[-1]) < count[:, None]
        sorted_ = np.take_along_axis(score, option[:, None, :], axis=-1)
        return _Levels(
            option=option,
            score=np.where(kept[:, None, :], sorted_, -np.inf),
            count=count,
            now=np.where(left[:, now], left[:, :now].sum(axis=-1), -1),
        )


def _beaten(
    score: Int[np.ndarray, "draw party _option"], allowed: Bool[np.ndarray, "draw _option"], now: int
) -> Bool[np.ndarray, "draw _option"]:
    """Which levels does an allowed one beat? Of two that are alike the first is left, unless it is the status quo."""
    worth = np.ascontiguousarray(score.transpose(2, 1, 0))
    found = np.zeros(allowed.shape[::-1], dtype=bool)
    for a in range(len(worth)):
        for b in (b for b in range(len(worth)) if b not in (a, now)):
            beats = allowed[:, b].copy()
            for one, other in zip(worth[a], worth[b], strict=True):
                beats &= other >= one
            if b > a:
                beats &= np.logical_or.reduce(worth[a] != worth[b])
            found[a] |= beats
    return found.T


def _nothing(deals: Deals, floors: Int[np.ndarray, "floor draw party"]) -> Best:
    shape = floors.shape[:2]
    return Best(
        found=np.zeros(shape, dtype=bool),
        chosen=np.tile(np.array(deals.status_quo, dtype=np.int16), (*shape, 1)),
        gains=np.zeros(floors.shape, dtype=np.int64),
        reach=np.zeros(floors.shape, dtype=np.int64),
    )


def _held(deals: Deals, floors: Int[np.ndarray, "floor draw party"]) -> bool:
    """Are all products of gains held exactly?"""
    most = np.abs(floors).max(axis=(0, 1), initial=0)
    for score in deals.score:
        most = most + np.abs(score).max(axis=(0, 2), initial=0)
    return math.prod(max(1.0, float(m)) for m in most) < EXACT


def _alike(levels: list[_Levels]) -> Iterator[Int[np.ndarray, " row"]]:
    """Yield draws that have some package, those with about as many levels left of each issue next to each other."""
    counts = np.stack([one.count for one in levels])
    some = np.flatnonzero((counts > 0).all(axis=0))
    if not some.size:
        return
    keys = counts[np.argsort(-np.log(np.maximum(counts[:, some], 1)).var(axis=1), kind="stable")][:, some]
    # Up and down by turns, so that neighbours differ by little where a count of an issue before them changes.
    turned = np.cumsum(keys, axis=0) - keys
    order = some[np.lexsort(np.where(turned % 2, -keys, keys)[::-1])]
    step = int(np.clip(CELLS / keys.prod(axis=0, dtype=np.float64).mean(), *ROWS))
    yield from (order[at : at + step] for at in range(0, order.size, step))


def _look(
    found: Best,
    levels: list[_Levels],
    of: tuple[Int[np.ndarray, " row"], Int[np.ndarray, "floor row party"]],
    left: Bool[np.ndarray, "floor draw"],
) -> None:
    """Look at every package that is left in some draws; say where the product cannot tell the deals apart."""
    rows, floors = of
    sizes = [int(one.count[rows].max()) for one in levels]
    total = _sums([one.score[rows, :, :size] for one, size in zip(levels, sizes, strict=True)])
    now = np.stack([one.now[rows] for one in levels])
    there = np.flatnonzero((now >= 0).all(axis=0))
    if there.size:
        total[there, :, np.ravel_multi_index(tuple(now[:, there]), sizes)] = -np.inf
    at = np.arange(rows.size)
    for f, floor in enumerate(floors):
        gains = [np.subtract(total[:, p], floor[:, p, None]) for p in range(total.shape[1])]
        key, own = _product(gains)
        pick = key.argmax(axis=1)
        top = key[at, pick]
        deal, row = np.flatnonzero(top > 0), rows[top > 0]
        found.found[f, row] = True
        digits = np.unravel_index(pick[deal], sizes)
        for i, (one, digit) in enumerate(zip(levels, digits, strict=True)):
            found.chosen[f, row, i] = one.option[row, digit]
        found.gains[f, row] = np.stack([g[deal, pick[deal]] for g in gains], axis=-1)
        found.reach[f, row] = own[deal]
        left[f, rows] = top == 0


def _sums(scores: list[Float[np.ndarray, "row party _place"]]) -> Float[np.ndarray, "row party package"]:
    total = scores[-1]
    for score in reversed(scores[:-1]):
        total = (score[:, :, :, None] + total[:, :, None, :]).reshape(*score.shape[:2], -1)
    return total.copy() if len(scores) == 1 else total


def _product(
    gains: list[Float[np.ndarray, "row package"]],
) -> tuple[Float[np.ndarray, "row package"], Float[np.ndarray, "row party"]]:
    """Return the product of gains, -1 where somebody loses, and the most each gains where no other one loses."""
    loses = [g < 0 for g in gains]
    anybody = loses[0].copy()
    for one in loses[1:]:
        anybody |= one
    reach = []
    for p, own in enumerate(gains):
        others = [one for q, one in enumerate(loses) if q != p]
        blocked = others[0] if len(others) == 1 else np.logical_or.reduce(others)
        reach.append(np.where(blocked, -np.inf, own).max(axis=1))
    with np.errstate(invalid="ignore"):
        key = gains[0].copy()
        for own in gains[1:]:
            key *= own
    key[anybody] = -1.0
    return key, np.stack(reach, axis=-1)


def _asked_again(
    found: Best, deals: Deals, floors: Int[np.ndarray, "floor draw party"], of: tuple[int, Int[np.ndarray, " row"]]
) -> None:
    """Look at every package of some draws at one floor, with all that a rule or an interaction may ask."""
    f, rows = of
    asked = in_draws(deals, rows)
    listed = asked.floor() - asked.no_deal
    seen = choose(space(replace(asked, no_deal=floors[f, rows] - listed)), limit=LIMIT)
    found.found[f, rows], found.chosen[f, rows] = seen.found, seen.chosen
    found.gains[f, rows], found.reach[f, rows] = seen.gains, np.where(seen.found[:, None], seen.reach, 0)
