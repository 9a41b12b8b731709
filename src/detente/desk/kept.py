"""Keep articles, what was read and the draft as a dossier on disk."""

import tempfile
from pathlib import Path

from detente import dossier
from detente.dossier import NewReading
from detente.errors import DossierError
from detente.read.documents.document import shown
from detente.read.items import Reading
from detente.read.propose import document_ids
from detente.situation.nouns import Situation
from detente.situation.store import settle

_SUFFIXES = {"html": ".html", "pdf": ".pdf", "markdown": ".md", "text": ".txt"}


def keep(folder: Path, situation: Situation, readings: tuple[Reading, ...], source: Path | bytes) -> None:
    """Make a dossier of a draft, untouched copies of its documents, and the readings it was drafted from.

    It appears whole or not at all. A copy has the id of its document for a name, so that it is found again.

    Raises DossierError where the folder exists or cannot be made.
    """
    target = folder.absolute()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".detente-") as place:
            made = dossier.create(Path(place) / "dossier", situation)
            ids = document_ids(readings)
            for reading in readings:
                new = as_new(reading, ids[reading.document.sha256], source)
                stored = made.add_document(new.content, name=new.name)
                made.save_reading(stored.sha256, reader=new.reader, text=new.json)
            made.folder.replace(target)
            settle(target.parent)
    except OSError as error:
        raise DossierError(
            f"'{shown(str(folder))}' cannot be made: {error.strerror}. "
            "Name a new folder, and check the rights and the space on the disk."
        ) from error


def as_new(reading: Reading, document: str, source: Path | bytes) -> NewReading:
    """Return a reading as it is kept, its document under the id that it has in the situation.

    Raises OSError where the document cannot be read again.
    """
    name = f"{document}{_SUFFIXES[reading.document.kind]}"
    return NewReading(_original(source, reading), name, reader_of(reading), reading.to_json())


def reader_of(reading: Reading) -> str:
    """Return the version of the reader that made a reading, and the model that read along, where one did."""
    rules = reading.items[0].extractor.version if reading.items else "nothing-read"
    return rules if reading.model is None else f"{rules}+{reading.model.name}/{reading.model.prompt}"


def _original(source: Path | bytes, reading: Reading) -> bytes:
    """Return the bytes that a reading was made of."""
    if isinstance(source, bytes):
        return source
    if not source.is_dir():
        return source.read_bytes()
    named = (f for f in source.rglob("*") if shown(f.relative_to(source).as_posix()) == reading.document.name)
    return next(named).read_bytes()
