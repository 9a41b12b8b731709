"""How good was each forecaster, as a table with intervals?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.ledger.columns import Columns
from detente.ledger.scoring.cases import SCORES, Cases, Score, cases, known
from detente.ledger.scoring.result import Difference, Measured, Part, Scored, Track
from detente.scores import (
    CLIP,
    DRAWS,
    TENTHS,
    ClusterSums,
    Estimate,
    calibration,
    cluster_means,
    cluster_sums,
    discrimination,
    murphy,
    sharpness,
)

HORIZONS: Final = ((30, "up to 30 days"), (90, "31 to 90 days"), (180, "91 to 180 days"))
LONGER: Final = "over 180 days"
_COMPARED: Final[tuple[Score, ...]] = ("brier", "log", "rps", "crps")


@dataclass(frozen=True, slots=True)
class _Setting:
    """What all intervals of one table share."""

    columns: Columns
    cases: Cases
    seed: int
    draws: int
    edges: Sequence[float]

    def sums(self, quantity: Float[np.ndarray, "quantity part"], of: Int[np.ndarray, "part"]) -> ClusterSums:
        return cluster_sums(quantity, self.clusters(of), seed=self.seed, draws=self.draws)

    def clusters(self, of: Int[np.ndarray, "part"]) -> Int[np.ndarray, "part"]:
        return np.asarray(self.columns.cluster[self.cases.question[of]])


def score(
    columns: Columns,
    *,
    seed: int = 1,
    draws: int = DRAWS,
    clip: float = CLIP,
    edges: Sequence[float] = TENTHS,
) -> Scored:
    """Score everybody, and everybody against every reference, with intervals from draws of clusters.

    `clip` bounds the chances of the log, baseline and peer scores, which are then proper within these bounds; `edges`
    are those of the bins. Nothing comes of columns without rows.

    Raises AnalysisError for a clip, edges, a seed or a number of draws that are none.

    >>> import datetime as dt
    >>> from detente.ledger.book import book
    >>> from detente.ledger.columns import columns
    >>> score(columns(book((), now=dt.datetime(2026, 2, 8, tzinfo=dt.UTC)), retrospective=False)).tracks
    ()
    """
    setting = _Setting(columns, cases(columns, clip=clip), seed, draws, edges)
    names = len(columns.forecasters)
    bounds = np.searchsorted(setting.cases.forecaster, np.arange(names + 1))
    of = [np.arange(bounds[name], bounds[name + 1]) for name in range(names)]
    return Scored(
        at=columns.at,
        retrospective=columns.retrospective,
        clip=clip,
        seed=seed,
        draws=draws,
        questions=len(columns.questions),
        clusters=len(columns.clusters),
        tracks=tuple(_track(setting, name, of[name]) for name in range(names)),
        differences=tuple(_differences(setting, of)),
        left_out=columns.left_out,
    )


def _track(setting: _Setting, name: int, of: Int[np.ndarray, "part"]) -> Track:
    columns, every = setting.columns, setting.cases
    said = of[known(every.yes[of])]
    chance, happened = np.clip(every.yes[said], 0, 1), columns.happened[every.question[said]]
    there = said.size > 0
    return Track(
        name=columns.forecasters[name],
        reference=bool(np.isin(name, columns.references)),
        questions=of.size,
        clusters=np.unique(setting.clusters(of)).size,
        coverage=float(every.weight[of].mean()),
        later=int(every.later[of].sum()),
        measured=tuple(_measured(setting, of)),
        murphy=murphy(chance, happened, edges=setting.edges) if there else None,
        bins=calibration(chance, happened, edges=setting.edges) if there else (),
        discrimination=discrimination(chance, happened) if there else None,
        sharpness=sharpness(chance, edges=setting.edges, base=float(happened.mean())) if there else None,
        by_topic=tuple(_by_topic(setting, of)),
        by_horizon=tuple(_by_horizon(setting, of)),
    )


def _alike(there: Bool[np.ndarray, "score part"]) -> Iterator[tuple[Bool[np.ndarray, "part"], list[int]]]:
    """Walk through the scores that apply, those of the same cases together: they share their draws."""
    left = [place for place in range(len(there)) if there[place].any()]
    while left:
        group = [place for place in left if np.array_equal(there[place], there[left[0]])]
        yield there[left[0]], group
        left = [place for place in left if place not in group]


def _measured(setting: _Setting, of: Int[np.ndarray, "part"]) -> Iterator[Measured]:
    """Walk through the means of the scores that apply."""
    every = setting.cases
    found: dict[int, Measured] = {}
    for there, group in _alike(known(every.score[:, of])):
        some = of[there]
        weight = every.weight[some]
        sums = setting.sums(np.concatenate([every.score[np.ix_(group, some)] * weight, weight[None]]), some)
        for row, place in enumerate(group):
            mean = sums.ratio(row, len(group))
            found[place] = Measured(score=SCORES[place], questions=some.size, clusters=sums.clusters, mean=mean)
    yield from (found[place] for place in sorted(found))


def _part(setting: _Setting, name: str, of: Int[np.ndarray, "part"]) -> Part:
    clusters, every = setting.clusters(of), setting.cases
    brier: Estimate = cluster_means(
        every.score[0, of], clusters, seed=setting.seed, draws=setting.draws, weights=every.weight[of]
    )
    return Part(name=name, questions=of.size, clusters=np.unique(clusters).size, brier=brier)


def _by_topic(setting: _Setting, of: Int[np.ndarray, "part"]) -> Iterator[Part]:
    columns, every = setting.columns, setting.cases
    of = of[known(every.score[0, of])]
    for topic, name in enumerate(columns.topics):
        about = np.zeros(len(columns.questions), dtype=np.bool_)
        about[columns.marks[columns.marks[:, 1] == topic, 0]] = True
        some = of[about[every.question[of]]]
        if some.size:
            yield _part(setting, name, some)


def _by_horizon(setting: _Setting, of: Int[np.ndarray, "part"]) -> Iterator[Part]:
    every = setting.cases
    of = of[known(every.score[0, of])]
    part = np.searchsorted([days for days, _ in HORIZONS], every.horizon[of])
    for place, name in enumerate((*(name for _, name in HORIZONS), LONGER)):
        some = of[part == place]
        if some.size:
            yield _part(setting, name, some)


def _differences(setting: _Setting, of: Sequence[Int[np.ndarray, "_"]]) -> Iterator[Difference]:
    """Walk through everybody against every reference; comparisons stand beside what is worked out, not each other."""
    columns = setting.columns
    references, computed = set(columns.references.tolist()), set(columns.computed.tolist())
    for ours in range(len(of)):
        against = computed if ours in references else references
        for theirs in sorted(against if ours not in computed else ()):
            yield from _difference(setting, (ours, of[ours]), (theirs, of[theirs]))


def _difference(
    setting: _Setting, ours: tuple[int, Int[np.ndarray, "ours"]], theirs: tuple[int, Int[np.ndarray, "theirs"]]
) -> Iterator[Difference]:
    every, names = setting.cases, setting.columns.forecasters
    # Cases of one forecaster are sorted by question, and each question is there once.
    pair = np.intersect1d(every.question[ours[1]], every.question[theirs[1]], assume_unique=True, return_indices=True)
    mine, other = ours[1][pair[1]], theirs[1][pair[2]]
    places = np.array([SCORES.index(name) for name in _COMPARED])
    both = known(every.score[np.ix_(places, mine)]) & known(every.score[np.ix_(places, other)])
    found: dict[int, Difference] = {}
    for there, group in _alike(both):
        here, beside = mine[there], other[there]
        weight = np.minimum(every.weight[here], every.weight[beside])
        rows = places[group]
        own, reference = every.score[np.ix_(rows, here)] * weight, every.score[np.ix_(rows, beside)] * weight
        sums = setting.sums(np.concatenate([own - reference, own, reference, weight[None]]), here)
        for row, place in enumerate(group):
            found[place] = Difference(
                score=_COMPARED[place],
                name=names[ours[0]],
                against=names[theirs[0]],
                questions=here.size,
                clusters=sums.clusters,
                difference=sums.ratio(row, 3 * len(group)),
                skill=_skill(sums, row + len(group), row + 2 * len(group)),
            )
    yield from (found[place] for place in sorted(found))


def _skill(sums: ClusterSums, own: int, reference: int) -> Estimate | None:
    return sums.less(own, reference) if sums.whole[reference] > 0 else None
