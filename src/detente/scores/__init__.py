"""How good were forecasts, and how sure can one be of that from as many cases as there were?

Every score is an array with one entry per case, so that any statistic of it, and of the difference between two
forecasters, gets its interval in the same way: `resample` once, then `estimate` as often as wanted. Where there are too
many cases to count each in every draw, `cluster_means` and `cluster_skill` find the same from sums by cluster.

>>> import numpy as np
>>> ours, theirs = np.array([1.0, 2.0, 3.0, 2.0]), np.array([2.0, 2.0, 5.0, 3.0])
>>> again = resample(np.array([0, 0, 1, 2]), draws=200, seed=1)
>>> estimate(ours - theirs, again).value
-1.0
"""

from detente.scores.averages import mean, median, root_mean_square
from detente.scores.bootstrap import DRAWS, Estimate, Resampled, estimate, resample
from detente.scores.calibration import (
    BAND,
    TENTHS,
    Bin,
    Discrimination,
    Sharpness,
    binomial_band,
    calibration,
    discrimination,
    sharpness,
)
from detente.scores.chances import CLIP, brier, log_loss
from detente.scores.choices import brier_of_choices, chance_of_outcome, log_of_choices, rps
from detente.scores.clusters import ClusterSums, cluster_means, cluster_skill, cluster_sums
from detente.scores.crps import crps, crps_of_sample
from detente.scores.decomposition import Murphy, murphy
from detente.scores.intervals import covered, interval_score
from detente.scores.points import PointErrors, point_errors
from detente.scores.quantiles import CELLS, crps_of_quantiles, density_at, quantile_score
from detente.scores.relative import baseline_continuous, baseline_score, peer_score, skill

__all__ = [
    "BAND",
    "CELLS",
    "CLIP",
    "DRAWS",
    "TENTHS",
    "Bin",
    "ClusterSums",
    "Discrimination",
    "Estimate",
    "Murphy",
    "PointErrors",
    "Resampled",
    "Sharpness",
    "baseline_continuous",
    "baseline_score",
    "binomial_band",
    "brier",
    "brier_of_choices",
    "calibration",
    "chance_of_outcome",
    "cluster_means",
    "cluster_skill",
    "cluster_sums",
    "covered",
    "crps",
    "crps_of_quantiles",
    "crps_of_sample",
    "density_at",
    "discrimination",
    "estimate",
    "interval_score",
    "log_loss",
    "log_of_choices",
    "mean",
    "median",
    "murphy",
    "peer_score",
    "point_errors",
    "quantile_score",
    "resample",
    "root_mean_square",
    "rps",
    "sharpness",
    "skill",
]
