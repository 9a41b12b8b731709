r"""What could be learned by a day from the questions that had come out before it: a base rate, and a model's weight?

    climatology = (k + 1) / (n + 2)                                                                                (1)

with k of the n questions that came out before the day having come out as yes; one half where none had. And

    w = argmin over 0, 0.1 .. 1 of the sum of log losses of classes and model pooled with weight w                 (2)

over the questions that both had spoken of and that came out before the day, each once, on the first day on which both
spoke; the smallest such w, and 0 while they hang on fewer than ten events. The model's own mean, which is taken off
before it is pooled, is that over the same questions.

Whoever counts only what has come out counts too many a yes: a question closes with a no on its last day, with a yes on
the day on which it happens.

Source: the rule of succession for (1), Laplace (1774); for the pool, `detente.outlook.classes.pooling`.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from detente.backtest.questions.rows import PastQuestion, clusters, firsts
from detente.outlook.classes import pooled
from detente.scores import CLIP, log_loss

__all__ = ["CLIP", "FEWEST", "Learned", "Spoken", "climatology", "learned", "pool"]

FEWEST = 10  # events, before a weight other than 0 can be learned
_GRID = tuple(step / 10 for step in range(11))


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A question of which classes and model have both spoken."""

    question: PastQuestion
    by_class: float
    by_model: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """The weight (2) that the model has earned by a day in one world, from how many questions on how many events.

    `mean` is what the model said of them on average; one half where there were none.
    """

    world: str
    day: dt.date
    questions: int
    events: int
    weight: float
    mean: float


def climatology(questions: Sequence[PastQuestion], days: Sequence[dt.date]) -> Float[np.ndarray, " day"]:
    """Return the base rate (1) as it stood on each of these days.

    >>> rows = [
    ...     PastQuestion(id=str(k), text="", frozen=dt.date(2026, 1, 1), closes=None, resolved=dt.date(2026, 1, 2 + k),
    ...                  happened=k == 0)
    ...     for k in range(2)
    ... ]
    >>> climatology(rows, [dt.date(2026, 1, d) for d in (2, 3, 4)]).round(3).tolist()
    [0.5, 0.667, 0.5]
    """
    once = firsts(questions)
    resolved = np.array([one.resolved.toordinal() for one in once])
    happened = np.array([one.happened for one in once])
    when, at = np.unique(np.array([day.toordinal() for day in days]), return_inverse=True)
    known = resolved[None, :] < when[:, None]
    rate = ((known & happened).sum(axis=1) + 1) / (known.sum(axis=1) + 2)
    return np.asarray(rate[at.reshape(-1)])


def learned(spoken: Sequence[Spoken], day: dt.date, *, world: str) -> Learned:
    """Learn the weight of the model by a day, equation (2)."""
    known = {id(one.question): one for one in spoken if one.question.resolved < day}
    once = [known[id(q)] for q in firsts([one.question for one in known.values()])]
    events = len(set(clusters([one.question for one in once])))
    mean = float(np.mean([one.by_model for one in once])) if once else 0.5
    before = Learned(world=world, day=day, questions=len(once), events=events, weight=0.0, mean=mean)
    if events < FEWEST:
        return before
    happened = np.array([one.question.happened for one in once])
    losses = [
        float(log_loss(np.array([pool(one.by_class, one.by_model, mean, w) for one in once]), happened).sum())
        for w in _GRID
    ]
    best = _GRID[int(np.argmin(losses))]
    return Learned(world=world, day=day, questions=len(once), events=events, weight=best, mean=mean)


def pool(by_class: float, by_model: float, mean: float, weight: float) -> float:
    """Pool one chance by classes with one by the model, all of them kept `CLIP` away from 0 and 1.

    >>> pool(0.3, 0.9, 0.5, 0.0), round(pool(0.3, 0.9, 0.5, 0.2), 3)
    (0.3, 0.399)
    """
    ends = (CLIP, 1 - CLIP)
    kept = [float(np.clip(value, *ends)) for value in (by_class, by_model, mean)]
    return float(np.clip(pooled(kept[0], kept[1], kept[2], weight=weight).probability, *ends))
