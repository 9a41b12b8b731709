"""Which pairs of parties can trade a move on one issue for a move on another, and at what rate?

A possible trade is a row: the `first` party gives on issue p and wants on issue q, the `second` the other way round.
A slot is a party on an issue, numbered party by party. Positions and outcomes are in percent of each issue's scale.

For p and q, saliences s and shares f of the weight, a step dO on the outcome of p is matched by `rate` x dO on q:

    rate = (s_1p + s_2p) / (s_1q + s_2q)              what makes the gains of both equal                         (1)
    gain = dO (rate s_1q - s_1p) = dO (s_2p - rate s_2q) = dO `worth`                                            (2)
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

ALIKE = 1e-9  # relative: a position at the outcome is on neither side of it, and gains that close are equal


@dataclass(frozen=True, slots=True)
class Weights:
    """Who weighs and cares how much: everything that stays as it is over the rounds, for some draws.

    ========  ==========  ==============================================================
    salience  draw slot   0 to 1; 0 where there is no stance
    share     draw slot   of the weight on the issue, 0 to 1; 0 where there is no stance
    stated    slot        whether the party has a stance there
    ========  ==========  ==============================================================
    """

    parties: int
    issues: int
    salience: Float[np.ndarray, "draw slot"]
    share: Float[np.ndarray, "draw slot"]
    stated: Bool[np.ndarray, " slot"]

    def outcome(self, at: Float[np.ndarray, "draw slot"]) -> Float[np.ndarray, "draw issue"]:
        """Return the weighted mean position on every issue."""
        return np.asarray((self.share * at).reshape(len(at), self.parties, self.issues).sum(axis=1))


@dataclass(frozen=True, slots=True)
class Rows:
    """The trades that are possible in one round, row by row; rows that a draw does not need are worth nothing.

    =============  ==========  ================================================================================
    first, second  draw row    the slot in which each gives
    first_wants    draw row    the slot of the first party on the issue on which the second gives
    second_wants   draw row    and the other way round
    rate, worth    draw row    equations (1) and (2)
    first_share    draw row    what the outcome of p moves, for one step of the first party
    second_share   draw row    what the outcome of p may move, for one step of the second party on q
    first_goal     draw row    where the second party stands on p as the round begins
    second_goal    draw row    where the first party stands on q
    first_up       draw row    +1 where the first party moves up, -1 where it moves down; `second_up` alike
    first_at       draw row    where `first` lies in an array "draw slot" read through; `second_at` alike
    first_on       draw row    where its issue lies in an array "draw issue" read through; `second_on` alike
    =============  ==========  ================================================================================
    """

    first: Int[np.ndarray, "draw row"]
    second: Int[np.ndarray, "draw row"]
    first_wants: Int[np.ndarray, "draw row"]
    second_wants: Int[np.ndarray, "draw row"]
    rate: Float[np.ndarray, "draw row"]
    worth: Float[np.ndarray, "draw row"]
    first_share: Float[np.ndarray, "draw row"]
    second_share: Float[np.ndarray, "draw row"]
    first_goal: Float[np.ndarray, "draw row"]
    second_goal: Float[np.ndarray, "draw row"]
    first_up: Float[np.ndarray, "draw row"]
    second_up: Float[np.ndarray, "draw row"]
    first_at: Int[np.ndarray, "draw row"]
    second_at: Int[np.ndarray, "draw row"]
    first_on: Int[np.ndarray, "draw row"]
    second_on: Int[np.ndarray, "draw row"]


def pairs(parties: int, issues: int, stated: Bool[np.ndarray, " slot"]) -> Int[np.ndarray, "4 listed"]:
    """List two issues and two parties that have a stance on both, in either role: the four slots of each row.

    >>> pairs(2, 2, np.ones(4, dtype=bool)).T.tolist()
    [[0, 3, 1, 2], [2, 1, 3, 0]]
    """
    p, q = (issue[:, None] for issue in np.triu_indices(issues, 1))
    i, j = (party * issues for party in np.nonzero(~np.eye(parties, dtype=bool)))
    slots = np.stack([(i + p).ravel(), (j + q).ravel(), (i + q).ravel(), (j + p).ravel()])
    return np.asarray(slots[:, stated[slots].all(axis=0)])


def rows(weights: Weights, listed: Int[np.ndarray, "4 listed"], at: Float[np.ndarray, "draw slot"]) -> Rows:
    """Return the trades between parties on opposite sides of both outcomes that care differently in proportion."""
    draw = np.arange(len(at))[:, None]
    slots, is_open = _packed(listed, _possible(weights, listed, at))
    first, second, first_wants, second_wants = slots
    share, salience = weights.share, weights.salience
    care_first, care_first_wants = salience[draw, first], salience[draw, first_wants]
    care_second, care_second_wants = salience[draw, second], salience[draw, second_wants]
    rate = np.where(is_open, (care_first + care_second_wants) / np.where(is_open, care_second + care_first_wants, 1), 1)
    first_goal, second_goal = at[draw, second_wants], at[draw, first_wants]
    return Rows(
        first=first,
        second=second,
        first_wants=first_wants,
        second_wants=second_wants,
        rate=rate,
        worth=np.where(is_open, rate * care_first_wants - care_first, 0.0),
        first_share=np.where(is_open, share[draw, first], 1.0),
        second_share=np.where(is_open, share[draw, second] / rate, 1.0),
        first_goal=first_goal,
        second_goal=second_goal,
        first_up=np.sign(first_goal - at[draw, first]),
        second_up=np.sign(second_goal - at[draw, second]),
        first_at=draw * at.shape[1] + first,
        second_at=draw * at.shape[1] + second,
        first_on=draw * weights.issues + first % weights.issues,
        second_on=draw * weights.issues + second % weights.issues,
    )


def _possible(
    weights: Weights, listed: Int[np.ndarray, "4 listed"], at: Float[np.ndarray, "draw slot"]
) -> Bool[np.ndarray, "draw listed"]:
    """Say which rows are trades: both carry weight where they give, and each cares more for what it wants."""
    away = at - np.tile(weights.outcome(at), weights.parties)
    side = np.where(np.abs(away) > 100 * ALIKE, np.sign(away), 0.0)
    first, second, first_wants, second_wants = listed
    opposite = (side[:, first] * side[:, second_wants] < 0) & (side[:, second] * side[:, first_wants] < 0)
    given = weights.salience[:, first] * weights.salience[:, second]
    wanted = weights.salience[:, first_wants] * weights.salience[:, second_wants]
    return np.asarray(
        opposite & (given < wanted * (1 - ALIKE)) & (weights.share[:, first] * weights.share[:, second] > 0)
    )


def _packed(
    listed: Int[np.ndarray, "4 listed"], possible: Bool[np.ndarray, "draw listed"]
) -> tuple[Int[np.ndarray, "4 draw row"], Bool[np.ndarray, "draw row"]]:
    """Push the rows that each draw needs to the front, in their order, and cut off what no draw needs."""
    most = int(possible.sum(axis=1).max(initial=0))
    if len(possible) == 1:
        kept = np.flatnonzero(possible[0])[None]
    else:
        kept = np.argsort(~possible, axis=1, kind="stable")[:, :most]
    return listed[:, kept], np.take_along_axis(possible, kept, axis=1)
