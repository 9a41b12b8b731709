"""What can the process that reads be asked to do, and what does it answer?"""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from detente.desk.changed import Changes
from detente.desk.differences import Differences
from detente.desk.merged import Conflict

PASTED = "pasted text"


@dataclass(frozen=True, slots=True)
class Upload:
    """Read a document into a dossier.

    name       the name of its file, which says of which kind it is; empty for text that was pasted
    later      whether a document that is newer than the day of the situation moves that day on
    publisher  who published it and when, where somebody says so; what the document states itself counts first
    """

    folder: Path
    content: bytes = field(repr=False)
    name: str = ""
    later: bool = True
    publisher: str | None = None
    published: dt.date | None = None

    @property
    def called(self) -> str:
        """What it is called while it is read."""
        return self.name or PASTED


@dataclass(frozen=True, slots=True)
class ReadHere:
    """Read the documents that lie in a dossier and were not read yet; the situation stays as people put it."""

    folder: Path

    @property
    def called(self) -> str:
        """What it is called while it is done."""
        return "the documents that are here"


@dataclass(frozen=True, slots=True)
class CatchUp:
    """Bring decisions about what was read into the situation."""

    folder: Path

    @property
    def called(self) -> str:
        """What it is called while it is done."""
        return "what was decided"


@dataclass(frozen=True, slots=True)
class Since:
    """Tell what the documents since a day change; `as_of` is the last day that counts."""

    folder: Path
    since: dt.date
    as_of: dt.date | None = None

    @property
    def called(self) -> str:
        """What it is called while it is done."""
        return "what changed"


@dataclass(frozen=True, slots=True)
class TakeIn:
    """Take a file into the ledger of a dossier: questions, or a whole ledger; a process of its own does that."""

    folder: Path
    content: bytes = field(repr=False)
    name: str
    by: str
    as_of: dt.date | None = None

    @property
    def called(self) -> str:
        """What it is called while it is taken in."""
        return self.name


Order = Upload | ReadHere | CatchUp | Since


@dataclass(frozen=True, slots=True)
class Came:
    """What came of an order.

    documents  the ids of documents that are new here
    copies     the names of those whose text is here already; again, of those that were read anew
    closed     the silences that the text now fills; conflicts, what was left as a person put it
    kept       the fingerprint of the situation before; empty where it stays as it is
    changes    what changed since a day, where that was asked for
    """

    documents: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    differences: Differences = field(default_factory=Differences)
    closed: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    kept: str = ""
    changes: Changes | None = None

    @property
    def changed(self) -> bool:
        """Whether the situation is another now."""
        found = self.differences
        return bool(found.added or found.read or found.changed or found.removed)


@dataclass(frozen=True, slots=True)
class Said:
    """How far an order is."""

    words: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an order was not done; `kind` names the error."""

    kind: str
    words: str


Answer = Said | Refused | Came
