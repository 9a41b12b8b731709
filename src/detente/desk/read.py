"""Read articles: from a file, a folder or bytes to items, each with its sentence."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from detente.desk.model import Asking, account
from detente.read import documents
from detente.read.extract import read as extract
from detente.read.frames import load_frames
from detente.read.items import Reading
from detente.read.language import load_pipeline
from detente.read.llm.reading import Reader, with_model
from detente.read.parties import load_lexicon
from detente.read.summary import summarise

Progress = Callable[[str], None]


def read(
    source: Path | bytes,
    *,
    limit_bytes: int = documents.DEFAULT_LIMIT,
    lexicons: tuple[Path, ...] = (),
    model: Asking | None = None,
    progress: Progress | None = None,
) -> tuple[Reading, ...]:
    """Read what a file, a folder or the bytes of standard input say; with a language model, too, where one is named.

    Raises DocumentError for a document that cannot be read, SituationError for a broken lexicon, ModelError where the
    model cannot be asked.
    """
    say = progress or (lambda _: None)
    say("opening")
    found = _documents(source, limit_bytes)
    say("loading the language pipeline")
    pipeline, lexicon, frames = load_pipeline(), load_lexicon(*lexicons), load_frames()
    readings = []
    for number, document in enumerate(found, 1):
        say(f"reading {document.name} ({number} of {len(found)})")
        sentences = pipeline.sentences(document)
        reading = extract(document, sentences, lexicon=lexicon, frames=frames)
        if model is not None:
            reader = Reader(model.model, lexicon, frames, progress=say)
            reading = with_model(reading, document, sentences, reader)
        readings.append(reading)
    if model is not None:
        model.tell(account(model.model, (r.model for r in readings if r.model is not None)))
    return tuple(readings)


def _documents(source: Path | bytes, limit_bytes: int) -> tuple[documents.Document, ...]:
    if isinstance(source, bytes):
        return (documents.from_bytes(source, name="standard input", limit_bytes=limit_bytes),)
    if os.path.isdir(source):
        return _without_copies(documents.load_folder(source, limit_bytes=limit_bytes))
    return (documents.load(source, limit_bytes=limit_bytes),)


def _without_copies(found: tuple[documents.Document, ...]) -> tuple[documents.Document, ...]:
    """Keep the first of documents with the same text: a copy is no second source."""
    first: dict[str, documents.Document] = {}
    for document in found:
        first.setdefault(document.sha256, document)
    return tuple(first.values())


def as_json(readings: tuple[Reading, ...]) -> str:
    """Return what was read as JSON: one object for one document, a list for several."""
    rows = [
        {"id": r.document.id, "file": r.document.name, "summary": summarise(r), "reading": r.model_dump(mode="json")}
        for r in readings
    ]
    return json.dumps(rows[0] if len(rows) == 1 else rows, ensure_ascii=False, indent=1)


def as_text(readings: tuple[Reading, ...]) -> str:
    """Return what was read in short, one line an item."""
    lines = []
    for reading in readings:
        lines.append(f"{reading.document.title or reading.document.name}: {len(reading.items)} items")
        for item in reading.items:
            who = ", ".join(a.name or a.mention.quote for a in item.actors) or "an unnamed actor"
            whom = ", ".join(a.name or a.mention.quote for a in item.recipients)
            about = ", ".join(i.issue for i in item.issues)
            head = f"{who} {item.act.lower()}" + (f" -> {whom}" if whom else "") + (f" on {about}" if about else "")
            lines.append(f"  {item.clause().sentence:>4}  {head}")
            lines.append(f"        \u201c{' '.join(item.clause().quote.split())}\u201d")
            lines += [f"        ({doubt.says})" for doubt in item.doubts]
    return "\n".join(lines)
