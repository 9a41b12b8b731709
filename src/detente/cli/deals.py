"""`detente deals`."""

from functools import partial
from pathlib import Path

import click

from detente.cli.answered import Output, given_output, put_answer, require_output
from detente.cli.options import drawing_options, given_path, progress
from detente.desk import deals
from detente.desk.case import open_case


@click.command(name="deals")
@click.argument("case", metavar="CASE", type=given_path)
@click.option("--table", metavar="TABLE", help="Which table, by its id; the first with several parties otherwise.")
@click.option(
    "--agenda",
    multiple=True,
    metavar="ISSUE=MODE",
    help="How an issue stands, such as missiles=option or proxies=precondition:israel; may be given several times.",
)
@click.option(
    "--no-deal",
    type=click.Choice(["auto", "status-quo", "entered", "computed"]),
    default="auto",
    show_default=True,
    help="What parties have without a deal at this table; auto at the tables linked to it.",
)
@drawing_options
@click.option("-o", "--output", type=given_output, metavar="FILE", help="Write it as a page, too: .html, .docx, .pdf.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def command(
    case: Path,
    table: str | None,
    agenda: tuple[str, ...],
    no_deal: str,
    draws: int,
    seed: int,
    output: Output | None,
    as_json: bool,
) -> None:
    """Say what deals exist at a table of CASE, on which agenda, who blocks them, and what would open one.

    CASE is a dossier or a situation .yaml. Every agenda is compared; --agenda chooses the one that is told in full.
    """
    if output is not None:
        require_output(output, "page", source=case)
    with progress() as say:
        opened = open_case(case)
        told = deals.ask_deals(opened, table=table, agenda=agenda, no_deal=no_deal, draws=(draws, seed), progress=say)
        written = None if as_json and output is None else deals.write(told)
    put_answer(written, output, partial(deals.as_json, told) if as_json else None)
