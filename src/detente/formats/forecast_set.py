"""How do the forecasts of a ledger go out as a forecast set of ForecastBench?

Its fields are `organization`, `model`, `model_organization`, `question_set`, `forecast_due_date` and `forecasts`; each
of these has `id`, `source`, `forecast` (the chance of yes), `resolution_date` (null: a market has one answer) and
`reasoning`. Written is what one author's forecasts said at the end of the day on which they are due.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from detente.errors import FormatError
from detente.formats.question_rows import QuestionRow
from detente.formats.row_entries import question_id
from detente.formats.score_table import clean, shown
from detente.ledger.book import AskedQuestion, Book, Standing

SOURCE = "detente"
NEEDED = 0.95  # the share of a question set that has to be forecast for a set to count


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Who hands the forecasts in: the team, the model and whose model it is, each by the name it is ranked under."""

    organization: str
    model: str
    model_organization: str


@dataclass(frozen=True, slots=True)
class ForecastSet:
    """A forecast set: what its file is called, its bytes, and what should be known about it."""

    name: str
    content: bytes
    remarks: tuple[str, ...] = ()


def forecast_set(book: Book, *, by: str, due: dt.date, team: Team, asked: Sequence[QuestionRow] = ()) -> ForecastSet:
    """Return what an author's forecasts of yes-or-no questions said when they were due.

    `asked` are the rows of the question set: their questions are written under the ids and sources that they have
    there, and the others are left out. Without them every question goes out under its own id, with `detente` as source.

    Raises FormatError where no forecast of the author stood on that day.

    >>> team = Team(organization="A", model="b", model_organization="A")
    >>> empty = Book(questions=(), rows=0, head="0" * 64, now=dt.datetime(2026, 2, 8, tzinfo=dt.UTC))
    >>> forecast_set(empty, by="A. Analyst", due=dt.date(2026, 2, 15), team=team)
    Traceback (most recent call last):
    detente.errors.FormatError: No forecast of a yes-or-no question by 'A. Analyst' stood on 2026-02-15. ...
    """
    origins = {question_id(row): (row.id, row.source) for row in asked}
    forecasts = []
    for one in book.questions:
        stood = _stood(one, by, due)
        if one.question.kind == "binary" and stood is not None and (not asked or one.question.id in origins):
            name, source = origins.get(one.question.id, (one.question.id, SOURCE))
            forecasts.append(_forecast(name, source, stood))
    if not forecasts:
        of_set = " of the question set" if asked else ""
        raise FormatError(
            f"No forecast of a yes-or-no question{of_set} by '{shown(by)}' stood on {due}. "
            "Record some, or give another author or day."
        )
    found = {
        "organization": clean(team.organization),
        "model": clean(team.model),
        "model_organization": clean(team.model_organization),
        "question_set": f"{due.isoformat()}-llm.json",
        "forecast_due_date": due.isoformat(),
        "forecasts": forecasts,
    }
    content = (json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
    return ForecastSet(_name(team, due), content, _coverage(len(forecasts), len(origins)))


def _stood(one: AskedQuestion, by: str, due: dt.date) -> Standing | None:
    """Return the author's forecast that stood at the end of a day; of several analyses the one that began last."""
    end = dt.datetime.combine(due + dt.timedelta(days=1), dt.time(), dt.UTC)
    held = [s for s in one.forecasts if s.forecast.by == by and s.starts <= end and (s.ends is None or s.ends >= end)]
    return max(held, key=_began) if held else None


def _began(standing: Standing) -> tuple[dt.datetime, int]:
    return (standing.starts, standing.number)


def _forecast(name: str, source: str, stood: Standing) -> dict[str, Any]:
    said = stood.forecast
    return {
        "id": name,
        "source": source,
        "forecast": said.probabilities[0],
        "resolution_date": None,
        "reasoning": clean(said.note or ""),
    }


def _name(team: Team, due: dt.date) -> str:
    plain = "".join(c if c.isalnum() or c in " -_" else "-" for c in clean(team.organization)).strip() or "team"
    return f"{due.isoformat()}.{plain}.1.json"


def _coverage(written: int, asked: int) -> tuple[str, ...]:
    if not asked or written >= NEEDED * asked:
        return ()
    return (f"{written} of {asked} questions of the set are forecast; a set counts from {NEEDED:.0%} of them.",)
