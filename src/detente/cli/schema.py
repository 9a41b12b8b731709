"""`detente schema`."""

import click

from detente.desk import check


@click.command(name="schema")
def command() -> None:
    """Print the JSON Schema of a situation file, for editors that check as you type."""
    click.echo(check.schema_text())
