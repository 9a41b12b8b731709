"""How patient are two sides that take turns with offers, and what does each have without a deal?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from detente.boards.holdout import Given
from detente.errors import BoardError


@dataclass(frozen=True, slots=True)
class Patience:
    """Two sides that divide a whole that counts 1 by turns; the first one makes the first offer.

    ========  ============  ===========================================================================
    discount  *draw party   what a share is worth one round later, in parts of what it is worth now
    least     *draw party   the least share that who ratifies for it accepts, or that it has elsewhere
    ========  ============  ===========================================================================
    """

    table: str
    parties: tuple[str, str]
    discount: Float[np.ndarray, "*draw party"]
    least: Float[np.ndarray, "*draw party"]


def patience(parties: tuple[str, str], *, discount: Given, least: Given = (0.0, 0.0), table: str = "talks") -> Patience:
    """Set out two sides that take turns, from a pair of numbers each, or a draw of pairs.

    Raises BoardError for a discount that is not between 0 and 1, or a least share outside 0 to 1.

    >>> patience(("a", "b"), discount=(0.9, 0.8)).discount.tolist()
    [0.9, 0.8]
    """
    arrays = [np.asarray(v, dtype=float) for v in (discount, least)]
    if any(a.ndim == 0 or a.shape[-1] != 2 for a in arrays) or not all(np.isfinite(a).all() for a in arrays):
        raise BoardError(f"Something of '{parties[0]}' or '{parties[1]}' is missing. Give each a number.")
    factor, share = (np.array(a) for a in np.broadcast_arrays(*arrays))
    if (factor < 0).any() or (factor >= 1).any():
        raise BoardError(
            f"What '{parties[0]}' or '{parties[1]}' gets is worth as much later as now, or less than nothing. "
            "Give discounts from 0 to below 1: at 1 nobody minds waiting, and nothing follows."
        )
    if (share < 0).any() or (share > 1).any():
        raise BoardError(f"The least share of '{parties[0]}' or '{parties[1]}' is not between 0 and 1. Give another.")
    return Patience(table, parties, factor, share)
