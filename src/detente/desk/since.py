"""What came between two days: which documents, what they said for the first time, and when that was?"""

import datetime as dt
from dataclasses import dataclass

from detente.desk.documents import known_days, record_in, timeline
from detente.desk.known import KINDS, Known, known
from detente.desk.session import Session
from detente.errors import UsageError

__all__ = ["Between", "First", "between"]


@dataclass(frozen=True, slots=True)
class First:
    """What was said for the first time, of one kind."""

    title: str
    rows: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The page: the days that are compared, the documents between them, and what they said for the first time.

    days     every day on which a document could be known
    is_read  whether the reader has read any document, so that what moved can be told
    """

    since: dt.date | None
    until: dt.date | None
    days: tuple[dt.date, ...]
    documents: tuple[tuple[str, str, dt.date], ...]
    firsts: tuple[First, ...]
    pictures: tuple[str, ...]
    is_read: bool
    unread: bool
    editable: bool

    @property
    def count(self) -> int:
        """How much was said for the first time."""
        return sum(len(f.rows) for f in self.firsts)


def between(session: Session, *, since: dt.date | None, until: dt.date | None = None) -> Between:
    """Tell what came between two days, both counted; without a first one, on the last day of all.

    Raises UsageError where the days are the wrong way round, and what opening the dossier raises.
    """
    now, record = session.now(), record_in(session)
    when = known_days(now.situation, record)
    days = tuple(sorted(set(when.values())))
    since = since or _usual(days, until)
    if since is not None and until is not None and until < since:
        raise UsageError(f"The last day, {until}, lies before the first, {since}. Give a later one, or leave it out.")
    found = known(now.situation, when)
    mine = tuple(k.by(until) for k in found if _counts(k.day, since, until))
    titles = {d.id: d.title or d.id for d in now.situation.documents}
    listed = sorted((day, id) for id, day in when.items() if _counts(day, since, until))
    return Between(
        since=since,
        until=until,
        days=days,
        documents=tuple((id, titles[id], day) for day, id in listed),
        firsts=tuple(
            First(title, rows) for kind, title in KINDS.items() if (rows := tuple(k for k in mine if k.kind == kind))
        ),
        pictures=timeline(now.situation, when, found, since=since, until=until),
        is_read=record is not None and bool(record.readings),
        unread=record is not None and not record.readings and bool(now.situation.documents),
        editable=session.is_dossier,
    )


def _usual(days: tuple[dt.date, ...], until: dt.date | None) -> dt.date | None:
    """The day from which on the last documents count as new."""
    before = [d for d in days if until is None or d <= until]
    return before[-1] if before else None


def _counts(day: dt.date, since: dt.date | None, until: dt.date | None) -> bool:
    return (since is None or day >= since) and (until is None or day <= until)
