"""What is kept of many draws, so that parts done anywhere may be added up?

Every reducer is frozen, has `of` for the draws of one chunk, `+` for the draws of both, and `identity` for none.
Counts, histograms and the reservoir add up to the same bytes however they are grouped and in whatever order. Moments
and co-moments are sums of floats, which other groupings change in their last digits: they are added up in the order of
the chunks, always, and so every number of workers gives the same bytes.

Quantiles come of a histogram of many bins between known bounds, not of a t-digest or a KLL sketch: the bounds of every
answer here are known beforehand (a scale, a score in basis points, a share), its error is the width of a bin whatever
the draws are, and sums of counts do not depend on their order, which sketches do.

Source of the merging of moments: Chan, Golub and LeVeque (1983), The American Statistician 37(3).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int, UInt64

from detente.errors import UsageError

BINS = 1_024
_ROUNDS = ((np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)), (np.uint64(27), np.uint64(0x94D049BB133111EB)))
_LAST = np.uint64(31)


@dataclass(frozen=True, slots=True)
class CoMoments:
    """How inputs and answers vary, each by itself and each input with each answer.

    ===========  ============  =====================================================================
    mean_input   input         mean over draws; `mean_answer` the same of answers
    m2_input     input         sum of squared distances from the mean; `m2_answer` the same of answers
    together     input answer  sum of products of distances from the means
    ===========  ============  =====================================================================
    """

    draws: int
    mean_input: Float[np.ndarray, " input"]
    mean_answer: Float[np.ndarray, " answer"]
    m2_input: Float[np.ndarray, " input"]
    m2_answer: Float[np.ndarray, " answer"]
    together: Float[np.ndarray, "input answer"]

    @classmethod
    def of(cls, inputs: Float[np.ndarray, "draw input"], answers: Float[np.ndarray, "draw answer"]) -> "CoMoments":
        """Reduce the draws of one chunk."""
        mean_input, mean_answer = inputs.mean(axis=0), answers.mean(axis=0)
        x, y = inputs - mean_input, answers - mean_answer
        # Summed column by column: a matrix product is summed in an order that depends on the machine's library.
        together = np.stack([(column[:, None] * y).sum(axis=0) for column in x.T])
        return cls(inputs.shape[0], mean_input, mean_answer, (x**2).sum(axis=0), (y**2).sum(axis=0), together)

    def __add__(self, other: "CoMoments") -> "CoMoments":
        """Return those of the draws of both."""
        draws = self.draws + other.draws
        x, y = other.mean_input - self.mean_input, other.mean_answer - self.mean_answer
        share, both = other.draws / max(draws, 1), self.draws * other.draws / max(draws, 1)
        return CoMoments(
            draws,
            self.mean_input + x * share,
            self.mean_answer + y * share,
            self.m2_input + other.m2_input + x**2 * both,
            self.m2_answer + other.m2_answer + y**2 * both,
            self.together + other.together + x[:, None] * y * both,
        )

    @property
    def identity(self) -> "CoMoments":
        """Those of no draw."""
        inputs, answers = self.together.shape
        none = (np.zeros(inputs), np.zeros(answers))
        return CoMoments(0, *none, *none, np.zeros((inputs, answers)))

    @property
    def correlation(self) -> Float[np.ndarray, "input answer"]:
        """The correlation of each input with each answer, -1 to 1; 0 where one of them does not vary."""
        scale = np.sqrt(self.m2_input[:, None] * self.m2_answer)
        return np.asarray(np.divide(self.together, scale, out=np.zeros_like(self.together), where=scale > 0))


@dataclass(frozen=True, slots=True)
class Count:
    """In how many draws something holds, for any number of things at once."""

    draws: int
    holds: Int[np.ndarray, "*cell"]

    @classmethod
    def of(cls, holds: Bool[np.ndarray, "draw *cell"]) -> "Count":
        """Reduce the draws of one chunk.

        >>> Count.of(np.array([True, False, True])).share.tolist()
        0.6666666666666666
        """
        return cls(holds.shape[0], np.asarray(holds.sum(axis=0, dtype=np.int64)))

    def __add__(self, other: "Count") -> "Count":
        """Return that of the draws of both."""
        return Count(self.draws + other.draws, np.asarray(self.holds + other.holds))

    @property
    def identity(self) -> "Count":
        """That of no draw."""
        return Count(0, np.zeros_like(self.holds))

    @property
    def share(self) -> Float[np.ndarray, "*cell"]:
        """The share of the draws, 0 to 1."""
        return np.asarray(self.holds / self.draws)


@dataclass(frozen=True, slots=True)
class Histogram:
    """How values lie between known bounds, for any number of cells at once; quantiles to the width of a bin.

    ========  =========  ==================================================================
    counts    *cell bin  draws in each of the equal bins from low to high, high included
    outside   *cell 2    draws below low, and above high
    ========  =========  ==================================================================
    """

    draws: int
    low: float
    high: float
    counts: Int[np.ndarray, "*cell bin"]
    outside: Int[np.ndarray, "*cell 2"]

    @classmethod
    def of(cls, values: Float[np.ndarray, "draw *cell"], *, low: float, high: float, bins: int = BINS) -> "Histogram":
        """Reduce the draws of one chunk.

        Raises UsageError where the bounds leave no room, there is no bin, or a value is missing.

        >>> Histogram.of(np.array([0.0, 2.5, 10.0, 11.0]), low=0, high=10, bins=4).counts.tolist()
        [1, 1, 0, 1]
        """
        if not low < high or bins < 1 or bool(np.isnan(values).any()):
            raise UsageError(
                f"{bins} bins from {low:g} to {high:g}: a histogram needs low < high, a bin, and numbers that are none "
                "of them missing. Give other bounds, or leave out the draws without a value."
            )
        flat = values.reshape(values.shape[0], -1)
        place = np.floor((flat - low) * (bins / (high - low))).clip(0, bins - 1).astype(np.int64) + 1
        place = np.where(flat < low, 0, np.where(flat > high, bins + 1, place))
        cells = flat.shape[1]
        found = np.bincount((place + np.arange(cells) * (bins + 2)).ravel(), minlength=cells * (bins + 2))
        counts = found.reshape(*values.shape[1:], bins + 2).astype(np.int64)
        inner = np.ascontiguousarray(counts[..., 1:-1])
        return cls(values.shape[0], float(low), float(high), inner, np.ascontiguousarray(counts[..., [0, -1]]))

    def __add__(self, other: "Histogram") -> "Histogram":
        """Return that of the draws of both.

        Raises UsageError where their bins differ.
        """
        if (self.low, self.high, self.counts.shape) != (other.low, other.high, other.counts.shape):
            raise UsageError(
                f"A histogram from {self.low:g} to {self.high:g} and one from {other.low:g} to {other.high:g} cannot "
                "be added up. Give both the same bounds, bins and cells."
            )
        counts, outside = self.counts + other.counts, self.outside + other.outside
        return Histogram(self.draws + other.draws, self.low, self.high, np.asarray(counts), np.asarray(outside))

    @property
    def identity(self) -> "Histogram":
        """That of no draw."""
        return Histogram(0, self.low, self.high, np.zeros_like(self.counts), np.zeros_like(self.outside))

    def quantile(self, share: float) -> Float[np.ndarray, "*cell"]:
        """Return the upper edge of the bin in which `share` of the draws is reached; low or high where outside."""
        below, inside = self.outside[..., :1], np.cumsum(self.counts, axis=-1)
        needed = np.ceil(share * self.draws - 1e-9)
        reached = np.concatenate([below, below + inside], axis=-1) >= needed
        place = np.where(reached.any(axis=-1), reached.argmax(axis=-1), self.counts.shape[-1])
        return np.asarray(self.low + place * ((self.high - self.low) / self.counts.shape[-1]))


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean and variance over draws, and the ends, for any number of cells at once.

    `m2` is the sum of squared distances from the mean.
    """

    draws: int
    mean: Float[np.ndarray, "*cell"]
    m2: Float[np.ndarray, "*cell"]
    least: Float[np.ndarray, "*cell"]
    most: Float[np.ndarray, "*cell"]

    @classmethod
    def of(cls, values: Float[np.ndarray, "draw *cell"]) -> "Moments":
        """Reduce the draws of one chunk.

        >>> Moments.of(np.array([1.0, 2.0, 6.0])).mean.item()
        3.0
        """
        mean = np.asarray(values.mean(axis=0))
        m2 = np.asarray(((values - mean) ** 2).sum(axis=0))
        return cls(values.shape[0], mean, m2, np.asarray(values.min(axis=0)), np.asarray(values.max(axis=0)))

    def __add__(self, other: "Moments") -> "Moments":
        """Return those of the draws of both."""
        draws = self.draws + other.draws
        apart = other.mean - self.mean
        return Moments(
            draws,
            np.asarray(self.mean + apart * (other.draws / max(draws, 1))),
            np.asarray(self.m2 + other.m2 + apart**2 * (self.draws * other.draws / max(draws, 1))),
            np.asarray(np.minimum(self.least, other.least)),
            np.asarray(np.maximum(self.most, other.most)),
        )

    @property
    def identity(self) -> "Moments":
        """Those of no draw."""
        none = np.zeros_like(self.mean)
        return Moments(0, none, none, np.full_like(none, np.inf), np.full_like(none, -np.inf))

    @property
    def variance(self) -> Float[np.ndarray, "*cell"]:
        """The mean squared distance from the mean."""
        return np.asarray(self.m2 / self.draws)

    @property
    def deviation(self) -> Float[np.ndarray, "*cell"]:
        """The standard deviation over draws."""
        return np.asarray(np.sqrt(self.variance))


@dataclass(frozen=True, slots=True)
class Reservoir:
    """Some whole draws, the same ones whoever looks: those whose number has the smallest hashes under the seed.

    =========  =======  ====================================================
    draw       kept     number of the draw among all, smallest hash first
    rank       kept     its hash
    columns    kept     what was drawn and what came of it, by name
    =========  =======  ====================================================
    """

    most: int
    seed: int
    draw: Int[np.ndarray, " kept"]
    rank: UInt64[np.ndarray, " kept"]
    columns: dict[str, np.ndarray]

    @classmethod
    def of(cls, columns: Mapping[str, np.ndarray], *, first: int, seed: int, most: int) -> "Reservoir":
        """Reduce the draws of one chunk, of which the first has the number `first` among all.

        Raises UsageError where nothing is to be kept, or columns are not equally long.

        >>> some = Reservoir.of({"x": np.arange(100)}, first=0, seed=1, most=3)
        >>> bool((some.columns["x"] == some.draw).all()), some.draw.size
        (True, 3)
        """
        lengths = {column.shape[0] for column in columns.values()}
        if most < 1 or len(lengths) != 1:
            raise UsageError(
                f"{most} draws of columns with {sorted(lengths)} rows cannot be kept. Keep at least 1, of columns of "
                "one length."
            )
        draw = np.arange(first, first + lengths.pop(), dtype=np.int64)
        return cls(most, seed, draw, _ranked(draw, seed), dict(columns))._least()

    def __add__(self, other: "Reservoir") -> "Reservoir":
        """Return that of the draws of both."""
        columns = {name: np.concatenate([column, other.columns[name]]) for name, column in self.columns.items()}
        draw, rank = np.concatenate([self.draw, other.draw]), np.concatenate([self.rank, other.rank])
        return Reservoir(self.most, self.seed, draw, rank, columns)._least()

    @property
    def identity(self) -> "Reservoir":
        """That of no draw."""
        none = {name: column[:0] for name, column in self.columns.items()}
        return Reservoir(self.most, self.seed, self.draw[:0], self.rank[:0], none)

    def _least(self) -> "Reservoir":
        order = np.lexsort((self.draw, self.rank))[: self.most]
        columns = {name: column[order] for name, column in self.columns.items()}
        return Reservoir(self.most, self.seed, self.draw[order], self.rank[order], columns)


def _ranked(draw: Int[np.ndarray, " draw"], seed: int) -> UInt64[np.ndarray, " draw"]:
    """Hash the numbers of draws: the finaliser of SplitMix64 (Steele, Lea and Flood 2014), keyed by the seed."""
    key = int.from_bytes(hashlib.sha256(f"reservoir\n{seed}".encode()).digest()[:8], "little")
    word = draw.astype(np.uint64) + np.uint64(key)
    for shift, factor in _ROUNDS:
        word = (word ^ (word >> shift)) * factor
    return np.asarray(word ^ (word >> _LAST))
