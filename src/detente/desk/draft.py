"""Draft a situation from articles: a verb of its own, for the language pipeline that it needs is slow to load."""

from collections.abc import Callable
from pathlib import Path

from detente.desk.case import Case
from detente.desk.kept import keep
from detente.desk.model import Asking
from detente.desk.read import read
from detente.errors import DossierError
from detente.read.documents import DEFAULT_LIMIT
from detente.read.documents.document import slug
from detente.read.parties import load_lexicon
from detente.read.propose import document_ids, propose
from detente.read.reviewed import Tally, reviewable

Progress = Callable[[str], None]


def drafted(
    source: Path | bytes,
    *,
    limit_bytes: int = DEFAULT_LIMIT,
    lexicons: tuple[Path, ...] = (),
    into: Path | None = None,
    model: Asking | None = None,
    progress: Progress | None = None,
) -> Case:
    """Read articles and draft the situation they suggest; `into` keeps both as a dossier.

    What a language model alone found is kept, and counts in no draft before somebody confirms it.

    Raises DocumentError where nothing can be read, DossierError where nothing can be kept, ModelError where the model
    cannot be asked.
    """
    if into is not None and into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise DossierError(f"'{into}' exists already. Name a new folder for the dossier.")
    readings = read(source, limit_bytes=limit_bytes, lexicons=lexicons, model=model, progress=progress)
    days = [d for r in readings if (d := r.document.reported or r.document.published) is not None]
    situation = propose(readings, as_of=max(days) if days else None, lexicon=load_lexicon(*lexicons))
    name = "standard-input" if isinstance(source, bytes) else source.resolve().stem
    if into is not None:
        keep(into, situation, readings, source)
    ids = document_ids(readings)
    texts = tuple((ids[r.document.sha256], r.document.text) for r in readings)
    read_items = sum(len(reviewable(r)) for r in readings)
    return Case(slug(name), situation, texts, Tally(read_items, read_items))
