"""Write a brief: on a case, or on articles that are read first."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from rich.console import Console

from detente.brief import as_json as json_form
from detente.brief import html, terminal
from detente.brief.compose import compose
from detente.brief.document import Brief
from detente.desk.ask import DRAWS, SEED, ask
from detente.desk.case import Case, open_case, situation_file
from detente.desk.kept import keep
from detente.desk.read import read
from detente.errors import DossierError, UsageError
from detente.read.documents import DEFAULT_LIMIT
from detente.read.documents.document import slug
from detente.read.parties import load_lexicon
from detente.read.propose import document_ids, propose
from detente.situation.store import write_whole

Progress = Callable[[str], None]


def open_or_read(
    source: Path | bytes,
    *,
    limit_bytes: int = DEFAULT_LIMIT,
    lexicons: tuple[Path, ...] = (),
    into: Path | None = None,
    progress: Progress | None = None,
) -> Case:
    """Open a case, or read articles into a draft, which `into` keeps as a dossier.

    Raises UsageError where a case is to be kept again, and whatever opening, reading and keeping raise.
    """
    if isinstance(source, Path) and situation_file(source) is not None:
        if into is not None:
            raise UsageError(f"'{source}' is a case already, so there is nothing to keep. Leave out --into.")
        return open_case(source)
    if into is not None and into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise DossierError(f"'{into}' exists already. Name a new folder for the dossier.")
    return drafted(source, limit_bytes=limit_bytes, lexicons=lexicons, into=into, progress=progress)


def drafted(
    source: Path | bytes,
    *,
    limit_bytes: int = DEFAULT_LIMIT,
    lexicons: tuple[Path, ...] = (),
    into: Path | None = None,
    progress: Progress | None = None,
) -> Case:
    """Read articles and draft the situation they suggest; `into` keeps both as a dossier.

    Raises DocumentError where nothing can be read, DossierError where nothing can be kept.
    """
    readings = read(source, limit_bytes=limit_bytes, lexicons=lexicons, progress=progress)
    days = [d for r in readings if (d := r.document.reported or r.document.published) is not None]
    situation = propose(readings, as_of=max(days) if days else None, lexicon=load_lexicon(*lexicons))
    name = "standard-input" if isinstance(source, bytes) else source.resolve().stem
    if into is not None:
        keep(into, situation, readings, source)
    ids = document_ids(readings)
    return Case(slug(name), situation, tuple((ids[r.document.sha256], r.document.text) for r in readings))


def write(case: Case, *, draws: int = DRAWS, seed: int = SEED, progress: Progress | None = None) -> Brief:
    """Ask everything and write the brief.

    Raises BoardError where a table of the situation cannot be put on a board.
    """
    return compose(ask(case.situation, texts=case.texts, draws=draws, seed=seed, progress=progress))


def save_html(brief: Brief, target: Path) -> None:
    """Write the brief as one HTML file, whole or not at all.

    Raises UsageError where the place cannot be written to.
    """
    write_whole(target, html.render(brief).encode())


def show(brief: Brief, console: Console, *, view: Literal["completed", "text_only"] = "completed") -> None:
    """Print the brief's short form."""
    terminal.render(brief, console, view=view)


def as_json(brief: Brief) -> str:
    """Return the brief as JSON."""
    return json_form.render(brief)
