"""`detente ledger forecast`, `reaffirm`, `withdraw`, `resolve` and `changed`."""

import datetime as dt
from pathlib import Path

import click

from detente.cli.ledger.signed import signed_options
from detente.cli.options import given_day, given_path, put_json
from detente.desk.ledger import compared, saying, words
from detente.desk.ledger.place import clock
from detente.errors import UsageError


@click.command(name="forecast")
@click.argument("dossier", type=given_path)
@click.argument("question", metavar="[QUESTION]", required=False)
@click.option("--all", "every", is_flag=True, help="Record what reference classes say of every open question.")
@click.option(
    "--probability",
    "probabilities",
    multiple=True,
    metavar="P",
    help="Of yes, from 0 to 1; of several choices one for each, in their order.",
)
@click.option("--quantile", "quantiles", multiple=True, metavar="SHARE=VALUE", help="Of a number, such as 0.5=30.")
@click.option("--lapses", type=given_day, metavar="DATE", help="Its last day.  [default: 30 days on, or the close]")
@click.option(
    "--compare",
    "comparisons",
    multiple=True,
    metavar="NAME=P@DATE",
    help="What somebody else said, such as crowd=0.3@2026-02-07; may be given several times.",
)
@click.option("--note", metavar="TEXT", help="Why.")
@signed_options
def forecast(
    dossier: Path,
    question: str | None,
    every: bool,
    probabilities: tuple[str, ...],
    quantiles: tuple[str, ...],
    lapses: dt.date | None,
    comparisons: tuple[str, ...],
    note: str | None,
    by: str | None,
    as_of: dt.date | None,
) -> None:
    """Say how likely QUESTION is, in the ledger of DOSSIER; without a number, what a reference class says of it.

    The situation of the dossier is kept with it, and must know nothing that was published or reported later than
    the day it is made as of.
    """
    if every == (question is not None):
        raise UsageError("Name one question, or say --all.")
    if every and (probabilities or quantiles or comparisons):
        raise UsageError("--all records what reference classes say. Give numbers of your own question by question.")
    said = saying.Given(probabilities, quantiles, comparisons, lapses, note)
    click.echo(words.written(saying.forecast(dossier, question, said, by=by, as_of=as_of, now=clock())))


@click.command(name="reaffirm")
@click.argument("dossier", type=given_path)
@click.argument("question")
@click.option("--lapses", type=given_day, metavar="DATE", help="Its new last day.  [default: 30 days on, or the close]")
@click.option("--note", metavar="TEXT", help="Why.")
@signed_options
def reaffirm(
    dossier: Path, question: str, lapses: dt.date | None, note: str | None, by: str | None, as_of: dt.date | None
) -> None:
    """Let your forecast of QUESTION stand on, in the ledger of DOSSIER."""
    click.echo(
        words.written(
            saying.reaffirm(dossier, question, saying.Given(lapses=lapses, note=note), by=by, as_of=as_of, now=clock())
        )
    )


@click.command(name="withdraw")
@click.argument("dossier", type=given_path)
@click.argument("question")
@click.option("--note", metavar="TEXT", help="Why.")
@signed_options
def withdraw(dossier: Path, question: str, note: str | None, by: str | None, as_of: dt.date | None) -> None:
    """Withdraw your forecast of QUESTION in the ledger of DOSSIER; it is scored for the time it stood."""
    click.echo(words.written(saying.withdraw(dossier, question, note, by=by, as_of=as_of, now=clock())))


@click.command(name="resolve")
@click.argument("dossier", type=given_path)
@click.argument("question")
@click.argument("outcome")
@click.option("--on", type=given_day, metavar="DATE", help="The day that settled it.  [default: today]")
@click.option("--source", "sources", multiple=True, metavar="NAME", help="What says so; may be given several times.")
@click.option("--document", "documents", multiple=True, metavar="ID", help="A document of the dossier that says so.")
@click.option("--note", metavar="TEXT", help="Why.")
@click.option("--by", metavar="NAME", help="Who says so.  [default: the name you are logged in under]")
def resolve(
    dossier: Path,
    question: str,
    outcome: str,
    on: dt.date | None,
    sources: tuple[str, ...],
    documents: tuple[str, ...],
    note: str | None,
    by: str | None,
) -> None:
    """Say how QUESTION came out, in the ledger of DOSSIER: yes, no, a choice, a number, ambiguous or annulled.

    Said again, it supersedes what was said before, which stays. Questions that were to be asked only if this one came
    out otherwise are void from then on.
    """
    said = saying.Outcome(outcome, on, sources, documents, note)
    click.echo(words.written(saying.resolve(dossier, question, said, by=by, now=clock())))


@click.command(name="changed")
@click.argument("dossier", type=given_path)
@click.argument("question")
@click.option("--rows", metavar="FROM,TO", help="Which two forecasts, by their rows.  [default: the last two]")
@click.option("--json", "as_json", is_flag=True, help="Print the split as JSON.")
def changed(dossier: Path, question: str, rows: str | None, as_json: bool) -> None:
    """Say why two forecasts of QUESTION differ: new documents, edits, another version, or time that passed."""
    found = compared.changed(dossier, question, rows, now=clock())
    if as_json:
        put_json(compared.as_json(found))
    else:
        click.echo(compared.in_words(found))
