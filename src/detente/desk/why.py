"""Why does an input have the value it has, and who changed it?"""

from dataclasses import dataclass

from detente.brief import why as told
from detente.brief.why import Quoted, Why
from detente.desk.case import Case
from detente.desk.pieces import piece_at, read_piece, written
from detente.desk.session import Conflict, Edit, Edited, Session
from detente.situation.values import Basis

__all__ = ["Changed", "Explained", "Quoted", "Why", "explained", "in_words", "quoted", "why"]

_SHOWN = Basis(kind="assumed", rule="unsigned")


@dataclass(frozen=True, slots=True)
class Explained:
    """What stands behind a value, the changes at its path, oldest first, and the hash that an edit starts from."""

    why: Why
    edits: tuple[Edit, ...]
    hash: str
    editable: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """A change in words: of what, from what to what; in a conflict, what stands (`theirs`) and what was wanted."""

    title: str
    theirs: str
    mine: str

    @property
    def says(self) -> str:
        """One sentence for a change that was made."""
        return f"{self.title}: {self.theirs} became {self.mine}."


def in_words(case: Case, change: Edited | Conflict) -> Changed:
    """Put a change, or one that was not made, into words."""
    old, new = (change.before, change.after) if isinstance(change, Edited) else (change.theirs, change.mine)
    pieces = tuple(read_piece(case.situation, change.path, said, basis=_SHOWN) for said in (old, new))
    title = told.title(case.situation, change.path)
    return Changed(title, *(told.shown(case.situation, change.path, piece) for piece in pieces))


def explained(session: Session, path: str) -> Explained:
    """Tell what stands at a path of a dossier, and who changed it.

    Raises SituationError where nothing stands there.
    """
    now = session.now()
    found = tuple(e for e in session.edits() if e.path == path)
    return Explained(why(now.case, path), found, now.hash, session.is_dossier)


def why(case: Case, path: str) -> Why:
    """Tell what stands at a path of a case.

    Raises SituationError where nothing stands there.
    """
    piece = piece_at(case.situation, path)
    return told.why(case.situation, path, piece, value=written(piece), texts=dict(case.texts))


def quoted(case: Case, id: str) -> Quoted:
    """Show a quote in what stands around it.

    Raises SituationError where the case has no evidence with this id.
    """
    return told.quoted(case.situation, id, dict(case.texts))
