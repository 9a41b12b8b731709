"""How strongly do two sides answer each other's arming, how tired of it are they, and what do they hold against it?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from detente.boards.holdout import Given
from detente.errors import BoardError


@dataclass(frozen=True, slots=True)
class Armament:
    """Two sides that arm, or grow tense, in answer to each other.

    =========  ============  ===========================================================================
    reaction   *draw party   how fast it adds for each unit of the other, per unit of time, 0 or more
    fatigue    *draw party   how fast it lets go of each unit of its own, per unit of time, above 0
    grievance  *draw party   how fast it adds whatever the other does; below 0 for goodwill
    start      *draw party   where it stands at first
    =========  ============  ===========================================================================
    """

    table: str
    parties: tuple[str, str]
    reaction: Float[np.ndarray, "*draw party"]
    fatigue: Float[np.ndarray, "*draw party"]
    grievance: Float[np.ndarray, "*draw party"]
    start: Float[np.ndarray, "*draw party"]


def armament(
    parties: tuple[str, str],
    *,
    reaction: Given,
    fatigue: Given,
    grievance: Given,
    start: Given = (0.0, 0.0),
    table: str = "rivalry",
) -> Armament:
    """Set out two sides that answer each other, from a pair of numbers each, or a draw of pairs.

    Raises BoardError for a missing number, a reaction below 0, or a fatigue that is not above 0.

    >>> armament(("a", "b"), reaction=(0.8, 0.6), fatigue=(1, 1), grievance=(0.5, 0.3)).fatigue.tolist()
    [1.0, 1.0]
    """
    arrays = [np.asarray(v, dtype=float) for v in (reaction, fatigue, grievance, start)]
    if any(a.ndim == 0 or a.shape[-1] != 2 for a in arrays) or not all(np.isfinite(a).all() for a in arrays):
        raise BoardError(f"Something of '{parties[0]}' or '{parties[1]}' is missing. Give each a number.")
    answer, tired, held, first = (np.array(a) for a in np.broadcast_arrays(*arrays))
    if (answer < 0).any() or (tired <= 0).any():
        raise BoardError(
            f"'{parties[0]}' or '{parties[1]}' disarms as the other arms, or never tires. Give reactions of 0 or more "
            "and fatigues above 0."
        )
    return Armament(table, parties, answer, tired, held, first)
