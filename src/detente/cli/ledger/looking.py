"""`detente ledger list`, `due`, `score` and `verify`."""

from functools import partial
from pathlib import Path
from typing import Literal

import click

from detente.cli.answered import Output, given_output, put_answer, require_output
from detente.cli.options import given_path, put_json
from detente.desk.ledger import scored, sealed, words
from detente.desk.ledger.place import clock, opened

FINDINGS = 1


@click.command(name="list")
@click.argument("ledger", type=given_path)
@click.argument("question", metavar="[QUESTION]", required=False)
@click.option("--state", "states", multiple=True, type=click.Choice(words.STATES), help="Only questions that stand so.")
@click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON.")
def list_(ledger: Path, question: str | None, states: tuple[str, ...], as_json: bool) -> None:
    """List the questions of LEDGER and how they stand, or all that was said of one QUESTION."""
    found = opened(ledger, now=clock())
    if as_json:
        put_json(words.as_json(found, question, states))
    else:
        click.echo(words.listed(found, states) if question is None else words.told(found, question))


@click.command(name="due")
@click.argument("ledger", type=given_path)
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def due(ledger: Path, as_json: bool) -> None:
    """List what waits for somebody: questions that closed and nobody resolved, forecasts that lapsed or soon will."""
    found = opened(ledger, now=clock())
    if as_json:
        put_json(words.due_as_json(found))
    else:
        click.echo(words.due(found))


@click.command(name="score")
@click.argument("ledger", type=given_path)
@click.option(
    "--at",
    type=click.Choice(scored.MOMENTS),
    default=scored.MOMENTS[0],
    show_default=True,
    help="Which forecasts count: each author's first, the last that stood, or all while they stood.",
)
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True, help="Seed of the intervals.")
@click.option("-o", "--output", type=given_output, metavar="FILE", help="Write it as a page, too: .html, .docx, .pdf.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def score(
    ledger: Path,
    at: Literal["first", "last", "over-time"],
    seed: int,
    output: Output | None,
    as_json: bool,
) -> None:
    """Say how good the forecasts in LEDGER were, beside crowd, climatology and one half, with clustered intervals.

    What was recorded after its day is scored apart.
    """
    if output is not None:
        require_output(output, "page", source=ledger)
    found = scored.ask_score(opened(ledger, now=clock()), at=at, seed=seed)
    written = None if as_json and output is None else scored.write(found)
    put_answer(written, output, partial(scored.as_json, found) if as_json else None)


@click.command(name="verify")
@click.argument("ledger", type=given_path)
@click.option("--head", metavar="NUMBER:HASH", help="The head that was kept elsewhere; without one no end is missed.")
@click.option("--json", "as_json", is_flag=True, help="Print what is wrong as JSON.")
@click.pass_context
def verify(ctx: click.Context, ledger: Path, head: str | None, as_json: bool) -> None:
    """Say whether LEDGER is still what was written: no row changed, dropped, moved or cut off.

    Exit code 1 where it is not.
    """
    found = sealed.verify(ledger, head=head)
    if as_json:
        put_json(sealed.as_json(found))
    else:
        click.echo(sealed.in_words(found))
    if found.faults:
        ctx.exit(FINDINGS)
