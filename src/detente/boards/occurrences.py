"""When did things happen, how heavy were they, and how strongly may one have led to the next?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from detente.boards.lottery import Given
from detente.errors import BoardError


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Events in a span of time from 0, and how they may excite one another.

    ==========  ======  ==========================================================================
    times       event   from 0 to `span`, in order, in any unit of time
    weight      event   how much each adds to tension; below 0 for what eases it
    span        -       until when was looked
    background  *draw   how many happen per unit of time of themselves, above 0
    jump        *draw   by how much one raises the rate of more, at once, 0 or more
    decay       *draw   how fast that fades, per unit of time, above 0
    ==========  ======  ==========================================================================
    """

    table: str
    times: Float[np.ndarray, " event"]
    weight: Float[np.ndarray, " event"]
    span: float
    background: Float[np.ndarray, "*draw"]
    jump: Float[np.ndarray, "*draw"]
    decay: Float[np.ndarray, "*draw"]


def occurrences(
    times: Sequence[float] | np.ndarray,
    span: float,
    *,
    background: Given,
    jump: Given,
    decay: Given,
    weight: Sequence[float] | np.ndarray | None = None,
) -> Occurrences:
    """Set out events in time; each weighs 1 where no weights are given.

    Raises BoardError for times that are not in order or beyond the span, as many weights as there are no events, or
    rates that are not above 0.

    >>> occurrences([1, 2.5], 10, background=0.3, jump=0.5, decay=1.2).weight.tolist()
    [1.0, 1.0]
    """
    at = np.asarray(times, dtype=float)
    heavy = np.ones(at.shape) if weight is None else np.asarray(weight, dtype=float)
    if at.ndim != 1 or not np.isfinite(at).all() or (np.diff(at, prepend=0.0) < 0).any() or (at > span).any():
        raise BoardError(f"The times of events are not in order from 0 to {span:g}. Sort them, or look longer.")
    if not (np.isfinite(span) and span > 0) or heavy.shape != at.shape or not np.isfinite(heavy).all():
        raise BoardError(f"{heavy.size} weights do not fit {at.size} events over {span:g}. Give one for each.")
    arrays = [np.asarray(v, dtype=float) for v in (background, jump, decay)]
    base, up, down = (np.array(a) for a in np.broadcast_arrays(*arrays))
    if not np.isfinite(np.stack([base, up, down])).all() or (base <= 0).any() or (up < 0).any() or (down <= 0).any():
        raise BoardError("A rate of events is not above 0, or a jump below 0. Give a background and a decay above 0.")
    return Occurrences("events", at, heavy, float(span), base, up, down)
