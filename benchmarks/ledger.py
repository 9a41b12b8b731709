"""How long does it take to score a million forecasts, and beside what does that stand?

    python benchmarks/ledger.py

A million chances of yes or no questions, drawn from a beta distribution and rounded to a hundredth, in 20,000 clusters;
the outcomes are drawn by chances a little off these. Beside the whole stands an aim of five seconds on one core; beside
single scores stands scoringrules, and beside the intervals the long way, which counts every case in every draw.
"""

import resource
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import scoringrules
from _measure import Row, machine, seconds, show, spent, times

from detente.scores import (
    DRAWS,
    TENTHS,
    baseline_score,
    brier,
    brier_of_choices,
    calibration,
    cluster_means,
    cluster_skill,
    crps_of_quantiles,
    density_at,
    discrimination,
    estimate,
    log_loss,
    log_of_choices,
    murphy,
    peer_score,
    resample,
    rps,
    sharpness,
)

CASES = 1_000_000
CLUSTERS = 20_000
MORE_CLUSTERS = 100_000
AIM = 5.0  # seconds for the whole of it, on one core
CLIP = 0.01
FEW = 20_000  # cases in 1,000 clusters for the long way, whose tables grow with draws times cases
FORECASTERS = 5
CHOICES = 5


@dataclass(frozen=True, slots=True)
class Said:
    """Chances, what happened, the base rate as a reference, and clusters."""

    chance: np.ndarray
    happened: np.ndarray
    base: np.ndarray
    cluster: np.ndarray


def said(cases: int, *, clusters: int) -> Said:
    rng = np.random.default_rng(0)
    chance = np.round(rng.beta(0.6, 1.0, cases), 2)
    happened = rng.random(cases) < 0.1 + 0.7 * chance
    base = np.full(cases, happened.mean())
    return Said(chance, happened, base, rng.integers(0, clusters, cases))


def everything(of: Said) -> object:
    """All that a ledger says of one forecaster's answers to yes or no questions."""
    chance, happened = of.chance, of.happened
    score, reference = brier(chance, happened), brier(of.base, happened)
    return (
        log_loss(chance, happened, clip=CLIP),
        baseline_score(np.where(happened, chance, 1 - chance), clip=CLIP),
        murphy(chance, happened, edges=TENTHS),
        calibration(chance, happened),
        discrimination(chance, happened),
        sharpness(chance, base=float(of.base[0])),
        cluster_means(score, of.cluster, seed=1),
        cluster_skill(score, reference, of.cluster, seed=1),
    )


def rows() -> Iterator[Row]:
    whole = said(CASES, clusters=CLUSTERS)
    yield _row(f"everything, {CLUSTERS:,} clusters", partial(everything, whole), aim=AIM)
    more = said(CASES, clusters=MORE_CLUSTERS)
    yield _row(f"everything, {MORE_CLUSTERS:,} clusters", partial(everything, more), aim=AIM)
    chance, happened = whole.chance, whole.happened
    score, reference = brier(chance, happened), brier(whole.base, happened)
    parts: dict[str, Callable[[], object]] = {
        "Murphy by tenths": lambda: murphy(chance, happened, edges=TENTHS),
        "Murphy by value": lambda: murphy(chance, happened),
        "calibration": lambda: calibration(chance, happened),
        "discrimination with AUC": lambda: discrimination(chance, happened),
        "sharpness": lambda: sharpness(chance),
        f"the mean's interval, {DRAWS:,} draws": lambda: cluster_means(score, whole.cluster, seed=1),
        f"the skill's interval, {DRAWS:,} draws": lambda: cluster_skill(score, reference, whole.cluster, seed=1),
    }
    for what, ask in parts.items():
        yield _row(what, ask)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Row("peak memory so far", f"{peak:,.0f} MB")


def other_rows() -> Iterator[Row]:
    rng = np.random.default_rng(1)
    chance, outcome = rng.dirichlet(np.ones(CHOICES), size=CASES), rng.integers(0, CHOICES, CASES)
    yield _row(f"{CHOICES} choices: Brier", lambda: brier_of_choices(chance, outcome))
    yield _row(f"{CHOICES} choices: log loss", lambda: log_of_choices(chance, outcome, clip=CLIP))
    ranked = _row(f"{CHOICES} choices: RPS", lambda: rps(chance, outcome))
    yield _beside(ranked, lambda: scoringrules.rps_score(outcome + 1, chance), lambda: rps(chance, outcome))
    peers = rng.uniform(0.01, 0.99, (CASES // FORECASTERS, FORECASTERS))
    yield _row(f"peer scores, {FORECASTERS} forecasters a question", lambda: peer_score(peers))
    share = np.tile([0.1, 0.25, 0.5, 0.75, 0.9], (CASES, 1))
    value = np.sort(rng.random((CASES, 5)), axis=-1)
    told = (share, value, rng.random(CASES), np.zeros(CASES), np.ones(CASES))
    yield _row("CRPS of five quantiles", lambda: crps_of_quantiles(*told))
    yield _row("density of five quantiles at the outcome", lambda: density_at(*told))


def beside_rows() -> Iterator[Row]:
    of = said(CASES, clusters=CLUSTERS)
    came = of.happened.astype(np.float64)
    scores: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "Brier": (lambda: brier(of.chance, of.happened), lambda: scoringrules.brier_score(came, of.chance)),
        "log loss, clipped": (
            lambda: log_loss(of.chance, of.happened, clip=CLIP),
            lambda: scoringrules.log_score(came, np.clip(of.chance, CLIP, 1 - CLIP)),
        ),
    }
    for what, (ours, theirs) in scores.items():
        yield _beside(_row(what, ours), theirs, ours)
    few = said(FEW, clusters=FEW // 20)
    score = brier(few.chance, few.happened)
    ours, long = spent(lambda: cluster_means(score, few.cluster, seed=1)), spent(lambda: _long_way(score, few.cluster))
    yield Row(
        f"the mean's interval, {FEW:,} cases in {FEW // 20:,} clusters",
        seconds(ours.cpu),
        f"every case in every draw {seconds(long.cpu)}: {times(long.cpu, ours.cpu)}",
    )


def _long_way(score: np.ndarray, cluster: np.ndarray) -> object:
    return estimate(score, resample(cluster, seed=1))


def _row(what: str, ask: Callable[[], object], *, aim: float | None = None) -> Row:
    work = spent(ask)
    beside = (
        f"aim {seconds(aim)}: {times(aim, work.cpu)}" if aim else f"{CASES / work.cpu / 1e6:.1f} million forecasts/s"
    )
    return Row(what, seconds(work.cpu), beside)


def _beside(row: Row, theirs: Callable[[], object], ours: Callable[[], object]) -> Row:
    other, here = spent(theirs), spent(ours)
    return Row(row.measure, row.here, f"scoringrules {seconds(other.cpu)}: {times(other.cpu, here.cpu)}")


def main() -> None:
    print(machine())
    show(f"{CASES:,} answers to yes or no questions", list(rows()))
    show("Other kinds, a million forecasts each", list(other_rows()))
    show("Beside other ways", list(beside_rows()))


if __name__ == "__main__":
    main()
