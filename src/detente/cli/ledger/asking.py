"""`detente ledger add`."""

import datetime as dt
from pathlib import Path

import click

from detente.cli.ledger.signed import signed_options
from detente.cli.options import given_day, given_path
from detente.desk.ledger import asking, words
from detente.desk.ledger.place import clock, to_write_in
from detente.errors import UsageError


@click.command(name="add")
@click.argument("dossier", type=given_path)
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Open every question that the situation suggests.")
@click.option("--text", metavar="TEXT", help="Open a question of your own: what is asked.")
@click.option("--closes", type=given_day, metavar="DATE", help="The last day of your question.")
@click.option("--criteria", metavar="TEXT", help="By what anybody can tell how your question came out.")
@click.option("--source", "sources", multiple=True, metavar="NAME", help="What decides it; may be given several times.")
@click.option("--choice", "choices", multiple=True, metavar="TEXT", help="One of several answers; give each of them.")
@click.option("--ordered", is_flag=True, help="The choices stand in ascending order.")
@click.option("--scale", metavar="LOW..HIGH", help="The answer is a number on this scale.")
@click.option("--unit", metavar="NAME", help="What the number counts.")
@click.option("--given", metavar="ID=OUTCOME", help="Ask it only if another question comes out so.")
@click.option("--within", type=click.IntRange(0, 3650), metavar="DAYS", help="It closes so long after that one.")
@click.option("--cluster", metavar="NAME", help="The event it hangs on, with other questions.")
@click.option("--topic", "topics", multiple=True, metavar="NAME", help="What it is about; may be given several times.")
@click.option("--from", "case", type=given_path, metavar="CASE", help="Make DOSSIER, a new folder, of this case first.")
@click.option("--no-forecast", is_flag=True, help="Open questions without what a reference class says of them.")
@signed_options
def add(
    dossier: Path,
    ids: tuple[str, ...],
    every: bool,
    text: str | None,
    closes: dt.date | None,
    criteria: str | None,
    sources: tuple[str, ...],
    choices: tuple[str, ...],
    ordered: bool,
    scale: str | None,
    unit: str | None,
    given: str | None,
    within: int | None,
    cluster: str | None,
    topics: tuple[str, ...],
    case: Path | None,
    no_forecast: bool,
    by: str | None,
    as_of: dt.date | None,
) -> None:
    """Open questions in the ledger of DOSSIER: those that its situation suggests, by their IDs, or one of your own.

    Without an ID, --all or --text it lists what the situation suggests, and opens nothing. What a reference class says
    of a suggested question is recorded with it.
    """
    if bool(ids) + every + (text is not None) > 1:
        raise UsageError("IDs, --all and --text do not go together. Do one after the other.")
    now, made = clock(), to_write_in(dossier, of=case)
    if text is not None:
        own = asking.Own(
            text, closes, criteria or "", sources, choices, ordered, scale, unit, given, within, cluster, topics
        )
        click.echo(words.written(asking.ask_own(made, own, by=by, as_of=as_of, now=now)))
    elif ids or every:
        wanted = None if every else ids
        done = asking.ask_suggested(made, wanted, by=by, as_of=as_of, now=now, forecast=not no_forecast)
        click.echo(words.written(done))
    else:
        click.echo(words.suggestions(dossier, asking.suggestions(made, as_of=as_of, now=now)))
