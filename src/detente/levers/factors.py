"""Which inputs can an answer be moved by, what did each take in a draw, and how is one held to a value?

What a lever asks is a `Scalars`: named answers, one number each, that follow from draws of the inputs, and where they
take chances of their own from a set of chances by number: the same set gives the same chance to the same row. An input
that the draws leave out stands at its best guess, and a red line then binds. Of a red line one thing is open, whether
it is real: it counts as one input, 1 where it is real and 0 where it is not, under the path of its hardness.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Float

from detente.boards import Draws
from detente.ensemble.shapes import shaped
from detente.errors import AnalysisError
from detente.levers.claim import Open, open_input
from detente.situation.paths import Input
from detente.situation.values import Range

Kind: TypeAlias = Literal["holds", "points", "level", "number"]
Over: TypeAlias = Callable[[Draws, int], Float[np.ndarray, "draw answer"]]
BATCH = 16_384  # draws asked about together
HARDNESS, REAL = ".hardness", ".real"


@dataclass(frozen=True, slots=True)
class Scalar:
    """One answer that is a number in every draw.

    A "holds" is 1 where something is so and 0 where it is not, so that its mean is a share of draws; "points" are of a
    party's gain, a "level" is in the unit of its issue. `about` is the party, issue, world or end that it is of, and
    `where` the agenda or the world it is asked in.
    """

    name: str
    kind: Kind
    about: str | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Scalars:
    """Answers that are found together, and how they follow from draws and a set of chances.

    `lots` is over how many rows answers at one value of the inputs are averaged: 1 where they take no chances.
    """

    answers: tuple[Scalar, ...]
    of: Over
    lots: int = 1

    def over(self, draws: Draws, *, chances: int = 0) -> Float[np.ndarray, "draw answer"]:
        """Ask about many draws, so many at a time; NaN where an answer is not one.

        `chances` is 0, or 1 for another set.

        Raises AnalysisError where there are no draws, or not one number per draw and answer comes back.
        """
        count = size_of(draws)
        if not count:
            raise AnalysisError("There are no draws to ask about. Draw some inputs, or hold them to values.")
        begins = range(0, count, BATCH)
        parts = [self._one(_rows(draws, slice(k, k + BATCH)), chances + 2 * (k // BATCH)) for k in begins]
        return np.concatenate(parts) if len(parts) > 1 else parts[0]

    def at(self, name: str) -> int:
        """Return the place of an answer.

        Raises AnalysisError where it is none of these.
        """
        names = [one.name for one in self.answers]
        if name not in names:
            raise AnalysisError(f"'{name}' is not asked about here. Asked: {', '.join(names)}.")
        return names.index(name)

    def _one(self, draws: Draws, chances: int) -> Float[np.ndarray, "draw answer"]:
        found = np.asarray(self.of(draws, chances), dtype=np.float64)
        wanted = (size_of(draws), len(self.answers))
        if found.shape != wanted:
            raise AnalysisError(f"Answers of shape {found.shape} came back, and not {wanted}. Give one row per draw.")
        return found


def size_of(draws: Draws) -> int:
    """Return how many draws there are.

    >>> size_of({"a": np.array([1.0, 2.0])}), size_of({})
    (2, 0)
    """
    return len(next(iter(draws.values()))) if draws else 0


def _rows(draws: Draws, rows: slice) -> Mapping[str, Float[np.ndarray, " kept"]]:
    return {path: column[rows] for path, column in draws.items()}


def leading(draws: Draws, count: int) -> Mapping[str, Float[np.ndarray, " kept"]]:
    """Return the first of the draws.

    >>> leading({"a": np.array([1.0, 2.0, 3.0])}, 2)["a"].tolist()
    [1.0, 2.0]
    """
    return _rows(draws, slice(count))


def means(
    values: Float[np.ndarray, "draw answer"],
) -> tuple[Float[np.ndarray, " answer"], Float[np.ndarray, " answer"]]:
    """Average answers over the draws that have one; return means, NaN where none has, and their standard errors.

    >>> [part.tolist() for part in means(np.array([[1.0, np.nan], [3.0, np.nan]]))]
    [[2.0, nan], [0.7071067811865475, nan]]
    """
    there = np.isfinite(values)
    many = there.sum(axis=0).astype(np.float64)
    many[many == 0] = np.nan
    mean = np.where(there, values, 0.0).sum(axis=0) / many
    spread = np.where(there, values - mean, 0.0)
    return mean, np.sqrt((spread**2).sum(axis=0) / many) / np.sqrt(many)


def taken(factor: Open, draws: Draws) -> Float[np.ndarray, " draw"]:
    """Return what an input took in every draw; of a red line 1 where it was real, and 0 where it was not.

    >>> line = Open("a.cap.hardness", 0, 1, 1, "assumed")
    >>> taken(line, {"a.cap.real": np.array([0.2, 0.8]), "a.cap.hardness": np.array([0.5, 0.5])}).tolist()
    [1.0, 0.0]
    """
    if not factor.is_hardness:
        return np.asarray(draws[factor.path], dtype=np.float64)
    return np.asarray(draws[_real(factor)] < draws[factor.path], dtype=np.float64)


def held(factor: Open, values: Float[np.ndarray, " draw"]) -> dict[str, Float[np.ndarray, " draw"]]:
    """Return the columns that hold an input to these values; a red line is real at 1, and not at 0.

    >>> sorted(held(Open("a.cap.hardness", 0, 1, 1, "assumed"), np.array([1.0])))
    ['a.cap.hardness', 'a.cap.real']
    """
    if not factor.is_hardness:
        return {factor.path: values}
    return {factor.path: values, _real(factor): np.full(len(values), 0.5)}


def at_best(factors: Sequence[Open], count: int) -> dict[str, Float[np.ndarray, " draw"]]:
    """Return draws in which every one of these inputs stands at its best guess.

    >>> at_best((Open("a.cap.position", 0, 40, 60, "read"),), 2)["a.cap.position"].tolist()
    [40.0, 40.0]
    """
    found: dict[str, Float[np.ndarray, draw]] = {}
    for one in factors:
        found |= held(one, np.full(count, float(one.guess)))
    return found


def at_points(
    factors: Sequence[Open], ranges: Mapping[str, Range], points: Float[np.ndarray, "draw factor"]
) -> dict[str, Float[np.ndarray, " draw"]]:
    """Turn points of the unit cube into draws: each input as its range is drawn (`detente.ensemble.shapes`).

    A red line is real where its point lies below its hardness, which counts at its mean.

    >>> from detente.situation.values import Basis
    >>> known = Range(low=0, best=40, high=60, basis=Basis(kind="assumed", rule="swept"))
    >>> line = Open("a.cap.position", 0, 40, 60, "assumed")
    >>> at_points((line,), {line.path: known}, np.array([[0.0], [0.5]]))["a.cap.position"].round(1)
    array([ 0. , 34.6])
    """
    found: dict[str, Float[np.ndarray, draw]] = {}
    for k, one in enumerate(factors):
        u, value = points[:, k], ranges[one.path]
        if one.is_hardness:
            mean = (value.low + value.best + value.high) / 3  # of the triangular distribution
            found |= held(one, (u < mean).astype(np.float64))
        else:
            found[one.path] = shaped(value, u)
    return found


def open_among(ranges: Mapping[str, Range]) -> tuple[Open, ...]:
    """List the inputs among these that can take several values.

    >>> open_among({})
    ()
    """
    return tuple(o for path, value in ranges.items() if (o := open_input(Input(path, value))) is not None)


def _real(factor: Open) -> str:
    return factor.path.removesuffix(HARDNESS) + REAL
