"""`detente story`."""

from functools import partial
from pathlib import Path

import click

from detente.cli.answered import Output, given_output, put_answer, require_output
from detente.cli.options import given_path, progress
from detente.desk import story
from detente.desk.case import open_case
from detente.desk.draws import SEED
from detente.situation.nouns import World


@click.command(name="story")
@click.argument("case", metavar="CASE", type=given_path)
@click.option(
    "--draw",
    type=click.IntRange(0, story.MOST_DRAW),
    default=0,
    show_default=True,
    metavar="N",
    help="Which draw, by its number from 0.",
)
@click.option(
    "--world", type=click.Choice(story.NAMED), default=story.WORLD, show_default=True, help="In which named world."
)
@click.option("--table", metavar="TABLE", help="Whose talks, by the table's id; the first with several otherwise.")
@click.option("--seed", type=click.IntRange(0), default=SEED, show_default=True, metavar="N", help="Seed of the draws.")
@click.option("-o", "--output", type=given_output, metavar="FILE", help="Write it as a page, too: .html, .docx, .pdf.")
@click.option("--json", "as_json", is_flag=True, help="Print the draw as JSON.")
def command(
    case: Path,
    draw: int,
    world: World,
    table: str | None,
    seed: int,
    output: Output | None,
    as_json: bool,
) -> None:
    """Tell one of the many draws behind the outlook of CASE, round by round.

    Who puts forward, refuses, threatens and gives way, and why; what is true in the draw that no text says. It is one
    of many draws, and no forecast.
    """
    if output is not None:
        require_output(output, "page", source=case)
    opened = open_case(case)
    with progress() as say:
        found = story.ask_story(opened, story.Asked(draw=draw, world=world, table=table, seed=seed), progress=say)
        written = None if as_json and output is None else story.write(found, opened.texts)
    put_answer(written, output, partial(story.as_json, found) if as_json else None)
