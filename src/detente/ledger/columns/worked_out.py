"""What would knowing nothing have said of each question, and what the questions that came out before?"""

import datetime as dt
from collections.abc import Sequence
from typing import Final

import numpy as np
from jaxtyping import Int

from detente.ledger.book import AskedQuestion, Book
from detente.ledger.columns.chosen import Statement
from detente.ledger.columns.scored_rows import Row

ONE_HALF: Final = "one half"
CLIMATOLOGY: Final = "climatology"


def worked_out(book: Book, said: Sequence[Statement], asked: Sequence[AskedQuestion]) -> list[Row]:
    """Return a row of each for every question that is scored, as of the day of the first thing said of it."""
    first = _first_days(said)
    days, upto = _came_out(book)
    rows: list[Row] = []
    for one in asked:
        day = first[one.question.id]
        before = int(np.searchsorted(days, day.toordinal()))
        rows.append(_worked(one, ONE_HALF, _even(one), day))
        if one.question.kind == "binary":
            yes = float((upto[before] + 1) / (before + 2))
            rows.append(_worked(one, CLIMATOLOGY, (yes, 1 - yes), day))
    return rows


def _first_days(said: Sequence[Statement]) -> dict[str, dt.date]:
    """Return the day of the first forecast of each question; comparisons may be older, and are not forecasts here."""
    first: dict[str, dt.date] = {}
    for one in said:
        name = one.asked.question.id
        first[name] = min(first.get(name, one.beside), one.beside)
    return first


def _came_out(book: Book) -> tuple[Int[np.ndarray, "known"], Int[np.ndarray, "known_more"]]:
    """Return on which days yes-or-no questions came out, ascending, and how many of the first so many as yes."""
    known = sorted(
        (one.resolution.on.toordinal(), one.resolution.outcome == "yes")
        for one in book.questions
        if one.state == "resolved" and one.question.kind == "binary" and one.resolution is not None
    )
    yes = np.array([0, *(int(came) for _, came in known)], dtype=np.int64)
    return np.array([day for day, _ in known], dtype=np.int64), np.cumsum(yes)


def _even(asked: AskedQuestion) -> tuple[float, ...]:
    """Return the same chance for every answer; none for a scale, which no quantiles leave even."""
    many = len(asked.outcomes)
    return () if asked.question.kind == "continuous" else (1 / many,) * many


def _worked(asked: AskedQuestion, name: str, probabilities: tuple[float, ...], day: dt.date) -> Row:
    return Row(
        asked=asked,
        forecaster=name,
        probabilities=probabilities,
        horizon=(asked.closes - day).days,
        reference=True,
        computed=True,
    )
