r"""How often did what happened lie inside the intervals that were forecast, and at what width?

For the central interval [l, u] that is to hold a share 1 - a of the outcomes,

    S(l, u; y) = (u - l) + 2/a (l - y)^+ + 2/a (y - u)^+                                                           (1)

the interval score: the width, and a penalty for every miss by how far it missed. Source: Gneiting and Raftery (2007),
Journal of the American Statistical Association 102, equation (43). Coverage alone is met by an interval of any width;
the score is lowest for the true quantiles.
"""

import numpy as np
from jaxtyping import Bool, Float

from detente.errors import AnalysisError

_SLACK = 1e-9  # of the size of the numbers: an outcome at the end of an interval lies in it


def covered(
    low: Float[np.ndarray, "*case"], high: Float[np.ndarray, "*case"], outcome: Float[np.ndarray, "*case"]
) -> Bool[np.ndarray, "*case"]:
    """Say of each case whether the outcome lies in the interval, its ends included.

    >>> covered(np.array([0.0, 10.0]), np.array([50.0, 20.0]), np.array([50.0, 9.0]))
    array([ True, False])
    """
    slack = _SLACK * np.maximum(1.0, np.maximum(np.abs(low), np.abs(high)))
    return np.asarray((outcome >= low - slack) & (outcome <= high + slack))


def interval_score(
    low: Float[np.ndarray, "*case"],
    high: Float[np.ndarray, "*case"],
    outcome: Float[np.ndarray, "*case"],
    *,
    share: float,
) -> Float[np.ndarray, "*case"]:
    """Score intervals that are to hold `share` of the outcomes, by equation (1).

    =========  =====  ==========================================
    low, high  *case  the ends, in the unit of the outcome
    outcome    *case  what happened
    returns    *case  in the unit of the outcome; less is better
    =========  =====  ==========================================

    Raises AnalysisError where the share is not between 0 and 1, or an interval ends before it begins.

    >>> interval_score(np.array([10.0, 10.0]), np.array([20.0, 20.0]), np.array([15.0, 21.0]), share=0.5)
    array([10., 14.])
    """
    if not 0 < share < 1:
        raise AnalysisError(f"An interval for a share of {share:g} is none. Give a share between 0 and 1.")
    if not (low <= high).all():
        raise AnalysisError("An interval ends before it begins. Give its lower end first.")
    missed = np.maximum(low - outcome, 0) + np.maximum(outcome - high, 0)
    return np.asarray(high - low + missed * (2 / (1 - share)))
