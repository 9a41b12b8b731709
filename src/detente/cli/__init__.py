"""The command line: one lazy group, so that `detente --help` loads nothing but itself.

Exit codes: 0 done, 1 findings, 2 put wrongly, 3 data that cannot be used; 130 stopped by Ctrl-C, 141 by a closed pipe.
"""

import contextlib
import importlib
import io
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from detente.errors import DetenteError

COMMANDS = {
    "backtest": "Try the models on decisions that were taken, and say how far off they are.",
    "brief": "Write a brief on a case or on articles of your own.",
    "changes": "Say what changed in a dossier since a day, with the sentences.",
    "check": "Say what is wrong with a situation file.",
    "deals": "Say what deals exist at a table, who blocks them, and what would open one.",
    "export": "Write a case for another program: GENIUS, GeniusWeb, CSV, a workbook, JSON, YAML.",
    "import": "Make a case of GENIUS or GeniusWeb files, or of a table of scores.",
    "ledger": "Say it before, seal it, score it after: questions, forecasts and how they came out.",
    "levers": "Say what moves an answer: which inputs, from where on, and what to find out first.",
    "lint": "Say where a brief breaks the rules of estimative language.",
    "nodeal": "Say what happens without a deal: what holds, why, and how it gets there.",
    "outlook": "Say where a case is heading: the model's courses, and what became of cases like it.",
    "play": "Take a party's seat in one draw, and decide move by move in place of the model.",
    "positions": "Say who prevails inside a body that decides together, and whether the models agree.",
    "read": "Say what an article says: who demands, refuses, offers, threatens what.",
    "restore": "Bring back a situation that a dossier keeps.",
    "review": "Accept, edit or reject what was read into a dossier, item by item.",
    "runs": "Do long work in the background: begin it, see how far it is, end it, go on with it.",
    "schema": "Print the JSON Schema of a situation file, for editors.",
    "serve": "Open a dossier, or a folder of them, as pages in the browser.",
    "story": "Tell one of the many draws behind the outlook, round by round.",
    "whatif": "Say what would be different if some inputs, or the agenda, were others.",
}
# Where a command cannot be called like its module, or lives beside the command line.
MODULES = {"import": "detente.cli.imported", "serve": "detente.web.serve"}
NOT_WRITTEN = 3
FULL = "Make room, or send it elsewhere."
STOPPED = 130
PIPE_CLOSED = 141


class LazyGroup(click.Group):
    """Commands are imported by name when they are run, and only then."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands there are."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(MODULES.get(cmd_name, f"detente.cli.{cmd_name}")).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run; a character that the terminal cannot show is written by its number rather than ending the run."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().main(args, *rest, **extra)
        except OSError as fault:
            # What has a name is a file of somebody's, and its fault a fault of ours: it was not foreseen.
            if fault.filename is not None:
                raise
            click.echo(f"detente: What was found cannot be written out: {fault.strerror}. {FULL}", err=True)
            _drop_output()
            sys.exit(NOT_WRITTEN)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, and end with one clear message and the right exit code where something is wrong."""
        try:
            return super().invoke(ctx)
        except DetenteError as fault:
            click.echo(f"detente: {fault}", err=True)
            ctx.exit(fault.exit_code)
        except KeyboardInterrupt:
            click.echo(("\n" if sys.stderr.isatty() else "") + "detente: stopped.", err=True)
            ctx.exit(STOPPED)
        except BrokenPipeError:
            _drop_output()
            ctx.exit(PIPE_CLOSED)


def _drop_output() -> None:
    """Send what is still waiting to be written nowhere, so that Python does not complain at its end."""
    with contextlib.suppress(io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="detente")
def main() -> None:
    """Turn reporting on a dispute into a model of the negotiation that you can question."""
