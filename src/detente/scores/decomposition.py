r"""How much of a Brier score is for chances that were off, and how much for telling cases apart?

With forecasts in groups k of n_k, p_i the chance of case i and y_i 1 where it happened, p_k and y_k their means in a
group, and y the mean of all n,

    Brier = reliability - resolution + uncertainty + within variance - within covariance                           (1)
    reliability = sum_k n_k (p_k - y_k)^2 / n,    resolution = sum_k n_k (y_k - y)^2 / n,    uncertainty = y (1 - y)
    within variance = sum_i (p_i - p_k)^2 / n,    within covariance = 2 sum_i (p_i - p_k) (y_i - y_k) / n

exactly. Less reliability is better (0: things happened as often as was said), more resolution is better (at best the
uncertainty, which is the Brier score of always saying the base rate, and nobody's merit). Where a group holds one value
of p each, the last two are 0, and (1) is the classical decomposition; by bins it does not add up without them. With few
cases in a group reliability and resolution both come out too large: with one case in each, resolution is the
uncertainty whatever was said.

Source: Murphy (1973), Journal of Applied Meteorology 12; the terms within bins: Stephenson, Coelho and Jolliffe (2008),
Weather and Forecasting 23.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.errors import AnalysisError
from detente.scores.calibration import Bin, bin_of, binned
from detente.scores.chances import require_chances

MOST_BINS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Murphy:
    """The terms of equation (1), the score they add up to, and the groups: none of them where there are over 1,000."""

    reliability: float
    resolution: float
    uncertainty: float
    within_variance: float
    within_covariance: float
    brier: float
    bins: tuple[Bin, ...]

    @property
    def within(self) -> float:
        """What bins leave over: variance less covariance within them."""
        return self.within_variance - self.within_covariance


def murphy(
    chance: Float[np.ndarray, "case"], happened: Bool[np.ndarray, "case"], *, edges: Sequence[float] | None = None
) -> Murphy:
    """Take a mean Brier score apart by equation (1): by the values that were said, or by bins between `edges`.

    ========  ====  ========================
    chance    case  0 to 1
    happened  case  whether it came about
    ========  ====  ========================

    Raises AnalysisError where there is no case, for what is no probability, and for edges that are none.

    >>> found = murphy(np.array([0.2, 0.2, 0.8, 0.8]), np.array([False, False, False, True]))
    >>> round(found.reliability, 3), round(found.resolution, 4), found.uncertainty, round(found.brier, 3)
    (0.065, 0.0625, 0.1875, 0.19)
    """
    of_case, low, high = _groups(chance, edges)
    n = np.bincount(of_case, minlength=low.size)
    often = np.maximum(n, 1)
    said, came = (np.bincount(of_case, weights=of, minlength=low.size) for of in (chance, happened))
    mean, rate = low if edges is None else said / often, came / often
    base = float(happened.mean())
    from_mean, from_rate = chance - mean[of_case], happened - rate[of_case]
    there = np.flatnonzero(n) if np.count_nonzero(n) <= MOST_BINS else np.zeros(0, dtype=np.int64)
    return Murphy(
        reliability=float((n * (mean - rate) ** 2).sum() / chance.size),
        resolution=float((n * (rate - base) ** 2).sum() / chance.size),
        uncertainty=base * (1 - base),
        within_variance=float((from_mean**2).mean()),
        within_covariance=float(2 * (from_mean * from_rate).mean()),
        brier=float(((chance - happened) ** 2).mean()),
        bins=tuple(bin_of(float(low[k]), float(high[k]), int(n[k]), float(said[k]), int(came[k])) for k in there),
    )


def _groups(
    chance: Float[np.ndarray, "case"], edges: Sequence[float] | None
) -> tuple[Int[np.ndarray, "case"], Float[np.ndarray, "group"], Float[np.ndarray, "group"]]:
    """The group of each case, and between which chances each lies: those of one value, or those of one bin."""
    if edges is not None:
        borders = np.asarray(edges, dtype=np.float64)
        return binned(chance, edges), borders[:-1], borders[1:]
    require_chances(chance)
    if chance.size == 0:
        raise AnalysisError("There is no forecast to take apart. Give at least one case.")
    value, of_case = np.unique(chance, return_inverse=True)
    return of_case.reshape(-1), value, value
