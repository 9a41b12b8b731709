"""Is a file a conflict that can be asked as it is, and what does it hold?

A conflict comes as a model that GMCR+ saved (`.gmcr`, or its JSON), as a plain table of options (`.csv`, `.tsv`,
`.xlsx`), or as YAML with the board `conflict`, as the published ones are.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from detente.boards.conflict import Conflict
from detente.desk.case import YAML
from detente.desk.foreign import loaded
from detente.errors import BoardError, FormatError, UsageError
from detente.formats import Source, gmcr, option_table, published
from detente.formats.conflict_model import Model
from detente.formats.score_table import MAX_BYTES, shown
from detente.situation.store.tree import MAX_BYTES as MOST_YAML
from detente.situation.values import slug

GMCR = (".gmcr", ".json")
TABLES = (".csv", ".tsv", ".xlsx", ".xlsm")
MOST_STATES = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedConflict:
    """A conflict as a file holds it: what it is called, where it comes from, and which state stands today.

    `today` counts from 0; None where the file does not say. `remarks` say what the file holds that is not used.
    """

    file: str
    title: str
    source: str | None
    conflict: Conflict
    today: int | None
    remarks: tuple[str, ...]
    sha256: str

    @property
    def slug(self) -> str:
        """Its file's name without the ending, as an id."""
        return slug(Path(self.file).stem) or "conflict"


def is_conflict(path: Path) -> bool:
    """Whether a path names a conflict that can be asked directly, and not a situation, a dossier or an article."""
    ending = path.suffix.lower()
    if ending in GMCR or ending in TABLES:
        return not os.path.isdir(path)
    if ending not in YAML or not os.path.isfile(path) or not os.access(path, os.R_OK):
        return False
    with path.open("rb") as stream:
        content = stream.read(MOST_YAML + 1)
    return len(content) <= MOST_YAML and published.is_conflict(content)


def open_conflict(path: Path) -> OpenedConflict:
    """Open a conflict file.

    Raises UsageError for a file of another kind, FormatError or SituationError for one that is damaged, too large or
    says what cannot be, BoardError where what it says is no conflict.
    """
    if not is_conflict(path):
        raise UsageError(
            f"'{shown(str(path), 200)}' is no conflict. Give a model of GMCR+ (.gmcr), a table of options (.csv, "
            ".xlsx), or a YAML file with 'board: conflict'."
        )
    source = loaded(path)
    if len(source.content) > MAX_BYTES:
        raise FormatError(
            f"'{shown(source.name)}' is larger than {MAX_BYTES // 1_000_000} MB, which no conflict needs. Give "
            "the model alone."
        )
    try:
        model = _model(source, path)
        _within(model.conflict)
    except BoardError as fault:
        raise BoardError(f"{shown(source.name)}: {fault}") from None
    return OpenedConflict(
        file=source.name,
        title=model.title or source.stem,
        source=model.source,
        conflict=model.conflict,
        today=model.today,
        remarks=model.remarks,
        sha256=hashlib.sha256(source.content).hexdigest(),
    )


def _model(source: Source, path: Path) -> Model:
    ending = path.suffix.lower()
    if ending in GMCR:
        return gmcr.read(source)
    if ending in TABLES:
        return option_table.read(source)
    title = f"{published.called(slug(path.stem))} ({path.parent.resolve().name})"
    return published.read_conflict(source.content, name=source.name, title=title)


def _within(board: Conflict) -> None:
    if board.count > MOST_STATES:
        raise BoardError(
            f"The conflict has {board.count:,} feasible states, and at most {MOST_STATES:,} are asked about. Leave out "
            "options that decide little, or say which of them exclude each other."
        )
