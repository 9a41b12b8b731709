"""`detente brief`."""

from pathlib import Path

import click
from rich.console import Console

from detente.cli.options import megabytes, named, progress, put_json, reading_options
from detente.cli.places import require_apart, require_writable, writing
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
    limit = megabytes(limit_mb)
    given = named(source, limit_bytes=limit)
    if into is not None:
        require_apart(into, source=given)
    if output is not None or not as_json:
        require_writable(output or Path("brief.html"), source=given)
    with progress() as say:
        case = brief.open_or_read(given, limit_bytes=limit, lexicons=lexicons, into=into, progress=say)
        written = brief.write(case, draws=draws, seed=seed, progress=say)
        target = output or (None if as_json else Path(f"{case.slug}-brief.html"))
        if target is not None:
            with writing(target):
                brief.save_html(written, target)
    if as_json:
        put_json(brief.as_json(written))
        return
    console = Console()
    with console.capture() as shown:
        brief.show(written, console, view="text_only" if text_only else "completed")
    click.echo(shown.get(), nl=False)
    click.echo(f"Brief: {target}")
