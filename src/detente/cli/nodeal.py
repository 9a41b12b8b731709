"""`detente nodeal`."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click
from rich.console import Console

from detente.cli.answered import Output, given_output, require_output, save
from detente.cli.options import drawing_options, given_path, progress, put_json
from detente.cli.places import require_writable, writing
from detente.desk import brief, conflict, no_agreement
from detente.desk.case import open_case
from detente.desk.conflict_file import is_conflict, open_conflict
from detente.errors import UsageError


@click.command(name="nodeal")
@click.argument("case", metavar="CASE", type=given_path)
@click.option("--table", metavar="TABLE", help="Whose talks fail, by the table's id; the first with several otherwise.")
@click.option(
    "--concept",
    metavar="NAME",
    help="When a state holds: nash, gmr, smr, seq, sim, or l1, l2 ...; all of the first five, told by seq, otherwise.",
)
@click.option(
    "--start",
    metavar="STATE",
    help="The state that stands today, for a conflict file: its number, or its pattern such as NYN.",
)
@drawing_options
@click.option(
    "--draft", type=given_path, metavar="FILE", help="Write the drafted case as YAML, to be edited and asked."
)
@click.option("-o", "--output", type=given_output, metavar="FILE", help="Write it as a page, too: .html, .docx, .pdf.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def command(
    case: Path,
    table: str | None,
    concept: str | None,
    start: str | None,
    draws: int,
    seed: int,
    draft: Path | None,
    output: Output | None,
    as_json: bool,
) -> None:
    """Say what happens in CASE without a deal: does today's state hold, who leaves it, what do the threats cover.

    CASE is a dossier or a situation .yaml; or a conflict as a model of GMCR+ (.gmcr), a table of options (.csv,
    .xlsx), or a .yaml of the board 'conflict'.
    """
    _require(draft, output, source=case)
    with progress() as say:
        if is_conflict(case):
            _refuse(case, (("--table", table), ("--draft", draft)), "is for a situation, and this is a conflict")
            told = conflict.ask_conflict(open_conflict(case), concept=concept, start=start)
            data, written = partial(conflict.as_json, told), conflict.write(told)
        else:
            _refuse(
                case, (("--start", start),), "is for a conflict file; in a situation say 'in_force: true' of a move"
            )
            opened, asked = open_case(case), concept or no_agreement.CONCEPT
            found = no_agreement.ask_no_agreement(
                opened.situation, table=table, concept=asked, draws=(draws, seed), progress=say
            )
            data, written = partial(no_agreement.as_json, found), no_agreement.write(found, opened.texts)
            _save(draft, partial(no_agreement.save_draft, found))
    if output is not None:
        save(written, output)
    if as_json:
        put_json(data())
        return
    console = Console()
    with console.capture() as shown:
        brief.show(written, console)
    click.echo(shown.get(), nl=False)
    for target, what in ((draft, "Draft"), (output and output.path, "Page")):
        if target is not None:
            click.echo(f"{what}: {target}")


def _require(draft: Path | None, output: Output | None, *, source: Path) -> None:
    if draft is not None and (os.path.lexists(draft) or (output is not None and draft == output.path)):
        raise UsageError(f"'{draft}' exists already, or is where the page goes. Name a new file for the draft.")
    if output is not None:
        require_output(output, "page", source=source)
    if draft is not None:
        require_writable(draft, "draft", source=source)


def _save(target: Path | None, write: Callable[[Path], None]) -> None:
    if target is not None:
        with writing(target):
            write(target)


def _refuse(case: Path, options: tuple[tuple[str, object], ...], why: str) -> None:
    for option, given in options:
        if given is not None:
            raise UsageError(f"'{case}': {option} {why}. Leave it out.")
