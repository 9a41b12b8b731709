"""What did people decide about what was read, and what of it still stands?

Rows are only ever added. A decision that is taken back stays, followed by a row that names it.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from detente.dossier.database import now

Verdict = Literal["accepted", "rejected", "edited", "undone"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about one item: by whom, when, and what it changes.

    item    what the item is called in every reading of the same text
    change  what an edit changes, as JSON; None for other verdicts
    undoes  the number of the decision that this one takes back, else None
    made    when, to the second, in UTC
    """

    number: int
    item: str
    verdict: Verdict
    change: str | None
    undoes: int | None
    by: str
    made: str


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What somebody decides about one item, before it has a number and a time."""

    item: str
    verdict: Verdict
    by: str
    change: str | None = None
    undoes: int | None = None


def all_of(db: sqlite3.Connection) -> tuple[Decision, ...]:
    """List all decisions, oldest first, those that were taken back among them."""
    query = "SELECT number, item, verdict, change, undoes, by, made FROM decisions ORDER BY number"
    return tuple(Decision(*row) for row in db.execute(query))


def add(db: sqlite3.Connection, made: Iterable[NewDecision]) -> None:
    """Write decisions down."""
    db.executemany(
        "INSERT INTO decisions (item, verdict, change, undoes, by, made) VALUES (?, ?, ?, ?, ?, ?)",
        [(d.item, d.verdict, d.change, d.undoes, d.by, now()) for d in made],
    )


def standing(decisions: tuple[Decision, ...]) -> dict[str, Decision]:
    """Return the decision that holds for each item: the last one that was not taken back.

    >>> first = Decision(1, "a", "accepted", None, None, "A. Reader", "2026-01-01T00:00:00+00:00")
    >>> back = Decision(2, "a", "undone", None, 1, "A. Reader", "2026-01-01T00:00:01+00:00")
    >>> list(standing((first,))), list(standing((first, back)))
    (['a'], [])
    """
    undone = {d.undoes for d in decisions}
    return {d.item: d for d in decisions if d.verdict != "undone" and d.number not in undone}
