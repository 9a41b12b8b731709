"""How right was everybody? The track record of a ledger, as a document and as data."""

import json
from dataclasses import replace
from typing import Final

from detente.boards import plain
from detente.brief.document import Brief
from detente.brief.track_record import TrackRecord, told
from detente.desk.forecast_change import forecast_changes
from detente.desk.ledger.compared import ground
from detente.desk.ledger.place import OpenLedger
from detente.desk.ledger.record import MOMENTS, record_of
from detente.ledger.columns import Moment

__all__ = ["MOMENTS", "SCHEMA", "as_json", "ask_score", "write"]

SCHEMA: Final = "detente.track-record/1"


def ask_score(found: OpenLedger, *, at: Moment = "first", seed: int = 1) -> TrackRecord:
    """Score a ledger; for a dossier, say too why forecasts of one question changed."""
    changes = forecast_changes(found.book, ground(found.made)) if found.made else ()
    return replace(record_of(found, at=at, seed=seed), changes=changes)


def write(found: TrackRecord) -> Brief:
    """Put the track record into words and pictures."""
    return told(found)


def as_json(found: TrackRecord) -> str:
    """Return the scores of every forecaster as JSON, each with its interval and the number of questions."""
    data = {
        "schema": SCHEMA,
        "version": found.version,
        "ledger": found.name,
        "rows": found.book.rows,
        "head": found.book.head,
        "questions": len(found.book.questions),
        "in_time": plain(found.in_time.scored) if found.in_time else None,
        "retrospective": plain(found.retrospective.scored) if found.retrospective else None,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
