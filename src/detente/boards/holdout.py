"""Who demands what, how impatient is each side, and how likely is it never to give in?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from jaxtyping import Float

from detente.errors import BoardError

Given: TypeAlias = Sequence[float] | Sequence[Sequence[float]] | np.ndarray


@dataclass(frozen=True, slots=True)
class Holdout:
    """Two sides that hold out against each other over a whole that counts 1.

    ==========  ============  ==================================================
    demand      *draw party   the share it demands; together more than the whole
    impatience  *draw party   its discount rate per unit of time, above 0
    stubborn    *draw party   the probability that it never gives in, above 0 and below 1
    ==========  ============  ==================================================
    """

    table: str
    parties: tuple[str, str]
    demand: Float[np.ndarray, "*draw party"]
    impatience: Float[np.ndarray, "*draw party"]
    stubborn: Float[np.ndarray, "*draw party"]


def holdout(
    parties: tuple[str, str], *, demand: Given, impatience: Given, stubborn: Given, table: str = "crisis"
) -> Holdout:
    """Set out two sides that hold out, from a pair of numbers each, or a draw of pairs.

    Raises BoardError for demands that fit into the whole together or take all of it, a rate that is not above 0, or a
    probability that is not between 0 and 1.

    >>> holdout(("a", "b"), demand=(0.6, 0.6), impatience=(0.1, 0.1), stubborn=(0.05, 0.05)).demand.tolist()
    [0.6, 0.6]
    """
    arrays = [np.asarray(v, dtype=float) for v in (demand, impatience, stubborn)]
    if any(a.ndim == 0 or a.shape[-1] != 2 for a in arrays) or not all(np.isfinite(a).all() for a in arrays):
        raise BoardError(f"Something of '{parties[0]}' or '{parties[1]}' is missing. Give each a number.")
    shares, rates, never = (np.array(a) for a in np.broadcast_arrays(*arrays))
    if (shares >= 1).any() or (shares.sum(axis=-1) <= 1).any():
        raise BoardError(
            f"The demands of '{parties[0]}' and '{parties[1]}' fit into the whole together, or one takes all of it. "
            "Give shares below 1 that add up to more than 1: otherwise there is nothing to hold out for."
        )
    if (rates <= 0).any():
        raise BoardError(
            f"'{parties[0]}' or '{parties[1]}' does not mind waiting, so that nobody ever gives in. "
            "Give discount rates above 0."
        )
    if (never <= 0).any() or (never >= 1).any():
        raise BoardError(
            f"That '{parties[0]}' or '{parties[1]}' never gives in has a probability of 0 or 1, or none at all. "
            "Give one between them: at 0 there is no contest, at 1 no decision."
        )
    return Holdout(table, parties, shares, rates, never)
