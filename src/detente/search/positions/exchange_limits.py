"""How far can a trade go before an outcome passes a party, and before a party has offered more than it has?

Two definitions are in doubt, and both are switches. `crossing`: a trade must not carry the outcome past the party that
wants it moved; "outcome" takes the outcome as all trades of the round have left it, "partner" as the party knows it
that has seen only what was given to itself, and "none" does not ask. `offers`: "counted" adds up what a party offered
upwards in a possible trade, each time the trade was reckoned anew, and drops the trade where that exceeds the width of
the scale; "free" does not. "partner" with "counted" is what the program of Stokman and Van Oosten does.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.search.positions.exchange_rows import ALIKE, Rows, Weights

Crossing: TypeAlias = Literal["outcome", "partner", "none"]
Offers: TypeAlias = Literal["free", "counted"]
AT = 1e-12  # of a percent: an outcome this near to a place is at it


@dataclass(slots=True)
class Seen:
    """What each party has been given by each other, in the outcome of each issue: draw, slot that wants, giver."""

    given: Float[np.ndarray, "draw slot party"]

    def show(
        self,
        draws: Int[np.ndarray, " made"],
        gave: Int[np.ndarray, " made"],
        wanted: Int[np.ndarray, " made"],
        moved: Float[np.ndarray, " made"],
    ) -> None:
        """Note what the outcome has moved by all that a party gave on an issue, for the one it gave it to."""
        giver = gave // (self.given.shape[1] // self.given.shape[2])
        self.given[draws, wanted, giver] = moved

    def outcome(
        self,
        start: Float[np.ndarray, "draw issue"],
        own: Float[np.ndarray, "draw slot"],
        wants: Int[np.ndarray, "draw row"],
        gives: Int[np.ndarray, "draw row"],
    ) -> Float[np.ndarray, "draw row"]:
        """Return the outcome as the party knows it that wants it moved; `own` is what each slot has moved it by."""
        draw, issues = np.arange(len(start))[:, None], start.shape[1]
        others = self.given.sum(axis=2)[draw, wants] - self.given[draw, wants, gives // issues]
        return np.asarray(start[draw, gives % issues] + others + own[draw, gives])


@dataclass(slots=True)
class Tally:
    """What both parties of every row have offered so far, upwards less downwards, and what they offered last."""

    offered: Float[np.ndarray, "2 draw row"]
    last: Float[np.ndarray, "2 draw row"]
    kept: Bool[np.ndarray, "2 draw row"]

    def exceeded(self, offers: Float[np.ndarray, "2 draw row"]) -> Bool[np.ndarray, "draw row"]:
        """Say in which rows these offers come to more than a scale; one that was not acted on is taken back first."""
        self.offered -= np.where(self.kept, 0.0, self.last)
        return np.asarray((self.offered + offers > 100 * (1 + ALIKE)).any(axis=0))

    def add(self, offers: Float[np.ndarray, "2 draw row"]) -> None:
        """Put the offers as they were limited on the tally."""
        self.last = offers
        self.offered += offers


def rooms(
    weights: Weights,
    laid: Rows,
    start: Float[np.ndarray, "draw slot"],
    at: Float[np.ndarray, "draw slot"],
    seen: Seen | None,
) -> tuple[Float[np.ndarray, "draw row"], Float[np.ndarray, "draw row"]]:
    """Return how far both outcomes may move before they pass whom they are moved for.

    >>> from detente.search.positions.exchange_rows import pairs, rows
    >>> half = np.full((1, 4), 0.5)
    >>> weights = Weights(2, 2, np.array([[0.2, 0.8, 0.8, 0.2]]), half, np.ones(4, dtype=bool))
    >>> at = np.array([[0.0, 0.0, 100.0, 100.0]])
    >>> first, second = rooms(weights, rows(weights, pairs(2, 2, weights.stated), at), at, at, None)
    >>> first.tolist(), second.tolist()
    ([[50.0]], [[50.0]])
    """
    if seen is None:
        outcome = weights.outcome(at)
        first, second = outcome.take(laid.first_on), outcome.take(laid.second_on)
        return (laid.first_goal - first) * laid.first_up, (laid.second_goal - second) * laid.second_up
    begun, own = weights.outcome(start), weights.share * (at - start)
    first = (laid.first_goal - seen.outcome(begun, own, laid.second_wants, laid.first)) * laid.first_up
    second = (laid.second_goal - seen.outcome(begun, own, laid.first_wants, laid.second)) * laid.second_up
    # An outcome that is past the place already is not held by it.
    return np.where(first > AT, first, np.inf), np.where(second > AT, second, np.inf)
