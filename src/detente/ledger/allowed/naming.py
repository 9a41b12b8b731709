"""How are names that nobody knows, and days that have not come, put into a sentence?"""

import datetime as dt
import difflib
from collections.abc import Iterator
from typing import Final

from detente.ledger.book import Book

COMPUTED: Final = ("one half", "climatology")  # the forecasters that a score table works out by itself


def unknown(book: Book, name: str) -> str:
    """Return what to say of a question that was never asked, with the nearest one that was."""
    ids = [q.question.id for q in book.questions]
    near = difflib.get_close_matches(name, ids, n=1, cutoff=0.5)
    if near:
        cure = f"Did you mean '{near[0]}'?"
    elif ids:
        cure = f"It has {listed(ids)}. Ask the question first, or name one of these."
    else:
        cure = "It has none yet: ask the question first."
    return f"'{name}' is no question of this ledger. {cure}"


def listed(names: list[str]) -> str:
    """Return some names in a row, and how many more there are.

    >>> listed(["a", "b"]), listed(list("abcdefgh"))
    ('a, b', 'a, b, c, d, e, f and 2 more')
    """
    more = f" and {len(names) - 6} more" if len(names) > 6 else ""
    return ", ".join(names[:6]) + more


def claimed(as_of: dt.date, by: str, today: dt.date) -> Iterator[str]:
    """Speak against an entry that nobody signs, or that claims a day which has not come."""
    yield from signed(by)
    if as_of > today:
        yield f"It is made as of {as_of}, but today is {today} (UTC). Give a day that has come."


def signed(by: str) -> Iterator[str]:
    """Speak against an entry that nobody signs."""
    if not by.strip():
        yield "Nobody stands behind this entry. Say by whom it is."


def named(name: str) -> Iterator[str]:
    """Speak against a forecaster with the name of one that is worked out."""
    if name.strip().casefold() in COMPUTED:
        yield (
            f"'{name}' is what a score table calls a forecaster that it works out by itself. "
            f"Say whose it is, such as '{name} of the platform'."
        )
