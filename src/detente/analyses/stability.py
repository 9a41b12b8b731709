r"""Which states hold, for whom, and what answers every attempt to leave them?

    nash   s is stable for i:  no move of i from s leads to a state it likes better                              (1)
    gmr    every such gain can be answered by others with a state that i likes no better than s                  (2)
    smr    ... and that i cannot then leave for one it likes better than s                                       (3)
    seq    as (2), where others answer only by moves that they gain by themselves                                (4)
    sim    as (4), where they make those moves in the same moment                                                (5)
    l1 ... limited foresight of 1, 2 ... moves, see the page                                                     (6)

A state is an equilibrium by a concept when it is stable for everybody. (1) to (4) are one test: with w(t) the worst
that others can make of a move to t, s is stable just when the greatest w(t) over i's moves is no better for i than s.

Source: Fang, Hipel and Kilgour (1993), Interactive Decision Making; Howard (1971), Paradoxes of Rationality, for (2)
and (3); Fraser and Hipel (1979), "Solving complex conflicts", IEEE Transactions SMC 9(12), for (4) and (5); Kilgour
(1985) and Zagare (1984) for (6); Li, Hipel, Kilgour and Fang (2004) for what is unknown; Hamouda, Kilgour and Hipel
(2004) for strength. Exact. It does not say that a stable state will come about, nor how likely it is, only that nobody
who is in it has reason to leave it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Int

from detente.boards.conflict import Conflict, seen_by
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.conflicts.moves import graph
from detente.search.conflicts.pairs import Attitude
from detente.search.conflicts.reasons import Asked, Reason, Step, Try, legal, reason
from detente.search.conflicts.values import GRADED, Sanctions, ranked
from detente.search.conflicts.verdicts import CONCEPTS, Perception, Reading, Verdicts, verdicts

FEW = 40  # states: reasons of all are told where nobody asks about some
_TOLD = (*GRADED, "sim")
_NESTED = (("nash", "smr"), ("smr", "gmr"), ("nash", "seq"), ("seq", "gmr"), ("nash", "sim"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability:
    """What equations (1) to (6) say of every state, for every player.

    ===========  ==============================  ==================================================================
    codes        state                           what each state's choices are at; see `States`
    stable       *draw, concept, player, state
    equilibrium  *draw, concept, state           stable for everybody
    margin       graded, player, state           ranks by which staying beats the best secured move; below 0: unstable
    attempt      graded, player, state           where that move leads, -1: no move, and then the margin says nothing
    strong       concept, player, state          stable, though only strongly worse states deter; None: no strengths
    reasons      -                               every gain and its answer, for the states asked about
    ===========  ==============================  ==================================================================

    `graded` are those of the concepts that have a margin; over draws, or with unknown pairs, none has. States are
    counted from 0; `labels` counts from 1.
    """

    players: tuple[str, ...]
    codes: Int[np.ndarray, " state"]
    concepts: tuple[str, ...]
    stable: Bool[np.ndarray, "*draw concept player state"]
    equilibrium: Bool[np.ndarray, "*draw concept state"]
    graded: tuple[str, ...]
    margin: Int[np.ndarray, "graded player state"]
    attempt: Int[np.ndarray, "graded player state"]
    strong: Bool[np.ndarray, "concept player state"] | None
    reasons: tuple[Reason, ...]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate

    def labels(self, concept: str) -> tuple[int, ...]:
        """The equilibria of one concept, by label."""
        if self.equilibrium.ndim > 2:
            raise AnalysisError("Equilibria differ from draw to draw. Look at `equilibrium`, or count with 'steady'.")
        return tuple(int(s) + 1 for s in np.flatnonzero(self.equilibrium[self.concepts.index(concept)]))

    def reason(self, concept: str, player: str, state: int) -> Reason | None:
        """Why one state is stable for one player, or not; None where that was not asked about."""
        asked = (concept, player, state)
        return next((r for r in self.reasons if (r.concept, r.player, r.state) == asked), None)


def stability(
    conflict: Conflict,
    *,
    concepts: Sequence[str] = CONCEPTS,
    sanctions: Sanctions = "any_legal",
    unknown: Attitude = "a",
    perception: Perception = "moves",
    about: Sequence[int] | None = None,
) -> Stability:
    """Find for every state and player whether the player has reason to leave it; equations (1) to (6).

    `sanctions` "any_legal": others answer in any order, nobody twice in a row; "each_opponent_once": each of them once
    at most. `unknown` is the attitude to pairs of which the better one is not known, `perception` what becomes of
    states that a player does not see. Reasons are told for the states in `about`, or for all where they are few.

    Raises AnalysisError for unknown words, for draws or unknown pairs with a concept that cannot have them, and for
    'sim' where there are too many ways to act at once.

    >>> from detente.boards.conflict import conflict
    >>> from detente.boards.states import Choice
    >>> from detente.boards.wishes import Ranking
    >>> dilemma = conflict([Choice("row", "yield"), Choice("column", "yield")],
    ...     {"row": Ranking((3, 4, 1, 2)), "column": Ranking((2, 4, 1, 3))})
    >>> found = stability(dilemma)
    >>> {c: found.labels(c) for c in ("nash", "seq")}
    {'nash': (1,), 'seq': (1, 4)}
    >>> found.reason("seq", "row", 3).tries[0].answer
    (Step(by=('column',), to=0),)
    """
    reading = Reading(sanctions=sanctions, unknown=unknown, perception=perception)
    asked = tuple(concepts)
    found = verdicts(conflict, concepts=asked, reading=reading)
    equilibrium: Bool[np.ndarray, "*draw concept state"] = np.all(found.stable, axis=-2)
    reasons = () if conflict.is_drawn or conflict.unknown is not None else _reasons(conflict, asked, reading, about)
    return Stability(
        players=conflict.players,
        codes=conflict.states.codes,
        concepts=asked,
        stable=found.stable,
        equilibrium=equilibrium,
        graded=found.graded,
        margin=found.margin,
        attempt=found.attempt,
        strong=found.strong,
        reasons=reasons,
        method=found.method,
        parameters={"sanctions": sanctions, "unknown": unknown, "perception": perception},
        certificate=_certificate(conflict, asked, reading, found, reasons),
    )


def _reasons(
    board: Conflict, concepts: Sequence[str], reading: Reading, about: Sequence[int] | None
) -> tuple[Reason, ...]:
    """Tell every gain and its answer, in the game that each player judges by."""
    states = _asked(board, about)
    told = [c for c in concepts if c in _TOLD]
    if not states or not told:
        return ()
    shared = _game(board, reading)
    own = reading.perception == "own_game"
    games = [_game(seen_by(board, p), reading) if own else shared for p in range(len(board.players))]
    return tuple(reason(games[p], p, s, concept=c) for s in states for p in range(len(games)) for c in told)


def _asked(board: Conflict, about: Sequence[int] | None) -> tuple[int, ...]:
    if about is None:
        return tuple(range(board.count)) if board.count <= FEW else ()
    wrong = [s for s in about if not 0 <= s < board.count]
    if wrong:
        raise AnalysisError(f"There is no state {wrong[0]} to tell about: they count from 0 to {board.count - 1}.")
    return tuple(about)


def _game(board: Conflict, reading: Reading) -> Asked:
    return Asked(board, graph(board), ranked(board.preference), reading.sanctions)


def _certificate(
    board: Conflict, concepts: Sequence[str], reading: Reading, found: Verdicts, reasons: Sequence[Reason]
) -> Certificate:
    """Do reasons, found by another search, agree; are their steps allowed; do the concepts lie in one another?"""
    holds, checked = True, 0
    for inner, outer in _NESTED:
        if inner in concepts and outer in concepts:
            inside = found.stable[..., concepts.index(inner), :, :]
            holds &= not (inside & ~found.stable[..., concepts.index(outer), :, :]).any()
            checked += inside.size
    own = reading.perception == "own_game"
    for one in reasons:
        p = board.players.index(one.player)
        game = seen_by(board, p) if own else replace(board, believed=None)
        checked += 1
        holds &= one.stable == bool(found.stable[concepts.index(one.concept), p, one.state])
        holds &= all(_walks(game, p, one, t) for t in one.tries)
    return Certificate(claim="every-gain-is-answered-where-it-is-stable", checked=checked, holds=holds)


def _walks(board: Conflict, player: int, why: Reason, gain: Try) -> bool:
    """Is the gain a gain, and is its answer made of moves that are allowed and that lead to no better a state?"""
    value = board.preference
    fine = legal(board, [player], why.state, gain.to) and bool(value[player, gain.to] > value[player, why.state])
    here = gain.to
    for step in gain.answer:
        by = [board.players.index(name) for name in step.by]
        start = why.state if why.concept == "sim" else here
        fine &= legal(board, by, start, step.to)
        if why.concept in ("seq", "sim"):
            fine &= all(bool(value[p, step.to] > value[p, start]) for p in by)
        here = step.to
    return fine and (gain.end is None or bool(value[player, gain.end] <= value[player, why.state]))


__all__ = ["Reason", "Stability", "Step", "Try", "stability"]
