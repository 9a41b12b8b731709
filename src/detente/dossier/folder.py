"""What lies in the folder of a dossier, and how is it read and changed?"""

import hashlib
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from detente.dossier import decisions, edits, proposals, rows, scenarios, stored
from detente.dossier.chain import Row
from detente.dossier.database import APPLICATION, DATABASE, change, look, make_database, require_known, version_of
from detente.dossier.decisions import Decision, NewDecision
from detente.dossier.edits import Edit, NewEdit
from detente.dossier.place import require_local
from detente.dossier.proposals import SITUATION, Proposal
from detente.dossier.scenarios import NewScenario, Scenario
from detente.dossier.stored import DOCUMENTS, HASH_SHOWN, NewReading, StoredDocument, StoredReading
from detente.errors import DossierError, LedgerError, SituationError
from detente.situation.fingerprint import fingerprint, from_bytes
from detente.situation.nouns import Situation
from detente.situation.store import drafts, load, save, settle


@dataclass(frozen=True, slots=True)
class Dossier:
    """A folder about one dispute; holds no open files, so that it can be passed around and forgotten."""

    folder: Path

    def situation(self) -> Situation:
        """Return the situation as it stands in the file, hand edits included.

        Raises DossierError where the file is missing, SituationError where it has faults.
        """
        path = self.folder / SITUATION
        if not path.is_file():
            raise DossierError(
                f"The dossier '{self.folder}' has no {SITUATION}. Restore it, or write one with 'title:' and a name."
            )
        return load(path)

    def save_situation(self, situation: Situation) -> str:
        """Write the situation to the file, keep its canonical bytes, and return its fingerprint.

        The version that it replaces is kept too. Raises DossierError where that version has been edited by hand and
        has faults, so that nobody's work is written over.
        """
        with change(self.folder) as db:
            proposals.keep(db, self._replaced())
            proposals.keep(db, situation)
            for left in drafts(self.folder, SITUATION):
                left.unlink(missing_ok=True)
            save(situation, self.folder / SITUATION)
        return fingerprint(situation)

    def edit(self, situation: Situation, edit: NewEdit, *, seen: str) -> Situation:
        """Write the situation that an edit makes of the one with the fingerprint `seen`, and the edit with it.

        Returns the situation that stands in the file then: this one, or where the file was changed since it was seen,
        the one that stands there, and nothing is written. Raises DossierError where the file has faults.
        """
        with change(self.folder) as db:
            standing = self._replaced() or situation
            if fingerprint(standing) != seen:
                return standing
            proposals.keep(db, standing)
            proposals.keep(db, situation)
            edits.add(db, edit, before=seen, after=fingerprint(situation))
            for left in drafts(self.folder, SITUATION):
                left.unlink(missing_ok=True)
            save(situation, self.folder / SITUATION)
        return situation

    def edits(self) -> tuple[Edit, ...]:
        """List every edit, oldest first, those that were taken back among them."""
        with look(self.folder) as db:
            return edits.all_of(db) if version_of(db) > 3 else ()

    def scenarios(self) -> tuple[Scenario, ...]:
        """List every row about scenarios, oldest first, those that were taken back among them."""
        with look(self.folder) as db:
            return scenarios.all_of(db) if version_of(db) > 3 else ()

    def keep_scenario(self, made: NewScenario) -> None:
        """Keep a set of edits under a name, take a name away, or take back what somebody did to one."""
        with change(self.folder) as db:
            scenarios.add(db, made)

    def kept(self, situation_hash: str) -> Situation:
        """Return the situation with a fingerprint, from the bytes that were kept.

        Raises DossierError where there is none, or where its bytes are no longer what they were.
        """
        return from_bytes(self.kept_bytes(situation_hash))

    def kept_bytes(self, situation_hash: str) -> bytes:
        """Return the canonical bytes of the situation with a fingerprint, as they were kept.

        Raises DossierError where there are none, or where they are no longer what they were.
        """
        with look(self.folder) as db:
            row = db.execute("SELECT bytes FROM situations WHERE hash = ?", (situation_hash,)).fetchone()
        if row is None:
            raise DossierError(
                f"'{self.folder}' keeps no situation {situation_hash[:HASH_SHOWN]}. List them with kept_hashes."
            )
        if hashlib.sha256(row[0]).hexdigest() != situation_hash:
            short = situation_hash[:HASH_SHOWN]
            raise DossierError(f"Situation {short} in '{self.folder}' was changed after it was kept. Restore a copy.")
        return bytes(row[0])

    def kept_hashes(self) -> tuple[str, ...]:
        """List the fingerprints of all situations that were kept, oldest first."""
        with look(self.folder) as db:
            return tuple(str(h) for (h,) in db.execute("SELECT hash FROM situations ORDER BY rowid"))

    def add_document(self, content: bytes, *, name: str) -> StoredDocument:
        """Keep an untouched copy of a document; the same bytes are kept once, whatever their name.

        Raises DossierError where the folder cannot be written.
        """
        with change(self.folder) as db:
            return stored.add(db, self.folder, content, name)

    def documents(self) -> tuple[StoredDocument, ...]:
        """List the documents, in the order in which they were added."""
        with look(self.folder) as db:
            rows = db.execute("SELECT sha256, name, file FROM documents ORDER BY rowid").fetchall()
        return tuple(StoredDocument(sha, name, self.folder / DOCUMENTS / file) for sha, name, file in rows)

    def content(self, sha256: str) -> bytes:
        """Return the bytes of a document.

        Raises DossierError where it is not here, is missing on disk, or is no longer what was added.
        """
        with look(self.folder) as db:
            known = stored.found(db, self.folder, sha256)
        if known is None:
            raise DossierError(f"'{self.folder}' has no document {sha256[:HASH_SHOWN]}. Add it first.")
        if not known.path.is_file():
            raise DossierError(f"'{known.path}' is missing from the dossier. Restore it, or add the document again.")
        content = known.path.read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DossierError(f"'{known.path}' was changed after it was added. Restore the original file.")
        return content

    def save_reading(self, sha256: str, *, reader: str, text: str) -> None:
        """Keep what a version of the reader made of a document, as JSON; a later one of the same version replaces it.

        Raises DossierError where the document is not here, or the text is not JSON.
        """
        with change(self.folder) as db:
            if stored.found(db, self.folder, sha256) is None:
                raise DossierError(f"'{self.folder}' has no document {sha256[:HASH_SHOWN]}. Add it before its reading.")
            stored.add_reading(db, sha256, reader, text)

    def reading(self, sha256: str, *, reader: str) -> str | None:
        """Return what a version of the reader made of a document, as JSON, or None where it has not read it."""
        with look(self.folder) as db:
            query = "SELECT json FROM readings WHERE sha256 = ? AND reader = ?"
            row = db.execute(query, (sha256, reader)).fetchone()
        return None if row is None else str(row[0])

    def readings(self) -> tuple[StoredReading, ...]:
        """Return the last reading of each document, in the order in which the documents were added."""
        with look(self.folder) as db:
            return stored.last_readings(db)

    def decisions(self) -> tuple[Decision, ...]:
        """List every decision about what was read, oldest first, those that were taken back among them."""
        with look(self.folder) as db:
            return decisions.all_of(db) if version_of(db) > 1 else ()

    def decide(self, *made: NewDecision) -> None:
        """Write decisions down, all or none."""
        with change(self.folder) as db:
            decisions.add(db, made)

    def ledger(self) -> tuple[Row, ...]:
        """Return the rows of the ledger as they are stored, oldest first; `faults` says whether they are whole."""
        with look(self.folder) as db:
            return rows.all_rows(db) if version_of(db) > 2 else ()

    def append(
        self, make: Callable[[tuple[Row, ...]], Sequence[str]], *, situations: Sequence[Situation] = ()
    ) -> tuple[Row, ...]:
        """Write at the end of the ledger what `make` says when it has seen all rows so far, all or none.

        Nobody else writes meanwhile. The canonical bytes of `situations` are kept in the same step. What comes back is
        the new rows, and it comes back when they are on the disk.

        Raises LedgerError where the ledger is not whole or a body is not what `encode` returns, DossierError where it
        cannot be written; whatever `make` raises is passed on. Then nothing was written.
        """
        with change(self.folder) as db:
            so_far = rows.all_rows(db)
            rows.require_whole(so_far, str(self.folder))
            made = rows.sealed_onto(so_far, make(so_far))
            for situation in situations:
                proposals.keep(db, situation)
            rows.add(db, made)
        return made

    def adopt(
        self, taken: Sequence[Row], *, situations: Sequence[tuple[str, bytes]] = (), name: str = "ledger"
    ) -> None:
        """Take a whole ledger of elsewhere into an empty one, to the letter: times, links and hashes stay.

        `situations` are fingerprints with their canonical bytes; `name` is what messages call that ledger.

        Raises LedgerError where there is a ledger already, where the one of elsewhere is not whole, or where a
        situation is not what its fingerprint says.
        """
        rows.require_adoptable(taken, name)
        with change(self.folder) as db:
            if db.execute("SELECT 1 FROM ledger").fetchone():
                raise LedgerError(
                    f"'{self.folder}' has a ledger of its own, and two ledgers cannot become one. "
                    "Take it into a new dossier."
                )
            for situation_hash, content in situations:
                proposals.keep_bytes(db, situation_hash, content)
            rows.add(db, taken)

    def proposed(self) -> Proposal | None:
        """Return what the readings suggested when the situation was last drafted from them, None where it never was."""
        with look(self.folder) as db:
            return proposals.last(db)

    def propose(
        self, proposal: Situation, *, merged: Situation, seen: Situation, new: Sequence[NewReading] = ()
    ) -> str:
        """Keep new documents, what all readings now suggest, and the situation that comes of it, in one step.

        `seen` is the situation in the file that `merged` was made from. Returns the fingerprint of the one replaced.
        A crash leaves the state before, or one that the next `open` brings to its end.

        Raises DossierError where the file was changed since it was seen, or the folder cannot be written.
        """
        with change(self.folder) as db:
            replaced = self._replaced()
            if replaced is None or fingerprint(replaced) != fingerprint(seen):
                raise DossierError(f"'{self.folder / SITUATION}' was changed meanwhile. Do it again.")
            for one in new:
                stored.add_new(db, self.folder, one)
            proposals.add(db, proposal, merged, replaced)
        proposals.settle(self.folder)
        return fingerprint(seen)

    def restore(self, situation_hash: str) -> str:
        """Put a situation that was kept back into the file, and return the fingerprint of the one it replaces.

        Raises DossierError where it is not kept, or where the file has faults.
        """
        again = self.kept(situation_hash)
        with change(self.folder) as db:
            replaced = self._replaced() or again
            proposals.add(db, proposals.of(db, situation_hash) or again, again, replaced)
        proposals.settle(self.folder)
        return fingerprint(replaced)

    def _replaced(self) -> Situation | None:
        """Return the situation that is about to be replaced, where there is one."""
        if not (self.folder / SITUATION).exists():
            return None
        try:
            return self.situation()
        except SituationError as error:
            raise DossierError(
                f"'{self.folder / SITUATION}' was edited and has faults, so it is not written over. "
                f"Cure them, or move the file away. {error}"
            ) from error


def create(folder: Path, situation: Situation) -> Dossier:
    """Make a new dossier; it appears whole or not at all.

    Raises DossierError where the folder exists and holds something, or cannot be made.

    >>> with temporary(Situation(title="Gulf")) as dossier:
    ...     create(dossier.folder.parent / "copy", dossier.situation()).situation().title
    'Gulf'
    """
    target = folder.absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise DossierError(f"'{folder}' exists already. Give the name of a new folder, or open that one.")
    draft = target.with_name(f".{target.name}.{secrets.token_hex(6)}.tmp")
    require_local(target.parent)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        (draft / DOCUMENTS).mkdir(parents=True)
        make_database(draft / DATABASE, called=folder / DATABASE)
        Dossier(draft).save_situation(situation)
        draft.replace(target)
        settle(target.parent)
    except OSError as error:
        raise DossierError(
            f"'{folder}' cannot be made: {error.strerror}. Check the path, its rights and the space on the disk."
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Dossier(target)


def adopt(folder: Path) -> Dossier:
    """Make a dossier of a folder that holds a situation file and perhaps documents; no file in it is changed.

    Raises DossierError where it is one already, holds no situation, or cannot be written, SituationError for faults.
    """
    target = folder.absolute()
    if (target / DATABASE).exists():
        raise DossierError(f"'{folder}' is a dossier already. Open it.")
    standing = Dossier(target).situation()
    draft = target / f".{DATABASE}.{secrets.token_hex(6)}.tmp"
    try:
        make_database(draft, called=target / DATABASE)
        draft.replace(target / DATABASE)
        with change(target) as db:
            proposals.keep(db, standing)
            files = sorted(f for f in (target / DOCUMENTS).iterdir()) if (target / DOCUMENTS).is_dir() else []
            for file in (f for f in files if f.is_file()):
                stored.add(db, target, file.read_bytes(), file.name)
    except OSError as error:
        raise DossierError(
            f"'{folder}' cannot be made a dossier: {error.strerror}. Copy it to a place that may be written to."
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    return Dossier(target)


def open(folder: Path) -> Dossier:
    """Return the dossier in a folder.

    What a crash interrupted is brought to its end first.

    Raises DossierError where there is none, or where its database is damaged or was made by a newer version.
    """
    target = folder.absolute()
    if not target.is_dir():
        raise DossierError(f"There is no folder '{folder}'. Give the folder of a dossier.")
    if not (target / DATABASE).is_file():
        raise DossierError(f"'{folder}' is not a dossier: it has no {DATABASE}. Give the folder of a dossier.")
    require_local(target)
    with look(target) as db:
        (application,) = db.execute("PRAGMA application_id").fetchone()
        version = version_of(db)
        (sound,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if application != APPLICATION:
        raise DossierError(f"'{target / DATABASE}' is another program's database. Give the folder of a dossier.")
    require_known(version, folder)
    if sound != "ok":
        raise DossierError(f"'{target / DATABASE}' is damaged ({sound}). Restore it from a copy.")
    proposals.settle(target)
    return Dossier(target)


@contextmanager
def temporary(situation: Situation) -> Iterator[Dossier]:
    """Give a dossier that is gone when it is no longer needed."""
    with tempfile.TemporaryDirectory(prefix="detente-") as folder:
        yield create(Path(folder) / "dossier", situation)
