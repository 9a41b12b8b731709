"""What is stable for all preferences within ranges, and what for none?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from jaxtyping import Bool, Int, Real

from detente.boards.conflict import Conflict
from detente.search.conflicts.draws import Climbs, Plan, Where, plan, stable_rows
from detente.search.conflicts.moves import graph
from detente.search.conflicts.values import Sanctions

EXACT = ("nash", "gmr", "smr")  # by these nobody's gains but the player's own count
Ends: TypeAlias = tuple[Real[np.ndarray, "player state"], Real[np.ndarray, "player state"]]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What holds for all preferences in the ranges.

    ======  =============  ============================================
    always  player, state  stable for the player, whatever they are
    never   player, state  not stable for the player, whatever they are
    ======  =============  ============================================

    Where `exact`, what is neither is stable for some and not for others.
    """

    always: Bool[np.ndarray, "player state"]
    never: Bool[np.ndarray, "player state"]
    exact: bool


def bounds(board: Conflict, ends: Ends, *, concept: str, sanctions: Sanctions) -> Bounds:
    """Test every state at the ends of the ranges that are worst for it, and at those that are best.

    Other states are compared with one alone, so that each column of the test is one state against all.
    """
    at = plan(board, graph(board), concepts=[concept])
    low, high = ends
    always = np.empty(low.shape, dtype=bool)
    never = np.empty(low.shape, dtype=bool)
    for p in range(len(low)):
        worst = _against(high[p], low[p])
        best = _against(low[p], high[p])
        always[p] = np.diagonal(_rows(at, p, worst, _certain(ends), concept, sanctions))
        never[p] = ~np.diagonal(_rows(at, p, best, _possible(ends), concept, sanctions))
    return Bounds(always, never, concept in EXACT)


def settling(
    board: Conflict, ends: Ends, states: Sequence[int], *, concept: str, sanctions: Sanctions
) -> Iterator[tuple[int, int, int, bool, bool]]:
    """Yield comparisons that settle a state: (player, state, other, never if other is better, always if it is not).

    "Always" is for the player alone, and told only where it is open for the player without the comparison.
    """
    at = plan(board, graph(board), concepts=[concept])
    low, high = ends
    known = bounds(board, ends, concept=concept, sanctions=sanctions)
    for p in range(len(low)):
        for s in states:
            open_ = np.flatnonzero((high[p] > low[p, s]) & (low[p] <= high[p, s]))
            open_ = open_[open_ != s]
            if known.always[p, s] or known.never[p, s] or not len(open_):
                continue
            better, worse = _settled(at, (p, s), ends, open_, concept=concept, sanctions=sanctions)
            for k in np.flatnonzero(better | worse).tolist():
                yield p, s, int(open_[k]), bool(better[k]), bool(worse[k])


def _settled(
    at: Plan,
    asked: tuple[int, int],
    ends: Ends,
    others: Int[np.ndarray, " other"],
    *,
    concept: str,
    sanctions: Sanctions,
) -> tuple[Bool[np.ndarray, " other"], Bool[np.ndarray, " other"]]:
    """Fix one comparison at a time: is the state then never, or always, stable for the player?"""
    (p, s), (low, high) = asked, ends
    columns = np.arange(len(others))
    best = np.repeat((low[p] > high[p, s])[:, None], len(others), axis=1).astype(np.int8)
    best[others, columns] = 1
    worst = np.repeat((high[p] > low[p, s])[:, None], len(others), axis=1).astype(np.int8)
    worst[others, columns] = 0
    best[s] = worst[s] = 0
    better = ~_rows(at, p, best, _possible(ends), concept, sanctions)[s]
    not_better = _rows(at, p, worst, _certain(ends), concept, sanctions)[s]
    return better, not_better


def _rows(
    at: Plan, player: int, own: Int[np.ndarray, "state column"], climbs: Climbs, concept: str, sanctions: Sanctions
) -> Bool[np.ndarray, "state column"]:
    return stable_rows(at, player, own, climbs, concept=concept, sanctions=sanctions)


def _against(others: Real[np.ndarray, " state"], own: Real[np.ndarray, " state"]) -> Int[np.ndarray, "state state"]:
    """Mark in each column what is better than that column's state."""
    found = (others[:, None] > own[None, :]).astype(np.int8)
    np.fill_diagonal(found, 0)
    return found


def _certain(ends: Ends) -> Climbs:
    low, high = ends

    def climbs(p: int, source: Where, target: Where) -> Bool[np.ndarray, "..."]:
        return np.asarray(low[p, target] > high[p, source])[..., None]

    return climbs


def _possible(ends: Ends) -> Climbs:
    low, high = ends

    def climbs(p: int, source: Where, target: Where) -> Bool[np.ndarray, "..."]:
        return np.asarray(high[p, target] > low[p, source])[..., None]

    return climbs
