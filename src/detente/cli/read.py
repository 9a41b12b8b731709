"""`detente read`."""

import importlib
from pathlib import Path

import click

from detente.cli.options import given_path, megabytes, model_options, named, progress, put_json, reading_options
from detente.cli.places import require_apart
from detente.desk import read
from detente.desk.model import Asking


@click.command(name="read")
@click.argument("source", metavar="ARTICLE", default="-")
@click.option("--json", "as_json", is_flag=True, help="Print everything that was read as JSON.")
@click.option("--into", type=given_path, metavar="DOSSIER", help="Add it to this dossier; made where there is none.")
@reading_options
@model_options
def command(
    source: str, as_json: bool, into: Path | None, limit_mb: float, lexicons: tuple[Path, ...], model: Asking | None
) -> None:
    """Say what ARTICLE says: a .txt, .md, .html or .pdf file, a folder of them, or - for standard input.

    With --into, say what it changes in a dossier instead; what you entered or edited there stays as it is.
    """
    limit = megabytes(limit_mb)
    given = named(source, limit_bytes=limit)
    if into is not None:
        require_apart(into, source=given)
    with progress() as say:
        readings = read.read(given, limit_bytes=limit, lexicons=lexicons, model=model, progress=say)
        # By name, as the commands are: what a situation is drafted with is not needed to read alone.
        told = read if into is None else importlib.import_module("detente.desk.over_time")
        found = readings if into is None else told.into(into, readings, given, lexicons=lexicons)
    if as_json:
        put_json(told.as_json(found))
    else:
        click.echo(told.as_text(found))
