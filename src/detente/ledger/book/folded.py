"""How do the rows of a ledger add up, and what does one more entry change?"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from detente.dossier import ZERO, Row
from detente.errors import LedgerError
from detente.ledger.book.shapes import AskedQuestion, Book, Resolved, State
from detente.ledger.book.standing import Said, Settled, end_of, standings
from detente.ledger.entries import Entry, Forecast, Opened, Reaffirmed, Resolution, Withdrawn, decode
from detente.situation.questions import Condition

_LONGEST: Final = 36_525  # days: whatever lies further off than a century does not end


@dataclass(slots=True)
class _Page:
    """What was written about one question."""

    number: int
    recorded: dt.datetime
    opened: Opened
    forecasts: list[Said] = field(default_factory=list)
    resolutions: list[tuple[int, dt.datetime, Resolution]] = field(default_factory=list)
    conditional: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Folded:
    """A ledger while it is being read: what was written about each question, and how those looked at stand."""

    now: dt.datetime
    rows: int = 0
    head: str = ZERO
    pages: dict[str, _Page] = field(default_factory=dict)
    question_of: dict[int, str] = field(default_factory=dict)
    asked: dict[str, AskedQuestion] = field(default_factory=dict)


def book(rows: Sequence[Row], *, now: dt.datetime) -> Book:
    """Fold the rows of a ledger into how it stands at a moment.

    Raises LedgerError for a row that is no entry, or that speaks of a question or a forecast that is not there.

    >>> book((), now=dt.datetime(2026, 2, 8, tzinfo=dt.UTC)).questions
    ()
    """
    return stood(fold(rows, now=now))


def fold(rows: Sequence[Row], *, now: dt.datetime) -> Folded:
    """Read the rows of a ledger one after the other; `with_entry` adds to what comes of it.

    Raises LedgerError as `book` does.
    """
    if now.tzinfo is None:
        raise LedgerError(f"The time {now.isoformat()} has no offset, so it is no moment. Give it with one, as +00:00.")
    folded = Folded(now=now.astimezone(dt.UTC))
    for row in rows:
        recorded = _recorded(row)
        folded.now = max(folded.now, recorded)
        _write(folded, row.number, recorded, _entry(row))
        folded.head = row.hash
    folded.rows = len(rows)
    return folded


def with_entry(folded: Folded, entry: Entry) -> None:
    """Write one more entry, as if it were recorded now; whether it may stand there is for `allowed` to say.

    Raises LedgerError where it speaks of what is not there.
    """
    folded.rows += 1
    _write(folded, folded.rows, folded.now, entry)


def stood(folded: Folded) -> Book:
    """Return how a ledger stands with what was written so far."""
    for name in folded.pages:
        if name not in folded.asked:
            folded.asked[name] = _asked(folded, folded.pages[name])
    questions = tuple(folded.asked[name] for name in folded.pages)
    return Book(questions=questions, rows=folded.rows, head=folded.head, now=folded.now)


def _recorded(row: Row) -> dt.datetime:
    try:
        recorded = dt.datetime.fromisoformat(row.recorded)
        moment = None if recorded.tzinfo is None else recorded.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        raise LedgerError(
            f"Row {row.number} of the ledger was recorded at '{row.recorded[:40]}', which is no moment: a time with "
            "its offset, such as 2026-02-08T09:00:00.000000+00:00. It is damaged: restore a copy."
        )
    return moment


def _entry(row: Row) -> Entry:
    try:
        return decode(row.body)
    except LedgerError as error:
        raise LedgerError(f"Row {row.number}: {error}") from error


def _write(folded: Folded, number: int, recorded: dt.datetime, entry: Entry) -> None:
    """Put an entry on the page of its question, and forget how that one and those that hang on it stood."""
    if isinstance(entry, Opened):
        name = entry.question.id
        _open(folded, number, recorded, entry)
    elif isinstance(entry, Reaffirmed | Withdrawn):
        name = _change(folded, number, recorded, entry)
    else:
        name = entry.question
        page = _page(folded, number, name)
        if isinstance(entry, Forecast):
            page.forecasts.append(Said(number, recorded, entry))
            folded.question_of[number] = name
        else:
            page.resolutions.append((number, recorded, entry))
    for stale in tuple(_hanging_on(folded, name)):
        folded.asked.pop(stale, None)


def _page(folded: Folded, number: int, name: str) -> _Page:
    page = folded.pages.get(name)
    if page is None:
        raise LedgerError(
            f"Row {number} of the ledger speaks of the question '{name}', which no row before it asks. "
            "It is damaged: restore a copy."
        )
    return page


def _open(folded: Folded, number: int, recorded: dt.datetime, entry: Opened) -> None:
    question = entry.question
    if question.id in folded.pages:
        first = folded.pages[question.id].number
        raise LedgerError(
            f"Row {number} of the ledger asks '{question.id}', which row {first} asked already. "
            "It is damaged: restore a copy."
        )
    given = question.given
    if question.closes is None and (given is None or given.within_days is None):
        raise LedgerError(
            f"Row {number} of the ledger asks '{question.id}' without a closing day. It is damaged: restore a copy."
        )
    if given is not None:
        _page(folded, number, given.question).conditional.append(question.id)
    folded.pages[question.id] = _Page(number, recorded, entry)


def _change(folded: Folded, number: int, recorded: dt.datetime, entry: Reaffirmed | Withdrawn) -> str:
    name = folded.question_of.get(entry.forecast)
    if name is None:
        raise LedgerError(
            f"Row {number} of the ledger speaks of a forecast in row {entry.forecast}, which holds none. "
            "It is damaged: restore a copy."
        )
    forecasts = folded.pages[name].forecasts
    at = next(i for i, said in enumerate(forecasts) if said.number == entry.forecast)
    said = forecasts[at]
    forecasts[at] = Said(said.number, said.recorded, said.forecast, (*said.changes, (number, recorded, entry)))
    return name


def _hanging_on(folded: Folded, name: str) -> Iterator[str]:
    """Walk through a question and those that are asked under conditions on it, however far down."""
    waiting = [name]
    while waiting:
        at = waiting.pop()
        yield at
        waiting.extend(folded.pages[at].conditional)


def _asked(folded: Folded, page: _Page) -> AskedQuestion:
    """Return how a question stands; the one it hangs on was asked before it, and so is known already."""
    opened = page.opened
    given = opened.question.given
    above = folded.asked[given.question] if given is not None else None
    resolutions = _resolutions(page.resolutions)
    held = next((r.resolution for r in reversed(resolutions) if not r.superseded), None)
    void = above is not None and given is not None and _failed(given, above)
    on = above.settled if void and above is not None else held.on if held is not None else None
    settled = Settled(_closes(opened, above), on, void)
    return AskedQuestion(
        number=page.number,
        recorded=page.recorded,
        question=opened.question,
        as_of=opened.as_of,
        by=opened.by,
        situation=opened.situation,
        closes=settled.closes,
        forecasts=standings(page.forecasts, settled, now=folded.now),
        resolutions=resolutions,
        state=_state(settled, held, waiting=above is not None and above.settled is None, now=folded.now),
        retrospective=page.recorded.date() > opened.as_of,
        settled=settled.on,
    )


def _resolutions(written: Sequence[tuple[int, dt.datetime, Resolution]]) -> tuple[Resolved, ...]:
    """Return the resolutions of a question; only the last one holds."""
    return tuple(
        Resolved(number=number, recorded=recorded, resolution=resolution, superseded=number != written[-1][0])
        for number, recorded, resolution in written
    )


def _failed(given: Condition, above: AskedQuestion) -> bool:
    """Whether a condition is settled, and did not come out as it had to."""
    if above.settled is None:
        return False
    return above.state != "resolved" or above.resolution is None or above.resolution.outcome != given.outcome


def _closes(opened: Opened, above: AskedQuestion | None) -> dt.date:
    """Return the last day of a question; so many days after its condition came out, where it is asked so."""
    given, closes = opened.question.given, opened.question.closes
    if given is None or given.within_days is None or above is None:
        return closes or dt.date.max
    start = above.settled or above.closes
    left = (dt.date.max - start).days
    return start + dt.timedelta(days=max(0, min(given.within_days, _LONGEST, left)))


def _state(settled: Settled, held: Resolution | None, *, waiting: bool, now: dt.datetime) -> State:
    if settled.void:
        return "void"
    if held is not None:
        special: dict[str, State] = {"ambiguous": "ambiguous", "annulled": "annulled"}
        return special.get(held.outcome, "resolved")
    if waiting:
        return "waiting"
    return "due" if now >= end_of(settled.closes) else "open"
