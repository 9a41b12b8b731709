"""How good were forecasts of a number, and how sure can one be of that from as many cases as there were?

Every score is an array with one entry per case, so that any statistic of it, and of the difference between two
forecasters, gets its interval in the same way: `resample` once, then `estimate` as often as wanted.

>>> import numpy as np
>>> ours, theirs = np.array([1.0, 2.0, 3.0, 2.0]), np.array([2.0, 2.0, 5.0, 3.0])
>>> again = resample(np.array([0, 0, 1, 2]), draws=200, seed=1)
>>> estimate(ours - theirs, again).value
-1.0
"""

from detente.scores.averages import mean, median, root_mean_square
from detente.scores.bootstrap import DRAWS, Estimate, Resampled, estimate, resample
from detente.scores.chances import brier, log_loss
from detente.scores.crps import crps, crps_of_sample
from detente.scores.intervals import covered, interval_score
from detente.scores.points import PointErrors, point_errors

__all__ = [
    "DRAWS",
    "Estimate",
    "PointErrors",
    "Resampled",
    "brier",
    "covered",
    "crps",
    "crps_of_sample",
    "estimate",
    "interval_score",
    "log_loss",
    "mean",
    "median",
    "point_errors",
    "resample",
    "root_mean_square",
]
