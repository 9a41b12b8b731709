r"""How does a crisis end at each of its equilibria, to a millionth, in so many draws that each must be quick?

Where the map g of `detente.search.crises.signalling` rises, every equilibrium lies between the limits of

    l <- g(l),  u <- g(u),    from both ends of p_R                                                               (1)

and a draw is settled once the four ends are within `CLOSE` of each other at l and at u: whatever equilibria there are,
they end alike. A draw whose only equilibrium is the limit in which A never challenges ends by holding, as one that has
one. Where g falls there is one, and |z - z*| <= |g(z) - z| says how near it is. What a few steps do not
settle is asked of `equilibria`, which finds all of them. Probabilities of standing firm below 1e-13 count as none.

Source of (1): Tarski (1955), Pacific Journal of Mathematics 5(2).
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int
from scipy.special import ndtr

from detente.search.crises.signalling import EDGE, Stakes, challenge, equilibria, firm, reply, threshold

CLOSE = 1e-6  # of each of the four ends
NEAR = 1e-8  # |g(z) - z| where g falls
_HOLDS = (1.0, 0.0, 0.0, 0.0)
_SQUEEZES = 24
_SECANTS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """How a crisis ends at its equilibria, ascending in p_R; NaN beyond the last of a draw.

    =======  ======================  =========================================================================
    count    draw                    how many equilibria there are; those that end within `CLOSE` count as one
    chance   draw equilibrium end    status quo, concession, back down, war
    =======  ======================  =========================================================================
    """

    count: Int[np.ndarray, " draw"]
    chance: Float[np.ndarray, "draw equilibrium end"]


def ends(stakes: Stakes) -> Ends:
    """Find how every draw's crisis ends at each of its equilibria.

    >>> one = np.array([0.0])
    >>> found = ends(Stakes(one, one + 1, one - 1.9, one - 1.2, one, one - 2.9, one + 1))
    >>> found.count.tolist(), found.chance[0, :, 0].round(3).tolist()
    ([3], [0.005, 0.62, 0.795])
    """
    draws = len(stakes.war)
    z, open_ = np.zeros(draws), np.zeros(draws, dtype=bool)
    for rows, search in ((stakes.rising, _squeezed), (~stakes.rising, _fallen)):
        at = np.flatnonzero(rows)
        if at.size:
            z[at], open_[at] = search(stakes.at(at))
    left = np.flatnonzero(open_)
    found = equilibria(stakes.at(left)) if left.size else None
    width = 1 if found is None else found.z.shape[1]
    count, every = np.ones(draws, dtype=np.int64), np.full((draws, width), np.nan)
    every[:, 0] = z
    if found is not None:
        count[left], every[left] = found.count, found.z
    chance = np.full((draws, width, 4), np.nan)
    row, place = np.nonzero(~np.isnan(every))
    chance[row, place] = _step(stakes.at(row), every[row, place])[1]
    chance[count == 0, 0] = _HOLDS
    return Ends(count=np.maximum(count, 1), chance=chance)


def _step(stakes: Stakes, z: Float[np.ndarray, " draw"]) -> tuple[np.ndarray, np.ndarray]:
    """Return g(z), and the four ends where B resists with probability Phi(z)."""
    c = threshold(stakes, z)
    p_c, p_f, p_r = challenge(stakes, c), firm(stakes, c, tails=False), ndtr(z)
    with np.errstate(invalid="ignore"):
        onward = np.clip(np.nan_to_num(reply(stakes, p_f), posinf=EDGE, neginf=-EDGE), -EDGE, EDGE)
    return onward, np.stack([1 - p_c, p_c * (1 - p_r), p_c * p_r * (1 - p_f), p_c * p_r * p_f], axis=-1)


def _squeezed(stakes: Stakes) -> tuple[np.ndarray, np.ndarray]:
    """Close in on all equilibria from both sides, equation (1); say which draws stay open."""
    low = np.full(len(stakes.war), -EDGE)
    high, open_ = -low, np.ones(len(low), dtype=bool)
    for _ in range(_SQUEEZES):
        on = np.flatnonzero(open_)
        here = stakes.at(on)
        (from_low, at_low), (from_high, at_high) = _step(here, low[on]), _step(here, high[on])
        low[on], high[on] = np.maximum(low[on], from_low), np.minimum(high[on], from_high)
        open_[on] = np.abs(at_low - at_high).max(axis=-1) > CLOSE
        if not open_.any():
            break
    return low, open_


def _fallen(stakes: Stakes) -> tuple[np.ndarray, np.ndarray]:
    """Find the one equilibrium of each draw by secants that keep it enclosed; say which draws stay open."""
    far = np.full(len(stakes.war), EDGE)
    low, high = _step(stakes, far)[0], _step(stakes, -far)[0]  # where the map falls, it leads back between these
    over, under = _step(stakes, low)[0] - low, _step(stakes, high)[0] - high
    z, open_ = low.copy(), over > NEAR
    side = np.zeros(len(z))
    for _ in range(_SECANTS):
        on = np.flatnonzero(open_)
        if not on.size:
            break
        z[on] = _between((low[on], high[on]), (over[on], under[on]))
        off = _step(stakes.at(on), z[on])[0] - z[on]
        up, down = on[off > 0], on[off <= 0]
        low[up], over[up], high[down], under[down] = z[up], off[off > 0], z[down], off[off <= 0]
        # An end that stays put twice counts for half, so that secants do not creep.
        under[up] *= np.where(side[up] > 0, 0.5, 1.0)
        over[down] *= np.where(side[down] < 0, 0.5, 1.0)
        side[up], side[down] = 1.0, -1.0
        open_[on] = (np.abs(off) > NEAR) & (high[on] - low[on] > NEAR)
    return z, open_


def _between(ends: tuple[np.ndarray, np.ndarray], off: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    (low, high), (over, under) = ends, off
    with np.errstate(invalid="ignore", divide="ignore"):
        found = low + (high - low) * over / (over - under)
    middle = (low + high) / 2
    return np.asarray(np.where((found > low) & (found < high), found, middle))
