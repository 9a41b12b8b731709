"""How does a conflict get from one state to the others, in the fewest steps, and from where is there no way back?

A walk is a row of steps by movers, nobody twice in a row; with `ranks` each step is a gain for all who take it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Int

from detente.search.conflicts.moves import Arcs, Cells, Graph, Mover, targets

NEVER = -1


@dataclass(frozen=True, slots=True)
class Walks:
    """The fewest steps to every state, by who takes the last of them.

    ======  ============  ======================================
    start   -
    after   mover, state  -1: by no walk that this mover ends
    steps   state         -1: by none; 0 at the start
    ======  ============  ======================================
    """

    start: int
    after: Int[np.ndarray, "mover state"]
    steps: Int[np.ndarray, " state"]


def walks(graph: Graph, start: int, *, count: int, ranks: Int[np.ndarray, "player state"] | None = None) -> Walks:
    """Walk on from a state, step by step, until nothing new turns up.

    >>> from detente.boards.conflict import conflict_from_arcs
    >>> from detente.search.conflicts.moves import graph
    >>> from detente.boards.wishes import Ranking
    >>> drawn = conflict_from_arcs({"a": [(1, 2)], "b": [(2, 3)]}, {"a": Ranking((2, 1, 3)), "b": Ranking((3, 2, 1))})
    >>> [walks(graph(drawn), start, count=3).steps.tolist() for start in (0, 1)]
    [[0, 1, 2], [-1, 0, 1]]
    """
    after = np.full((len(graph.movers), count), NEVER, dtype=np.int32)
    fresh = {-1: np.zeros(count, dtype=bool)}
    fresh[-1][start] = True
    level = 0
    while fresh:
        level += 1
        found: dict[int, Bool[np.ndarray, " state"]] = {}
        for m, mover in enumerate(graph.movers):
            here = np.zeros(count, dtype=bool)
            for last, states in fresh.items():
                if last != m:
                    here |= states
            if here.any():
                reached = ahead(mover, here, None if ranks is None else [ranks[p] for p in graph.groups[m]])
                reached &= after[m] == NEVER
                after[m, reached] = level
                found[m] = reached
        fresh = {m: states for m, states in found.items() if states.any()}
    steps = np.where(after == NEVER, np.iinfo(np.int32).max, after).min(axis=0)
    steps = np.where(steps == np.iinfo(np.int32).max, NEVER, steps)
    steps[start] = 0
    return Walks(start, after, steps.astype(np.int32))


def ahead(
    mover: Mover, here: Bool[np.ndarray, " state"], ranks: Sequence[Int[np.ndarray, " state"]] | None = None
) -> Bool[np.ndarray, " state"]:
    """Mark what a step of a mover reaches from the marked states; with `ranks`, one that all who take it gain by."""
    if isinstance(mover, Arcs):
        taken = here[mover.source]
        for rank in ranks or ():
            taken = taken & (rank[mover.target] > rank[mover.source])
        found = np.zeros(len(here), dtype=bool)
        found[mover.target[taken]] = True
        return found
    # In cells one player moves: it reaches what lies above the worst of the marked states it can come from.
    rank = np.zeros(len(here), dtype=np.int64) if ranks is None else ranks[0].astype(np.int64)
    high = np.iinfo(np.int64).max
    lowest = np.minimum.reduceat(np.where(here, rank, high)[mover.order], mover.starts)
    if mover.links is not None and mover.firsts is not None:
        own = np.repeat(lowest, np.diff(mover.firsts, append=len(mover.links)))
        lowest = np.full(len(mover.starts), high)
        np.minimum.at(lowest, mover.links, own)
    if ranks is not None:
        return np.asarray(rank > lowest[mover.cell])
    # Staying is no step: where a state is the only one marked that leads to itself, it is not reached by it.
    found = lowest[mover.cell] < high
    return np.asarray(found & ~(here & _alone(mover, here)))


def _alone(mover: Cells, here: Bool[np.ndarray, " state"]) -> Bool[np.ndarray, " state"]:
    many = np.add.reduceat(here[mover.order].astype(np.int64), mover.starts)
    if mover.links is not None and mover.firsts is not None:
        own = np.repeat(many, np.diff(mover.firsts, append=len(mover.links)))
        many = np.zeros(len(mover.starts), dtype=np.int64)
        np.add.at(many, mover.links, own)
    return np.asarray(many[mover.cell] == 1)


def backwards(mover: Mover, state: int) -> list[int]:
    """List from where a mover gets to a state in one step, ascending."""
    if isinstance(mover, Arcs):
        return sorted(mover.source[mover.target == state].tolist())
    home = int(mover.cell[state])
    before = [home]
    if mover.links is not None and mover.firsts is not None:
        places = np.flatnonzero(mover.links == home)
        before = sorted(set((np.searchsorted(mover.firsts, places, side="right") - 1).tolist()))
    ends = np.append(mover.starts, len(mover.order))
    return sorted(int(s) for c in before for s in mover.order[ends[c] : ends[c + 1]] if s != state)


def route(
    graph: Graph, found: Walks, state: int, *, ranks: Int[np.ndarray, "player state"] | None = None
) -> tuple[tuple[int, int], ...]:
    """Return one of the shortest walks to a state: (mover, state) step by step; of several, the first by number.

    Empty where the state is the start, or is not reached.
    """
    if found.steps[state] < 1:
        return ()
    level = int(found.steps[state])
    last = int(np.flatnonzero(found.after[:, state] == level)[0])
    steps = [(last, state)]
    while level > 1:
        level -= 1
        last, state = _before(graph, found, (last, state), level, ranks)
        steps.append((last, state))
    return tuple(steps[::-1])


def _before(
    graph: Graph,
    found: Walks,
    step: tuple[int, int],
    level: int,
    ranks: Int[np.ndarray, "player state"] | None,
) -> tuple[int, int]:
    """Find who came to which state one step earlier, so that this step could follow; there is always somebody."""
    mover, state = step
    group = graph.groups[mover]
    return next(
        (m, earlier)
        for earlier in backwards(graph.movers[mover], state)
        if ranks is None or all(ranks[p, state] > ranks[p, earlier] for p in group)
        for m in range(len(graph.movers))
        if m != mover and found.after[m, earlier] == level
    )


def leads_back(graph: Graph, start: int, count: int) -> Bool[np.ndarray, " state"]:
    """Mark the states from which some row of moves leads to `start`, whoever makes them and in what order."""
    found = np.zeros(count, dtype=bool)
    found[start] = True
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for mover in graph.movers:
            for earlier in backwards(mover, here):
                if not found[earlier]:
                    found[earlier] = True
                    waiting.append(earlier)
    return found


def steps_out(graph: Graph, state: int) -> list[tuple[int, int]]:
    """List every step from a state: (mover, state it leads to)."""
    return [(m, t) for m, mover in enumerate(graph.movers) for t in targets(mover, state)]
