"""What does a model of a body that decides say: where the decision may lie, and who moved whom on the way?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One step of one party on one issue: in which round, from where to where, by whom, and with what force.

    `by` is who moved it, None where nobody in particular did. `won` and `lost` are what the move was worth to the one
    that pressed and to the one that moved, in the unit of the model's utilities; None where the model has no such.
    """

    round: int
    issue: str
    party: str
    by: str | None
    kind: str
    start: float
    end: float
    won: float | None = None
    lost: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Where a body's decision may lie on every issue: the one shape that every model of a body answers in.

    =======  ========================  =====================================================================
    levels   *draw issue level         in the issue's unit, ascending; equal levels may stand twice
    weight   *draw issue level         the model's share of each level, 0 to 1, adding up to 1 over levels
    point    *draw issue               the one value the model would name, in the issue's unit
    path     *draw round party issue   where everybody stands before the first and after each round
    =======  ========================  =====================================================================

    A model without rounds has a `path` of one round, the positions as given. `shifts` tells the rounds of a single
    case, and is empty over draws.
    """

    levels: Float[np.ndarray, "*draw issue level"]
    weight: Float[np.ndarray, "*draw issue level"]
    point: Float[np.ndarray, "*draw issue"]
    path: Float[np.ndarray, "*draw round party issue"]
    shifts: tuple[Shift, ...] = ()

    @property
    def mean(self) -> Float[np.ndarray, "*draw issue"]:
        """The mean of the distribution, in the issue's unit."""
        return np.asarray((self.levels * self.weight).sum(axis=-1))

    def quantile(self, share: float) -> Float[np.ndarray, "*draw issue"]:
        """Return the lowest level at or below which at least `share` of the weight lies."""
        reached = np.cumsum(self.weight, axis=-1) >= share - 1e-12
        first = np.where(reached.any(axis=-1), reached.argmax(axis=-1), self.levels.shape[-1] - 1)
        return np.asarray(np.take_along_axis(self.levels, first[..., None], axis=-1)[..., 0])
