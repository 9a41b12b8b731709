"""Make a dossier of a case: its situation, and untouched copies of the documents beside it."""

import os
import tempfile
from pathlib import Path

from detente import dossier
from detente.desk.case import case_file, open_case
from detente.dossier import Dossier
from detente.errors import DossierError
from detente.read.documents.document import shown
from detente.situation.store import settle


def begun(folder: Path, case: Path) -> Dossier:
    """Make a new dossier in a folder of what a case holds; it appears whole or not at all.

    Raises what opening the case raises, and DossierError where the folder holds something or cannot be made.
    """
    found, beside = open_case(case), case_file(case).parent / dossier.DOCUMENTS
    target = folder.absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise DossierError(f"'{shown(str(folder))}' exists already. Name a new folder for the dossier.")
    documents = sorted(f for f in beside.iterdir() if f.is_file()) if os.path.isdir(beside) else []
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".detente-") as place:
            made = dossier.create(Path(place) / "dossier", found.situation)
            for document in documents:
                made.add_document(document.read_bytes(), name=document.name)
            made.folder.replace(target)
            settle(target.parent)
    except OSError as error:
        raise DossierError(
            f"'{shown(str(folder))}' cannot be made: {error.strerror}. "
            "Name a new folder, and check the rights and the space on the disk."
        ) from error
    return dossier.open(target)
