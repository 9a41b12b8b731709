"""Where does a ledger lie, and how does it stand now?"""

import datetime as dt
import difflib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from detente import dossier
from detente.desk.begun import begun
from detente.dossier import Dossier, Row, faults
from detente.errors import LedgerError, UsageError
from detente.formats import ledger_file
from detente.ledger.book import AskedQuestion, Book, book
from detente.read.documents.document import shown

INSIDE: Final = "ledger"
ROWS: Final = "ledger.jsonl"


@dataclass(frozen=True, slots=True)
class OpenLedger:
    """A ledger as it stands: its name, its rows, what they say, and the dossier it can be written in, if any.

    `situations` are the canonical bytes of the situations that a ledger in files brings along, by their fingerprint.
    """

    name: str
    rows: tuple[Row, ...]
    book: Book
    made: Dossier | None
    situations: tuple[tuple[str, bytes], ...] = ()
    head: str | None = None


def clock() -> dt.datetime:
    """Return the time, in UTC."""
    return dt.datetime.now(dt.UTC)


def opened(place: Path, *, now: dt.datetime) -> OpenLedger:
    """Open the ledger of a dossier, or one that lies in files: a `ledger.jsonl`, or a folder that holds one.

    Raises LedgerError where its chain is broken, UsageError where there is none, and what opening a dossier raises.
    """
    found = read(place)
    wrong = faults(found.rows, head=found.head)
    if wrong:
        rest = len(wrong) - 1
        more = f" There {'is 1 more fault' if rest == 1 else f'are {rest} more faults'}." if rest else ""
        raise LedgerError(
            f"The ledger '{found.name}' is not what was written: {wrong[0].what}{more} "
            f"List all with: detente ledger verify {shown(str(place))}. Then restore a copy."
        )
    return OpenLedger(found.name, found.rows, book(found.rows, now=now), found.made, found.situations, found.head)


@dataclass(frozen=True, slots=True)
class RawLedger:
    """The rows of a ledger before anybody has looked at what they say."""

    name: str
    rows: tuple[Row, ...]
    made: Dossier | None
    situations: tuple[tuple[str, bytes], ...] = ()
    head: str | None = None


def read(place: Path) -> RawLedger:
    """Read the rows of a ledger, whatever they say.

    Raises UsageError where there is none, FormatError where its file cannot be read.
    """
    if os.path.isfile(place / dossier.DATABASE):
        made = dossier.open(place)
        return RawLedger(place.resolve().name, made.ledger(), made)
    file = in_files(place)
    if file is None:
        raise UsageError(
            f"'{shown(str(place))}' holds no ledger. Give a dossier, a {ROWS}, or a folder that holds one; "
            "`detente read ARTICLE --into FOLDER` makes a dossier."
        )
    found = ledger_file.read(file)
    return RawLedger(place.resolve().name, found.rows, None, found.situations, found.head)


def has_ledger(place: Path) -> bool:
    """Say whether a place holds a ledger that something is written in, or one in files."""
    if os.path.isfile(place / dossier.DATABASE):
        return bool(dossier.open(place).ledger())
    return in_files(place) is not None


def in_files(place: Path) -> Path | None:
    """Return what a ledger can be read from at a place: a file, its folder, or the folder `ledger` in it."""
    if place.suffix == ".jsonl" and os.path.lexists(place):
        return place
    folders = (place, place / INSIDE)
    return next((folder for folder in folders if os.path.isfile(folder / ROWS)), None)


def to_write_in(place: Path, *, of: Path | None = None) -> Dossier:
    """Return the dossier whose ledger is written in; with a case, make it of that case first.

    Raises UsageError for a ledger in files, which is only looked at, and for a folder that is no dossier.
    """
    if of is not None:
        return begun(place, of)
    if os.path.isfile(place / dossier.DATABASE):
        return dossier.open(place)
    name = shown(str(place))
    if in_files(place) is not None:
        raise UsageError(
            f"'{name}' is a ledger in files: it can be listed, scored and verified, not written in. "
            f"Take it into a dossier with: detente ledger import DOSSIER {name}"
        )
    raise UsageError(
        f"'{name}' is no dossier, so no ledger can be kept in it. Give the folder of a dossier, "
        "or make one of a case with --from CASE."
    )


def question(held: Book, wanted: str) -> AskedQuestion:
    """Return a question by its id.

    Raises UsageError where there is none, naming those that look like it.
    """
    found = held.question(wanted)
    if found is None:
        ids = [q.question.id for q in held.questions]
        near = difflib.get_close_matches(wanted, ids, n=3, cutoff=0.5) or ids[:5]
        known = f"Did you mean {' or '.join(near)}?" if near else "Nothing is asked in it yet: detente ledger add"
        raise UsageError(f"'{shown(wanted)}' is no question of this ledger. {known}")
    return found
