"""What do quantiles say between and beyond them, and what does a distribution function say of quantiles?

Between quantiles the distribution function runs on a straight line, and so it does from the lower end of the scale to
the first quantile and from the last one to the upper end: nothing lies outside the scale.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeAlias

from detente.formats.metaculus.columns import PERCENTILES, POINTS

Quantiles: TypeAlias = tuple[tuple[float, float], ...]


def cdf_of(quantiles: Quantiles, low: float, high: float) -> tuple[float, ...]:
    """Return the distribution function at 201 points in equal steps from one end of the scale to the other.

    >>> cdf_of(((0.5, 20.0),), 0.0, 100.0)[::50]
    (0.0, 0.53125, 0.6875, 0.84375, 1.0)
    """
    shares, values = _line(quantiles, low, high)
    steps = (low + (high - low) * at / (POINTS - 1) for at in range(POINTS))
    return tuple(_between(values, shares, value) for value in steps)


def percentiles_of(quantiles: Quantiles, low: float, high: float) -> tuple[float, ...]:
    """Return the values at 5, 25, 50, 75 and 95 of a hundred.

    >>> percentiles_of(((0.5, 20.0),), 0.0, 100.0)
    (2.0, 10.0, 20.0, 60.0, 92.0)
    """
    shares, values = _line(quantiles, low, high)
    return tuple(_between(shares, values, share) for _, share in PERCENTILES)


def quantiles_of(cdf: Sequence[float], low: float, high: float, *, zero: float | None = None) -> Quantiles:
    """Return the quantiles at 5, 25, 50, 75 and 95 of a hundred of a distribution function in equal steps.

    `zero` is the zero point of a scale in equal ratios. A quantile at or beyond an end of the scale says nothing more
    than that end and is left out.

    >>> quantiles_of([0.0, 0.5, 1.0], 0.0, 100.0)[2]
    (0.5, 50.0)
    """
    found = []
    for _, share in PERCENTILES:
        after = next((at for at, value in enumerate(cdf) if value >= share), len(cdf))
        if 0 < after < len(cdf):
            below, above = cdf[after - 1], cdf[after]
            part = (share - below) / (above - below) if above > below else 1.0
            found.append((share, _scaled((after - 1 + part) / (len(cdf) - 1), low, high, zero)))
    return inside(tuple(found), low, high)


def inside(quantiles: Quantiles, low: float, high: float) -> Quantiles:
    """Return the quantiles that lie inside the scale and above the one before.

    >>> inside(((0.05, 0.0), (0.25, 3.0), (0.5, 3.0), (0.75, 9.0)), 0.0, 10.0)
    ((0.25, 3.0), (0.75, 9.0))
    """
    found: list[tuple[float, float]] = []
    for share, value in quantiles:
        if low < value < high and (not found or value > found[-1][1]):
            found.append((share, value))
    return tuple(found)


def _line(quantiles: Quantiles, low: float, high: float) -> tuple[list[float], list[float]]:
    ends = [(0.0, low), *quantiles, (1.0, high)]
    return [share for share, _ in ends], [value for _, value in ends]


def _between(at: Sequence[float], of: Sequence[float], here: float) -> float:
    """Read off a line through points: what `of` is where `at` is `here`."""
    after = min(max(bisect_right(at, here), 1), len(at) - 1)
    width = at[after] - at[after - 1]
    part = (here - at[after - 1]) / width if width > 0 else 1.0
    return of[after - 1] + (of[after] - of[after - 1]) * min(max(part, 0.0), 1.0)


def _scaled(part: float, low: float, high: float, zero: float | None) -> float:
    if zero is None or low == zero:
        return low + (high - low) * part
    ratio = (high - zero) / (low - zero)
    return (
        low + (high - low) * part if ratio <= 0 or ratio == 1 else low + (high - low) * (ratio**part - 1) / (ratio - 1)
    )
