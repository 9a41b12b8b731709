"""Which conflict follows from what parties could do without a deal, in one world?

    u_i(s) = sum of what the moves of s are worth to i, alone and in pairs, less the same of today's state          (1)
    least_i(s, x) = min u_i(x) - u_i(s),  most_i(s, x) = max u_i(x) - u_i(s)   over all effects in their ranges     (2)

Effects are rounded to basis points once, and (1) and (2) added up in whole numbers, so that ties are ties. (2) is
exact, since (1) is linear in the effects and each has a range of its own: the bounds are met at corners. A stated
preference rules out the draws that go against it (Lahdelma, Hokkanen and Salminen 1998, European Journal of Operational
Research 106, for weights).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.boards.conflict import Conflict, conflict
from detente.boards.drawn import Draws, draw_shape, drawn
from detente.boards.outside.seated import seated
from detente.boards.outside.sound import sound
from detente.boards.outside.worlds import INDIFFERENT, STRONGLY
from detente.boards.outside.worth import counting
from detente.boards.scoring import BASIS_POINTS, rounded
from detente.boards.states import Choice, States, states
from detente.boards.wishes import Utilities
from detente.errors import BoardError
from detente.situation.nouns import Effect, Move, Preference, Situation, World
from detente.situation.paths import effect_path

LISTED = 640  # states: more are more than a reader can follow, and every pair is bounded draw by draw


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The conflict outside the table in one world; its choices are moves, labelled by their ids.

    ===========  ====================  ==================================================================
    least, most  player, state, state  by how much the second is better than the first, equation (2); None
                                       without draws, and where there are more than LISTED states
    kept         draw                  the draw agrees with every stated preference; one without draws
    ===========  ====================  ==================================================================

    `contradicted` are rows of the situation's preferences that the best guess goes against, `left_out` moves that are
    not on the board, and why. The players' preference is in points, today 0.
    """

    conflict: Conflict
    moves: tuple[str, ...]
    today: int
    world: World
    least: Float[np.ndarray, "player state state"] | None
    most: Float[np.ndarray, "player state state"] | None
    kept: Bool[np.ndarray, " draw"]
    contradicted: tuple[int, ...]
    left_out: tuple[tuple[str, str], ...]


def outside(situation: Situation, world: World, *, draws: Draws | None = None) -> Outside:
    """Lay out what parties could do without a deal, in one world: at the best values, or one case per draw.

    `situation` is a drafted one. All draws are in the preferences; `kept` says which agree with what parties are said
    to prefer.

    Raises BoardError where nobody can do anything, where moves, effects or preferences do not hold together, and where
    what is in force today cannot be.

    >>> from detente.boards.outside.draft import drafted
    >>> raid = Move(id="raid", by="a", action="strike", against="b")
    >>> outside(drafted(Situation(title="t", moves=(raid,))), "force").conflict.preference.tolist()
    [[0.0, 20.0]]
    """
    sound(situation)
    board = seated(situation, most_states=LISTED)
    choices = tuple(_choice(m) for m in board.moves)
    infeasible = board.infeasible
    at = states(choices, infeasible=infeasible)
    today = _today(at, board.moves)
    players = tuple(dict.fromkeys(m.by for m in board.moves))
    rows = counting(situation, world)
    made = _made(at, rows, board.moves)
    valued = _valued(rows, draws)
    whole = np.stack([_utility(made, valued, _of(rows, p), today) for p in players], axis=-2)
    wishes = {p: Utilities(whole[..., k, :] / BASIS_POINTS) for k, p in enumerate(players)}
    stated = _stated(situation, players)
    few = draws is not None and len(at.codes) <= LISTED
    spans = [_span(made, rows, p) for p in players] if few else []
    return Outside(
        conflict=conflict(choices, wishes, infeasible=infeasible),
        moves=tuple(m.id for m in board.moves),
        today=today,
        world=world,
        least=np.stack([low for low, _ in spans]) if few else None,
        most=np.stack([high for _, high in spans]) if few else None,
        kept=np.atleast_1d(np.all([_obeys(row, rows, valued) for _, row in stated], axis=0))
        if stated
        else np.ones(draw_shape(draws) or (1,), dtype=bool),
        contradicted=tuple(k for k, row in stated if not _obeys(row, rows, _valued(rows, None)).all()),
        left_out=board.left_out,
    )


def agreeing(situation: Situation, world: World, *, draws: Draws, count: int) -> Bool[np.ndarray, " draw"]:
    """Return which draws agree with what parties are said to prefer, as `Outside.kept` does, without the conflict.

    >>> agreeing(Situation(title="t", moves=(Move(id="raid", by="a", action="strike"),)), "drift", draws={}, count=2)
    array([ True,  True])
    """
    if not situation.preferences:
        return np.ones(count, dtype=bool)
    players = tuple(dict.fromkeys(m.by for m in seated(situation, most_states=LISTED).moves))
    stated = _stated(situation, players)
    if not stated:
        return np.ones(count, dtype=bool)
    rows = counting(situation, world)
    valued = _valued(rows, draws)
    return np.asarray(np.broadcast_to(np.all([_obeys(row, rows, valued) for _, row in stated], axis=0), (count,)))


def _choice(move: Move) -> Choice:
    return Choice(move.by, move.id, direction="both" if move.by in move.undone_by else "up")


def _today(at: States, moves: Sequence[Move]) -> int:
    """Find today's state among those that can be."""
    code = sum(place for place, move in zip(at.places, moves, strict=True) if move.in_force)
    found = np.flatnonzero(at.codes == code)
    if not len(found):
        told = ", ".join(f"'{m.id}'" for m in moves if m.in_force) or "none of the moves"
        raise BoardError(
            f"What is in force today ({told}) cannot be, by what the moves exclude and what they come after. "
            "Correct 'in_force', 'excludes' or 'after' of one of them."
        )
    return int(found[0])


def _of(rows: Sequence[Effect], party: str) -> list[int]:
    return [k for k, row in enumerate(rows) if row.party == party]


def _made(at: States, rows: Sequence[Effect], moves: Sequence[Move]) -> Bool[np.ndarray, "effect state"]:
    """In which states does each effect count: the move is made, and the one it is valued together with."""
    level = {m.id: at.level(k) > 0 for k, m in enumerate(moves)}
    never = np.zeros(len(at.codes), dtype=bool)
    found = [level.get(r.move, never) & (~never if r.given is None else level.get(r.given, never)) for r in rows]
    return np.array(found, dtype=bool).reshape(len(rows), len(at.codes))


def _valued(rows: Sequence[Effect], draws: Draws | None) -> Int[np.ndarray, "*draw effect"]:
    """Return what each effect is worth, in basis points."""
    shape = draw_shape(draws)
    found = [np.broadcast_to(rounded(drawn(effect_path(r), r.value, draws)), shape) for r in rows]
    return np.stack(found, axis=-1) if found else np.zeros((*shape, 0), dtype=np.int64)


def _utility(
    made: Bool[np.ndarray, "effect state"], valued: Int[np.ndarray, "*draw effect"], own: list[int], today: int
) -> Int[np.ndarray, "*draw state"]:
    """Equation (1), in basis points."""
    beside = made[own].astype(np.int64) - made[own][:, [today]]
    # Whole numbers far below 2^53: exact in floats too, where products are fast.
    total = valued[..., own].astype(np.float64) @ beside.astype(np.float64)
    return np.asarray(np.rint(total), dtype=np.int64)


def _span(
    made: Bool[np.ndarray, "effect state"], rows: Sequence[Effect], party: str
) -> tuple[Float[np.ndarray, "state state"], Float[np.ndarray, "state state"]]:
    """Equation (2): what is gained counts at one end of its range, what is lost at the other."""
    own = _of(rows, party)
    here = made[own].astype(np.float64)
    low = rounded(np.array([rows[k].value.low for k in own])).astype(np.float64)[:, None]
    high = rounded(np.array([rows[k].value.high for k in own])).astype(np.float64)[:, None]
    gained, lost = here.T, (1.0 - here).T  # in the first state; the second is the other factor
    most = lost @ (high * here) - gained @ (low * (1.0 - here))
    least = lost @ (low * here) - gained @ (high * (1.0 - here))
    return least / BASIS_POINTS, most / BASIS_POINTS


def _stated(situation: Situation, players: Sequence[str]) -> list[tuple[int, Preference]]:
    return [(k, row) for k, row in enumerate(situation.preferences) if row.party in players]


def _obeys(
    row: Preference, rows: Sequence[Effect], valued: Int[np.ndarray, "*draw effect"]
) -> Bool[np.ndarray, "*draw"]:
    """Do effects agree with a comparison of two states?"""
    sign = np.array([_counts(r, row.prefers) - _counts(r, row.over) for r in rows], dtype=np.int64)
    own = np.array([r.party == row.party for r in rows], dtype=bool)
    gap = (valued * np.where(own, sign, 0)).sum(axis=-1)
    if row.strength == "indifferent":
        return np.asarray(np.abs(gap) <= INDIFFERENT * BASIS_POINTS)
    return np.asarray(gap > 0 if row.strength == "prefers" else gap >= STRONGLY * BASIS_POINTS)


def _counts(effect: Effect, made: Sequence[str]) -> int:
    return int(effect.move in made and (effect.given is None or effect.given in made))
