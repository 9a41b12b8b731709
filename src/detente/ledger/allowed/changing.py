"""Which forecasts may not be reaffirmed or withdrawn?"""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from detente.ledger.allowed.naming import claimed, listed
from detente.ledger.book import AskedQuestion, Book, Ending, Standing, end_of
from detente.ledger.entries import Reaffirmed, Withdrawn

_ENDED: Final[dict[Ending, str]] = {
    "superseded": "was superseded",
    "withdrawn": "was withdrawn",
    "lapsed": "lapsed",
    "closed": "ended with its question, which closed,",
    "resolved": "ended with its question, which came out,",
    "void": "ended with its question, which became void,",
}


def against_change(book: Book, entry: Reaffirmed | Withdrawn, today: dt.date) -> Iterator[str]:
    """Speak against a reaffirmation or a withdrawal that may not be recorded."""
    yield from claimed(entry.as_of, entry.by, today)
    found = book.forecast(entry.forecast)
    if found is None:
        yield _no_forecast(book, entry.forecast)
        return
    asked, standing = found
    author, verb = standing.forecast.by, "reaffirm" if isinstance(entry, Reaffirmed) else "withdraw"
    if entry.by != author:
        yield (
            f"The forecast in row {standing.number} is by '{author}', not by '{entry.by}'. "
            f"Nobody else can {verb} it: record a forecast of your own."
        )
    if entry.as_of < standing.forecast.as_of:
        yield (
            f"The forecast in row {standing.number} was made as of {standing.forecast.as_of}, after {entry.as_of}. "
            f"You can {verb} it as of that day or a later one."
        )
    elif not standing.retrospective and entry.as_of < today:
        yield (
            f"The forecast in row {standing.number} was recorded in time, so it stands until today, {today} (UTC). "
            f"You can {verb} it as of today, not as of {entry.as_of}."
        )
    else:
        yield from _fallen(standing, entry.as_of, today, verb)
    if isinstance(entry, Reaffirmed):
        yield from _lapse(asked, standing, entry)


def _no_forecast(book: Book, number: int) -> str:
    rows = sorted((f.number for q in book.questions for f in q.forecasts), key=lambda row: (abs(row - number), row))
    if not rows:
        return f"Row {number} holds no forecast, and there are none yet. Record one first."
    near = [str(row) for row in sorted(rows[:3])]
    return f"Row {number} holds no forecast. Give the number of a row that does; near it: {listed(near)}."


def _fallen(standing: Standing, as_of: dt.date, today: dt.date, verb: str) -> Iterator[str]:
    """Speak against what no longer stood on the day that is claimed."""
    ends = standing.ends
    if ends is None or standing.why is None:
        return
    # As of an earlier day it is enough that it stood at the end of that day.
    if as_of < today and end_of(as_of) <= ends:
        return
    cure = "Record a new forecast instead." if verb == "reaffirm" else "There is nothing to withdraw any more."
    yield (
        f"The forecast in row {standing.number} does not stand as of {as_of}: it {_ENDED[standing.why]} "
        f"at {ends:%Y-%m-%d %H:%M} UTC. {cure}"
    )


def _lapse(asked: AskedQuestion, standing: Standing, entry: Reaffirmed) -> Iterator[str]:
    if entry.lapses > asked.closes:
        yield (
            f"It would lapse on {entry.lapses}, after '{asked.question.id}' closes. "
            f"Give {asked.closes} or an earlier last day."
        )
    if entry.lapses < max(entry.as_of, standing.lapses):
        yield (
            f"It would lapse on {entry.lapses}, earlier than without being reaffirmed ({standing.lapses}). "
            "Give a later last day, or withdraw the forecast on the day on which it shall end."
        )
