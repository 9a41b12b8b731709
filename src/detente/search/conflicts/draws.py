"""In which draws of the preferences is each state stable, for each player and each idea of stability?

The same tests as for one case, on blocks of draws side by side: preferences stand as player, state, draw, and every
step is one comparison of whole rows of draws. Numbers are compared as they are; they need no ranks.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

import numpy as np
from jaxtyping import Bool, Int, Real

from detente.boards.conflict import Conflict
from detente.errors import AnalysisError
from detente.search.conflicts.moves import Arcs, Graph, as_arcs, chosen, fold, greatest, highest, least
from detente.search.conflicts.sim import own_choices
from detente.search.conflicts.values import Sanctions, Value, least_reached

BLOCK = 4096  # draws
CACHED = 2**20  # bytes of such a block of rows
MOST_CELLS = 20_000  # states x players x concepts
MOST_TOGETHER = 500_000  # ways to act at once, where 'sim' is asked


Where: TypeAlias = Int[np.ndarray, " arc"] | int
Climbs: TypeAlias = Callable[[int, Where, Where], Bool[np.ndarray, "..."]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What does not change from draw to draw: moves, and for 'sim' what can be done at once."""

    board: Conflict
    graph: Graph
    arcs: tuple[Arcs, ...]
    once: tuple[tuple["_Once", ...], ...]


def plan(board: Conflict, graph: Graph, *, concepts: Sequence[str]) -> Plan:
    """Lay out what the tests of these concepts need.

    Raises AnalysisError where that is too much.
    """
    players = range(len(board.players))
    once = tuple(tuple(_ways(board, graph, p)) for p in players) if "sim" in concepts else ()
    return Plan(board, graph, tuple(as_arcs(m) for m in graph.movers), once)


@dataclass(frozen=True, slots=True)
class _Once:
    """One move of a player and what others could do in the same moment: (their moves, what comes of all)."""

    source: int
    target: int
    answers: tuple[tuple[tuple[tuple[int, int], ...], int], ...]


def drawn_stable(
    board: Conflict, graph: Graph, *, concepts: Sequence[str], sanctions: Sanctions
) -> Iterator[tuple[slice, Bool[np.ndarray, "concept player state draw"]]]:
    """Yield block after block of draws: in which of them each state is stable for each player.

    Raises AnalysisError for a conflict too large to be asked draw by draw.
    """
    players = len(board.players)
    if board.count * players * len(concepts) > MOST_CELLS:
        raise AnalysisError(
            f"Draws of {board.count} states, {players} players and {len(concepts)} concepts are more than is gone "
            "through draw by draw. Ask for fewer concepts, or leave out choices."
        )
    at = plan(board, graph, concepts=concepts)
    for rows, value in blocks(board):
        found = np.empty((len(concepts), *value.shape), dtype=bool)
        for c, concept in enumerate(concepts):
            for p in range(players):
                found[c, p] = stable_rows(at, p, value[p], comparing(value), concept=concept, sanctions=sanctions)
        yield rows, found


def blocks(board: Conflict) -> Iterator[tuple[slice, Real[np.ndarray, "player state draw"]]]:
    """Yield preferences block by block, draws last."""
    draws = board.preference.reshape(-1, len(board.players), board.count)
    for rows in widths(len(draws), board.count * draws.itemsize):
        yield rows, np.ascontiguousarray(np.moveaxis(draws[rows], 0, -1))


def widths(columns: int, height: int) -> Iterator[slice]:
    """Yield runs of columns, each so many bytes high, that stay in the cache.

    >>> list(widths(100, 2**14))
    [slice(0, 64, None), slice(64, 100, None)]
    """
    width = max(1, min(BLOCK, CACHED // height))
    for begin in range(0, columns, width):
        yield slice(begin, min(begin + width, columns))


def comparing(value: Real[np.ndarray, "player state draw"]) -> Climbs:
    """Return who gains by which move: who likes its end better than its beginning."""
    return lambda p, source, target: value[p, target] > value[p, source]


def stable_rows(
    at: Plan, player: int, own: Value, climbs: Climbs, *, concept: str, sanctions: Sanctions
) -> Bool[np.ndarray, "state draw"]:
    """Return where each state is stable for one player, given its own values and by which moves others gain.

    `climbs(p, source, target)` says for a mover's player whether it gains from source to target, draw by draw or, with
    one column, in all draws alike.
    """
    movers, groups = at.graph.movers, at.graph.groups
    if concept == "sim":
        return _sim(at, player, own, climbs)
    gains = {}
    if concept == "seq":
        for m in at.graph.against(player):
            gains[m] = _gainful(at.arcs[m], groups[m], climbs)

    worst = own
    if concept != "nash" and at.graph.against(player):
        there = greatest(movers[player], own) if concept == "smr" else own
        # A lambda, not a function of its own: this runs often, and under test each function made here is checked anew.
        worst = np.minimum(
            own,
            least_reached(
                at.graph,
                player,
                there,
                step=lambda m, v: least(movers[m], v) if concept != "seq" else _least_above(*gains[m], v),
                sanctions=sanctions,
            ),
        )
    # Where a player stays it gets no more than it has: that staying counts here as a move changes nothing.
    found: Bool[np.ndarray, "state draw"] = greatest(movers[player], worst) <= own
    return found


def _gainful(arcs: Arcs, group: Sequence[int], climbs: Climbs) -> tuple[Arcs, Bool[np.ndarray, "arc draw"]]:
    """Return the moves by which all who take them gain in some draw, and in which."""
    found = climbs(group[0], arcs.source, arcs.target)
    for p in group[1:]:
        found = found & climbs(p, arcs.source, arcs.target)
    some = np.asarray(found.any(axis=-1))
    return chosen(arcs, some), found[some]


def _least_above(arcs: Arcs, gains: Bool[np.ndarray, "arc draw"], value: Value) -> Value:
    """Return the least value one step away that all who take it gain by, draw by draw."""
    if gains.shape[-1] == 1:
        return least(arcs, value)  # all that is left is a gain in all draws alike
    found = np.full_like(value, highest(value))
    if len(arcs.start):
        there = np.where(gains, value[arcs.target], value.dtype.type(highest(value)))
        found[arcs.start] = fold(np.minimum, there, np.arange(len(arcs.source)), arcs.begin)
    return found


def _sim(at: Plan, player: int, own: Value, climbs: Climbs) -> Bool[np.ndarray, "state draw"]:
    found = np.ones(own.shape, dtype=bool)
    for way in at.once[player]:
        gained = own[way.target] > own[way.source]
        for steps, end in way.answers:
            if not gained.any():
                break
            answered = own[end] <= own[way.source]
            for p, target in steps:
                answered &= climbs(p, way.source, target)
            gained &= ~answered
        found[way.source] &= ~gained
    return found


def _ways(board: Conflict, graph: Graph, player: int) -> Iterator[_Once]:
    """List every move of a player with all that others could do at the same time, feasible results alone."""
    own_choices(board)
    arcs = [as_arcs(m) for m in graph.movers]
    codes = board.states.codes
    where = {int(code): s for s, code in enumerate(codes)}
    moves = [_by_state(a, board.count) for a in arcs]
    budget = MOST_TOGETHER
    for source, ends in enumerate(moves[player]):
        if not ends:
            continue
        others = [[(p, t) for t in moves[p][source]] for p in range(len(moves)) if p != player]
        budget -= len(ends) * int(np.prod([len(o) + 1 for o in others]))
        if budget < 0:
            raise AnalysisError(
                f"'sim' has more than {MOST_TOGETHER:,} ways to act at once here, too many to ask draw by draw. "
                "Leave out 'sim'."
            )
        for target in ends:
            yield _Once(source, target, tuple(_answers(codes, where, (source, target), others)))


def _by_state(arcs: Arcs, count: int) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(count)]
    for source, target in zip(arcs.source.tolist(), arcs.target.tolist(), strict=True):
        found[source].append(target)
    return found


def _answers(
    codes: Int[np.ndarray, " state"],
    where: dict[int, int],
    move: tuple[int, int],
    others: Sequence[Sequence[tuple[int, int]]],
) -> Iterator[tuple[tuple[tuple[int, int], ...], int]]:
    source, target = move
    for way in product(*[[None, *steps] for steps in others]):
        steps = tuple(step for step in way if step is not None)
        code = int(codes[target] + sum(int(codes[t] - codes[source]) for _, t in steps))
        if steps and code in where:
            yield steps, where[code]
