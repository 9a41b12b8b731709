"""What is scored, as arrays: one row for every statement of a forecaster on a question?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.ledger.book import Book
from detente.ledger.columns.chosen import Moment, Statement, statements
from detente.ledger.columns.scored_rows import Row, rows_of
from detente.ledger.columns.worked_out import worked_out

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What is not scored: questions by how they stand, and statements of the day of the outcome or later."""

    ambiguous: int = 0
    annulled: int = 0
    void: int = 0
    unresolved: int = 0
    knew: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Statements on resolved questions beside what happened; places in `questions`, `forecasters` ... count from 0.

    ===========  ========  ========================================================================================
    happened     question  whether it came out as yes, for a yes-or-no question
    cluster      question  the place of its cluster
    choices      question  how many answers it has; 0 for a continuous one
    marks        mark 2    a question, and the place of a topic of it
    references   name      the places of forecasters that others are measured by
    computed     worked    those of them that are worked out here, and are no peers of anybody
    question     row       which question it is about
    forecaster   row       who said it
    horizon      row       days from the day of the statement to the question's last day
    weight       row       above 0; over time the share of the question's open life for which it stood, else 1
    later        row       whether it knew more than the forecast beside which it was recorded
    yes          row       the chance of yes, 0 to 1; nan where the question is no yes-or-no question
    chance       row       the chance of what happened, 0 to 1; nan for a continuous question
    brier        row       0 to 1, half the sum over answers; nan for a continuous question
    rps          row       0 to 1; nan where answers are not ordered
    crps         row       0 to 1, as a share of the scale; nan where the question is not continuous
    interval     row       of the widest central interval, as a share of the scale; nan where there is none
    density      row       of what happened, as a multiple of an even one over the scale; nan likewise
    ===========  ========  ========================================================================================
    """

    at: Moment
    retrospective: bool
    questions: tuple[str, ...]
    forecasters: tuple[str, ...]
    clusters: tuple[str, ...]
    topics: tuple[str, ...]
    left_out: LeftOut
    happened: Bool[np.ndarray, "question"]
    cluster: Int[np.ndarray, "question"]
    choices: Int[np.ndarray, "question"]
    marks: Int[np.ndarray, "mark 2"]
    references: Int[np.ndarray, "name"]
    computed: Int[np.ndarray, "worked"]
    question: Int[np.ndarray, "row"]
    forecaster: Int[np.ndarray, "row"]
    horizon: Int[np.ndarray, "row"]
    weight: Float[np.ndarray, "row"]
    later: Bool[np.ndarray, "row"]
    yes: Float[np.ndarray, "row"]
    chance: Float[np.ndarray, "row"]
    brier: Float[np.ndarray, "row"]
    rps: Float[np.ndarray, "row"]
    crps: Float[np.ndarray, "row"]
    interval: Float[np.ndarray, "row"]
    density: Float[np.ndarray, "row"]


def columns(book: Book, *, at: Moment = "first", retrospective: bool) -> Columns:
    """Return what is scored of a ledger: either what was recorded in time, or what was recorded later.

    >>> import datetime as dt
    >>> from detente.ledger.book import book
    >>> columns(book((), now=dt.datetime(2026, 2, 8, tzinfo=dt.UTC)), retrospective=False).forecasters
    ()
    """
    said, knew = statements(book, at=at, retrospective=retrospective)
    asked = list({s.asked.question.id: s.asked for s in said}.values())
    rows = [_row(s) for s in said] + worked_out(book, said, asked)
    names = _places(sorted(((r.reference, r.computed, r.forecaster) for r in rows), key=lambda key: key[:2]))
    place = {q.question.id: at for at, q in enumerate(asked)}
    of_cluster = _clusters(book)
    clusters = _places(of_cluster[q] for q in place)
    topics = _places(topic for q in asked for topic in q.question.topics)
    marks = {(place[q.question.id], topics[topic]): None for q in asked for topic in q.question.topics}
    measured = rows_of(rows)
    return Columns(
        at=at,
        retrospective=retrospective,
        questions=tuple(place),
        forecasters=tuple(name for _, _, name in names),
        clusters=tuple(clusters),
        topics=tuple(topics),
        left_out=_left_out(book, knew),
        happened=np.array([q.resolution is not None and q.resolution.outcome == "yes" for q in asked], dtype=np.bool_),
        cluster=_whole(clusters[of_cluster[q]] for q in place),
        choices=_whole(0 if q.question.kind == "continuous" else len(q.outcomes) for q in asked),
        marks=_whole(number for mark in marks for number in mark).reshape(-1, 2),
        references=_whole(i for (reference, _, _), i in names.items() if reference),
        computed=_whole(i for (_, computed, _), i in names.items() if computed),
        question=_whole(place[r.asked.question.id] for r in rows),
        forecaster=_whole(names[r.reference, r.computed, r.forecaster] for r in rows),
        horizon=_whole(r.horizon for r in rows),
        weight=np.array([r.weight for r in rows], dtype=np.float64),
        later=np.array([r.later for r in rows], dtype=np.bool_),
        yes=measured.yes,
        chance=measured.chance,
        brier=measured.brier,
        rps=measured.rps,
        crps=measured.crps,
        interval=measured.interval,
        density=measured.density,
    )


def _row(said: Statement) -> Row:
    given = said.said.probabilities
    return Row(
        asked=said.asked,
        forecaster=said.name,
        probabilities=(given[0], 1 - given[0]) if said.asked.question.kind == "binary" else given,
        quantiles=said.said.quantiles,
        horizon=(said.asked.closes - said.as_of).days,
        weight=said.weight,
        later=said.later,
        reference=said.reference,
    )


def _places(keys: Iterable[_Key]) -> dict[_Key, int]:
    """Count names from 0, in the order in which they come first."""
    return {key: place for place, key in enumerate(dict.fromkeys(keys))}


def _whole(numbers: Iterable[int]) -> Int[np.ndarray, "number"]:
    return np.array(list(numbers), dtype=np.int64)


def _clusters(book: Book) -> dict[str, str]:
    """Return the cluster of every question: its own, that of its condition, or the question by itself."""
    of_question: dict[str, str] = {}
    for one in book.questions:
        question = one.question
        above = None if question.given is None else of_question.get(question.given.question)
        of_question[question.id] = question.cluster or above or question.id
    return of_question


def _left_out(book: Book, knew: int) -> LeftOut:
    states = Counter(one.state for one in book.questions)
    return LeftOut(
        ambiguous=states["ambiguous"],
        annulled=states["annulled"],
        void=states["void"],
        unresolved=states["waiting"] + states["open"] + states["due"],
        knew=knew,
    )
