"""What did the readings suggest, which situation came of it, and does that situation stand in the file yet?

A proposal is written down before the file is replaced, and settled afterwards. Where a crash falls between the two,
settling it again brings it to its end; where somebody has edited the file meanwhile, their work stands, and the
proposal is dropped: the next one starts from the one before.
"""

import hashlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from detente.dossier.database import DATABASE, change, look, now, version_of
from detente.dossier.stored import HASH_SHOWN
from detente.errors import LedgerError, SituationError
from detente.situation.fingerprint import canonical_bytes, fingerprint, from_bytes
from detente.situation.nouns import Situation
from detente.situation.store import drafts, load, save

SITUATION: Final = "situation.yaml"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the readings suggested, and the number of the last decision it knew of."""

    situation: Situation
    decision: int


def keep(db: sqlite3.Connection, situation: Situation | None) -> None:
    """Keep the canonical bytes of a situation."""
    if situation is not None:
        row = (fingerprint(situation), canonical_bytes(situation), now())
        db.execute("INSERT OR IGNORE INTO situations VALUES (?, ?, ?)", row)


def keep_bytes(db: sqlite3.Connection, situation_hash: str, content: bytes) -> None:
    """Keep the canonical bytes of a situation of elsewhere, to the letter.

    Raises LedgerError where they are not what the fingerprint says.
    """
    if hashlib.sha256(content).hexdigest() != situation_hash:
        raise LedgerError(
            f"The bytes of situation {situation_hash[:HASH_SHOWN]} are not what its fingerprint was taken of. "
            "Get the ledger again from where it comes from."
        )
    db.execute("INSERT OR IGNORE INTO situations VALUES (?, ?, ?)", (situation_hash, content, now()))


def add(db: sqlite3.Connection, proposal: Situation, merged: Situation, replaced: Situation) -> None:
    """Write a proposal down, with the situation that came of it; `settle` puts that into the file."""
    for one in (replaced, proposal, merged):
        keep(db, one)
    db.execute(
        "INSERT INTO proposals (proposal, situation, replaced, decision, state, made) "
        "VALUES (?, ?, ?, (SELECT coalesce (max (number), 0) FROM decisions), 'open', ?)",
        (fingerprint(proposal), fingerprint(merged), fingerprint(replaced), now()),
    )


def last(db: sqlite3.Connection) -> Proposal | None:
    """Return the last proposal that is settled; the draft a dossier was begun with is its first."""
    row = None
    if version_of(db) > 1:
        query = (
            "SELECT s.bytes, p.decision FROM proposals p JOIN situations s ON s.hash = p.proposal "
            "WHERE p.state = 'settled' ORDER BY p.number DESC LIMIT 1"
        )
        row = db.execute(query).fetchone()
    if row is None and db.execute("SELECT 1 FROM readings").fetchone():
        row = db.execute("SELECT bytes, 0 FROM situations ORDER BY rowid LIMIT 1").fetchone()
    return None if row is None else Proposal(from_bytes(row[0]), row[1])


def of(db: sqlite3.Connection, situation: str) -> Situation | None:
    """Return the proposal that a situation came of, or that held while it stood in the file."""
    rows = db.execute("SELECT proposal, situation, replaced FROM proposals WHERE state = 'settled' ORDER BY number")
    held = db.execute("SELECT hash FROM situations ORDER BY rowid LIMIT 1").fetchone()[0]
    found = None
    for proposal, made, replaced in rows:
        found = held if replaced == situation else proposal if made == situation else found
        held = proposal
    row = db.execute("SELECT bytes FROM situations WHERE hash = ?", (found or held,)).fetchone()
    return None if row is None else from_bytes(row[0])


def settle(folder: Path) -> None:
    """Put the situation of an open proposal into the file, unless somebody has edited the file meanwhile."""
    if not (folder / DATABASE).is_file() or not _is_open(folder):
        return
    with change(folder) as db:
        query = "SELECT number, situation, replaced FROM proposals WHERE state = 'open' ORDER BY number"
        for number, made, replaced in db.execute(query).fetchall():
            standing = _standing(folder / SITUATION)
            if standing is None:
                continue
            if standing == replaced != made:
                (content,) = db.execute("SELECT bytes FROM situations WHERE hash = ?", (made,)).fetchone()
                for left in drafts(folder, SITUATION):
                    left.unlink(missing_ok=True)
                save(from_bytes(content), folder / SITUATION)
            state = "settled" if standing in (made, replaced) else "dropped"
            db.execute("UPDATE proposals SET state = ? WHERE number = ?", (state, number))


def _is_open(folder: Path) -> bool:
    with look(folder) as db:
        return version_of(db) > 1 and bool(db.execute("SELECT 1 FROM proposals WHERE state = 'open'").fetchone())


def _standing(file: Path) -> str | None:
    """Return the fingerprint of the situation in the file, None where there is none that can be read."""
    try:
        return fingerprint(load(file))
    except SituationError:
        return None
