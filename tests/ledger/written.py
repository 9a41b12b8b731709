"""Ledgers for tests: entries with what nobody cares about filled in, and rows that hold them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from detente.dossier import Row
from detente.ledger.book import Book, book
from detente.ledger.entries import (
    Comparison,
    Entry,
    Forecast,
    Opened,
    Reaffirmed,
    Resolution,
    Withdrawn,
    encode,
)
from detente.situation.questions import Condition, Question

DAY = dt.date(2026, 1, 1)
LATE = dt.datetime(2027, 1, 1, 12, tzinfo=dt.UTC)


def day(after: int) -> dt.date:
    return DAY + dt.timedelta(days=after)


def at(after: float) -> dt.datetime:
    """A moment so many days after the beginning of the first one."""
    return dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=after)


def question(name: str = "deal", *, closes: int | None = 60, **given: Any) -> Question:
    last = None if closes is None else day(closes)
    return Question(id=name, text=f"Will {name}?", criteria="Two agencies say so.", closes=last, **given)


def opened(name: str = "deal", *, as_of: int = 0, by: str = "Ann", **given: Any) -> Opened:
    return Opened(question=question(name, **given), as_of=day(as_of), by=by)


def said(
    p: float | tuple[float, ...] = 0.3,
    *,
    of: str = "deal",
    as_of: int = 0,
    by: str = "Ann",
    lapses: int = 60,
    **given: Any,
) -> Forecast:
    chances = p if isinstance(p, tuple) else (p,)
    return Forecast(
        question=of, as_of=day(as_of), by=by, probabilities=chances, lapses=day(lapses), version="1", **given
    )


def quantiles(*told: tuple[float, float], of: str = "price", as_of: int = 0, by: str = "Ann") -> Forecast:
    return Forecast(question=of, as_of=day(as_of), by=by, quantiles=told, lapses=day(60), version="1")


def beside(name: str, p: float, *, as_of: int = 0) -> Comparison:
    return Comparison(name=name, probabilities=(p,), as_of=day(as_of))


def came(outcome: str, *, of: str = "deal", on: int = 60, by: str = "Ann", **given: Any) -> Resolution:
    return Resolution(question=of, outcome=outcome, on=day(on), by=by, **given)


def again(number: int, *, as_of: int, lapses: int, by: str = "Ann") -> Reaffirmed:
    return Reaffirmed(forecast=number, as_of=day(as_of), lapses=day(lapses), by=by)


def back(number: int, *, as_of: int, by: str = "Ann") -> Withdrawn:
    return Withdrawn(forecast=number, as_of=day(as_of), by=by)


def if_so(name: str = "deal", outcome: str = "yes", within: int | None = None) -> Condition:
    return Condition(question=name, outcome=outcome, within_days=within)


def rows(*written: tuple[float, Entry]) -> tuple[Row, ...]:
    """Rows of entries, each with the moment at which it was recorded, in days after the first."""
    return tuple(
        Row(number, at(when).isoformat(timespec="microseconds"), encode(entry), "", f"hash-{number}")
        for number, (when, entry) in enumerate(written, start=1)
    )


def in_time(entries: Iterable[Entry]) -> tuple[Row, ...]:
    """Rows of entries, each recorded in the morning of the day it claims."""
    days = ((entry, entry.on if isinstance(entry, Resolution) else entry.as_of) for entry in entries)
    return rows(*(((claimed - DAY).days + 0.25, entry) for entry, claimed in days))


def kept(*entries: Entry, now: dt.datetime = LATE) -> Book:
    """How a ledger stands in which everything was recorded in time."""
    return book(in_time(entries), now=now)
