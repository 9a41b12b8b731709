"""What is stable for all preferences that are possible, and what for none?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Int, Real

from detente.search.conflicts.draws import Climbs, Plan, stable_rows, widths
from detente.search.conflicts.moves import targets
from detente.search.conflicts.values import Sanctions

OWN = ("nash", "gmr", "smr")  # by these nobody's gains but the player's own count


@dataclass(frozen=True, slots=True)
class Order:
    """What is known of which state is liked better.

    ======  ====================  ==========================================
    surely  player, state, state  the second is better, for all preferences
    maybe   player, state, state  it is for some
    ======  ====================  ==========================================

    Where `free`, all comparisons of one state with the others may come out either way at once; else each may by itself.
    """

    surely: Bool[np.ndarray, "player state state"]
    maybe: Bool[np.ndarray, "player state state"]
    free: bool


def by_worth(least: Real[np.ndarray, "player state"], most: Real[np.ndarray, "player state"]) -> Order:
    """Return what ranges of every state's worth, each free of the others, say of comparisons.

    >>> by_worth(np.array([[0, 2]]), np.array([[1, 3]])).surely.tolist()
    [[[False, True], [False, False]]]
    """
    surely = least[:, None, :] > most[:, :, None]
    maybe = most[:, None, :] > least[:, :, None]
    maybe[:, np.arange(least.shape[-1]), np.arange(least.shape[-1])] = False
    return Order(surely, maybe, free=True)


def by_difference(least: Real[np.ndarray, "player state state"], most: Real[np.ndarray, "player state state"]) -> Order:
    """Return what the least and the most by which the second state is better than the first say of comparisons."""
    return Order(least > 0, most > 0, free=False)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What holds for all preferences that are possible.

    ======  =============  =====================================================
    always  player, state  stable for the player, whatever they are
    never   player, state  not stable for the player, whatever they are
    holds   player, state  proved to be stable for some of the player's
    breaks  player, state  proved to be not stable for some of the player's
    ======  =============  =====================================================
    """

    always: Bool[np.ndarray, "player state"]
    never: Bool[np.ndarray, "player state"]
    holds: Bool[np.ndarray, "player state"]
    breaks: Bool[np.ndarray, "player state"]


def bounds(at: Plan, order: Order, *, concept: str, sanctions: Sanctions) -> Bounds:
    """Test every state with all comparisons that are open going against it, and with all of them going for it.

    Other states are compared with one alone, so that each column of the test is one state against all.
    """
    always = np.empty(order.maybe.shape[:2], dtype=bool)
    never = np.empty_like(always)
    for p in range(len(always)):
        always[p] = _each(at, p, order.maybe[p], _climbs(order.surely), concept, sanctions)
        never[p] = ~_each(at, p, order.surely[p], _climbs(order.maybe), concept, sanctions)
    holds, breaks = always, never
    if order.free and concept in OWN:
        holds, breaks = ~never, ~always
    elif concept == "nash":
        # One gain alone decides that a state breaks; that all gains are absent at once is sure only of one.
        holds, breaks = always | ~never & (_possible_gains(at, order) <= 1), ~always
    return Bounds(always, never, holds, breaks)


def _each(
    at: Plan, player: int, better: Bool[np.ndarray, "state state"], climbs: Climbs, concept: str, sanctions: Sanctions
) -> Bool[np.ndarray, " state"]:
    """Say of every state whether it is stable when just those marked in its row are better than it."""
    found = np.empty(len(better), dtype=bool)
    for columns in widths(len(better), len(better)):
        own = np.ascontiguousarray(better[columns].T).astype(np.int8)
        rows = stable_rows(at, player, own, climbs, concept=concept, sanctions=sanctions)
        found[columns] = np.diagonal(rows[columns])
    return found


def _possible_gains(at: Plan, order: Order) -> Int[np.ndarray, "player state"]:
    """Count the moves of each player from each state that may be gains."""
    players, count = order.maybe.shape[:2]
    gains = [a.source[order.maybe[p, a.source, a.target]] for p, a in enumerate(at.arcs[:players])]
    return np.stack([np.bincount(g, minlength=count) for g in gains])


def settling(
    at: Plan, order: Order, known: Bounds, states: Sequence[int], *, concept: str, sanctions: Sanctions
) -> Iterator[tuple[int, int, int, bool, bool]]:
    """Yield comparisons that settle a state: (player, state, other, never if other is better, always if it is not).

    "Always" is for the player alone, and told only where it is open for the player without the comparison.
    """
    for p in range(len(order.maybe)):
        for s in states:
            if known.always[p, s] or known.never[p, s]:
                continue
            others = np.flatnonzero(order.maybe[p, s] & ~order.surely[p, s])
            if concept == "nash":
                others = np.intersect1d(others, targets(at.arcs[p], s))
            better, worse = _settled(at, (p, s), order, others, concept=concept, sanctions=sanctions)
            for k in np.flatnonzero(better | worse).tolist():
                yield p, s, int(others[k]), bool(better[k]), bool(worse[k])


def _settled(
    at: Plan,
    asked: tuple[int, int],
    order: Order,
    others: Int[np.ndarray, " other"],
    *,
    concept: str,
    sanctions: Sanctions,
) -> tuple[Bool[np.ndarray, " other"], Bool[np.ndarray, " other"]]:
    """Fix one comparison at a time: is the state then never, or always, stable for the player?"""
    p, s = asked
    fixed: list[Bool[np.ndarray, " other"]] = []
    for known, gains, as_ in ((order.surely, order.maybe, 1), (order.maybe, order.surely, 0)):
        found = np.empty(len(others), dtype=bool)
        for columns in widths(len(others), order.maybe.shape[-1]):
            own = np.repeat(known[p, s][:, None], len(found[columns]), axis=1).astype(np.int8)
            own[others[columns], np.arange(own.shape[1])] = as_
            rows = stable_rows(at, p, own, _climbs(gains), concept=concept, sanctions=sanctions)
            found[columns] = rows[s]
        fixed.append(found)
    return ~fixed[0], fixed[1]


def _climbs(better: Bool[np.ndarray, "player state state"]) -> Climbs:
    return lambda p, source, target: np.asarray(better[p, source, target])[..., None]
