r"""How far is a probability from what happened?

    Brier = (p - y)^2,       log loss = -ln p where it happened, -ln (1 - p) where it did not                       (1)

case by case, with y 1 where it happened and else 0. Both are proper: nobody gains by saying another probability than
the one believed in. Always saying one half scores 0.25 and ln 2 = 0.693; the log loss of who is sure of what does not
happen has no bound.

Source: Brier (1950), Monthly Weather Review 78; Good (1952), Journal of the Royal Statistical Society B 14.
"""

import numpy as np
from jaxtyping import Bool, Float

from detente.errors import AnalysisError


def brier(chance: Float[np.ndarray, "*case"], happened: Bool[np.ndarray, "*case"]) -> Float[np.ndarray, "*case"]:
    """Return the Brier score, equation (1), 0 to 1; less is better.

    Raises AnalysisError for what is no probability.

    >>> brier(np.array([0.8, 0.8]), np.array([True, False])).round(2)
    array([0.04, 0.64])
    """
    _require(chance)
    return np.asarray((chance - happened) ** 2)


def log_loss(chance: Float[np.ndarray, "*case"], happened: Bool[np.ndarray, "*case"]) -> Float[np.ndarray, "*case"]:
    """Return the log loss, equation (1), in natural logarithms; less is better, and infinite where sure and wrong.

    Raises AnalysisError for what is no probability.

    >>> log_loss(np.array([0.5, 0.9]), np.array([True, False])).round(3)
    array([0.693, 2.303])
    """
    _require(chance)
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(np.where(happened, chance, 1 - chance)))


def _require(chance: Float[np.ndarray, "*case"]) -> None:
    if not ((chance >= 0) & (chance <= 1)).all():
        raise AnalysisError("A forecast is no probability from 0 to 1, and cannot be scored. Leave the case out.")
