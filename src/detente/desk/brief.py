"""Write a brief on a case."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

from rich.console import Console

from detente.brief import as_json as json_form
from detente.brief import html, terminal
from detente.brief.compose import compose
from detente.brief.document import Brief
from detente.desk.ask import ask
from detente.desk.case import Case
from detente.desk.draws import DRAWS, SEED
from detente.situation.store import write_whole

Progress = Callable[[str], None]


def write(case: Case, *, draws: int = DRAWS, seed: int = SEED, progress: Progress | None = None) -> Brief:
    """Ask everything and write the brief.

    Raises BoardError where a table of the situation cannot be put on a board.
    """
    answers = ask(case.situation, texts=case.texts, draws=draws, seed=seed, progress=progress)
    return compose(replace(answers, review=case.review))


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
