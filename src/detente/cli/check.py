"""`detente check`."""

from pathlib import Path

import click

from detente.cli.options import given_path, put_json
from detente.desk import check


@click.command(name="check")
@click.argument("case", type=given_path)
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.pass_context
def command(ctx: click.Context, case: Path, as_json: bool) -> None:
    """Say what is wrong with CASE: a situation file or a dossier. Exit code 1 where there are findings."""
    found = check.check(case)
    if as_json:
        put_json(check.as_json(found))
    else:
        click.echo(check.as_text(found, case))
    ctx.exit(1 if found else 0)
