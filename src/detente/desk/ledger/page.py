"""What does the page of the ledger show: what is due first, the and the questions by their state?"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from detente.brief.document import Brief, Paragraph, Section
from detente.brief.page import page as laid_out
from detente.brief.register import Register
from detente.brief.sections.record import counts
from detente.brief.sections.record.one import STATES, Saying, outcome, saying
from detente.brief.sections.record.telling import Telling, day
from detente.desk.ledger.place import OpenLedger, has_ledger, in_files, opened
from detente.desk.ledger.record import MOMENTS
from detente.desk.ledger.scored import ask_score, write
from detente.desk.ledger.sealed import Verified, verify
from detente.desk.ledger.words import Due, waiting
from detente.desk.session import Session
from detente.desk.sheet import Sheet
from detente.errors import DossierError, UsageError
from detente.figures.asked import Asked, asked_until
from detente.figures.svg import NARROW, USUAL
from detente.ledger.book import AskedQuestion, Book, State
from detente.ledger.columns import Moment

__all__ = [
    "MOMENTS",
    "Broken",
    "Group",
    "Lapsing",
    "Ledger",
    "Row",
    "Verified",
    "broken",
    "chain",
    "is_kept",
    "ledger",
    "scores",
]

FIRST: Final[tuple[State, ...]] = ("due", "open", "waiting", "resolved", "ambiguous", "annulled", "void")
MOST_DRAWN: Final = 24
NOT_SCORED: Final = ("ambiguous", "annulled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A question in short: how it stands, what each forecaster said of it last, and how it came out."""

    id: str
    text: str
    state: State
    closes: str
    said: tuple[Saying, ...]
    more: int
    outcome: str
    given: str
    retrospective: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The questions in one state, and what that means."""

    state: State
    title: str
    means: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Lapsing:
    """A forecast that lapsed, or soon will, with its question; `mine` says that it is of who asks."""

    id: str
    text: str
    said: Saying
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """How a ledger stands.

    short     sentences on it, laid out
    closed    questions that closed and that nobody resolved
    lapsed, soon  forecasts that lapsed, or will within a week
    knew      the day of the situation, where it has one that is not today
    figures   the questions over their days, for a wide and a narrow page; `drawn` is how many of them are in it
    beside    whether a ledger in files lies in the folder, which an empty one could take in
    """

    name: str
    writable: bool
    today: dt.date
    knew: dt.date | None
    rows: int
    head: str
    short: Sheet
    closed: tuple[Row, ...]
    lapsed: tuple[Lapsing, ...]
    soon: tuple[Lapsing, ...]
    groups: tuple[Group, ...]
    figures: tuple[str, ...]
    drawn: int
    beside: bool

    @property
    def questions(self) -> int:
        """How many questions there are."""
        return sum(len(group.rows) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Broken:
    """Why a ledger cannot be read: row by row, where it can be told."""

    name: str
    why: str
    faults: tuple[str, ...]


def ledger(session: Session, *, by: str, now: dt.datetime) -> Ledger:
    """Lay the ledger of a dossier out.

    Raises LedgerError where the chain is broken, and what opening the dossier raises.
    """
    found = open_ledger(session, now)
    held, today = found.book, found.book.now.date()
    closed, lapsed, soon = waiting(found)
    groups = tuple(
        Group(state, *STATES[state], tuple(row_of(q) for q in held.questions if q.state == state)) for state in FIRST
    )
    return Ledger(
        name=found.name,
        writable=session.is_dossier,
        today=today,
        knew=day_of(session, today),
        rows=held.rows,
        head=f"{held.rows}:{held.head}" if held.rows else "",
        short=_short(found),
        closed=tuple(row_of(q) for q in closed),
        lapsed=tuple(_lapsing(lapsed, by)),
        soon=tuple(_lapsing(soon, by)),
        groups=tuple(group for group in groups if group.rows),
        figures=_figures(held),
        drawn=min(len(held.questions), MOST_DRAWN),
        beside=not held.rows and in_files(session.folder) is not None,
    )


def scores(session: Session, *, at: str, now: dt.datetime) -> Sheet:
    """Lay out how right the forecasts of a ledger were, what was recorded late apart, and why forecasts changed.

    Raises UsageError for a choice of forecasts that is none, LedgerError where the chain is broken.
    """
    moment: Moment | None = next((m for m in MOMENTS if m == at), None)
    if moment is None:
        raise UsageError(f"'{at[:40]}' does not say which forecasts count. Choose one of: {', '.join(MOMENTS)}.")
    found = open_ledger(session, now)
    key = ("ledger-scores", found.book.head, now.date().isoformat(), moment)
    return session.kept(key, lambda: sheet(write(ask_score(found, at=moment))))


def chain(session: Session, *, head: str | None) -> Verified:
    """Say whether the ledger is still what was written, against a head that was kept elsewhere where one is given.

    Raises FormatError where a ledger in files cannot be read, UsageError where there is none.
    """
    _require_some(session)
    return verify(session.folder, head=head)


def broken(session: Session, why: str) -> Broken:
    """Say what is wrong with a ledger whose chain does not hold."""
    found = verify(session.folder)
    return Broken(found.name, why, tuple(fault.what for fault in found.faults))


def sheet(brief: Brief) -> Sheet:
    """Lay a document out so that each of its sections is found by its id."""
    return Sheet(laid_out(brief), tuple(s.id for s in brief.sections))


def open_ledger(session: Session, now: dt.datetime) -> OpenLedger:
    """Open the ledger of a dossier, or the one that lies in files beside a case.

    Raises DossierError where there is none, LedgerError where the chain is broken.
    """
    _require_some(session)
    return opened(session.folder, now=now)


def _require_some(session: Session) -> None:
    if not session.is_dossier and not has_ledger(session.folder):
        raise DossierError(
            f"'{session.folder.name}' is only shown as it lies on the disk, and holds no ledger. "
            "Make it a dossier on the first page: then questions can be asked in it."
        )


def is_kept(session: Session) -> bool:
    """Say whether there is a ledger, or one can be kept."""
    return session.is_dossier or has_ledger(session.folder)


def day_of(session: Session, today: dt.date) -> dt.date | None:
    """Return the day of the situation, None where it has none or it is today."""
    known = session.now().situation.as_of
    return known if known is not None and known != today else None


def _short(found: OpenLedger) -> Sheet:
    register = Register()
    lines = tuple(counts.in_short(found.book, Telling(register))) if found.book.questions else ()
    sections = (Section("short", "In short", (Paragraph(lines),)),) if lines else ()
    return sheet(Brief(found.name, "", sections, (), (), tuple(register.notes.values())))


def row_of(asked: AskedQuestion) -> Row:
    """Tell a question in short."""
    last = {(s.forecast.by, s.forecast.analysis, s.retrospective): s for s in asked.forecasts}
    given = asked.question.given
    return Row(
        id=asked.question.id,
        text=asked.question.text,
        state=asked.state,
        closes=day(asked.closes),
        said=tuple(saying(asked, each) for each in last.values()),
        more=len(asked.forecasts) - len(last),
        outcome=outcome(asked),
        given=f"only if {given.question} comes out as {given.outcome}" if given else "",
        retrospective=asked.retrospective,
    )


def _figures(held: Book) -> tuple[str, ...]:
    """Draw the questions that matter most over their days: those that are due first, then as they close."""
    if not held.questions:
        return ()
    chosen = sorted(held.questions, key=lambda q: (FIRST.index(q.state), q.closes))[:MOST_DRAWN]
    rows = tuple(
        Asked(
            q.question.text,
            q.state,
            q.opens,
            q.closes if q.closes < dt.date.max else None,
            tuple((s.forecast.as_of, s.retrospective) for s in q.forecasts),
            q.settled,
        )
        for q in chosen
    )
    title, desc = "What is asked until when", f"{len(rows)} questions, from the day they opened to the day they close."
    return tuple(
        asked_until(rows, held.now.date(), id=id, title=title, desc=desc, width=width)
        for id, width in (("asked", USUAL), ("asked-narrow", NARROW))
    )


def _lapsing(found: Due, by: str) -> Iterator[Lapsing]:
    for asked, standing in found:
        yield Lapsing(asked.question.id, asked.question.text, saying(asked, standing), standing.forecast.by == by)
