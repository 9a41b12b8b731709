"""What did each of two sides do to the other, week by week, on a scale from conflict to cooperation?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from detente.errors import BoardError


@dataclass(frozen=True, slots=True)
class Dealings:
    """Two sides over time; `done` is what a side did to the other in a week, the worse the lower.

    =====  ===========  =====================================================================
    done   week party   the sum or the mean of what was reported, in points of its scale
    =====  ===========  =====================================================================
    """

    table: str
    parties: tuple[str, str]
    done: Float[np.ndarray, "week party"]


def dealings(
    parties: tuple[str, str], done: Sequence[Sequence[float]] | np.ndarray, *, table: str = "dealings"
) -> Dealings:
    """Set out what two sides did to each other, a row for each week, none left out.

    Raises BoardError for weeks without two finite numbers.

    >>> dealings(("a", "b"), [[1, 2], [0, -3]]).done.shape
    (2, 2)
    """
    rows = np.array(done, dtype=float)
    if rows.ndim != 2 or rows.shape[1] != 2 or not np.isfinite(rows).all():
        raise BoardError(
            f"A week of '{parties[0]}' and '{parties[1]}' lacks a number. Give two for each, 0 where nothing was told."
        )
    return Dealings(table, parties, rows)
