"""What would a war bring, and what would it cost whom, as far as the other side can tell?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from jaxtyping import Float

from detente.errors import BoardError

Given: TypeAlias = float | Sequence[float] | np.ndarray


@dataclass(frozen=True, slots=True)
class Lottery:
    """War as a lottery over what is divided, the whole counting 1.

    ===========================  ======  =======================================================
    win                          *draw   the probability that the first party wins, 0 to 1
    cost                         *draw   what war costs the first party, in parts of the whole
    other_least, other_most      *draw   between which the second party's costs lie, any as likely
    ===========================  ======  =======================================================
    """

    table: str
    parties: tuple[str, str]
    win: Float[np.ndarray, "*draw"]
    cost: Float[np.ndarray, "*draw"]
    other_least: Float[np.ndarray, "*draw"]
    other_most: Float[np.ndarray, "*draw"]

    def refused(self, demand: Float[np.ndarray, "*draw"]) -> Float[np.ndarray, "*draw"]:
        """How likely is it that the second party's costs are below what the demand takes from it beyond a war?"""
        over = demand - self.win
        wide = self.other_most - self.other_least
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            share = np.clip((over - self.other_least) / wide, 0.0, 1.0)
        # A rounding error is no reason to fight: the demand that is just met is met.
        known = np.where(over > self.other_least + 1e-12, 1.0, 0.0)
        return np.asarray(np.where(wide > 0, share, known))


def lottery(
    first: str,
    second: str,
    *,
    win: Given,
    cost: Given,
    other_cost: Given | tuple[Given, Given],
    table: str = "crisis",
) -> Lottery:
    """Set out a war as a lottery; `other_cost` is what it costs the second party, or a pair between which it lies.

    Raises BoardError for a probability outside 0 to 1, a cost below 0, ends in the wrong order, or one party twice.

    >>> lottery("a", "b", win=0.6, cost=0.1, other_cost=0.15).other_most.tolist()
    0.15
    """
    if first == second:
        raise BoardError(f"'{first}' cannot fight itself. Name two parties.")
    pair = other_cost if isinstance(other_cost, tuple) else (other_cost, other_cost)
    values = [np.asarray(v, dtype=float) for v in (win, cost, *pair)]
    p, c, least, most = (np.array(v) for v in np.broadcast_arrays(*values))
    if not all(np.isfinite(v).all() for v in (p, c, least, most)) or (p < 0).any() or (p > 1).any():
        raise BoardError(f"The probability that '{first}' wins is not between 0 and 1, or no number. Give one that is.")
    if (c < 0).any() or (least < 0).any() or (least > most).any():
        raise BoardError(
            f"War costs '{first}' or '{second}' less than 0, or the range of costs is upside down. "
            "Give costs of 0 or more, the smaller end first."
        )
    return Lottery(table, (first, second), p, c, least, most)
