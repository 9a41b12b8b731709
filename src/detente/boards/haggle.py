"""Between which bounds lie what a concession is worth to who asks for it, and what it costs who grants it?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from detente.boards.lottery import Given
from detente.errors import BoardError


@dataclass(frozen=True, slots=True)
class Haggle:
    """One asks and one grants; each knows its own number alone, and any between the bounds is as likely.

    =====================  ======  ==================================================
    worth_low, worth_high  *draw   what it is worth to the first party, in any unit
    cost_low, cost_high    *draw   what it costs the second, in the same unit
    =====================  ======  ==================================================
    """

    table: str
    parties: tuple[str, str]
    worth_low: Float[np.ndarray, "*draw"]
    worth_high: Float[np.ndarray, "*draw"]
    cost_low: Float[np.ndarray, "*draw"]
    cost_high: Float[np.ndarray, "*draw"]


def haggle(
    parties: tuple[str, str], *, worth: tuple[Given, Given], cost: tuple[Given, Given], table: str = "talks"
) -> Haggle:
    """Set out who asks and who grants, with the bounds of what each alone knows.

    Raises BoardError for bounds that are no finite numbers, or not the lower one first.

    >>> haggle(("a", "b"), worth=(0, 1), cost=(0, 1)).cost_high.tolist()
    1.0
    """
    arrays = [np.asarray(v, dtype=float) for v in (*worth, *cost)]
    if not all(np.isfinite(a).all() for a in arrays):
        raise BoardError(f"A bound of '{parties[0]}' or '{parties[1]}' is no finite number. Give one.")
    low, high, least, most = (np.array(a) for a in np.broadcast_arrays(*arrays))
    if not ((low < high).all() and (least < most).all()):
        raise BoardError(
            f"The bounds of '{parties[0]}' or '{parties[1]}' leave nothing unknown, or stand in the wrong order. Give "
            "the lower one first, and another upper one."
        )
    return Haggle(table, parties, low, high, least, most)
