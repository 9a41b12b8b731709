r"""Do things happen as often as was said, are they told apart, and how bold are the forecasts?

Forecasts are put into bins by their chance, each from its lower edge up to but without its upper one (the last with
it). Of the n forecasts of a bin, with mean chance p, let y be the share that happened. Beside y stand

    band    the central 90 % of K / n for K binomial with n and p: where y would lie if the chances were right     (1)
    wilson  the chances p' for which y is no surprise: |y - p'| <= z sqrt(p' (1 - p') / n), z = 1.645              (2)

Both take the forecasts of a bin as independent. Where many hang on one event they are too narrow, and the number of
clusters says more than n. With unlike chances within the bin (1) is a little too wide.

Discrimination compares what was said where it happened with what was said where it did not: the difference of the two
means, and AUC, the chance that a case of the first kind was given more than one of the second, ties counted half. It
does not change where all chances are moved alike, and so says nothing of calibration. Sharpness looks at the forecasts
alone: it is good only together with calibration.

Source: Murphy and Winkler (1977), Applied Statistics 26 (the diagram); Broecker and Smith (2007), Weather and
Forecasting 22 (the band); Wilson (1927), Journal of the American Statistical Association 22; Mason and Graham (2002),
Quarterly Journal of the Royal Meteorological Society 128 (AUC); Gneiting, Balabdaoui and Raftery (2007), Journal of the
Royal Statistical Society B 69 (sharpness subject to calibration).
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.errors import AnalysisError
from detente.scores.chances import require_chances

TENTHS = tuple(tenth / 10 for tenth in range(11))
BAND = 0.9
_Z = 1.6448536269514722  # 5 % of a normal distribution lie above it
_FAR = 12.0  # standard deviations, beyond which a binomial holds nothing that a number of 64 bits could tell
ENDS = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The forecasts between two chances: how many, what they said on average, and how often it happened.

    `band` is (1) and `wilson` (2), each lower end first.
    """

    low: float
    high: float
    n: int
    mean: float
    rate: float
    band: tuple[float, float]
    wilson: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrimination:
    """The mean chance where it happened and where it did not, and AUC; None where there is no such case."""

    yes: float | None
    no: float | None
    difference: float | None
    auc: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharpness:
    """How many forecasts there are between each two edges, and how far they lie from `base`, on average.

    `at_the_ends` is the share of them of at most 5 % or at least 95 %.
    """

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    base: float
    away: float
    at_the_ends: float


def binned(chance: Float[np.ndarray, "case"], edges: Sequence[float]) -> Int[np.ndarray, "case"]:
    """Return in which bin each chance lies, counted from 0.

    Raises AnalysisError for what is no probability, and for edges that do not lead from 0 to 1, ascending.

    >>> binned(np.array([0.0, 0.5, 1.0]), (0.0, 0.5, 1.0))
    array([0, 1, 1])
    """
    require_chances(chance)
    if chance.size == 0:
        raise AnalysisError("There is no forecast to look at. Give at least one case.")
    borders = np.asarray(edges, dtype=np.float64)
    if borders.size < 2 or borders[0] != 0 or borders[-1] != 1 or not (np.diff(borders) > 0).all():
        raise AnalysisError(f"{borders.tolist()} are no edges of bins. Give ascending ones, from 0 to 1.")
    return np.asarray(np.searchsorted(borders[1:-1], chance, side="right"))


def binomial_band(n: int, chance: float, *, level: float = BAND) -> tuple[float, float]:
    """Return between which shares of n the binomial holds at least the central `level`, by equation (1).

    >>> binomial_band(10, 0.5)
    (0.2, 0.8)
    """
    if chance in (0.0, 1.0):
        return chance, chance
    reach = _FAR * np.sqrt(n * chance * (1 - chance)) + _FAR
    first, last = max(0, int(n * chance - reach)), min(n, int(n * chance + reach))
    k = np.arange(first, last)
    steps = np.log((n - k) / (k + 1)) + np.log(chance / (1 - chance))
    log_share = np.concatenate([[0.0], np.cumsum(steps)])
    upto = np.cumsum(np.exp(log_share - log_share.max()))
    tail = (1 - level) / 2
    low, high = np.searchsorted(upto / upto[-1], [tail, 1 - tail])
    return (first + int(low)) / n, (first + int(high)) / n


def calibration(
    chance: Float[np.ndarray, "case"], happened: Bool[np.ndarray, "case"], *, edges: Sequence[float] = TENTHS
) -> tuple[Bin, ...]:
    """Return the bins in which there are forecasts, with how often it happened in each.

    ========  ====  ========================
    chance    case  0 to 1
    happened  case  whether it came about
    ========  ====  ========================

    Raises AnalysisError where there is no case, for what is no probability, and for edges that are none.

    >>> found = calibration(np.array([0.1, 0.2, 0.9, 0.7]), np.array([False, True, True, True]), edges=(0, 0.5, 1))
    >>> [(bin.n, round(bin.mean, 2), bin.rate) for bin in found]
    [(2, 0.15, 0.5), (2, 0.8, 1.0)]
    """
    of_case = binned(chance, edges)
    n = np.bincount(of_case, minlength=len(edges) - 1)
    said = np.bincount(of_case, weights=chance, minlength=n.size)
    came = np.bincount(of_case, weights=happened, minlength=n.size)
    ends = list(itertools.pairwise(edges))
    return tuple(bin_of(*ends[b], int(n[b]), float(said[b]), int(came[b])) for b in np.flatnonzero(n))


def bin_of(low: float, high: float, n: int, said: float, came: int) -> Bin:
    """Return the bin of n forecasts whose chances add up to `said`, of which `came` happened.

    >>> round(bin_of(0.0, 0.5, 2, 0.5, 1).wilson[0], 3)
    0.121
    """
    mean, rate = min(said / n, 1.0), came / n
    return Bin(
        low=float(low),
        high=float(high),
        n=n,
        mean=mean,
        rate=rate,
        band=binomial_band(n, mean),
        wilson=_wilson(n, rate),
    )


def discrimination(chance: Float[np.ndarray, "case"], happened: Bool[np.ndarray, "case"]) -> Discrimination:
    """Return how well forecasts tell what happens from what does not; more is better, AUC 1/2 is not at all.

    ========  ====  ========================
    chance    case  0 to 1
    happened  case  whether it came about
    ========  ====  ========================

    Raises AnalysisError for what is no probability.

    >>> discrimination(np.array([0.2, 0.6, 0.6, 0.8]), np.array([False, False, True, True])).auc
    0.875
    """
    require_chances(chance)
    came, stayed = chance[happened], chance[~happened]
    yes = float(came.mean()) if came.size else None
    no = float(stayed.mean()) if stayed.size else None
    if yes is None or no is None:
        return Discrimination(yes=yes, no=no, difference=None, auc=None)
    came, stayed = np.sort(came), np.sort(stayed)
    # Of each that happened: how many that did not were given less, and how many no more.
    beaten = sum(int(np.searchsorted(stayed, came, side=side).sum()) for side in ("left", "right"))
    return Discrimination(yes=yes, no=no, difference=yes - no, auc=beaten / (2 * came.size * stayed.size))


def sharpness(chance: Float[np.ndarray, "case"], *, edges: Sequence[float] = TENTHS, base: float = 0.5) -> Sharpness:
    """Return how bold forecasts are: how they are spread, and how far they lie from `base`, such as a base rate.

    Raises AnalysisError where there is no case, for what is no probability, and for edges that are none.

    >>> found = sharpness(np.array([0.02, 0.5, 0.98, 0.9]), edges=(0, 0.5, 1))
    >>> found.counts, round(found.away, 3), found.at_the_ends
    ((1, 3), 0.34, 0.5)
    """
    of_case = binned(chance, edges)
    ends = (chance <= ENDS) | (chance >= 1 - ENDS)
    return Sharpness(
        edges=tuple(float(edge) for edge in edges),
        counts=tuple(np.bincount(of_case, minlength=len(edges) - 1).tolist()),
        base=float(base),
        away=float(np.abs(chance - base).mean()),
        at_the_ends=float(ends.mean()),
    )


def _wilson(n: int, rate: float) -> tuple[float, float]:
    part = _Z**2 / n
    centre = (rate + part / 2) / (1 + part)
    reach = np.sqrt(part * (rate * (1 - rate) + part / 4)) / (1 + part)
    return max(0.0, float(centre - reach)), min(1.0, float(centre + reach))
