r"""How much of what is unsure about an answer comes from each input, alone and with others?

With V the variance of the answer f over all inputs, A and B two sets of points of the unit cube, and AB_i the points of
A with the coordinate of input i from B,

    S_i  = mean( f(B) (f(AB_i) - f(A)) ) / V          what input i accounts for alone                               (1)
    ST_i = mean( (f(A) - f(AB_i))^2 ) / (2 V)         what it accounts for with whatever it works together with     (2)

The coordinates of A and B are the two halves of one scrambled Sobol sequence of twice as many dimensions. Inputs are
taken as independent of one another. An answer that takes chances has one set of them with A and every AB_i, another
with B: chance then is one more input, about which nothing is told, and the indices do not add up to 1. Intervals are of
a bootstrap over the rows; those of a Sobol sequence are spread more evenly than draws, so that the true error is less.

Source: (1) Saltelli and others (2010), Computer Physics Communications 181(2), table 2 (b); (2) Jansen (1999), Computer
Physics Communications 117(1-2).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from jaxtyping import Float

from detente.ensemble import stream
from detente.ensemble.joint import joint
from detente.errors import AnalysisError

Model: TypeAlias = Callable[[Float[np.ndarray, "row factor"], int], Float[np.ndarray, "row answer"]]
ROWS = 512  # of A, and of B
RESAMPLES = 200
MOST_ROWS = 1 << 20
AT_ONCE = 64  # resamples that are counted together
NOTHING = 1e-12  # of the square of an answer: a variance below this is rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class Sobol:
    """First-order and total indices of answers, with 95 % bootstrap intervals.

    ============  ======================  =================================================================
    first, total  answer factor           equations (1) and (2), shares of the variance
    *_low, *_high answer factor           ends of their intervals
    variance      answer                  in the square of the unit of the answer; 0: nothing moves it
    ============  ======================  =================================================================

    What is estimated may fall a little below 0 or above 1. Where nothing moves an answer its indices are 0.
    """

    factors: tuple[str, ...]
    rows: int
    runs: int
    seed: int
    variance: Float[np.ndarray, " answer"]
    first: Float[np.ndarray, "answer factor"]
    first_low: Float[np.ndarray, "answer factor"]
    first_high: Float[np.ndarray, "answer factor"]
    total: Float[np.ndarray, "answer factor"]
    total_low: Float[np.ndarray, "answer factor"]
    total_high: Float[np.ndarray, "answer factor"]


@dataclass(frozen=True, slots=True)
class Matrices:
    """The points at which a model is asked: A, B, and per factor A with its coordinate from B."""

    first: Float[np.ndarray, "row factor"]
    second: Float[np.ndarray, "row factor"]

    def crossed(self, factor: int) -> Float[np.ndarray, "row factor"]:
        """Return A with one coordinate from B."""
        found = self.first.copy()
        found[:, factor] = self.second[:, factor]
        return found

    def each(self, factors: Sequence[int]) -> Iterator[tuple[Float[np.ndarray, "row factor"], int]]:
        """Yield A, B, and the crossed ones of these factors, each with its set of chances."""
        yield self.first, 0
        yield self.second, 1
        yield from ((self.crossed(k), 0) for k in factors)


def matrices(names: Sequence[str], *, rows: int = ROWS, seed: int) -> Matrices:
    """Lay out A and B on joint Sobol points, a column per name.

    Raises AnalysisError unless `rows` is a power of 2, up to a million, and where there is no name.

    >>> matrices(("a", "b", "c"), rows=4, seed=1).crossed(0).shape
    (4, 3)
    """
    if rows < 2 or rows > MOST_ROWS or rows & (rows - 1):
        raise AnalysisError(f"{rows} rows: a Sobol sequence is even over powers of 2. Ask for 256, 512, 1024 ...")
    if not names:
        raise AnalysisError("There is no input whose part in an answer could be told. Widen the range of one.")
    halves = [[f"{half}:{name}" for name in names] for half in "AB"]
    columns = joint([*halves[0], *halves[1]], rows, seed=seed)
    first, second = (np.stack([columns[path] for path in half], axis=1) for half in halves)
    return Matrices(first, second)


def sobol(
    model: Model,
    names: Sequence[str],
    *,
    of: Sequence[str] | None = None,
    rows: int = ROWS,
    seed: int,
    resamples: int = RESAMPLES,
) -> Sobol:
    """Ask a model at the Sobol points, and say what each input accounts for, equations (1) and (2).

    `model` takes points of the unit cube, a column per name, with the number of a set of chances, and returns a column
    per answer. All inputs vary; `of` names those that are told, all by default: each costs `rows` runs.

    Raises AnalysisError as `matrices` does, for a name that is not there, and for answers of another shape.

    >>> found = sobol(lambda u, _: (2 * u[:, :1] + u[:, 1:2]), ("a", "b"), seed=1)
    >>> found.first.round(2), found.total.round(2)
    (array([[0.8, 0.2]]), array([[0.8, 0.2]]))
    """
    told = tuple(names if of is None else of)
    strange = [name for name in told if name not in names]
    if strange or not told:
        raise AnalysisError(f"{strange or 'No input'} cannot be told about. Inputs: {', '.join(names)}.")
    laid = matrices(names, rows=rows, seed=seed)
    runs = []
    for points, chances in laid.each([list(names).index(name) for name in told]):
        found = np.asarray(model(points, chances), dtype=np.float64)
        if found.ndim != 2 or len(found) != rows:
            raise AnalysisError(f"Answers of shape {found.shape} came back for {rows} points. Give a row per point.")
        runs.append(found)
    return indices(np.concatenate(runs), told, seed=seed, resamples=resamples)


def indices(
    found: Float[np.ndarray, "run answer"], names: Sequence[str], *, seed: int, resamples: int = RESAMPLES
) -> Sobol:
    """Say what each input accounts for from the answers at `Matrices.each`, one under the other.

    Rows in which some run has no answer are left out, answer by answer.

    >>> indices(np.zeros((16, 1)), ("a", "b"), seed=1).total
    array([[0., 0.]])
    """
    rows = found.shape[0] // (len(names) + 2)
    stacked = found.reshape(len(names) + 2, rows, found.shape[1])
    parts = [_one(stacked[:, :, k], seed=seed, resamples=resamples) for k in range(found.shape[1])]
    ends = {name: np.array([p[name] for p in parts]).reshape(len(parts), -1) for name in _ENDS}
    variance = np.array([float(p["variance"][0]) for p in parts])
    return Sobol(factors=tuple(names), rows=rows, runs=found.shape[0], seed=seed, variance=variance, **ends)


_ENDS = ("first", "first_low", "first_high", "total", "total_low", "total_high")


def _one(
    stacked: Float[np.ndarray, "matrix row"], *, seed: int, resamples: int
) -> dict[str, Float[np.ndarray, " factor"]]:
    """Return the indices of one answer with the ends of their intervals, by name."""
    sound = stacked[:, np.isfinite(stacked).all(axis=0)]
    if sound.shape[1] < 2:
        return {"variance": np.zeros(1), **dict.fromkeys(_ENDS, np.zeros(len(stacked) - 2))}
    # About nought the estimates are far less noisy.
    sums, scale = _Sums.of(sound - sound.mean()), float((sound**2).mean())
    rows = sound.shape[1]
    variance, first, total = (part[0] for part in sums.at(np.ones((1, rows)), scale))
    found = {"variance": variance}
    drawn = _resampled(sums, scale, stream("levers.sobol.bootstrap", seed=seed), resamples)
    for name, at, part in (("first", first, drawn[0]), ("total", total, drawn[1])):
        low, high = np.quantile(part, [0.025, 0.975], axis=0)
        found |= {name: at, f"{name}_low": np.minimum(low, at), f"{name}_high": np.maximum(high, at)}
    return found


@dataclass(frozen=True, slots=True)
class _Sums:
    """What is averaged over rows: the products of (1) and (2), and the moments of A and B together."""

    first: Float[np.ndarray, "row factor"]
    total: Float[np.ndarray, "row factor"]
    moments: Float[np.ndarray, "row two"]

    @staticmethod
    def of(stacked: Float[np.ndarray, "matrix row"]) -> "_Sums":
        one, other, crossed = stacked[0], stacked[1], stacked[2:]
        moments = np.stack([0.5 * (one + other), 0.5 * (one**2 + other**2)], axis=1)
        return _Sums((other * (crossed - one)).T, (0.5 * (one - crossed) ** 2).T, moments)

    def at(
        self, counts: Float[np.ndarray, "sample row"], scale: float
    ) -> tuple[Float[np.ndarray, "sample one"], Float[np.ndarray, "sample factor"], Float[np.ndarray, "sample factor"]]:
        """Return variance and indices where every row counts so often; 0 where nothing moves."""
        many = counts.sum(axis=1)[:, None]
        # einsum without BLAS: the same bytes whatever the machine's library does.
        first, total, moments = (
            np.einsum("sr,rc->sc", counts, terms) / many for terms in (self.first, self.total, self.moments)
        )
        variance = np.maximum(moments[:, 1:] - moments[:, :1] ** 2, 0.0)
        moves = variance > NOTHING * max(scale, 1e-300)
        over = np.where(moves, variance, 1.0)
        return np.where(moves, variance, 0.0), np.where(moves, first / over, 0.0), np.where(moves, total / over, 0.0)


def _resampled(
    sums: _Sums, scale: float, rng: np.random.Generator, resamples: int
) -> tuple[Float[np.ndarray, "sample factor"], Float[np.ndarray, "sample factor"]]:
    """Return both indices over resamples of the rows."""
    rows, kept = len(sums.first), []
    for begin in range(0, max(resamples, 1), AT_ONCE):
        picks = rng.integers(0, rows, size=(min(AT_ONCE, max(resamples, 1) - begin), rows))
        counts = np.stack([np.bincount(row, minlength=rows) for row in picks]).astype(np.float64)
        kept.append(sums.at(counts, scale)[1:])
    return np.concatenate([one for one, _ in kept]), np.concatenate([other for _, other in kept])
