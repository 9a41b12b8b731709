"""`detente import`."""

from pathlib import Path

import click

from detente.cli.options import given_path
from detente.cli.places import require_file
from detente.desk import exchange
from detente.errors import UsageError


@click.command(name="import")
@click.argument("sources", metavar="SOURCE...", nargs=-1, type=given_path)
@click.option("-o", "--output", type=given_path, metavar="FILE", help="Where the case goes; a .yaml file.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["auto", *exchange.READ]),
    default="auto",
    show_default=True,
    help="What the files are; auto goes by their endings, and by what stands in them.",
)
@click.option("--title", help="What the dispute is called.")
@click.option(
    "--points",
    type=click.FloatRange(min=1, max=1_000_000),
    help="What utility 1 is worth, for GENIUS and GeniusWeb.  [default: 100]",
)
@click.option(
    "--no-agreement",
    "no_agreement",
    multiple=True,
    metavar="VALUE",
    help="A value that stands for no agreement on its issue; may be given several times.",
)
@click.option(
    "--scale",
    type=(float, float),
    metavar="LOW HIGH",
    help="The scale of the positions in a table of actors.  [default: told from the positions]",
)
@click.option(
    "--template",
    is_flag=True,
    help="Write a table of scores, or with --format actors one of actors, to fill in to -o, and read nothing.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def command(
    sources: tuple[Path, ...],
    output: Path | None,
    kind: str,
    title: str | None,
    points: float | None,
    no_agreement: tuple[str, ...],
    scale: tuple[float, float] | None,
    template: bool,
    force: bool,
) -> None:
    """Make a case of SOURCE: GENIUS or GeniusWeb files, a table of scores or of actors (.csv, .xlsx),
    or a scenario of KTAB (.csv, .xml).
    """
    if output is None:
        raise UsageError("Nothing says where the case goes. Name a file with -o, such as -o case.yaml.")
    require_file(output, "case")
    if template:
        if sources:
            raise UsageError("--template reads nothing. Leave out the files, or leave out --template.")
        exchange.save(exchange.template(output, kind=kind), output, force=force)
        click.echo(f"Fill in {output}, then: detente import {output} -o case.yaml")
        return
    made = exchange.read(sources, kind=kind, title=title, points=points, no_agreement=no_agreement, scale=scale)
    exchange.save_case(made, output, force=force)
    for remark in made.remarks:
        click.echo(remark, err=True)
    click.echo(exchange.in_words(made, output))
