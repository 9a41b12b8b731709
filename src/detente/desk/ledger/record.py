"""How right were the forecasts that a ledger holds, and what is said of it in a brief?"""

import datetime as dt
from importlib.metadata import version
from pathlib import Path
from typing import Final, get_args

from detente.brief.sections.record.scores import Tried
from detente.brief.track_record import TrackRecord
from detente.desk.ledger.place import OpenLedger, has_ledger, opened
from detente.ledger.columns import Moment, columns
from detente.ledger.scoring import score
from detente.scores import DRAWS

MOMENTS: Final[tuple[Moment, ...]] = get_args(Moment)


def record_of(found: OpenLedger, *, at: Moment = "first", seed: int = 1) -> TrackRecord:
    """Score what was recorded in time, and apart from it what was recorded later than the day it claims."""
    return TrackRecord(
        name=found.name,
        book=found.book,
        in_time=_tried(found, at, seed, retrospective=False),
        retrospective=_tried(found, at, seed, retrospective=True),
        version=version("detente"),
        seed=seed,
        draws=DRAWS,
    )


def record_at(place: Path, *, now: dt.datetime) -> TrackRecord | None:
    """Score the ledger at a place; None where there is none, or nothing is asked in it.

    Raises LedgerError where its chain is broken.
    """
    if not has_ledger(place):
        return None
    found = opened(place, now=now)
    return record_of(found) if found.book.questions else None


def _tried(found: OpenLedger, at: Moment, seed: int, *, retrospective: bool) -> Tried | None:
    chosen = columns(found.book, at=at, retrospective=retrospective)
    return Tried(columns=chosen, scored=score(chosen, seed=seed)) if chosen.chance.size else None
