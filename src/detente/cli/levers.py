"""`detente levers`."""

from functools import partial
from pathlib import Path

import click

from detente.cli.answered import Output, given_output, put_answer, require_output
from detente.cli.options import drawing_up_to, given_path, progress
from detente.desk import levers
from detente.desk.asking import NO_DEAL
from detente.desk.case import open_case


@click.command(name="levers")
@click.argument("case", metavar="CASE", type=given_path)
@click.option(
    "--answer",
    metavar="NAME",
    default=levers.ANSWER,
    show_default=True,
    help="What is moved: deal, gain.PARTY, level.ISSUE, holds.WORLD, or agreement, collapse, force or war.WORLD.",
)
@click.option("--table", metavar="TABLE", help="Which table, by its id; the first with several parties otherwise.")
@click.option(
    "--agenda",
    multiple=True,
    metavar="ISSUE=MODE",
    help="How an issue stands, such as missiles=option or proxies=precondition:israel; may be given several times.",
)
@click.option(
    "--no-deal", type=click.Choice(NO_DEAL), default="auto", show_default=True, help="What parties have without a deal."
)
@drawing_up_to(levers.MOST_DRAWS, default=levers.DRAWS)
@click.option("-o", "--output", type=given_output, metavar="FILE", help="Write it as a page, too: .html, .docx, .pdf.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def command(
    case: Path,
    answer: str,
    table: str | None,
    agenda: tuple[str, ...],
    no_deal: str,
    draws: int,
    seed: int,
    output: Output | None,
    as_json: bool,
) -> None:
    """Say what moves an answer about CASE: which inputs, from where on, together with what, and what to find out first.

    CASE is a dossier or a situation .yaml.
    """
    if output is not None:
        require_output(output, "page", source=case)
    asked = levers.LeversAsked(answer, table, agenda, no_deal, draws, seed)
    with progress() as say:
        found = levers.ask_levers(open_case(case), asked, progress=say)
        written = None if as_json and output is None else levers.write(found)
    put_answer(written, output, partial(levers.as_json, found) if as_json else None)
