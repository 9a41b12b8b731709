"""How far off was each forecaster on the same questions, and between which bounds does that lie?"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.backtest.questions.rows import PastQuestion, clusters
from detente.scores import CLIP, TENTHS, Estimate, Murphy, brier, estimate, log_loss, murphy, resample

__all__ = ["FreezeScores", "Group", "QuestionScores", "Said", "by_freeze", "group"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One row and what each forecaster said of it, by name; who did not speak of it is not there."""

    question: PastQuestion
    chance: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionScores:
    """One forecaster on the questions of a group; less is better.

    brier, log_loss  its mean scores; for the second no chance counts as closer to 0 or 1 than 0.01
    gains            the difference of its Brier score to that of others, row by row, below 0 where it is better
    mean_said        the mean of what it said
    murphy           its Brier score taken apart, by tenths of what it said
    """

    name: str
    brier: Estimate
    log_loss: Estimate
    gains: tuple[tuple[str, Estimate], ...]
    mean_said: float
    murphy: Murphy

    def gain(self, name: str) -> Estimate | None:
        """Return the difference to another forecaster, None where none was taken."""
        return dict(self.gains).get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions that belong together, and all forecasters who spoke of every one of them.

    `happened` rows came out as yes; `rows` are of so many `questions`, which hang on so many `events`.
    """

    name: str
    rows: int
    questions: int
    events: int
    happened: int
    scores: tuple[QuestionScores, ...]

    def of(self, name: str) -> QuestionScores:
        """Return one forecaster's scores."""
        return next(one for one in self.scores if one.name == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeScores:
    """The Brier scores of one day's rows, by forecaster, each over the rows that it spoke of: (name, rows, score)."""

    day: dt.date
    rows: int
    happened: int
    brier: tuple[tuple[str, int, float], ...]


def group(
    name: str, said: Sequence[Said], forecasters: Sequence[str], *, against: Sequence[str], seed: int, draws: int
) -> Group | None:
    """Score forecasters on the rows that all of them spoke of, once for each row; None where there is none."""
    common = [one for one in said if all(f in one.chance for f in forecasters)]
    if not common:
        return None
    rows = [one.question for one in common]
    happened = np.array([one.happened for one in rows])
    hang = clusters(rows)
    again = resample(np.array(hang), seed=seed, draws=draws)
    chances = {f: np.array([one.chance[f] for one in common]) for f in forecasters}
    squares = {f: brier(chance, happened) for f, chance in chances.items()}
    return Group(
        name=name,
        rows=len(rows),
        questions=len({one.id for one in rows}),
        events=again.clusters,
        happened=int(happened.sum()),
        scores=tuple(
            QuestionScores(
                name=f,
                brier=estimate(squares[f], again),
                log_loss=estimate(log_loss(chances[f], happened, clip=CLIP), again),
                gains=tuple((a, estimate(squares[f] - squares[a], again)) for a in against if a in squares and a != f),
                mean_said=float(chances[f].mean()),
                murphy=murphy(chances[f], happened, edges=TENTHS),
            )
            for f in forecasters
        ),
    )


def by_freeze(said: Sequence[Said], forecasters: Sequence[str]) -> Iterator[FreezeScores]:
    """Score every forecaster day by day."""
    for day in sorted({one.question.frozen for one in said}):
        own = [one for one in said if one.question.frozen == day]
        yield FreezeScores(
            day=day,
            rows=len(own),
            happened=sum(one.question.happened for one in own),
            brier=tuple(_brier_of(own, forecasters)),
        )


def _brier_of(said: Sequence[Said], forecasters: Sequence[str]) -> Iterator[tuple[str, int, float]]:
    for name in forecasters:
        spoken = [one for one in said if name in one.chance]
        if spoken:
            chance = np.array([one.chance[name] for one in spoken])
            happened = np.array([one.question.happened for one in spoken])
            yield name, len(spoken), float(brier(chance, happened).mean())
