"""Where do untouched copies of documents lie, and what was read out of each?"""

import hashlib
import json
import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from detente.dossier.database import now
from detente.errors import DossierError
from detente.situation.store import write_whole

DOCUMENTS: Final = "documents"
HASH_SHOWN: Final = 12
_NAME_LENGTH: Final = 100


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """An untouched copy: the SHA-256 of its bytes, the name it came with, and where it lies."""

    sha256: str
    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class StoredReading:
    """What the last reader made of a document, as JSON, and on which day the document came into the dossier."""

    sha256: str
    reader: str
    json: str
    added: str


@dataclass(frozen=True, slots=True)
class NewReading:
    """A document to be kept, and what a reader made of it, as JSON."""

    content: bytes
    name: str
    reader: str
    json: str


def found(db: sqlite3.Connection, folder: Path, sha256: str) -> StoredDocument | None:
    """Return a document by the SHA-256 of its bytes, None where it is not in the dossier."""
    row = db.execute("SELECT name, file FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
    return None if row is None else StoredDocument(sha256, row[0], folder / DOCUMENTS / row[1])


def add(db: sqlite3.Connection, folder: Path, content: bytes, name: str) -> StoredDocument:
    """Keep a copy of a document; what is there already stays as it is."""
    sha256 = hashlib.sha256(content).hexdigest()
    known = found(db, folder, sha256)
    if known is not None and known.path.is_file():
        return known
    path = known.path if known else _free_path(db, folder / DOCUMENTS, name, sha256)
    path.parent.mkdir(exist_ok=True)
    write_whole(path, content)
    row = (sha256, name, path.name, len(content), now())
    db.execute("INSERT OR IGNORE INTO documents VALUES (?, ?, ?, ?, ?)", row)
    return StoredDocument(sha256, name, path)


def add_new(db: sqlite3.Connection, folder: Path, new: NewReading) -> None:
    """Keep a document under exactly its name, which is how its quotes find it again, and what was read in it.

    Raises DossierError where a file of that name is in the way.
    """
    sha256 = hashlib.sha256(new.content).hexdigest()
    place = folder / DOCUMENTS / new.name
    if found(db, folder, sha256) is None and place.exists() and not _same(place, sha256):
        raise DossierError(f"'{place}' is in the way: the dossier did not put it there. Move it, and do it again.")
    add(db, folder, new.content, new.name)
    add_reading(db, sha256, new.reader, new.json)


def add_reading(db: sqlite3.Connection, sha256: str, reader: str, text: str) -> None:
    """Keep what a reader made of a document.

    Raises DossierError where the text is not JSON.
    """
    try:
        json.loads(text)
    except ValueError as error:
        raise DossierError(f"The reading of {sha256[:HASH_SHOWN]} is not JSON: {error}. Give JSON.") from error
    db.execute("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?)", (sha256, reader, text, now()))


def last_readings(db: sqlite3.Connection) -> tuple[StoredReading, ...]:
    """Return the last reading of each document, in the order in which the documents were added."""
    query = (
        "SELECT d.sha256, r.reader, r.json, d.added FROM documents d JOIN readings r USING (sha256) "
        "WHERE r.rowid = (SELECT max (o.rowid) FROM readings o WHERE o.sha256 = d.sha256) ORDER BY d.rowid"
    )
    return tuple(StoredReading(*row) for row in db.execute(query))


def _free_path(db: sqlite3.Connection, folder: Path, name: str, sha256: str) -> Path:
    """Choose a file name that says what the document is, cannot leave the folder, and is nobody else's."""
    plain = re.sub(r"[^\w.() -]+", "-", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .-")
    stem, dot, suffix = (plain[-_NAME_LENGTH:].strip(" .-") or "document").rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    taken = {str(f).casefold() for (f,) in db.execute("SELECT file FROM documents")}
    first = f"{stem}{dot}{suffix}"
    if first.casefold() not in taken and (not (folder / first).exists() or _same(folder / first, sha256)):
        return folder / first
    return folder / f"{stem}-{sha256}{dot}{suffix}"


def _same(path: Path, sha256: str) -> bool:
    """Whether a file holds these bytes: a copy whose adding was interrupted."""
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256
