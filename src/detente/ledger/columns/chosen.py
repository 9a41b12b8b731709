"""Which of all that was said of resolved questions is scored, by whom, and with which weight?"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, TypeAlias

from detente.ledger.book import AskedQuestion, Book, Standing, end_of, moment_of
from detente.ledger.entries import Comparison, Forecast

Moment: TypeAlias = Literal["first", "last", "over-time"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one forecaster said of one resolved question, from when to when, and what that weighs.

    A comparison stands as long as the forecast `beside` which it was recorded, of which that is the day.
    """

    asked: AskedQuestion
    name: str
    reference: bool
    number: int
    as_of: dt.date
    beside: dt.date
    starts: dt.datetime
    ends: dt.datetime
    said: Forecast | Comparison
    weight: float = 1.0

    @property
    def later(self) -> bool:
        """Whether it is as of a later day than the forecast beside it, and so knew more."""
        return self.as_of > self.beside


def statements(book: Book, *, at: Moment, retrospective: bool) -> tuple[tuple[Statement, ...], int]:
    """Return what is scored, and how much is left out as it was said on the day of the outcome or later."""
    resolved = [q for q in book.questions if q.state == "resolved"]
    names = _names(resolved, retrospective)
    every = [s for q in resolved for s in _of_question(q, names, retrospective)]
    blind = [s for s in every if s.asked.settled is None or max(s.as_of, s.beside) < s.asked.settled]
    streams: dict[tuple[str, str, bool], list[Statement]] = defaultdict(list)
    for one in blind:
        streams[one.asked.question.id, one.name, one.reference].append(one)
    chosen = tuple(one for stream in streams.values() for one in _chosen(stream, at))
    return chosen, len(every) - len(blind)


def opened_and_over(asked: AskedQuestion) -> tuple[dt.datetime, dt.datetime]:
    """Return from when to when a resolved question was open, or could have been, had it been asked in time."""
    start = dt.datetime.combine(asked.opens, dt.time(), tzinfo=dt.UTC)
    over = end_of(asked.closes if asked.settled is None else min(asked.closes, asked.settled))
    return max(start, moment_of(asked.recorded, asked.as_of)), over


def _names(resolved: Iterable[AskedQuestion], retrospective: bool) -> dict[tuple[str, str], str]:
    """Return what a score table calls each author and analysis."""
    used = {
        (f.forecast.by, f.forecast.analysis) for q in resolved for f in q.forecasts if f.retrospective == retrospective
    }
    many = Counter(by for by, _ in used)
    return {(by, analysis): f"{by} ({analysis})" if many[by] > 1 else by for by, analysis in used}


def _of_question(asked: AskedQuestion, names: dict[tuple[str, str], str], retrospective: bool) -> Iterator[Statement]:
    authors = set(names.values())
    _, over = opened_and_over(asked)
    for standing in asked.forecasts:
        if standing.retrospective != retrospective:
            continue
        forecast = standing.forecast
        own = _statement(asked, standing, over, names[forecast.by, forecast.analysis])
        yield own
        for given in forecast.comparisons:
            yield replace(
                own,
                name=f"{given.name} (as compared)" if given.name in authors else given.name,
                reference=True,
                as_of=given.as_of,
                said=given,
            )


def _statement(asked: AskedQuestion, standing: Standing, over: dt.datetime, name: str) -> Statement:
    ends = over if standing.ends is None else min(standing.ends, over)
    return Statement(
        asked=asked,
        name=name,
        reference=False,
        number=standing.number,
        as_of=standing.forecast.as_of,
        beside=standing.forecast.as_of,
        starts=standing.starts,
        ends=max(ends, standing.starts),
        said=standing.forecast,
    )


def _chosen(stream: Sequence[Statement], at: Moment) -> list[Statement]:
    """Return what is scored of what one forecaster said of one question."""
    ordered = sorted(stream, key=lambda one: (one.starts, one.number))
    if at == "first":
        return ordered[:1]
    # Comparisons follow one another as forecasts do: each ends with its forecast, or when the next one begins.
    cut = [replace(one, ends=max(one.starts, min(one.ends, then.starts))) for one, then in pairwise(ordered)]
    stood = [one for one in (*cut, *ordered[-1:]) if one.ends > one.starts]
    if at == "last":
        return stood[-1:]
    weighed = [replace(one, weight=_share(one)) for one in stood]
    return [one for one in weighed if one.weight > 0]


def _share(one: Statement) -> float:
    """Return for which share of the open life of its question something stood."""
    opened, over = opened_and_over(one.asked)
    life, stood = over - opened, min(one.ends, over) - max(one.starts, opened)
    return max(0.0, stood / life) if life > dt.timedelta() else 0.0
