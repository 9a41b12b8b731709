r"""How does a crisis end at each of its equilibria, to a millionth, in so many draws that each must be quick?

Where the map g of `detente.search.crises.signalling` rises, every equilibrium lies between the limits of

    l <- g(l),  u <- g(u),    from both ends of p_R                                                               (1)

and a draw is settled once the four ends are within `CLOSE` of each other at l and at u: whatever equilibria there are,
they end alike. A draw whose only equilibrium is the limit in which A never challenges ends by holding, as one that has
one. Where g falls there is one, and |z - z*| <= |g(z) - z| says how near it is. What a few steps do not
settle is asked of `equilibria`, which finds all of them. Probabilities below `LEAST` count as none.

Source of (1): Tarski (1955), Pacific Journal of Mathematics 5(2).
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int
from scipy.special import ndtr

from detente.search.crises.signalling import EDGE, Stakes, challenge, equilibria, reply, stands_firm, threshold

CLOSE = 1e-6  # of each of the four ends
LEAST = 1e-13  # a smaller probability is none
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
    chance, open_ = np.zeros((draws, 1, 4)), np.zeros(draws, dtype=bool)
    for rows, search in ((stakes.rising, _squeezed), (~stakes.rising, _fallen)):
        at = np.flatnonzero(rows)
        if at.size:
            chance[at, 0], open_[at] = search(stakes.at(at))
    count, left = np.ones(draws, dtype=np.int64), np.flatnonzero(open_)
    if not left.size:
        return Ends(count=count, chance=chance)
    every = equilibria(stakes.at(left))
    wide = np.full((draws, every.z.shape[1], 4), np.nan)
    wide[:, :1] = chance
    row, place = np.nonzero(~np.isnan(every.z))
    wide[left] = np.nan
    wide[left[row], place] = _step(stakes.at(left[row]), every.z[row, place])[1]
    none = left[every.count == 0]
    wide[none, 0] = _HOLDS
    count[left] = np.maximum(every.count, 1)
    return Ends(count=count, chance=wide)


def _step(stakes: Stakes, z: Float[np.ndarray, " draw"]) -> tuple[np.ndarray, np.ndarray]:
    """Return g(z), and the four ends where B resists with probability Phi(z)."""
    c, p_r = threshold(stakes, z), ndtr(z)
    p_c, both = challenge(stakes, c), stands_firm(stakes, c)
    limit = (1.0 + np.sign(stakes.war - stakes.retreat)) / 2  # where nobody challenges but in the limit
    with np.errstate(invalid="ignore", divide="ignore"):
        p_f = np.where(p_c > LEAST, np.where(both > LEAST, np.minimum(both / p_c, 1.0), 0.0), limit)
        onward = np.clip(np.nan_to_num(reply(stakes, p_f), posinf=EDGE, neginf=-EDGE), -EDGE, EDGE)
    return onward, np.stack([1 - p_c, p_c * (1 - p_r), p_c * p_r * (1 - p_f), p_c * p_r * p_f], axis=-1)


def _squeezed(stakes: Stakes) -> tuple[np.ndarray, np.ndarray]:
    """Close in on all equilibria from both sides, equation (1); return the ends, and which draws stay open."""
    low = np.full(len(stakes.war), -EDGE)
    high, open_, found = -low, np.ones(len(low), dtype=bool), np.zeros((len(low), 4))
    for _ in range(_SQUEEZES):
        on = np.flatnonzero(open_)
        here = stakes.at(on)
        (from_low, at_low), (from_high, at_high) = _step(here, low[on]), _step(here, high[on])
        low[on], high[on] = np.maximum(low[on], from_low), np.minimum(high[on], from_high)
        found[on], open_[on] = at_low, np.abs(at_low - at_high).max(axis=-1) > CLOSE
        if not open_.any():
            break
    return found, open_


def _fallen(stakes: Stakes) -> tuple[np.ndarray, np.ndarray]:
    """Find the one equilibrium of each draw by secants that keep it enclosed; return as `_squeezed` does."""
    far = np.full(len(stakes.war), EDGE)
    low, high = _step(stakes, far)[0], _step(stakes, -far)[0]  # where the map falls, it leads back between these
    (over, found), (under, _) = _step(stakes, low), _step(stakes, high)
    over, under = over - low, under - high
    open_, side = over > NEAR, np.zeros(len(low))
    for _ in range(_SECANTS):
        on = np.flatnonzero(open_)
        if not on.size:
            break
        z = _between((low[on], high[on]), (over[on], under[on]))
        onward, found[on] = _step(stakes.at(on), z)
        off = onward - z
        up, down = off > 0, off <= 0
        low[on[up]], over[on[up]], high[on[down]], under[on[down]] = z[up], off[up], z[down], off[down]
        # An end that stays put twice counts for half, so that secants do not creep.
        under[on[up]] *= np.where(side[on[up]] > 0, 0.5, 1.0)
        over[on[down]] *= np.where(side[on[down]] < 0, 0.5, 1.0)
        side[on] = np.where(up, 1.0, -1.0)
        open_[on] = (np.abs(off) > NEAR) & (high[on] - low[on] > NEAR)
    return found, open_


def _between(ends: tuple[np.ndarray, np.ndarray], off: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    (low, high), (over, under) = ends, off
    with np.errstate(invalid="ignore", divide="ignore"):
        found = low + (high - low) * over / (over - under)
    middle = (low + high) / 2
    return np.asarray(np.where((found > low) & (found < high), found, middle))
