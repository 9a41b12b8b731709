"""How does an answer go out: as a page where one is asked for, and as data or in words on standard output?"""

import importlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import click
from rich.console import Console

from detente.cli.options import given_path, put_json
from detente.cli.places import require_folder, require_writable, writing
from detente.desk import brief
from detente.errors import UsageError


@dataclass(frozen=True, slots=True)
class Output:
    """Where something is to go, and in which form."""

    path: Path
    form: brief.Form


def given_output(given: str) -> Output:
    """Return where a brief is to go and in which form: by the ending of the name, or a folder where it ends in a slash.

    Raises UsageError where it is empty.

    >>> given_output("gulf.docx").form, given_output("pictures/").form
    ('docx', 'pictures')
    """
    path = given_path(given)
    is_folder = given.endswith(("/", os.sep))
    return Output(path, "pictures" if is_folder else brief.form_of(path))


def require_output(output: Output, made: str, *, source: Path | bytes) -> None:
    """Refuse a place that cannot be written to, and a form that cannot be made here, before the long work.

    Raises UsageError.
    """
    if output.form != "pictures":
        require_writable(output.path, made, source=source)
    elif output.path.suffix.lower() in brief.BY_ENDING:
        raise UsageError(
            f"A {made} has several pictures. Name a folder for them with a slash at its end, such as pictures/."
        )
    else:
        require_folder(output.path, source=source)
    if output.form == "pdf":
        _exports().require(output.form)


def save(written: brief.Brief, output: Output) -> None:
    """Write a brief where it is to go.

    Raises UsageError where it cannot be written, FormatError where a picture cannot be drawn.
    """
    with writing(output.path):
        if output.form == "html":
            brief.save_html(written, output.path)
        else:
            _exports().save(written, output.path, output.form)


def _exports() -> ModuleType:
    # By name, as the commands are: what draws and packs takes a moment to load, and a page needs none of it.
    return importlib.import_module("detente.desk.brief_out")


def put_answer(written: brief.Brief | None, output: Output | None, data: Callable[[], str] | None) -> None:
    """Write the page to `output`, where there is one; then print `data` where it is asked for, else the words.

    `written` may be None where neither page nor words are asked for.

    Raises UsageError where the page cannot be written.
    """
    if output is not None and written is not None:
        save(written, output)
    if data is not None:
        put_json(data())
    elif written is not None:
        console = Console()
        with console.capture() as shown:
            brief.show(written, console)
        click.echo(shown.get(), nl=False)
        if output is not None:
            click.echo(f"Page: {output.path}")
