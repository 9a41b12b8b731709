"""`detente positions`."""

import math
from functools import partial
from pathlib import Path

import click

from detente.cli.answered import Output, given_output, put_answer, require_output
from detente.cli.options import drawing_up_to, given_path, progress, workers_option
from detente.desk import positions
from detente.desk.body_file import is_body, open_body
from detente.desk.case import open_case
from detente.errors import UsageError


@click.command(name="positions")
@click.argument("case", metavar="CASE", type=given_path)
@click.option(
    "--body",
    metavar="NAME",
    help="Which body: the id of a party with members, or of a table; every decision body otherwise.",
)
@click.option("--issue", metavar="ISSUE", help="On which issue, by its id; on all otherwise.")
@click.option(
    "--model",
    type=click.Choice(positions.NAMES),
    default=positions.DEFAULT,
    show_default=True,
    help="Whose forecast is told; the others stand beside it.",
)
@click.option(
    "--scale",
    type=(float, float),
    metavar="LOW HIGH",
    help="The scale of the positions in a plain table of actors.  [default: told from the positions]",
)
@drawing_up_to(positions.MOST_DRAWS)
@workers_option
@click.option("-o", "--output", type=given_output, metavar="FILE", help="Write it as a page, too: .html, .docx, .pdf.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def command(
    case: Path,
    body: str | None,
    issue: str | None,
    model: str,
    scale: tuple[float, float] | None,
    draws: int,
    seed: int,
    workers: int,
    output: Output | None,
    as_json: bool,
) -> None:
    """Say who prevails inside a body of CASE that decides together, issue by issue, and whether the models agree.

    CASE is a dossier or a situation .yaml; or a table of actors (.csv, .xlsx), or a scenario of KTAB (.csv, .xml).
    """
    if output is not None:
        require_output(output, "page", source=case)
    with progress() as say:
        asked = positions.Asked(body, issue, model, positions.drawing(draws, seed, workers))
        if is_body(case):
            if body is not None:
                raise UsageError(f"'{case}' holds one body: --body has nothing to choose from. Leave it out.")
            opened = open_body(case, scale=_finite(scale))
            found = positions.ask_file(opened, asked, progress=say)
            texts: tuple[tuple[str, str], ...] = ()
        elif scale is not None:
            raise UsageError(f"--scale is for a table of actors; the issues of '{case}' have their own. Leave it out.")
        else:
            known = open_case(case)
            found, texts = positions.ask_positions(known.situation, asked, progress=say), known.texts
        written = None if as_json and output is None else positions.write(found, texts)
    put_answer(written, output, partial(positions.as_json, found) if as_json else None)


def _finite(scale: tuple[float, float] | None) -> tuple[float, float] | None:
    if scale is not None and not math.isfinite(scale[1] - scale[0]):
        raise UsageError(f"--scale {scale[0]:g} {scale[1]:g} has no two ends. Give two numbers, such as --scale 0 100.")
    return scale
