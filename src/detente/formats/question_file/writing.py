"""How is a question file written, so that a person can go over it and have it read again?"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from detente.formats.question_file.shapes import QUESTION_FIELDS
from detente.formats.row_entries import Written
from detente.ledger.entries import Comparison, Forecast, Opened, Resolution
from detente.situation.store.emit import Bare, Key, Plain, emit
from detente.situation.store.scalars import number_text
from detente.situation.values import Record


def written(entries: Iterable[Written]) -> bytes:
    r"""Return questions with their forecasts and resolutions under them, as YAML that `read` reads again.

    Written of a forecast are who said what, as of when, until when, by which analysis, beside whom, and the note. Its
    situation, seed, documents, reference class and assumptions stay in the ledger.

    >>> from detente.situation.questions import Question
    >>> asked = Question(id="round", text="A round?", closes=dt.date(2026, 2, 28))
    >>> print(written([Opened(question=asked, as_of=dt.date(2026, 2, 8), by="A")]).decode(), end="")
    questions:
      - {id: round, text: "A round?", closes: 2026-02-28, as_of: 2026-02-08, by: A}
    """
    held = tuple(entries)
    questions: list[Any] = []
    for opened in (entry for entry in held if isinstance(entry, Opened)):
        name = opened.question.id
        own: dict[Key, Plain] = dict(_fields(opened.question, QUESTION_FIELDS))
        own |= {"as_of": _plain(opened.as_of), "by": opened.by}
        forecasts = [_forecast(one) for one in held if isinstance(one, Forecast) and one.question == name]
        came = [_resolution(one) for one in held if isinstance(one, Resolution) and one.question == name]
        own |= {"forecasts": forecasts} if forecasts else {}
        own |= {"resolution": came[-1]} if came else {}
        questions.append(own)
    return emit({"questions": questions}).encode()


def _forecast(one: Forecast) -> dict[Key, Plain]:
    found: dict[Key, Plain] = {"by": one.by, "as_of": _plain(one.as_of), **_chances(one)}
    found |= {"lapses": _plain(one.lapses), **dict(_fields(one, ("analysis", "note")))}
    if one.comparisons:
        found["comparisons"] = [_comparison(compared) for compared in one.comparisons]
    return found


def _comparison(one: Comparison) -> dict[Key, Plain]:
    found: dict[Key, Plain] = {"name": one.name, **_chances(one), "as_of": _plain(one.as_of)}
    return found | dict(_fields(one, ("source",)))


def _resolution(one: Resolution) -> dict[Key, Plain]:
    return dict(_fields(one, ("outcome", "value", "on", "sources", "by", "note")))


def _chances(one: Forecast | Comparison) -> dict[Key, Plain]:
    if one.quantiles:
        return {"quantiles": _plain(one.quantiles)}
    if len(one.probabilities) == 1:
        return {"probability": _plain(one.probabilities[0])}
    return {"probabilities": _plain(one.probabilities)}


def _fields(record: Record, names: Iterable[str]) -> Iterable[tuple[Key, Plain]]:
    """Go through the fields that say more than their default."""
    kinds = type(record).model_fields
    for name in names:
        value, kind = getattr(record, name), kinds[name]
        if kind.is_required() or value != kind.get_default(call_default_factory=True):
            yield name, _plain(value)


def _plain(value: Any) -> Plain:
    match value:
        case Record():
            return dict(_fields(value, type(value).model_fields))
        case tuple():
            return [_plain(one) for one in value]
        case bool():
            return Bare("true" if value else "false")
        case int() | float():
            return Bare(number_text(value))
        case dt.date():
            return Bare(value.isoformat())
        case _:
            return str(value)
