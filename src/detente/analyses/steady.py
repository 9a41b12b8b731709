r"""Which states hold whatever the preferences are within their ranges, and which comparison decides where they do not?

Preferences are known as ranges low <= u_i(x) <= high, and as draws from them.

    always    s is stable for i even with u_i(s) at its lowest, all else of i at its highest, and only those moves of
              others counted as gains that are gains for all values                                               (1)
    never     s is not stable for i even with u_i(s) at its highest, all else of i at its lowest, and every move of
              others counted as a gain that is one for some values                                                (2)
    depends   draws show both
    open      neither (1) nor (2), and all draws agree

A state is always an equilibrium when (1) holds for everybody, never when (2) holds for somebody. For nash, gmr and smr
(1) and (2) are exact: what is neither depends. For seq and sim they are safe: what they say is so, and they may say
less than is. Over the draws the share in which a state is an equilibrium is counted, and beside it the share among
those draws in which a player likes some other state better than it, and among the rest.

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
from detente.search.conflicts.bounds import Bounds, bounds, settling
from detente.search.conflicts.draws import blocks, comparing, plan, stable_rows
from detente.search.conflicts.moves import graph
from detente.search.conflicts.values import GRADED, SANCTIONS, Sanctions
from detente.search.conflicts.verdicts import CONCEPTS

Verdict: TypeAlias = Literal["always", "depends", "never", "open"]
MOST_FLIPS = 100
MOST_SETTLED = 64  # states up to which single comparisons are looked through


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

    `flips` are for the last of the concepts, greatest swing first; `deciding` only where verdicts are not settled.
    """

    players: tuple[str, ...]
    concepts: tuple[str, ...]
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
    low: Real[np.ndarray, "player state"] | None = None,
    high: Real[np.ndarray, "player state"] | None = None,
) -> Steady:
    """Say of every state whether it is an equilibrium for all preferences in their ranges, some, or none.

    Ranges are `low` to `high`, or those that the draws span.

    Raises AnalysisError for a conflict without draws, unknown words, draws outside the ranges, or more states and
    players than can be asked draw by draw.

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
    """
    _check(conflict, concepts, sanctions)
    ranges = _ranges(conflict, low, high)
    found = [bounds(conflict, ranges, concept=c, sanctions=sanctions) for c in concepts]
    counted = _counted(conflict, concepts, sanctions)
    verdict = tuple(tuple(_verdicts(b, counted.share[c])) for c, b in enumerate(found))
    return Steady(
        players=conflict.players,
        concepts=tuple(concepts),
        draws=counted.draws,
        verdict=verdict,
        always=np.stack([b.always for b in found]),
        never=np.stack([b.never for b in found]),
        share=counted.share,
        stable_share=counted.stable,
        flips=tuple(_flips(conflict, counted)),
        deciding=tuple(_deciding(conflict, ranges, concepts, sanctions, verdict)),
        method="bounds-and-draws",
        parameters={"sanctions": sanctions, "draws": counted.draws, "ranges": "given" if low is not None else "drawn"},
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


def _ranges(
    board: Conflict, low: Real[np.ndarray, "player state"] | None, high: Real[np.ndarray, "player state"] | None
) -> tuple[Real[np.ndarray, "player state"], Real[np.ndarray, "player state"]]:
    draws = board.preference.reshape(-1, *board.preference.shape[-2:])
    least, most = draws.min(axis=0), draws.max(axis=0)
    low, high = least if low is None else low, most if high is None else high
    if (least < low).any() or (most > high).any():
        raise AnalysisError("Some draws lie outside the ranges given. Draw within them, or widen them.")
    return low, high


@dataclass(frozen=True, slots=True)
class _Counted:
    """What was counted over the draws: equilibria, stable states, and comparisons with both."""

    draws: int
    share: Float[np.ndarray, "concept state"]
    stable: Float[np.ndarray, "concept player state"]
    better: Int[np.ndarray, "player other state"]
    both: Int[np.ndarray, "player other state"]


def _counted(board: Conflict, concepts: Sequence[str], sanctions: Sanctions) -> _Counted:
    at = plan(board, graph(board), concepts=concepts)
    players, count, draws = len(board.players), board.count, 0
    stable = np.zeros((len(concepts), players, count), dtype=np.int64)
    share = np.zeros((len(concepts), count), dtype=np.int64)
    better, both = np.zeros((2, players, count, count), dtype=np.int64)
    for _, value in blocks(board):
        draws += value.shape[-1]
        held = np.ones(value.shape[1:], dtype=bool)
        for c, concept in enumerate(concepts):
            held = np.ones(value.shape[1:], dtype=bool)
            for p in range(players):
                rows = stable_rows(at, p, value[p], comparing(value), concept=concept, sanctions=sanctions)
                stable[c, p] += np.count_nonzero(rows, axis=-1)
                held &= rows
            share[c] += np.count_nonzero(held, axis=-1)
        for p in range(players):
            for other in range(count):
                above = value[p, other] > value[p]
                better[p, other] += np.count_nonzero(above, axis=-1)
                both[p, other] += np.count_nonzero(above & held, axis=-1)
    return _Counted(draws, share / draws, stable / draws, better, both)


def _verdicts(at: Bounds, share: Float[np.ndarray, " state"]) -> Iterator[Verdict]:
    always, never = np.all(at.always, axis=0), np.any(at.never, axis=0)
    for s in range(len(share)):
        if always[s] or never[s]:
            yield "always" if always[s] else "never"
        else:
            yield "depends" if at.exact or 0 < share[s] < 1 else "open"


def _flips(board: Conflict, at: _Counted) -> list[Flip]:
    """Rank comparisons by how much of the verdict's variance they explain: the square of the phi coefficient."""
    found: list[Flip] = []
    for p, player in enumerate(board.players):
        for other, state in np.argwhere((at.better[p] > 0) & (at.better[p] < at.draws)).tolist():
            better, both = int(at.better[p, other, state]), int(at.both[p, other, state])
            held = float(at.share[-1, state])
            if other == state or held in (0.0, 1.0):
                continue
            rate, with_, without = better / at.draws, both / better, (held * at.draws - both) / (at.draws - better)
            swing = (with_ - without) ** 2 * rate * (1 - rate) / (held * (1 - held))
            found.append(Flip(state, player, other, rate, with_, round(without, 12), swing))
    found.sort(key=lambda f: (-round(f.swing, 12), f.state, f.player, f.other))
    return found[:MOST_FLIPS]


def _deciding(
    board: Conflict,
    ranges: tuple[Real[np.ndarray, "player state"], Real[np.ndarray, "player state"]],
    concepts: Sequence[str],
    sanctions: Sanctions,
    verdict: Sequence[Sequence[Verdict]],
) -> Iterator[Deciding]:
    """Look through single comparisons that settle what is not settled."""
    if board.count > MOST_SETTLED:
        return
    for c, concept in enumerate(concepts):
        unsettled = [s for s, v in enumerate(verdict[c]) if v in ("depends", "open")]
        for p, s, other, better, worse in settling(board, ranges, unsettled, concept=concept, sanctions=sanctions):
            yield Deciding(concept, s, board.players[p], other, better, worse)


def _certificate(found: Sequence[Bounds], counted: _Counted) -> Certificate:
    """Does no draw go against what is said of all preferences in the ranges?"""
    holds = all(bool((counted.stable[c][b.always] == 1).all()) for c, b in enumerate(found))
    holds &= all(bool((counted.stable[c][b.never] == 0).all()) for c, b in enumerate(found))
    return Certificate(claim="no-draw-goes-against-a-bound", checked=counted.draws, holds=holds)
