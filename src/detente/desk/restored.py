"""Bring back a situation that a dossier keeps."""

from pathlib import Path

from detente import dossier
from detente.desk.differences import Differences, differences
from detente.errors import UsageError
from detente.read.documents.document import shown
from detente.situation.fingerprint import fingerprint

SHOWN = 12
_LEAST = 4


def restored(folder: Path, wanted: str) -> tuple[Differences, str]:
    """Put the situation with a fingerprint, or the beginning of one, back into the file.

    The one that stands there is kept. Returns what differs, and the fingerprint of the one replaced.

    Raises UsageError where no or several kept situations begin so, DossierError where nothing can be written.
    """
    made = dossier.open(folder)
    found = [h for h in made.kept_hashes() if len(wanted) >= _LEAST and h.startswith(wanted.lower())]
    if len(found) != 1:
        what = f"'{shown(wanted)}' begins {'several' if found else 'no'} fingerprints of what '{folder.name}' keeps."
        raise UsageError(f"{what} Give more of it; without one, the command lists them.")
    again = made.kept(found[0])
    before = made.situation()
    return differences(before, again), made.restore(found[0])


def listed(folder: Path) -> str:
    """List what a dossier keeps, oldest first, a line each; the one in the file is marked.

    Raises DossierError where there is no dossier.
    """
    made = dossier.open(folder)
    now = fingerprint(made.situation())
    rows = []
    for known in made.kept_hashes():
        one = made.kept(known)
        size = f"{len(one.documents)} documents, {len(one.stances)} stances, {len(one.threats)} threats"
        rows.append(f"{known[:SHOWN]}  {one.title}: {size}{'  (in the file)' if known == now else ''}")
    return "\n".join(rows)
