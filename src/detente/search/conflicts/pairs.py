"""What is stable where a side does not rank all states: when pairs are unknown, or when several move as one?

A side gains from s to t where `gains[s, t]`; it is deterred at s by x where `deters[s, x]`. For one player with all
known these are opposites. Where it is not known which of two states a player likes better, four attitudes differ
(Li, Hipel, Kilgour and Fang 2004):

    a  moves for a gain that is not certain, and only a certain loss deters it
    b  moves for a certain gain only, and only a certain loss deters it
    c  moves for a gain that is not certain, and a loss that is not certain deters it
    d  moves for a certain gain only, and a loss that is not certain deters it

Others are taken to act, in sequential stability, on gains that are not certain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from jaxtyping import Bool

from detente.boards.conflict import Conflict
from detente.errors import AnalysisError
from detente.search.conflicts.moves import Arcs, Graph, as_arcs, chosen, least
from detente.search.conflicts.sim import simultaneous
from detente.search.conflicts.values import Sanctions, Step, least_reached

Attitude: TypeAlias = str  # one of
ATTITUDES = ("a", "b", "c", "d")
MOST_STATES = 2048
_ROWS = 1 << 22  # bytes looked at in one go


@dataclass(frozen=True, slots=True)
class Side:
    """One player, or several as one: its moves, and what it makes of each state when it stands at another.

    ======  ============  ============================================================
    gains   state, state  it would move from the first to the second
    deters  state, state  the second, instead of the first, deters it
    climbs  state, state  others expect it to move from the first to the second
    ======  ============  ============================================================
    """

    arcs: Arcs
    gains: Bool[np.ndarray, "state state"]
    deters: Bool[np.ndarray, "state state"]
    climbs: Bool[np.ndarray, "state state"]


def sides(board: Conflict, graph: Graph, *, attitude: Attitude = "a", strong: bool = False) -> tuple[Side, ...]:
    """Return every player as a side of its own; with `strong`, only what is strongly worse deters.

    Raises AnalysisError for more states than can be compared pair by pair, or an unknown attitude.
    """
    if attitude not in ATTITUDES:
        raise AnalysisError(f"'{attitude}' is no attitude to what is unknown. Choose one of: {', '.join(ATTITUDES)}.")
    check_size(board)
    found = []
    for p, mover in enumerate(graph.movers[: len(board.players)]):
        value = board.preference[p]
        unknown = np.zeros((board.count,) * 2, dtype=bool) if board.unknown is None else board.unknown[p]
        up = (value[None, :] > value[:, None]) & ~unknown
        deters = ~up if attitude in ("c", "d") else ~up & ~unknown
        if strong and board.gap is not None:
            deters &= (value[:, None] - value[None, :] >= board.gap[p]) | (unknown & deters)
        gains = up | unknown if attitude in ("a", "c") else up
        found.append(Side(as_arcs(mover), gains, deters, up | unknown))
    return tuple(found)


def check_size(board: Conflict) -> None:
    """Make sure that states can be compared pair by pair.

    Raises AnalysisError where there are too many, or an axis of draws.
    """
    if board.count > MOST_STATES or board.is_drawn:
        raise AnalysisError(
            f"Here states are compared pair by pair, for one case of at most {MOST_STATES} states; there are "
            f"{board.count}. Leave out choices, or ask about single states."
        )


def stable_pairs(
    board: Conflict, every: Sequence[Side], *, concept: str, sanctions: Sanctions
) -> Bool[np.ndarray, "side state"]:
    """Return whether each state is stable for each side, by one of the five concepts."""
    improving = [chosen(s.arcs, s.gains[s.arcs.source, s.arcs.target]) for s in every]
    if concept == "sim":
        climbing = [chosen(s.arcs, s.climbs[s.arcs.source, s.arcs.target]) for s in every]
        return _at_once(board, every, improving, climbing)
    found = np.ones((len(every), board.count), dtype=bool)
    for k, own in enumerate(improving):
        if concept == "nash" or len(every) == 1:
            answered = np.zeros(len(own.source), dtype=bool)
        else:
            answered = _answered(every, k, own, concept=concept, sanctions=sanctions)
        found[k, own.source[~answered]] = False
    return found


def _at_once(
    board: Conflict, every: Sequence[Side], improving: Sequence[Arcs], climbing: Sequence[Arcs]
) -> Bool[np.ndarray, "side state"]:
    """Each side in turn with its own gains, the others with what they are expected to do."""
    found = np.ones((len(every), board.count), dtype=bool)
    for k in range(len(every)):
        gains = [improving[k] if j == k else climbing[j] for j in range(len(every))]
        answers = [lambda s, x, at=side.deters: at[s, x] for side in every]
        found[k] = simultaneous(board, gains, answers)[0][k]
    return found


def _answered(
    every: Sequence[Side], k: int, own: Arcs, *, concept: str, sanctions: Sanctions
) -> Bool[np.ndarray, " gain"]:
    """Say for each gainful move of a side whether others can bring about what deters it."""
    side = every[k]
    arcs = [s.arcs if concept != "seq" else chosen(s.arcs, s.climbs[s.arcs.source, s.arcs.target]) for s in every]
    deters = side.deters
    reach = np.packbits(reached(arcs, k, count=len(deters), sanctions=sanctions), axis=1)
    if concept == "smr":
        there = deters.T.astype(np.uint8)
        deters = np.minimum(there, least(side.arcs, there)).T.astype(bool)
    packed = np.packbits(deters, axis=1)
    found = np.zeros(len(own.source), dtype=bool)
    step = max(1, _ROWS // packed.shape[1])
    for at in range(0, len(own.source), step):
        rows = slice(at, at + step)
        found[rows] = (reach[own.target[rows]] & packed[own.source[rows]]).any(axis=1)
    return found


def reached(arcs: Sequence[Arcs], k: int, *, count: int, sanctions: Sanctions) -> Bool[np.ndarray, "state state"]:
    """Return which states all sides but `k` can bring about from each state, that state itself left out."""
    graph = Graph(tuple(arcs), tuple((j,) for j in range(len(arcs))), transitive=False)
    far = np.ones((count, count), dtype=np.uint8)
    np.fill_diagonal(far, 0)
    found: Bool[np.ndarray, "state state"] = least_reached(graph, k, far, step=_step(arcs), sanctions=sanctions) == 0
    np.fill_diagonal(found, False)
    return found


def _step(arcs: Sequence[Arcs]) -> Step:
    return lambda m, value: least(arcs[m], value)
