"""What does the situation of a dossier become when its record changes: by review, or by a document that is added?"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from detente.desk.edited import signed
from detente.desk.merged import Conflict, Merged, merged
from detente.desk.record import Record, opened
from detente.dossier import SITUATION, NewReading
from detente.errors import DossierError
from detente.levers import Silence, silences
from detente.read.items import Reading
from detente.read.parties import load_lexicon
from detente.read.propose import propose
from detente.read.reviewed import judged
from detente.situation.check import check
from detente.situation.nouns import Situation


@dataclass(frozen=True, slots=True)
class Redrafted:
    """The situation before and after, by what fingerprint the one before is kept, and what was left as a person put it.

    `closed` are the silences that the text now fills: whom each concerns is in it.
    """

    before: Situation
    after: Situation
    kept: str
    conflicts: tuple[Conflict, ...]
    closed: tuple[Silence, ...]

    @property
    def changed(self) -> bool:
        """Whether anything came of it."""
        return self.before != self.after


def redrafted(
    record: Record,
    *,
    also: Sequence[Reading] = (),
    new: Sequence[NewReading] = (),
    lexicons: tuple[Path, ...] = (),
    later: bool = False,
) -> Redrafted:
    """Draft from all that was read, `also` included, and bring it into the situation, hand edits untouched.

    With `later` a document that is newer than the day of the situation moves that day on.

    Raises DossierError where the situation would have faults, was edited meanwhile, or cannot be written.
    """
    made = record.made
    seen = made.situation()
    mine = signed(made.folder / SITUATION, seen)
    done = [judged(r, record.judgements, parties=record.called) for r in also]
    replaced = {d.reading.document.sha256: d.reading for d in done}
    readings = (*(replaced.pop(r.document.sha256, r) for r in record.readings), *replaced.values())
    suggested = propose(
        readings,
        title=mine.title,
        as_of=last_day(readings),
        lexicon=load_lexicon(*lexicons),
        signed={**record.signed, **{i: basis for d in done for i, basis in d.signed.items()}},
    )
    base = made.proposed()
    found = merged(base.situation if base else Situation(title=mine.title), suggested, mine)
    if later:
        found = _moved_on(found, last_day(also))
    _require_sound(mine, found.situation)
    kept = made.propose(found.proposal, merged=found.situation, seen=seen, new=new)
    return Redrafted(mine, found.situation, kept, found.conflicts, closed(mine, found.situation))


def _moved_on(found: Merged, day: dt.date | None) -> Merged:
    """Move the day of the situation on to the one of what is added, where that is later."""
    made = found.situation
    if day is None or made.as_of is None or day <= made.as_of:
        return found
    conflicts = tuple(c for c in found.conflicts if c.path != "as_of")
    return Merged(made.model_copy(update={"as_of": day}), found.proposal, conflicts)


def caught_up(folder: Path, *, lexicons: tuple[Path, ...] = ()) -> Redrafted | None:
    """Bring decisions into the situation that it does not know of; None where it knows of all.

    Raises what `opened` and `redrafted` raise.
    """
    record = opened(folder)
    return redrafted(record, lexicons=lexicons) if record.waiting else None


def closed(before: Situation, after: Situation) -> tuple[Silence, ...]:
    """Return the slots of the first table that the text fills now and did not before."""
    open_before = {(s.slot, s.party) for s in _slots(before) if s.filled != "text"}
    return tuple(s for s in _slots(after) if s.filled == "text" and (s.slot, s.party) in open_before)


def _slots(situation: Situation) -> tuple[Silence, ...]:
    table = next((t.id for t in situation.tables if len(t.consent) > 1), None)
    return silences(situation, table, {}) if table else ()


def last_day(readings: Sequence[Reading]) -> dt.date | None:
    """Return the last day on which any of the documents was reported."""
    days = [d for r in readings if (d := r.document.reported or r.document.published) is not None]
    return max(days) if days else None


def _require_sound(before: Situation, after: Situation) -> None:
    """Refuse a situation with faults that were not there before: nothing would answer for it."""
    known = {p for p in check(before) if p.severity == "fault"}
    faults = [p for p in check(after) if p.severity == "fault" and p not in known]
    if faults:
        more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
        raise DossierError(
            f"What was read does not go together with what was edited: {str(faults[0]).rstrip('.')}{more}. "
            "Mend that in the situation file, and do it again; nothing was changed."
        )
