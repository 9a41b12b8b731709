"""`detente restore`."""

from pathlib import Path

import click

from detente.cli.options import given_path
from detente.desk import over_time, restored


@click.command(name="restore")
@click.argument("dossier", type=given_path)
@click.argument("hash_", metavar="[HASH]", required=False)
def command(dossier: Path, hash_: str | None) -> None:
    """Bring back the situation of DOSSIER with the fingerprint HASH; without one, list what is kept.

    The situation that it replaces is kept, so that this can be undone, too.
    """
    if hash_ is None:
        click.echo(restored.listed(dossier))
        return
    found, replaced = restored.restored(dossier, hash_)
    for line in over_time.told(found) or ["Nothing differs."]:
        click.echo(line)
    click.echo(over_time.going_back(dossier.name, replaced))
