r"""What was asked in ForecastBench, what did the crowd say on the day of the freeze, and how did it come out?

Read are its question sets and resolution sets (JSON), and tables of one row per question and freeze (CSV) with the
columns `source`, `id`, `crowd_value_at_freeze`, `freeze_date` or `freeze_datetime`, and where they stand `question`,
`url`, `market_close`, `forecast_due_date`, `resolution_date`, `resolved_to`, `resolved`. Only questions of markets and
of crowds are rows: a question about a series of numbers has no crowd, and one that combines two is asked of both.

Source of the data: Karger et al., ForecastBench (ICLR 2025); the data sets are CC BY-SA 4.0.

>>> table = b"source,id,freeze_date,crowd_value_at_freeze,resolution_date,resolved_to\n"
>>> read([Source("a.csv", table + b"infer,17,2026-02-01,0.25,2026-03-01,0.0\n")]).rows[0].outcome
0
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detente.errors import FormatError
from detente.formats.question_rows import Findings, Outcome, QuestionRow, QuestionRows, plain, repeated
from detente.formats.rows import read_rows
from detente.formats.safe_json import json_in
from detente.formats.score_table import Source, shown
from detente.formats.table_heads import heads_in

SOURCE, ID, CROWD = "source", "id", "crowd_value_at_freeze"
FREEZES = ("freeze_date", "freeze_datetime")
_MOST_ID, _MOST_TEXT = 200, 4_000
_YES, _NO = frozenset({"true", "1", "1.0", "yes"}), frozenset({"false", "0", "0.0", "no"})

_Key = tuple[dt.date, str, str]


@dataclass(frozen=True, slots=True)
class _Result:
    """How one question stood in a resolution set: the day, and the outcome where it came out as yes or no."""

    on: dt.date | None
    outcome: Outcome | None
    resolved: bool


def is_table(source: Source) -> bool:
    r"""Say whether a CSV begins with the columns of such a table.

    >>> is_table(Source("a.csv", b"id,source,crowd_value_at_freeze\n"))
    True
    """
    return {SOURCE, ID, CROWD} <= set(heads_in(source))


def is_set(found: object) -> bool:
    """Say whether what a JSON file holds is a question set or a resolution set.

    >>> is_set({"forecast_due_date": "2026-02-15", "questions": []}), is_set([])
    (True, False)
    """
    return isinstance(found, dict) and any(isinstance(found.get(k), list) for k in ("questions", "resolutions"))


def read(sources: Sequence[Source]) -> QuestionRows:
    """Read tables, question sets and resolution sets; a resolution set is joined to the questions of its due date.

    Raises FormatError with every fault of the first file that has any.
    """
    tables = [_table(one) for one in sources if one.name.lower().endswith(".csv")]
    sets = [(one, _set(one)) for one in sources if not one.name.lower().endswith(".csv")]
    results: dict[_Key, _Result] = {}
    for source, found in sets:
        if isinstance(found.get("resolutions"), list):
            results |= _results(source, found)
    asked = [_questions(source, found, results) for source, found in sets if isinstance(found.get("questions"), list)]
    read_in = [*tables, *asked]
    if not read_in:
        raise FormatError("A resolution set holds no questions. Give the question set of the same due date with it.")
    rows = tuple(row for one in read_in for row in one.rows)
    again = repeated(((row.source, row.id, row.frozen), f"{shown(row.id)}#{at}") for at, row in enumerate(rows))
    if again:
        which = again[0][0].rpartition("#")[0]
        raise FormatError(f"The question '{which}' stands in two files for the same freeze. Give one of them.")
    return QuestionRows(rows, tuple(remark for one in read_in for remark in one.remarks))


def _table(source: Source) -> QuestionRows:
    heads = heads_in(source)
    freeze = next((head for head in FREEZES if head in heads), FREEZES[0])
    rows = read_rows(source, (SOURCE, ID, freeze, CROWD))
    finding = Findings(source.name)
    found = [_row(finding, row.cells, freeze, f"line {row.line}") for row in rows]
    places = (
        ((one.due, one.source, one.id, one.frozen), f"line {row.line}") for one, row in zip(found, rows, strict=True)
    )
    for at, first in repeated(places):
        finding.fault(at, f"the same question and freeze stand in {first} already. Keep one of them.")
    return _told(finding, found, [], "the table has no row. Give at least one question.")


def _row(finding: Findings, cells: Mapping[str, str], freeze: str, line: str) -> QuestionRow:
    ended = finding.day(cells.get("resolution_date"), f"{line}, column 'resolution_date'")
    said = cells.get("resolved")
    # Tables of resolved questions alone have no such column: there a row with a day and a value is resolved.
    resolved = _flag(finding, said, f"{line}, column 'resolved'") if said is not None else ended is not None
    outcome = _outcome(finding, cells.get("resolved_to"), f"{line}, column 'resolved_to'", resolved=resolved)
    return QuestionRow(
        source=_name(finding, cells[SOURCE], f"{line}, column '{SOURCE}'"),
        id=_name(finding, cells[ID], f"{line}, column '{ID}'"),
        text=finding.words(cells.get("question"), f"{line}, column 'question'", most=_MOST_TEXT),
        frozen=finding.needed_day(cells[freeze], f"{line}, column '{freeze}'"),
        crowd=finding.share(cells[CROWD], f"{line}, column '{CROWD}'"),
        closes=finding.day(cells.get("market_close"), f"{line}, column 'market_close'"),
        resolved=ended if resolved else None,
        outcome=outcome,
        url=plain(cells.get("url")),
        due=finding.day(cells.get("forecast_due_date"), f"{line}, column 'forecast_due_date'"),
    )


def _name(finding: Findings, value: object, at: str) -> str:
    text = finding.words(value, at, most=_MOST_ID)
    if not text:
        finding.fault(at, "there is nothing here. Write the name of the source or of the question.")
    return text


def _flag(finding: Findings, value: object, at: str) -> bool:
    text = (plain(value) or "false").lower()
    if text not in _YES | _NO:
        finding.fault(at, f"'{shown(text)}' is neither True nor False. Write one of them.")
    return text in _YES


def _outcome(finding: Findings, value: object, at: str, *, resolved: bool) -> Outcome | None:
    """Return 0 or 1 where a question came out so; a market that pays a share of 1 came out as neither."""
    share = finding.share(value, at)
    if not resolved or share is None:
        return None
    return 1 if share == 1 else 0 if share == 0 else None


def _set(source: Source) -> dict[str, Any]:
    found = json_in(source)
    if not isinstance(found, dict) or not is_set(found):
        raise FormatError(
            f"'{shown(source.name)}' is no question set and no resolution set: it has no list 'questions' and none "
            "'resolutions'. Give a file from the question_sets or resolution_sets of ForecastBench."
        )
    return found


def _records(finding: Findings, found: Mapping[str, Any], key: str) -> Iterable[tuple[str, dict[str, Any]]]:
    """Go through the records of a set that speak of one question; those that combine several are passed over."""
    for number, record in enumerate(found[key], start=1):
        if not isinstance(record, dict):
            finding.fault(f"{key}[{number}]", "this is no record. Take it out.")
        elif not isinstance(record.get(ID), list):
            yield f"{key}[{number}]", record


def _results(source: Source, found: Mapping[str, Any]) -> dict[_Key, _Result]:
    finding = Findings(source.name)
    due = finding.needed_day(found.get("forecast_due_date"), "forecast_due_date")
    results: dict[_Key, _Result] = {}
    for at, record in _records(finding, found, "resolutions"):
        resolved = _flag(finding, record.get("resolved"), f"{at}.resolved")
        on = finding.day(record.get("resolution_date"), f"{at}.resolution_date")
        # What stands under resolved_to of a question about numbers is no share; only what is resolved is looked at.
        value = record.get("resolved_to") if resolved else None
        outcome = _outcome(finding, value, f"{at}.resolved_to", resolved=resolved)
        key = (due, plain(record.get(SOURCE)) or "", plain(record.get(ID)) or "")
        results[key] = _earlier(results.get(key), _Result(on, outcome, resolved))
    finding.refuse()
    return results


def _earlier(known: _Result | None, one: _Result) -> _Result:
    """Of several resolutions of a question the first one that is final counts: later ones repeat it."""
    if known is None or (one.resolved and not known.resolved):
        return one
    if known.resolved and one.resolved and one.on and known.on and one.on < known.on:
        return one
    return known


def _questions(source: Source, found: Mapping[str, Any], results: Mapping[_Key, _Result]) -> QuestionRows:
    finding = Findings(source.name)
    due = finding.needed_day(found.get("forecast_due_date"), "forecast_due_date")
    rows, places, series = [], [], 0
    for at, record in _records(finding, found, "questions"):
        if isinstance(record.get("resolution_dates"), list) and record["resolution_dates"]:
            series += 1
            continue
        row = _question(finding, record, at, due)
        came = results.get((due, row.source, row.id), _Result(None, None, resolved=False))
        rows.append(_with(row, came))
        places.append(((row.source, row.id), at))
    for at, first in repeated(places):
        finding.fault(at, f"the same question stands at {first} already. Keep one of them.")
    combined = sum(isinstance(r, dict) and isinstance(r.get(ID), list) for r in found["questions"])
    left = [(series, "are about series of numbers, which have no crowd"), (combined, "combine other questions")]
    remarks = [f"{n} of {len(found['questions'])} questions are left out: they {why}." for n, why in left if n]
    return _told(finding, rows, remarks, "no question of a market or a crowd stands in it. Give a set that has some.")


def _question(finding: Findings, record: Mapping[str, Any], at: str, due: dt.date) -> QuestionRow:
    # Of a market the rules stand under market_info_resolution_criteria, of another source under resolution_criteria.
    rules = plain(record.get("market_info_resolution_criteria")) or record.get("resolution_criteria")
    return QuestionRow(
        source=_name(finding, record.get(SOURCE), f"{at}.{SOURCE}"),
        id=_name(finding, record.get(ID), f"{at}.{ID}"),
        text=finding.words(record.get("question"), f"{at}.question", most=_MOST_TEXT),
        frozen=finding.needed_day(record.get("freeze_datetime"), f"{at}.freeze_datetime"),
        crowd=finding.share(record.get("freeze_datetime_value"), f"{at}.freeze_datetime_value"),
        closes=finding.day(record.get("market_info_close_datetime"), f"{at}.market_info_close_datetime"),
        criteria=" ".join((plain(rules) or "").split())[:20_000],
        url=plain(record.get("url")),
        due=due,
    )


def _with(row: QuestionRow, came: _Result) -> QuestionRow:
    return dataclasses.replace(row, resolved=came.on, outcome=came.outcome) if came.resolved else row


def _told(finding: Findings, rows: Sequence[QuestionRow], remarks: Sequence[str], empty: str) -> QuestionRows:
    """Return the rows with remarks about those that cannot be scored.

    Raises FormatError where there was a fault, or where there is no row.
    """
    if not rows:
        finding.fault("the whole file", empty)
    finding.refuse()
    neither = sum(row.resolved is not None and row.outcome is None for row in rows)
    said = f"{neither} of {len(rows)} questions came out as neither yes nor no; they are not scored."
    return QuestionRows(tuple(rows), (*remarks, said) if neither else tuple(remarks))
