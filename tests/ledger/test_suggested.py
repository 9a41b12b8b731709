"""Suggested questions: each can be told by a stranger how it came out, and conditional threats become pairs."""

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest

from detente.desk.case import open_case
from detente.errors import LedgerError
from detente.ledger.acts import setting_off, threatened
from detente.ledger.suggested import suggested
from detente.situation.check import check
from detente.situation.nouns import Meeting, Move, Party, Situation, Table, Threat, Tie, Trigger
from detente.situation.questions import Question

ROOT = Path(__file__).resolve().parents[2]
CASES = (ROOT / "examples" / "us-iran-2026", *sorted((ROOT / "cases" / "history").iterdir()))
DAY = dt.date(2026, 2, 8)


def asked_of(case: Path) -> tuple[Situation, tuple[Question, ...]]:
    situation = open_case(case).situation
    assert situation.as_of is not None
    return situation, suggested(situation, as_of=situation.as_of)


@pytest.fixture(scope="module")
def example() -> tuple[Situation, dict[str, Question]]:
    situation, found = asked_of(CASES[0])
    return situation, {q.id: q for q in found}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_each_question_says_what_counts_until_when_and_by_whom(case: Path) -> None:
    situation, found = asked_of(case)
    for question in found:
        assert question.text.endswith("?"), question.text
        assert question.closes is not None
        assert situation.as_of is not None
        assert question.closes > situation.as_of
        assert question.opens == situation.as_of
        assert "Yes if" in question.criteria
        assert question.criteria.endswith("Otherwise no.")
        assert question.sources
        assert question.cluster
        assert "  " not in question.text + question.criteria
        assert not any(p.id in question.text.split() for p in situation.parties if "-" in p.id), question.text


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_a_situation_with_its_questions_has_no_new_fault(case: Path) -> None:
    situation, found = asked_of(case)
    before = {str(p) for p in check(situation)}
    after = check(situation.model_copy(update={"questions": found}))
    assert [str(p) for p in after if str(p) not in before] == []


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_every_conditional_threat_is_a_pair_that_hangs_on_a_question(case: Path) -> None:
    situation, found = asked_of(case)
    ids = [q.id for q in found]
    assert len(set(ids)) == len(ids)
    for threat in situation.threats:
        pair = [q for q in found if q.about.threat == threat.id]
        assert [q.given.outcome for q in pair if q.given] == ["yes", "no"], threat.id
        first = {q.given.question for q in pair if q.given}
        assert len(first) == 1
        assert first < set(ids)
        assert all(ids.index(q.id) > ids.index(name) for name in first for q in pair)
        assert all(q.given and q.given.within_days == 7 for q in pair)


def test_all_that_hangs_on_one_outbreak_is_one_cluster(example: tuple[Situation, dict[str, Question]]) -> None:
    _, found = example
    force = {q.cluster for q in found.values() if q.about.event in ("force", "war")}
    assert force == {"force-iran-united-states"}
    assert found["iran-bases-if-yes-by-2026-05-16"].cluster == "force-iran-united-states"
    assert found["us-iran-agreement-by-2026-03-10"].cluster == found["us-iran-round-by-2026-05-09"].cluster


def test_the_example_asks_what_an_analyst_would(example: tuple[Situation, dict[str, Question]]) -> None:
    _, found = example
    texts = {q.text for q in found.values()}
    assert "Will the United States and Iran hold a further round of talks by 10 March 2026?" in texts
    assert "Will the talks of the United States and Iran take up ballistic missiles by 9 May 2026?" in texts
    assert (
        "Should the United States use armed force against Iran by 9 May 2026: "
        "will Iran use armed force against the United States within 7 days?"
    ) in texts
    assert not any(q.about.table == "us-israel" and q.about.event == "agreement" for q in found.values())


def test_a_threat_for_want_of_a_deal_hangs_on_the_agreement(example: tuple[Situation, dict[str, Question]]) -> None:
    situation, found = example
    pair = [q for q in found.values() if q.about.threat == "us-if-no-deal"]
    assert {q.given.question for q in pair if q.given} == {"us-iran-agreement-by-2026-05-09"}
    threat = next(t for t in situation.threats if t.id == "us-if-no-deal")
    act = setting_off(situation, threat)
    assert act is not None
    assert act.left_undone


def test_the_same_question_keeps_its_id_and_another_day_makes_another(
    example: tuple[Situation, dict[str, Question]],
) -> None:
    situation, found = example
    fewer = suggested(situation, as_of=DAY, days=(90,))
    assert {q.id for q in fewer} < set(found)
    later = {q.id for q in suggested(situation, as_of=dt.date(2026, 2, 9), days=(30,))}
    assert not later & (set(found) - {"washington-held-by-2026-02-14"})


def test_an_id_is_never_too_long_and_two_are_never_alike() -> None:
    names = [f"{'a-very-long-name-' * 4}{k}" for k in range(6)]
    parties = tuple(Party(id=n, name=n) for n in names)
    ties = tuple(Tie(id=f"t{k}", kind="rivalry", source=a, target=b) for k, (a, b) in enumerate(pairwise(names)))
    found = suggested(Situation(title="t", parties=parties, ties=ties), as_of=DAY)
    assert len(found) == 5 * (2 * 2 + 1)
    assert max(len(q.id) for q in found) <= 80


def test_a_planned_meeting_without_a_day_is_asked_about_and_a_past_one_is_not() -> None:
    soon = Meeting(id="visit", parties=("a", "b"), status="planned", when="on Wednesday")
    gone = Meeting(id="gone", parties=("a", "b"), status="planned", date=dt.date(2026, 2, 1))
    found = suggested(Situation(title="t", meetings=(soon, gone)), as_of=DAY)
    assert [q.text for q in found] == ['Will the meeting of a and b planned ("on Wednesday") be held by 10 March 2026?']


def test_a_warning_without_a_known_act_is_asked_in_its_own_words() -> None:
    vague = Threat(id="vague", by="a", against="b", condition="if it goes too far", action="strike")
    found = suggested(Situation(title="t", threats=(vague,)), as_of=DAY, days=(30,))
    first = next(q for q in found if q.id.startswith("vague-set-off"))
    assert '"if it goes too far"' in first.text
    assert {q.given.question for q in found if q.given} == {first.id}


def test_a_threat_that_waits_for_nothing_is_a_plain_question() -> None:
    plain = Threat(id="plain", by="a", against="b", action="strike")
    found = suggested(Situation(title="t", threats=(plain,)), as_of=DAY, days=(30,))
    assert [q.about.event for q in found] == ["force"]
    assert all(q.given is None for q in found)


@pytest.mark.parametrize(
    ("action", "words", "means"),
    [
        ("retaliate", "use armed force against b", "force"),
        ("embargo", "impose new sanctions on b", "sanctions"),
        ("kill hostages", "kill hostages", "act"),
        ("back-strikes", "back strikes", "act"),
        ("deny-airspace", "deny airspace", "act"),
    ],
)
def test_force_and_sanctions_are_worded_alike_and_other_acts_as_named(action: str, words: str, means: str) -> None:
    threat = Threat(id="t", by="a", against="b", trigger=Trigger(actor="b", action="strike"), action=action)
    found = threatened(Situation(title="t", threats=(threat,)), threat)
    assert (found.words, found.means) == (words, means)


def test_who_is_struck_is_told_by_the_move_that_sets_a_threat_off() -> None:
    threat = Threat(id="t", by="c", against="a", trigger=Trigger(actor="a", action="strike"), action="strike")
    strike = Move(id="m", by="a", action="strike", against="b")
    alone, known = (setting_off(Situation(title="t", moves=moves), threat) for moves in ((), (strike,)))
    assert alone is not None
    assert known is not None
    assert (alone.against, known.against) == ("c", "b")


def test_sabotage_is_no_armed_force_and_is_not_asked_about_as_such() -> None:
    sabotage = Move(id="m", by="a", action="sabotage", against="b")
    strike = Move(id="n", by="b", action="strike", against="a")
    found = suggested(Situation(title="t", moves=(sabotage, strike)), as_of=DAY, days=(30,))
    assert [(q.about.by, q.about.against) for q in found] == [("b", "a")]


def test_a_table_with_nothing_to_settle_is_not_asked_about() -> None:
    talks = Table(id="talks", name="talks", consent=("a", "b"))
    assert suggested(Situation(title="t", tables=(talks,)), as_of=DAY) == ()


@pytest.mark.parametrize("days", [(), (0,), (30, -1)])
def test_days_that_do_not_lie_ahead_are_refused(days: tuple[int, ...]) -> None:
    with pytest.raises(LedgerError, match="number of days of 1 or more"):
        suggested(Situation(title="t"), as_of=DAY, days=days)
