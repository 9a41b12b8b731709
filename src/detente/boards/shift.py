"""How does power shift between now and later, and what would a war cost each side?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from detente.boards.lottery import Given
from detente.errors import BoardError


@dataclass(frozen=True, slots=True)
class Shift:
    """A side that may be growing weaker against another, over a flow of 1 per round.

    ==============  ======  =====================================================================
    now, later      *draw   the probability that the first party wins a war fought now, or later
    discount        *draw   what something is worth one round later, in parts of what it is now
    cost            *draw   what war costs the first party, in rounds of the whole flow
    other_cost      *draw   what it costs the second
    ==============  ======  =====================================================================
    """

    table: str
    parties: tuple[str, str]
    now: Float[np.ndarray, "*draw"]
    later: Float[np.ndarray, "*draw"]
    discount: Float[np.ndarray, "*draw"]
    cost: Float[np.ndarray, "*draw"]
    other_cost: Float[np.ndarray, "*draw"]


def shift(
    parties: tuple[str, str],
    *,
    win: tuple[Given, Given],
    discount: Given,
    costs: tuple[Given, Given],
    table: str = "crisis",
) -> Shift:
    """Set out a shift of power; `win` is the first party's probability of winning now and later.

    Raises BoardError for a probability outside 0 to 1, a discount that is not below 1, or a cost below 0.

    >>> shift(("a", "b"), win=(0.7, 0.3), discount=0.9, costs=(0.5, 0.5)).later.tolist()
    0.3
    """
    values = [np.asarray(v, dtype=float) for v in (*win, discount, *costs)]
    now, later, factor, cost, other = (np.array(v) for v in np.broadcast_arrays(*values))
    both = np.stack([now, later])
    if not np.isfinite(np.stack([now, later, factor, cost, other])).all() or (both < 0).any() or (both > 1).any():
        raise BoardError(f"The probability that '{parties[0]}' wins is not between 0 and 1. Give another.")
    if (factor < 0).any() or (factor >= 1).any():
        raise BoardError("What comes a round later counts as much as now. Give a discount from 0 to below 1.")
    if (cost < 0).any() or (other < 0).any():
        raise BoardError(f"War costs '{parties[0]}' or '{parties[1]}' less than 0. Give costs of 0 or more.")
    return Shift(table, parties, now, later, factor, cost, other)
