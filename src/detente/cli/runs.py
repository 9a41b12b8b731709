"""`detente runs`."""

import time
from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from detente.cli.options import given_path, progress, put_json
from detente.desk import runs
from detente.errors import UsageError

LOOK = 0.2  # seconds between two looks at a run that is waited for


@click.command(name="runs")
@click.argument("dossier", metavar="DOSSIER", type=given_path)
@click.option("--start", "kind", type=click.Choice(runs.KINDS), help="Begin a run of this kind.")
@click.option("--set", "rows", multiple=True, metavar="NAME=VALUE", help="A setting of --start, such as draws=1000000.")
@click.option("--cancel", "cancelled", metavar="RUN", help="End a run at once; what is finished stays.")
@click.option("--resume", "resumed", metavar="RUN", help="Go on with a run that failed, was cancelled or broke off.")
@click.option("--show", "shown", metavar="RUN", help="Say how one run stands.")
@click.option("--wait", is_flag=True, help="Wait for the run to be over.")
@click.option("--json", "as_json", is_flag=True, help="Print how runs stand as JSON.")
def command(
    dossier: Path,
    kind: runs.Kind | None,
    rows: tuple[str, ...],
    cancelled: str | None,
    resumed: str | None,
    shown: str | None,
    wait: bool,
    as_json: bool,
) -> None:
    """List the long work that is done in the background of DOSSIER; begin, end, or go on with some.

    A run goes on when this command is over, and its page and data stay in the folder runs of the dossier.
    """
    asked = [one for one in (kind, cancelled, resumed, shown) if one is not None]
    if len(asked) > 1 or (wait and not asked) or (rows and kind is None):
        raise UsageError(
            "Give one of --start, --cancel, --resume and --show; --set belongs to --start, and --wait to one run."
        )
    found = _done(dossier, kind, rows, (cancelled, resumed, shown))
    if found is None:
        _list(runs.runs(dossier), as_json)
        return
    if wait:
        with progress() as say:
            found = _waited(dossier, found, say)
    if as_json:
        put_json(runs.as_json(found))
    else:
        _tell(dossier, found)


def _done(
    dossier: Path, kind: runs.Kind | None, rows: tuple[str, ...], ids: tuple[str | None, str | None, str | None]
) -> runs.Run | None:
    if kind is not None:
        return runs.start(dossier, kind, runs.settings_from(rows))
    for id, verb in zip(ids, (runs.cancel, runs.resume, runs.run), strict=True):
        if id is not None:
            return verb(dossier, id)
    return None


def _waited(dossier: Path, found: runs.Run, say: Callable[[str], None]) -> runs.Run:
    while not found.is_over:
        say(f"run {found.id} {found.state}: {found.doing or 'others go first'}")
        time.sleep(LOOK)
        found = runs.run(dossier, found.id)
    return found


def _list(found: tuple[runs.Run, ...], as_json: bool) -> None:
    if as_json:
        put_json(runs.as_json(found))
        return
    if not found:
        click.echo("No runs. Begin one with --start outlook, levers or brief.")
        return
    table = Table(box=None, pad_edge=False)
    for head in ("run", "kind", "state", "parts", "draws", "begun"):
        table.add_column(head)
    for one in found:
        table.add_row(one.id, one.kind, one.state, _parts(one), f"{one.settings.draws:,}", one.begun)
    Console().print(table)


def _tell(dossier: Path, found: runs.Run) -> None:
    click.echo(f"Run {found.id}: {found.kind}, {found.state}, {_parts(found)} parts, {found.settings.draws:,} draws")
    if found.message:
        click.echo(found.message)
    for name in found.results:
        click.echo(f"{'Page' if name.endswith('.html') else 'Data'}: {dossier / 'runs' / found.id / name}")


def _parts(found: runs.Run) -> str:
    return f"{found.done} of {found.of}" if found.of is not None else str(found.done)
