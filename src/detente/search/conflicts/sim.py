"""Would a gain survive if others moved in the same moment?

A gainful move t of player i from s is answered when some of the others, each by a gainful move of its own from s,
bring about together with it a state that is no better for i than s. Where they bring about a combination that is not
feasible, nothing of it occurs, and it answers nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from jaxtyping import Bool, Int

from detente.boards.conflict import Conflict
from detente.errors import AnalysisError
from detente.search.conflicts.moves import Arcs

MOST_TRIED = 200_000_000
_MOST_AT_ONCE = 2_000_000


@dataclass(frozen=True, slots=True)
class Gains:
    """A player's gainful moves, by the state they start from.

    ======  =======  ==========================================
    source  (gain)   ascending
    target  (gain)
    shift   (gain)   what the move adds to the state's code
    first   (state)  where those of each state begin
    count   (state)  how many there are
    ======  =======  ==========================================
    """

    source: Int[np.ndarray, " gain"]
    target: Int[np.ndarray, " gain"]
    shift: Int[np.ndarray, " gain"]
    first: Int[np.ndarray, " state"]
    count: Int[np.ndarray, " state"]


Answers: TypeAlias = Callable[[Int[np.ndarray, "move 1"], Int[np.ndarray, "move way"]], Bool[np.ndarray, "move way"]]


def simultaneous(
    board: Conflict, gains: Sequence[Arcs], answers: Sequence[Answers], *, limit: int = MOST_TRIED
) -> tuple[Bool[np.ndarray, "player state"], Int[np.ndarray, "player state"]]:
    """Return for every player whether each state is stable against moves at once, and where not an unanswered move.

    `gains` are each player's gainful moves; `answers[i](s, x)` says whether x, instead of s, deters i at s.

    Raises AnalysisError where moves change more than the mover's own choices, where some move together, or where more
    than `limit` combinations would have to be tried.
    """
    own_choices(board)
    every = [_gains(board, a) for a in gains]
    where = np.full(board.states.size, -1, dtype=np.int32)
    where[board.states.codes] = np.arange(board.count)
    stable = np.ones((len(gains), board.count), dtype=bool)
    move = np.full((len(gains), board.count), -1, dtype=np.int64)
    left = limit
    for player, own in enumerate(every):
        others = [g for p, g in enumerate(every) if p != player]
        at = _Table(board.states.codes, where, own, others, answers[player])
        unanswered, left = _unanswered(at, left)
        stable[player, own.source[unanswered]] = False
        move[player, own.source[unanswered][::-1]] = own.target[unanswered][::-1]
    return stable, move


def below(rank: Int[np.ndarray, " state"]) -> Answers:
    """Return what deters a player with this ranking: whatever is no better than where it stands."""
    return lambda s, x: rank[x] <= rank[s]


def own_choices(board: Conflict) -> None:
    """Make sure that it is known what comes of moves made at once.

    Raises AnalysisError where it is not.
    """
    if board.joint:
        raise AnalysisError("'sim' asks what single players do at once, and some here move together. Leave out 'sim'.")
    if not board.states.choices:
        raise AnalysisError(
            "'sim' needs to know which choices a move changes, and this conflict is a drawn graph. Leave out 'sim'."
        )


def _gains(board: Conflict, arcs: Arcs) -> Gains:
    count = np.bincount(arcs.source, minlength=board.count)
    first = np.concatenate([[0], np.cumsum(count)[:-1]])
    return Gains(
        arcs.source, arcs.target, board.states.codes[arcs.target] - board.states.codes[arcs.source], first, count
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """One player's gainful moves beside those of the others, and what deters it."""

    codes: Int[np.ndarray, " state"]
    where: Int[np.ndarray, " code"]
    own: Gains
    others: Sequence[Gains]
    answers: Answers


def _unanswered(at: _Table, budget: int) -> tuple[Int[np.ndarray, " left"], int]:
    """Try the others' combinations in growing portions; a move leaves when it is answered."""
    ways = np.ones(len(at.codes), dtype=np.int64)  # in how many ways others may act at once, not acting among them
    for g in at.others:
        ways *= g.count + 1
    left, tried, portion = np.arange(len(at.own.source)), 1, 4
    done: list[Int[np.ndarray, " left"]] = [left[:0]]
    while len(left):
        spent = ways[at.own.source[left]] <= tried
        done.append(left[spent])
        left = left[~spent]
        portion = max(1, min(portion * 2, _MOST_AT_ONCE // max(1, len(left))))
        budget -= len(left) * portion
        if budget < 0:
            raise AnalysisError(
                f"'sim' has more than {MOST_TRIED:,} combinations of moves at once to try here. "
                "Leave out 'sim', or leave out choices."
            )
        left = left[~_answered(at, left, ways, range(tried, tried + portion))]
        tried += portion
    return np.sort(np.concatenate(done)), budget


def _answered(
    at: _Table, left: Int[np.ndarray, " left"], ways: Int[np.ndarray, " state"], portion: range
) -> Bool[np.ndarray, " left"]:
    """Say which of the moves that are left some combination of this portion answers."""
    source = at.own.source[left][:, None]
    turn = np.arange(portion.start, portion.stop)[None, :]
    code = at.codes[source] + at.own.shift[left][:, None] + np.zeros_like(turn)
    rest = np.minimum(turn, ways[source] - 1)
    for g in at.others:
        rest, digit = np.divmod(rest, g.count[source] + 1)
        if len(g.shift):
            code += np.where(digit > 0, g.shift[np.minimum(g.first[source] + digit - 1, len(g.shift) - 1)], 0)
    there = at.where[code]
    fits = (turn < ways[source]) & (there >= 0)
    found: Bool[np.ndarray, " left"] = (fits & at.answers(source, there)).any(axis=1)
    return found
