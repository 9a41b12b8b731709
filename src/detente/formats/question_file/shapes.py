"""What may stand in a question file, beside the fields of a question itself?"""

import datetime as dt
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator

from detente.formats.question_rows import Findings
from detente.situation.questions import Question
from detente.situation.values import Record, Slug

# A question of a ledger stands for itself: its evidence are the documents of the forecast.
QUESTION_FIELDS = tuple(name for name in Question.model_fields if name not in ("evidence", "basis"))
DAYS = ("opens", "closes")


def day_of(value: Any) -> Any:
    """Return the day in UTC that a text says; a time without its offset, or a number, is no day.

    >>> day_of("2026-02-08T23:30:00-02:00")
    datetime.date(2026, 2, 9)
    """
    if isinstance(value, dt.date) or value is None:
        return value
    finding = Findings("")
    found = finding.day(value, "")
    if finding.faults or found is None:
        raise ValueError(finding.faults[0].removeprefix(": ") if finding.faults else "there is no day")
    return found


def number_of(value: Any) -> Any:
    """Return what may be a number; yes and no, which count as 1 and 0 elsewhere, are none here.

    >>> number_of("0.5")
    '0.5'
    """
    if isinstance(value, bool) or (isinstance(value, str) and "_" in value):
        raise ValueError("this is no number")
    return value


Day: TypeAlias = Annotated[dt.date, BeforeValidator(day_of)]
Number: TypeAlias = Annotated[float, BeforeValidator(number_of)]
Probabilities: TypeAlias = tuple[Number, ...] | dict[str, Number]
Quantiles: TypeAlias = tuple[tuple[Number, Number], ...]


class Compared(Record):
    """What somebody else said, as it stands under a forecast."""

    name: str
    probability: Number | None = None
    probabilities: Probabilities = ()
    quantiles: Quantiles = ()
    as_of: Day | None = None
    source: str = ""


class Said(Record):
    """A forecast, as it stands under its question or, with `question`, at the top."""

    question: Slug | None = None
    by: str | None = None
    as_of: Day | None = None
    probability: Number | None = None
    probabilities: Probabilities = ()
    quantiles: Quantiles = ()
    lapses: Day | None = None
    analysis: str = "judgement"
    comparisons: tuple[Compared, ...] = ()
    note: str | None = None


class Came(Record):
    """A resolution, as it stands under its question or, with `question`, at the top."""

    question: Slug | None = None
    outcome: str
    value: Number | None = None
    on: Day
    sources: tuple[str, ...] = ()
    by: str | None = None
    note: str | None = None
