"""What is being said, and by whom: every document with its day, grade and publisher, and what was known when."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from detente.brief.why import CREDIBLE, RELIABLE
from detente.desk.known import KINDS, Known, day_of, known
from detente.desk.record import Record, record_of
from detente.desk.session import Session
from detente.dossier import open as open_dossier
from detente.errors import UsageError
from detente.figures.days import Days, Reported, days
from detente.figures.svg import NARROW, USUAL
from detente.read.reviewed import Tally
from detente.situation.nouns import Document, Situation

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
__all__ = ["Documents", "Group", "Row", "as_day", "documents", "known_days", "timeline"]


@dataclass(frozen=True, slots=True)
class Row:
    """A document in short.

    day      when it could be known; None where it says no day and nothing else does
    is_dated whether the day is its own, and not the one on which it was added
    items    how many items were read in it, `waiting` of them nobody has decided about
    is_read  whether the reader has read it
    is_later whether it could not be known yet on the day that is asked about
    """

    id: str
    title: str
    publisher: str
    day: dt.date | None
    grade: str
    grade_words: str
    quotes: int
    items: int
    waiting: int
    is_read: bool
    is_dated: bool
    is_later: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What was known of one kind, oldest first; `later` is how much came after the day that is asked about."""

    title: str
    rows: tuple[Known, ...]
    later: int


@dataclass(frozen=True, slots=True)
class Documents:
    """The page: the documents, the picture of their days, and what was known on the day that is asked about.

    now     the day of the situation
    unread  how many documents lie here that the reader has not read
    """

    rows: tuple[Row, ...]
    days: tuple[dt.date, ...]
    as_of: dt.date | None
    now: dt.date | None
    pictures: tuple[str, ...]
    groups: tuple[Group, ...]
    tally: Tally
    lost: int
    unread: int
    hash: str
    editable: bool

    @property
    def known(self) -> int:
        """How much was known on the day."""
        return sum(len(g.rows) for g in self.groups)

    @property
    def later(self) -> int:
        """How much came later."""
        return sum(g.later for g in self.groups)


def documents(session: Session, *, as_of: dt.date | None = None) -> Documents:
    """List what was reported, and what was known of it on a day; without one, today.

    Raises what opening the dossier raises.
    """
    now = session.now()
    record = record_in(session)
    when = known_days(now.situation, record)
    found = known(now.situation, when)
    rows = tuple(_row(d, now.situation, record, when.get(d.id), as_of) for d in now.situation.documents)
    return Documents(
        rows=tuple(sorted(rows, key=lambda r: (r.day or dt.date.max, r.id))),
        days=tuple(sorted(set(when.values()))),
        as_of=as_of,
        now=now.situation.as_of,
        pictures=timeline(now.situation, when, found, until=as_of),
        groups=_groups(found, as_of),
        tally=record.tally if record else Tally(0, 0),
        lost=len(record.lost) if record else 0,
        unread=_unread(session, record),
        hash=now.hash,
        editable=session.is_dossier,
    )


def record_in(session: Session) -> Record | None:
    """Return what was read into a dossier; None where it is none yet."""
    return record_of(open_dossier(session.folder)) if session.is_dossier else None


def known_days(situation: Situation, record: Record | None) -> dict[str, dt.date]:
    """Return the day on which each document could be known: its own, else the one on which it was added."""
    added: Mapping[str, dt.date] = record.added if record else {}
    days = {d.id: day_of(d) or added.get(d.sha256 or "") for d in situation.documents}
    return {id: day for id, day in days.items() if day is not None}


def as_day(given: str | None, *, what: str) -> dt.date | None:
    """Return the day that an address names, None where it names none.

    Raises UsageError for what is no day.

    >>> as_day("2026-02-08", what="as of"), as_day("", what="as of")
    (datetime.date(2026, 2, 8), None)
    """
    if not given:
        return None
    with suppress(ValueError):
        if _DAY.fullmatch(given):
            return dt.date.fromisoformat(given)
    raise UsageError(f"'{given[:30]}' ({what}) is no day. Write it as 2026-02-08.")


def timeline(
    situation: Situation,
    when: Mapping[str, dt.date],
    found: Iterable[Known],
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> tuple[str, ...]:
    """Draw the documents over their days, for a wide and a narrow page; nothing where there are no two days."""
    listed = tuple(Reported(when[d.id], d.title or d.id) for d in situation.documents if d.id in when)
    if len({one.day for one in listed}) < 2:
        return ()
    data = Days(listed, tuple(k.day for k in found), since, until)
    desc = f"{len(listed)} documents from {min(when.values())} to {max(when.values())}."
    title = "Documents by day, and how much was known"
    return tuple(
        days(data, id=id, title=title, desc=desc, width=width)
        for id, width in (("days", USUAL), ("days-narrow", NARROW))
    )


def _row(
    document: Document, situation: Situation, record: Record | None, day: dt.date | None, as_of: dt.date | None
) -> Row:
    quotes = [e for e in situation.evidence if e.document == document.id]
    grades = Counter(e.grade for e in quotes if e.grade)
    grade = grades.most_common(1)[0][0] if grades else ""
    mine = [e for e in record.entries if e.reading.document.sha256 == document.sha256] if record else []
    return Row(
        id=document.id,
        title=document.title or document.id,
        publisher=document.publisher or "",
        day=day,
        grade=grade or "",
        grade_words=graded(grade) if grade else "",
        quotes=len(quotes),
        items=len(mine),
        waiting=sum(e.decision is None for e in mine),
        is_read=record is not None and document.sha256 in record.stored,
        is_dated=day_of(document) is not None,
        is_later=as_of is not None and day is not None and day > as_of,
    )


def graded(grade: str) -> str:
    """Say what a grade means.

    >>> graded("B2")
    'source usually reliable, statement probably true'
    """
    return f"source {RELIABLE[grade[0]]}, statement {CREDIBLE[grade[1]]}"


def _groups(found: tuple[Known, ...], as_of: dt.date | None) -> tuple[Group, ...]:
    groups = []
    for kind, title in KINDS.items():
        mine = [k for k in found if k.kind == kind]
        rows = tuple(k.by(as_of) for k in mine if as_of is None or k.day <= as_of)
        groups += [Group(title, rows, len(mine) - len(rows))] if mine else []
    return tuple(groups)


def _unread(session: Session, record: Record | None) -> int:
    if record is None:
        return 0
    known = {stored.sha256 for stored in record.stored.values()}
    return sum(d.sha256 not in known for d in record.made.documents())
