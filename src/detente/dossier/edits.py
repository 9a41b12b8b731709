"""What was changed in the situation step by step, by whom, and what of it was taken back?

Rows are only ever added; each names the situation before and after it, whose bytes are kept.
"""

import sqlite3
from dataclasses import dataclass

from detente.dossier.database import now


@dataclass(frozen=True, slots=True)
class Edit:
    """One change at one path.

    before  the fingerprint of the situation it was made in
    after   the fingerprint of the situation it made
    undoes  the number of the edit that this one takes back, else None
    made    when, to the second, in UTC
    """

    number: int
    path: str
    before: str
    after: str
    undoes: int | None
    by: str
    made: str


@dataclass(frozen=True, slots=True)
class NewEdit:
    """What somebody changes, before it has a number and a time."""

    path: str
    by: str
    undoes: int | None = None


def all_of(db: sqlite3.Connection) -> tuple[Edit, ...]:
    """List all edits, oldest first."""
    query = "SELECT number, path, before, after, undoes, by, made FROM edits ORDER BY number"
    return tuple(Edit(*row) for row in db.execute(query))


def add(db: sqlite3.Connection, edit: NewEdit, *, before: str, after: str) -> None:
    """Write an edit down."""
    db.execute(
        "INSERT INTO edits (path, before, after, undoes, by, made) VALUES (?, ?, ?, ?, ?, ?)",
        (edit.path, before, after, edit.undoes, edit.by, now()),
    )


def last_standing(edits: tuple[Edit, ...], by: str) -> Edit | None:
    """Return the last edit of somebody that was not taken back; to take back is no edit that can be taken back.

    >>> first = Edit(1, "a.b.position", "x", "y", None, "A. Reader", "2026-01-01T00:00:00+00:00")
    >>> back = Edit(2, "a.b.position", "y", "x", 1, "A. Reader", "2026-01-01T00:00:01+00:00")
    >>> last_standing((first,), "A. Reader") == first, last_standing((first, back), "A. Reader")
    (True, None)
    """
    undone = {e.undoes for e in edits}
    mine = (e for e in reversed(edits) if e.by == by and e.undoes is None and e.number not in undone)
    return next(mine, None)
