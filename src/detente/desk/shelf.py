"""Which dossiers lie in a folder, and which of them is asked for?"""

import datetime as dt
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from detente import dossier
from detente.desk.case import situation_file
from detente.desk.session import Session
from detente.errors import DetenteError, DossierError, UsageError
from detente.situation.nouns import Situation
from detente.situation.values import slug

LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Card:
    """A dossier in short. `state`: it can be changed, only shown until it is made a dossier, or not opened (`why`)."""

    name: str
    title: str
    state: Literal["dossier", "case", "broken"]
    as_of: dt.date | None = None
    counts: tuple[tuple[str, int], ...] = ()
    tables: tuple[str, ...] = ()
    items: int = 0
    unreviewed: int = 0
    changed: str = ""
    by: str = ""
    why: str = ""


class Shelf:
    """A folder of dossiers, or the folder of one; only what was listed can be opened, whatever is asked for."""

    __slots__ = ("_lock", "_sessions", "place")

    def __init__(self, place: Path) -> None:
        """Look at a place.

        Raises UsageError where it is neither a dossier nor a folder of dossiers.
        """
        if not place.is_dir():
            raise UsageError(f"'{place}' is no folder. Give a dossier, or a folder to keep dossiers in.")
        self.place = place.absolute()
        self._lock = threading.Lock()
        self._sessions: dict[str, Session] = {}

    @property
    def is_one(self) -> bool:
        """Whether the place is itself a dossier."""
        return situation_file(self.place) is not None

    def names(self) -> tuple[str, ...]:
        """List the dossiers, by the names of their folders; links that lead elsewhere are passed over."""
        if self.is_one:
            return (self.place.name,)
        folders = sorted(f for f in self.place.iterdir() if f.is_dir() and not f.is_symlink())
        return tuple(f.name for f in folders if not f.name.startswith(".") and situation_file(f) is not None)

    def session(self, name: str | None) -> Session:
        """Return the open dossier with a name; without one, the only one there is.

        Raises UsageError where there is none of that name, or several and none is named.
        """
        known = self.names()
        wanted = known[0] if name is None and len(known) == 1 else name
        if wanted is None or wanted not in known:
            there = ", ".join(known) or "none yet"
            said = "Which dossier?" if wanted is None else "There is no dossier of that name."
            raise UsageError(f"{said} Choose one on the first page: {there}.")
        with self._lock:
            folder = self.place if self.is_one else self.place / wanted
            return self._sessions.setdefault(wanted, Session(folder))

    def cards(self) -> tuple[Card, ...]:
        """Show every dossier in short."""
        return tuple(self._card(name) for name in self.names())

    def begin(self, title: str) -> str:
        """Make an empty dossier and return its name.

        Raises UsageError for a title that cannot be one, DossierError where the folder exists or cannot be made.
        """
        said = " ".join(title.split())
        name = slug(said)
        if self.is_one:
            raise DossierError("This desk holds one dossier. Start it on the folder above to have several.")
        if not name or len(said) > LONGEST_TITLE:
            raise UsageError(f"Give the dispute a title of letters or digits, up to {LONGEST_TITLE} characters.")
        dossier.create(self.place / name, Situation(title=said))
        return name

    def adopt(self, name: str | None) -> None:
        """Make a dossier of a case that is only shown.

        Raises what `session` and `dossier.adopt` do.
        """
        session = self.session(name)
        dossier.adopt(session.folder)
        session.refresh()

    def _card(self, name: str) -> Card:
        session = self.session(name)
        try:
            case = session.now().case
            edits = session.edits()
        except DetenteError as fault:
            return Card(name, name, "broken", why=str(fault))
        situation, review = case.situation, case.review
        counts = (
            ("parties", len(situation.parties)),
            ("issues", len(situation.issues)),
            ("tables", len(situation.tables)),
            ("documents", len(situation.documents)),
            ("quotes", len(situation.evidence)),
        )
        return Card(
            name=name,
            title=situation.title,
            state="dossier" if session.is_dossier else "case",
            as_of=situation.as_of,
            counts=counts,
            tables=tuple(t.name for t in situation.tables),
            items=review.items if review else 0,
            unreviewed=review.unreviewed if review else 0,
            changed=edits[-1].made[:10] if edits else "",
            by=edits[-1].by if edits else "",
        )
