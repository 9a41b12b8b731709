"""What is the least value that a mover comes to when it moves only where it gains itself?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from jaxtyping import Int

from detente.search.conflicts.moves import FAR, Arcs, Cells, Graph, Mover, chosen, improving, least, spread

# One more than the largest rank a value may have, so that values of a cell never pass for those of another.
_SPAN = np.int64(2**31)


@dataclass(frozen=True, slots=True)
class Climb:
    """The states of each cell from the mover's best to its worst, and for every state what lies strictly above it.

    ======  =======  ==============================================================================
    order   (state)  states by cell, best first
    offset  (state)  what is added to values in that order, so that a running least ends with a cell
    above   (reach)  for a state and a cell it reaches: the last place in `order` that is better; -1: none
    firsts  (state)  where each state's entries in `above` begin; None: one each
    ======  =======  ==============================================================================
    """

    order: Int[np.ndarray, " state"]
    offset: Int[np.ndarray, " state"]
    above: Int[np.ndarray, " reach"]
    firsts: Int[np.ndarray, " state"] | None


Climber: TypeAlias = Climb | Arcs


def climbers(graph: Graph, rank: Int[np.ndarray, "player state"]) -> tuple[Climber, ...]:
    """Return for every mover the moves by which all who take part in it gain."""
    return tuple(climb(m, [rank[p] for p in group]) for m, group in zip(graph.movers, graph.groups, strict=True))


def climb(mover: Mover, ranks: Sequence[Int[np.ndarray, " state"]]) -> Climber:
    """Return the moves of one mover by which all who take part gain; in cells, one alone takes part."""
    if isinstance(mover, Arcs):
        return chosen(mover, improving(ranks, mover))
    return _sorted(mover, ranks[0])


def _sorted(mover: Cells, rank: Int[np.ndarray, " state"]) -> Climb:
    count, width = len(rank), int(rank.max()) + 1
    key = mover.cell.astype(np.int64) * width + (width - 1 - rank)
    order = np.argsort(key, kind="stable").astype(np.int32)
    offset = -mover.cell[order].astype(np.int64) * _SPAN
    ordered = key[order]
    if mover.links is None or mover.firsts is None:
        new = np.ones(count, dtype=bool)
        new[1:] = ordered[1:] != ordered[:-1]
        first = np.maximum.accumulate(np.where(new, np.arange(count), 0))  # of those equally good in a cell
        above = np.empty(count, dtype=np.int32)
        begin = np.repeat(mover.starts, np.diff([*mover.starts, count]))
        above[order] = np.where(first > begin, first - 1, -1)
        return Climb(order, offset, above, None)
    links = np.diff([*mover.firsts, len(mover.links)])[mover.cell]
    state, to = spread(np.arange(count), mover.firsts[mover.cell], links, mover.links)
    place = np.searchsorted(ordered, to.astype(np.int64) * width + (width - 1 - rank[state]))
    above = np.where(place > mover.starts[to], place - 1, -1).astype(np.int32)
    return Climb(order, offset, above, np.concatenate([[0], np.cumsum(links)[:-1]]))


def least_above(climber: Climber, value: Int[np.ndarray, " state"]) -> Int[np.ndarray, " state"]:
    """Return the least value one gainful step away, and the highest number there is where there is no such step."""
    if isinstance(climber, Arcs):
        return least(climber, value)
    running = value[climber.order] + climber.offset
    np.minimum.accumulate(running, out=running)
    running -= climber.offset
    found = np.append(running, FAR).astype(np.int32)[climber.above]
    return found if climber.firsts is None else np.minimum.reduceat(found, climber.firsts)
