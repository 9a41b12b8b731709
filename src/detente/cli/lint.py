"""`detente lint`."""

from dataclasses import replace
from pathlib import Path

import click

from detente.cli.options import given_path, put_json
from detente.desk import lint


@click.command(name="lint")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=given_path)
@click.option(
    "--scale",
    type=click.Choice(["icd203", "phia", "ipcc"]),
    default="icd203",
    show_default=True,
    help="Whose words for likelihoods the text uses.",
)
@click.option("--no-doubts", is_flag=True, help="Leave out what is a matter of judgement, and list faults alone.")
@click.option("--json", "as_json", is_flag=True, help="Print the remarks as JSON.")
@click.pass_context
def command(ctx: click.Context, files: tuple[Path, ...], scale: lint.ScaleName, no_doubts: bool, as_json: bool) -> None:
    """Say where FILE, a brief as HTML, Markdown or plain text, breaks the rules of estimative language.

    Exit code 1 where there are findings.
    """
    found = tuple(lint.lint_file(file, scale=scale) for file in files)
    if no_doubts:
        found = tuple(replace(r, remarks=tuple(m for m in r.remarks if m.severity == "fault")) for r in found)
    if as_json:
        put_json(lint.as_json(found))
    else:
        click.echo(lint.as_text(found))
    ctx.exit(1 if any(report.remarks for report in found) else 0)
