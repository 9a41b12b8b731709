"""What several commands ask in the same words, and how they show that long work goes on."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console

F = TypeVar("F", bound=Callable[..., object])


def reading_options(function: F) -> F:
    """Add the options of every command that reads articles."""
    limit = click.option(
        "--limit", "limit_mb", type=click.FloatRange(min=0, min_open=True), default=5.0, show_default=True, metavar="MB",
        help="Refuse a document larger than this.",
    )  # fmt: skip
    lexicon = click.option(
        "--lexicon", "lexicons", multiple=True, metavar="FILE", type=click.Path(path_type=Path),
        help="Your own parties and issues, before the bundled ones; may be given several times.",
    )  # fmt: skip
    return limit(lexicon(function))


def megabytes(limit_mb: float) -> int:
    """Return a limit in bytes."""
    return int(limit_mb * 1_000_000)


def standard_input() -> bytes:
    """Return everything on standard input."""
    return sys.stdin.buffer.read()


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show on standard error what is being done, where a person is watching."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("starting") as status:
        yield status.update
