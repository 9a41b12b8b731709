"""`detente ledger import` and `detente ledger export`."""

import datetime as dt
from pathlib import Path

import click

from detente.cli.ledger.signed import signed_options
from detente.cli.options import given_day, given_path
from detente.desk.ledger import carried, words
from detente.desk.ledger.place import clock, opened, to_write_in


@click.command(name="import")
@click.argument("dossier", type=given_path)
@click.argument("files", metavar="FILE...|FOLDER", type=given_path, nargs=-1, required=True)
@click.option("--from", "case", type=given_path, metavar="CASE", help="Make DOSSIER, a new folder, of this case first.")
@signed_options
def import_(dossier: Path, files: tuple[Path, ...], case: Path | None, by: str | None, as_of: dt.date | None) -> None:
    """Take questions, forecasts and resolutions into the ledger of DOSSIER.

    A FILE is a question file (YAML or JSONL), a table or set of ForecastBench, or a download of Metaculus (CSV or
    JSON); files that belong together are given together. A ledger in a FOLDER goes into an empty one whole, every row
    with the time at which it was first recorded.
    """
    made = to_write_in(dossier, of=case)
    done, remarks = carried.take_in(made, files, by=by, as_of=as_of, now=clock())
    click.echo(words.written(done))
    for remark in remarks:
        click.echo(remark)


@click.command(name="export")
@click.argument("ledger", type=given_path)
@click.option("-o", "--output", type=given_path, required=True, metavar="FILE|FOLDER", help="Where it goes.")
@click.option(
    "--format",
    "form",
    type=click.Choice(carried.FORMS),
    default=carried.FORMS[0],
    show_default=True,
    help="A data package with rows, tables and situations; or a file for another program.",
)
@click.option("--title", metavar="TEXT", help="What the package is called.  [default: the ledger's name]")
@click.option("--licence", default=carried.LICENCE, show_default=True, metavar="SPDX", help="The package's licence.")
@click.option("--by", metavar="NAME", help="Who made the package; for ForecastBench whose forecasts go out.")
@click.option("--due", type=given_day, metavar="DATE", help="For ForecastBench: the day on which forecasts are due.")
@click.option("--questions", type=given_path, metavar="FILE", help="For ForecastBench: the question set.")
def export(
    ledger: Path,
    output: Path,
    form: str,
    title: str | None,
    licence: str,
    by: str | None,
    due: dt.date | None,
    questions: Path | None,
) -> None:
    """Write LEDGER out: as a data package (Frictionless, Croissant), or as Metaculus or ForecastBench write theirs."""
    sent = carried.Sent(by=by, title=title, licence=licence, due=due, questions=questions)
    first, *remarks = carried.write_out(opened(ledger, now=clock()), output, form=form, sent=sent)
    click.echo(f"{output}: {first}")
    for remark in remarks:
        click.echo(remark)
