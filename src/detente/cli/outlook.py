"""`detente outlook`."""

from functools import partial
from pathlib import Path

import click

from detente.cli.answered import Output, given_output, put_answer, require_output
from detente.cli.options import drawing_up_to, given_path, progress, workers_option
from detente.desk import draw_rows, outlook
from detente.desk.case import open_case
from detente.errors import UsageError


@click.command(name="outlook")
@click.argument("case", metavar="CASE", type=given_path)
@click.option("--table", metavar="TABLE", help="Whose talks, by the table's id; the first with several otherwise.")
@click.option("--agenda", metavar="NAME", help="Hold one agenda in every draw, by the name it is told under.")
@click.option(
    "--no-deal",
    "no_deal",
    type=click.Choice(outlook.NO_DEAL),
    default="computed",
    show_default=True,
    help="What parties have without a deal: computed from their crises, entered, or the status quo.",
)
@click.option(
    "--class",
    "features",
    multiple=True,
    metavar="FEATURE=VALUE",
    help="What kind of case it is, such as mediated=mediated; several times. Values may stand side by side: a,b.",
)
@click.option(
    "--hold",
    "held",
    multiple=True,
    metavar="NAME=RANGE",
    help="Hold an assumption of the rounds to a value or to LOW,BEST,HIGH; several times.",
)
@click.option("--confidence", "level", type=click.Choice(outlook.CONFIDENCE), help="The confidence that you sign.")
@click.option("--by", metavar="NAME", help="Who signs it.")
@drawing_up_to(outlook.MOST_DRAWS, default=outlook.DRAWS)
@workers_option
@click.option(
    "--executor",
    metavar="WHO",
    default="processes",
    show_default=True,
    help="Who works where there are several workers: threads, processes, or a cluster, dask://HOST:PORT.",
)
@click.option(
    "--sampler",
    type=click.Choice(outlook.SAMPLERS),
    default="independent",
    show_default=True,
    help="How random numbers are made: each on its own, or every input spread evenly.",
)
@click.option(
    "--shape",
    type=click.Choice(outlook.SHAPES),
    default="triangular",
    show_default=True,
    help="What an input known as low, best, high follows.",
)
@click.option(
    "--together",
    multiple=True,
    metavar="PATH,PATH=RANK",
    help="Two inputs that move together, with their rank correlation; several times.",
)
@click.option("--keep", type=given_path, metavar="FOLDER", help="Keep finished parts there, and go on from them.")
@click.option("--rows", is_flag=True, help="Write every draw there, too, as Parquet; needs --keep.")
@click.option("-o", "--output", type=given_output, metavar="FILE", help="Write it as a page, too: .html, .docx, .pdf.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def command(
    case: Path,
    table: str | None,
    agenda: str | None,
    no_deal: str,
    features: tuple[str, ...],
    held: tuple[str, ...],
    level: str | None,
    by: str | None,
    draws: int,
    seed: int,
    workers: int,
    executor: str,
    sampler: str,
    shape: str,
    together: tuple[str, ...],
    keep: Path | None,
    rows: bool,
    output: Output | None,
    as_json: bool,
) -> None:
    """Say where CASE is heading: the model's courses in three named worlds, and what became of cases like it.

    The two are kept apart: only the reference classes give a probability, with its cases and its definition.
    """
    if (level is None) != (by is None or not by.strip()):
        raise UsageError("A confidence is signed by somebody. Give --confidence LEVEL and --by NAME together.")
    if rows and keep is None:
        raise UsageError("--rows writes every draw into the folder of --keep. Name one, such as --keep draws.")
    if output is not None:
        require_output(output, "page", source=case)
    opened = open_case(case)
    asked = outlook.Asked(
        table=table,
        agenda=agenda,
        no_deal=no_deal,
        features=features,
        held=held,
        signed=(level, by.strip()) if level and by else None,
        drawing=outlook.drawing(draws, seed, workers, executor=executor, sampled=(sampler, shape, together)),
        keep=keep,
        rows=draw_rows.into(keep) if rows and keep is not None else None,
    )
    with progress() as say:
        found = outlook.ask_outlook(opened.situation, asked, review=opened.review, progress=say)
        written = None if as_json and output is None else outlook.write(found, opened.texts)
    put_answer(written, output, partial(outlook.as_json, found) if as_json else None)
