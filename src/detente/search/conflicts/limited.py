"""Where does a conflict end that players foresee for a limited number of moves?

A player who may move at s expects, h moves ahead, to end at G_h(i, s): it moves to the state from which the expected
end suits it best, and only where that end is strictly better than s. After its move any other player may be next, of
those who would move; which one is not known, and the mover expects the end that is worst for itself. Nobody moves: it
ends there. A state is stable for i at horizon h where G_h(i, s) = s; h = 1 is Nash.
"""

import numpy as np
from jaxtyping import Int

from detente.search.conflicts.moves import Graph, best_elsewhere


def ends(graph: Graph, rank: Int[np.ndarray, "player state"], horizon: int) -> Int[np.ndarray, "player state"]:
    """Return where each player expects to end when it may move at each state; ties go to the first state.

    >>> from detente.boards.conflict import conflict_from_arcs
    >>> from detente.search.conflicts.moves import graph
    >>> from detente.boards.wishes import Ranking
    >>> drawn = conflict_from_arcs({"a": [(1, 2)], "b": [(2, 3)]}, {"a": Ranking((2, 1, 3)), "b": Ranking((3, 2, 1))})
    >>> [ends(graph(drawn), drawn.preference, h)[0].tolist() for h in (1, 2)]
    [[1, 1, 2], [0, 1, 2]]
    """
    players, count = rank.shape
    stay = np.arange(count)
    final = np.tile(stay, (players, 1))
    for _ in range(horizon):
        found = np.empty_like(final)
        for p in range(players):
            after = _worst_end(final, rank[p], p)
            best, where = best_elsewhere(graph.movers[p], rank[p][after])
            found[p] = np.where(best > rank[p], after[np.maximum(where, 0)], stay)
        final = found
    return final


def _worst_end(
    final: Int[np.ndarray, "player state"], rank: Int[np.ndarray, " state"], player: int
) -> Int[np.ndarray, " state"]:
    """Return the end a player expects once it has come to each state: the worst of those that others would bring."""
    count = final.shape[1]
    stay = np.arange(count)
    worst, unset = stay.copy(), np.ones(count, dtype=bool)
    for other in range(len(final)):
        if other == player:
            continue
        end = final[other]
        lower = (rank[end] < rank[worst]) | ((rank[end] == rank[worst]) & (end < worst))
        take = (end != stay) & (unset | lower)
        worst[take], unset[take] = end[take], False
    return worst
