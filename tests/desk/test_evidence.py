"""The evidence verb: the page says what moves, leads back to quotes, and passes no share off as a probability."""

import json
import re

import pytest
from tests.conftest import ROOT

from detente.brief.document import Figure, known_ids, sentences
from detente.desk.case import Case, open_case
from detente.desk.draft import drafted
from detente.desk.evidence import Evidence, EvidenceAsked, as_json, ask_evidence, without, write
from detente.desk.lint import lint
from detente.errors import SituationError, UsageError

DRAWS = 16
ARTICLE = b"""Neighbours meet on the dam

Sudan demanded that Ethiopia accept limits on the filling of the dam. Ethiopia refused to discuss limits on the filling
of the dam. Officials of Ethiopia and Sudan met in Geneva on Monday.
"""


KEPT = ("2026-02-01-gulf-airspace", "2026-02-07-muscat", "2026-02-08-araghchi")


@pytest.fixture(scope="module")
def case() -> Case:
    """The example with three of its documents: the others switched off for good."""
    whole = open_case(ROOT / "examples" / "us-iran-2026")
    left = without(whole.situation, [d.id for d in whole.situation.documents if d.id not in KEPT])
    return Case(whole.slug, left, tuple(t for t in whole.texts if t[0] in KEPT))


@pytest.fixture(scope="module")
def found(case: Case) -> Evidence:
    return ask_evidence(case, EvidenceAsked(draws=DRAWS, document="2026-02-07-muscat"))


def test_every_document_is_switched_off_and_the_sentences_of_the_one_asked_for(found: Evidence, case: Case) -> None:
    assert {w.unit.id for w in found.sources.weights} == {d.id for d in case.situation.documents}
    assert found.sentences is not None
    assert {w.unit.document for w in found.sentences.weights} == {"2026-02-07-muscat"}


def test_there_is_one_line_for_each_source(found: Evidence) -> None:
    lines = next(s for s in write(found).sections if s.id == "without").blocks[0]
    told = [item.text for item in getattr(lines, "items", ())]
    assert len(told) == len(found.sources.weights)
    assert all(line.startswith("Without \u201c") for line in told)
    assert any("no answer moves" in line for line in told)


def test_every_sentence_leads_back_to_something(found: Evidence) -> None:
    brief = write(found)
    known = known_ids(brief)
    for sentence in sentences(brief):
        assert sentence.refs, sentence.text
        assert set(sentence.refs) <= known, sentence.text


def test_what_rests_on_assumptions_is_marked_and_leads_to_them(found: Evidence) -> None:
    brief = write(found)
    notes = {n.id: n for n in brief.notes}
    marked = [s for s in sentences(brief) if s.mark == "assumed"]
    assert marked
    for sentence in marked:
        reached = {r for ref in sentence.refs for r in notes[ref].refs}
        assert "assumption" in {notes[r].kind for r in reached if r in notes}, sentence.text


def test_a_percentage_is_of_draws(found: Evidence) -> None:
    for sentence in sentences(write(found)):
        assert len(re.findall(r"%", sentence.text)) == len(re.findall(r"% of (?:\d+ )?draws", sentence.text)), (
            sentence.text
        )


def test_it_says_what_it_is_not(found: Evidence) -> None:
    told = " ".join(s.text for s in sentences(write(found)))
    assert "not a probability" in told
    assert "not which one is true" in told
    assert [r for r in lint(told) if r.severity == "fault"] == []


def test_the_picture_has_its_table_behind_it(found: Evidence) -> None:
    figures = [b for s in write(found).sections for b in s.blocks if isinstance(b, Figure)]
    assert figures
    for figure in figures:
        assert figure.grid.rows
        assert figure.lines
        assert all(len(row) == len(figure.grid.columns) for row in figure.grid.rows)


def test_the_data_hold_every_shift(found: Evidence) -> None:
    told = json.loads(as_json(found))
    assert told["schema"] == "detente.evidence/1"
    assert all(len(s["shifts"]) == len(told["questions"]) == len(told["standing"]) for s in told["sources"])


def test_a_dispute_without_documents_says_so(case: Case) -> None:
    bare = Case(case.slug, without(case.situation, KEPT), ())
    told = write(ask_evidence(bare, EvidenceAsked(draws=DRAWS)))
    assert any("names no document" in s.text for s in sentences(told))


def test_the_only_source_takes_the_questions_with_it() -> None:
    found = ask_evidence(drafted(ARTICLE), EvidenceAsked(draws=DRAWS, sentences=True, text=True))
    assert len(found.sources.weights) == 1
    assert found.sources.weights[0].raises or found.sources.weights[0].turns
    assert write(found).sections


@pytest.mark.parametrize(
    ("asked", "fault"),
    [(EvidenceAsked(no_deal="computed"), UsageError), (EvidenceAsked(document="lost"), SituationError)],
)
def test_what_cannot_be_asked_is_refused(case: Case, asked: EvidenceAsked, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        ask_evidence(case, asked)
