r"""Between which bounds does a rate lie, when k of n cases had the event?

    (p + z^2/2n -+ z sqrt(p (1 - p)/n + z^2/4n^2)) / (1 + z^2/n),    p = k/n,  z = 1.96                             (1)

Source: Wilson (1927), Journal of the American Statistical Association 22. It is about the rate that cases of one kind
have, as if they were independent and the next one were of that kind; that a case belongs to the class it does not say.
"""

from dataclasses import dataclass
from math import sqrt

from scipy.special import betaincinv

from detente.errors import AnalysisError

LEVEL = 0.95
_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Bounds:
    """The ends of an interval for 95 % of what may be, as rates, 0 to 1."""

    low: float
    high: float


def wilson(k: int, n: int) -> Bounds:
    """Return the interval (1).

    Raises AnalysisError where there is no case, or more events than cases.

    >>> bounds = wilson(6, 10)
    >>> round(bounds.low, 4), round(bounds.high, 4)
    (0.3127, 0.8318)
    """
    if not 0 <= k <= n or n < 1:
        raise AnalysisError(f"{k} of {n} cases is no rate. Give at least one case, and no more events than cases.")
    rate, more = k / n, _Z * _Z / n
    middle, half = rate + more / 2, _Z * sqrt(rate * (1 - rate) / n + more / (4 * n))
    return Bounds(max(0.0, (middle - half) / (1 + more)), min(1.0, (middle + half) / (1 + more)))


def beta_bounds(yes: float, no: float) -> Bounds:
    """Return the middle 95 % of a beta distribution with so many events and non-events.

    >>> bounds = beta_bounds(45, 60)
    >>> round(bounds.low, 3), round(bounds.high, 3)
    (0.336, 0.524)
    """
    tail = (1 - LEVEL) / 2
    return Bounds(float(betaincinv(yes, no, tail)), float(betaincinv(yes, no, 1 - tail)))
