"""Which states can each mover reach in one step, and what is the least or the best to be found there?

A mover is one player, or several that move together. Where it can go to everything that its choices allow, states fall
into cells: within a cell it moves freely, from a cell to another only where a choice of one direction lets it. Then
moves are transitive. Otherwise every move stands as an arc of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from jaxtyping import Bool, Int, Real, Shaped

from detente.boards.conflict import Conflict
from detente.errors import AnalysisError, BoardError

MOST_ARCS = 50_000_000
_MOST_LINKS = 2**25
FAR = np.iinfo(np.int32).max  # no value; ranks lie below


@dataclass(frozen=True, slots=True)
class Cells:
    """Moves that are complete within cells of states, and from cell to cell where a link leads.

    ======  =======  ===========================================================================
    order   (state)  states by cell
    starts  (cell)   where each cell begins in `order`
    cell    (state)  the cell of a state
    links   (link)   cells that can be reached, each from itself too; None: from each only itself
    firsts  (cell)   where each cell's links begin
    ======  =======  ===========================================================================
    """

    order: Int[np.ndarray, " state"]
    starts: Int[np.ndarray, " cell"]
    cell: Int[np.ndarray, " state"]
    links: Int[np.ndarray, " link"] | None = None
    firsts: Int[np.ndarray, " cell"] | None = None


@dataclass(frozen=True, slots=True)
class Arcs:
    """Moves one by one, by the state they start from.

    ======  =======  ===================================================
    source  (arc)    ascending
    target  (arc)
    begin   (start)  where the arcs of each state that has any begin
    start   (start)  the states that have any
    ======  =======  ===================================================
    """

    source: Int[np.ndarray, " arc"]
    target: Int[np.ndarray, " arc"]
    begin: Int[np.ndarray, " start"]
    start: Int[np.ndarray, " start"]


Mover: TypeAlias = Cells | Arcs
Array: TypeAlias = Shaped[np.ndarray, "..."]


def cells(board: Conflict, members: Sequence[int]) -> Cells:
    """Return where players get by changing their own choices at will, all at once; none moves from or to what it
    does not see.

    Raises BoardError for more choices of one direction than can be laid out.
    """
    at, names = board.states, {board.players[p] for p in members}
    own = [c for c, choice in enumerate(at.choices) if choice.owner in names]
    fixed = [c for c in own if at.choices[c].direction != "both"]
    outside, bound = at.codes.copy(), np.zeros(board.count, dtype=np.int64)
    for c in own:
        outside -= at.level(c) * at.places[c]
    for c in fixed:
        bound += at.level(c) * at.places[c]
    if board.unseen is not None:
        hidden = board.unseen[list(members)].any(axis=0)
        outside = np.where(hidden, -1 - np.arange(board.count), outside)
        bound = np.where(hidden, 0, bound)
    key = outside + bound
    order = np.argsort(key, kind="stable").astype(np.int32)
    new = np.ones(board.count, dtype=bool)
    new[1:] = np.diff(key[order]) != 0
    cell = np.empty(board.count, dtype=np.int32)
    cell[order] = np.cumsum(new, dtype=np.int32) - 1
    found = Cells(order, np.flatnonzero(new), cell)
    return found if not fixed else _linked(board, found, fixed, (outside[order[new]], bound[order[new]]))


def _linked(
    board: Conflict, found: Cells, fixed: list[int], at: tuple[Int[np.ndarray, " cell"], Int[np.ndarray, " cell"]]
) -> Cells:
    """Link the cells of one class where no choice goes against its direction."""
    outside, bound = at
    count = len(outside)
    by_class = np.argsort(outside, kind="stable")
    new = np.ones(count, dtype=bool)
    new[1:] = np.diff(outside[by_class]) != 0
    begin = np.flatnonzero(new)
    size = np.diff([*begin, count])
    group = np.cumsum(new) - 1
    if int((size.astype(np.float64) ** 2).sum()) > _MOST_LINKS:
        raise BoardError("A player has too many choices of one direction. Join some of them into one of more levels.")
    source, target = spread(by_class, begin[group], size[group], by_class)
    legal = np.ones(len(source), dtype=bool)
    for c in fixed:
        choice, place = board.states.choices[c], board.states.places[c]
        level = (bound // place) % len(choice.levels)
        rise = level[target] - level[source]
        legal &= rise >= 0 if choice.direction == "up" else rise <= 0
    source, target = source[legal], target[legal]
    by_source = np.argsort(source, kind="stable")
    firsts = np.searchsorted(source[by_source], np.arange(count))
    return Cells(found.order, found.starts, found.cell, target[by_source].astype(np.int32), firsts)


def spread(
    what: Int[np.ndarray, " row"],
    begin: Int[np.ndarray, " row"],
    size: Int[np.ndarray, " row"],
    values: Int[np.ndarray, " value"],
) -> tuple[Int[np.ndarray, " pair"], Int[np.ndarray, " pair"]]:
    """Set each row beside its own run of values.

    >>> [x.tolist() for x in spread(np.array([7, 8]), np.array([0, 1]), np.array([1, 2]), np.array([4, 5, 6]))]
    [[7, 8, 8], [4, 5, 6]]
    """
    whole = np.repeat(what, size)
    offset = np.repeat(begin - np.concatenate([[0], np.cumsum(size)[:-1]]).astype(np.int64), size)
    return whole, values[np.arange(len(whole)) + offset]


def by_source(count: int, source: Int[np.ndarray, " arc"], target: Int[np.ndarray, " arc"]) -> Arcs:
    """Return arcs in order; those that stay where they are, and doubles, are left out.

    >>> by_source(3, np.array([2, 0, 2, 1]), np.array([0, 1, 0, 1])).target.tolist()
    [1, 0]
    """
    key = np.unique(source.astype(np.int64)[source != target] * count + target[source != target])
    return _rows((key // count).astype(np.int32), (key % count).astype(np.int32))


def _rows(source: Int[np.ndarray, " arc"], target: Int[np.ndarray, " arc"]) -> Arcs:
    new = np.ones(len(source), dtype=bool)
    new[1:] = np.diff(source) != 0
    begin = np.flatnonzero(new)
    return Arcs(source, target, begin, source[begin])


def chosen(arcs: Arcs, keep: Bool[np.ndarray, " arc"]) -> Arcs:
    """Return the arcs that are marked."""
    return _rows(arcs.source[keep], arcs.target[keep])


def targets(mover: Mover, state: int) -> list[int]:
    """List where a mover gets from one state in one step, ascending.

    >>> targets(by_source(3, np.array([0, 0]), np.array([2, 1])), 0)
    [1, 2]
    """
    if isinstance(mover, Arcs):
        begin, end = np.searchsorted(mover.source, [state, state + 1])
        return [int(t) for t in mover.target[begin:end]]
    home = int(mover.cell[state])
    ends = np.append(mover.starts, len(mover.order))
    reached = [home]
    if mover.links is not None and mover.firsts is not None:
        last = np.append(mover.firsts, len(mover.links))
        reached = mover.links[mover.firsts[home] : last[home + 1]].tolist()
    found = {int(t) for c in reached for t in mover.order[ends[c] : ends[c + 1]]}
    return sorted(found - {state})


def moves_in(mover: Mover) -> int:
    """Return how many moves there are, staying among them where they come in cells."""
    if isinstance(mover, Arcs):
        return len(mover.source)
    size = np.diff([*mover.starts, len(mover.order)]).astype(np.int64)
    if mover.links is None or mover.firsts is None:
        return int((size * size).sum())
    return int((size * np.add.reduceat(size[mover.links], mover.firsts)).sum())


def as_arcs(mover: Mover, *, limit: int = MOST_ARCS) -> Arcs:
    """Return every move as an arc.

    Raises AnalysisError for more than `limit`.
    """
    if isinstance(mover, Arcs):
        return mover
    if moves_in(mover) > limit:
        raise AnalysisError(
            f"The conflict has more than {limit:,} moves of one player, too many to go through one by one. "
            "Leave out choices, or ask for 'nash', 'gmr', 'smr' and 'seq' of a conflict without single barred moves."
        )
    count = len(mover.order)
    size = np.diff([*mover.starts, count])
    if mover.links is None or mover.firsts is None:
        source, target = spread(np.arange(count), mover.starts[mover.cell], size[mover.cell], mover.order)
        return by_source(count, source, target)
    links = np.diff([*mover.firsts, len(mover.links)])
    state, to = spread(np.arange(count), mover.firsts[mover.cell], links[mover.cell], mover.links)
    return by_source(count, *spread(state, mover.starts[to], size[to], mover.order))


def least(mover: Mover, value: Shaped[np.ndarray, "state *draw"]) -> Shaped[np.ndarray, "state *draw"]:
    """Return the least value one step away; of a mover in cells, staying counts as well.

    Where no arc starts, it is as if there were nothing to lose: the highest number there is.
    """
    if isinstance(mover, Cells):
        return _over_cells(np.minimum, mover, value)
    found = np.full_like(value, highest(value))
    if len(mover.start):
        found[mover.start] = fold(np.minimum, value, mover.target, mover.begin)
    return found


def greatest(mover: Mover, value: Shaped[np.ndarray, "state *draw"]) -> Shaped[np.ndarray, "state *draw"]:
    """Return the greatest value at a state or one step from it."""
    if isinstance(mover, Cells):
        return _over_cells(np.maximum, mover, value)
    found = value.copy()
    if len(mover.start):
        there = fold(np.maximum, value, mover.target, mover.begin)
        found[mover.start] = np.maximum(found[mover.start], there)
    return found


def _over_cells(extreme: np.ufunc, mover: Cells, value: Array) -> Array:
    found = fold(extreme, value, mover.order, mover.starts)
    if mover.links is not None and mover.firsts is not None:
        found = fold(extreme, found, mover.links, mover.firsts)
    spread_out: Array = found[mover.cell]
    return spread_out


def fold(
    extreme: np.ufunc,
    value: Shaped[np.ndarray, "row *draw"],
    pick: Int[np.ndarray, " picked"],
    firsts: Int[np.ndarray, " run"],
) -> Shaped[np.ndarray, "run *draw"]:
    """Return the extreme of each run of picked rows.

    >>> fold(np.minimum, np.array([5, 3, 4]), np.array([0, 2, 1]), np.array([0, 2])).tolist()
    [4, 3]
    """
    found: Array
    if value.ndim == 1:
        found = extreme.reduceat(value[pick], firsts)
        return found
    # numpy reduces runs of whole rows slowly; row after row of all runs at once is ten times as fast.
    size = np.diff(firsts, append=len(pick))
    found = value[pick[firsts]]
    for k in range(1, int(size.max(initial=1))):
        longer = size > k
        if longer.all():
            extreme(found, value[pick[firsts + k]], out=found)
        else:
            found[longer] = extreme(found[longer], value[pick[firsts[longer] + k]])
    return found


def highest(value: Real[np.ndarray, "..."]) -> float | int:
    """Return the highest number that an array can hold."""
    return np.inf if np.issubdtype(value.dtype, np.floating) else int(np.iinfo(value.dtype).max)


def best_elsewhere(
    mover: Mover, value: Int[np.ndarray, " state"]
) -> tuple[Int[np.ndarray, " state"], Int[np.ndarray, " state"]]:
    """Return the greatest value one step away, staying not counted, and the first state that has it; -1 and -1: none.

    Values are ranks, 0 or above.
    """
    count = len(value)
    key = value.astype(np.int64) * count + np.arange(count - 1, -1, -1)  # of equals the first state
    if isinstance(mover, Arcs):
        top = np.full(count, -1, dtype=np.int64)
        if len(mover.start):
            top[mover.start] = np.maximum.reduceat(key[mover.target], mover.begin)
    else:
        top = _second(mover, key)
    none = top < 0
    state = np.where(none, -1, count - 1 - top % count).astype(np.int32)
    return np.where(none, -1, top // count).astype(np.int32), state


def _second(mover: Cells, key: Int[np.ndarray, " state"]) -> Int[np.ndarray, " state"]:
    """Return for each state the greatest key it can reach but its own; keys are all different."""
    ordered = key[mover.order]
    first = np.maximum.reduceat(ordered, mover.starts)
    ordered[ordered == np.repeat(first, np.diff([*mover.starts, len(key)]))] = -1
    second = np.maximum.reduceat(ordered, mover.starts)
    if mover.links is not None and mover.firsts is not None:
        there = first[mover.links]
        top = np.maximum.reduceat(there, mover.firsts)
        width = np.diff([*mover.firsts, len(mover.links)])
        rest = np.where(there == np.repeat(top, width), second[mover.links], there)
        first, second = top, np.maximum.reduceat(rest, mover.firsts)
    best = first[mover.cell]
    found: Int[np.ndarray, " state"] = np.where(best == key, second[mover.cell], best)
    return found


@dataclass(frozen=True, slots=True)
class Graph:
    """Every mover of a conflict: first each player by itself, then those that move together.

    `groups` says who takes part in each; `transitive`, whether whatever a mover reaches in two steps it reaches in one.
    """

    movers: tuple[Mover, ...]
    groups: tuple[tuple[int, ...], ...]
    transitive: bool

    def against(self, player: int) -> tuple[int, ...]:
        """The movers that a player is no part of."""
        return tuple(m for m, group in enumerate(self.groups) if player not in group)


def graph(board: Conflict) -> Graph:
    """Lay out the moves of every player of a conflict, and of those who move together.

    Raises BoardError or AnalysisError where there are too many to lay out.

    >>> from detente.boards.conflict import conflict_from_arcs
    >>> from detente.boards.wishes import Ranking
    >>> drawn = conflict_from_arcs({"a": [(1, 2), (2, 3)]}, {"a": Ranking((3, 2, 1))})
    >>> graph(drawn).movers[0].target.tolist(), graph(drawn).transitive
    ([1, 2], False)
    """
    players = range(len(board.players))
    single = [_single(board, p) for p in players]
    joint = [by_source(board.count, j.steps[:, 0], j.steps[:, 1]) for j in board.joint]
    transitive = not joint and all(isinstance(m, Cells) for m in single)
    movers = tuple(single) if transitive else tuple(as_arcs(m) for m in (*single, *joint))
    return Graph(movers, (*((p,) for p in players), *(j.players for j in board.joint)), transitive)


def _single(board: Conflict, player: int) -> Mover:
    if board.arcs is not None:
        own = board.arcs[board.arcs[:, 0] == player]
        found = by_source(board.count, own[:, 1], own[:, 2])
        keep = np.ones(len(found.source), dtype=bool)
    else:
        inside = cells(board, [player])
        mine = [b for b in board.barred if b.player == player]
        if not mine:
            return inside
        found = as_arcs(inside)
        keep = ~np.any([b.source[found.source] & b.target[found.target] for b in mine], axis=0)
    if board.unseen is not None:
        keep &= ~(board.unseen[player, found.source] | board.unseen[player, found.target])
    return by_source(board.count, found.source[keep], found.target[keep])


def improving(board_rank: Sequence[Int[np.ndarray, " state"]], arcs: Arcs) -> Bool[np.ndarray, " arc"]:
    """Mark the arcs that lead to what every one of the given rankings puts strictly higher."""
    found = np.ones(len(arcs.source), dtype=bool)
    for rank in board_rank:
        found &= rank[arcs.target] > rank[arcs.source]
    return found
