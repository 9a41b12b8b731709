"""Which resolutions may not be recorded?"""

import datetime as dt
from collections.abc import Iterator

from detente.ledger.allowed.naming import listed, signed, unknown
from detente.ledger.book import AskedQuestion, Book
from detente.ledger.entries import Resolution


def against_resolution(book: Book, entry: Resolution, today: dt.date) -> Iterator[str]:
    """Speak against a resolution that may not be recorded."""
    yield from signed(entry.by)
    asked = book.question(entry.question)
    if asked is None:
        yield unknown(book, entry.question)
        return
    yield from _day(asked, entry, today)
    yield from _outcome(asked, entry)
    yield from _condition(book, asked, entry)
    yield from _supersedes(asked, entry)


def _day(asked: AskedQuestion, entry: Resolution, today: dt.date) -> Iterator[str]:
    name, opens = asked.question.id, asked.question.opens
    if entry.on > today:
        yield f"'{name}' cannot have come out on {entry.on}: today is {today} (UTC). Give a day that has come."
    if entry.outcome == "annulled":
        return
    if entry.on < asked.as_of:
        yield (
            f"'{name}' cannot have come out on {entry.on}: it was asked as of {asked.as_of}, and was settled by then. "
            "Annul it, or ask it as of a day before it was settled."
        )
    elif opens is not None and entry.on < opens:
        yield (
            f"'{name}' cannot have come out on {entry.on}: it opens on {opens}. "
            "Give the day of an event that counts, or annul it."
        )


def _outcome(asked: AskedQuestion, entry: Resolution) -> Iterator[str]:
    question = asked.question
    if entry.outcome in ("ambiguous", "annulled"):
        if entry.value is not None:
            yield f"'{question.id}' is {entry.outcome}, so it has no value. Leave the value out."
        return
    if entry.outcome not in asked.outcomes:
        possible = listed([*asked.outcomes, "ambiguous", "annulled"])
        yield f"'{question.id}' cannot come out as '{entry.outcome}'. It can as: {possible}."
    elif question.kind != "continuous":
        if entry.value is not None:
            yield f"'{question.id}' comes out as one of its answers, not as a value. Leave the value out."
    elif entry.value is None:
        yield f"'{question.id}' comes out as a value, and none is given. Give it."
    elif question.low is not None and question.high is not None and not question.low <= entry.value <= question.high:
        yield (
            f"'{question.id}' cannot come out as {entry.value:g}: its scale is from {question.low:g} to "
            f"{question.high:g}. Give a value on it (its end, where the scale says 'or beyond'), or annul the question."
        )


def _condition(book: Book, asked: AskedQuestion, entry: Resolution) -> Iterator[str]:
    given = asked.question.given
    if given is None or entry.outcome == "annulled":
        return
    name = asked.question.id
    above = book.question(given.question)
    if asked.state == "void":
        yield (
            f"'{name}' is void since {asked.settled}: '{given.question}' did not come out as '{given.outcome}'. "
            "It needs no resolution."
        )
    elif above is None or above.settled is None:
        yield (
            f"'{name}' is asked only if '{given.question}' comes out as '{given.outcome}', and nobody has said yet "
            f"whether it did. Resolve '{given.question}' first."
        )
    elif entry.on < above.settled:
        yield (
            f"'{name}' cannot have come out on {entry.on}, before its condition '{given.question}' did on "
            f"{above.settled}. Give that day or a later one, or annul it."
        )


def _supersedes(asked: AskedQuestion, entry: Resolution) -> Iterator[str]:
    name = asked.question.id
    held = [one for one in asked.resolutions if not one.superseded]
    if not held:
        if entry.supersedes is not None:
            yield (f"It supersedes row {entry.supersedes}, but '{name}' has no resolution yet. Leave `supersedes` out.")
        return
    last = held[-1]
    if entry.supersedes is None:
        yield (
            f"'{name}' was resolved in row {last.number} as '{last.resolution.outcome}'. "
            f"To correct that, say that this one supersedes row {last.number}."
        )
    elif entry.supersedes != last.number:
        yield (
            f"It supersedes row {entry.supersedes}, but the resolution of '{name}' that holds is in row "
            f"{last.number}. Name that row."
        )
