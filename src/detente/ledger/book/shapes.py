"""What is there to say about a ledger: its questions, and the forecasts and resolutions of each?"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

from detente.ledger.entries import Forecast, Reaffirmed, Resolution, Withdrawn
from detente.situation.questions import Question

Ending: TypeAlias = Literal["superseded", "withdrawn", "lapsed", "closed", "resolved", "void"]
State: TypeAlias = Literal["waiting", "open", "due", "resolved", "ambiguous", "annulled", "void"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A reaffirmation or a withdrawal, and the moment from which it counts."""

    number: int
    recorded: dt.datetime
    counts: dt.datetime
    entry: Reaffirmed | Withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One forecast and the time for which it stands: from `starts` to `ends`, which is None while it stands.

    `number` and `recorded` are those of its row; `retrospective` says that it was recorded after the day it claims.
    `lapses` is its last day by the last reaffirmation that came in time; `changes` are all that were made to it. One
    that ends as it starts never stood: it came too late, or was followed by another of the same moment.
    """

    number: int
    recorded: dt.datetime
    forecast: Forecast
    lapses: dt.date
    starts: dt.datetime
    ends: dt.datetime | None
    why: Ending | None
    retrospective: bool
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A resolution with the number and the time of its row; `superseded` by a later one, where there is one."""

    number: int
    recorded: dt.datetime
    resolution: Resolution
    superseded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """One question with all that was said of it, oldest first, and how it stands.

    waiting    its condition is not resolved yet
    open       it can be forecast
    due        it has closed, and nobody has resolved it
    resolved   its last resolution says how it came out
    ambiguous, annulled  its last resolution says so: it is not scored
    void       its condition came out otherwise, or cannot come out any more: it is not scored

    `closes` is the last day on which it is open; where that hangs on a condition which is not resolved, the latest it
    can be. `settled` is the day on which it came out or became void, None until then.
    """

    number: int
    recorded: dt.datetime
    question: Question
    as_of: dt.date
    by: str
    situation: str | None
    closes: dt.date
    forecasts: tuple[Standing, ...]
    resolutions: tuple[Resolved, ...]
    state: State
    retrospective: bool
    settled: dt.date | None = None

    @property
    def resolution(self) -> Resolution | None:
        """The resolution that holds, None where there is none."""
        held = [one.resolution for one in self.resolutions if not one.superseded]
        return held[-1] if held else None

    @property
    def opens(self) -> dt.date:
        """The first day on which it is open: that of its entry, or a later one that it names."""
        return max(self.as_of, self.question.opens or self.as_of)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The ways in which it can come out, in the order of a forecast's probabilities where it is a choice."""
        if self.question.kind == "continuous":
            return ("value",)
        return ("yes", "no") if self.question.kind == "binary" else self.question.choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All questions of a ledger in the order in which they were opened; `head` is the hash of its last row.

    `now` is the moment at which it stands so: the one asked for, or that of the last row where a clock went back.
    """

    questions: tuple[AskedQuestion, ...]
    rows: int
    head: str
    now: dt.datetime

    def question(self, question_id: str) -> AskedQuestion | None:
        """Return a question by its id, None where it was never asked."""
        return next((q for q in self.questions if q.question.id == question_id), None)

    def forecast(self, number: int) -> tuple[AskedQuestion, Standing] | None:
        """Return the forecast in a row, with its question; None where that row holds none."""
        return next(((q, f) for q in self.questions for f in q.forecasts if f.number == number), None)
