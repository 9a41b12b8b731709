"""`detente changes`."""

import datetime as dt
from pathlib import Path

import click

from detente.cli.options import given_day, given_path, progress, put_json
from detente.desk import changes


@click.command(name="changes")
@click.argument("dossier", type=given_path)
@click.option(
    "--since", type=given_day, required=True, metavar="DATE", help="The first day whose documents count as new."
)
@click.option(
    "--as-of", type=given_day, metavar="DATE", help="Leave out what was published or reported after this day."
)
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON.")
@click.option("--lexicon", "lexicons", multiple=True, type=given_path, metavar="FILE", help="The one that `read` had.")
def command(dossier: Path, since: dt.date, as_of: dt.date | None, as_json: bool, lexicons: tuple[Path, ...]) -> None:
    """Say what changed in DOSSIER since a day, with the sentences.

    That is who moved on what, which threats were made, withdrawn or carried out, and which talks opened or collapsed.
    """
    with progress() as say:
        say("drafting from what was known before and since")
        found = changes.changes(dossier, since=since, as_of=as_of, lexicons=lexicons)
    if as_json:
        put_json(changes.as_json(found))
    else:
        click.echo(changes.as_text(found))
