"""Switching a source off: what rests on it alone falls, what another supports stays, and draws are shared."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import ROOT

from detente.desk.case import open_case
from detente.errors import SituationError
from detente.levers.sources import (
    FLOOR,
    Asked,
    Diagnosis,
    Question,
    Reading,
    diagnosis,
    fallen,
    readings,
    sentences,
    shift,
    sources,
    without,
)
from detente.levers.verdict import answer
from detente.outlook.agendas import distinct, plans
from detente.situation.check import check
from detente.situation.nouns import Situation
from detente.situation.paths import inputs, value_at
from detente.situation.values import Basis, Range

TABLE = "us-iran"
ASKED = Asked(TABLE, draws=32, seed=3)
DEAL = Question("deal.a", "deal", ("deal", "no deal"))


@cache
def example() -> Situation:
    return open_case(ROOT / "examples" / "us-iran-2026").situation


@pytest.fixture(scope="module")
def found() -> Diagnosis:
    return diagnosis(example(), ASKED, sources(example()))


def named(situation: Situation) -> set[str]:
    """Every quote that anything but the evidence itself still names."""
    kept = situation.model_copy(update={"evidence": (), "documents": ()}).model_dump_json()
    return {e.id for e in example().evidence if f'"{e.id}"' in kept}


def test_nothing_switched_off_changes_nothing() -> None:
    assert without(example()) is example()


@pytest.mark.parametrize("document", [d.id for d in example().documents])
def test_what_is_left_holds_together_and_names_the_source_no_more(document: str) -> None:
    left = without(example(), [document])
    assert [p for p in check(left) if p.severity == "fault"] == []
    assert document not in {d.id for d in left.documents} | {e.document for e in left.evidence}
    assert named(left) <= {e.id for e in left.evidence}


def test_without_any_document_what_was_entered_still_stands() -> None:
    left = without(example(), [d.id for d in example().documents])
    assert [p for p in check(left) if p.severity == "fault"] == []
    assert not left.evidence
    assert all(i.value.basis.kind != "read" for i in inputs(left))
    entered = {i.path: i.value for i in inputs(example()) if i.path.startswith("israel.enrichment")}
    assert entered == {path: value_at(left, path) for path in entered}


def test_a_value_that_another_document_supports_stays_as_it_is() -> None:
    left = without(example(), ["2026-02-08-araghchi"])
    before, after = (s.stance("iran", "missiles") for s in (example(), left))
    assert before is not None
    assert after is not None
    assert (after.position.low, after.position.high) == (before.position.low, before.position.high)
    assert after.position.basis.evidence == ("araghchi-never-january",)
    assert after.red_line is not None


def test_a_position_that_rests_on_it_alone_is_open_over_the_whole_scale() -> None:
    left = without(example(), ["2026-02-08-araghchi"])
    stance = left.stance("iran", "stockpile")
    assert stance is not None
    assert (stance.position.low, stance.position.high, stance.position.basis.rule) == (0, 100, "unstated")
    assert stance.red_line is None
    assert stance.salience == value_at(example(), "iran.stockpile.salience")


def test_a_party_outside_the_table_is_not_heard_without_its_words() -> None:
    assert without(example(), ["2026-02-02-inspectors"]).stance("russia", "stockpile") is None
    assert without(example(), quotes=["russia-offers"]).stance("russia", "stockpile") is None


def test_what_waits_for_a_move_that_went_goes_with_it() -> None:
    left = without(example(), ["2026-01-29-carrier"])
    moves = {m.id for m in left.moves}
    assert "us-strike" not in moves
    assert all(set(m.after) <= moves for m in left.moves)
    assert all(set(p.prefers + p.over) <= moves for p in left.preferences)


def test_the_first_table_stands_without_a_word_on_it_and_another_goes() -> None:
    left = without(example(), [d.id for d in example().documents])
    assert [t.id for t in left.tables] == [TABLE]
    assert left.table(TABLE).basis.rule == "talks-assumed"
    assert left.table(TABLE).links == ()


def test_what_falls_is_told_by_path_and_kind() -> None:
    fell = fallen(example(), without(example(), ["2026-02-07-muscat"]))
    assert fell.widened == ()
    assert fell.gone == (("agenda item", "us-iran.inspections"), ("mediator", "us-iran"))


def test_switching_off_two_at_once_takes_at_least_what_each_takes() -> None:
    both = without(example(), ["2026-02-07-muscat", "2026-02-08-araghchi"])
    one = without(without(example(), ["2026-02-07-muscat"]), ["2026-02-08-araghchi"])
    assert both == one
    assert fallen(example(), both).gone > fallen(example(), without(example(), ["2026-02-07-muscat"])).gone


def test_a_document_or_a_quote_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(SituationError, match="'lost' is not a document"):
        without(example(), ["lost"])
    with pytest.raises(SituationError, match="'lost' is not a quote"):
        without(example(), quotes=["lost"])


def test_the_verdict_agrees_with_the_one_that_is_searched_for(found: Diagnosis) -> None:
    told_of = list(zip(found.questions, found.standing, strict=True))
    for plan in distinct(example(), TABLE, plans(example(), TABLE)):
        told = next(r for q, r in told_of if q.kind == "deal" and q.agenda == plan.name)
        assert told.verdict == answer(example(), TABLE, plan.modes).kind


def test_shares_are_of_the_draws_and_add_up(found: Diagnosis) -> None:
    for question, reading in zip(found.questions, found.standing, strict=True):
        if reading.shares is not None:
            assert len(reading.shares) == len(question.hypotheses)
            assert sum(reading.shares) == pytest.approx(1)
            assert all(abs(s * reading.draws - round(s * reading.draws)) < 1e-9 for s in reading.shares)


def test_a_source_that_nothing_rests_on_alone_moves_nothing(found: Diagnosis) -> None:
    gulf = next(w for w in found.weights if w.unit.id == "2026-02-01-gulf-airspace")
    assert gulf.fallen
    assert (gulf.doublings, gulf.difference, gulf.is_diagnostic) == (0.0, 0.0, False)


def test_sources_come_by_how_far_they_move_a_balance(found: Diagnosis) -> None:
    doublings = [w.doublings for w in found.weights]
    assert doublings == sorted(doublings, reverse=True)
    assert doublings[0] > 1
    assert found.weights[0].is_diagnostic


def test_who_presses_raises_the_question_and_moves_none(found: Diagnosis) -> None:
    netanyahu = next(w for w in found.weights if w.unit.id == "2026-02-08-netanyahu")
    raised = {found.question(s.question)[0].agenda for s in netanyahu.raises}
    assert "ballistic missiles as a precondition of Israel" in raised
    assert all(s.doublings == 0 for s in netanyahu.raises)


def test_without_the_refusal_to_ship_the_stockpile_more_draws_have_a_deal(found: Diagnosis) -> None:
    araghchi = next(w for w in found.weights if w.unit.id == "2026-02-08-araghchi")
    today = araghchi.shifts[[q.id for q in found.questions].index("deal.left_out.all.as-it-is")]
    assert today.without is not None
    assert today.without.shares is not None
    assert today.difference < 0
    assert found.question(today.question)[1].shares == pytest.approx(
        (today.without.shares[0] + today.difference, today.without.shares[1] - today.difference)
    )


def test_the_same_question_gives_the_same_answer_twice() -> None:
    left = without(example(), [d.id for d in example().documents])
    assert readings(left, ASKED) == readings(left, ASKED)


def test_a_sentence_stands_once_with_all_its_quotes() -> None:
    units = sentences(example())
    assert sorted(q for u in units for q in u.quotes) == sorted(e.id for e in example().evidence)
    assert {u.document for u in sentences(example(), "2026-02-07-muscat")} == {"2026-02-07-muscat"}


SHARE = st.floats(0, 1)


@settings(max_examples=60)
@given(SHARE, SHARE)
def test_what_a_source_does_is_undone_by_the_reverse(one: float, other: float) -> None:
    a, b = Reading((one, 1 - one), "depends"), Reading((other, 1 - other), "depends")
    there, back = shift(DEAL, a, b), shift(DEAL, b, a)
    assert there.doublings == pytest.approx(back.doublings)
    assert abs(there.difference) == pytest.approx(abs(back.difference))
    assert there.doublings >= 0
    assert (there.doublings == 0) == (
        (max(one, FLOOR), max(1 - one, FLOOR)) == (max(other, FLOOR), max(1 - other, FLOOR))
    )


def test_shares_below_the_floor_count_as_the_floor() -> None:
    rare, never = Reading((0.04, 0.96), "depends"), Reading((0.0, 1.0), "none")
    found = shift(DEAL, rare, never)
    assert found.doublings < 0.1
    assert found.turns


def test_a_question_that_could_not_be_asked_has_no_balance() -> None:
    found = shift(DEAL, Reading((0.5, 0.5), "depends"), None)
    assert (found.without, found.doublings, found.turns) == (None, 0.0, False)


def test_a_reading_that_only_one_quote_supports_falls_with_that_quote() -> None:
    def at(*quotes: str) -> Situation:
        basis = Basis(kind="read", evidence=quotes, rule="coded-from-quote")
        tie = example().ties[0].model_copy(update={"weight": Range.point(0.4, basis)})
        return example().model_copy(update={"ties": (tie, *example().ties[1:])})

    alone, both = (
        without(s, quotes=["netanyahu-visit"]) for s in (at("netanyahu-visit"), at("netanyahu-visit", "tanker"))
    )
    assert [(t.weight.low, t.weight.high) for t in (alone.ties[0], both.ties[0]) if t.weight] == [(0, 1), (0.4, 0.4)]
