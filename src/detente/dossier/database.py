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

from detente.errors import DossierError

DATABASE: Final = "dossier.sqlite"
VERSION: Final = 3
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
# One change of one value or agenda, made in the file in one step. Like a decision it stays; one that takes another back
# names it.
_THIRD: Final = (
    "CREATE TABLE edits (number INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, "
    "before TEXT NOT NULL REFERENCES situations (hash), after TEXT NOT NULL REFERENCES situations (hash), "
    "undoes INTEGER REFERENCES edits (number), by TEXT NOT NULL, made TEXT NOT NULL)",
    "CREATE TRIGGER edits_stay BEFORE UPDATE ON edits BEGIN SELECT RAISE (ABORT, 'edits stay'); END",
    "CREATE TRIGGER edits_last BEFORE DELETE ON edits BEGIN SELECT RAISE (ABORT, 'edits stay'); END",
)
_LATER: Final = ((2, _SECOND), (3, _THIRD))


def make_database(path: Path) -> None:
    """Make the empty database of a new dossier."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("BEGIN IMMEDIATE")
        for statement in (*_FIRST, *_SECOND, *_THIRD):
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute(f"PRAGMA user_version = {VERSION}")
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
    try:
        with closing(sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)) as db:
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA foreign_keys = ON")
            yield db
    except sqlite3.Error as error:
        raise DossierError(_told(path, error)) from error


@contextmanager
def change(folder: Path) -> Iterator[sqlite3.Connection]:
    """Change the dossier in one transaction, alone; nothing of it stays where anything fails."""
    with look(folder) as db:
        db.execute("BEGIN IMMEDIATE")
        try:
            if (version := version_of(db)) < VERSION:
                for statement in (one for made, some in _LATER if made > version for one in some):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {VERSION}")
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


def _told(path: Path, error: sqlite3.Error) -> str:
    said = str(error)
    if "locked" in said or "busy" in said:
        return f"'{path}' is in use by another program. Wait until it is done, and try again."
    if "readonly" in said or "unable to open" in said or "full" in said:
        return f"'{path}' cannot be used: {said}. Check its rights and the space on the disk."
    return f"'{path}' is damaged: {said}. Restore it from a copy."
