r"""From which value of one or two inputs on is an answer another, on average over the draws of everything else?

One input is held to a value x in all draws, the others stay as drawn, and the answer is averaged:

    s(x) = (1 / N) sum_d f(x, the others in draw d)                                                                 (1)

The same draws serve every x (common random numbers), so that s changes only by what x does. A flip is where s crosses
a level, by default a half; it is found on a grid and then narrowed by bisection, so that two flips within one step of
the grid are not seen. All of it is sampled: between the draws nothing is proved. Where a deal is the answer and the
others stand at their best guess, `detente.levers.critical` proves its lines instead.

Source: common random numbers, Glasserman and Yao (1992), Management Science 38(6).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from detente.boards import Draws
from detente.errors import AnalysisError
from detente.levers.claim import Open
from detente.levers.factors import Scalar, Scalars, held, means, size_of

GRID = 9  # values of an input before bisection
HALVINGS = 7
SQUARE = 9  # values of each of two inputs
LEVEL = 0.5


@dataclass(frozen=True, slots=True)
class Flip:
    """A crossing: between `low` and `high` the mean passes the level, upwards or downwards as the input grows."""

    low: float
    high: float
    rises: bool

    @property
    def at(self) -> float:
        """The middle of what it was narrowed to."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Steep:
    """Where the mean changes most at once: between `low` and `high` of the input by `change`."""

    low: float
    high: float
    change: float


@dataclass(frozen=True, slots=True)
class Flips:
    """The mean of one answer along one input, equation (1): `values` of the input, `means` there, `errors` of each.

    `draws` is N; `spread` is how far the mean moves; `steep` is where at least half of that comes at once, which may be
    far from the level; None where it comes little by little. Sampled.
    """

    answer: Scalar
    path: str
    level: float
    draws: int
    guess: float
    values: tuple[float, ...]
    means: tuple[float, ...]
    errors: tuple[float, ...]
    flips: tuple[Flip, ...]
    steep: Steep | None = None

    @property
    def spread(self) -> float:
        """How far the mean moves over the range."""
        return max(self.means) - min(self.means)


@dataclass(frozen=True, slots=True)
class FlipSquare:
    """The mean of one answer over two inputs: `means[row][column]`, the first row at the low end of the second."""

    answer: Scalar
    paths: tuple[str, str]
    level: float
    draws: int
    guess: tuple[float, float]
    across: tuple[float, ...]
    up: tuple[float, ...]
    means: tuple[tuple[float, ...], ...]


def flips(
    asked: Scalars, draws: Draws, factors: Sequence[Open], *, answer: str, level: float = LEVEL, grid: int = GRID
) -> tuple[Flips, ...]:
    """Follow the mean of one answer along each of these inputs, equation (1), and narrow every flip.

    Raises AnalysisError where the answer is not one of those asked, or the grid has fewer than two values.

    >>> above = Scalars((Scalar("above", "holds"),), lambda d, _: (d["a"] > 3).astype(float)[:, None])
    >>> draws = {"a": np.array([1.0, 2.0]), "b": np.array([0.0, 1.0])}
    >>> round(flips(above, draws, (Open("a", 0, 1, 4, "read"),), answer="above")[0].flips[0].at, 1)
    3.0
    """
    if grid < 2:
        raise AnalysisError(f"A grid of {grid} values has no ends. Ask for 2 at least.")
    at = asked.at(answer)
    return tuple(_along(asked, draws, one, at, (level, grid)) for one in factors)


def flip_square(
    asked: Scalars, draws: Draws, factors: tuple[Open, Open], *, answer: str, level: float = LEVEL, grid: int = SQUARE
) -> FlipSquare:
    """Hold two inputs to a grid of values, and average one answer at each pair.

    Raises AnalysisError as `flips` does, and for one input given twice.

    >>> both = Scalars((Scalar("both", "holds"),), lambda d, _: (d["a"] + d["b"] > 1).astype(float)[:, None])
    >>> inputs = (Open("a", 0, 0.5, 1, "read"), Open("b", 0, 0.5, 1, "read"))
    >>> flip_square(both, {"a": np.zeros(2), "b": np.zeros(2)}, inputs, answer="both", grid=2).means
    ((0.0, 0.0), (0.0, 1.0))
    """
    first, second = factors
    if first.path == second.path:
        raise AnalysisError(f"A square needs two inputs, and '{first.path}' was given twice. Name another one.")
    at = asked.at(answer)
    across, up = (_grid(one, grid) for one in factors)
    pairs = np.array([(x, y) for y in up for x in across])
    found, _ = _means(asked, draws, ((first, pairs[:, 0]), (second, pairs[:, 1])), at)
    return FlipSquare(
        answer=asked.answers[at],
        paths=(first.path, second.path),
        level=level,
        draws=size_of(draws),
        guess=(first.guess, second.guess),
        across=tuple(across.tolist()),
        up=tuple(up.tolist()),
        means=tuple(tuple(row) for row in found.reshape(len(up), len(across)).tolist()),
    )


def _grid(one: Open, grid: int) -> Float[np.ndarray, " value"]:
    if grid < 2:
        raise AnalysisError(f"A grid of {grid} values has no ends. Ask for 2 at least.")
    return np.linspace(one.low, one.high, 2 if one.is_hardness else grid)


def _means(
    asked: Scalars, draws: Draws, held_to: Sequence[tuple[Open, Float[np.ndarray, " value"]]], at: int
) -> tuple[Float[np.ndarray, " value"], Float[np.ndarray, " value"]]:
    """Average one answer over all draws at each value, or set of values; return means and their standard errors."""
    found, count = [], size_of(draws)
    # One value after the other, so that the same draw meets the same chances at every value.
    for k in range(len(held_to[0][1])):
        there = dict(draws)
        for one, values in held_to:
            there |= held(one, np.full(count, values[k]))
        mean, error = means(asked.over(there)[:, [at]])
        found.append((float(mean[0]), float(error[0])))
    if not np.isfinite(np.array(found)).all():
        raise AnalysisError(f"'{asked.answers[at].name}' has no answer in any draw at some value. Ask for more draws.")
    told = np.array(found)
    return told[:, 0], told[:, 1]


def _along(asked: Scalars, draws: Draws, one: Open, at: int, how: tuple[float, int]) -> Flips:
    level, grid = how
    values = _grid(one, grid)
    found, errors = _means(asked, draws, ((one, values),), at)
    above = found > level
    turns = np.flatnonzero(above[1:] != above[:-1])
    ends = np.stack([values[turns], values[turns + 1]])
    for _ in range(0 if one.is_hardness or not turns.size else HALVINGS):
        middle = ends.mean(axis=0)
        there = _means(asked, draws, ((one, middle),), at)[0] > level
        as_low = there == above[turns]
        ends = np.stack([np.where(as_low, middle, ends[0]), np.where(as_low, ends[1], middle)])
    return Flips(
        answer=asked.answers[at],
        path=one.path,
        level=level,
        draws=size_of(draws),
        guess=one.guess,
        values=tuple(values.tolist()),
        means=tuple(found.tolist()),
        errors=tuple(errors.tolist()),
        flips=tuple(Flip(float(a), float(b), not bool(above[k])) for a, b, k in zip(*ends, turns, strict=True)),
        steep=None if one.is_hardness else _steep(asked, draws, one, at, (values, found)),
    )


def _steep(
    asked: Scalars,
    draws: Draws,
    one: Open,
    at: int,
    known: tuple[Float[np.ndarray, " value"], Float[np.ndarray, " value"]],
) -> Steep | None:
    """Follow the half of a step of the grid in which more of the change is, as long as one half has most of it."""
    values, found = known
    spread = float(found.max() - found.min())
    k = int(np.abs(np.diff(found)).argmax())
    ends, told = [float(values[k]), float(values[k + 1])], [float(found[k]), float(found[k + 1])]
    if spread <= 0 or abs(told[1] - told[0]) < spread / 2:
        return None
    for _ in range(HALVINGS):
        middle = sum(ends) / 2
        there = float(_means(asked, draws, ((one, np.array([middle])),), at)[0][0])
        side = int(abs(there - told[0]) >= abs(told[1] - there))  # which end it takes the place of
        if abs(told[1 - side] - there) < spread / 2:
            break
        ends[side], told[side] = middle, there
    return Steep(ends[0], ends[1], told[1] - told[0])
