"""`detente read`."""

from pathlib import Path

import click

from detente.cli.options import megabytes, named, progress, put_json, reading_options
from detente.desk import read


@click.command(name="read")
@click.argument("source", metavar="ARTICLE", default="-")
@click.option("--json", "as_json", is_flag=True, help="Print everything that was read as JSON.")
@reading_options
def command(source: str, as_json: bool, limit_mb: float, lexicons: tuple[Path, ...]) -> None:
    """Say what ARTICLE says: a .txt, .md, .html or .pdf file, a folder of them, or - for standard input."""
    limit = megabytes(limit_mb)
    given = named(source, limit_bytes=limit)
    with progress() as say:
        readings = read.read(given, limit_bytes=limit, lexicons=lexicons, progress=say)
    if as_json:
        put_json(read.as_json(readings))
    else:
        click.echo(read.as_text(readings))
