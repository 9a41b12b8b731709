"""What does an open desk hold: a dossier, its situation as it stands, answers that were asked already, steps back?

A page names the situation it shows by its fingerprint, and an edit names the one it starts from. Where somebody changed
the same thing meanwhile, the edit is not made, and both values are handed back; where they changed something else, both
stand. What is acknowledged is on the disk: in the database, and in the file.
"""

import datetime as dt
import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from detente import dossier
from detente.desk.case import Case, open_case
from detente.desk.pieces import Piece, piece_at, read_piece, require_sound, with_piece, written
from detente.desk.record import tally_beside
from detente.dossier import Dossier, Edit, NewEdit
from detente.dossier.edits import last_standing
from detente.errors import DossierError, UsageError
from detente.situation.fingerprint import fingerprint
from detente.situation.nouns import Situation
from detente.situation.store import to_yaml
from detente.situation.values import Basis

__all__ = ["Conflict", "Edit", "Edited", "Open", "Session"]

ANSWERS = 64
T = TypeVar("T")
Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Open:
    """A dossier as it stands: the case that is shown, and the fingerprint of what is in the file.

    In `case` what was typed into the file unsigned counts as an entry; `standing` is what the file says.
    """

    case: Case
    standing: Situation
    hash: str
    stamp: Stamp

    @property
    def situation(self) -> Situation:
        """The situation that is shown."""
        return self.case.situation


@dataclass(frozen=True, slots=True)
class Edited:
    """A change that was made and is on the disk: the fingerprint it started from, and the one it made.

    `beside` says that others had changed something else since the page was loaded; that stands, too.
    """

    path: str
    before: str
    after: str
    hash: str
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change that was not made, because somebody changed the same thing meanwhile: both values, and by whom."""

    path: str
    mine: str
    theirs: str
    by: str | None
    hash: str


class Session:
    """One dossier held open; safe to be asked from several threads."""

    __slots__ = ("_answers", "_lock", "_open", "folder")

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.RLock()
        self._open: Open | None = None
        self._answers: OrderedDict[tuple[str, ...], Future[Any]] = OrderedDict()

    @property
    def is_dossier(self) -> bool:
        """Whether it can be changed: a folder with a situation alone is only shown."""
        return (self.folder / dossier.DATABASE).is_file()

    def now(self) -> Open:
        """Return the dossier as it stands, changes by other programs included.

        Raises what `open_case` raises where it cannot be opened.
        """
        with self._lock:
            stamp = _stamp(self.folder)
            if self._open is None or self._open.stamp != stamp:
                standing = _standing(self.folder)
                self._open = Open(open_case(self.folder), standing, fingerprint(standing), stamp)
            return self._open

    def recount(self) -> None:
        """Count anew how far the review is: decisions change nothing in the file."""
        with self._lock:
            if self._open is not None:
                tally = tally_beside(self.folder / dossier.SITUATION)
                self._open = replace(self._open, case=replace(self._open.case, review=tally))

    def refresh(self) -> None:
        """Open the dossier anew when it is next asked for: documents or reviews have changed."""
        with self._lock:
            self._open = None

    def answer(self, *question: str, compute: Callable[[Case], T]) -> T:
        """Return an answer about the dossier as it stands; the same question about the same situation is asked once.

        `question` names the question and all its settings.
        """
        now = self.now()
        return self.kept((now.hash, *question), lambda: compute(now.case))

    def knows(self, *question: str) -> bool:
        """Return whether `answer` would answer at once: a page shows what it has, and fetches the rest."""
        now = self.now()
        with self._lock:
            found = self._answers.get((now.hash, *question))
        return found is not None and found.done()

    def kept(self, key: tuple[str, ...], compute: Callable[[], T]) -> T:
        """Return what is computed from nothing but what the key says; the last answers are kept, and each made once."""
        with self._lock:
            known = self._answers.get(key)
            mine: Future[Any] = Future()
            if known is None:
                self._answers[key] = mine
                while len(self._answers) > ANSWERS:
                    self._answers.popitem(last=False)
            else:
                self._answers.move_to_end(key)
        if known is not None:
            found: T = known.result()
            return found
        try:
            made = compute()
        except BaseException as fault:
            with self._lock:
                self._answers.pop(key, None)
            mine.set_exception(fault)
            raise
        mine.set_result(made)
        return made

    def opened(self) -> Dossier:
        """Return the dossier itself, so that something can be kept in it.

        Raises DossierError where it is none.
        """
        if not self.is_dossier:
            raise DossierError(
                f"'{self.folder.name}' is not a dossier, so nothing can be changed in it. "
                "Make it one on the first page."
            )
        return dossier.open(self.folder)

    def edit(self, hash: str, path: str, value: str, *, by: str) -> Edited | Conflict:
        """Change what stands at a path, as `pieces` says, in the situation with a fingerprint.

        Raises SituationError for a path that leads nowhere or a change that does not hold together, UsageError for a
        value that cannot stand there, DossierError where nothing can be written.
        """
        return self._change(
            hash, path, NewEdit(path, by), lambda s: read_piece(s, path, value, basis=_entered(by)), value
        )

    def edits(self) -> tuple[Edit, ...]:
        """List what was changed, oldest first."""
        return dossier.open(self.folder).edits() if self.is_dossier else ()

    def undo(self, *, by: str) -> Edited | Conflict:
        """Take back the last change that somebody made and that still stands.

        Raises UsageError where there is none.
        """
        made = self.opened()
        last = last_standing(made.edits(), by)
        if last is None:
            raise UsageError("There is nothing to undo: you have changed nothing that was not taken back.")
        old = piece_at(made.kept(last.before), last.path)
        return self._change(last.after, last.path, NewEdit(last.path, by, last.number), lambda _: old, written(old))

    def _change(
        self, hash: str, path: str, edit: NewEdit, piece: Callable[[Situation], Piece], value: str
    ) -> Edited | Conflict:
        made = self.opened()
        with self._lock:
            now = self.now()
            standing = piece_at(now.standing, path)
            if hash != now.hash and (hash not in made.kept_hashes() or piece_at(made.kept(hash), path) != standing):
                return self._conflict(now, path, value)
            after = with_piece(now.situation, path, piece(now.standing))
            require_sound(now.situation, after)
            found = made.edit(after, edit, seen=now.hash)
            if fingerprint(found) != fingerprint(after):
                return self._conflict(self.now(), path, value)
            self._hold(now, after)
            return Edited(path, written(standing), written(piece_at(after, path)), fingerprint(after), hash != now.hash)

    def _conflict(self, now: Open, path: str, mine: str) -> Conflict:
        last = next((e for e in reversed(self.edits()) if e.path == path), None)
        theirs = written(piece_at(now.standing, path))
        return Conflict(path, mine, theirs, last.by if last else None, now.hash)

    def _hold(self, now: Open, after: Situation) -> None:
        """Go on with what was just written, unless somebody wrote over it already: then it is opened anew."""
        stamp = _stamp(self.folder)
        if (self.folder / dossier.SITUATION).read_bytes() == to_yaml(after).encode():
            self._open = Open(replace(now.case, situation=after), after, fingerprint(after), stamp)


def _entered(by: str) -> Basis:
    return Basis(kind="entered", by=by, date=dt.datetime.now(dt.UTC).date())


def _standing(folder: Path) -> Situation:
    return Dossier(folder).situation()


def _stamp(folder: Path) -> Stamp:
    """Return what tells one state of the file from the next."""
    try:
        found = os.stat(folder / dossier.SITUATION)
    except OSError:
        return (0, 0, 0)
    return (found.st_mtime_ns, found.st_size, found.st_ino)
