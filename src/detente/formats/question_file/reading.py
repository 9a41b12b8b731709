"""What does a question file say, as entries of a ledger?"""

import datetime as dt
import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import ValidationError

from detente.formats.question_file.plain import Path, Plain, plain_of
from detente.formats.question_file.shapes import DAYS, QUESTION_FIELDS, Came, Compared, Probabilities, Said, day_of
from detente.formats.question_rows import repeated
from detente.formats.row_entries import STANDS_DAYS, Written
from detente.formats.score_table import Source, refuse, shown
from detente.ledger.entries import Comparison, Forecast, Opened, Resolution
from detente.situation.questions import Question
from detente.situation.values import Record

LISTS = ("questions", "forecasts", "resolutions")
_TOP = ("by", "as_of", *LISTS)
_BESIDE = ("by", "as_of", "forecasts", "resolution")  # what stands in a question beside its own fields
_MOST = 20_000  # of each kind
_OfRecord = TypeVar("_OfRecord", bound=Record)


@dataclass(slots=True)
class _Reading:
    """What is found in one file, and who said it when, where nothing else is said."""

    plain: Plain
    version: str
    by: str | None
    as_of: dt.date | None
    faults: list[str] = field(default_factory=list)
    opened: list[tuple[Path, Opened]] = field(default_factory=list)
    said: list[tuple[Path, Said, str | None]] = field(default_factory=list)
    came: list[tuple[Path, Came, str | None]] = field(default_factory=list)

    def fault(self, path: Path, what: str) -> None:
        """Take a fault down."""
        self.faults.append(f"{self.plain.place(path)}: {what}")


def is_question_file(found: object) -> bool:
    """Say whether plain values, or the first line of JSON lines, look like those of a question file.

    >>> is_question_file({"questions": []}), is_question_file({"id": "q", "text": "?"}), is_question_file("q")
    (True, True, False)
    """
    if not isinstance(found, dict):
        return False
    return any(isinstance(found.get(name), list) for name in LISTS) or _kind(found) is not None


def read(source: Source, *, version: str, by: str | None = None, as_of: dt.date | None = None) -> tuple[Written, ...]:
    """Read a question file into entries: questions, forecasts, resolutions, each in the order of the file.

    `by` and `as_of` stand in where the file names nobody and no day; `version` is that of the program that writes.
    Whether the entries may stand in a ledger is not for a file to say.

    Raises FormatError with every fault: the line, the path, what is wrong, and how to cure it.
    """
    plain = plain_of(source)
    reading = _Reading(plain, version, by, as_of)
    if isinstance(plain.value, dict):
        _top(reading, plain.value)
    elif isinstance(plain.value, list):
        _lines(reading, plain.value)
    else:
        reading.fault((), "there are no questions. Write 'questions:' and a list of them.")
    entries = _entries(reading)
    if not entries:
        reading.fault((), "it holds no question, no forecast and no resolution. Write at least one.")
    refuse(source.name, reading.faults)
    return entries


def _top(reading: _Reading, found: Mapping[str, Any]) -> None:
    _known(reading, (), found, _TOP)
    _signed(reading, (), found)
    takers = {"questions": _question, "forecasts": _forecast, "resolutions": _resolution}
    for name, take in takers.items():
        for path, one in _items(reading, (name,), found.get(name)):
            take(reading, path, one, None)


def _signed(reading: _Reading, path: Path, found: Mapping[str, Any]) -> None:
    """Take over who signs the file and as of which day, where it says so."""
    reading.by = _text(reading, (*path, "by"), found.get("by")) or reading.by
    reading.as_of = _day(reading, (*path, "as_of"), found.get("as_of")) or reading.as_of


def _lines(reading: _Reading, found: list[Any]) -> None:
    takers = {"question": _question, "forecast": _forecast, "resolution": _resolution}
    for path, one in _items(reading, (), found):
        kind = _kind(one)
        if kind is None:
            reading.fault(path, "this is no question (text), no forecast (probability) and no resolution (outcome).")
        else:
            takers[kind](reading, path, one, None)


def _kind(one: Mapping[str, Any]) -> str | None:
    if "text" in one:
        return "question"
    if "outcome" in one:
        return "resolution"
    return "forecast" if any(name in one for name in ("probability", "probabilities", "quantiles")) else None


def _items(reading: _Reading, path: Path, found: object) -> list[tuple[Path, dict[str, Any]]]:
    if found is None:
        return []
    if not isinstance(found, list) or len(found) > _MOST:
        reading.fault(path, f"this is no list, or one of more than {_MOST:,}. Write one entry after each dash.")
        return []
    for at, one in enumerate(found):
        if not isinstance(one, dict):
            reading.fault((*path, at), f"'{shown(str(one))}' has no fields. Write them as 'name: value'.")
    return [((*path, at), one) for at, one in enumerate(found) if isinstance(one, dict)]


def _question(reading: _Reading, path: Path, found: Mapping[str, Any], _: str | None) -> None:
    _known(reading, path, found, (*QUESTION_FIELDS, *_BESIDE))
    own = {name: value for name, value in found.items() if name in QUESTION_FIELDS and value is not None}
    for name in DAYS:
        if name in own:
            own[name] = _day(reading, (*path, name), own[name])
    built = _built(reading, path, Question, own)
    by = _text(reading, (*path, "by"), found.get("by")) or reading.by
    as_of = _day(reading, (*path, "as_of"), found.get("as_of")) or reading.as_of
    if not by or as_of is None:
        missing = "'by' (who asks)" if not by else "'as_of' (as of which day)"
        reading.fault(path, f"{missing} is missing. Write it here or at the top of the file.")
    name = (
        built.id if built else "question"
    )  # a faulty one is refused in the end; what it holds is looked at all the same
    if built and by and as_of:
        reading.opened.append((path, Opened(question=built, as_of=as_of, by=by)))
    for under, one in _items(reading, (*path, "forecasts"), found.get("forecasts")):
        _forecast(reading, under, {"by": by, "as_of": as_of} | one, name)
    came = found.get("resolution")
    if isinstance(came, dict):
        _resolution(reading, (*path, "resolution"), {"by": by} | came, name)
    elif came is not None:
        reading.fault((*path, "resolution"), "this has no fields. Write 'outcome' and 'on'.")


def _forecast(reading: _Reading, path: Path, found: Mapping[str, Any], question: str | None) -> None:
    _known(reading, path, found, tuple(Said.model_fields))
    built = _built(reading, path, Said, {n: v for n, v in found.items() if n in Said.model_fields and v is not None})
    if built is None:
        return
    if (built.probability is not None) + bool(built.probabilities) + bool(built.quantiles) != 1:
        reading.fault(path, "a forecast has one of 'probability', 'probabilities' and 'quantiles'. Write one of them.")
    reading.said.append((path, built, question))


def _resolution(reading: _Reading, path: Path, found: Mapping[str, Any], question: str | None) -> None:
    _known(reading, path, found, tuple(Came.model_fields))
    built = _built(reading, path, Came, {n: v for n, v in found.items() if n in Came.model_fields and v is not None})
    if built is not None:
        reading.came.append((path, built, question))


def _known(reading: _Reading, path: Path, found: Mapping[str, Any], allowed: tuple[str, ...]) -> None:
    for name in found:
        if name not in allowed:
            near = difflib.get_close_matches(name, allowed, n=1, cutoff=0.5)
            cure = f"Did you mean '{near[0]}'?" if near else f"The fields here are {', '.join(allowed)}."
            reading.fault((*path, name), f"there is no such field. {cure}")


def _built(reading: _Reading, path: Path, model: type[_OfRecord], found: Mapping[str, Any]) -> _OfRecord | None:
    try:
        return model.model_validate(found)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            under = tuple(part for part in one["loc"] if not str(part).startswith(("tuple", "dict", "function")))
            if one["type"] == "missing":
                reading.fault((*path, *under[:-1]), f"'{under[-1]}' is missing. Write it.")
            elif one["type"] == "string_pattern_mismatch":
                cure = "Write lower-case words joined by hyphens, such as further-round."
                reading.fault((*path, *under), f"'{shown(str(one['input']))}' is no id. {cure}")
            else:
                what = str(one["msg"]).removeprefix("Value error, ").rstrip(".")
                reading.fault((*path, *under), f"'{shown(str(one['input']))}' does not fit: {what}. Correct it.")
        return None


def _day(reading: _Reading, path: Path, value: object) -> dt.date | None:
    try:
        found = day_of(value)
    except ValueError as error:
        reading.fault(path, str(error))
        return None
    return found if isinstance(found, dt.date) else None


def _text(reading: _Reading, path: Path, value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        reading.fault(path, f"'{shown(str(value))}' is no text. Write one.")
        return None
    return value


def _entries(reading: _Reading) -> tuple[Written, ...]:
    asked = {opened.question.id: opened for _, opened in reading.opened}
    places = (((opened.question.id,), reading.plain.place(path)) for path, opened in reading.opened)
    for at, first in repeated(places):
        reading.faults.append(f"{at}: the same id stands at {first} already. Give every question its own.")
    said = [_said(reading, path, one, name or one.question, asked) for path, one, name in reading.said]
    came = [_came(reading, path, one, name or one.question) for path, one, name in reading.came]
    return (*asked.values(), *(one for one in said if one), *(one for one in came if one))


def _said(reading: _Reading, path: Path, one: Said, name: str | None, asked: Mapping[str, Opened]) -> Forecast | None:
    by, as_of = one.by or reading.by, one.as_of or reading.as_of
    if name is None or not by or as_of is None:
        missing = "question" if name is None else "by" if not by else "as_of"
        reading.fault(path, f"'{missing}' is missing. Write it here{'' if name is None else ' or at the top'}.")
        return None
    question = asked[name].question if name in asked else None
    closes = question.closes if question is not None else None
    stands = as_of + dt.timedelta(days=STANDS_DAYS)
    return Forecast(
        question=name,
        as_of=as_of,
        by=by,
        probabilities=_chances(reading, path, one, question),
        quantiles=one.quantiles,
        lapses=one.lapses or (stands if closes is None else max(min(stands, closes), as_of)),
        analysis=one.analysis,
        version=reading.version,
        comparisons=tuple(_compared(reading, path, c, question, as_of) for c in one.comparisons),
        note=one.note,
    )


def _compared(reading: _Reading, path: Path, one: Compared, question: Question | None, as_of: dt.date) -> Comparison:
    return Comparison(
        name=one.name,
        probabilities=_chances(reading, path, one, question),
        quantiles=one.quantiles,
        as_of=one.as_of or as_of,
        source=one.source,
    )


def _chances(reading: _Reading, path: Path, one: Said | Compared, question: Question | None) -> tuple[float, ...]:
    """Return the chances of a forecast in the order of the choices of its question."""
    if one.probability is not None:
        return (one.probability,)
    given: Probabilities = one.probabilities
    if not isinstance(given, dict):
        return given
    choices = question.choices if question is not None else tuple(given)
    if set(given) != set(choices):
        cure = f"Give each of its choices a probability: {', '.join(shown(c) for c in choices)}."
        reading.fault(path, f"the choices are not those of the question. {cure}")
        return ()
    return tuple(given[choice] for choice in choices)


def _came(reading: _Reading, path: Path, one: Came, name: str | None) -> Resolution | None:
    by = one.by or reading.by
    if name is None or not by:
        missing = "question" if name is None else "by"
        reading.fault(path, f"'{missing}' is missing. Write it here{'' if name is None else ' or at the top'}.")
        return None
    return Resolution(
        question=name, outcome=one.outcome, value=one.value, on=one.on, sources=one.sources, by=by, note=one.note
    )
