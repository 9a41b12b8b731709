"""A dated record: its questions are found again, and a line that is none is named."""

import json
from pathlib import Path

import pytest
from tests.formats.ledgers import text

from detente.errors import FormatError
from detente.formats import dated_record
from detente.formats.score_table import Source

GOOD = {"id": "Q1", "question": "Will it?", "as_of": "2026-02-08", "closes": "2026-02-28", "outcome": "yes",
        "resolved_on": "2026-02-17", "sources": ["https://example.org/a"], "tags": ["table"]}  # fmt: skip


def record(*changes: dict[str, object]) -> Source:
    return text("questions.jsonl", "\n".join(json.dumps(GOOD | change) for change in changes))


def test_the_thirty_questions_are_found_again(shared_dir: Path) -> None:
    path = shared_dir / "data" / "record" / "questions.jsonl"
    if not path.exists():
        pytest.skip("record/questions.jsonl is not there")
    rows = dated_record.read(Source(path.name, path.read_bytes())).rows
    assert len(rows) == 30
    assert [row.outcome for row in rows].count(1) == 15


def test_a_line_becomes_a_row() -> None:
    row = dated_record.read(record({})).rows[0]
    assert (row.id, row.outcome, row.topics, row.sources) == ("Q1", 1, ("table",), ("https://example.org/a",))


def test_an_open_question_has_no_outcome() -> None:
    assert dated_record.read(record({"outcome": None, "resolved_on": None})).rows[0].outcome is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"outcome": "perhaps"}, "'perhaps' is no outcome"),
        ({"resolved_on": None}, "stand together or not at all"),
        ({"closes": "2026-02-01"}, "is before 2026-02-08"),
        ({"as_of": "2026-02-08T12:00"}, "has no offset"),
        ({"as_of": None}, "there is no day"),
        ({"id": ""}, "Give every question an id"),
        ({"tags": "table"}, "this is no list"),
        ({"sources": [1]}, "this is no list"),
        ({"question": "x" * 5_000}, "Shorten it to 4,000"),
    ],
)
def test_a_fault_is_named_by_line(change: dict[str, object], says: str) -> None:
    with pytest.raises(FormatError) as error:
        dated_record.read(record({}, {"id": "Q2"} | change))
    assert says in str(error.value)
    assert "line 2" in str(error.value)


def test_an_id_twice_on_one_day_is_refused() -> None:
    with pytest.raises(FormatError, match="stand in line 1 already"):
        dated_record.read(record({}, {}))


def test_a_line_that_is_no_question_is_named() -> None:
    with pytest.raises(FormatError, match="line 1: this is no question of a record"):
        dated_record.read(text("questions.jsonl", '{"id": 1}'))
    with pytest.raises(FormatError, match="line 2 is no JSON"):
        dated_record.read(text("questions.jsonl", json.dumps(GOOD) + "\n{,}"))
