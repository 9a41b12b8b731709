"""Open a case: a dossier, a situation file, or articles that are read into a draft."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from detente import dossier
from detente.errors import QuoteError, UsageError
from detente.read import documents
from detente.read.documents.document import slug
from detente.situation.nouns import Situation
from detente.situation.store import load

Progress = Callable[[str], None]
YAML = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Case:
    """A situation with the texts of its documents, by document id."""

    slug: str
    situation: Situation
    texts: tuple[tuple[str, str], ...]


def situation_file(source: Path) -> Path | None:
    """Return the situation file that a path names or holds, None where it names articles."""
    if source.is_dir():
        inside = source / dossier.SITUATION
        return inside if inside.is_file() else None
    return source if source.suffix.lower() in YAML else None


def open_case(source: Path) -> Case:
    """Open a dossier folder or a situation file, with the documents beside it.

    Raises SituationError for a broken file, QuoteError where a quote is not in its document, UsageError for a path
    that is no case.
    """
    file = situation_file(source)
    if file is None:
        raise UsageError(f"'{source}' is no case. Give a folder with a situation.yaml, or a situation file.")
    if (file.parent / dossier.DATABASE).exists() and file.name == dossier.SITUATION:
        dossier.open(file.parent)
    situation = load(file)
    texts = _texts(file.parent / dossier.DOCUMENTS, situation)
    _quotes_stand(situation, dict(texts))
    name = file.parent.resolve().name if file.name == dossier.SITUATION else file.stem
    return Case(slug(name), situation, texts)


def _texts(folder: Path, situation: Situation) -> tuple[tuple[str, str], ...]:
    """The text of every document of the situation that lies beside it."""
    if not folder.is_dir():
        return ()
    wanted = {d.id for d in situation.documents}
    files = (f for f in sorted(folder.iterdir()) if f.is_file() and slug(f.stem) in wanted)
    return tuple((slug(f.stem), documents.load(f).text) for f in files)


def _quotes_stand(situation: Situation, texts: dict[str, str]) -> None:
    lost = [
        f"{e.id} in '{e.document}' at {e.start}:{e.end}: {e.quote[:60]!r}"
        for e in situation.evidence
        if e.document in texts and texts[e.document][e.start : e.end] != e.quote
    ]
    if lost:
        listed = "\n  ".join(lost[:10])
        raise QuoteError(
            f"{len(lost)} quotes are not where they claim to be:\n  {listed}\n"
            "Restore the document, or mend the quote and its offsets."
        )
