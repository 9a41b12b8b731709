"""Send a ledger out as one file, and take one in that somebody sent, in a process that can be ended."""

import datetime as dt
import io
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from detente.desk.intake.orders import Refused, TakeIn
from detente.desk.intake.process import Hand
from detente.desk.ledger.carried import Sent, write_out
from detente.desk.ledger.place import opened
from detente.desk.ledger.words import written as in_words
from detente.desk.ledger.written import Written
from detente.errors import FormatError, UsageError
from detente.situation.values import slug

__all__ = ["FORMS", "MOST_BYTES", "Packed", "TakeIn", "acknowledged", "packed", "taken_in"]

FORMS: Final[dict[str, str]] = {
    "package": "data package",
    "metaculus-csv": "tables as Metaculus writes them",
    "metaculus-json": "posts as Metaculus writes them",
    "forecastbench": "forecast set of ForecastBench",
}
MOST_BYTES: Final = 10_000_000  # of a file that is sent in
SECONDS: Final = 60.0
WORKER: Final = "detente.desk.ledger.taken"
EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that a packed file knows
FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Packed:
    """A ledger as one file, and remarks on what of it is not in there."""

    name: str
    content: bytes = field(repr=False)
    media: str
    remarks: tuple[str, ...] = ()


def packed(folder: Path, *, form: str, sent: Sent, now: dt.datetime) -> Packed:
    """Write a ledger as one file: several files are packed, each with the same time, so that the bytes are the same.

    Raises UsageError for a form that is none or where something is not said, LedgerError where the chain is broken.
    """
    if form not in FORMS:
        raise UsageError(f"'{form[:40]}' is no form in which a ledger goes out. Choose one of: {', '.join(FORMS)}.")
    found = opened(folder, now=now)
    name = slug(found.name) or "ledger"
    with tempfile.TemporaryDirectory(prefix="detente-") as place:
        target = Path(place) / "out"
        _, *remarks = write_out(found, target, form=form, sent=sent)
        if target.is_file():
            return Packed(f"{name}-{form}.json", target.read_bytes(), "application/json", tuple(remarks))
        files = sorted(path for path in target.rglob("*") if path.is_file())
        content = _zipped((path.relative_to(target).as_posix(), path.read_bytes()) for path in files)
        return Packed(f"{name}-ledger-{form}.zip", content, "application/zip", tuple(remarks))


def taken_in(order: TakeIn, *, seconds: float = SECONDS) -> str:
    """Take a file in, in a process with limits on time and memory; returns what was written, in words.

    All of it is on the disk when this returns, or nothing.

    Raises UsageError for a file that is too large, FormatError where it cannot be taken in.
    """
    if len(order.content) > MOST_BYTES:
        raise UsageError(f"'{order.name}' is larger than {MOST_BYTES // 1_000_000} MB. Part it, and take in its parts.")
    hand, told = Hand(worker=WORKER), [""]
    try:
        answer = hand.ask(order, seconds=seconds, say=told.append)
    finally:
        hand.end()
    if isinstance(answer, Refused):
        raise FormatError(answer.words)
    return told[-1]


def acknowledged(done: Written) -> str:
    """Say in one line which rows were added, once they are on the disk."""
    if len(done.rows) > FEW:
        first, last = done.rows[0], done.rows[-1]
        return f"Rows {first.number} to {last.number} were added. Head: {last.number}:{last.hash}"
    return "; ".join(line.strip() for line in in_words(done).splitlines())


def _zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in files:
            whole.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
