"""Take questions and ledgers of elsewhere into a dossier, and write a ledger out for others."""

import datetime as dt
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from detente.desk.foreign import loaded
from detente.desk.ledger.asking import signed
from detente.desk.ledger.place import OpenLedger, in_files
from detente.desk.ledger.written import Written, write
from detente.desk.review import reviewer
from detente.dossier import Dossier
from detente.errors import UsageError
from detente.formats import ledger_file, metaculus
from detente.formats.data_package import package
from detente.formats.described import described
from detente.formats.forecast_set import ForecastSet, Team, forecast_set
from detente.formats.past_questions import read_entries, read_rows
from detente.ledger.book import book
from detente.ledger.entries import Forecast, Opened, decode
from detente.read.documents.document import shown
from detente.situation.store import settle, write_whole

FORMS: Final = ("package", "metaculus-csv", "metaculus-json", "forecastbench")
LICENCE: Final = "CC-BY-4.0"


def take_in(
    made: Dossier, files: Sequence[Path], *, by: str | None, as_of: dt.date | None, now: dt.datetime
) -> tuple[Written, tuple[str, ...]]:
    """Take files of questions, or a whole ledger in files, into the ledger of a dossier: all of it or nothing.

    Returns what was written, and remarks on what of the files was not.

    Raises FormatError where it cannot be read, LedgerError where what it says cannot stand.
    """
    file = files[0]
    ledger = in_files(file) if len(files) == 1 else None
    if ledger is not None and (os.path.isdir(ledger) or _holds_rows(ledger)):
        found = ledger_file.read(ledger)
        made.adopt(found.rows, situations=found.situations, name=file.name)
        return Written(found.rows, book(made.ledger(), now=now)), ()
    folder = next((one for one in files if os.path.isdir(one)), None)
    if folder is not None:
        raise UsageError(f"'{shown(str(folder))}' is no ledger. Give files of questions, or the folder of one ledger.")
    who = signed(by, as_of, now)
    sources = [loaded(one) for one in files]
    read = read_entries(sources, version=version("detente"), by=who.by, as_of=who.as_of, today=now.date())
    return write(made, lambda _: read.entries, now=now), read.remarks


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How a ledger goes out: who made it, under which title and licence; the author, day and questions of a set."""

    by: str | None = None
    title: str | None = None
    licence: str = LICENCE
    due: dt.date | None = None
    questions: Path | None = None


def write_out(found: OpenLedger, target: Path, *, form: str, sent: Sent) -> tuple[str, ...]:
    """Write a ledger to a file or a new folder, whole or not at all; returns what was written, in words.

    Raises UsageError where the place is taken or cannot be written to, or where something is not said.
    """
    if found.made is not None and found.made.folder.resolve() in target.resolve().parents:
        raise UsageError(
            f"'{shown(str(target))}' lies in the dossier, which only Detente writes in. Name another place."
        )
    if form == "metaculus-json":
        return _one_file(target, metaculus.written_json(found.book))
    if form == "forecastbench":
        made = _forecast_set(found, sent)
        return (*_one_file(target, made.content), *made.remarks)
    files = metaculus.written_csv(found.book) if form == "metaculus-csv" else _package(found, sent)
    return _folder(target, files)


def _package(found: OpenLedger, sent: Sent) -> tuple[tuple[str, bytes], ...]:
    authors = dict.fromkeys([q.by for q in found.book.questions])
    by = (sent.by,) if sent.by else tuple(authors) or (reviewer(None),)
    about = described(found.book, title=sent.title or f"Ledger {found.name}", by=by, licence=sent.licence)
    return package(found.book, about=about, ledger=ledger_file.written(found.rows, _situations(found)))


def _forecast_set(found: OpenLedger, sent: Sent) -> ForecastSet:
    if sent.by is None or sent.due is None:
        raise UsageError("A forecast set is one author's, for one day. Name them with --by and --due.")
    rows = read_rows([loaded(sent.questions)], version=version("detente")).rows if sent.questions else ()
    team = Team(organization=sent.by, model=f"Detente {version('detente')}", model_organization=sent.by)
    return forecast_set(found.book, by=sent.by, due=sent.due, team=team, asked=rows)


def _situations(found: OpenLedger) -> tuple[tuple[str, bytes], ...]:
    """Return the bytes of every situation that a row names."""
    if found.made is None:
        return found.situations
    named = dict.fromkeys(hash_ for row in found.rows if (hash_ := _named(row.body)))
    return tuple((hash_, found.made.kept_bytes(hash_)) for hash_ in named)


def _named(body: str) -> str | None:
    entry = decode(body)
    return entry.situation if isinstance(entry, Opened | Forecast) else None


def _holds_rows(file: Path) -> bool:
    """Tell a ledger in files from a question file that ends alike, by its first line."""
    with file.open("rb") as content:
        return b'"previous"' in content.readline(1_000_000)


def _one_file(target: Path, content: bytes) -> tuple[str, ...]:
    if os.path.isdir(target):
        raise UsageError(f"'{shown(str(target))}' is a folder. Name a file.")
    _require_folder(target)
    write_whole(target, content)
    return (f"{len(content):,} bytes",)


def _folder(target: Path, files: Sequence[tuple[str, bytes]]) -> tuple[str, ...]:
    """Write files into a new folder, which appears whole or not at all."""
    name = shown(str(target))
    if os.path.lexists(target) and (not os.path.isdir(target) or any(target.iterdir())):
        raise UsageError(f"'{name}' exists already. Name a new folder.")
    _require_folder(target)
    try:
        with tempfile.TemporaryDirectory(dir=target.absolute().parent, prefix=".detente-") as place:
            draft = Path(place) / "ledger"
            for path, content in files:
                (draft / path).parent.mkdir(parents=True, exist_ok=True)
                write_whole(draft / path, content)
            draft.replace(target)
            settle(target.absolute().parent)
    except OSError as error:
        raise UsageError(f"'{name}' cannot be written: {error.strerror}. Name another place with -o.") from error
    return (f"{len(files)} files",)


def _require_folder(target: Path) -> None:
    parent = target.absolute().parent
    if not os.path.isdir(parent):
        raise UsageError(f"There is no folder '{shown(str(parent))}' to write '{target.name}' in. Make it first.")
