"""What does a dossier hold that people can review: every item that was read, its sentence, and what was decided?"""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from detente import dossier
from detente.dossier import Decision, Dossier, StoredReading
from detente.errors import DocumentError, DossierError, QuoteError, UsageError
from detente.read.documents.document import shown
from detente.read.items import Item, Reading, reading_from_json
from detente.read.reviewed import Judged, Judgement, Tally, edit_from_json, judged, names, reviewable
from detente.situation.values import Basis

_ID_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the record: under which id it is reviewed, what was read, what holds now, and what was decided.

    `item` is what holds, an edit included; `read` is what the reader made of the words.
    """

    id: str
    name: str
    item: Item
    read: Item
    reading: Reading
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Record:
    """What was read into a dossier, as people left it.

    lost     decisions that find no item any more
    called   the names of parties, by id
    waiting  how many decisions were made since the situation was last drafted
    added    on which day each document came into the dossier, by the hash of its text
    """

    made: Dossier
    readings: tuple[Reading, ...]
    entries: tuple[Entry, ...]
    signed: Mapping[str, Basis]
    judgements: Mapping[str, Judgement]
    called: Mapping[str, str]
    lost: tuple[Decision, ...]
    waiting: int
    added: Mapping[str, dt.date]
    stored: Mapping[str, StoredReading]

    @property
    def unreviewed(self) -> tuple[Entry, ...]:
        """The items that nobody has decided about."""
        return tuple(e for e in self.entries if e.decision is None)

    @property
    def tally(self) -> Tally:
        """How many items were read, and how many of them nobody has decided about."""
        return Tally(len(self.entries), len(self.unreviewed))

    def entry(self, wanted: str) -> Entry:
        """Return the item with an id, or with the beginning of one.

        Raises UsageError where there is none, or more than one.
        """
        found = [e for e in self.entries if wanted and e.id.startswith(wanted.lower())]
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(e.id for e in found[:5])
            raise UsageError(f"'{shown(wanted)}' begins the ids of {len(found)} items: {listed}. Give more of it.")
        place = self.made.folder.name
        raise UsageError(f"'{shown(wanted)}' is no item of '{place}'. List them: detente review {place} --list")


def opened(folder: Path) -> Record:
    """Open a dossier and everything that was read into it.

    Raises DossierError where there is no dossier, or nothing was read into it.
    """
    found = record_of(dossier.open(folder))
    if not found.readings:
        raise DossierError(
            f"Nothing was read into '{shown(str(folder))}', so there is nothing to review. "
            f"Read an article into it: detente read ARTICLE --into {shown(str(folder))}"
        )
    return found


def tally_beside(file: Path) -> Tally | None:
    """Return how far the review of a dossier has come, by its situation file; None where nothing was read into it.

    What no longer can be opened is not counted: `detente review` says what is wrong with it.
    """
    if file.name != dossier.SITUATION or not (file.parent / dossier.DATABASE).is_file():
        return None
    try:
        found = record_of(dossier.open(file.parent))
    except (DocumentError, QuoteError, UsageError):
        return None
    return found.tally if found.readings else None


def record_of(made: Dossier) -> Record:
    """Return what was read into a dossier, which may be nothing."""
    rows = made.readings()
    all_decisions = made.decisions()
    standing = dossier.standing(all_decisions)
    judgements = {name: _judgement(d) for name, d in standing.items()}
    read = tuple(reading_from_json(r.json) for r in rows)
    called = {f.party: f.name for r in reversed(read) for f in r.parties}
    done = tuple(judged(r, judgements, parties=called) for r in read)
    lost = {name for one in done for name in one.lost}
    lost |= {n for n in standing if not any(n.startswith(r.document.sha256) for r in read)}
    proposal = made.proposed()
    known = proposal.decision if proposal else 0
    return Record(
        made=made,
        readings=tuple(d.reading for d in done),
        entries=tuple(e for r, d in zip(read, done, strict=True) for e in _entries(r, d, standing)),
        signed={i: basis for d in done for i, basis in d.signed.items()},
        judgements=judgements,
        called=called,
        lost=tuple(d for n, d in standing.items() if n in lost),
        waiting=sum(1 for d in all_decisions if d.number > known),
        added={r.document.sha256: dt.date.fromisoformat(s.added[:10]) for r, s in zip(read, rows, strict=True)},
        stored={r.document.sha256: s for r, s in zip(read, rows, strict=True)},
    )


def _judgement(decision: Decision) -> Judgement:
    edit = edit_from_json(decision.change) if decision.change is not None else None
    day = dt.date.fromisoformat(decision.made[:10])
    if decision.verdict == "undone":
        raise DossierError(f"Decision {decision.number} takes another back, so it decides nothing. Restore a copy.")
    return Judgement(decision.verdict, decision.by, day, edit)


def _entries(read: Reading, done: Judged, standing: Mapping[str, Decision]) -> list[Entry]:
    """List what a person should look at or has decided about, in the order of the text."""
    decided = {at: standing[n] for n, at in done.found.items()}
    now = {i.id: i for i in done.reading.items}
    wanted = reviewable(done.reading)
    return [
        Entry(review_id(name), name, now[item.id], item, done.reading, decided.get(name))
        for name, item in names(read).items()
        if item.id in wanted or name in decided
    ]


def review_id(name: str) -> str:
    """Return the short id under which an item is reviewed: the same for every reading of the same text.

    >>> review_id("0f:0-4:REQUEST:iran")
    'ccd7715a88'
    """
    return hashlib.sha256(name.encode()).hexdigest()[:_ID_LENGTH]
