r"""Which past questions stand in files of elsewhere, whatever format they are in?

Read are tables, question sets and resolution sets of ForecastBench, a dated record, a question file of ours, and the
CSV tables and JSON records of Metaculus. What a file is, its name and its first words say.

>>> table = b"source,id,freeze_date,crowd_value_at_freeze,resolution_date,resolved_to\n"
>>> read_rows([Source("a.csv", table + b"infer,17,2026-02-01,0.25,2026-03-01,0.0\n")], version="1").rows[0].crowd
0.25
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from detente.errors import FormatError
from detente.formats import dated_record, forecastbench, metaculus, question_file
from detente.formats.question_file.plain import plain_of
from detente.formats.question_rows import QuestionRows
from detente.formats.row_entries import Written, entries_of, rows_of
from detente.formats.safe_json import json_in, lines_in
from detente.formats.score_table import Source, shown

Kind: TypeAlias = Literal["forecastbench", "record", "questions", "metaculus"]


@dataclass(frozen=True, slots=True)
class Found:
    """Entries that files hold, of which format they are, and what of the files is not among them."""

    kind: Kind
    entries: tuple[Written, ...]
    remarks: tuple[str, ...] = ()


def kind_of(source: Source) -> Kind:
    """Say in which format a file is.

    Raises FormatError where it is in none that is read, or no text at all.

    >>> kind_of(Source("a.json", b'{"forecast_due_date": "2026-02-15", "questions": [{"source": "infer"}]}'))
    'forecastbench'
    """
    name = source.name.lower()
    if name.endswith(".csv"):
        found = _of_table(source)
    elif name.endswith(".jsonl"):
        lines = lines_in(source)
        found = _of_line(lines[0][1] if lines else None)
    elif name.endswith(".json"):
        found = _of_json(json_in(source))
    elif name.endswith((".yaml", ".yml")):
        found = "questions" if question_file.is_question_file(plain_of(source).value) else None
    else:
        found = None
    if found is None:
        raise FormatError(
            f"'{shown(source.name)}' holds no questions in a format that is read. Give a question file (.yaml, "
            ".jsonl), a table, question set or resolution set of ForecastBench, or question_data.csv, "
            "forecast_data.csv or JSON of Metaculus."
        )
    return found


def read_entries(
    sources: Sequence[Source],
    *,
    version: str,
    by: str | None = None,
    as_of: dt.date | None = None,
    today: dt.date | None = None,
) -> Found:
    """Read files of one format into entries for a ledger.

    `version` is that of the program that writes them; `by` and `as_of` stand in where a question file does not say.
    `today` keeps resolutions of tables out whose day has not come.

    Raises FormatError with every fault of a file, and where files are of different formats.
    """
    kind = _one_kind(sources)
    if kind == "metaculus":
        read = metaculus.read(sources, version=version)
        return Found(kind, read.entries, read.remarks)
    if kind == "questions":
        found = (question_file.read(one, version=version, by=by, as_of=as_of) for one in sources)
        return Found(kind, tuple(entry for entries in found for entry in entries))
    rows = forecastbench.read(sources) if kind == "forecastbench" else _records(sources)
    entries, remarks = entries_of(rows.rows, version=version, today=today)
    return Found(kind, entries, (*rows.remarks, *remarks))


def read_rows(sources: Sequence[Source], *, version: str) -> QuestionRows:
    """Read files of one format into past questions that ask for yes or no.

    Raises FormatError as `read_entries` does.
    """
    kind = _one_kind(sources)
    if kind == "forecastbench":
        return forecastbench.read(sources)
    if kind == "record":
        return _records(sources)
    found = read_entries(sources, version=version)
    rows = rows_of(found.entries, source="question file" if kind == "questions" else kind)
    return QuestionRows(rows.rows, (*found.remarks, *rows.remarks))


def _records(sources: Sequence[Source]) -> QuestionRows:
    found = [dated_record.read(one) for one in sources]
    return QuestionRows(tuple(row for one in found for row in one.rows))


def _one_kind(sources: Sequence[Source]) -> Kind:
    kinds = {one.name: kind_of(one) for one in sources}
    if len(set(kinds.values())) != 1:
        told = ", ".join(f"'{shown(name)}': {kind}" for name, kind in kinds.items()) or "no file at all"
        raise FormatError(f"Files of one format are read at once, and these are {told}. Give them one by one.")
    return next(iter(kinds.values()))


def _of_table(source: Source) -> Kind | None:
    if forecastbench.is_table(source):
        return "forecastbench"
    return "metaculus" if metaculus.is_table(source) else None


def _of_line(found: object) -> Kind | None:
    if dated_record.is_record(found):
        return "record"
    return "questions" if question_file.is_question_file(found) else None


def _of_json(found: object) -> Kind | None:
    if metaculus.is_post(found):
        return "metaculus"
    # Both kinds of file have a list of questions; only a set of ForecastBench has a day on which forecasts are due.
    if forecastbench.is_set(found) and isinstance(found, dict) and "forecast_due_date" in found:
        return "forecastbench"
    return "questions" if question_file.is_question_file(found) else None
