r"""Which states hold whatever the preferences are within their ranges, and which comparison decides where they do not?

Preferences are known as draws, and as ranges: of what each state is worth, least <= u_i(x) <= most, or, where worths
share inputs and the first would be far too wide, of every difference, least <= u_i(x) - u_i(s) <= most. Either way it
is known of each comparison whether x is better than s for all values, for some, or for none, and

    always    s is stable for i even with every comparison with s that is open going to the other state, and only those
              moves of others counted as gains that are gains for all values                                        (1)
    never     s is not stable for i even with every such comparison going to s, and every move of others counted as a
              gain that is one for some values                                                                      (2)
    depends   both are shown, by proof or by a draw
    open      neither (1) nor (2), and not both are shown

A state is always an equilibrium when (1) holds for everybody, never when (2) holds for somebody. What (1) and (2) say
is so whatever the concept. What is neither depends for certain:

    ranges of worths        by nash, gmr and smr: the ends that (1) and (2) ask for are reached together
    ranges of differences   by nash as far as (1) goes, since each difference reaches its end; as far as (2) goes where
                            no player has two moves that may be gains. Two gains, a and 1 - a, may both be absent, each
                            alone, and never together; with answers to a gain it is the same by gmr and smr.
    by seq and sim          nothing, since gains of others are not at their ends at once

Ranges of different players are free of each other. Over the draws the share in which a state is an equilibrium is
counted, and beside it the share among those draws in which a player likes some other state better than it, and among
the rest.

Source: Fang, Hipel and Kilgour (1993), Interactive Decision Making, for stability; Moore (1966), Interval Analysis, for
bounds by extremes; Sakakibara, Okada and Nakase (2002) for robustness to preferences. Shares are shares of draws of a
model, and no probabilities of events: they rest on how the draws were made.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Bool, Float, Int, Real

from detente.boards.conflict import Conflict
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.conflicts.bounds import OWN, Bounds, Order, bounds, by_difference, by_worth, settling
from detente.search.conflicts.draws import Plan, blocks, comparing, plan, stable_rows
from detente.search.conflicts.moves import graph
from detente.search.conflicts.values import GRADED, SANCTIONS, Sanctions
from detente.search.conflicts.verdicts import CONCEPTS

Verdict: TypeAlias = Literal["always", "depends", "never", "open"]
MOST_FLIPS = 100
MOST_SETTLED = (
    2**28
)  # states asked about x players x pairs of states, up to which single comparisons are looked through
_AT_ONCE = 64  # states whose comparisons are counted side by side
_SLACK = 1e-6  # of the largest worth: differences may have been added up in another order than the draws


@dataclass(frozen=True, slots=True)
class Flip:
    """One comparison: whether `player` likes `other` better than `state`, and the equilibrium share either way.

    `better_share` is how often it does; `share_if` and `share_if_not` are shares of equilibria among those draws and
    among the rest; `swing` is the variance of the verdict that the comparison explains, 0 to 1.
    """

    state: int
    player: str
    other: int
    better_share: float
    share_if: float
    share_if_not: float
    swing: float


@dataclass(frozen=True, slots=True)
class Deciding:
    """A comparison that alone settles a state: liked better, it is never an equilibrium; else always stable for him.

    `if_better` is whether the first is so, `if_not` whether the second.
    """

    concept: str
    state: int
    player: str
    other: int
    if_better: bool
    if_not: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Steady:
    """Verdicts over ranges, equations (1) and (2), and shares over draws.

    ===============  ======================  =========================================================
    verdict          concept: state          "always", "depends", "never" or "open", for equilibria
    always, never    concept, player, state  (1) and (2)
    share            concept, state          of draws in which it is an equilibrium
    stable_share     concept, player, state  of draws in which it is stable for the player
    ===============  ======================  =========================================================

    `flips` are for the last of the concepts, greatest swing and then nearest state first; `deciding` only where
    verdicts are not settled. Both are for the states in `about`; `parameters` say whether there were too many of them
    to look for the latter.
    """

    players: tuple[str, ...]
    concepts: tuple[str, ...]
    about: tuple[int, ...]
    draws: int
    verdict: tuple[tuple[Verdict, ...], ...]
    always: Bool[np.ndarray, "concept player state"]
    never: Bool[np.ndarray, "concept player state"]
    share: Float[np.ndarray, "concept state"]
    stable_share: Float[np.ndarray, "concept player state"]
    flips: tuple[Flip, ...]
    deciding: tuple[Deciding, ...]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def steady(
    conflict: Conflict,
    *,
    concepts: Sequence[str] = GRADED,
    sanctions: Sanctions = "any_legal",
    least: Real[np.ndarray, "player state"] | Real[np.ndarray, "player state state"] | None = None,
    most: Real[np.ndarray, "player state"] | Real[np.ndarray, "player state state"] | None = None,
    about: Sequence[int] | None = None,
) -> Steady:
    """Say of every state whether it is an equilibrium for all preferences in their ranges, some, or none.

    ===========  ====================  =========================================================
    least, most  player, state         ends of what a state is worth; left out: those of the draws
    least, most  player, state, state  ends of how much better the second state is than the first
    ===========  ====================  =========================================================

    `about` names the states, counted from 0, for which flips and deciding comparisons are looked for; all by default,
    none with ().

    Raises AnalysisError for a conflict without draws, unknown words or states, ranges that do not fit, or draws outside
    them.

    >>> from detente.boards.conflict import conflict
    >>> from detente.boards.states import Choice
    >>> from detente.boards.wishes import Utilities
    >>> sure = Utilities(np.array([[2.0, 1.0], [2.0, 1.5]]))
    >>> torn = Utilities(np.array([[2.0, 1.0], [1.0, 2.0]]))
    >>> board = conflict([Choice("a", "strike")], {"a": sure})
    >>> steady(board).verdict[0]
    ('always', 'never')
    >>> steady(conflict([Choice("a", "strike")], {"a": torn})).verdict[0]
    ('depends', 'depends')

    Two states that share an unknown input: their ranges overlap, and the difference is known.

    >>> shared = conflict([Choice("a", "strike")], {"a": Utilities(np.array([[4.0, 2.0], [1.0, -1.0]]))})
    >>> gap = np.array([[[0.0, -2.0], [2.0, 0.0]]])
    >>> steady(shared).verdict[0], steady(shared, least=gap, most=gap).verdict[0]
    (('depends', 'depends'), ('always', 'never'))
    """
    _check(conflict, concepts, sanctions)
    asked = _asked(conflict, about)
    order = _order(conflict, least, most)
    at = plan(conflict, graph(conflict), concepts=concepts)
    found = [bounds(at, order, concept=c, sanctions=sanctions) for c in concepts]
    counted = _counted(at, concepts, sanctions)
    verdict = tuple(tuple(_verdicts(b, c, counted, k)) for k, (c, b) in enumerate(zip(concepts, found, strict=True)))
    deciding, looked = _deciding(at, order, found, verdict, (concepts, sanctions, asked))
    ranges = "drawn" if least is None else "worths" if order.free else "differences"
    return Steady(
        players=conflict.players,
        concepts=tuple(concepts),
        about=asked,
        draws=counted.draws,
        verdict=verdict,
        always=np.stack([b.always for b in found]),
        never=np.stack([b.never for b in found]),
        share=counted.share,
        stable_share=counted.stable,
        flips=tuple(_flips(conflict, counted, asked)),
        deciding=tuple(deciding),
        method="bounds-and-draws",
        parameters={"sanctions": sanctions, "draws": counted.draws, "ranges": ranges, "deciding_looked_for": looked},
        certificate=_certificate(found, counted),
    )


def _check(board: Conflict, concepts: Sequence[str], sanctions: str) -> None:
    unknown = [c for c in concepts if c not in CONCEPTS]
    if unknown or not concepts:
        told = f"'{unknown[0]}' is no idea of stability here." if unknown else "No idea of stability is asked for."
        raise AnalysisError(f"{told} Choose from: {', '.join(CONCEPTS)}.")
    if sanctions not in SANCTIONS:
        raise AnalysisError(f"'{sanctions}' is no rule for answers. Choose one of: {', '.join(SANCTIONS)}.")
    if not board.is_drawn or board.unknown is not None:
        raise AnalysisError("'steady' looks over draws of all preferences, and there are none. Draw them first.")


def _asked(board: Conflict, about: Sequence[int] | None) -> tuple[int, ...]:
    asked = range(board.count) if about is None else sorted(set(about))
    beyond = [s for s in asked if not 0 <= s < board.count]
    if beyond:
        raise AnalysisError(f"'about' names state {beyond[0]}; states are counted from 0 to {board.count - 1} here.")
    return tuple(asked)


def _order(
    board: Conflict,
    least: Real[np.ndarray, "..."] | None,
    most: Real[np.ndarray, "..."] | None,
) -> Order:
    draws = board.preference.reshape(-1, *board.preference.shape[-2:])
    if least is None and most is None:
        return by_worth(draws.min(axis=0), draws.max(axis=0))
    players, count = draws.shape[1:]
    if least is None or most is None or least.shape != most.shape or (least > most).any():
        raise AnalysisError("Ranges need both ends, of one shape, the least no greater than the most. Give both.")
    if least.shape not in ((players, count), (players, count, count)):
        raise AnalysisError(
            f"The ranges have the shape {least.shape}. Give one number per player and state, {(players, count)}, or "
            f"per player, state and other state, {(players, count, count)}."
        )
    if least.ndim == 2:
        outside = bool((draws < least).any() or (draws > most).any())
    else:
        outside = any(_strays(draws[:, p], least[p], most[p]) for p in range(players))
    if outside:
        raise AnalysisError("Some draws lie outside the ranges given. Draw within them, or widen them.")
    return by_worth(least, most) if least.ndim == 2 else by_difference(least, most)


def _strays(
    worth: Real[np.ndarray, "draw state"], least: Real[np.ndarray, "state state"], most: Real[np.ndarray, "state state"]
) -> bool:
    """Look for draws outside the ranges among the comparisons with the first state: all pairs are too many."""
    gap = worth - worth[:, :1]
    slack = _SLACK * np.abs(worth).max()
    return bool((gap < least[0] - slack).any() or (gap > most[0] + slack).any())


@dataclass(frozen=True, slots=True)
class _Counted:
    """What was counted over the draws: equilibria, stable states, and which are equilibria by the last concept."""

    draws: int
    share: Float[np.ndarray, "concept state"]
    stable: Float[np.ndarray, "concept player state"]
    held: Bool[np.ndarray, "state draw"]


def _counted(at: Plan, concepts: Sequence[str], sanctions: Sanctions) -> _Counted:
    players, count = len(at.board.players), at.board.count
    draws = at.board.preference.size // (players * count)
    stable = np.zeros((len(concepts), players, count), dtype=np.int64)
    share = np.zeros((len(concepts), count), dtype=np.int64)
    last = np.empty((count, draws), dtype=bool)
    for drawn, value in blocks(at.board):
        for c, concept in enumerate(concepts):
            held = np.ones(value.shape[1:], dtype=bool)
            for p in range(players):
                rows = stable_rows(at, p, value[p], comparing(value), concept=concept, sanctions=sanctions)
                stable[c, p] += np.count_nonzero(rows, axis=-1)
                held &= rows
            share[c] += np.count_nonzero(held, axis=-1)
        last[:, drawn] = held
    return _Counted(draws, share / draws, stable / draws, last)


def _verdicts(at: Bounds, concept: str, counted: _Counted, row: int) -> Iterator[Verdict]:
    """Say what is proved of each state; what draws of one player show may stand beside what those of another do.

    That is so by concepts that look at the player's own preferences alone, as those of players are free of each other.
    """
    share, stable = counted.share[row], counted.stable[row]
    holds, breaks = share > 0, np.any(at.breaks | (stable < 1), axis=0)
    if concept in OWN:
        holds |= np.all(at.holds | (stable > 0), axis=0)
    always, never = np.all(at.always, axis=0), np.any(at.never, axis=0)
    for s in range(len(share)):
        if always[s] or never[s]:
            yield "always" if always[s] else "never"
        else:
            yield "depends" if holds[s] and breaks[s] else "open"


def _apart(levels: Int[np.ndarray, "choice state"], flip: Flip) -> int:
    """In how many choices do the two states of a comparison differ? The nearest says most to a reader."""
    return int(np.count_nonzero(levels[:, flip.state] != levels[:, flip.other]))


def _flips(board: Conflict, at: _Counted, asked: Sequence[int]) -> list[Flip]:
    """Rank comparisons by how much of the verdict's variance they explain: the square of the phi coefficient."""
    states = np.array([s for s in asked if 0 < at.share[-1, s] < 1], dtype=np.int64)
    found: list[Flip] = []
    levels = np.array([board.states.level(k) for k in range(len(board.states.choices))]).reshape(-1, board.count)
    for begin in range(0, len(states), _AT_ONCE):
        found += _swings(board, at, states[begin : begin + _AT_ONCE])
        found.sort(key=lambda f: (-round(f.swing, 12), _apart(levels, f), f.state, f.player, f.other))
        del found[MOST_FLIPS:]
    return found


def _swings(board: Conflict, at: _Counted, states: Int[np.ndarray, " asked"]) -> Iterator[Flip]:
    """Yield the comparisons with some states that explain most, ties with the last of them included."""
    better, both = _compared(board, at.held, states)
    held = np.broadcast_to(at.share[-1, states], better.shape)
    open_ = (better > 0) & (better < at.draws)
    rate = better[open_] / at.draws
    share_if = both[open_] / better[open_]
    share_not = (held[open_] * at.draws - both[open_]) / (at.draws - better[open_])
    swing = (share_if - share_not) ** 2 * rate * (1 - rate) / (held[open_] * (1 - held[open_]))
    told = np.round(swing, 12)
    least = np.partition(told, -MOST_FLIPS)[-MOST_FLIPS] if len(told) > MOST_FLIPS else 0.0
    where = np.argwhere(open_)
    for k in np.flatnonzero(told >= least).tolist():
        player, other, place = where[k].tolist()
        shares = float(rate[k]), float(share_if[k]), round(float(share_not[k]), 12)
        yield Flip(int(states[place]), board.players[player], other, *shares, float(swing[k]))


def _compared(
    board: Conflict, held: Bool[np.ndarray, "state draw"], states: Int[np.ndarray, " asked"]
) -> tuple[Int[np.ndarray, "player other asked"], Int[np.ndarray, "player other asked"]]:
    """Count the draws in which other states are better than each asked about, and those in which it holds as well."""
    better, both = np.zeros((2, len(board.players), board.count, len(states)), dtype=np.int32)
    for drawn, value in blocks(board):
        for k, s in enumerate(states.tolist()):
            for p in range(len(board.players)):
                above = value[p] > value[p, s]
                better[p, :, k] += np.count_nonzero(above, axis=-1)
                both[p, :, k] += np.count_nonzero(above[:, held[s, drawn]], axis=-1)
    return better, both


def _deciding(
    at: Plan,
    order: Order,
    found: Sequence[Bounds],
    verdict: Sequence[Sequence[Verdict]],
    asked: tuple[Sequence[str], Sanctions, Sequence[int]],
) -> tuple[list[Deciding], bool]:
    """Look through single comparisons that settle what is not settled; whether that was done, too."""
    concepts, sanctions, about = asked
    open_ = [[s for s in about if row[s] in ("depends", "open")] for row in verdict]
    own = max(int(np.bincount(a.source, minlength=1).max()) for a in at.arcs)  # by nash only own moves are compared
    tried = sum(
        len(states) * (own if c == "nash" else at.board.count) for c, states in zip(concepts, open_, strict=True)
    )
    if tried * len(at.board.players) * at.board.count > MOST_SETTLED:
        return [], False
    told: list[Deciding] = []
    for concept, known, states in zip(concepts, found, open_, strict=True):
        for p, s, other, better, worse in settling(at, order, known, states, concept=concept, sanctions=sanctions):
            told.append(Deciding(concept, s, at.board.players[p], other, better, worse))
    return told, True


def _certificate(found: Sequence[Bounds], counted: _Counted) -> Certificate:
    """Does no draw go against what is said of all preferences in the ranges?"""
    holds = all(bool((counted.stable[c][b.always] == 1).all()) for c, b in enumerate(found))
    holds &= all(bool((counted.stable[c][b.never] == 0).all()) for c, b in enumerate(found))
    return Certificate(claim="no-draw-goes-against-a-bound", checked=counted.draws, holds=holds)
