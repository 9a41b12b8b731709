"""What is done with a stretch of documents: they are opened, or read?

Every stretch is worked on alone, from files to a file, so that the same bytes come out whoever does it and when.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from detente.desk.corpus.places import (
    AT,
    BROKEN,
    DUPLICATES,
    LISTED,
    OPENED,
    READINGS,
    rows,
    shard_file,
    write_lines,
    written,
)
from detente.desk.corpus.records import Duplicate, Fault, Listed, Opened, opened
from detente.errors import DetenteError, DocumentError
from detente.read import documents
from detente.read.documents.document import shown
from detente.read.extract import read as extract
from detente.read.frames import load_frames
from detente.read.language import load_pipeline
from detente.read.parties import load_lexicon

Lines = Callable[[int], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Order:
    """What a worker is told: which stretches of which run, and what to do with them."""

    stage: Literal["open", "read"]
    run: Path
    folder: Path
    limit_bytes: int
    lexicons: tuple[Path, ...]
    shards: tuple[int, ...] = ()

    @property
    def part(self) -> str:
        """Where the stretches that are done lie."""
        return OPENED if self.stage == "open" else READINGS


def work(order: Order) -> None:
    """Do the stretches of an order, one after the other; what a document breaks is said by the marker it leaves.

    Raises OSError where a file cannot be written.
    """
    with documents.extractor() as take_apart:
        lines = _opening(order, take_apart) if order.stage == "open" else _reading(order)
        for shard in order.shards:
            write_lines(shard_file(order.run, order.part, shard), lines(shard))
            marker(order, shard).unlink(missing_ok=True)


def marker(order: Order, shard: int) -> Path:
    """Return the file that names the document at hand, in case it breaks the worker."""
    return order.run / AT / f"{order.stage}-{shard:05}"


def broken(run: Path) -> dict[int, Fault]:
    """Return the documents that could be opened and not be read, by their numbers."""
    found = (fault for file in (run / BROKEN).glob("*.json") for fault in rows(file, Fault))
    return {fault.number: fault for fault in found}


def breaks(run: Path, fault: Fault) -> None:
    """Keep that a document cannot be read."""
    write_lines(run / BROKEN / f"{fault.number:08}.json", [written(fault)])


def _opening(order: Order, take_apart: documents.Extractor) -> Lines:
    out = broken(order.run)

    def lines(shard: int) -> Iterator[str]:
        for listed in rows(shard_file(order.run, LISTED, shard), Listed):
            _at(order, shard, listed.number)
            name = shown(listed.path)
            try:
                if listed.number in out:
                    raise DocumentError(out[listed.number].says)
                place, limit = order.folder / listed.path, order.limit_bytes
                found = documents.load(place, limit_bytes=limit, take_apart=take_apart)
            except DocumentError as fault:
                yield written(Opened(number=listed.number, file=name, fault=str(fault)))
            else:
                yield written(opened(listed.number, replace(found, id=listed.id, name=name)))

    return lines


def _reading(order: Order) -> Lines:
    pipeline, lexicon, frames = load_pipeline(), load_lexicon(*order.lexicons), load_frames()
    out = {d.number for d in rows(order.run / DUPLICATES, Duplicate)} | set(broken(order.run))

    def lines(shard: int) -> Iterator[str]:
        for found in rows(shard_file(order.run, OPENED, shard), Opened):
            if found.text is None or found.number in out:
                continue
            _at(order, shard, found.number)
            document = found.text.document()
            try:
                # What the pipeline learns of words is forgotten after each document, or it would grow without end.
                with pipeline.nlp.memory_zone():
                    yield extract(document, pipeline.sentences(document), lexicon=lexicon, frames=frames).to_json()
            except DetenteError as fault:
                breaks(order.run, Fault(number=found.number, file=found.file, says=str(fault)))

    return lines


def _at(order: Order, shard: int, number: int) -> None:
    """Say which document is at hand."""
    marker(order, shard).write_text(str(number), encoding="ascii")
