"""What several commands ask in the same words, and how they show that long work goes on."""

import datetime as dt
import functools
import math
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar, cast

import click
from rich.console import Console

from detente.desk.model import asking
from detente.errors import DocumentError, UsageError

F = TypeVar("F", bound=Callable[..., object])
MOST_DRAWS = 100_000


def given_path(given: str) -> Path:
    """Return the path that an argument or an option names: an empty one would be taken for the folder one is in.

    Raises UsageError where it is empty.

    >>> given_path("deals.html").name
    'deals.html'
    """
    if not given:
        raise UsageError("The name that was given is empty. Name a file or a folder.")
    return Path(given)


def given_day(given: str) -> dt.date:
    """Return the day that an option names.

    Raises UsageError where it names none.

    >>> given_day("2026-02-08")
    datetime.date(2026, 2, 8)
    """
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise UsageError(
            f"'{given}' is not a day. Give one as YYYY-MM-DD, such as 2026-02-08; days are days in UTC."
        ) from None


def drawing_up_to(most: int, *, default: int = 512) -> Callable[[F], F]:
    """Return what adds the options of a command that draws from the ranges, up to so many times."""

    def drawing(function: F) -> F:
        draws = click.option(
            "--draws",
            type=_whole("--draws", 1, most, such_as=default),
            default=default,
            show_default=True,
            metavar="N",
            help=f"Draws for the shares of draws, up to {most:,}.",
        )
        seed = click.option(
            "--seed",
            type=_whole("--seed", 0, None, such_as=1),
            default=20260208,
            show_default=True,
            metavar="N",
            help="Seed of the draws.",
        )
        return draws(seed(function))

    return drawing


def drawing_options(function: F) -> F:
    """Add the options of a command that holds all its draws at once."""
    return drawing_up_to(MOST_DRAWS)(function)


def workers_option(function: F) -> F:
    """Add the option of a command whose draws may be made by several processes."""
    return click.option(
        "--workers",
        type=_whole("--workers", 1, 64, such_as=2),
        default=1,
        show_default=True,
        metavar="N",
        help="Processes that share the draws; the answer is the same for any number.",
    )(function)


def _whole(name: str, low: int, high: int | None, *, such_as: int) -> Callable[[str | int], int]:
    """Make what reads a whole number, and says which ones there are where it is none of them."""

    def whole(given: str | int) -> int:
        ends = f"of at least {low:,}" if high is None else f"from {low:,} to {high:,}"
        try:
            number = int(given)
        except ValueError:
            number = low - 1
        if number < low or (high is not None and number > high):
            raise UsageError(
                f"{name} {given} is not a whole number {ends}. Write it in digits, such as {name} {such_as}."
            )
        return number

    return whole


def reading_options(function: F) -> F:
    """Add the options of every command that reads articles."""
    limit = click.option(
        "--limit",
        "limit_mb",
        type=click.FloatRange(min=0, min_open=True),
        default=5.0,
        show_default=True,
        metavar="MB",
        help="Refuse a document larger than this.",
    )
    lexicon = click.option(
        "--lexicon",
        "lexicons",
        multiple=True,
        metavar="FILE",
        type=given_path,
        help="Your own parties and issues, before the bundled ones; may be given several times.",
    )
    return limit(lexicon(function))


def model_options(function: F) -> F:
    """Add the options of every command that may read with a language model, and hand them on as one, `model`."""

    @functools.wraps(function)
    def collected(
        *given: object,
        model_name: str | None,
        endpoint: str | None,
        model_price: str | None,
        model_cache: Path | None,
        model_timeout: float,
        **others: object,
    ) -> object:
        model = asking(
            model_name, endpoint, price=model_price, cache=model_cache, timeout=model_timeout,
            tell=functools.partial(click.echo, err=True),
        )  # fmt: skip
        return function(*given, model=model, **others)

    added = (
        click.option("--model", "model_name", metavar="NAME", help="Ask this language model, too; needs --endpoint."),
        click.option("--endpoint", metavar="URL", help="Where it is asked: any OpenAI-compatible address."),
        click.option("--model-price", metavar="SENT/ANSWERED", help="What a million tokens cost, such as 0.5/2."),
        click.option("--model-cache", type=given_path, metavar="FOLDER", help="Where its answers are kept."),
        click.option(
            "--model-timeout", type=float, default=120.0, show_default=True, metavar="SECONDS",
            help="How long one answer may take.",
        ),
    )  # fmt: skip
    return cast("F", functools.reduce(lambda made, add: add(made), reversed(added), collected))


def megabytes(limit_mb: float) -> int:
    """Return a limit in bytes.

    Raises UsageError where the limit is no number of bytes.

    >>> megabytes(0.5)
    500000
    """
    if not math.isfinite(limit_mb):
        raise UsageError(f"--limit {limit_mb} is no size. Give a number of megabytes, such as 10.")
    return max(1, int(limit_mb * 1_000_000))


def named(source: str, *, limit_bytes: int) -> Path | bytes:
    """Return the path that a command was given, or what is on standard input where it was given `-`.

    Raises UsageError for an empty name or where nothing is piped in, DocumentError where more than the limit is.
    """
    if not source:
        raise UsageError("The name that was given is empty. Name a file or a folder, or give - for standard input.")
    return _standard_input(limit_bytes) if source == "-" else Path(source)


def _standard_input(limit_bytes: int) -> bytes:
    """Read no more than is needed to see that it is too much: a pipe may have no end."""
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("Nothing is piped to standard input. Name a file or a folder, or pipe a text in.")
    content = sys.stdin.buffer.read(limit_bytes + 1)
    if len(content) > limit_bytes:
        raise DocumentError(
            f"Standard input holds more than the limit of {limit_bytes / 1e6:g} MB. "
            "Raise it with --limit, or split the text."
        )
    return content


def put_json(text: str) -> None:
    """Print JSON as UTF-8, whatever the terminal or the pipe is set to, so that no program has to guess."""
    click.echo(text.encode("utf-8", "backslashreplace"))


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show on standard error what is being done, where a person is watching."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("starting") as status:
        yield status.update
