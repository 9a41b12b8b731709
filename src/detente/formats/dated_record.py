r"""Which questions could have been asked on a day of a dated record, and how did they come out?

One JSON record a line, with `id`, `question`, `as_of`, `closes` (a day, or `conditional` where that hangs on another
event), `outcome` (yes or no, null while open), `resolved_on`, and where they stand `sources`, `tags` and `cluster`. All
else that a record holds, such as why and how sure, is not read.

>>> line = b'{"id": "Q1", "question": "Will it?", "as_of": "2026-02-08", "closes": "2026-02-28", "outcome": "yes", '
>>> line += b'"resolved_on": "2026-02-17", "tags": ["table"]}'
>>> read(Source("questions.jsonl", line)).rows[0].outcome
1
"""

from collections.abc import Mapping
from typing import Any

from detente.formats.question_rows import Findings, Outcome, QuestionRow, QuestionRows, plain, repeated
from detente.formats.safe_json import lines_in
from detente.formats.score_table import Source, shown

KEYS = ("id", "question", "as_of", "closes", "outcome", "resolved_on")
RECORD = "record"
CONDITIONAL = "conditional"
_OUTCOMES: dict[str, Outcome] = {"yes": 1, "no": 0}
_NEITHER = frozenset({"ambiguous", "annulled"})
_MOST_ID, _MOST_TEXT, _MOST_LISTED = 200, 4_000, 50


def is_record(found: object) -> bool:
    """Say whether a line of JSON is one of such a record.

    >>> is_record({"id": "Q1", "question": "Will it?", "resolved_on": None}), is_record([])
    (True, False)
    """
    return isinstance(found, dict) and "question" in found and "resolved_on" in found


def read(source: Source) -> QuestionRows:
    """Read the questions of a dated record.

    Raises FormatError with every fault.
    """
    finding = Findings(source.name)
    rows, places = [], []
    for line, record in lines_in(source):
        at = f"line {line}"
        if not isinstance(record, dict) or any(key not in record for key in KEYS):
            finding.fault(at, f"this is no question of a record. Give each the fields {', '.join(KEYS)}.")
            continue
        row = _row(finding, record, at)
        rows.append(row)
        places.append(((row.id, row.frozen), at))
    for at, first in repeated(places):
        finding.fault(at, f"the same id and day stand in {first} already. Keep one of them.")
    finding.refuse()
    return QuestionRows(tuple(rows))


def _row(finding: Findings, record: Mapping[str, Any], at: str) -> QuestionRow:
    name = finding.words(record["id"], f"{at}, id", most=_MOST_ID)
    if not name:
        finding.fault(f"{at}, id", "there is none. Give every question an id.")
    asked = finding.needed_day(record["as_of"], f"{at}, as_of")
    resolved = finding.day(record["resolved_on"], f"{at}, resolved_on")
    closes = None if record["closes"] == CONDITIONAL else finding.day(record["closes"], f"{at}, closes")
    if closes is not None and closes < asked:
        finding.fault(f"{at}, closes", f"{closes} is before {asked}, the day it was asked. Correct one of them.")
    return QuestionRow(
        source=RECORD,
        id=name,
        text=finding.words(record["question"], f"{at}, question", most=_MOST_TEXT),
        frozen=asked,
        closes=closes,
        resolved=resolved,
        outcome=_outcome(finding, record["outcome"], f"{at}, outcome", came=resolved is not None),
        cluster=plain(record.get("cluster")),
        topics=_listed(finding, record.get("tags"), f"{at}, tags"),
        sources=_listed(finding, record.get("sources"), f"{at}, sources"),
    )


def _outcome(finding: Findings, value: object, at: str, *, came: bool) -> Outcome | None:
    said = (plain(value) or "").lower()
    if said not in _OUTCOMES and said not in _NEITHER | {""}:
        finding.fault(at, f"'{shown(said)}' is no outcome. Write yes, no, ambiguous or annulled, or null while open.")
    elif bool(said) != came:
        finding.fault(at, "an outcome and resolved_on stand together or not at all. Give both, or neither.")
    return _OUTCOMES.get(said)


def _listed(finding: Findings, value: object, at: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > _MOST_LISTED or not all(isinstance(one, str) for one in value):
        finding.fault(at, f'this is no list of at most {_MOST_LISTED} texts. Write one, such as ["talks"].')
        return ()
    return tuple(" ".join(one.split()) for one in value)
