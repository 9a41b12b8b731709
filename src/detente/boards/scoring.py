r"""What is one level of one issue worth to one party, and would it accept it at all?

    score(o) = 10 000 * s/100 * (|q - x| - |o - x|) / w     basis points, rounded once                        (1)

with position x, salience s, level o, status quo q and w the width of the scale. The status quo scores 0, and one
full-scale move towards a party on an issue of salience 100 is worth 10 000. Not normalised over issues: each number
depends on one party's inputs on one issue, so that the extremes of a score over ranges are exact.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.situation.nouns import RedLine, Stance

BASIS_POINTS = 100  # one unit of salience, listing cost, no-deal value or explicit score


def distance_score(
    at: Float[np.ndarray, "..."],
    salience: Float[np.ndarray, "..."],
    *,
    status_quo: Float[np.ndarray, "..."],
    level: Float[np.ndarray, "..."],
    width: float,
) -> Int[np.ndarray, "..."]:
    """What is a level worth beside the status quo? Equation (1); all arguments broadcast.

    >>> level, salience = np.array([0.0, 25.0]), np.array(50.0)
    >>> distance_score(np.array(100.0), salience, status_quo=np.array(0.0), level=level, width=100.0)
    array([   0, 1250])
    """
    # |q - x| - |o - x| as a clamp: floating point then keeps it monotone in x, s and o to the last bit, and in q on
    # either side of x. The extremes over ranges are exact because of that, not merely close.
    towards = 2 * np.clip(at, np.minimum(status_quo, level), np.maximum(status_quo, level))
    gained = np.where(level >= status_quo, towards - status_quo - level, status_quo + level - towards)
    return rounded(np.asarray(salience * gained / width))


def rounded(value: Float[np.ndarray, "..."]) -> Int[np.ndarray, "..."]:
    """Round a value in points to whole basis points.

    >>> rounded(np.array([1.234, -0.5]))
    array([123, -50])
    """
    # Two roundings, both monotone: the first takes away the noise of the last bits, so that a tie stays a tie when a
    # scale is multiplied.
    return np.asarray(np.rint(np.round(value * BASIS_POINTS, 6)), dtype=np.int64)


def accepts(line: RedLine, at: Float[np.ndarray, "..."], level: Float[np.ndarray, "..."]) -> Bool[np.ndarray, "..."]:
    """Does a red line that stands at `at` leave a level acceptable?"""
    return np.asarray(level <= at if line.accepts == "at_most" else level >= at)


@dataclass(frozen=True, slots=True)
class Condition:
    """What a party asks when it makes an issue a precondition, and what that rests on."""

    accepts: Literal["at_most", "at_least", "anything"]
    at: float
    basis: Literal["red_line", "range", "unknown"]

    def met(self, level: Float[np.ndarray, "..."]) -> Bool[np.ndarray, "..."]:
        """Return which levels meet it."""
        if self.accepts == "anything":
            return np.ones(np.shape(level), dtype=bool)
        return np.asarray(level <= self.at if self.accepts == "at_most" else level >= self.at)


def condition(stance: Stance | None, *, status_quo: float) -> Condition:
    """What would this party ask as a precondition? Its red line; without one, the edge of its range nearest today.

    A range that has the status quo inside it asks for its near edge in the direction of the best guess.
    """
    if stance is None:
        return Condition(accepts="anything", at=status_quo, basis="unknown")
    if stance.red_line is not None:
        return Condition(accepts=stance.red_line.accepts, at=stance.red_line.at.best, basis="red_line")
    wanted = stance.position
    if wanted.best > status_quo:
        return Condition(accepts="at_least", at=wanted.low, basis="range")
    if wanted.best < status_quo:
        return Condition(accepts="at_most", at=wanted.high, basis="range")
    return Condition(accepts="anything", at=status_quo, basis="range")
