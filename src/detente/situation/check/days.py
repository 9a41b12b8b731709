"""Does the situation know only what could be known on its day, and do the days make sense?"""

import datetime as dt
from collections.abc import Iterator

from detente.situation.check.problem import Problem, Problems, doubt, repeated, rows
from detente.situation.nouns import Document, Incident, Meeting, Situation
from detente.situation.values import Basis, Record

_HEX = frozenset("0123456789abcdef")
_SHA256_DIGITS = 64


def documents(situation: Situation) -> Problems:
    """Find documents that the situation could not know on its day, and documents entered twice."""
    for document in situation.documents:
        for field in ("published", "reported"):
            day = getattr(document, field)
            if situation.as_of is not None and day is not None and day > situation.as_of:
                message = f"'{document.id}' was {field} on {day}, after the situation's day {situation.as_of}."
                yield Problem(f"{document.id}.{field}", message, "Take the document out, or move as_of.")
        yield from _document(document)
    for twice in repeated(d.sha256 for d in situation.documents if d.sha256):
        both = [d.id for d in situation.documents if d.sha256 == twice]
        message = f"'{both[0]}' and '{both[1]}' are the same file."
        yield doubt(both[1], message, "Keep one of the two; a repeated document is not a second source.")


def events(situation: Situation) -> Problems:
    """Find events after the day of the situation, plans that lie behind it, and entries made with hindsight."""
    day = situation.as_of
    if day is None:
        return
    for incident in situation.incidents:
        yield from _too_late(incident, incident.date, day)
    for meeting in situation.meetings:
        if meeting.status == "held":
            yield from _too_late(meeting, meeting.date, day)
        if meeting.status == "planned":
            message = f"'{meeting.id}' is planned for {meeting.date}"
            yield from _behind(f"{meeting.id}.status", message, meeting.date, day)
    for deadline in situation.deadlines:
        message = f"the deadline '{deadline.id}' passed on {deadline.date}"
        yield from _behind(f"{deadline.id}.date", message, deadline.date, day)
    for question in situation.questions:
        yield from _behind(
            f"{question.id}.closes", f"'{question.id}' closed on {question.closes}", question.closes, day
        )
    yield from _hindsight(situation, day)


def _behind(path: str, message: str, planned: dt.date | None, day: dt.date) -> Problems:
    """Find what should lie ahead but does not."""
    if planned is not None and planned < day:
        yield doubt(path, f"{message}, before the situation's day {day}.", "Say what came of it, or move the day.")


def _document(document: Document) -> Problems:
    if document.published and document.reported and document.reported < document.published:
        message = f"'{document.id}' was reported on {document.reported}, before it was published."
        yield doubt(f"{document.id}.reported", message, "Check the two days.")
    if document.sha256 is not None and not (
        len(document.sha256) == _SHA256_DIGITS and _HEX.issuperset(document.sha256)
    ):
        message = f"the sha256 of '{document.id}' is not 64 small hexadecimal digits."
        yield Problem(f"{document.id}.sha256", message, "Compute it again, or leave it out.")


def _too_late(event: Incident | Meeting, happened: dt.date | None, day: dt.date) -> Problems:
    if happened is not None and happened > day:
        message = f"'{event.id}' happened on {happened}, after the situation's day {day}."
        yield Problem(f"{event.id}.date", message, "Take it out, or move as_of.")


def _hindsight(situation: Situation, day: dt.date) -> Problems:
    late = [b for _, row in rows(situation) for b in bases(row) if b.date is not None and b.date > day]
    if late:
        count = "1 entry was" if len(late) == 1 else f"{len(late)} entries were"
        message = f"{count} made after the situation's day {day}, the last on {max(b.date for b in late if b.date)}."
        yield doubt("as_of", message, "Make sure that they rest on nothing that became known later.")


def bases(record: Record) -> Iterator[Basis]:
    """Walk through the bases of a row and of its values."""
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Basis):
            yield value
        elif isinstance(value, Record):
            yield from bases(value)
