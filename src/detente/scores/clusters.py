r"""How sure can one be of a mean score, or of a skill, where there are too many cases to count them in every draw?

A mean needs of each cluster only what its cases come to together. With E_g = sum of w_i e_i and W_g = sum of w_i over
the cases i of cluster g, and m_bg how often it was drawn in draw b,

    mean_b = sum_g m_bg E_g / sum_g m_bg W_g,       skill_b = 1 - sum_g m_bg E_g / sum_g m_bg R_g                  (1)

with R_g the same of the reference; a draw that has nothing over nothing is left out. That is what `estimate(score,
resample(cluster))` finds, by the same stream of random numbers and so with the same clusters in every draw, but no
table of draws by cases is made: the time is that of draws times clusters, the memory that of the cases. Sources, and
what the intervals are worth: as in `bootstrap`.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int, Shaped

from detente.errors import AnalysisError
from detente.scores.bootstrap import DRAWS, Estimate, drawn_clusters, require_draws

_AT_ONCE = 2**17  # draws times clusters: what stays in the cache


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterSums:
    """What several quantities come to over all cases, and over the cases of each draw of clusters.

    =====  =============  =====================
    whole  quantity       in its unit
    drawn  draw quantity  in its unit
    =====  =============  =====================
    """

    whole: Float[np.ndarray, "quantity"]
    drawn: Float[np.ndarray, "draw quantity"]
    clusters: int

    def ratio(self, over: int, under: int, *, level: float = 0.95) -> Estimate:
        """Return the ratio of two quantities, counted from 0, with its interval.

        Raises AnalysisError where the one to divide by is 0 over all cases.
        """
        value, drawn = self._ratio(over, under)
        return _estimate(value, drawn, level)

    def less(self, over: int, under: int, *, level: float = 0.95) -> Estimate:
        """Return 1 less the ratio of two quantities, with its interval: a skill.

        Raises AnalysisError where the one to divide by is 0 over all cases.
        """
        value, drawn = self._ratio(over, under)
        return _estimate(1 - value, 1 - drawn, level)

    def _ratio(self, over: int, under: int) -> tuple[float, Float[np.ndarray, "draw"]]:
        if self.whole[under] == 0:
            raise AnalysisError("Nothing to divide by: the weights, or the reference's scores, add up to 0.")
        with np.errstate(divide="ignore", invalid="ignore"):
            drawn = self.drawn[:, over] / self.drawn[:, under]
        told = drawn[~np.isnan(drawn)]
        if told.size == 0:
            raise AnalysisError("No draw of clusters holds any of these cases. Ask for more draws.")
        return float(self.whole[over] / self.whole[under]), told


def cluster_means(
    score: Float[np.ndarray, "case"],
    cluster: Shaped[np.ndarray, "case"],
    *,
    seed: int,
    draws: int = DRAWS,
    weights: Float[np.ndarray, "case"] | None = None,
) -> Estimate:
    """Return the mean of a score over all cases, with the interval that draws of whole clusters give it.

    =======  ====  ===================================================
    score    case  in any unit
    cluster  case  the name of its cluster: alike in cases of the same
    weights  case  above 0; without it all count alike
    =======  ====  ===================================================

    Raises AnalysisError where there is no case or draw, the seed is below 0, a score is no finite number, or a weight
    is not above 0.

    >>> cluster_means(np.array([1.0, 2.0, 6.0]), np.array(["a", "a", "b"]), seed=1, draws=50)
    Estimate(value=3.0, low=1.5, high=6.0, level=0.95)
    """
    weight = _weights(weights, score)
    return cluster_sums(np.stack([score * weight, weight]), cluster, seed=seed, draws=draws).ratio(0, 1)


def cluster_skill(
    score: Float[np.ndarray, "case"],
    reference: Float[np.ndarray, "case"],
    cluster: Shaped[np.ndarray, "case"],
    *,
    seed: int,
    draws: int = DRAWS,
    weights: Float[np.ndarray, "case"] | None = None,
) -> Estimate:
    """Return by how much a mean score is better than the reference's, 1 at best, with its interval.

    The arrays are those of `cluster_means`; of both scores less is better. In a draw in which only the reference makes
    no error the skill is minus infinity; one in which nobody makes any is left out.

    Raises AnalysisError as `cluster_means` does, and where the reference makes no error in any case.

    >>> ours, theirs = np.array([0.1, 0.1, 0.2]), np.array([0.2, 0.2, 0.4])
    >>> cluster_skill(ours, theirs, np.arange(3), seed=1, draws=50)
    Estimate(value=0.5, low=0.5, high=0.5, level=0.95)
    """
    weight = _weights(weights, score)
    return cluster_sums(np.stack([score * weight, reference * weight]), cluster, seed=seed, draws=draws).less(0, 1)


def cluster_sums(
    quantity: Float[np.ndarray, "quantity case"], cluster: Shaped[np.ndarray, "case"], *, seed: int, draws: int = DRAWS
) -> ClusterSums:
    """Add up several quantities over all cases, and over every draw of clusters: one drawing for many scores.

    The mean over some of the cases is the ratio of two quantities that are 0 in all others: score and 1, in them alone.

    ========  =============  ===================================================
    quantity  quantity case  in any unit
    cluster   case           the name of its cluster: alike in cases of the same
    ========  =============  ===================================================

    Raises AnalysisError where there is no case or draw, the seed is below 0, or a quantity is no finite number.

    >>> sums = cluster_sums(np.array([[1.0, 2.0, 6.0], [1.0, 1.0, 1.0]]), np.array(["a", "a", "b"]), seed=1, draws=50)
    >>> sums.whole, sums.clusters, sums.ratio(0, 1).value
    (array([9., 3.]), 2, 3.0)
    """
    require_draws(cluster.size, draws, seed)
    if not np.isfinite(quantity).all():
        raise AnalysisError("A score or a weight is not a finite number, and has no mean. Clip it or leave it out.")
    of_case, clusters = _codes(cluster)
    each = np.stack([np.bincount(of_case, weights=row, minlength=clusters) for row in quantity])
    stream = np.random.Philox(key=seed)
    rows = max(1, _AT_ONCE // clusters)
    drawn = np.empty((draws, len(quantity)))
    for start in range(0, draws, rows):
        times = drawn_clusters(stream, clusters, draws=min(rows, draws - start)).astype(np.float64)
        drawn[start : start + rows] = np.einsum("dg,qg->dq", times, each)
    return ClusterSums(whole=quantity.sum(axis=-1), drawn=drawn, clusters=clusters)


def _codes(cluster: Shaped[np.ndarray, "case"]) -> tuple[Int[np.ndarray, "case"], int]:
    """The clusters counted from 0 in the order of their names; whole numbers close together need no sorting for it."""
    if cluster.dtype.kind in "iu" and cluster.min() >= 0 and cluster.max() < 4 * cluster.size:
        rank = np.cumsum(np.bincount(cluster) > 0)
        return rank[cluster] - 1, int(rank[-1])
    of_case = np.unique(cluster, return_inverse=True)[1].reshape(-1)
    return of_case, int(of_case.max()) + 1


def _weights(weights: Float[np.ndarray, "case"] | None, score: Float[np.ndarray, "case"]) -> Float[np.ndarray, "case"]:
    if weights is None:
        return np.ones(score.size)
    if not (weights > 0).all():
        raise AnalysisError("A case has a weight of 0 or less. Give it one above 0, or leave it out.")
    return weights


def _estimate(value: float, drawn: Float[np.ndarray, "draw"], level: float) -> Estimate:
    tail = 100 * (1 - level) / 2
    # Between two numbers one of which is infinite, none can be interpolated.
    smooth = bool(np.isfinite(drawn).all())
    low, high = np.percentile(drawn, [tail, 100 - tail], method="linear" if smooth else "inverted_cdf")
    return Estimate(value=value, low=float(low), high=float(high), level=level)
