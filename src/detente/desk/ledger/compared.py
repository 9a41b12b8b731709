"""Why do two forecasts of one question differ?"""

import datetime as dt
import json
from functools import partial
from pathlib import Path
from typing import Final

from detente.boards import plain
from detente.brief.forecast_changes import ForecastChange
from detente.brief.register import Register
from detente.brief.sections.record import changed as words
from detente.brief.sections.record.telling import Telling
from detente.desk.forecast_change import Ground, classes_say, split, suggestions
from detente.desk.ledger.place import question, to_write_in
from detente.desk.record import record_of
from detente.dossier import Dossier
from detente.errors import DossierError, UsageError
from detente.ledger.book import AskedQuestion, Standing, book
from detente.read.documents.document import shown
from detente.situation.nouns import Situation

SCHEMA: Final = "detente.forecast-change/1"


def changed(folder: Path, wanted: str, rows: str | None, *, now: dt.datetime) -> ForecastChange:
    """Split the difference between two forecasts of a question, the last two of one author where none are named.

    Raises UsageError where there are no two such forecasts.
    """
    made = to_write_in(folder)
    asked = question(book(made.ledger(), now=now), wanted)
    before, after = _last_two(asked) if rows is None else _named(asked, rows)
    return split(asked, before, after, ground=ground(made))


def ground(made: Dossier) -> Ground:
    """Return what the differences between forecasts in a dossier are split with."""
    return Ground(keeps=partial(_kept, made), says=classes_say, suggests=suggestions(record_of(made)))


def in_words(found: ForecastChange) -> str:
    """Say the difference and its causes in sentences, then what lies between the two situations."""
    lines = [s.text for s in words.in_words(found, Telling(Register()))]
    lines += ["", "New documents", *(f"  {d}" for d in found.documents)] if found.documents else []
    lines += ["", "Between the two situations", *(f"  {d}" for d in found.differs)] if found.differs else []
    return "\n".join(lines)


def as_json(found: ForecastChange) -> str:
    """Return the difference and its causes as JSON, in basis points."""
    return json.dumps({"schema": SCHEMA, **_fields(found)}, ensure_ascii=False, indent=2) + "\n"


def _fields(found: ForecastChange) -> dict[str, object]:
    told = plain(found)
    return dict(told) if isinstance(told, dict) else {}


def _kept(made: Dossier, fingerprint: str) -> Situation | None:
    try:
        return made.kept(fingerprint)
    except DossierError:
        return None


def _last_two(asked: AskedQuestion) -> tuple[Standing, Standing]:
    for last in reversed(asked.forecasts):
        mine = [
            f
            for f in asked.forecasts
            if (f.forecast.by, f.forecast.analysis) == (last.forecast.by, last.forecast.analysis)
        ]
        if len(mine) > 1:
            return mine[-2], mine[-1]
    raise UsageError(
        f"Nobody has forecast '{asked.question.id}' twice, so nothing can have changed. "
        "Name two forecasts of different authors by their rows with --rows."
    )


def _named(asked: AskedQuestion, rows: str) -> tuple[Standing, Standing]:
    by_row = {str(f.number): f for f in asked.forecasts}
    first, comma, second = (part.strip() for part in rows.partition(","))
    if not comma or first not in by_row or second not in by_row or first == second:
        raise UsageError(
            f"'{shown(rows)}' names no two forecasts of '{asked.question.id}'. Its forecasts stand in rows "
            f"{', '.join(by_row) or 'none'}: write two with a comma between."
        )
    return by_row[first], by_row[second]
