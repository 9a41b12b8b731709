"""What is the worst that others can make of a move, for every state, every player and every idea of stability at once?

With ranks r of player i, its moves R_i(s), and what others may do in turn R_H (anything) or R_H+ (only what they gain
by), a state s is stable for i just when the best it can secure by moving is no better than staying:

    max over t in R_i(s) of w(t)  <=  r(s)                                                                     (1)

    nash  w(t) = r(t)
    gmr   w(t) = min( r(t), least r(x) over x in R_H(t) )
    smr   w(t) = min( r(t), least over x in R_H(t) of the best i then finds: r(x) or r(y), y in R_i(x) )
    seq   w(t) = min( r(t), least r(x) over x in R_H+(t) )

For a t that is no improvement w(t) <= r(t) <= r(s); an improvement t is unanswered just when w(t) > r(s).

Others move in any order and number, nobody twice in a row; with `each_opponent_once` each of them once at most.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from jaxtyping import Int, Real, Shaped

from detente.boards.wishes import dense
from detente.errors import AnalysisError
from detente.search.conflicts.climb import Climber, climbers, least_above
from detente.search.conflicts.moves import Graph, Mover, best_elsewhere, greatest, least

Sanctions: TypeAlias = str  # one of
SANCTIONS = ("any_legal", "each_opponent_once")
GRADED = ("nash", "gmr", "smr", "seq")
_MOST_OPPONENTS = 10  # where every order of moves is gone through

Value: TypeAlias = Shaped[np.ndarray, "state *draw"]
Step: TypeAlias = Callable[[int, Value], Value]


def least_reached(
    graph: Graph, player: int, value: Value, *, step: Step, sanctions: Sanctions = "any_legal"
) -> Shaped[np.ndarray, "state *draw"]:
    """Return the least value that others can bring about from each state, what is there included.

    `step(m, value)` says what mover m finds one move away; staying may count.
    """
    others = graph.against(player)
    if sanctions == "each_opponent_once":
        return _once(graph, others, value, step)
    if graph.transitive or len(others) == 1:
        return _swept(others, value, step)
    return _in_turn(others, value, step)


def _swept(others: Sequence[int], value: Value, step: Step) -> Value:
    """Take turns until nobody brings it lower; where moves are transitive nothing is lost by who moved last."""
    found, quiet, turn = value, 0, 0
    while quiet < len(others):
        lower = np.minimum(found, step(others[turn % len(others)], found))
        quiet = 1 if turn == 0 or not np.array_equal(lower, found) else quiet + 1
        found, turn = lower, turn + 1
    return found


def _in_turn(others: Sequence[int], value: Value, step: Step) -> Value:
    """The same where it matters who moved last: one value per state and last mover."""
    after = {m: value for m in others}
    while True:
        here = {m: step(m, after[m]) for m in others}
        lower = {m: value for m in others}
        for m in others:
            for other in others:
                if other != m:
                    lower[m] = np.minimum(lower[m], here[other])
        if all(np.array_equal(lower[m], after[m]) for m in others):
            break
        after = lower
    found = value
    for m in others:
        found = np.minimum(found, here[m])
    return found


def _once(graph: Graph, others: Sequence[int], value: Value, step: Step) -> Value:
    """Return the least value where nobody moves twice: over who has not moved yet."""
    everybody = frozenset(p for m in others for p in graph.groups[m])
    if len(everybody) > _MOST_OPPONENTS:
        raise AnalysisError(
            f"'each_opponent_once' goes through every order of moves, and {len(everybody)} opponents are more than "
            f"{_MOST_OPPONENTS}. Choose sanctions='any_legal'."
        )
    known: dict[frozenset[int], Value] = {}

    def left(who: frozenset[int]) -> Value:
        if who not in known:
            found = value
            for m in others:
                if who.issuperset(graph.groups[m]):
                    found = np.minimum(found, step(m, left(who - set(graph.groups[m]))))
            known[who] = found
        return known[who]

    return left(everybody)


def ranked(preference: Real[np.ndarray, "player state"]) -> Int[np.ndarray, "player state"]:
    """Return preferences as ranks from 0, which is worst; equally good states have one rank.

    >>> ranked(np.array([[0.5, -2.0, 0.5]])).tolist()
    [[1, 0, 1]]
    """
    return np.stack([dense(row) for row in preference])


@dataclass(frozen=True, slots=True)
class Secured:
    """What a player secures by its best move away from each state, by one idea of stability.

    =====  =======  ==================================================
    rank   (state)  -1 where it has no move
    state  (state)  where the best move leads; -1 where it has none
    =====  =======  ==================================================
    """

    rank: Int[np.ndarray, " state"]
    state: Int[np.ndarray, " state"]


def secured(
    graph: Graph, rank: Int[np.ndarray, "player state"], *, concept: str, sanctions: Sanctions
) -> Iterator[Secured]:
    """Yield the left side of equation (1) for every player, by one of the concepts in `GRADED`."""
    climbing = climbers(graph, rank) if concept == "seq" else ()
    for player, mover in enumerate(graph.movers[: len(rank)]):
        worst = _worst(graph, player, rank[player], climbing, concept=concept, sanctions=sanctions)
        yield Secured(*best_elsewhere(mover, worst))


def _worst(
    graph: Graph,
    player: int,
    rank: Int[np.ndarray, " state"],
    climbing: Sequence[Climber],
    *,
    concept: str,
    sanctions: Sanctions,
) -> Int[np.ndarray, " state"]:
    """Return w of equation (1) at every state."""
    if concept == "nash" or not graph.against(player):
        return rank
    if concept == "gmr":
        return least_reached(graph, player, rank, step=_any(graph.movers), sanctions=sanctions)
    if concept == "smr":
        escape = greatest(graph.movers[player], rank)
        floor = least_reached(graph, player, escape, step=_any(graph.movers), sanctions=sanctions)
        held: Int[np.ndarray, " state"] = np.minimum(rank, floor)
        return held
    return least_reached(graph, player, rank, step=_gaining(climbing), sanctions=sanctions)


def _any(movers: Sequence[Mover]) -> Step:
    return lambda m, value: least(movers[m], value)


def _gaining(climbing: Sequence[Climber]) -> Step:
    return lambda m, value: least_above(climbing[m], value)
