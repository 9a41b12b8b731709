"""Add documents to a dossier: what is new, what does it change, which silences does it close, and what is left?"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from detente import dossier
from detente.brief.sections.unsaid import called
from detente.brief.words import Names
from detente.desk.differences import Differences, differences
from detente.desk.kept import as_new, keep, reader_of
from detente.desk.merged import Conflict
from detente.desk.record import Record, record_of
from detente.desk.redrafted import Redrafted, last_day, redrafted
from detente.errors import DossierError
from detente.read.documents.document import shown
from detente.read.items import Reading
from detente.read.parties import load_lexicon
from detente.read.propose import document_ids, propose
from detente.situation.nouns import Situation

HASH_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Added:
    """What became of documents that were read into a dossier.

    copies  those whose text was there already, and nothing new was read in it
    again   those whose text was there already, and was read anew
    begun   whether the dossier was made of them
    kept    the fingerprint of the situation before; empty where there was none, or nothing was added
    """

    place: str
    documents: tuple[str, ...]
    copies: tuple[str, ...]
    again: tuple[str, ...]
    differences: Differences
    closed: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    kept: str
    begun: bool = False


def into(
    folder: Path, readings: tuple[Reading, ...], source: Path | bytes, *, lexicons: tuple[Path, ...] = ()
) -> Added:
    """Read documents into a dossier, which is made where there is none.

    Raises what `add` raises, and DossierError where it cannot be made.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        return add(folder, readings, source, lexicons=lexicons)
    made = propose(readings, as_of=last_day(readings), lexicon=load_lexicon(*lexicons))
    keep(folder, made, readings, source)
    found = differences(Situation(title=made.title), made)
    return Added(folder.name, tuple(document_ids(readings).values()), (), (), found, (), (), "", begun=True)


def add(
    folder: Path,
    readings: tuple[Reading, ...],
    source: Path | bytes,
    *,
    lexicons: tuple[Path, ...] = (),
    later: bool = False,
) -> Added:
    """Read documents into a dossier that exists: all of it or nothing.

    With `later` a document that is newer than the day of the situation moves that day on; without, it is refused.

    Raises DossierError where it is damaged, was edited meanwhile or cannot be written, QuoteError where a reading that
    it keeps no longer fits its text.
    """
    made = dossier.open(folder)
    record = record_of(made)
    stored = record.stored
    fresh = tuple(r for r in readings if r.document.sha256 not in stored)
    known = tuple(r for r in readings if r.document.sha256 in stored)
    again = tuple(_as_known(r, record) for r in known if _says_more(r, stored[r.document.sha256].json))
    copies = tuple(_name(r) for r in known if r.document.sha256 not in {a.document.sha256 for a in again})
    if not fresh and not again:
        return Added(folder.name, (), copies, (), Differences(), (), (), "")
    ids = document_ids((*record.readings, *fresh))
    try:
        new = [as_new(r, ids[r.document.sha256], source) for r in fresh]
    except OSError as error:
        raise DossierError(f"'{error.filename}' cannot be read again: {error.strerror}. Put it back.") from error
    for one in again:
        content = made.content(stored[one.document.sha256].sha256)
        new.append(dossier.NewReading(content, "", reader_of(one), one.to_json()))
    came = redrafted(record, also=(*fresh, *again), new=new, lexicons=lexicons, later=later)
    return Added(
        place=folder.name,
        documents=tuple(ids[r.document.sha256] for r in fresh),
        copies=copies,
        again=tuple(_name(r) for r in again),
        differences=differences(came.before, came.after),
        closed=tuple(called(s, Names(came.after)) for s in came.closed),
        conflicts=came.conflicts,
        kept=came.kept,
    )


def _as_known(reading: Reading, record: Record) -> Reading:
    """Return a reading of a text that is here, under the name that it has here."""
    document = next(r.document for r in record.readings if r.document.sha256 == reading.document.sha256)
    items = tuple(i.model_copy(update={"doc_id": document.id}) for i in reading.items)
    return reading.model_copy(update={"document": document, "items": items})


def _says_more(reading: Reading, kept: str) -> bool:
    """Whether a text that is here was read otherwise now: its name and its place do not count."""
    old = json.loads(kept)["items"]
    new = json.loads(reading.to_json())["items"]
    return [_content(i) for i in old] != [_content(i) for i in new]


def _content(item: dict[str, object]) -> dict[str, object]:
    return {k: v for k, v in item.items() if k not in ("doc_id", "id", "duplicates_of")}


def _name(reading: Reading) -> str:
    return reading.document.name


def as_text(found: Added) -> str:
    """Return what became of the documents in words."""
    if found.begun:
        lines = [f"{found.place}: begun with {_counted(len(found.documents), 'document')}", *told(found.differences)]
        return "\n".join(lines)
    if not found.kept:
        return f"{found.place}: nothing new; {_counted(len(found.copies), 'document')} here already."
    heads = [_counted(len(found.documents), "document") + " added"]
    heads += [f"{len(found.copies)} here already"] if found.copies else []
    heads += [f"{len(found.again)} read anew"] if found.again else []
    lines = [f"{found.place}: {', '.join(heads)}"]
    lines += told(found.differences)
    lines += section("Silences that the text now fills", found.closed)
    lines += conflicts_in_words(found.conflicts)
    lines += [going_back(found.place, found.kept)]
    return "\n".join(lines)


def came_in_words(place: str, came: Redrafted) -> str:
    """Return what became of a situation in words."""
    lines = told(differences(came.before, came.after)) + conflicts_in_words(came.conflicts)
    return "\n".join(
        [*lines, going_back(place, came.kept)] if came.changed else [*lines, "The situation stays as it is."]
    )


def told(found: Differences) -> list[str]:
    """Return what differs between two situations, section by section."""
    return [
        *section("Added", found.added),
        *section("Assumed before, read now", found.read),
        *section("Changed", found.changed),
        *section("No longer suggested", found.removed),
    ]


def conflicts_in_words(found: tuple[Conflict, ...]) -> list[str]:
    """Return what was left as a person put it."""
    return section("Left as you put it", (f"{c.path}: yours {c.yours}; the text {c.read}" for c in found))


def going_back(place: str, kept: str) -> str:
    """Return how the situation before comes back."""
    return f"Before: detente restore {shown(place)} {kept[:HASH_SHOWN]}"


def section(head: str, rows: Iterable[str]) -> list[str]:
    """Return a head and its rows, or nothing where there are none."""
    listed = [f"  {row}" for row in rows]
    return [head, *listed] if listed else []


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def as_json(found: Added) -> str:
    """Return what became of the documents as JSON."""
    return json.dumps({"schema": "detente.added/1", **asdict(found)}, ensure_ascii=False, indent=1)
