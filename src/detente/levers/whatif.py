r"""What would be different if some inputs, or the agenda, were others: the difference of two situations.

Both sides are asked in the same draws: an input that is the same on both sides has the same number in every draw, and
one that was edited is drawn anew from its new range with the same luck. So a difference is of what was edited alone:

    delta = (1 / N) sum_d ( f_after(d) - f_before(d) )                                                              (1)

Beside it stands in how many draws the answer rose and in how many it fell, and the sign test: the chance of a split as
uneven as that if rises and falls were equally likely. It says whether the direction could be the luck of the draws; of
how many draws change, and by how much, it says nothing.

A first answer comes of the leading draws alone, and the same draws are the first of those that refine it.

Source: common random numbers, Glasserman and Yao (1992), Management Science 38(6); the sign test, Dixon and Mood
(1946), Journal of the American Statistical Association 41(236).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from scipy.special import bdtr

from detente.ensemble import uniform
from detente.ensemble.inputs import drawn
from detente.errors import AnalysisError
from detente.levers.factors import Scalar, Scalars, leading
from detente.situation.nouns import Situation
from detente.situation.paths import inputs
from detente.situation.values import Range

LEADING = 256
DRAWS = 10_000
SAME = 1e-9  # answers closer than this are the same


@dataclass(frozen=True, slots=True)
class Side:
    """One of two situations as a lever sees it: its inputs, its red lines by the path of their luck, what is asked."""

    ranges: Mapping[str, Range]
    lines: tuple[str, ...]
    asked: Scalars


@dataclass(frozen=True, slots=True)
class Held:
    """What stays while one thing after the other is tried: a side, its draws, and its answers in them."""

    side: Side
    draws: Mapping[str, Float[np.ndarray, " draw"]]
    values: Float[np.ndarray, "draw answer"]
    seed: int


@dataclass(frozen=True, slots=True)
class Edited:
    """One input with what it was and what it is; None where it is not there."""

    path: str
    before: Range | None
    after: Range | None


@dataclass(frozen=True, slots=True)
class Changed:
    """One answer on both sides: its means, equation (1) with its standard error, and in how many draws it moved.

    `draws` are those in which both sides have an answer; `sign` is the two-sided sign test, 1 where nothing moved.
    """

    answer: Scalar
    draws: int
    before: float
    after: float
    difference: float
    error: float
    rose: int
    fell: int
    sign: float

    @property
    def moved(self) -> int:
        """In how many draws the answer is another one."""
        return self.rose + self.fell


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What is different, answer by answer; `first` says that these are the leading draws only."""

    first: bool
    draws: int
    seed: int
    edited: tuple[Edited, ...]
    changes: tuple[Changed, ...]


def side(situation: Situation, asked: Scalars, *, beside: Mapping[str, Range] | None = None) -> Side:
    """Return a situation as a side; `beside` are inputs of the answers that are not of the situation.

    >>> side(Situation(title="Empty"), Scalars((), lambda d, _: np.zeros((1, 0)))).lines
    ()
    """
    lines = tuple(f"{s.party}.{s.issue}.real" for s in situation.stances if s.red_line is not None)
    return Side({**(beside or {}), **{i.path: i.value for i in inputs(situation)}}, lines, asked)


def columns(known: Side, draws: int, *, seed: int, like: Held | None = None) -> dict[str, Float[np.ndarray, " draw"]]:
    """Draw the inputs of a side; what another side has with the same range is taken from there.

    >>> columns(side(Situation(title="Empty"), Scalars((), lambda d, _: np.zeros((1, 0)))), 3, seed=1)
    {}
    """
    old = {} if like is None else like.side.ranges
    found: dict[str, Float[np.ndarray, draw]] = {}
    for path, value in known.ranges.items():
        same = like is not None and old.get(path) == value
        found[path] = like.draws[path][:draws] if same and like else drawn(path, value, draws, seed=seed)
    for path in known.lines:
        kept = like.draws.get(path) if like is not None else None
        found[path] = kept[:draws] if kept is not None else uniform(path, draws, seed=seed)
    return found


def hold(known: Side, *, draws: int = DRAWS, seed: int) -> Held:
    """Draw a side and ask it, once for many what-ifs.

    Raises AnalysisError where it has no input at all.
    """
    made = columns(known, draws, seed=seed)
    if not made:
        raise AnalysisError("The situation has no input that could be another one. Add issues and stances.")
    return Held(known, made, known.asked.over(made), seed)


def whatif(before: Held, after: Side, *, first: int = LEADING) -> Iterator[WhatIf]:
    """Yield the difference on the leading draws, and then on all of them; equation (1).

    Answers that only one side gives are left out.

    >>> from detente.situation.values import Basis
    >>> known = Range(low=0, best=1, high=2, basis=Basis(kind="assumed", rule="swept"))
    >>> twice = Scalars((Scalar("twice", "number"),), lambda d, _: 2 * d["a"][:, None])
    >>> base = hold(Side({"a": known}, (), twice), draws=400, seed=1)
    >>> more = Side({"a": known.model_copy(update={"low": 1.0, "best": 2.0, "high": 3.0})}, (), twice)
    >>> [(w.first, w.draws, round(w.changes[0].difference, 6)) for w in whatif(base, more)]
    [(True, 256, 2.0), (False, 400, 2.0)]
    """
    whole = len(before.values)
    edited = tuple(_edited(before.side, after))
    pairs = _pairs(before.side.asked, after.asked)
    sizes = (first, whole) if first < whole else (whole,)
    for size in sizes:
        made = columns(after, size, seed=before.seed, like=before)
        found = after.asked.over(leading(made, size))
        changes = tuple(_changed(answer, before.values[:size, a], found[:, b]) for answer, a, b in pairs)
        yield WhatIf(size < whole, size, before.seed, edited, changes)


def _pairs(one: Scalars, other: Scalars) -> list[tuple[Scalar, int, int]]:
    """Which answers do both sides give, and at which place?"""
    there = {answer.name: k for k, answer in enumerate(other.answers)}
    return [(answer, k, there[answer.name]) for k, answer in enumerate(one.answers) if answer.name in there]


def _edited(one: Side, other: Side) -> Iterator[Edited]:
    for path in dict.fromkeys((*one.ranges, *other.ranges)):
        was, now = one.ranges.get(path), other.ranges.get(path)
        if was is None or now is None or (was.low, was.best, was.high) != (now.low, now.best, now.high):
            yield Edited(path, was, now)


def _changed(answer: Scalar, was: Float[np.ndarray, " draw"], now: Float[np.ndarray, " draw"]) -> Changed:
    both = np.isfinite(was) & np.isfinite(now)
    old, new = was[both], now[both]
    if not old.size:
        return Changed(answer, 0, 0.0, 0.0, 0.0, 0.0, 0, 0, 1.0)
    moved = new - old
    rose, fell = int((moved > SAME).sum()), int((moved < -SAME).sum())
    return Changed(
        answer=answer,
        draws=int(old.size),
        before=float(old.mean()),
        after=float(new.mean()),
        difference=float(moved.mean()),
        error=float(moved.std() / old.size**0.5),
        rose=rose,
        fell=fell,
        sign=sign_test(rose, fell),
    )


def sign_test(rose: int, fell: int) -> float:
    """Return the two-sided chance of a split as uneven as this, if either way were as likely.

    >>> sign_test(5, 0), sign_test(3, 3), sign_test(0, 0)
    (0.0625, 1.0, 1.0)
    """
    if not rose + fell:
        return 1.0
    return min(1.0, 2 * float(bdtr(min(rose, fell), rose + fell, 0.5)))
