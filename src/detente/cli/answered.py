"""How does an answer go out: as a page where one is asked for, and as data or in words on standard output?"""

from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console

from detente.cli.options import put_json
from detente.cli.places import writing
from detente.desk import brief


def put_answer(written: brief.Brief | None, output: Path | None, data: Callable[[], str] | None) -> None:
    """Write the page to `output`, where there is one; then print `data` where it is asked for, else the words.

    `written` may be None where neither page nor words are asked for.

    Raises UsageError where the page cannot be written.
    """
    if output is not None and written is not None:
        with writing(output):
            brief.save_html(written, output)
    if data is not None:
        put_json(data())
    elif written is not None:
        console = Console()
        with console.capture() as shown:
            brief.show(written, console)
        click.echo(shown.get(), nl=False)
        if output is not None:
            click.echo(f"Page: {output}")
