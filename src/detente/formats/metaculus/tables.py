"""What stands in the tables of Metaculus, question_data.csv and forecast_data.csv?"""

import json
import re
from collections.abc import Sequence

from detente.errors import FormatError
from detente.formats.metaculus.asked import Asked, Spoken, about, chances, number_or_none, pairs
from detente.formats.metaculus.columns import (
    BINARY,
    CHOICE,
    NEEDED_OF_FORECASTS,
    NEEDED_OF_QUESTIONS,
    NUMBERS,
    PERCENTILES,
    QUESTION_ID,
)
from detente.formats.metaculus.distribution import Quantiles, inside
from detente.formats.question_rows import Findings
from detente.formats.row_entries import CROWD
from detente.formats.rows import Row, read_rows
from detente.formats.score_table import Source, shown
from detente.formats.sheet import unmarked
from detente.formats.table_heads import heads_in
from detente.situation.questions import Condition
from detente.situation.values import slug

_MOST_TEXT, _MOST_NAME, _MOST_ITEMS = 4_000, 300, 1_000
_ITEM = re.compile(r"""\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^,'"\[\]]+))\s*(?:,|$)""")


def is_table(source: Source) -> bool:
    r"""Say whether a CSV begins with the columns of one of the two tables.

    >>> is_table(Source("a.csv", b"Question ID,Start Time,Probability Yes\n"))
    True
    """
    heads = set(heads_in(source))
    return set(NEEDED_OF_QUESTIONS) <= heads or set(NEEDED_OF_FORECASTS) <= heads


def read_tables(finding: Findings, sources: Sequence[Source]) -> tuple[Asked, ...]:
    """Read the questions of the first table, with what the second says of them.

    Raises FormatError where there is no table of questions.
    """
    asked: dict[str, Asked] = {}
    questions = [one for one in sources if set(NEEDED_OF_QUESTIONS) <= set(heads_in(one))]
    if not questions:
        raise FormatError(
            "A table of forecasts alone does not say what was asked. Give question_data.csv of the same download too."
        )
    for source in questions:
        for row in read_rows(source, NEEDED_OF_QUESTIONS):
            one = _question(finding, row, f"{_short(source)}line {row.line}")
            if one.id in asked:
                finding.fault(one.at, f"the question '{shown(one.id)}' stands there twice. Keep one of the rows.")
            asked[one.id] = one
    for source in sources:
        if source not in questions:
            for row in read_rows(source, NEEDED_OF_FORECASTS):
                _forecast(finding, asked, row, f"{_short(source)}line {row.line}")
    return tuple(asked.values())


def _short(source: Source) -> str:
    return f"{shown(source.name)}, "


def _cell(row: Row, column: str) -> str | None:
    return unmarked(row.cells.get(column, "").strip()) or None


def _question(finding: Findings, row: Row, at: str) -> Asked:
    name = finding.words(_cell(row, QUESTION_ID), f"{at}, column '{QUESTION_ID}'", most=_MOST_NAME)
    text = finding.words(_cell(row, "Question Title"), f"{at}, column 'Question Title'", most=_MOST_TEXT)
    if not name or not text:
        finding.fault(at, "the question has no id or no title. Write both.")
    resolution = _cell(row, "Resolution")
    return Asked(
        at=at,
        id=name,
        text=text,
        type=_cell(row, "Question Type") or BINARY,
        choices=tuple(_listed(finding, _cell(row, "MC Options"), f"{at}, column 'MC Options'")),
        low=number_or_none(finding, _bound(row, "Lower Bound"), f"{at}, column 'Lower Bound'"),
        high=number_or_none(finding, _bound(row, "Upper Bound"), f"{at}, column 'Upper Bound'"),
        unit=_cell(row, "Unit"),
        criteria=_cell(row, "Resolution Criteria") or "",
        url=_cell(row, "Question URL"),
        opens=finding.day(_cell(row, "Open Time"), f"{at}, column 'Open Time'"),
        closes=finding.day(
            _cell(row, "Scheduled Close Time") or _cell(row, "Actual Close Time"),
            f"{at}, column 'Scheduled Close Time'",
        ),
        resolution=resolution.lower() if resolution and resolution.lower() in ("yes", "no") else resolution,
        resolved=finding.day(_cell(row, "Resolution Known Time"), f"{at}, column 'Resolution Known Time'"),
        slug=_cell(row, "Slug"),
        ordered=_cell(row, "Kind") == "ordered",
        sources=tuple(_listed(finding, _cell(row, "Sources"), f"{at}, column 'Sources'")),
        cluster=slug(_cell(row, "Cluster") or "") or None,
        topics=tuple(filter(None, map(slug, _listed(finding, _cell(row, "Topics"), f"{at}, column 'Topics'")))),
        given=_given(finding, row, at),
        about=about(finding, _json(finding, _cell(row, "About"), f"{at}, column 'About'"), f"{at}, column 'About'"),
        by=_cell(row, "Asked By"),
        as_of=finding.day(_cell(row, "As Of"), f"{at}, column 'As Of'"),
    )


def _json(finding: Findings, text: str | None, at: str) -> object:
    try:
        return None if text is None else json.loads(text)
    except (ValueError, RecursionError):
        finding.fault(at, f"'{shown(text or '')}' is no JSON. Correct it, or leave the cell empty.")
        return None


def _bound(row: Row, column: str) -> str | None:
    """Return a bound of a scale of numbers; that of a question about a day is a day."""
    return _cell(row, column) if _cell(row, "Question Type") in NUMBERS else None


def _given(finding: Findings, row: Row, at: str) -> Condition | None:
    name, outcome = slug(_cell(row, "Given Question") or ""), _cell(row, "Given Outcome")
    if not name or not outcome:
        return None
    within = number_or_none(finding, _cell(row, "Given Within Days"), f"{at}, column 'Given Within Days'")
    return Condition(question=name, outcome=outcome, within_days=None if within is None else int(within))


def _forecast(finding: Findings, asked: dict[str, Asked], row: Row, at: str) -> None:
    name = _cell(row, QUESTION_ID) or ""
    one = asked.get(name)
    if one is None:
        finding.fault(at, f"there is no question '{shown(name)}'. Give the table of questions of the same download.")
        return
    # A forecaster without a number is a way of adding up what all said.
    crowd = _cell(row, "Forecaster ID") is None
    who = _cell(row, "Forecaster Username") or _cell(row, "Forecaster (Anonymized)") or "unnamed"
    analysis = _cell(row, "Analysis")
    began = finding.needed_day(_cell(row, "As Of") or _cell(row, "Start Time"), f"{at}, column 'Start Time'")
    ended = finding.day(_cell(row, "Lapses") or _cell(row, "End Time"), f"{at}, column 'End Time'")
    shares, quantiles = _said(finding, one, row, at)
    if not shares and not quantiles:
        return  # a forecast that was withdrawn, or a question of a kind that is not read
    spoken = Spoken(
        at=at,
        by=who if analysis or not crowd else f"Metaculus {who}",
        analysis=analysis or (CROWD if crowd else "judgement"),
        as_of=began,
        lapses=ended,
        probabilities=shares,
        quantiles=quantiles,
    )
    one.spoken.append(spoken)


def _said(finding: Findings, one: Asked, row: Row, at: str) -> tuple[tuple[float, ...], Quantiles]:
    if one.type == BINARY:
        share = finding.share(_cell(row, "Probability Yes"), f"{at}, column 'Probability Yes'")
        return (() if share is None else (share,)), ()
    if one.type == CHOICE:
        column = "Probability Yes Per Category"
        values = _listed(finding, _cell(row, column), f"{at}, column '{column}'")
        return chances(finding, f"{at}, column '{column}'", values, one.choices) if values else (), ()
    if one.type in NUMBERS and one.low is not None and one.high is not None:
        return (), _quantiles(finding, one, row, at)
    return (), ()


def _quantiles(finding: Findings, one: Asked, row: Row, at: str) -> Quantiles:
    exact = _cell(row, "Quantiles")
    if exact is not None:
        return pairs(finding, _json(finding, exact, f"{at}, column 'Quantiles'"), f"{at}, column 'Quantiles'")
    found = []
    for column, share in PERCENTILES:
        value = number_or_none(finding, _cell(row, column), f"{at}, column '{column}'")
        if value is not None:
            found.append((share, value))
    assert one.low is not None
    assert one.high is not None
    return inside(tuple(found), one.low, one.high)


def _listed(finding: Findings, text: str | None, at: str) -> list[str]:
    """Return the items of a list that stands in a cell, as JSON or as Python writes it."""
    if text is None:
        return []
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        whole = None
    if isinstance(whole, list):
        return ["" if item is None else str(item) for item in whole]
    found: list[str] = []
    inner, here = text.strip().removeprefix("[").removesuffix("]").strip(), 0
    while here < len(inner) and len(found) <= _MOST_ITEMS:
        item = _ITEM.match(inner, here)
        if item is None:
            break
        quoted = item[1] if item[1] is not None else item[2]
        found.append(item[3].strip() if quoted is None else re.sub(r"\\(.)", r"\1", quoted))
        here = item.end()
    if here < len(inner) or not text.startswith("["):
        finding.fault(at, f'\'{shown(text)}\' is no list. Write one, such as ["yes", "no"].')
        return []
    return found
