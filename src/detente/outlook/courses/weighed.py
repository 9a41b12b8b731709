r"""What does a party of the table bargain for, once its allies and lobbies are weighed in?

    g_p(k) = u_p(k) - d_p + sum_a theta_ap (u_a(k) - d_a)                                                          (1)

with u what a package is worth beside the status quo, d what a party has without a deal, and theta how much the wish of
ally or lobby a weighs with p. The influence of members is spent where a body's mandate is made and is not used again.

Source: truthful lobbying as a weighted sum, Bernheim and Whinston (1986), Quarterly Journal of Economics 101(1).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Float, Int

from detente.boards import Cross, Deals, with_modes
from detente.boards.drawn import Draws
from detente.outlook.agendas import Plan
from detente.outlook.courses.question import Leaning

Weights = tuple[tuple[int, int, Float[np.ndarray, " draw"]], ...]  # party, watcher, theta


def weights(leaning: Sequence[Leaning], draws: Draws, *, parties: int) -> Weights:
    """Return who leans on whom in each draw, and how much that weighs."""
    return tuple((one.party, one.voice - parties, np.asarray(draws[one.path])) for one in leaning)


def weighed(board: Deals, theta: Weights) -> Deals:
    """Return the board on which every party's scores and no-deal value are those of its mandate, equation (1).

    ========  ====================  =============================================
    board     *draw party           of a table, with whoever leans on its parties
    theta     party, watcher, draw  by their places, and the weight
    ========  ====================  =============================================
    """
    seen = board.watchers
    if seen is None or not theta:
        return board
    own = {(c.first, c.second): c for c in board.interactions}
    theirs = {(c.first, c.second): c for c in seen.interactions}
    crosses = []
    for pair in sorted({*own, *theirs}):
        like = own[pair] if pair in own else theirs[pair]
        shape = (*board.no_deal.shape, *like.score.shape[-2:])
        mine = own[pair].score if pair in own else np.zeros(shape, dtype=np.int64)
        crosses.append(Cross(*pair, score=_added(mine, theirs[pair].score if pair in theirs else None, theta)))
    return replace(
        board,
        score=tuple(_added(mine, their, theta) for mine, their in zip(board.score, seen.score, strict=True)),
        no_deal=weighed_floor(np.concatenate([board.no_deal, seen.no_deal], axis=1), theta, parties=len(board.parties)),
        interactions=tuple(crosses),
    )


def weighed_floor(
    no_deal: Int[np.ndarray, "draw voice"], theta: Weights, *, parties: int
) -> Int[np.ndarray, "draw party"]:
    """Return what mandates have without a deal, from what everybody with a stake has."""
    return _added(no_deal[:, :parties], no_deal[:, parties:], theta)


def with_floor(board: Deals, no_deal: Int[np.ndarray, "draw voice"]) -> Deals:
    """Put in place what everybody with a stake has without a deal, in basis points."""
    parties = len(board.parties)
    seen = None if board.watchers is None else replace(board.watchers, no_deal=no_deal[:, parties:])
    return replace(board, no_deal=no_deal[:, :parties], watchers=seen, no_deal_kind="computed")


def own_gains(
    board: Deals, plan: Plan, rows: Int[np.ndarray, " row"], package: Int[np.ndarray, "row issue"]
) -> Int[np.ndarray, "row voice"]:
    """Return what packages gain everybody with a stake beyond no deal, own scores alone, in some of the draws.

    Parties pay what the agenda costs to list.
    """
    asked, seen = with_modes(board, plan.modes), board.watchers
    found = _worth(board.score, board.interactions, rows, package) - asked.floor()[rows]
    if seen is None:
        return np.asarray(found)
    theirs = _worth(seen.score, seen.interactions, rows, package) - seen.no_deal[rows]
    return np.concatenate([found, theirs], axis=1)


def _worth(
    score: tuple[Int[np.ndarray, "draw whose _option"], ...],
    crosses: tuple[Cross, ...],
    rows: Int[np.ndarray, " row"],
    package: Int[np.ndarray, "row issue"],
) -> Int[np.ndarray, "row whose"]:
    """Add up what packages are worth, each in a draw of its own."""
    at, who = rows[:, None], np.arange(score[0].shape[1])
    total = np.zeros((rows.size, who.size), dtype=np.int64)
    for one, level in zip(score, package.T, strict=True):
        total += one[at, who, level[:, None]]
    for cross in crosses:
        total += cross.score[at, who, package[:, cross.first, None], package[:, cross.second, None]]
    return total


def _added(
    mine: Int[np.ndarray, "draw party *rest"], theirs: Int[np.ndarray, "draw watcher *rest"] | None, theta: Weights
) -> Int[np.ndarray, "draw party *rest"]:
    if theirs is None:
        return mine
    total = mine.astype(np.float64)
    for party, watcher, weight in theta:
        total[:, party] += weight.reshape(-1, *(1,) * (mine.ndim - 2)) * theirs[:, watcher]
    return np.asarray(np.rint(total), dtype=np.int64)
