"""`detente export`."""

from pathlib import Path

import click

from detente.cli.options import given_path
from detente.cli.places import require_file
from detente.desk import exchange


@click.command(name="export")
@click.argument("case", type=given_path)
@click.option("--format", "kind", type=click.Choice(exchange.WRITTEN), required=True, help="What to write.")
@click.option(
    "-o",
    "--output",
    type=given_path,
    required=True,
    metavar="PLACE",
    help="Where it goes: a file, or a folder for GENIUS, GeniusWeb and efg.",
)
@click.option(
    "--body",
    metavar="NAME",
    help="For actors: the id of a party with members, or of a table.  [default: the first that decides something]",
)
@click.option("--table", help="Whose scores are written.  [default: the first table]")
@click.option(
    "--world",
    type=click.Choice(["drift", "squeeze", "force"]),
    help="For graphml and efg of a situation: the world in which worth is assumed.  [default: force]",
)
@click.option("--force", is_flag=True, help="Replace files that are there.")
def command(
    case: Path, kind: str, output: Path, body: str | None, table: str | None, world: str | None, force: bool
) -> None:
    """Write a table of CASE for another program, the actors of a body (actors, ktab, ktab-xml), or all of CASE
    as JSON or YAML; without a deal its conflict as a graph (graphml), or its crises as game trees (efg).

    What the format cannot hold is said on standard error.
    """
    require_file(output, "export")
    book = output.suffix.lower() in (".xlsx", ".xlsm")
    made = exchange.export(case, kind=kind, table=table, world=world, body=body, workbook=book)
    for place in exchange.save(made, output, force=force):
        click.echo(place)
    for sentence in made.lost:
        click.echo(sentence, err=True)
