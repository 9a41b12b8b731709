r"""Within which bounds does a statistic of scores lie, where cases come in clusters that hang together?

Cases of one cluster (the issues of one dossier, the questions of one crisis) are not independent, so whole clusters are
drawn: G of the G clusters, with replacement, B times. In draw b case i counts m_bi times, as often as its cluster was
drawn, and the statistic is taken of all cases so counted. The interval is the percentile interval,

    [T_(a/2), T_(1 - a/2)] of T_1 .. T_B                                                                           (1)

Source: Efron (1979), Annals of Statistics 7; clusters: Field and Welsh (2007), Journal of the Royal Statistical Society
B 69, the randomized cluster bootstrap. Nothing is corrected for bias or skewness (no BCa), so with fewer than some
thirty clusters an interval is too narrow. For two forecasters take the difference case by case, and estimate its mean:
what is hard for both then drops out. The same seed draws the same clusters.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from jaxtyping import Bool, Float, Int, Shaped

from detente.errors import AnalysisError
from detente.scores.averages import mean

DRAWS = 2_000
Statistic: TypeAlias = Callable[[np.ndarray, np.ndarray], np.ndarray]
_BITS_DROPPED = np.uint64(11)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resampled:
    """How often each case counts in each draw of clusters; `clusters` is how many there are to draw from.

    =====  =========  =================================
    times  draw case  0 or more, alike inside a cluster
    =====  =========  =================================
    """

    times: Int[np.ndarray, "draw case"]
    clusters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A statistic of all cases, and the ends of its interval; `level` is the share that the interval is for."""

    value: float
    low: float
    high: float
    level: float = 0.95

    def holds(self, value: float) -> bool:
        """Say whether a value lies in the interval."""
        return self.low <= value <= self.high


def resample(cluster: Shaped[np.ndarray, "case"], *, seed: int, draws: int = DRAWS) -> Resampled:
    """Draw whole clusters with replacement, as many as there are, in every draw.

    The stream is Philox4x64 with the seed as its key; of its 64-bit words, which numpy promises for good, those of one
    draw follow one another, so that more draws begin with the same ones.

    =======  ====  ===================================================
    cluster  case  the name of its cluster: alike in cases of the same
    =======  ====  ===================================================

    Raises AnalysisError where there is no case, less than one draw, or a seed below 0.

    >>> resample(np.array(["a", "a", "b"]), seed=1, draws=4).times
    array([[1, 1, 1],
           [2, 2, 0],
           [1, 1, 1],
           [1, 1, 1]])
    """
    require_draws(cluster.size, draws, seed)
    of_case = np.unique(cluster, return_inverse=True)[1].reshape(-1)
    clusters = int(of_case.max()) + 1
    times = drawn_clusters(np.random.Philox(key=seed), clusters, draws=draws)
    return Resampled(times=times[:, of_case], clusters=clusters)


def drawn_clusters(stream: np.random.Philox, clusters: int, *, draws: int) -> Int[np.ndarray, "draw cluster"]:
    """Return how often each cluster is drawn in each of the next draws of a stream.

    >>> drawn_clusters(np.random.Philox(key=1), 2, draws=3)
    array([[1, 1],
           [2, 0],
           [1, 1]])
    """
    words = stream.random_raw(draws * clusters) >> _BITS_DROPPED
    drawn = (words * 2.0**-53 * clusters).astype(np.int64).reshape(draws, clusters)
    drawn += np.arange(draws)[:, None] * clusters
    return np.bincount(drawn.ravel(), minlength=draws * clusters).reshape(draws, clusters)


def require_draws(cases: int, draws: int, seed: int) -> None:
    """Raise AnalysisError unless there is something to draw from, to draw, and to draw it by.

    >>> require_draws(3, 2_000, 1)
    """
    if cases == 0 or draws < 1 or seed < 0:
        raise AnalysisError(
            f"{cases} cases, {draws} draws, seed {seed}: nothing can be drawn. "
            "Give at least one case and one draw, and a seed of 0 or more."
        )


def estimate(
    score: Float[np.ndarray, "case"] | Bool[np.ndarray, "case"],
    resampled: Resampled,
    *,
    statistic: Statistic = mean,
    level: float = 0.95,
) -> Estimate:
    """Take a statistic of all cases, and of every draw of clusters, and return it with the interval (1).

    Raises AnalysisError where there are not as many scores as cases, or one is not a finite number.

    >>> again = resample(np.arange(40), seed=1)
    >>> found = estimate(np.arange(40.0), again)
    >>> found.value, found.holds(19.5), found.holds(30.0)
    (19.5, True, False)
    """
    value = np.asarray(score, dtype=np.float64)
    if value.size != resampled.times.shape[-1] or not np.isfinite(value).all():
        raise AnalysisError(
            f"{value.size} scores were given for {resampled.times.shape[-1]} cases, or one is not a finite number. "
            "Give one number for every case that was resampled."
        )
    whole = statistic(value, np.ones((1, value.size), dtype=np.int64))
    tail = 100 * (1 - level) / 2
    low, high = np.percentile(statistic(value, resampled.times), [tail, 100 - tail])
    return Estimate(value=float(whole[0]), low=float(low), high=float(high), level=level)
