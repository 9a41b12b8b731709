r"""How does the conflict get from today's state to one that holds, who moves when, and from where is there no way back?

    moves          the fewest steps from today, each by one player or by some who move together, nobody twice in a row
    improvements   the same, where everybody who takes a step gains by that step                                   (1)
    no return      a step from a state from which today's can be reached again to one from which it cannot         (2)

Source: Li, Kilgour and Hipel (2005), "Status quo analysis in the graph model for conflict resolution", Journal of the
Operational Research Society 56(6). Exact, for the moves as given. It does not say how long a step takes, nor that the
shortest way is the likely one: a step that gains at once may be left undone for what comes after.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Bool, Int

from detente.boards.conflict import Conflict
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.conflicts.moves import Graph, graph
from detente.search.conflicts.reasons import Step, legal
from detente.search.conflicts.values import Sanctions, ranked
from detente.search.conflicts.verdicts import CONCEPTS, Reading, verdicts
from detente.search.conflicts.walks import Walks, leads_back, route, steps_out, walks

Kind: TypeAlias = Literal["moves", "improvements"]
MOST_ROUTES = 200  # equilibria whose routes are told, the nearest
MOST_ONE_WAY = 200


@dataclass(frozen=True, slots=True)
class Route:
    """One of the shortest ways to an equilibrium; `one_way` are the places in it of steps that nobody can undo."""

    to: int
    kind: Kind
    steps: tuple[Step, ...]
    one_way: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OneWay:
    """A step (2) after which today's state cannot be reached again; whether all who take it gain by it."""

    by: tuple[str, ...]
    source: int
    target: int
    gains: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """Ways from one state to the equilibria of a concept, equation (1), and steps without return, (2).

    ============  =======  ============================================================
    equilibrium   (state)
    moves         (state)  the fewest steps; -1: out of reach
    improvements  (state)  the fewest steps that are gains; -1: out of reach
    returns       (state)  whether the start can be reached from it
    ============  =======  ============================================================

    `next_steps` are the gains that can be made at the start. `routes` lead to equilibria, nearest first, by
    improvements and by moves; `untold` counts those left out. `no_return` lists steps that can be reached and cannot be
    undone.
    """

    start: int
    concept: str
    equilibrium: Bool[np.ndarray, " state"]
    moves: Int[np.ndarray, " state"]
    improvements: Int[np.ndarray, " state"]
    returns: Bool[np.ndarray, " state"]
    next_steps: tuple[Step, ...]
    routes: tuple[Route, ...]
    untold: int
    no_return: tuple[OneWay, ...]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate

    def route(self, to: int, kind: Kind) -> Route | None:
        """The way told to one equilibrium, or None."""
        return next((r for r in self.routes if (r.to, r.kind) == (to, kind)), None)


def paths(conflict: Conflict, *, start: int, concept: str = "seq", sanctions: Sanctions = "any_legal") -> Paths:
    """Find the shortest ways from a state to every equilibrium, and the steps without return.

    Raises AnalysisError for draws, unknown pairs or words, or a start that is no state.

    >>> from detente.boards.conflict import conflict
    >>> from detente.boards.states import Choice
    >>> from detente.boards.wishes import Ranking
    >>> board = conflict([Choice("a", "strike", direction="up"), Choice("b", "yield")],
    ...     {"a": Ranking((3, 1, 4, 2)), "b": Ranking((1, 4, 3, 2))})
    >>> found = paths(board, start=1)
    >>> [(r.to, r.kind, [s.by for s in r.steps]) for r in found.routes]
    [(3, 'improvements', [('b',)]), (3, 'moves', [('b',)])]
    >>> paths(board, start=0).no_return[0]
    OneWay(by=('a',), source=0, target=1, gains=False)
    """
    _check(conflict, start, concept)
    at, rank = graph(conflict), ranked(conflict.preference)
    held = np.all(verdicts(conflict, concepts=(concept,), reading=Reading(sanctions=sanctions)).stable[0], axis=0)
    plain, gaining = walks(at, start, count=conflict.count), walks(at, start, count=conflict.count, ranks=rank)
    near = np.flatnonzero(held & (plain.steps > 0))
    order = sorted(near.tolist(), key=lambda s: (int(plain.steps[s]), s))
    found: list[Route] = []
    for to in order[:MOST_ROUTES]:
        ways: tuple[tuple[Kind, Walks, Int[np.ndarray, "player state"] | None], ...]
        ways = (("improvements", gaining, rank), ("moves", plain, None))
        for kind, walked, ranks in ways:
            if walked.steps[to] > 0:
                steps = tuple(Step(_names(conflict, at, m), s) for m, s in route(at, walked, to, ranks=ranks))
                found.append(_route(conflict, start, to, kind, steps))
    back = leads_back(at, start, conflict.count)
    answer = Paths(
        start=start,
        concept=concept,
        equilibrium=held,
        moves=plain.steps,
        improvements=gaining.steps,
        returns=back,
        next_steps=_next(conflict, at, rank, start),
        routes=tuple(found),
        untold=max(0, len(order) - MOST_ROUTES),
        no_return=_no_return(conflict, at, rank, np.flatnonzero(back & (plain.steps >= 0)), back),
        method="breadth-first",
        parameters={"sanctions": sanctions, "concept": concept},
        certificate=Certificate(claim="", checked=0, holds=True),
    )
    return replace(answer, certificate=_certificate(conflict, answer))


def _check(board: Conflict, start: int, concept: str) -> None:
    if board.is_drawn or board.unknown is not None:
        raise AnalysisError("Preferences are drawn or partly unknown here. Ask about one case that is filled in.")
    if not 0 <= start < board.count:
        raise AnalysisError(f"There is no state {start} to start from: they count from 0 to {board.count - 1}.")
    if concept not in CONCEPTS:
        raise AnalysisError(f"'{concept}' is no idea of stability here. Choose one of: {', '.join(CONCEPTS)}.")


def _names(board: Conflict, at: Graph, mover: int) -> tuple[str, ...]:
    return tuple(board.players[p] for p in at.groups[mover])


def _route(board: Conflict, start: int, to: int, kind: Kind, steps: Sequence[Step]) -> Route:
    """Mark the steps that those who take them cannot take back."""
    before = [start, *(s.to for s in steps)]
    stuck = tuple(
        k
        for k, step in enumerate(steps)
        if not legal(board, [board.players.index(n) for n in step.by], step.to, before[k])
    )
    return Route(to, kind, tuple(steps), stuck)


def _next(board: Conflict, at: Graph, rank: Int[np.ndarray, "player state"], start: int) -> tuple[Step, ...]:
    return tuple(
        Step(_names(board, at, m), t)
        for m, t in steps_out(at, start)
        if all(rank[p, t] > rank[p, start] for p in at.groups[m])
    )


def _no_return(
    board: Conflict,
    at: Graph,
    rank: Int[np.ndarray, "player state"],
    inside: Int[np.ndarray, " some"],
    back: Bool[np.ndarray, " state"],
) -> tuple[OneWay, ...]:
    """List steps from states that can be reached, and lead back, to states that do not."""
    found: list[OneWay] = []
    for source in inside.tolist():
        for m, target in steps_out(at, source):
            if not back[target]:
                gains = all(rank[p, target] > rank[p, source] for p in at.groups[m])
                found.append(OneWay(_names(board, at, m), source, target, gains))
        if len(found) >= MOST_ONE_WAY:
            break
    return tuple(found[:MOST_ONE_WAY])


def _certificate(board: Conflict, found: Paths) -> Certificate:
    """Is every step allowed, a gain where it is called one, and is each way as long as it is said to be?"""
    holds = True
    for one in found.routes:
        here, last = found.start, None
        length = found.moves if one.kind == "moves" else found.improvements
        holds &= len(one.steps) == int(length[one.to])
        for step in one.steps:
            by = [board.players.index(n) for n in step.by]
            holds &= legal(board, by, here, step.to) and step.by != last
            if one.kind == "improvements":
                holds &= all(bool(board.preference[p, step.to] > board.preference[p, here]) for p in by)
            here, last = step.to, step.by
        holds &= here == one.to and bool(found.equilibrium[here])
    return Certificate(claim="every-way-can-be-walked", checked=len(found.routes), holds=holds)
