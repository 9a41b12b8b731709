"""How is the database of a dossier opened, changed and brought up to date?

Every change is one transaction (`BEGIN IMMEDIATE`, write-ahead log, `synchronous=FULL`); a database of an older version
is looked at as it is, and brought up to date by the first change.
"""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from detente.dossier.chain import ZERO
from detente.dossier.place import require_local
from detente.errors import DossierError

DATABASE: Final = "dossier.sqlite"
VERSION: Final = 4
WAIT_SECONDS: Final = 5.0
# "Dtnt", so that `file` and a careless rename can tell this database from any other.
APPLICATION: Final = 0x44746E74
_FIRST: Final = (
    "CREATE TABLE documents (sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, file TEXT NOT NULL UNIQUE, "
    "bytes INTEGER NOT NULL, added TEXT NOT NULL)",
    "CREATE TABLE readings (sha256 TEXT NOT NULL REFERENCES documents (sha256), reader TEXT NOT NULL, "
    "json TEXT NOT NULL, made TEXT NOT NULL, PRIMARY KEY (sha256, reader))",
    "CREATE TABLE situations (hash TEXT PRIMARY KEY, bytes BLOB NOT NULL, made TEXT NOT NULL)",
)
# A decision is never edited: one that is taken back is followed by one that names it. A proposal is what the readings
# suggested, and the situation that came of it; it is settled once that situation stands in the file.
_SECOND: Final = (
    "CREATE TABLE decisions (number INTEGER PRIMARY KEY AUTOINCREMENT, item TEXT NOT NULL, verdict TEXT NOT NULL, "
    "change TEXT, undoes INTEGER REFERENCES decisions (number), by TEXT NOT NULL, made TEXT NOT NULL)",
    "CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions BEGIN SELECT RAISE (ABORT, 'decisions stay'); END",
    "CREATE TRIGGER decisions_last BEFORE DELETE ON decisions BEGIN SELECT RAISE (ABORT, 'decisions stay'); END",
    "CREATE TABLE proposals (number INTEGER PRIMARY KEY AUTOINCREMENT, "
    "proposal TEXT NOT NULL REFERENCES situations (hash), situation TEXT NOT NULL REFERENCES situations (hash), "
    "replaced TEXT NOT NULL REFERENCES situations (hash), decision INTEGER NOT NULL, state TEXT NOT NULL, "
    "made TEXT NOT NULL)",
)
# The ledger takes rows at its end and nothing else. The third trigger is there because INSERT OR REPLACE deletes a row
# without asking the second one.
_THIRD: Final = (
    "CREATE TABLE ledger (number INTEGER PRIMARY KEY, recorded TEXT NOT NULL, body TEXT NOT NULL, "
    "previous TEXT NOT NULL, hash TEXT NOT NULL)",
    "CREATE TRIGGER ledger_stays BEFORE UPDATE ON ledger BEGIN SELECT RAISE (ABORT, 'the ledger stays'); END",
    "CREATE TRIGGER ledger_lasts BEFORE DELETE ON ledger BEGIN SELECT RAISE (ABORT, 'the ledger stays'); END",
    "CREATE TRIGGER ledger_grows BEFORE INSERT ON ledger "
    "WHEN NEW.number IS NOT (SELECT coalesce (max (number), 0) + 1 FROM ledger) OR NEW.previous IS NOT "
    f"coalesce ((SELECT hash FROM ledger ORDER BY number DESC LIMIT 1), '{ZERO}') "
    "BEGIN SELECT RAISE (ABORT, 'the ledger grows at its end'); END",
)
# One change of one value or agenda, made in the file in one step. Like a decision it stays; one that takes another back
# names it. So with a scenario: edits under a name, which are kept and not made, or no edits where the name goes.
_FOURTH: Final = (
    "CREATE TABLE edits (number INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, "
    "before TEXT NOT NULL REFERENCES situations (hash), after TEXT NOT NULL REFERENCES situations (hash), "
    "undoes INTEGER REFERENCES edits (number), by TEXT NOT NULL, made TEXT NOT NULL)",
    "CREATE TRIGGER edits_stay BEFORE UPDATE ON edits BEGIN SELECT RAISE (ABORT, 'edits stay'); END",
    "CREATE TRIGGER edits_last BEFORE DELETE ON edits BEGIN SELECT RAISE (ABORT, 'edits stay'); END",
    "CREATE TABLE scenarios (number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, edits TEXT, "
    "undoes INTEGER REFERENCES scenarios (number), by TEXT NOT NULL, made TEXT NOT NULL)",
    "CREATE TRIGGER scenarios_stay BEFORE UPDATE ON scenarios BEGIN SELECT RAISE (ABORT, 'scenarios stay'); END",
    "CREATE TRIGGER scenarios_last BEFORE DELETE ON scenarios BEGIN SELECT RAISE (ABORT, 'scenarios stay'); END",
)
_STEPS: Final = (_FIRST, _SECOND, _THIRD, _FOURTH)


def make_database(path: Path, *, called: Path) -> None:
    """Make the empty database of a new dossier; messages say what it will be called when it is done."""
    with _in_words(called), closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("BEGIN IMMEDIATE")
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        _bring_up(db, 0)
        db.execute("COMMIT")


def version_of(db: sqlite3.Connection) -> int:
    """Return the version of the tables of a database."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return int(version)


@contextmanager
def look(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open the database, and put what SQLite says into words."""
    path = folder / DATABASE
    if not path.is_file():
        raise DossierError(f"'{folder}' has lost its {DATABASE}. Restore it from a copy.")
    with _in_words(path), closing(sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
        # The log then goes into the database only when the last connection closes, alone: before SQLite 3.51.3 a
        # checkpoint beside somebody who writes could lose what was committed (the WAL-reset bug).
        db.execute("PRAGMA wal_autocheckpoint = 0")
        yield db


@contextmanager
def change(folder: Path) -> Iterator[sqlite3.Connection]:
    """Change the dossier in one transaction, alone; nothing of it stays where anything fails."""
    require_local(folder)
    with look(folder) as db:
        db.execute("BEGIN IMMEDIATE")
        try:
            version = version_of(db)
            require_known(version, folder)
            if version < VERSION:
                _bring_up(db, version)
            yield db
        except OSError as error:
            raise DossierError(
                f"'{folder}' cannot be written: {error.strerror}. Check its rights and the space on the disk."
            ) from error
        else:
            db.execute("COMMIT")
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")


def now() -> str:
    """Return the time as it is written down: to the second, in UTC."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def require_known(version: int, folder: Path) -> None:
    """Refuse tables that this version of the program does not know.

    Raises DossierError where a newer version of the program wrote them.
    """
    if version > VERSION:
        raise DossierError(f"'{folder}' was written by a newer version of Detente. Use that version to open it.")


def _bring_up(db: sqlite3.Connection, version: int) -> None:
    """Make what the tables of a version lack."""
    for step in _STEPS[version:]:
        for statement in step:
            db.execute(statement)
    db.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Put what SQLite says into words."""
    try:
        yield
    except sqlite3.Error as error:
        raise DossierError(_told(path, error)) from error


def _told(path: Path, error: sqlite3.Error) -> str:
    # Some errors are Python's own and have no code; the low byte of a code is its kind.
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            return f"'{path}' is in use by another program. Wait until it is done, and try again."
        case sqlite3.SQLITE_FULL:
            return f"There is no space left for '{path}', and nothing was changed. Make space, and do it again."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return (
                f"'{path}' cannot be used: {error}. Check the rights of the file and of its folder, or copy the "
                "dossier to where you can write."
            )
        case sqlite3.SQLITE_IOERR:
            return (
                f"'{path}' cannot be read or written: {error}. Check the space and the quota on its disk, and that "
                "the disk is there and sound; then look at what is there before you do it again."
            )
        case _:
            return f"'{path}' is damaged: {error}. Restore it from a copy."
