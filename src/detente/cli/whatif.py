"""`detente whatif`."""

import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import click

from detente.cli.answered import Output, given_output, put_answer, require_output
from detente.cli.options import drawing_up_to, given_path, progress
from detente.desk import whatif
from detente.desk.asking import ABOUT, NO_DEAL, About
from detente.desk.case import open_case


@click.command(name="whatif")
@click.argument("case", metavar="CASE", type=given_path)
@click.argument("edits", metavar="PATH=VALUE...", nargs=-1)
@click.option(
    "--about", type=click.Choice(ABOUT), default="deals", show_default=True, help="What is asked before and after."
)
@click.option("--table", metavar="TABLE", help="Which table, by its id; the first with several parties otherwise.")
@click.option(
    "--agenda",
    multiple=True,
    metavar="ISSUE=MODE",
    help="How an issue stands before and after, such as missiles=option; may be given several times.",
)
@click.option(
    "--no-deal", type=click.Choice(NO_DEAL), default="auto", show_default=True, help="What parties have without a deal."
)
@drawing_up_to(whatif.MOST_DRAWS, default=whatif.DRAWS)
@click.option("-o", "--output", type=given_output, metavar="FILE", help="Write it as a page, too: .html, .docx, .pdf.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def command(
    case: Path,
    edits: tuple[str, ...],
    about: About,
    table: str | None,
    agenda: tuple[str, ...],
    no_deal: str,
    draws: int,
    seed: int,
    output: Output | None,
    as_json: bool,
) -> None:
    """Say what would be different about CASE if some inputs were others, in the same draws.

    CASE is a dossier or a situation .yaml. PATH=VALUE sets an input to a number, to LOW..HIGH or to LOW,BEST,HIGH;
    agenda.ISSUE=MODE sets how an issue stands, outlook.NAME=VALUE what the courses assume.
    """
    if output is not None:
        require_output(output, "page", source=case)
    asked = whatif.WhatIfAsked(edits, about, table, agenda, no_deal, draws, seed)
    with progress() as say:
        *_, found = _told(whatif.ask_whatif(open_case(case), asked, progress=say))
        written = None if as_json and output is None else whatif.write(found)
    put_answer(written, output, partial(whatif.as_json, found) if as_json else None)


def _told(answers: Iterable[whatif.Tried]) -> Iterator[whatif.Tried]:
    """Hand the answers on; where a person is watching, what the leading draws say is said at once."""
    for found in answers:
        if len(found.answers) == 1 and sys.stderr.isatty():
            click.echo(whatif.quick(found), err=True)
        yield found
