"""`detente backtest`."""

from pathlib import Path

import click

from detente.cli.options import given_path, progress, put_json, workers_option
from detente.cli.places import require_writable, writing
from detente.desk import backtest


@click.command(name="backtest")
@click.argument("data", metavar="deu", type=click.Choice(["deu"]))
@click.argument("place", metavar="PATH", type=given_path)
@click.option("--models", metavar="NAME,...", help="Which models, by name and with commas between; all otherwise.")
@click.option(
    "--per-issue", type=given_path, metavar="FILE", help="Write what each model says of each issue, too, as CSV."
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**63 - 1),
    default=backtest.SEED,
    show_default=True,
    metavar="N",
    help="Seed of the folds and of the draws of dossiers.",
)
@workers_option
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def command(
    data: str, place: Path, models: str | None, per_issue: Path | None, seed: int, workers: int, as_json: bool
) -> None:
    """Try the models on decisions that were taken: deu, those of the European Union (DEU III) in PATH.

    PATH is the folder of the data set, or the one that holds it as deu3, or its table alone.
    """
    if per_issue is not None:
        require_writable(per_issue, "table", source=place)
        backtest.require_no_data(per_issue)
    names = None if models is None else [name.strip() for name in models.split(",") if name.strip()]
    with progress() as say:
        tried = backtest.ask_backtest(place, models=names, seed=seed, workers=workers, progress=say)
    if per_issue is not None:
        with writing(per_issue):
            backtest.save_csv(tried, per_issue)
    if as_json:
        put_json(backtest.as_json(tried))
        return
    click.echo(backtest.in_words(tried), nl=False)
    if per_issue is not None:
        click.echo(f"Table: {per_issue}")
