"""What stands in the tables of a data package: questions, forecasts, comparisons and resolutions of a ledger?"""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from detente.formats.score_table import clean
from detente.formats.sheet import Cell
from detente.ledger.book import AskedQuestion, Book, Resolved, Standing
from detente.ledger.entries import Comparison

ColumnType: TypeAlias = Literal["string", "integer", "number", "date", "datetime", "boolean", "array"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the type of its values, what they mean; `needed` where no cell is empty.

    `refers` names the table and the column whose values it takes.
    """

    name: str
    type: ColumnType
    says: str
    needed: bool = False
    refers: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, its columns, the one that tells its rows apart, where there is one, and its cells."""

    name: str
    says: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    key: str | None = None


def tables_of(book: Book) -> tuple[Table, ...]:
    """Return the tables of a ledger: one row per question, forecast, comparison and resolution.

    >>> empty = Book(questions=(), rows=0, head="0" * 64, now=dt.datetime(2026, 2, 8, tzinfo=dt.UTC))
    >>> [table.name for table in tables_of(empty)]
    ['questions', 'forecasts', 'comparisons', 'resolutions']
    """
    said = [(one, standing) for one in book.questions for standing in one.forecasts]
    beside = [(standing, compared) for _, standing in said for compared in standing.forecast.comparisons]
    came = [(one, resolved) for one in book.questions for resolved in one.resolutions]
    return (
        _table(
            "questions", "What was asked, one row per question.", _QUESTIONS, map(_of_question, book.questions), "id"
        ),
        _table("forecasts", "What was said, one row per forecast.", _FORECASTS, map(_of_forecast, said), "number"),
        _table("comparisons", "What others said of the same question.", _COMPARISONS, map(_of_comparison, beside)),
        _table("resolutions", "How it came out, one row per entry.", _RESOLUTIONS, map(_of_resolution, came), "number"),
    )


def _table(
    name: str, says: str, columns: tuple[Column, ...], rows: Iterator[dict[str, Any]], key: str | None = None
) -> Table:
    cells = tuple(tuple(_cell(row[column.name]) for column in columns) for row in rows)
    return Table(name=name, says=says, columns=columns, rows=cells, key=key)


def _cell(value: Any) -> Cell:
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)  # a seed may have more digits than a float holds
        case float():
            return value
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        case dt.date():
            return value.isoformat()
        case tuple():
            return json.dumps(value, ensure_ascii=False, allow_nan=False) if value else None
        case _:
            return clean(str(value)) or None


def _of_question(one: AskedQuestion) -> dict[str, Any]:
    asked, given, about = one.question, one.question.given, one.question.about
    return {
        "id": asked.id, "number": one.number, "recorded": one.recorded, "as_of": one.as_of, "by": one.by,
        "text": asked.text, "kind": asked.kind, "choices": asked.choices, "low": asked.low, "high": asked.high,
        "unit": asked.unit, "criteria": asked.criteria, "sources": asked.sources, "opens": asked.opens,
        "closes": one.closes, "given_question": given.question if given else None,
        "given_outcome": given.outcome if given else None,
        "given_within_days": given.within_days if given else None, "cluster": asked.cluster, "topics": asked.topics,
        "event": about.event, "event_table": about.table, "event_by": about.by, "event_against": about.against,
        "event_issue": about.issue, "event_threat": about.threat, "situation": one.situation, "state": one.state,
        "retrospective": one.retrospective, "note": asked.note,
    }  # fmt: skip


def _of_forecast(pair: tuple[AskedQuestion, Standing]) -> dict[str, Any]:
    one, standing = pair
    said, reference = standing.forecast, standing.forecast.reference
    return {
        "number": standing.number, "question": one.question.id, "recorded": standing.recorded, "as_of": said.as_of,
        "retrospective": standing.retrospective, "by": said.by, "analysis": said.analysis, "version": said.version,
        "seed": said.seed, "probability": _single(said.probabilities), "probabilities": said.probabilities,
        "quantiles": said.quantiles, "starts": standing.starts, "ends": standing.ends, "ended": standing.why,
        "lapses": standing.lapses, "situation": said.situation, "documents": said.documents,
        "class": reference.id if reference else None, "class_words": reference.words if reference else None,
        "class_event": reference.event if reference else None, "class_yes": reference.k if reference else None,
        "class_cases": reference.n if reference else None, "class_low": reference.low if reference else None,
        "class_high": reference.high if reference else None, "weight": said.weight, "rules": said.rules,
        "note": said.note,
    }  # fmt: skip


def _of_comparison(pair: tuple[Standing, Comparison]) -> dict[str, Any]:
    standing, one = pair
    return {
        "forecast": standing.number, "question": standing.forecast.question, "name": one.name, "as_of": one.as_of,
        "probability": _single(one.probabilities), "probabilities": one.probabilities, "quantiles": one.quantiles,
        "source": one.source,
    }  # fmt: skip


def _of_resolution(pair: tuple[AskedQuestion, Resolved]) -> dict[str, Any]:
    one, resolved = pair
    came = resolved.resolution
    return {
        "number": resolved.number, "question": one.question.id, "recorded": resolved.recorded,
        "outcome": came.outcome, "value": came.value, "on": came.on, "by": came.by, "sources": came.sources,
        "documents": came.documents, "supersedes": came.supersedes, "superseded": resolved.superseded,
        "note": came.note,
    }  # fmt: skip


def _single(probabilities: Sequence[float]) -> float | None:
    return probabilities[0] if len(probabilities) == 1 else None


def _needed(name: str, kind: ColumnType, says: str, *, refers: tuple[str, str] | None = None) -> Column:
    return Column(name, kind, says, needed=True, refers=refers)


_IN_UTC = "day, in UTC"
_QUESTIONS = (
    _needed("id", "string", "id of the question"),
    _needed("number", "integer", "row of the ledger in which it was opened"),
    _needed("recorded", "datetime", "when that row was recorded, in UTC"),
    _needed("as_of", "date", f"as of which {_IN_UTC}, it was asked"),
    _needed("by", "string", "who asked"),
    _needed("text", "string", "the question"),
    _needed("kind", "string", "binary, multiple_choice, ordered or continuous"),
    Column("choices", "array", "its answers where it has several, as a JSON list"),
    Column("low", "number", "lower end of the scale of a continuous question"),
    Column("high", "number", "upper end of that scale"),
    Column("unit", "string", "unit of that scale"),
    Column("criteria", "string", "what decides how it came out"),
    Column("sources", "array", "whose word counts, as a JSON list"),
    Column("opens", "date", f"first {_IN_UTC}, on which it is open, where that is not as_of"),
    _needed("closes", "date", f"last {_IN_UTC}, on which it is open"),
    Column("given_question", "string", "the question that has to come out one way before this one is asked"),
    Column("given_outcome", "string", "which way that is"),
    Column("given_within_days", "integer", "days for which it is then open"),
    Column("cluster", "string", "the event it hangs on: questions of one cluster are not independent"),
    Column("topics", "array", "topics, as a JSON list"),
    _needed("event", "string", "kind of event it asks about; other where it is none of those that classes know"),
    Column("event_table", "string", "table of the event"),
    Column("event_by", "string", "who acts"),
    Column("event_against", "string", "against whom"),
    Column("event_issue", "string", "issue of the event"),
    Column("event_threat", "string", "threat that would be carried out"),
    Column("situation", "string", "fingerprint of the situation from which it was asked"),
    _needed("state", "string", "waiting, open, due, resolved, ambiguous, annulled or void"),
    _needed("retrospective", "boolean", "whether it was recorded after the day as of which it was asked"),
    Column("note", "string", "note"),
)
_FORECASTS = (
    _needed("number", "integer", "row of the ledger in which it was recorded"),
    _needed("question", "string", "id of the question", refers=("questions", "id")),
    _needed("recorded", "datetime", "when it was recorded, in UTC"),
    _needed("as_of", "date", f"as of which {_IN_UTC}, it was made: what came later was not known"),
    _needed("retrospective", "boolean", "whether it was recorded after that day"),
    _needed("by", "string", "who said it"),
    _needed("analysis", "string", "by which analysis"),
    _needed("version", "string", "version of the program"),
    Column("seed", "string", "seed of the random numbers, as text: it may have more digits than a float holds"),
    Column("probability", "number", "chance of yes, 0 to 1"),
    Column("probabilities", "array", "chance of yes or of each choice, 0 to 1, as a JSON list"),
    Column("quantiles", "array", "pairs of share and value, as a JSON list"),
    _needed("starts", "datetime", "from when it stands, in UTC"),
    Column("ends", "datetime", "until when it stood, in UTC; empty while it stands"),
    Column("ended", "string", "why it stands no more: superseded, withdrawn, lapsed, closed, resolved or void"),
    _needed("lapses", "date", f"last {_IN_UTC}, on which it stands unless reaffirmed"),
    Column("situation", "string", "fingerprint of the situation it was made from"),
    Column("documents", "array", "documents it knew, as a JSON list"),
    Column("class", "string", "id of the reference class it rests on"),
    Column("class_words", "string", "that class in words"),
    Column("class_event", "string", "event that was counted in it"),
    Column("class_yes", "integer", "cases that had the event"),
    Column("class_cases", "integer", "cases in all"),
    Column("class_low", "number", "lower end of the interval of their rate"),
    Column("class_high", "number", "upper end of that interval"),
    _needed("weight", "number", "weight of the model in it, 0 to 1"),
    Column("rules", "array", "assumptions it takes, by name, as a JSON list"),
    Column("note", "string", "note"),
)
_COMPARISONS = (
    _needed("forecast", "integer", "row of the forecast beside which it stands", refers=("forecasts", "number")),
    _needed("question", "string", "id of the question of that forecast"),
    _needed("name", "string", "whose word it is: a crowd, the climatology, another model"),
    _needed("as_of", "date", f"as of which {_IN_UTC}"),
    Column("probability", "number", "chance of yes, 0 to 1"),
    Column("probabilities", "array", "chance of yes or of each choice, 0 to 1, as a JSON list"),
    Column("quantiles", "array", "pairs of share and value, as a JSON list"),
    Column("source", "string", "where it was found"),
)
_RESOLUTIONS = (
    _needed("number", "integer", "row of the ledger in which it was recorded"),
    _needed("question", "string", "id of the question", refers=("questions", "id")),
    _needed("recorded", "datetime", "when it was recorded, in UTC"),
    _needed("outcome", "string", "yes, no, a choice, value, ambiguous or annulled"),
    Column("value", "number", "the value, of a continuous question"),
    _needed("on", "date", f"{_IN_UTC}, on which it came out"),
    _needed("by", "string", "who resolved it"),
    Column("sources", "array", "what says so, as a JSON list"),
    Column("documents", "array", "documents that say so, as a JSON list"),
    Column("supersedes", "integer", "row of the resolution that it replaces"),
    _needed("superseded", "boolean", "whether a later row replaces it"),
    Column("note", "string", "note"),
)
