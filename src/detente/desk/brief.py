"""Write a brief on a case."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

from rich.console import Console

from detente.brief import as_json as json_form
from detente.brief import html, terminal
from detente.brief.answers import Answers
from detente.brief.compose import compose
from detente.brief.document import Brief
from detente.brief.estimative import Level, Suggested, checklist, confidence, require_signed, signature
from detente.brief.track_record import TrackRecord
from detente.desk.ask import ask
from detente.desk.case import Case
from detente.desk.draws import DRAWS, SEED
from detente.situation.store import write_whole

__all__ = [
    "Answers",
    "Brief",
    "Form",
    "Level",
    "Suggested",
    "as_json",
    "asked",
    "composed",
    "form_of",
    "require_signed",
    "save_html",
    "show",
    "suggested",
    "write",
]
Progress = Callable[[str], None]
Form = Literal["html", "docx", "pdf", "json", "pictures"]
BY_ENDING: dict[str, Form] = {".docx": "docx", ".pdf": "pdf", ".png": "pictures", ".svg": "pictures"}


def write(
    case: Case,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    level: Level | None = None,
    by: str | None = None,
    progress: Progress | None = None,
) -> Brief:
    """Ask everything and write the brief; `level` is the confidence that somebody signs, `by` who that is.

    Raises BoardError where a table of the situation cannot be put on a board, UsageError for half a signature.
    """
    require_signed(level, by)
    return composed(asked(case, draws=draws, seed=seed, progress=progress), record=case.record, level=level, by=by)


def asked(case: Case, *, draws: int = DRAWS, seed: int = SEED, progress: Progress | None = None) -> Answers:
    """Ask everything that a brief tells, which is what takes its time.

    Raises BoardError where a table of the situation cannot be put on a board.
    """
    return ask(case.situation, texts=case.texts, draws=draws, seed=seed, review=case.review, progress=progress)


def composed(
    answers: Answers, *, record: TrackRecord | None = None, level: Level | None = None, by: str | None = None
) -> Brief:
    """Write the brief on what was asked; `record` is how right forecasts were.

    Raises UsageError for half a signature.
    """
    brief = compose(replace(answers, record=record))
    return replace(brief, facts=(*brief.facts, *signature(suggested(answers), level, by)))


def form_of(target: Path) -> Form:
    """Say in which form a brief is asked for by the ending of a name: a page, where it has none that says otherwise.

    >>> form_of(Path("gulf.docx")), form_of(Path("gulf.html")), form_of(Path("gulf"))
    ('docx', 'html', 'html')
    """
    return BY_ENDING.get(target.suffix.lower(), "html")


def suggested(answers: Answers) -> Suggested:
    """Suggest a confidence in the first answer of the brief, which is whether there is a deal on today's agenda."""
    verdicts = [agenda.verdict for agenda in answers.completed.agendas[:1]]
    return confidence(checklist(answers.completed.situation, verdicts, review=answers.review))


def save_html(brief: Brief, target: Path) -> None:
    """Write the brief as one HTML file, whole or not at all.

    Raises OSError where the place cannot be written to.
    """
    write_whole(target, html.render(brief).encode())


def show(brief: Brief, console: Console, *, view: Literal["completed", "text_only"] = "completed") -> None:
    """Print the brief's short form."""
    terminal.render(brief, console, view=view)


def as_json(brief: Brief) -> str:
    """Return the brief as JSON."""
    return json_form.render(brief)
