"""Write what was read for other programs: items, events, statements, or one page of highlighted sources."""

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from detente.brief.highlighted import highlighted
from detente.brief.html import render
from detente.desk.streamed import write_pieces
from detente.errors import UsageError
from detente.formats.dna import dna, statements
from detente.formats.parquet import parquet
from detente.formats.plover import is_fact, plover
from detente.formats.read_items import csv, jsonl
from detente.read.documents.document import shown
from detente.read.items import Reading

MOST_ON_A_PAGE: Final = 200  # documents: a page of more takes a browser long to open

Writer = Callable[[Iterable[Reading]], Iterator[bytes]]


def write(readings: Iterable[Reading], *, kind: str, place: Path, title: str, force: bool = False) -> str:
    """Write readings to a file as they come, and say what it holds; it appears whole or not at all.

    kind  jsonl, csv, parquet, plover, dna or html

    Raises UsageError where something is there and `force` is not given, where it cannot be written to, or where there
    are too many documents for a page.
    """
    if os.path.lexists(place) and not force:
        raise UsageError(f"'{shown(str(place))}' exists already. Name another place, or replace it with --force.")
    counts = {"documents": 0, "rows": 0}

    def counted() -> Iterator[Reading]:
        for reading in readings:
            counts["documents"] += 1
            counts["rows"] += _rows(reading, kind)
            yield reading

    writers: dict[str, Writer] = {
        "jsonl": jsonl, "csv": csv, "parquet": parquet, "plover": plover, "dna": dna,
        "html": lambda found: _page(found, title),
    }  # fmt: skip
    try:
        write_pieces(place, writers[kind](counted()))
    except OSError as fault:
        raise UsageError(
            f"'{shown(str(place))}' cannot be written: {fault.strerror}. Name another place with -o."
        ) from fault
    what = {"plover": "event", "dna": "statement"}.get(kind, "item")
    rows, documents = counts["rows"], counts["documents"]
    said = f"{rows:,} {what}{'s' * (rows != 1)} of {documents:,} document{'s' * (documents != 1)}"
    return f"{shown(str(place))}: {said}"


def _rows(reading: Reading, kind: str) -> int:
    if kind == "plover":
        return sum(1 for item in reading.items if is_fact(item))
    return sum(1 for _ in statements(reading)) if kind == "dna" else len(reading.items)


def _page(readings: Iterable[Reading], title: str) -> Iterator[bytes]:
    found = tuple(islice(readings, MOST_ON_A_PAGE + 1))
    if len(found) > MOST_ON_A_PAGE:
        raise UsageError(
            f"A page holds at most {MOST_ON_A_PAGE} documents, and here are more. Write jsonl or csv, or read fewer."
        )
    yield render(highlighted(found, title=title)).encode("utf-8")
