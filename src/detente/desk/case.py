"""Open a case: a dossier, a situation file or a published case, with its documents and quotes where they belong."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from detente import dossier
from detente.brief.track_record import TrackRecord
from detente.desk.edited import signed
from detente.desk.record import tally_beside
from detente.errors import QuoteError, SituationError, UsageError
from detente.formats import published
from detente.read import documents
from detente.read.documents.document import digest, shown, slug
from detente.read.reviewed import Tally
from detente.situation.check import Problem, check
from detente.situation.nouns import Evidence, Situation
from detente.situation.store import Fault, load
from detente.situation.store import faults as faults_of_shape
from detente.situation.store.tree import MAX_BYTES

Progress = Callable[[str], None]
YAML = (".yaml", ".yml")
_MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Case:
    """A situation with the texts of its documents, by document id, and how far what was read is reviewed.

    `record` is how right forecasts were, where somebody has looked into its ledger.
    """

    slug: str
    situation: Situation
    texts: tuple[tuple[str, str], ...]
    review: Tally | None = None
    record: TrackRecord | None = None


def situation_file(source: Path) -> Path | None:
    """Return the situation file that a path names or holds, None where it names articles."""
    if os.path.isdir(source):
        inside = source / dossier.SITUATION
        return inside if os.path.lexists(inside) or os.path.isfile(source / dossier.DATABASE) else None
    return source if source.suffix.lower() in YAML else None


def case_file(source: Path) -> Path:
    """Return the situation file of a case; a dossier is checked for damage.

    Raises UsageError for a path that is no case, SituationError for a file that is missing or may not be read,
    DossierError for a damaged dossier.
    """
    file, name = situation_file(source), shown(str(source))
    if file is None and not os.path.lexists(source):
        raise SituationError(f"'{name}' does not exist. Check the name and the folder.")
    if file is None:
        raise UsageError(f"'{name}' is no case. Give a folder with a situation.yaml, or a situation file.")
    if os.path.exists(file) and not os.path.isfile(file):
        raise SituationError(f"'{shown(str(file))}' is not a file. Give a situation file, or its folder.")
    if os.path.isfile(file) and not os.access(file, os.R_OK):
        raise SituationError(f"'{shown(str(file))}' may not be read by you. Change its permissions, or copy it.")
    if file.name == dossier.SITUATION and os.path.isfile(file.parent / dossier.DATABASE):
        dossier.open(file.parent)
    return file


def loaded(file: Path) -> Situation:
    """Return the situation that a file holds, or the one that a published case describes.

    Raises SituationError where the file is missing, cannot be read, or is neither.
    """
    content = _content(file)
    if not published.is_published(content):
        return load(file)
    title = f"{published.called(slug(file.stem))} ({file.parent.resolve().name})"
    return published.situation_of(published.read(content, name=file.name), title=title)


def shape_faults(file: Path) -> tuple[Fault, ...]:
    """List what is wrong with the shape of a file that is there: a situation, or a published case."""
    content = _content(file)
    return published.faults(content) if published.is_published(content) else faults_of_shape(content)


def open_case(source: Path) -> Case:
    """Open a dossier folder, a situation file or a published case, with the documents beside it.

    Raises SituationError for a broken file or one with faults, QuoteError where a quote is not in its document,
    and what `case_file` raises.
    """
    file = case_file(source)
    situation = signed(file, loaded(file))
    texts = texts_beside(file, situation)
    name = file.parent.resolve().name if file.name == dossier.SITUATION else file.stem
    if faults := _faults(check(situation)):
        raise SituationError(_told(shown(str(file)), faults, "fault"))
    if faults := _faults(quotes_beside(file, situation, dict(texts))):
        raise QuoteError(_told(shown(str(file)), faults, "lost quote"))
    return Case(slug(name), situation, texts, tally_beside(file))


def texts_beside(file: Path, situation: Situation) -> tuple[tuple[str, str], ...]:
    """Return the text of every document of a situation that lies beside its file.

    Raises DocumentError for one that cannot be read.
    """
    folder = file.parent / dossier.DOCUMENTS
    if not os.path.isdir(folder):
        return ()
    wanted = {d.id for d in situation.documents}
    files = (f for f in sorted(folder.iterdir()) if f.is_file() and slug(f.stem) in wanted)
    return tuple((slug(f.stem), _text(f)) for f in files)


def quotes_beside(file: Path, situation: Situation, texts: dict[str, str]) -> tuple[Problem, ...]:
    """List the quotes that are not where they claim to be, and the documents that are missing or were changed.

    A situation without a `documents` folder stands alone, and then nothing is looked up.
    """
    if not os.path.isdir(file.parent / dossier.DOCUMENTS):
        return ()
    found = [p for p in (_misplaced(e, texts) for e in situation.evidence) if p is not None]
    for document in situation.documents:
        text, quoted = texts.get(document.id), sum(e.document == document.id for e in situation.evidence)
        if text is None and quoted:
            message = f"the document is not in '{dossier.DOCUMENTS}', so its quotes ({quoted}) cannot be looked up."
            found.append(Problem(document.id, message, "Put the file back, or take its evidence out."))
        if text is not None and document.sha256 not in (None, digest(text, document.id)):
            message = "the document is not the one that was read: its SHA-256 differs."
            found.append(Problem(document.id, message, "Restore it, or read it again.", "doubt"))
    return tuple(found)


def _content(file: Path) -> bytes:
    """Return what a file holds, empty where it is none, and a little more than is read where it is too long."""
    if not os.path.isfile(file):
        return b""
    with file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _misplaced(evidence: Evidence, texts: dict[str, str]) -> Problem | None:
    text = texts.get(evidence.document)
    if text is None or text[evidence.start : evidence.end] == evidence.quote:
        return None
    message = f"{evidence.quote[:60]!r} does not stand at {evidence.start} to {evidence.end} of '{evidence.document}'."
    return Problem(f"{evidence.id}.quote", message, "Restore the document, or mend the quote and its offsets.")


def _text(file: Path) -> str:
    """What was accepted once, with whatever limit, is opened again."""
    return documents.load(file, limit_bytes=max(documents.DEFAULT_LIMIT, file.stat().st_size)).text


def _faults(problems: tuple[Problem, ...]) -> list[Problem]:
    return [p for p in problems if p.severity == "fault"]


def _told(name: str, faults: list[Problem], what: str) -> str:
    if len(faults) == 1:
        return f"{name} has 1 {what}: {faults[0]}"
    lines = [f"  {fault}" for fault in faults[:_MOST_SHOWN]]
    if len(faults) > _MOST_SHOWN:
        lines.append(f"  and {len(faults) - _MOST_SHOWN} more; `detente check` lists them all.")
    return "\n".join([f"{name} has {len(faults)} {what}s:", *lines])
