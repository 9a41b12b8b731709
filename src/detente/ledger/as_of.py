"""Does a situation, as of a day, know nothing that was published, reported or done later?

A forecast made as of a day may use what could be known on it and nothing else. A document is known from the later of
the days on which it was published and reported. One without either cannot be shown to have been known, and is refused.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from detente.errors import LedgerError
from detente.situation.check.days import bases
from detente.situation.check.problem import rows
from detente.situation.nouns import Document, Situation

_MOST = 5  # what is named, of all that was found


def require_known(situation: Situation, as_of: dt.date, *, documents: Sequence[str] = ()) -> None:
    """Require that a situation knows nothing of later than a day.

    `documents` are those that a forecast names as known to it. All of the situation's are looked at, whether they are
    named or not: what it says was made from them.

    Raises LedgerError, naming every document with its days, every event and every entry that is too late, and every
    document that is named and is not there.

    >>> day = dt.date(2026, 2, 8)
    >>> late = Document(id="later", published=dt.date(2026, 3, 1), reported=dt.date(2026, 3, 2))
    >>> require_known(Situation(title="t", documents=(late,)), day)
    Traceback (most recent call last):
    detente.errors.LedgerError: 't' knows more than could be known on 2026-02-08: the document 'later' was published \
on 2026-03-01 and reported on 2026-03-02. Take it out, with what was made from it, or say a later day.
    """
    found = [
        *_own_day(situation, as_of),
        *(said for document in situation.documents for said in _document(document, as_of)),
        *_absent(situation, documents),
        *_events(situation, as_of),
        *_entries(situation, as_of),
    ]
    if found:
        more = f", and {len(found) - _MOST} more" if len(found) > _MOST else ""
        raise LedgerError(
            f"'{situation.title}' knows more than could be known on {as_of}: {'; '.join(found[:_MOST])}{more}. "
            f"{_cure(found)}"
        )


def _own_day(situation: Situation, as_of: dt.date) -> Iterator[str]:
    if situation.as_of is not None and situation.as_of > as_of:
        yield f"its own day is {situation.as_of}"


def _document(document: Document, as_of: dt.date) -> Iterator[str]:
    days = {"published": document.published, "reported": document.reported}
    known = {how: day for how, day in days.items() if day is not None}
    if not known:
        yield f"the document '{document.id}' has no day"
    elif max(known.values()) > as_of:
        yield f"the document '{document.id}' was {' and '.join(f'{how} on {day}' for how, day in known.items())}"


def _absent(situation: Situation, documents: Sequence[str]) -> Iterator[str]:
    held = {d.id for d in situation.documents}
    yield from (f"the document '{name}' is not one of its documents" for name in documents if name not in held)


def _events(situation: Situation, as_of: dt.date) -> Iterator[str]:
    for incident in situation.incidents:
        if incident.date is not None and incident.date > as_of:
            yield f"the incident '{incident.id}' happened on {incident.date}"
    for meeting in situation.meetings:
        if meeting.status == "held" and meeting.date is not None and meeting.date > as_of:
            yield f"the meeting '{meeting.id}' was held on {meeting.date}"


def _entries(situation: Situation, as_of: dt.date) -> Iterator[str]:
    for path, row in rows(situation):
        late = [b.date for b in bases(row) if b.date is not None and b.date > as_of]
        if late:
            yield f"the entry '{path}' was made on {max(late)}"


def _cure(found: Sequence[str]) -> str:
    if all(said.endswith("has no day") for said in found):
        return "Write the day it was `published`, or first `reported`, under `documents` of the situation."
    undated = any(said.endswith("has no day") for said in found)
    first = "Take it out, with what was made from it, or say a later day."
    return f"{first} Write under `documents` when each was `published`." if undated else first
