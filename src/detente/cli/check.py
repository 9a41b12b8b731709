"""`detente check`."""

import sys
from pathlib import Path

import click

from detente.desk import check


@click.command(name="check")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
def command(case: Path, as_json: bool) -> None:
    """Say what is wrong with CASE: a situation file or a dossier. Exit code 1 where there are findings."""
    found = check.check(case)
    click.echo(check.as_json(found) if as_json else check.as_text(found, case))
    sys.exit(1 if found else 0)
