"""`detente check`."""

from pathlib import Path

import click

from detente.cli.options import put_json
from detente.desk import check


@click.command(name="check")
@click.argument("case")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.pass_context
def command(ctx: click.Context, case: str, as_json: bool) -> None:
    """Say what is wrong with CASE: a situation file or a dossier. Exit code 1 where there are findings."""
    found = check.check(Path(case))
    if as_json:
        put_json(check.as_json(found))
    else:
        click.echo(check.as_text(found, Path(case)))
    ctx.exit(1 if found else 0)
