"""Which sets of edits are kept under a name, without being made, and what was done to them step by step?

Rows are only ever added: one that keeps edits, one without edits that takes a name away, one that takes another back.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from detente.dossier.database import now

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NewScenario:
    """What somebody keeps under a name, as names and values; None where the name is to go."""

    name: str
    edits: Pairs | None
    by: str
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """A set of edits under a name: by whom, and when, to the second in UTC; `undoes` is the row it takes back."""

    number: int
    name: str
    edits: Pairs | None
    undoes: int | None
    by: str
    made: str


def all_of(db: sqlite3.Connection) -> tuple[Scenario, ...]:
    """List all rows, oldest first."""
    query = "SELECT number, name, edits, undoes, by, made FROM scenarios ORDER BY number"
    return tuple(
        Scenario(n, name, _read(edits), undoes, by, made) for n, name, edits, undoes, by, made in db.execute(query)
    )


def add(db: sqlite3.Connection, made: NewScenario) -> None:
    """Write a row down."""
    written = None if made.edits is None else json.dumps(made.edits, ensure_ascii=False)
    db.execute(
        "INSERT INTO scenarios (name, edits, undoes, by, made) VALUES (?, ?, ?, ?, ?)",
        (made.name, written, made.undoes, made.by, now()),
    )


def standing(rows: Iterable[Scenario]) -> tuple[Scenario, ...]:
    """Return what is kept under each name: the last row of it that was not taken back, unless that took it away.

    >>> first = Scenario(1, "Red lines real", (("a.b.hardness", "1"),), None, "A. Reader", "2026-01-01T00:00:00+00:00")
    >>> gone = Scenario(2, "Red lines real", None, None, "A. Reader", "2026-01-01T00:00:01+00:00")
    >>> back = Scenario(3, "Red lines real", None, 2, "A. Reader", "2026-01-01T00:00:02+00:00")
    >>> [len(standing(rows)) for rows in ((first,), (first, gone), (first, gone, back))]
    [1, 0, 1]
    """
    found = tuple(rows)
    undone = {row.undoes for row in found}
    last = {row.name: row for row in found if row.undoes is None and row.number not in undone}
    return tuple(row for row in last.values() if row.edits is not None)


def last_standing(rows: Iterable[Scenario], by: str) -> Scenario | None:
    """Return the last row of somebody that was not taken back."""
    found = tuple(rows)
    undone = {row.undoes for row in found}
    mine = (r for r in reversed(found) if r.by == by and r.undoes is None and r.number not in undone)
    return next(mine, None)


def _read(edits: str | None) -> Pairs | None:
    return None if edits is None else tuple((str(path), str(value)) for path, value in json.loads(edits))
