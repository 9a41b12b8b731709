"""Where does everything about one dispute lie on disk, and how does it survive a crash?

    gulf/
    ├── situation.yaml    what people edit; the situation that counts
    ├── documents/        untouched copies of what was read
    └── dossier.sqlite    documents, readings, and the canonical bytes of every situation that was saved

Nothing else writes there. Every file is replaced in one step, every change of the database is one transaction
(`BEGIN IMMEDIATE`, write-ahead log, `synchronous=FULL`), and the database holds the lock while files change: a crash
leaves the state before or the state after.
"""

import datetime as dt
import hashlib
import json
import re
import secrets
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from detente.errors import DossierError, SituationError
from detente.situation.fingerprint import canonical_bytes, fingerprint, from_bytes
from detente.situation.nouns import Situation
from detente.situation.store import drafts, load, save, settle, write_whole

SITUATION: Final = "situation.yaml"
DOCUMENTS: Final = "documents"
DATABASE: Final = "dossier.sqlite"

# "Dtnt", so that `file` and a careless rename can tell this database from any other.
_APPLICATION: Final = 0x44746E74
_VERSION: Final = 1
_WAIT_SECONDS: Final = 5.0
_NAME_LENGTH: Final = 100
_HASH_SHOWN: Final = 12
_TABLES: Final = (
    "CREATE TABLE documents (sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, file TEXT NOT NULL UNIQUE, "
    "bytes INTEGER NOT NULL, added TEXT NOT NULL)",
    "CREATE TABLE readings (sha256 TEXT NOT NULL REFERENCES documents (sha256), reader TEXT NOT NULL, "
    "json TEXT NOT NULL, made TEXT NOT NULL, PRIMARY KEY (sha256, reader))",
    "CREATE TABLE situations (hash TEXT PRIMARY KEY, bytes BLOB NOT NULL, made TEXT NOT NULL)",
)


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """An untouched copy: the SHA-256 of its bytes, the name it came with, and where it lies."""

    sha256: str
    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Dossier:
    """A folder about one dispute; holds no open files, so that it can be passed around and forgotten."""

    folder: Path

    def situation(self) -> Situation:
        """Return the situation as it stands in the file, hand edits included.

        Raises DossierError where the file is missing, SituationError where it has faults.
        """
        path = self.folder / SITUATION
        if not path.is_file():
            raise DossierError(
                f"The dossier '{self.folder}' has no {SITUATION}. Restore it, or write one with 'title:' and a name."
            )
        return load(path)

    def save_situation(self, situation: Situation) -> str:
        """Write the situation to the file, keep its canonical bytes, and return its fingerprint.

        The version that it replaces is kept too. Raises DossierError where that version has been edited by hand and
        has faults, so that nobody's work is written over.
        """
        with _change(self.folder) as db:
            _keep(db, self._replaced())
            _keep(db, situation)
            for left in drafts(self.folder, SITUATION):
                left.unlink(missing_ok=True)
            save(situation, self.folder / SITUATION)
        return fingerprint(situation)

    def kept(self, situation_hash: str) -> Situation:
        """Return the situation with a fingerprint, from the bytes that were kept.

        Raises DossierError where there is none, or where its bytes are no longer what they were.
        """
        with _look(self.folder) as db:
            row = db.execute("SELECT bytes FROM situations WHERE hash = ?", (situation_hash,)).fetchone()
        if row is None:
            raise DossierError(
                f"'{self.folder}' keeps no situation {situation_hash[:_HASH_SHOWN]}. List them with kept_hashes."
            )
        if hashlib.sha256(row[0]).hexdigest() != situation_hash:
            short = situation_hash[:_HASH_SHOWN]
            raise DossierError(f"Situation {short} in '{self.folder}' was changed after it was kept. Restore a copy.")
        return from_bytes(row[0])

    def kept_hashes(self) -> tuple[str, ...]:
        """List the fingerprints of all situations that were kept, oldest first."""
        with _look(self.folder) as db:
            return tuple(str(h) for (h,) in db.execute("SELECT hash FROM situations ORDER BY rowid"))

    def add_document(self, content: bytes, *, name: str) -> StoredDocument:
        """Keep an untouched copy of a document; the same bytes are kept once, whatever their name.

        Raises DossierError where the folder cannot be written.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        with _change(self.folder) as db:
            known = _document(db, self.folder, sha256)
            if known is not None and known.path.is_file():
                return known
            path = known.path if known else _free_path(db, self.folder / DOCUMENTS, name, sha256)
            path.parent.mkdir(exist_ok=True)
            write_whole(path, content)
            row = (sha256, name, path.name, len(content), _now())
            db.execute("INSERT OR IGNORE INTO documents VALUES (?, ?, ?, ?, ?)", row)
        return StoredDocument(sha256, name, path)

    def documents(self) -> tuple[StoredDocument, ...]:
        """List the documents, in the order in which they were added."""
        with _look(self.folder) as db:
            rows = db.execute("SELECT sha256, name, file FROM documents ORDER BY rowid").fetchall()
        return tuple(StoredDocument(sha, name, self.folder / DOCUMENTS / file) for sha, name, file in rows)

    def content(self, sha256: str) -> bytes:
        """Return the bytes of a document.

        Raises DossierError where it is not here, is missing on disk, or is no longer what was added.
        """
        with _look(self.folder) as db:
            known = _document(db, self.folder, sha256)
        if known is None:
            raise DossierError(f"'{self.folder}' has no document {sha256[:_HASH_SHOWN]}. Add it first.")
        if not known.path.is_file():
            raise DossierError(f"'{known.path}' is missing from the dossier. Restore it, or add the document again.")
        content = known.path.read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DossierError(f"'{known.path}' was changed after it was added. Restore the original file.")
        return content

    def save_reading(self, sha256: str, *, reader: str, text: str) -> None:
        """Keep what a version of the reader made of a document, as JSON; a later one of the same version replaces it.

        Raises DossierError where the document is not here, or the text is not JSON.
        """
        try:
            json.loads(text)
        except ValueError as error:
            raise DossierError(f"The reading of {sha256[:_HASH_SHOWN]} is not JSON: {error}. Give JSON.") from error
        with _change(self.folder) as db:
            if _document(db, self.folder, sha256) is None:
                raise DossierError(
                    f"'{self.folder}' has no document {sha256[:_HASH_SHOWN]}. Add it before its reading."
                )
            db.execute("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?)", (sha256, reader, text, _now()))

    def reading(self, sha256: str, *, reader: str) -> str | None:
        """Return what a version of the reader made of a document, as JSON, or None where it has not read it."""
        with _look(self.folder) as db:
            query = "SELECT json FROM readings WHERE sha256 = ? AND reader = ?"
            row = db.execute(query, (sha256, reader)).fetchone()
        return None if row is None else str(row[0])

    def _replaced(self) -> Situation | None:
        """Return the situation that is about to be replaced, where there is one."""
        if not (self.folder / SITUATION).exists():
            return None
        try:
            return self.situation()
        except SituationError as error:
            raise DossierError(
                f"'{self.folder / SITUATION}' was edited and has faults, so it is not written over. "
                f"Cure them, or move the file away. {error}"
            ) from error


def create(folder: Path, situation: Situation) -> Dossier:
    """Make a new dossier; it appears whole or not at all.

    Raises DossierError where the folder exists and holds something, or cannot be made.

    >>> with temporary(Situation(title="Gulf")) as dossier:
    ...     create(dossier.folder.parent / "copy", dossier.situation()).situation().title
    'Gulf'
    """
    target = folder.absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise DossierError(f"'{folder}' exists already. Give the name of a new folder, or open that one.")
    draft = target.with_name(f".{target.name}.{secrets.token_hex(6)}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        (draft / DOCUMENTS).mkdir(parents=True)
        _make_database(draft / DATABASE)
        Dossier(draft).save_situation(situation)
        draft.replace(target)
        settle(target.parent)
    except OSError as error:
        raise DossierError(
            f"'{folder}' cannot be made: {error.strerror}. Check the path, its rights and the space on the disk."
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Dossier(target)


def open(folder: Path) -> Dossier:
    """Return the dossier in a folder.

    Raises DossierError where there is none, or where its database is damaged or was made by a newer version.
    """
    target = folder.absolute()
    if not target.is_dir():
        raise DossierError(f"There is no folder '{folder}'. Give the folder of a dossier.")
    if not (target / DATABASE).is_file():
        raise DossierError(f"'{folder}' is not a dossier: it has no {DATABASE}. Give the folder of a dossier.")
    with _look(target) as db:
        (application,) = db.execute("PRAGMA application_id").fetchone()
        (version,) = db.execute("PRAGMA user_version").fetchone()
        (sound,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if application != _APPLICATION:
        raise DossierError(f"'{target / DATABASE}' is another program's database. Give the folder of a dossier.")
    if version > _VERSION:
        raise DossierError(f"'{folder}' was written by a newer version of Detente. Use that version to open it.")
    if sound != "ok":
        raise DossierError(f"'{target / DATABASE}' is damaged ({sound}). Restore it from a copy.")
    return Dossier(target)


@contextmanager
def temporary(situation: Situation) -> Iterator[Dossier]:
    """Give a dossier that is gone when it is no longer needed."""
    with tempfile.TemporaryDirectory(prefix="detente-") as folder:
        yield create(Path(folder) / "dossier", situation)


def _keep(db: sqlite3.Connection, situation: Situation | None) -> None:
    if situation is not None:
        row = (fingerprint(situation), canonical_bytes(situation), _now())
        db.execute("INSERT OR IGNORE INTO situations VALUES (?, ?, ?)", row)


def _document(db: sqlite3.Connection, folder: Path, sha256: str) -> StoredDocument | None:
    row = db.execute("SELECT name, file FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
    return None if row is None else StoredDocument(sha256, row[0], folder / DOCUMENTS / row[1])


def _free_path(db: sqlite3.Connection, folder: Path, name: str, sha256: str) -> Path:
    """Choose a file name that says what the document is, cannot leave the folder, and is nobody else's."""
    plain = re.sub(r"[^\w.() -]+", "-", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .-")
    stem, dot, suffix = (plain[-_NAME_LENGTH:].strip(" .-") or "document").rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    taken = {str(f).casefold() for (f,) in db.execute("SELECT file FROM documents")}
    first = f"{stem}{dot}{suffix}"
    if first.casefold() not in taken and not (folder / first).exists():
        return folder / first
    return folder / f"{stem}-{sha256}{dot}{suffix}"


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _make_database(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("BEGIN IMMEDIATE")
        for statement in _TABLES:
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {_APPLICATION}")
        db.execute(f"PRAGMA user_version = {_VERSION}")
        db.execute("COMMIT")


@contextmanager
def _look(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open the database, and put what SQLite says into words."""
    path = folder / DATABASE
    if not path.is_file():
        raise DossierError(f"'{folder}' has lost its {DATABASE}. Restore it from a copy.")
    try:
        with closing(sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)) as db:
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA foreign_keys = ON")
            yield db
    except sqlite3.Error as error:
        raise DossierError(_told(path, error)) from error


@contextmanager
def _change(folder: Path) -> Iterator[sqlite3.Connection]:
    """Change the dossier in one transaction, alone; nothing of it stays where anything fails."""
    with _look(folder) as db:
        db.execute("BEGIN IMMEDIATE")
        try:
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


def _told(path: Path, error: sqlite3.Error) -> str:
    said = str(error)
    if "locked" in said or "busy" in said:
        return f"'{path}' is in use by another program. Wait until it is done, and try again."
    if "readonly" in said or "unable to open" in said or "full" in said:
        return f"'{path}' cannot be used: {said}. Check its rights and the space on the disk."
    return f"'{path}' is damaged: {said}. Restore it from a copy."
