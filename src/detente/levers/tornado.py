r"""Which inputs swing an answer most, one at a time, and over draws of everything?

One at a time, every input is moved from low to high in steps while all others stand at their best guess, all of it in
one batch of draws; an answer that takes chances is averaged, with the same chances at every step. What two inputs do
only together is not seen that way. Over draws, where all inputs vary at once,

    rho_i = the correlation of the ranks of input i and of the answer                                               (1)
    d_i   = mean of the answer in the draws with input i in its top fifth, less that in its bottom fifth            (2)

with, for a red line, the draws in which it is real less the others. The error of (2) is that of two means.

Source: tornado diagrams, Howard (1988), Management Science 34(6); rank correlation, Spearman (1904), American Journal
of Psychology 15(1).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float
from scipy.special import ndtri

from detente.boards import Draws
from detente.errors import AnalysisError
from detente.levers.claim import Open
from detente.levers.factors import Scalar, Scalars, at_best, held, means, size_of, taken
from detente.situation.values import BasisKind

STEPS = 9  # values of an input, its ends among them
FIFTH = 0.2
FEWEST = 10  # draws
CLEAR = 0.05
LEAST = 1e-9  # a swing below this is rounding


@dataclass(frozen=True, slots=True)
class Bar:
    """What one input does to an answer, all others at their best guess.

    `at_low` and `at_high` are the answers at the ends of the input, `least` and `most` the extremes over its range:
    they differ from the ends where the answer turns around inside. An end is None where there is no answer.
    """

    path: str
    low: float
    guess: float
    high: float
    basis: BasisKind
    at_low: float | None
    at_high: float | None
    least: float
    most: float

    @property
    def swing(self) -> float:
        """How far the answer moves over the range of the input."""
        return self.most - self.least


@dataclass(frozen=True, slots=True)
class Moves:
    """How an answer goes with one input over draws of everything, equations (1) and (2).

    `low` and `high` are the means at the bottom and at the top of the input, `error` the standard error of their
    difference. `seen` is whether that is more than chance would make of inputs without any bearing, all of those looked
    at, in 19 of 20 such tables.
    """

    path: str
    basis: BasisKind
    rank: float
    low: float
    high: float
    error: float
    seen: bool

    @property
    def difference(self) -> float:
        """Equation (2)."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Tornado:
    """One answer at the best guess, and what each input does to it, the greatest swing first; `still` do nothing."""

    answer: Scalar
    at_best: float | None
    bars: tuple[Bar, ...]
    still: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """One answer over draws: its mean, and how it goes with each input, the greatest difference first."""

    answer: Scalar
    draws: int
    mean: float
    moves: tuple[Moves, ...]


def tornado(asked: Scalars, factors: Sequence[Open], *, steps: int = STEPS) -> tuple[Tornado, ...]:
    """Move every input over its range, the others at their best guess; one tornado per answer.

    Raises AnalysisError where there is no input to move, or fewer than two steps.

    >>> twice = Scalars((Scalar("twice", "number"),), lambda d, _: 2 * d["a"][:, None])
    >>> [(b.path, b.swing) for b in tornado(twice, (Open("a", 0, 1, 4, "read"),))[0].bars]
    [('a', 8.0)]
    """
    if not factors or steps < 2:
        raise AnalysisError("Nothing can be moved: there is no open input, or fewer than two steps. Widen a range.")
    sizes = [2 if one.is_hardness else steps for one in factors]
    begins = np.cumsum([1, *sizes])
    draws = at_best(factors, int(begins[-1]))
    for one, begin, size in zip(factors, begins, sizes, strict=False):
        for path, values in held(one, np.linspace(one.low, one.high, size)).items():
            draws[path][begin : begin + size] = values
    found = asked.over(draws) if asked.lots == 1 else _averaged(asked, draws)
    spans = [slice(int(a), int(a) + size) for a, size in zip(begins, sizes, strict=False)]
    return tuple(_tornado(answer, found[:, k], factors, spans) for k, answer in enumerate(asked.answers))


def _averaged(asked: Scalars, draws: Draws) -> Float[np.ndarray, "draw answer"]:
    """Ask about every draw over the same chances, and average."""
    rows = ({path: np.full(asked.lots, column[k]) for path, column in draws.items()} for k in range(size_of(draws)))
    return np.stack([means(asked.over(row))[0] for row in rows])


def _tornado(
    answer: Scalar, values: Float[np.ndarray, " draw"], factors: Sequence[Open], spans: Sequence[slice]
) -> Tornado:
    bars = [_bar(one, values[span], values[0]) for one, span in zip(factors, spans, strict=True)]
    moving = [bar for bar in bars if bar.swing > LEAST]
    order = sorted(range(len(moving)), key=lambda k: (-moving[k].swing, k))
    still = tuple(bar.path for bar in bars if bar.swing <= LEAST)
    return Tornado(answer, _known(values[0]), tuple(moving[k] for k in order), still)


def _bar(one: Open, values: Float[np.ndarray, " step"], best: float) -> Bar:
    told = np.append(values, best)
    told = told[np.isfinite(told)]
    least, most = (float(told.min()), float(told.max())) if told.size else (0.0, 0.0)
    ends = _known(values[0]), _known(values[-1])
    return Bar(one.path, one.low, one.guess, one.high, one.basis, *ends, least, most)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def drift(
    answers: Sequence[Scalar], values: Float[np.ndarray, "draw answer"], factors: Sequence[Open], draws: Draws
) -> tuple[Drift, ...]:
    """Follow answers with every input over draws of all of them, equations (1) and (2); one drift per answer.

    `values` are the answers in these very draws.

    Raises AnalysisError for fewer than ten draws.

    >>> draws = {"a": np.arange(20.0), "b": np.zeros(20)}
    >>> inputs = (Open("a", 0, 1, 20, "read"), Open("b", 0, 0, 1, "read"))
    >>> [(m.path, m.rank) for m in drift((Scalar("x", "number"),), draws["a"][:, None], inputs, draws)[0].moves]
    [('a', 1.0), ('b', 0.0)]
    """
    if len(values) < FEWEST:
        raise AnalysisError(f"{len(values)} draws are too few to see what an answer goes with. Draw at least {FEWEST}.")
    found, errors = [], float(ndtri(1 - CLEAR / 2 / max(1, len(factors))))
    for k, answer in enumerate(answers):
        there = np.isfinite(values[:, k])
        own, rows = values[there, k], []
        order = _ranks(own)
        for one in factors:
            column = taken(one, draws)[there]
            part = _ends(column, line=one.is_hardness)
            rows.append(_moves(one, own, part, (_correlation(_ranks(column), order), errors)))
        rows.sort(key=lambda m: (-abs(m.difference), m.path))
        found.append(Drift(answer, len(own), float(own.mean()) if own.size else 0.0, tuple(rows)))
    return tuple(found)


def _ranks(column: Float[np.ndarray, " draw"]) -> Float[np.ndarray, " draw"]:
    """Return ranks less their mean, equals sharing theirs."""
    _, inverse, counts = np.unique(column, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    shared = last - (counts - 1) / 2
    return np.asarray(shared[inverse.reshape(-1)] - (len(column) + 1) / 2, dtype=np.float64)


def _correlation(one: Float[np.ndarray, " draw"], other: Float[np.ndarray, " draw"]) -> float:
    spread = float(np.sqrt((one**2).sum() * (other**2).sum()))
    return float((one * other).sum()) / spread if spread > 0 else 0.0


def _ends(
    column: Float[np.ndarray, " draw"], line: bool
) -> tuple[Bool[np.ndarray, " draw"], Bool[np.ndarray, " draw"]]:
    """Mark the draws at the bottom and at the top of an input."""
    if line:
        return column < 0.5, column > 0.5
    low, high = np.quantile(column, [FIFTH, 1 - FIFTH])
    return column <= low, column >= high


def _moves(
    one: Open,
    own: Float[np.ndarray, " draw"],
    part: tuple[Bool[np.ndarray, " draw"], Bool[np.ndarray, " draw"]],
    about: tuple[float, float],
) -> Moves:
    low, high = (own[rows] for rows in part)
    rank, errors = about
    if not low.size or not high.size:  # a red line that is real in all draws, or in none
        mean = float(own.mean()) if own.size else 0.0
        return Moves(one.path, one.basis, 0.0, mean, mean, 0.0, False)
    # Means of what is 0 or 1 throughout have no error of their own: that of all draws stands for it.
    spread = max(float(low.var()), float(high.var()), float(own.var()) / 2)
    error = (spread / low.size + spread / high.size) ** 0.5
    ends = float(low.mean()), float(high.mean())
    return Moves(one.path, one.basis, rank, *ends, error, abs(ends[1] - ends[0]) > errors * error)
