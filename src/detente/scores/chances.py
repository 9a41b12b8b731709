r"""How far is a probability from what happened?

    Brier = (p - y)^2,       log loss = -ln p where it happened, -ln (1 - p) where it did not                       (1)

case by case, with y 1 where it happened and else 0. Both are proper: nobody gains by saying another probability than
the one believed in. Always saying one half scores 0.25 and ln 2 = 0.693; the log loss of who is sure of what does not
happen has no bound. With a `clip` of c the chance is first moved into c to 1 - c, so that one such case does not decide
everything; then the log loss is proper only for beliefs within these bounds.

Source: Brier (1950), Monthly Weather Review 78; Good (1952), Journal of the Royal Statistical Society B 14.
"""

import numpy as np
from jaxtyping import Bool, Float

from detente.errors import AnalysisError

CLIP = 0.01  # a usual bound for log scores; forecasting platforms take 0.001 to 0.01


def brier(chance: Float[np.ndarray, "*case"], happened: Bool[np.ndarray, "*case"]) -> Float[np.ndarray, "*case"]:
    """Return the Brier score, equation (1), 0 to 1; less is better.

    Raises AnalysisError for what is no probability.

    >>> brier(np.array([0.8, 0.8]), np.array([True, False])).round(2)
    array([0.04, 0.64])
    """
    require_chances(chance)
    return np.asarray((chance - happened) ** 2)


def clipped(chance: Float[np.ndarray, "*case"], clip: float) -> Float[np.ndarray, "*case"]:
    """Move probabilities into the bounds `clip` and 1 - `clip`.

    Raises AnalysisError for what is no probability, or no bound.

    >>> clipped(np.array([0.0, 0.3, 1.0]), 0.01)
    array([0.01, 0.3 , 0.99])
    """
    require_chances(chance)
    if not 0 <= clip < 0.5:
        raise AnalysisError(f"Chances cannot be clipped at {clip:g}. Give a clip of 0 or more and below 0.5.")
    return np.asarray(np.clip(chance, clip, 1 - clip)) if clip else chance


def log_loss(
    chance: Float[np.ndarray, "*case"], happened: Bool[np.ndarray, "*case"], *, clip: float = 0.0
) -> Float[np.ndarray, "*case"]:
    """Return the log loss, equation (1), in natural logarithms; less is better, and infinite where sure and wrong.

    Raises AnalysisError for what is no probability, or no bound.

    >>> log_loss(np.array([0.5, 0.9]), np.array([True, False])).round(3)
    array([0.693, 2.303])
    >>> log_loss(np.array([1.0]), np.array([False]), clip=0.01).round(3)
    array([4.605])
    """
    bounded = clipped(chance, clip)
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(np.where(happened, bounded, 1 - bounded)))


def require_chances(chance: Float[np.ndarray, "*case"]) -> None:
    """Raise AnalysisError unless every number is a probability.

    >>> require_chances(np.array([0.0, 1.0]))
    """
    if not ((chance >= 0) & (chance <= 1)).all():
        raise AnalysisError("A forecast is no probability from 0 to 1, and cannot be scored. Leave the case out.")
