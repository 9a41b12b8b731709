r"""How good would reference classes have been on past international crises, each forecast from those before it?

For each crisis from 1950 on, a base rate and nested classes are counted in the crises before it,

    p_0 = (k + 1) / (n + 2),   p_1 = (k_prot + m p_0) / (n_prot + m),   p_2 = (k_cell + m p_1) / (n_cell + m)       (1)

with `prot` the crises of the same code of protracted conflict, `cell` those of the same gravity among them, m = 15;
with mediation, classes by whether the crisis was mediated come before these. "Before" is read in two ways:

    triggered   blocks of three years, counted in every crisis triggered before its block. It is the protocol by which
                such scores are told, and it looks ahead: a crisis may still be open then, and whether it came back
                within five years is not known
    observed    each year, counted in crises whose outcome had been seen: ended in an earlier year, or, for coming back,
                ended more than five years before

Differences between two forecasters are taken crisis by crisis, with intervals from draws of whole blocks of years.
Codes of protracted conflict and gravity are given by experts in hindsight, and mediation is coded during the crisis, so
that what classes gain here is the most that they can gain.

Source: Brecher, Wilkenfeld, Beardsley, James and Quinn, International Crisis Behavior, version 14, for the crises; Good
(1965), The Estimation of Probabilities, for (1); forecasts from a rolling origin: Tashman (2000), International Journal
of Forecasting 16.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.errors import UsageError
from detente.outlook.classes import EARNED, PRIOR_CASES, shrunk
from detente.scores import DRAWS, Estimate, Resampled, brier, estimate, log_loss, resample

Target: TypeAlias = Literal["agreement", "recurrence"]
Reading: TypeAlias = Literal["triggered", "observed"]
TARGETS: tuple[Target, ...] = ("agreement", "recurrence")
READINGS: tuple[Reading, ...] = ("observed", "triggered")
BASE, CLASS, MEDIATED = "base rate", "classes", "classes, mediation first"
FIRST = 1950
BLOCK = 3
WAIT = 5  # years until it is known whether a crisis came back


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCrisis:
    """One crisis as it is coded: when it was triggered and ended, how, and of which kind it was.

    `ended` is None where the year is not known; `protracted` and `gravity` are the codes of the data set.
    """

    number: str
    triggered: int
    ended: int | None
    agreement: bool
    recurred: bool
    mediated: bool
    protracted: int
    gravity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """One forecaster of one event: its mean scores, and their differences to the base rate, below 0 where better.

    ======  ====  ================================
    chance  case  what it said of each crisis
    ======  ====  ================================
    """

    name: str
    brier: Estimate
    log_loss: Estimate
    brier_gain: Estimate | None
    log_gain: Estimate | None
    chance: Float[np.ndarray, " case"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """All forecasters of one event under one reading; `happened` is how many of the crises had it."""

    target: Target
    reading: Reading
    happened: int
    scores: tuple[Scores, ...]

    def of(self, name: str) -> Scores:
        """Return one forecaster's scores."""
        return next(one for one in self.scores if one.name == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisBacktest:
    """Reference classes on past crises: on which, and how they did.

    `model_weight` is what the model of talks has earned beside the classes: it needs positions and demands, which no
    crisis of the data set has, so that it could be tried on none of them, `model_cases`.
    """

    crises: tuple[PastCrisis, ...]
    tested: tuple[PastCrisis, ...]
    blocks: int
    tried: tuple[Tried, ...]
    prior: float
    model_weight: float
    model_cases: int
    seed: int
    draws: int

    def of(self, target: Target, reading: Reading) -> Tried:
        """Return what came out for one event under one reading."""
        return next(one for one in self.tried if (one.target, one.reading) == (target, reading))


@dataclass(frozen=True, slots=True)
class _Codes:
    """The crises as columns."""

    triggered: Int[np.ndarray, " case"]
    ended: Int[np.ndarray, " case"]
    mediated: Int[np.ndarray, " case"]
    protracted: Int[np.ndarray, " case"]
    gravity: Int[np.ndarray, " case"]


_NEVER = 10_000  # the year in which a crisis ended that is not known to have
_LEVELS: dict[str, Callable[[_Codes], tuple[np.ndarray, ...]]] = {
    BASE: lambda _: (),
    CLASS: lambda codes: (codes.protracted, codes.gravity),
    MEDIATED: lambda codes: (codes.mediated, codes.protracted, codes.gravity),
}


def backtest_crises(
    crises: Sequence[PastCrisis], *, prior: float = PRIOR_CASES, seed: int = 1, draws: int = DRAWS
) -> CrisisBacktest:
    """Try reference classes on past crises, for both events and under both readings.

    Raises UsageError where no crisis is late enough to be forecast, or none is early enough to forecast from.
    """
    ordered = sorted(crises, key=lambda c: (c.triggered, c.number))
    codes = _codes(ordered)
    tested = codes.triggered >= FIRST
    if not tested.any() or not (codes.ended < FIRST - WAIT).any():
        raise UsageError(
            f"None of {len(ordered)} crises was triggered in {FIRST} or later, or none had ended {WAIT} years before. "
            "Give the whole data set."
        )
    block = (codes.triggered[tested] - FIRST) // BLOCK
    again = resample(block, seed=seed, draws=draws)
    happened = {
        "agreement": np.array([c.agreement for c in ordered]),
        "recurrence": np.array([c.recurred for c in ordered]),
    }
    found = [
        _tried(codes, happened[target], again, target=target, reading=reading, prior=prior)
        for target in TARGETS
        for reading in READINGS
    ]
    return CrisisBacktest(
        crises=tuple(ordered),
        tested=tuple(c for c, late in zip(ordered, tested, strict=True) if late),
        blocks=again.clusters,
        tried=tuple(found),
        prior=prior,
        model_weight=EARNED,
        model_cases=0,
        seed=seed,
        draws=draws,
    )


def _codes(crises: Sequence[PastCrisis]) -> _Codes:
    return _Codes(
        triggered=np.array([c.triggered for c in crises], dtype=np.int64),
        ended=np.array([_NEVER if c.ended is None else c.ended for c in crises], dtype=np.int64),
        mediated=np.array([c.mediated for c in crises], dtype=np.int64),
        protracted=np.array([c.protracted for c in crises], dtype=np.int64),
        gravity=np.array([c.gravity for c in crises], dtype=np.int64),
    )


def _tried(
    codes: _Codes,
    happened: Bool[np.ndarray, " case"],
    again: Resampled,
    *,
    target: Target,
    reading: Reading,
    prior: float,
) -> Tried:
    tested = codes.triggered >= FIRST
    chances = {
        name: _chances(codes, happened, levels(codes), _known(codes, target, reading), prior)[tested]
        for name, levels in _LEVELS.items()
    }
    return Tried(
        target=target,
        reading=reading,
        happened=int(happened[tested].sum()),
        scores=tuple(_scores(chances, happened[tested], again)),
    )


def _known(codes: _Codes, target: Target, reading: Reading) -> Bool[np.ndarray, "case past"]:
    """Say for each crisis in which others its base rate is counted."""
    year = codes.triggered[:, None]
    if reading == "triggered":
        return np.asarray(codes.triggered[None] < year - (year - FIRST) % BLOCK)
    return np.asarray(codes.ended[None] + (WAIT if target == "recurrence" else 0) < year)


def _chances(
    codes: _Codes,
    happened: Bool[np.ndarray, " case"],
    levels: tuple[np.ndarray, ...],
    known: Bool[np.ndarray, "case past"],
    prior: float,
) -> Float[np.ndarray, " case"]:
    """Go down the classes of every crisis, equation (1)."""
    inside, found = known, None
    for level in (None, *levels):
        if level is not None:
            inside = inside & (level[:, None] == level[None])
        k, n = (inside & happened[None]).sum(axis=1), inside.sum(axis=1)
        parents = [None] * len(k) if found is None else found.tolist()
        found = np.array([shrunk(int(a), int(b), p, prior=prior) for a, b, p in zip(k, n, parents, strict=True)])
    return np.asarray(found)


def _scores(
    chances: dict[str, Float[np.ndarray, " case"]], happened: Bool[np.ndarray, " case"], again: Resampled
) -> Iterator[Scores]:
    base = {score: score(chances[BASE], happened) for score in (brier, log_loss)}
    for name, chance in chances.items():
        mine = {score: score(chance, happened) for score in (brier, log_loss)}
        gains = [None if name == BASE else estimate(mine[s] - base[s], again) for s in (brier, log_loss)]
        yield Scores(
            name=name,
            brier=estimate(mine[brier], again),
            log_loss=estimate(mine[log_loss], again),
            brier_gain=gains[0],
            log_gain=gains[1],
            chance=chance,
        )
