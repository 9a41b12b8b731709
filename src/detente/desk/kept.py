"""Keep articles, what was read and the draft as a dossier on disk."""

from pathlib import Path

from detente import dossier
from detente.read.items import Reading
from detente.situation.nouns import Situation


def keep(folder: Path, situation: Situation, readings: tuple[Reading, ...], source: Path | bytes) -> None:
    """Make a dossier of a draft, untouched copies of its documents, and the readings it was drafted from.

    Raises DossierError where the folder exists or cannot be made.
    """
    made = dossier.create(folder, situation)
    for name, content in _originals(source, readings):
        stored = made.add_document(content, name=name)
        for reading in readings:
            if reading.document.name == name or isinstance(source, bytes):
                made.save_reading(stored.sha256, reader=_reader(reading), text=reading.to_json())


def _reader(reading: Reading) -> str:
    return reading.items[0].extractor.version if reading.items else "nothing-read"


def _originals(source: Path | bytes, readings: tuple[Reading, ...]) -> list[tuple[str, bytes]]:
    if isinstance(source, bytes):
        return [(f"{readings[0].document.id}.txt", readings[0].document.text.encode())]
    files = [f for f in sorted(source.iterdir()) if f.is_file()] if source.is_dir() else [source]
    names = {r.document.name for r in readings}
    return [(f.name, f.read_bytes()) for f in files if f.name in names]
