"""How do rows come into the ledger of a dossier, and out of it again, exactly as they are stored?"""

import datetime as dt
import sqlite3
from collections.abc import Sequence

from detente.dossier.chain import ZERO, Fault, Row, canonical, faults, hash_of
from detente.errors import LedgerError

_SHOWN = 3


def clock() -> str:
    """Return the time as it is written into a row: to the microsecond, in UTC."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")


def all_rows(db: sqlite3.Connection) -> tuple[Row, ...]:
    """Return all rows as they are stored; what is not text, or not UTF-8, still comes out as itself."""
    db.text_factory = lambda stored: stored.decode("utf-8", "surrogateescape")
    try:
        query = (
            "SELECT number, CAST (recorded AS TEXT), CAST (body AS TEXT), CAST (previous AS TEXT), CAST (hash AS TEXT) "
            "FROM ledger ORDER BY number"
        )
        return tuple(Row(*row) for row in db.execute(query))
    finally:
        db.text_factory = str


def sealed_onto(rows: Sequence[Row], bodies: Sequence[str]) -> tuple[Row, ...]:
    """Return new rows for these bodies, sealed onto the last of `rows`; the time is the clock's, and never goes back.

    Raises LedgerError for a body that is not JSON in the one way of writing it.
    """
    recorded = clock()
    number, previous = 0, ZERO
    if rows:
        recorded, number, previous = max(recorded, rows[-1].recorded), rows[-1].number, rows[-1].hash
    made: list[Row] = []
    for body in bodies:
        _require_canonical(body)
        number += 1
        made.append(Row(number, recorded, body, previous, hash_of(number, recorded, body, previous)))
        previous = made[-1].hash
    return tuple(made)


def add(db: sqlite3.Connection, rows: Sequence[Row]) -> None:
    """Write rows down at the end of the ledger."""
    values = [(row.number, row.recorded, row.body, row.previous, row.hash) for row in rows]
    db.executemany("INSERT INTO ledger (number, recorded, body, previous, hash) VALUES (?, ?, ?, ?, ?)", values)


def require_whole(rows: Sequence[Row], where: str) -> None:
    """Refuse a ledger with faults.

    Raises LedgerError with the first of them.
    """
    found = faults(rows)
    if found:
        raise LedgerError(
            f"The ledger in '{where}' is not whole, and nothing is written to it or taken from it. {told(found)} "
            "Restore it from a copy."
        )


def told(found: Sequence[Fault]) -> str:
    """Say what is wrong with a ledger, the first few faults in full.

    >>> told([Fault(2, "Row 2 is missing.")])
    'Row 2 is missing.'
    """
    more = len(found) - _SHOWN
    return " ".join([f.what for f in found[:_SHOWN]] + ([f"There are {more} more faults."] if more > 0 else []))


def require_adoptable(rows: Sequence[Row], where: str) -> None:
    """Refuse a ledger of elsewhere that is not whole, or that says that it was written later than now.

    Raises LedgerError with what is wrong with it.
    """
    require_whole(rows, where)
    for row in rows:
        try:
            _require_canonical(row.body)
        except LedgerError as error:
            raise LedgerError(f"Row {row.number} of the ledger in '{where}' cannot be taken over. {error}") from error
    if rows and rows[-1].recorded > clock():
        raise LedgerError(
            f"Row {rows[-1].number} of the ledger in '{where}' says that it was recorded at {rows[-1].recorded}, which "
            "is still to come. Set the clock of this machine, or ask where it was written."
        )


def _require_canonical(body: str) -> None:
    try:
        same = canonical(body) == body
    except ValueError as error:
        raise LedgerError(f"A row of a ledger has to be a JSON object: {error}. Give what `encode` returns.") from error
    if not same:
        raise LedgerError(
            "A row of a ledger has to be JSON in the one way of writing it: keys sorted, no white space. "
            "Give what `encode` returns."
        )
