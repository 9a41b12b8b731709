"""`detente brief`."""

import importlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console

from detente.cli.answered import Output, given_output, require_output, save
from detente.cli.options import (
    drawing_options,
    given_path,
    megabytes,
    model_options,
    named,
    progress,
    put_json,
    reading_options,
)
from detente.cli.places import require_apart
from detente.desk import brief
from detente.desk.case import Case, open_case, situation_file
from detente.desk.ledger.place import clock
from detente.desk.ledger.record import record_at
from detente.desk.model import Asking
from detente.errors import UsageError


@click.command(name="brief")
@click.argument("source", metavar="CASE|ARTICLE", default="-")
@click.option("-o", "--output", type=given_output, metavar="FILE", help="Where to: .html, .docx, .pdf or pictures/.")
@click.option("--json", "as_json", is_flag=True, help="Print the content as JSON; nothing else unless -o.")
@click.option("--text-only", is_flag=True, help="In the terminal, answer from the text alone.")
@click.option("--into", type=given_path, metavar="FOLDER", help="Keep all as a dossier in this folder.")
@click.option("--confidence", type=click.Choice(["low", "moderate", "high"]), help="The confidence that --by signs.")
@click.option("--by", metavar="NAME", help="Who signs the confidence level.")
@drawing_options
@reading_options
@model_options
def command(
    source: str,
    output: Output | None,
    as_json: bool,
    text_only: bool,
    into: Path | None,
    confidence: brief.Level | None,
    by: str | None,
    draws: int,
    seed: int,
    limit_mb: float,
    lexicons: tuple[Path, ...],
    model: Asking | None,
) -> None:
    """Write a brief on CASE (a dossier, a situation .yaml) or on ARTICLE (a file or folder to read, - for stdin).

    The brief is one HTML file, NAME-brief.html here unless -o says otherwise, and a short form in the terminal. With
    -o and another ending it is a Word document or a PDF, and with a slash at the end a folder of its pictures.
    """
    brief.require_signed(confidence, by)
    limit = megabytes(limit_mb)
    given = named(source, limit_bytes=limit)
    if into is not None:
        require_apart(into, source=given)
    if output is not None or not as_json:
        require_output(output or given_output("brief.html"), "brief", source=given)
    with progress() as say:
        case = _opened(given, into, model)
        if case is None:
            case = _drafted(given, limit_bytes=limit, lexicons=lexicons, into=into, model=model, progress=say)
        elif isinstance(given, Path):
            case = replace(case, record=record_at(given, now=clock()))
        written = brief.write(case, draws=draws, seed=seed, level=confidence, by=by, progress=say)
        target = output or (None if as_json else given_output(f"{case.slug}-brief.html"))
        if target is not None:
            save(written, target)
    if as_json:
        put_json(brief.as_json(written))
        return
    console = Console()
    with console.capture() as shown:
        brief.show(written, console, view="text_only" if text_only else "completed")
    click.echo(shown.get(), nl=False)
    click.echo(f"Brief: {target.path if target is not None else ''}")


def _opened(given: Path | bytes, into: Path | None, model: Asking | None) -> Case | None:
    """Open what is a case already; None where it is articles."""
    if not isinstance(given, Path) or situation_file(given) is None:
        return None
    if into is not None:
        raise UsageError(f"'{given}' is a case already, so there is nothing to keep. Leave out --into.")
    if model is not None:
        raise UsageError(f"'{given}' is a case already, so there is nothing to read. Leave out --model and --endpoint.")
    return open_case(given)


def _drafted(
    given: Path | bytes,
    *,
    limit_bytes: int,
    lexicons: tuple[Path, ...],
    into: Path | None,
    model: Asking | None,
    progress: Callable[[str], None],
) -> Case:
    # By name, as the commands are: the language pipeline takes a second to load, and a case needs none of it.
    reading = importlib.import_module("detente.desk.draft")
    case: Case = reading.drafted(
        given, limit_bytes=limit_bytes, lexicons=lexicons, into=into, model=model, progress=progress
    )
    return case
