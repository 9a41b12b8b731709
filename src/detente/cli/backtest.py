"""`detente backtest`."""

import importlib
from pathlib import Path

import click

from detente.cli.options import given_path, progress, put_json, workers_option
from detente.cli.places import require_writable, writing
from detente.desk import backtest, history, past_crises
from detente.errors import UsageError


@click.command(name="backtest")
@click.argument("data", metavar="DATA", type=click.Choice(["deu", "icb", "cases", "questions"]))
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
    help="Seed of the folds and of the draws of dossiers, of blocks of years, or of the model.",
)
@click.option(
    "--placebos",
    type=click.IntRange(0, 100_000),
    default=history.PLACEBOS,
    show_default=True,
    metavar="N",
    help="How many mixed-up codings the one of cases is ranked among.",
)
@click.option("--case", type=given_path, metavar="CASE", help="For questions: a case whose model is tried, too.")
@workers_option
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def command(
    data: str,
    place: Path,
    models: str | None,
    per_issue: Path | None,
    seed: int,
    placebos: int,
    case: Path | None,
    workers: int,
    as_json: bool,
) -> None:
    """Try forecasts on what has happened: deu, icb, cases or questions.

    These are decisions of the European Union (DEU III), crises (ICB v14), negotiations coded by hand, and questions
    that have come out, with what crowds said of them. PATH is the folder of the data set or its table; for deu also
    the folder that holds it as deu3; for cases a folder such as cases/history; for questions a file of ForecastBench
    or of Metaculus, or a question file. --models, --per-issue and --workers are for deu.
    """
    _only("questions", data, {"--case": case})
    _only("deu", data, {"--models": models, "--per-issue": per_issue})
    if data == "icb":
        _crises(place, seed=seed, as_json=as_json)
    elif data == "cases":
        _cases(place, seed=seed, placebos=placebos, as_json=as_json)
    elif data == "questions":
        _questions(place, case, seed=seed, as_json=as_json)
    else:
        _decisions(place, models, per_issue, (seed, workers), as_json=as_json)


def _decisions(
    place: Path, models: str | None, per_issue: Path | None, drawn: tuple[int, int], *, as_json: bool
) -> None:
    if per_issue is not None:
        require_writable(per_issue, "table", source=place)
        backtest.require_no_data(per_issue)
    names = None if models is None else [name.strip() for name in models.split(",") if name.strip()]
    seed, workers = drawn
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


def _only(what: str, data: str, options: dict[str, object]) -> None:
    given = [name for name, value in options.items() if value is not None]
    if given and data != what:
        raise UsageError(f"{' and '.join(given)} is for {what} alone. Leave it out.")


def _crises(place: Path, *, seed: int, as_json: bool) -> None:
    with progress() as say:
        tried = past_crises.ask_past_crises(place, seed=seed, progress=say)
    if as_json:
        put_json(past_crises.as_json(tried))
    else:
        click.echo(past_crises.in_words(tried), nl=False)


def _cases(place: Path, *, seed: int, placebos: int, as_json: bool) -> None:
    with progress() as say:
        tried = history.ask_history(place, seed=seed, placebos=placebos, progress=say)
    if as_json:
        put_json(history.as_json(tried))
    else:
        click.echo(history.in_words(tried), nl=False)


def _questions(place: Path, case: Path | None, *, seed: int, as_json: bool) -> None:
    # By name, as the commands are: it loads the reader, which the other data sets need nothing of.
    asking = importlib.import_module("detente.desk.past_questions")
    with progress() as say:
        tried = asking.ask_past_questions(place, case=case, seed=seed, progress=say)
    if as_json:
        put_json(asking.as_json(tried))
    else:
        click.echo(asking.in_words(tried), nl=False)
