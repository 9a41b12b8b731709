"""What `check` lists, in words and as JSON."""

import json
from pathlib import Path

import pytest
from tests.cli.samples import SITUATION, spoiled

from detente.desk.check import as_json, as_text, check, schema_text
from detente.errors import SituationError, UsageError
from detente.situation.check import Problem


def written(text: str) -> Path:
    path = Path("dam.yaml")
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_is_listed_where_all_is_well() -> None:
    path = written(SITUATION)
    assert check(path) == ()
    assert as_text((), path) == "dam.yaml: nothing to cure."
    assert json.loads(as_json(())) == []


def test_faults_come_before_doubts() -> None:
    ties = "ties:\n  t: {kind: ally, source: upper, target: lower}\n"
    found = check(written(spoiled("status_quo: 50", "status_quo: 500") + ties))
    assert [p.severity for p in found] == ["fault", "doubt"]
    assert as_text(found, Path("dam.yaml")).splitlines()[0] == "dam.yaml: 1 fault, 1 doubt"


def test_a_fault_of_shape_has_its_line() -> None:
    (found,) = check(written(spoiled("position: 80", "position: high")))
    assert found.path == "line 11, stances.upper.filling.position"
    assert found.severity == "fault"
    assert found.cure


def test_a_row_as_json_has_place_message_cure_and_severity() -> None:
    row = Problem("a.b", "it is wrong.", "Mend it.")
    assert json.loads(as_json((row,))) == [
        {"path": "a.b", "message": "it is wrong.", "cure": "Mend it.", "severity": "fault"}
    ]


def test_what_is_missing_or_no_case_is_refused() -> None:
    with pytest.raises(SituationError, match="'nowhere' does not exist"):
        check(Path("nowhere"))
    Path("a.txt").write_text("Talks.", encoding="utf-8")
    with pytest.raises(UsageError, match=r"'a.txt' is no case"):
        check(Path("a.txt"))


def test_a_name_with_a_line_break_stays_in_its_line() -> None:
    assert as_text((), Path("two\nlines.yaml")) == "two\\nlines.yaml: nothing to cure."


def test_the_schema_names_what_a_situation_may_hold() -> None:
    assert {"title", "parties", "issues", "stances", "tables"} <= set(json.loads(schema_text())["properties"])
