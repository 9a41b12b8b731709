"""`detente brief`."""

from pathlib import Path

import click
from rich.console import Console

from detente.cli.options import megabytes, progress, reading_options, standard_input
from detente.desk import brief


@click.command(name="brief")
@click.argument("source", metavar="CASE|ARTICLE", default="-")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where the HTML goes.")
@click.option("--json", "as_json", is_flag=True, help="Print the content as JSON; no HTML unless -o.")
@click.option("--text-only", is_flag=True, help="In the terminal, answer from the text alone.")
@click.option("--into", type=click.Path(path_type=Path), help="Keep all as a dossier in this folder.")
@click.option(
    "--draws", type=click.IntRange(1, 100_000), default=512, show_default=True, help="Draws for model shares."
)
@click.option("--seed", type=click.IntRange(min=0), default=20260208, show_default=True, help="Seed of the draws.")
@reading_options
def command(
    source: str,
    output: Path | None,
    as_json: bool,
    text_only: bool,
    into: Path | None,
    draws: int,
    seed: int,
    limit_mb: float,
    lexicons: tuple[Path, ...],
) -> None:
    """Write a brief on CASE (a dossier, a situation .yaml) or on ARTICLE (a file or folder to read, - for stdin).

    The brief is one HTML file, NAME-brief.html here unless -o says otherwise, and a short form in the terminal.
    """
    with progress() as say:
        given = standard_input() if source == "-" else Path(source)
        case = brief.open_or_read(given, limit_bytes=megabytes(limit_mb), lexicons=lexicons, into=into, progress=say)
        written = brief.write(case, draws=draws, seed=seed, progress=say)
        target = output or (None if as_json else Path(f"{case.slug}-brief.html"))
        if target is not None:
            brief.save_html(written, target)
    if as_json:
        click.echo(brief.as_json(written))
        return
    brief.show(written, Console(), view="text_only" if text_only else "completed")
    click.echo(f"Brief: {target}")
