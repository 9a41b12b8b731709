r"""How far off are forecasts of one value, and how often do they come near?

With e_i = x_i - y_i the error of case i, over n cases,

    MAE = mean |e_i|,   RMSE = sqrt(mean e_i^2),   median |e_i|,   share of cases with |e_i| <= near               (1)

each with its interval from `resample`. Source: Willmott and Matsuura (2005), Climate Research 30, on the first two. The
mean absolute error is least for the median of what may happen, the root mean square for its mean: a forecaster is
judged fairly only by the one it was made for.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from detente.scores.averages import median, root_mean_square
from detente.scores.bootstrap import Estimate, Resampled, estimate

NEAR = 10.0  # on a scale of 0 to 100, as is usual with decisions of the European Union
_SLACK = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class PointErrors:
    """The four statistics (1); the first three in the unit of the outcome, the last a share, 0 to 1."""

    mean_absolute: Estimate
    root_mean_square: Estimate
    median_absolute: Estimate
    share_near: Estimate


def point_errors(
    point: Float[np.ndarray, "case"], outcome: Float[np.ndarray, "case"], resampled: Resampled, *, near: float = NEAR
) -> PointErrors:
    """Take the statistics (1) of forecasts of one value.

    ==============  ====  =====================
    point, outcome  case  in one unit
    ==============  ====  =====================

    Raises AnalysisError as `estimate` does.

    >>> from detente.scores.bootstrap import resample
    >>> found = point_errors(np.array([0.0, 50.0, 90.0]), np.array([30.0, 40.0, 90.0]), resample(np.arange(3), seed=1))
    >>> round(found.mean_absolute.value, 3), found.median_absolute.value, round(found.share_near.value, 3)
    (13.333, 10.0, 0.667)
    """
    error = point - outcome
    return PointErrors(
        mean_absolute=estimate(np.abs(error), resampled),
        root_mean_square=estimate(error, resampled, statistic=root_mean_square),
        median_absolute=estimate(np.abs(error), resampled, statistic=median),
        share_near=estimate(np.abs(error) <= near + _SLACK, resampled),
    )
