"""What does the page of one question show: all that was said of it, how it came out, and what hangs on it?"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from detente import dossier
from detente.brief.document import Brief, Section
from detente.brief.register import Register
from detente.brief.sections.record import changed as changed_words
from detente.brief.sections.record.one import STATES, Saying, saying
from detente.brief.sections.record.telling import Telling, day
from detente.desk.forecast_change import forecast_changes
from detente.desk.ledger.compared import changed, ground
from detente.desk.ledger.page import Row, day_of, open_ledger, row_of, sheet
from detente.desk.ledger.place import question as found_question
from detente.desk.session import Session
from detente.desk.sheet import Sheet
from detente.errors import DossierError
from detente.ledger.book import AskedQuestion

__all__ = ["Conditions", "Ending", "One", "changes", "conditions", "one"]

NOT_SCORED: Final = ("ambiguous", "annulled")


@dataclass(frozen=True, slots=True)
class Ending:
    """A way in which a question can come out, and which questions that hang on it would then be void, or asked."""

    name: str
    void: tuple[str, ...]
    opens: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class One:
    """One question with everything.

    kind      how it is answered, in words
    above     the question it hangs on and how that has to come out, where it does
    branches  the questions that hang on it
    quotes    the quotes it was written from that the dossier holds
    endings   how it can come out, with what that does to its branches
    mine      the forecast of who asks that was said last, where there is one
    undated   how many documents have no day, so that nothing can be said as of one
    twice     whether somebody forecast it twice, so that a change can be explained
    """

    name: str
    writable: bool
    today: dt.date
    knew: dt.date | None
    row: Row
    asked: AskedQuestion
    kind: str
    means: str
    above: tuple[str, str] | None
    branches: tuple[Row, ...]
    quotes: tuple[str, ...]
    said: tuple[Saying, ...]
    resolved: tuple[tuple[int, str, bool], ...]
    endings: tuple[Ending, ...]
    mine: Saying | None
    twice: bool
    undated: int

    @property
    def can_be_said(self) -> bool:
        """Whether a forecast may still be made: until it has come out, and as of a day on which it was open."""
        return self.row.state in ("open", "waiting", "due")


def one(session: Session, wanted: str, *, by: str, now: dt.datetime) -> One:
    """Lay one question out with everything that was written about it.

    Raises UsageError where there is none, LedgerError where the chain is broken.
    """
    found = open_ledger(session, now)
    asked = found_question(found.book, wanted)
    said = tuple(saying(asked, each) for each in asked.forecasts)
    evidence = {e.id for e in session.now().situation.evidence}
    given = asked.question.given
    branches = [q for q in found.book.questions if q.question.given and q.question.given.question == asked.question.id]
    return One(
        name=found.name,
        writable=session.is_dossier,
        today=found.book.now.date(),
        knew=day_of(session, found.book.now.date()),
        row=row_of(asked),
        asked=asked,
        kind=_kind(asked),
        means=STATES[asked.state][1],
        above=(given.question, given.outcome) if given else None,
        branches=tuple(row_of(q) for q in branches),
        quotes=tuple(e for e in asked.question.evidence if e in evidence),
        said=said,
        resolved=tuple(_resolutions(asked)),
        endings=tuple(_endings(asked, branches)),
        mine=next((each for each in reversed(said) if each.by == by), None),
        twice=_twice(asked),
        undated=sum(d.published is None and d.reported is None for d in session.now().situation.documents),
    )


def changes(session: Session, wanted: str, *, rows: str | None, now: dt.datetime) -> Sheet:
    """Lay out why the forecasts of one question changed: each author's one after the other, or two that are named.

    Raises UsageError where there are none such, LedgerError where the chain is broken.
    """
    if not session.is_dossier:
        raise DossierError(
            "Why a forecast changed can be told of a dossier alone: it keeps the situations behind them."
        )
    found = open_ledger(session, now)
    asked = found_question(found.book, wanted)
    key = ("ledger-changes", found.book.head, asked.question.id, rows or "")
    return session.kept(key, lambda: _changes(session.folder, asked, rows, now))


def _changes(folder: Path, asked: AskedQuestion, rows: str | None, now: dt.datetime) -> Sheet:
    if rows is None:
        split = forecast_changes(asked, ground(dossier.open(folder)))
    else:
        split = (changed(folder, asked.question.id, rows, now=now),)
    register = Register()
    blocks = changed_words.blocks(split, Telling(register))
    sections = (Section("changes", "Why forecasts changed", blocks),) if blocks else ()
    return sheet(Brief("", "", sections, (), (), tuple(register.notes.values())))


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a question of one's own may hang on: outcomes of questions that are not settled, and events by name."""

    outcomes: tuple[tuple[str, str], ...]
    clusters: tuple[str, ...]
    today: dt.date


def conditions(session: Session, *, now: dt.datetime) -> Conditions:
    """List what a question may be asked under, and the events that questions hang on already.

    Raises LedgerError where the chain is broken.
    """
    held = open_ledger(session, now).book
    open_yet = [q for q in held.questions if q.settled is None and q.question.kind != "continuous"]
    outcomes = tuple(
        (f"{q.question.id}={name}", f"{q.question.id} comes out as {name}") for q in open_yet for name in q.outcomes
    )
    clusters = tuple(sorted({q.question.cluster for q in held.questions if q.question.cluster}))
    return Conditions(outcomes, clusters, held.now.date())


def _kind(asked: AskedQuestion) -> str:
    question = asked.question
    if question.kind == "continuous":
        return f"a number from {question.low:g} to {question.high:g} {question.unit or ''}".rstrip()
    if question.kind == "binary":
        return "yes or no"
    order = ", in ascending order" if question.kind == "ordered" else ""
    return f"one of {len(question.choices)}: {'; '.join(question.choices)}{order}"


def _resolutions(asked: AskedQuestion) -> Iterator[tuple[int, str, bool]]:
    for each in asked.resolutions:
        found = each.resolution
        came = f"{found.value:g}" if found.value is not None else found.outcome
        sources = f", by {'; '.join(found.sources)}" if found.sources else ""
        papers = f", documents {', '.join(found.documents)}" if found.documents else ""
        note = f": {found.note}" if found.note else ""
        yield each.number, f"{came} on {day(found.on)}, says {found.by}{sources}{papers}{note}", each.superseded


def _endings(asked: AskedQuestion, branches: list[AskedQuestion]) -> Iterator[Ending]:
    ways = () if asked.question.kind == "continuous" else asked.outcomes
    for name in (*ways, *NOT_SCORED):
        void = tuple(q.question.id for q in branches if q.question.given and q.question.given.outcome != name)
        opens = tuple(q.question.id for q in branches if q.question.given and q.question.given.outcome == name)
        yield Ending(name, void, opens)


def _twice(asked: AskedQuestion) -> bool:
    by = [(s.forecast.by, s.forecast.analysis) for s in asked.forecasts]
    return len(set(by)) < len(by)
