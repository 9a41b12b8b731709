"""Where does a run over a folder keep what, and how does it get there whole?

    run/
    ├── run.json          what was asked, of which documents
    ├── readings/         one file for every stretch of documents, a reading a line
    ├── duplicates.jsonl  which documents repeat another one and were not read
    ├── errors.jsonl      which documents could not be read, and why
    ├── done.json         how many; there once all is done
    └── work/             what an interrupted run goes on with: the list, the texts, what broke; gone in the end

Every file appears whole or not at all. What is missing is what is left to do.
"""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel

from detente.desk.streamed import write_pieces
from detente.situation.store import write_whole

RUN: Final = "run.json"
DONE: Final = "done.json"
READINGS: Final = "readings"
DUPLICATES: Final = "duplicates.jsonl"
ERRORS: Final = "errors.jsonl"
WORK: Final = "work"
LISTED: Final = f"{WORK}/listed"
OPENED: Final = f"{WORK}/opened"
BROKEN: Final = f"{WORK}/broken"
AT: Final = f"{WORK}/at"
Row = TypeVar("Row", bound=BaseModel)


def shard_file(run: Path, part: str, shard: int) -> Path:
    """Return the file of one stretch of documents.

    >>> shard_file(Path("run"), READINGS, 12).as_posix()
    'run/readings/00012.jsonl'
    """
    return run / part / f"{shard:05}.jsonl"


def shards_in(run: Path, part: str) -> frozenset[int]:
    """Return which stretches are there."""
    with os.scandir(run / part) as found:
        return frozenset(int(entry.name[:5]) for entry in found if not entry.name.startswith("."))


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines as they come.

    Raises OSError where the file cannot be written.
    """
    write_pieces(path, (line.encode("utf-8") + b"\n" for line in lines))


def write_rows(path: Path, rows: Iterable[BaseModel]) -> None:
    """Write records, one a line."""
    write_lines(path, (written(row) for row in rows))


def write_one(path: Path, row: BaseModel) -> None:
    """Write one record to a file of its own, for people to read, too."""
    write_whole(path, (json.dumps(row.model_dump(mode="json"), indent=1) + "\n").encode("ascii"))


def written(row: BaseModel) -> str:
    """Return a record as a line of ASCII: a name that is no text is kept as it is, too."""
    return json.dumps(row.model_dump(mode="json"), separators=(",", ":"))


def rows(path: Path, kind: type[Row]) -> Iterator[Row]:
    """Read records back, one at a time."""
    with path.open(encoding="ascii") as stream:
        for line in stream:
            yield kind.model_validate(json.loads(line))


def one(path: Path, kind: type[Row]) -> Row:
    """Read the record back that a file of its own holds."""
    return kind.model_validate(json.loads(path.read_bytes()))


def drafts_removed(run: Path) -> None:
    """Take away what an interrupted run left half written."""
    for part in (".", READINGS, WORK, LISTED, OPENED, BROKEN):
        for draft in (run / part).glob(".*.tmp"):
            draft.unlink(missing_ok=True)
