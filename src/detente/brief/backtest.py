"""How do the models compare on past decisions: three tables, and what they do and do not show?"""

from collections.abc import Iterator, Sequence
from textwrap import fill

from detente.backtest import Backtest, Interval, Trial
from detente.backtest.models import DEFAULT, PLAIN
from detente.backtest.trials import SHARE
from detente.scores import Estimate

WIDEST = 100
_SCOPE = (
    "These are decisions of the European Union: a body that decides by weighing votes and seeks consensus, on scales "
    "from 0 to 100 that experts coded. They say how models do on EU legislation. They say nothing about coercion, nor "
    "about talks in which each party can say no."
)
_ACCURACY = ("model", "n", "CRPS", "", "MAE", "", "RMSE", "median", "<= 10", "covers", "", "width")


def told(found: Backtest) -> str:
    """Write a backtest down for a terminal, the best models first."""
    years = sorted(one.year for one in found.decisions)
    dossiers = len({one.dossier for one in found.decisions})
    ranked = sorted(found.trials, key=lambda trial: trial.crps.value)
    parts = [
        f"{len(found.decisions)} issues in {dossiers} dossiers, {years[0]} to {years[-1]}.",
        _SCOPE,
        _table(_ACCURACY, [_accuracy(trial) for trial in ranked]),
        *(_table((f"minus {other}", "n", "CRPS", "", "MAE", ""), _minus(ranked, other)) for other in (DEFAULT, PLAIN)),
        *_notes(found),
    ]
    return "\n\n".join(part if "\n" in part else fill(part, WIDEST) for part in parts) + "\n"


def _accuracy(trial: Trial) -> tuple[str, ...]:
    errors, interval = trial.errors, trial.interval
    covers = ("", "", "") if interval is None else (*_share(interval.coverage), f"{interval.width.value:.0f}")
    return (
        trial.model,
        str(trial.n),
        f"{trial.crps.value:.2f}",
        _ends(trial.crps),
        f"{errors.mean_absolute.value:.2f}",
        _ends(errors.mean_absolute),
        f"{errors.root_mean_square.value:.1f}",
        f"{errors.median_absolute.value:.1f}",
        f"{100 * errors.share_near.value:.0f} %",
        *covers,
    )


def _minus(trials: Sequence[Trial], other: str) -> list[tuple[str, ...]]:
    """Say by how much each model differs from another one, on the issues of both."""
    found = [(trial.model, one) for trial in trials for one in trial.against if one.model == other]
    return [
        (name, str(d.n), f"{d.crps.value:+.2f}", _ends(d.crps), f"{d.absolute.value:+.2f}", _ends(d.absolute))
        for name, d in found
    ]


def _ends(estimate: Estimate) -> str:
    return f"[{estimate.low:.2f}, {estimate.high:.2f}]"


def _share(estimate: Estimate) -> tuple[str, str]:
    return f"{100 * estimate.value:.0f} %", f"[{100 * estimate.low:.0f}, {100 * estimate.high:.0f}]"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Line columns up: the first to the left, figures to the right."""
    widths = [max(len(row[k]) for row in (heads, *rows)) for k in range(len(heads))]
    return "\n".join(_line(row, widths) for row in (heads, *rows))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    figures = [f"{cell:>{width}}" for cell, width in zip(cells[1:], widths[1:], strict=True)]
    return " ".join([f"{cells[0]:<{widths[0]}}", *figures]).rstrip()


def _notes(found: Backtest) -> Iterator[str]:
    yield (
        "CRPS scores a distribution, in points of the scale; for a model that names one value it is the absolute "
        "error. MAE, RMSE and the median error are those of the one value each model names. Less is better. In "
        f"brackets 95 % intervals from {found.draws:,} draws of whole dossiers, seed {found.seed}, not corrected for "
        "skewness. A difference whose interval holds 0 may be none, and of many models tried the best looks better "
        "than it is."
    )
    interval = found.trial(DEFAULT).interval
    if interval is not None:
        yield _of_interval(interval, found.folds)
    mixed = [f"{trial.model} {trial.share:g}" for trial in found.trials if trial.share is not None]
    if mixed:
        yield f"Shares of the first part of a mixture, chosen on all dossiers: {', '.join(mixed)}."
    yield from _gaps(found)


def _of_interval(interval: Interval, folds: int) -> str:
    low, high = 50 * (1 - interval.level), 50 * (1 + interval.level)
    covers, ends = _share(interval.coverage)
    return (
        f"'Covers' is how many outcomes lie in the interval that is for {100 * SHARE:.0f} % of them, 'width' how wide "
        f"it is. Between which quantiles it runs is chosen on other dossiers ({folds} folds); for {DEFAULT}, on all of "
        f"them, from {low:.3g} to {high:.3g} %, and it covers {covers} {ends}. From 10 to 90 % it covers "
        f"{_share(interval.nominal)[0]}: outcomes pile up where intervals end."
    )


def _gaps(found: Backtest) -> Iterator[str]:
    for trial in found.trials:
        if trial.left_out:
            yield f"{trial.model} was not asked about {trial.left_out} issues whose status quo is not known."
        if trial.failures:
            issue, why = trial.failures[0]
            yield f"{trial.model} failed on {len(trial.failures)} issues, such as {issue}: {why}"
    if not any(trial.failures for trial in found.trials):
        yield "No model failed on an issue."
