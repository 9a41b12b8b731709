"""Question files: what a person writes down is found again, and a slip is named by its line."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.ledgers import ENTRIES, NOW, text

from detente.errors import DetenteError, FormatError
from detente.formats import question_file
from detente.formats.row_entries import Written
from detente.formats.score_table import Source
from detente.ledger.allowed import admitted
from detente.ledger.entries import Forecast, Opened, Resolution

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "us-iran-2026" / "questions.yaml"
HEAD = "by: A. Analyst\nas_of: 2026-02-08\n"
ONE = HEAD + "questions:\n  - {id: round, text: A round?, criteria: So., closes: 2026-02-28"


def read(content: str, name: str = "questions.yaml") -> tuple[Written, ...]:
    return question_file.read(text(name, content), version="0.1.0")


def refused(content: str, name: str = "questions.yaml") -> str:
    with pytest.raises(FormatError) as error:
        read(content, name)
    return str(error.value)


def kept() -> tuple[Written, ...]:
    """What of a full ledger a question file holds: its reference class, seed and assumptions stay behind."""
    lost = {"reference": None, "seed": None, "rules": ()}
    held = [e.model_copy(update=lost) if isinstance(e, Forecast) else e for e in ENTRIES]
    order = {"question": 0, "forecast": 1, "resolution": 2}
    return tuple(
        sorted((e for e in held if isinstance(e, Opened | Forecast | Resolution)), key=lambda e: order[e.kind])
    )


def test_a_ledger_written_as_a_question_file_is_read_again() -> None:
    assert read(question_file.written(kept()).decode()) == kept()


def test_the_example_is_read_and_may_be_recorded() -> None:
    entries = question_file.read(Source(EXAMPLE.name, EXAMPLE.read_bytes()), version="0.1.0")
    assert len(admitted((), entries, now=NOW)) == len(entries)
    assert question_file.read(Source("a.yaml", question_file.written(entries)), version="0.1.0") == entries


def test_what_the_page_shows_is_read_and_may_be_recorded() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "ledger-formats.md").read_text(encoding="utf-8")
    entries = read(page.partition("```yaml\n")[2].partition("```")[0])
    assert [entry.kind for entry in entries] == ["question", "question", "forecast", "resolution"]
    assert len(admitted((), entries, now=NOW)) == 4


def test_a_forecast_under_its_question_takes_over_who_and_when() -> None:
    said = read(f"{ONE}, forecasts: [{{probability: 0.8, comparisons: [{{name: crowd, probability: 0.7}}]}}]}}\n")[1]
    assert isinstance(said, Forecast)
    assert (said.question, said.by, said.as_of, said.probabilities) == (
        "round",
        "A. Analyst",
        dt.date(2026, 2, 8),
        (0.8,),
    )
    assert said.lapses == dt.date(2026, 2, 28)
    assert said.comparisons[0].probabilities == (0.7,)


def test_choices_may_be_named_in_any_order() -> None:
    said = read(
        f"{HEAD}questions:\n  - id: venue\n    text: Where?\n    kind: multiple_choice\n    choices: [Muscat, Geneva]\n"
        "    closes: 2026-03-01\n    forecasts: [{probabilities: {Geneva: 0.75, Muscat: 0.25}}]\n"
    )[1]
    assert isinstance(said, Forecast)
    assert said.probabilities == (0.25, 0.75)


def test_resolutions_may_stand_in_a_file_of_their_own() -> None:
    came = read("by: B\nresolutions:\n  - {question: round, outcome: no, on: 2026-02-17}\n")[0]
    assert isinstance(came, Resolution)
    assert (came.question, came.outcome, came.by) == ("round", "no", "B")


def test_json_and_json_lines_say_the_same_as_yaml() -> None:
    asked = {"id": "round", "text": "A round?", "criteria": "So.", "closes": "2026-02-28"}
    whole = json.dumps({"by": "A. Analyst", "as_of": "2026-02-08", "questions": [asked]})
    line = json.dumps(asked | {"by": "A. Analyst", "as_of": "2026-02-08"})
    assert read(ONE + "}\n") == read(whole, "questions.json") == read(line, "questions.jsonl")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (", closs: 2026-03-01}", "line 4, questions[1].closs: there is no such field. Did you mean 'closes'?"),
        (", kind: maybe}", "questions[1].kind: 'maybe' does not fit"),
        (", opens: 2026-02-08 12:00}", "has no offset"),
        (", opens: 1770000000}", "is no day"),
        (", given: {question: other}}", "'outcome' is missing"),
        (", forecasts: [{probability: nan}]}", "'nan' does not fit"),
        (", forecasts: [{probability: .inf}]}", "does not fit"),
        (", forecasts: [{probability: 1_0}]}", "this is no number"),
        (", forecasts: [{}]}", "a forecast has one of"),
        (", forecasts: [{probability: 0.5, quantiles: [[0.5, 1]]}]}", "a forecast has one of"),
        (", forecasts: [0.5]}", "has no fields"),
        (", forecasts: {probability: 0.5}}", "this is no list"),
        (", resolution: yes}", "this has no fields"),
        (", resolution: {outcome: yes}}", "'on' is missing"),
        (", about: {event: peace}}", "questions[1].about.event: 'peace' does not fit"),
        ("}\n  - {id: round, text: Again?, closes: 2026-02-28}", "the same id stands at line 4, questions[1] already"),
        ("}\nquestons: []", "there is no such field. Did you mean 'questions'?"),
        (", topics: &a [x]}", "an anchor"),
    ],
)
def test_a_slip_is_named_by_line_and_path(more: str, says: str) -> None:
    assert says in refused(ONE + more + "\n")


def test_a_file_that_nobody_signs_is_refused_unless_somebody_is_given() -> None:
    unsigned = "as_of: 2026-02-08\nquestions: [{id: round, text: A round?, closes: 2026-02-28}]\n"
    assert "'by' (who asks) is missing" in refused(unsigned)
    entries = question_file.read(text("questions.yaml", unsigned), version="1", by="B")
    assert entries[0].by == "B"


@pytest.mark.parametrize("content", ["", "5", "questions: []", "[]", "a: [", "- 1", "\x00", "questions: 7"])
def test_a_file_without_a_question_is_refused(content: str) -> None:
    assert len(refused(content)) > 20


def test_bad_utf8_is_named_by_its_line() -> None:
    with pytest.raises(FormatError, match="line 2 has other bytes"):
        question_file.read(Source("questions.yaml", b"by: A\nas_of: \xff\n"), version="1")


KEYS = st.sampled_from(["id", "text", "closes", "by", "as_of", "forecasts", "resolution", "given", "questions", "x"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(KEYS, inside, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_no_file_ends_in_anything_but_entries_or_a_sentence(value: object) -> None:
    try:
        question_file.read(text("questions.json", json.dumps(value, allow_nan=True)), version="1")
    except DetenteError:
        return
