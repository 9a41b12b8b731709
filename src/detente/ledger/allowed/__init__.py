"""What may not be written into a ledger, and what to do instead?

Everything is measured in days in UTC, and against the day that an entry claims, its `as_of`: an entry made later may
claim an earlier day, and is then marked as retrospective, but may not know on that day what had not happened yet.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from detente.dossier import Row
from detente.errors import LedgerError
from detente.ledger.allowed.asking import against_opening
from detente.ledger.allowed.changing import against_change
from detente.ledger.allowed.resolving import against_resolution
from detente.ledger.allowed.saying import against_forecast
from detente.ledger.allowed.texts import against_texts
from detente.ledger.book import Book, fold, stood, with_entry
from detente.ledger.entries import Entry, Forecast, Opened, Resolution, encode

_TOLD: Final = 10


def allowed(book: Book, entry: Entry, *, now: dt.datetime) -> None:
    """Pass where an entry may be written into a ledger as it stands.

    Raises LedgerError where it may not, with all that speaks against it and what to do about each.
    """
    against = tuple(_against(book, entry, _today(book, now)))
    if against:
        raise LedgerError("\n".join(against))


def admitted(rows: Sequence[Row], entries: Iterable[Entry], *, now: dt.datetime) -> tuple[str, ...]:
    """Return the bodies of entries that may all be written, each after those before it, in one pass over the rows.

    Raises LedgerError where one may not, naming the first ten of those.
    """
    folded = fold(rows, now=now)
    bodies: list[str] = []
    refused: list[str] = []
    for place, entry in enumerate(entries, start=1):
        held = stood(folded)
        against = tuple(_against(held, entry, _today(held, now)))
        if against:
            refused.append(f"Entry {place}: {' '.join(against)}")
        else:
            with_entry(folded, entry)
            bodies.append(encode(entry))
    if refused:
        more = [f"... and {len(refused) - _TOLD} more."] if len(refused) > _TOLD else []
        raise LedgerError("\n".join([*refused[:_TOLD], *more]))
    return tuple(bodies)


def _today(book: Book, now: dt.datetime) -> dt.date:
    """The day on which an entry will be recorded: rows never go back in time, even where a clock did."""
    if now.tzinfo is None:
        raise LedgerError(f"The time {now.isoformat()} has no offset, so it is no moment. Give it with one, as +00:00.")
    return max(book.now, now.astimezone(dt.UTC)).date()


def _against(book: Book, entry: Entry, today: dt.date) -> Iterator[str]:
    unreadable = tuple(against_texts(entry))
    if unreadable:
        return iter(unreadable)
    if isinstance(entry, Opened):
        return against_opening(book, entry, today)
    if isinstance(entry, Forecast):
        return against_forecast(book, entry, today)
    if isinstance(entry, Resolution):
        return against_resolution(book, entry, today)
    return against_change(book, entry, today)
