"""What was found out about why a forecast of a question is another than the one before, before it is put into words."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

Cause: TypeAlias = Literal["version", "time", "documents", "edits", "documents and edits"]


@dataclass(frozen=True, slots=True)
class Part:
    """How much of a difference one cause makes, in basis points: hundredths of a point, of which 100 are all."""

    cause: Cause
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChange:
    """One answer of a question: what was said of it before and after, in basis points; the parts add up to it.

    For a quantile of a continuous question `before` and `after` are values of its scale, and there are no parts.
    """

    answer: str
    before: float
    after: float
    parts: tuple[Part, ...] = ()

    @property
    def points(self) -> float:
        """The whole difference."""
        return self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastChange:
    """Two forecasts of one question by one author, one after the other, and what lies between them.

    rows           the numbers of their rows in the ledger
    days           as of which days they were made
    versions       by which versions of the program
    answers        what was said, answer by answer; the causes stand in the order in which they were let in
    unsplit        why only the whole difference is known, None where it is split
    documents      the documents that the later one knew and the earlier one did not
    differs        what else differs between the two situations, in words
    """

    question: str
    text: str
    by: str
    rows: tuple[int, int]
    days: tuple[dt.date, dt.date]
    versions: tuple[str, str]
    answers: tuple[AnswerChange, ...]
    unsplit: str | None
    documents: tuple[str, ...]
    differs: tuple[str, ...]
