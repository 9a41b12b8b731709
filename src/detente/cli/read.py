"""`detente read`."""

from pathlib import Path

import click

from detente.cli.options import megabytes, progress, reading_options, standard_input
from detente.desk import read


@click.command(name="read")
@click.argument("source", metavar="ARTICLE", default="-")
@click.option("--json", "as_json", is_flag=True, help="Print everything that was read as JSON.")
@reading_options
def command(source: str, as_json: bool, limit_mb: float, lexicons: tuple[Path, ...]) -> None:
    """Say what ARTICLE says: a .txt, .md, .html or .pdf file, a folder of them, or - for standard input."""
    with progress() as say:
        given = standard_input() if source == "-" else Path(source)
        readings = read.read(given, limit_bytes=megabytes(limit_mb), lexicons=lexicons, progress=say)
    click.echo(read.as_json(readings) if as_json else read.as_text(readings))
