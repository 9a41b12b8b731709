"""`detente ledger`: one group, each verb in a module with its kin."""

import click

from detente.cli.ledger.asking import add
from detente.cli.ledger.looking import due, list_, score, verify
from detente.cli.ledger.moving import export, import_
from detente.cli.ledger.saying import changed, forecast, reaffirm, resolve, withdraw


@click.group(name="ledger")
def command() -> None:
    """Say it before, seal it, score it after: questions about the future, forecasts and how they came out.

    The ledger lies in a dossier and only ever grows: every row is sealed by the one before it. LEDGER is a dossier, or
    a ledger in files, which can be looked at and not written in.
    """


for verb in (add, changed, due, export, forecast, import_, list_, reaffirm, resolve, score, verify, withdraw):
    command.add_command(verb)
