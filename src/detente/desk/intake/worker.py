"""What does the process do that reads: one order after the other, with the reader loaded once?

It limits what it may take of the memory, and gives way to whoever computes an answer. Who asks it limits the time.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from detente import dossier
from detente.desk.changes import changes
from detente.desk.corpus.workers import end_with_parent
from detente.desk.differences import differences
from detente.desk.intake.orders import PASTED, Answer, Came, CatchUp, Order, ReadHere, Refused, Said, Since, Upload
from detente.desk.kept import reader_of
from detente.desk.over_time import add
from detente.desk.record import record_of
from detente.desk.redrafted import caught_up, last_day
from detente.dossier import SITUATION, NewReading, StoredDocument
from detente.errors import DetenteError, DossierError
from detente.read import documents
from detente.read.documents import Document, Extractor
from detente.read.documents.document import shown, slug
from detente.read.extract import read as extract
from detente.read.frames import Frames, load_frames
from detente.read.items import Reading
from detente.read.language import load_pipeline
from detente.read.language.pipeline import Pipeline
from detente.read.parties import Lexicon, load_lexicon
from detente.read.propose import propose

try:
    import resource
except ImportError:  # not a Unix system: only the time is limited, by the process that asked
    resource = None  # type: ignore[assignment]

MEMORY = 4_000_000_000  # bytes
GIVES_WAY = 5
TRIES = 3
LIMIT = documents.DEFAULT_LIMIT
T = TypeVar("T")
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Tools:
    """What reads: loaded once."""

    pipeline: Pipeline
    lexicon: Lexicon
    frames: Frames
    take_apart: Extractor

    def read(self, document: Document, say: Say) -> Reading:
        """Read one document."""
        told = f"reading {document.name}"
        # What the pipeline learns of words is forgotten after each document, or it would grow without end.
        with self.pipeline.nlp.memory_zone():
            sentences = self.pipeline.sentences(
                document, progress=lambda done, of: say(f"{told}: {done:,} of {of:,} characters")
            )
            return extract(document, sentences, lexicon=self.lexicon, frames=self.frames)


def work(at: Connection) -> None:
    """Answer orders until nobody asks any more."""
    end_with_parent()
    _confine()
    say = _saying(at)
    say("loading the reader")
    with documents.extractor() as take_apart:
        tools = Tools(load_pipeline(), load_lexicon(), load_frames(), take_apart)
        at.send(Came())
        while True:
            try:
                order: Order = at.recv()
            except EOFError:
                return
            at.send(answered(order, tools, say))


def answered(order: Order, tools: Tools, say: Say) -> Answer:
    """Do what an order says; what cannot be done is told, not raised."""
    try:
        if isinstance(order, Upload):
            return _upload(order, tools, say)
        if isinstance(order, ReadHere):
            return _again(order.folder, lambda: _read_here(order, tools, say))
        if isinstance(order, Since):
            return Came(changes=changes(order.folder, since=order.since, as_of=order.as_of))
        say("bringing the situation up to date")
        return _again(order.folder, lambda: _caught_up(order))
    except DetenteError as fault:
        return Refused(type(fault).__name__, str(fault))
    except MemoryError:
        return Refused("DocumentError", f"'{order.called}' takes more memory than there is for it. Split it.")


def opened(order: Upload, take_apart: Extractor) -> Document:
    """Return the document that was sent in.

    Raises DocumentError where it cannot be read.
    """
    kind = documents.kind_of(order.name) if order.name else None
    found = documents.from_bytes(order.content, name=order.called, kind=kind, limit_bytes=LIMIT, take_apart=take_apart)
    name = found.name if order.name else shown(found.title or PASTED)[:100]
    return replace(
        found,
        name=name,
        id=slug(name)[:60].strip("-"),
        publisher=found.publisher or order.publisher,
        published=found.published or order.published,
    )


def _upload(order: Upload, tools: Tools, say: Say) -> Came:
    say(f"opening {order.called}")
    reading = tools.read(opened(order, tools.take_apart), say)
    say("bringing it into the situation")
    found = _again(order.folder, lambda: add(order.folder, (reading,), order.content, later=order.later))
    changes = replace(found.differences, changed=(*_moved_on(order, reading, found.kept), *found.differences.changed))
    return Came(found.documents, found.copies, found.again, changes, found.closed, found.conflicts, found.kept)


def _moved_on(order: Upload, reading: Reading, kept: str) -> tuple[str, ...]:
    """Say where the day of the situation was moved on."""
    before, day = dossier.open(order.folder).kept(kept).as_of if kept else None, last_day((reading,))
    moved = order.later and before is not None and day is not None and day > before
    return (f"the day of the situation: {before}, now {day}",) if moved else ()


def _caught_up(order: CatchUp) -> Came:
    came = caught_up(order.folder)
    if came is None or not came.changed:
        return Came()
    return Came(differences=differences(came.before, came.after), conflicts=came.conflicts, kept=came.kept)


def _read_here(order: ReadHere, tools: Tools, say: Say) -> Came:
    """Read what lies in the dossier; the draft of it counts as known, so that what people wrote stays as it is."""
    made = dossier.open(order.folder)
    record = record_of(made)
    known = {stored.sha256 for stored in record.stored.values()}
    waiting = [d for d in made.documents() if d.sha256 not in known]
    if not waiting:
        raise DossierError(f"Every document of '{order.folder.name}' was read already. Add one.")
    new = [(made.content(d.sha256), d, tools.read(_stored(d, made.content(d.sha256), tools), say)) for d in waiting]
    readings = tuple(reading for _, _, reading in new)
    mine, seen = record.readings, made.situation()
    suggested = propose(
        (*mine, *readings), title=seen.title, as_of=last_day((*mine, *readings)), lexicon=tools.lexicon,
        signed=record.signed,
    )  # fmt: skip
    rows = [NewReading(content, d.path.name, reader_of(r), r.to_json()) for content, d, r in new]
    made.propose(suggested, merged=seen, seen=seen, new=rows)
    return Came(documents=tuple(reading.document.id for reading in readings))


def _stored(stored: StoredDocument, content: bytes, tools: Tools) -> Document:
    name = stored.path.name
    limit = max(LIMIT, len(content))
    found = documents.from_bytes(
        content, name=name, kind=documents.kind_of(name), limit_bytes=limit, take_apart=tools.take_apart
    )
    return replace(found, id=slug(Path(name).stem))


def _again(folder: Path, do: Callable[[], T]) -> T:
    """Do it, and again where the situation was changed under it: no work is lost, and nobody has to repeat theirs."""
    for left in range(TRIES - 1, -1, -1):
        before = _bytes(folder)
        try:
            return do()
        except DossierError:
            if not left or _bytes(folder) == before:
                raise
    raise AssertionError("unreachable")


def _bytes(folder: Path) -> bytes:
    file = folder / SITUATION
    return file.read_bytes() if file.is_file() else b""


def _saying(at: Connection) -> Say:
    def say(words: str) -> None:
        at.send(Said(words))

    return say


def _confine() -> None:
    if resource is not None:
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        wanted = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
        resource.setrlimit(resource.RLIMIT_AS, (wanted, most))
    if hasattr(os, "nice"):
        os.nice(GIVES_WAY)
