"""Which quantal responses does one game have at one precision, besides the one on the principal branch?"""

import numpy as np
from jaxtyping import Float

from detente.search.crises.agents import Plan, residual, still
from detente.search.crises.branch import CLOSE, corrected

SCANNED = 4_000  # points on the one unknown's range
_FINE = 0.02  # apart, where the range is short enough
_STARTS = 64  # where there are several unknowns
_ROUNDS = 6  # of corrections from each start
_ALIKE = 1e-6


def responses(
    plan: Plan, payoff: Float[np.ndarray, "outcome player"], precision: float
) -> Float[np.ndarray, "found unknown"]:
    """Look for every quantal response of one case at one precision, in ascending order.

    With one unknown its whole range is scanned for changes of sign; two that have all but met may be missed. With
    several unknowns they are looked for from 64 starts spread over the range: there may be more.
    """
    spread = float(payoff.max() - payoff.min())
    reach = precision * spread + 1.0
    if plan.size == 1:
        return _scanned(plan, payoff, precision, reach)
    starts = np.array([[_radical_inverse(n, base) for n in range(_STARTS)] for base in _primes(plan.size)])
    near = (2 * starts - 1) * np.where(np.arange(_STARTS) % 2, reach, min(reach, 4.0))
    many = np.repeat(payoff[..., None], _STARTS, axis=-1)
    each = np.full(_STARTS, precision)
    size = np.full(_STARTS, np.inf)
    for _ in range(_ROUNDS):
        near, size, _ = corrected(plan, many, (np.clip(near, -reach, reach), each))
    return _distinct(near[:, size < CLOSE * 10].T)


def _scanned(plan: Plan, payoff: np.ndarray, precision: float, reach: float) -> np.ndarray:
    count = int(np.clip(2 * reach / _FINE, 200, SCANNED))
    grid = np.linspace(-reach, reach, count)
    off = _residuals(plan, payoff, precision, grid)
    at = np.flatnonzero(np.sign(off[1:]) * np.sign(off[:-1]) < 0)
    low, high = grid[at], grid[at + 1]
    below = off[at]
    for _ in range(60):
        middle = (low + high) / 2
        value = _residuals(plan, payoff, precision, middle)
        same = np.sign(value) == np.sign(below)
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    found = np.concatenate([(low + high) / 2, grid[off == 0]])
    return _distinct(found[:, None])


def _residuals(plan: Plan, payoff: np.ndarray, precision: float, theta: np.ndarray) -> np.ndarray:
    if not len(theta):
        return theta
    each = np.full(1, precision)
    given = still(plan, payoff[..., None], each)
    return np.asarray(residual(plan, payoff[..., None], (theta[None], each), given)[0])


def _distinct(found: np.ndarray) -> np.ndarray:
    """Keep one of those that are alike, in ascending order."""
    kept: list[np.ndarray] = []
    for one in found[np.lexsort(found.T[::-1])]:
        if all(np.abs(one - other).max() > _ALIKE * (1 + np.abs(one).max()) for other in kept):
            kept.append(one)
    return np.array(kept).reshape(len(kept), found.shape[1])


def _primes(count: int) -> list[int]:
    """Return the first primes: the bases of Halton's sequence (1960), which spreads points evenly."""
    found: list[int] = []
    number = 2
    while len(found) < count:
        if all(number % p for p in found):
            found.append(number)
        number += 1
    return found


def _radical_inverse(number: int, base: int) -> float:
    """Mirror the digits of a number at the point; the library's own would load a second's worth of statistics."""
    value, place = 0.0, 1.0
    while number:
        number, digit = divmod(number, base)
        place /= base
        value += digit * place
    return value
