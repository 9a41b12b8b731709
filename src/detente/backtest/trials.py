r"""How good would each model have been on decisions that were taken, and how sure is that?

Every issue is scored by the continuous ranked probability score of the distribution and by the error of the one value
that a model names. Issues of one dossier hang together: intervals are from draws of whole dossiers, and whatever is
chosen (the share of a mixture, how wide an interval is to be) is chosen on other dossiers than those it is tried on.

An interval for 80 % of outcomes runs between the quantiles (1 - q)/2 and (1 + q)/2 of the distribution. With q = 0.8 it
would hold 80 % if the distribution were right and smooth. Models are not right, and outcomes pile up at positions and
at the ends of the scale, where intervals end too. So q is chosen: the one whose coverage on the other dossiers is
nearest to 80 %.

Sources: the score, Gneiting and Raftery (2007), Journal of the American Statistical Association 102; choices made on
other folds than those they are tried on, Stone (1974), Journal of the Royal Statistical Society B 36.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from detente.backtest.folds import FOLDS, folds, nearest
from detente.backtest.forecasts import Forecast, forecasts
from detente.backtest.models import CLIMATOLOGY, DEFAULT, PLAIN, Model, models, part
from detente.backtest.past import PastDecision
from detente.boards.decision import Decision
from detente.errors import UsageError
from detente.scores import (
    DRAWS,
    Estimate,
    PointErrors,
    Resampled,
    covered,
    crps,
    estimate,
    interval_score,
    point_errors,
    resample,
)

SHARE = 0.8
SEED = 20260208
LEVELS = np.round(np.arange(0.40, 0.99, 0.01), 2)  # q: what an interval may be the middle of
BLENDS = np.round(np.arange(0.0, 1.01, 0.05), 2)  # shares of the first part of a mixture


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """How often the interval for 80 % of the outcomes held one, how wide it was, and its interval score.

    `level` is q, chosen on all dossiers: what one would use from now on. The estimates are those with q chosen on other
    dossiers; `nominal` is the coverage of the interval with q = 0.8, as it stands.
    """

    level: float
    coverage: Estimate
    width: Estimate
    score: Estimate
    nominal: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """The difference to another model, on the issues of both: below 0 where this one is better."""

    model: str
    n: int
    crps: Estimate
    absolute: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What one model comes to, issue by issue: missing where it says nothing.

    ===========  ====  =====================================================================================
    crps, point  case  on the scale of 0 to 100
    low, high    case  the ends of the interval for 80 % of outcomes; missing where the model names one value
    ===========  ====  =====================================================================================
    """

    crps: Float[np.ndarray, " case"]
    point: Float[np.ndarray, " case"]
    low: Float[np.ndarray, " case"]
    high: Float[np.ndarray, " case"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One model on all decisions: on how many, with which errors and scores, and beside the others.

    `left_out` counts issues that it was not asked about; `share` is that of the first part of a mixture, chosen on all
    dossiers.
    """

    model: str
    what: str
    sure: bool
    n: int
    left_out: int
    failures: tuple[tuple[str, str], ...]
    errors: PointErrors
    crps: Estimate
    interval: Interval | None
    against: tuple[Against, ...]
    share: float | None
    scored: Scored


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """All models on all decisions."""

    decisions: tuple[PastDecision, ...]
    trials: tuple[Trial, ...]
    seed: int
    draws: int
    folds: int

    def trial(self, model: str) -> Trial:
        """Return what one model came to."""
        return next(trial for trial in self.trials if trial.model == model)


@dataclass(frozen=True, slots=True)
class _Field:
    """What all models are tried on: decisions, dealt into folds."""

    decisions: tuple[PastDecision, ...]
    outcome: Float[np.ndarray, " case"]
    dossier: np.ndarray
    fold: np.ndarray
    whole: Resampled
    seed: int
    draws: int

    def again(self, said: Bool[np.ndarray, " case"]) -> Resampled:
        """Draw dossiers of the decisions that a model speaks of, which mostly are all."""
        return self.whole if said.all() else resample(self.dossier[said], seed=self.seed, draws=self.draws)


def backtest(
    decisions: Sequence[PastDecision],
    *,
    names: Sequence[str] | None = None,
    seed: int = SEED,
    draws: int = DRAWS,
    workers: int = 1,
) -> Backtest:
    """Try models on decisions; the default, the compromise and the climatology always stand among them.

    Raises UsageError for an unknown model, no decision, decisions of one dossier alone, or a number below 1.
    """
    tried = models(names)
    if len({one.dossier for one in decisions}) < 2:
        raise UsageError("All decisions are of one dossier, so nothing can be tried on another. Give two or more.")
    field = _field(decisions, seed=seed, draws=draws)
    parts = [part(name) for model in tried for name in model.blends or ()]
    told = forecasts(decisions, list(dict.fromkeys([*tried, *parts])), workers=workers)
    told[CLIMATOLOGY] = _climatology(field)
    mixed = {model.name: _blended(field, model, told) for model in tried if model.blends}
    told |= {name: forecast for name, (forecast, _) in mixed.items()}
    share = {name: best for name, (_, best) in mixed.items()}
    speaking = [model for model in tried if told[model.name].said.any()]
    scored = {model.name: _scored(field, model, told[model.name]) for model in speaking}
    return Backtest(
        decisions=field.decisions,
        trials=tuple(_trial(field, model, told[model.name], scored, share.get(model.name)) for model in speaking),
        seed=seed,
        draws=draws,
        folds=FOLDS,
    )


def _field(decisions: Sequence[PastDecision], *, seed: int, draws: int) -> _Field:
    dossier = np.array([one.dossier for one in decisions])
    return _Field(
        decisions=tuple(decisions),
        outcome=np.array([one.outcome for one in decisions]),
        dossier=dossier,
        fold=folds(dossier, seed=seed),
        whole=resample(dossier, seed=seed, draws=draws),
        seed=seed,
        draws=draws,
    )


def _climatology(field: _Field) -> Forecast:
    """Give every decision those of all other dossiers, each with equal weight."""
    levels, place = np.unique(field.outcome, return_inverse=True)
    own = field.dossier[:, None] == field.dossier
    counts = np.stack([np.bincount(place[~mine], minlength=len(levels)) for mine in own])
    weight = counts / counts.sum(axis=1, keepdims=True)
    every = np.broadcast_to(levels, (len(own), 1, len(levels)))
    return _known(every, weight[:, None], np.ones(len(own), dtype=bool))


def _known(levels: np.ndarray, weight: np.ndarray, said: np.ndarray) -> Forecast:
    """Make a forecast whose one value is its median."""
    path = np.zeros((len(said), 0, 0, 1))
    blank = Decision(levels=levels, weight=weight, point=levels[..., 0], path=path)
    return Forecast(
        decision=Decision(levels=levels, weight=weight, point=blank.quantile(0.5), path=path), said=said, failures=()
    )


def _blended(field: _Field, model: Model, told: dict[str, Forecast]) -> tuple[Forecast, float]:
    """Mix two models, with the share that does best on the other folds."""
    first, second = (told[name] for name in model.blends or ())
    said = first.said & second.said
    levels = np.concatenate([first.decision.levels, second.decision.levels], axis=-1)
    order = np.argsort(levels, axis=-1, kind="stable")
    levels = np.take_along_axis(levels, order, axis=-1)
    whole = [
        np.take_along_axis(np.concatenate([a, b], axis=-1), order, axis=-1)
        for a, b in (
            (first.decision.weight, np.zeros_like(second.decision.weight)),
            (np.zeros_like(first.decision.weight), second.decision.weight),
        )
    ]
    scores = np.zeros((len(BLENDS), len(said)))
    for k, share in enumerate(BLENDS):
        mixed = share * whole[0] + (1 - share) * whole[1]
        scores[k, said] = crps(levels[said, 0], mixed[said, 0], field.outcome[said])
    chosen = np.zeros(len(said), dtype=np.int64)
    chosen[said] = nearest(scores[:, said], 0.0, field.fold[said])
    share_of = BLENDS[chosen][:, None, None]
    best = float(BLENDS[int(scores[:, said].mean(axis=1).argmin())])
    return _known(levels, share_of * whole[0] + (1 - share_of) * whole[1], said), best


def _scored(field: _Field, model: Model, forecast: Forecast) -> tuple[Scored, Interval | None]:
    said, decision = forecast.said, forecast.decision
    nothing = np.full(len(said), np.nan)
    score = nothing.copy()
    score[said] = crps(decision.levels[said, 0], decision.weight[said, 0], field.outcome[said])
    interval, low, high = (None, nothing, nothing) if model.sure else _interval(field, forecast)
    return Scored(crps=score, point=np.where(said, decision.point[:, 0], np.nan), low=low, high=high), interval


def _trial(
    field: _Field,
    model: Model,
    forecast: Forecast,
    scored: dict[str, tuple[Scored, Interval | None]],
    share: float | None,
) -> Trial:
    said, again = forecast.said, field.again(forecast.said)
    mine, interval = scored[model.name]
    others = [name for name in (PLAIN, DEFAULT) if name in scored and name != model.name]
    return Trial(
        model=model.name,
        what=model.what,
        sure=model.sure,
        n=int(said.sum()),
        left_out=int((~said).sum()) - len(forecast.failures),
        failures=forecast.failures,
        errors=point_errors(mine.point[said], field.outcome[said], again),
        crps=estimate(mine.crps[said], again),
        interval=interval,
        against=tuple(_against(field, mine, scored[name][0], name) for name in others),
        share=share,
        scored=mine,
    )


def _interval(
    field: _Field, forecast: Forecast
) -> tuple[Interval, Float[np.ndarray, " case"], Float[np.ndarray, " case"]]:
    """Find the intervals with q chosen on the other folds, and how they did."""
    said, outcome, again = forecast.said, field.outcome[forecast.said], field.again(forecast.said)
    ends = np.stack([[forecast.decision.quantile((1 + side * q) / 2)[said, 0] for side in (-1, 1)] for q in LEVELS])
    hit = np.stack([covered(low, high, outcome) for low, high in ends])
    chosen = nearest(hit.astype(np.float64), SHARE, field.fold[said])
    low, high = np.full(len(said), np.nan), np.full(len(said), np.nan)
    low[said], high[said] = ends[chosen, :, np.arange(len(chosen))].T
    nominal = int(np.abs(LEVELS - SHARE).argmin())
    return (
        Interval(
            level=float(LEVELS[int(np.abs(hit.mean(axis=1) - SHARE).argmin())]),
            coverage=estimate(covered(low[said], high[said], outcome), again),
            width=estimate(high[said] - low[said], again),
            score=estimate(interval_score(low[said], high[said], outcome, share=SHARE), again),
            nominal=estimate(hit[nominal], again),
        ),
        low,
        high,
    )


def _against(field: _Field, mine: Scored, other: Scored, name: str) -> Against:
    both = ~np.isnan(mine.crps) & ~np.isnan(other.crps)
    again, outcome = field.again(both), field.outcome[both]
    error, theirs = (np.abs(one.point[both] - outcome) for one in (mine, other))
    return Against(
        model=name,
        n=int(both.sum()),
        crps=estimate(mine.crps[both] - other.crps[both], again),
        absolute=estimate(error - theirs, again),
    )
