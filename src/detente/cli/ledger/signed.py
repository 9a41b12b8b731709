"""Who says it, and as of which day: what every verb that writes into a ledger asks in the same words."""

import functools
from collections.abc import Callable
from typing import TypeVar

import click

from detente.cli.options import given_day

F = TypeVar("F", bound=Callable[..., object])


def signed_options(function: F) -> F:
    """Add --by and --as-of."""
    by = click.option("--by", metavar="NAME", help="Who says so.  [default: the name you are logged in under]")
    as_of = click.option(
        "--as-of", type=given_day, metavar="DATE", help="The day whose knowledge it rests on.  [default: today]"
    )
    return functools.reduce(lambda made, option: option(made), (as_of, by), function)
