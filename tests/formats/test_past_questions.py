"""Files of any format: each is known for what it is, and two formats are not read at once."""

import json

import pytest
from tests.formats.ledgers import ENTRIES, ledger, text
from tests.formats.test_dated_record import GOOD as RECORD
from tests.formats.test_forecastbench import GOOD, HEAD, market, question_set

from detente.errors import DetenteError, FormatError
from detente.formats import metaculus, past_questions, question_file
from detente.formats.row_entries import Written
from detente.formats.score_table import Source

ASKED: tuple[Written, ...] = tuple(e for e in ENTRIES if e.kind == "question" or e.kind == "resolution")
FILES = {
    "forecastbench": text("a.csv", HEAD + GOOD),
    "record": text("questions.jsonl", json.dumps(RECORD)),
    "questions": Source("questions.yaml", question_file.written(ASKED)),
    "metaculus": Source("posts.json", metaculus.written_json(ledger())),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_known_for_what_it_is_and_read(kind: str) -> None:
    assert past_questions.kind_of(FILES[kind]) == kind
    found = past_questions.read_entries([FILES[kind]], version="1")
    assert found.kind == kind
    assert past_questions.read_rows([FILES[kind]], version="1").rows


def test_json_sets_tables_and_lists_of_questions_are_told_apart() -> None:
    assert past_questions.kind_of(question_set(market())) == "forecastbench"
    assert past_questions.kind_of(Source("q.csv", metaculus.written_csv(ledger())[0][1])) == "metaculus"
    assert past_questions.kind_of(text("q.json", '{"questions": [{"id": "a", "text": "b"}]}')) == "questions"


def test_a_ledger_in_tables_gives_its_binary_questions_as_rows() -> None:
    sources = [Source(*file) for file in metaculus.written_csv(ledger())]
    read = past_questions.read_rows(sources, version="1")
    first = read.rows[0]
    assert (first.id, first.crowd, first.outcome) == ("round", 0.7, 1)
    assert "3 of 6 questions are left out" in read.remarks[0]


def test_files_of_two_formats_are_refused() -> None:
    with pytest.raises(FormatError, match="Files of one format are read at once"):
        past_questions.read_entries([FILES["record"], FILES["questions"]], version="1")
    with pytest.raises(FormatError, match="no file at all"):
        past_questions.read_rows([], version="1")


@pytest.mark.parametrize(
    "source",
    [text("a.csv", "a,b\n1,2\n"), text("a.json", "[]"), text("a.jsonl", "[]"), text("a.yaml", "a: 1"),
     text("a.pdf", "x"),
     Source("a.csv", b""), Source("a.csv", b"\x00"), Source("a.json", b"\xff"), text("a.jsonl", "\n"),
     text("a.csv", "id\rsource\n1"), text("a.csv", "x" * 200_000), text("a.csv", "source,id,id\n")],
    ids=range(12),
)  # fmt: skip
def test_what_is_no_such_file_is_refused_with_what_to_give(source: Source) -> None:
    with pytest.raises(DetenteError):
        past_questions.kind_of(source)
