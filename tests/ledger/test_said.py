"""What classes say of a question: by its event, over the days that are left; the model's shares stand apart."""

import datetime as dt
import re
from pathlib import Path

import pytest

from detente.desk.case import open_case
from detente.ensemble import Drawing
from detente.errors import LedgerError
from detente.ledger.entries import Forecast, decode, encode
from detente.ledger.said import SAID_RULES, said, shares
from detente.ledger.suggested import suggested
from detente.outlook.classes import DATED_RULES, by_day, features_of, proposed
from detente.outlook.courses.course import sums
from detente.outlook.courses.question import question as asked_of
from detente.situation.nouns import Party, Situation, Threat, Trigger
from detente.situation.questions import About, Condition, Question

ROOT = Path(__file__).resolve().parents[2]
DAY = dt.date(2026, 2, 8)
DRAWS = 64


@pytest.fixture(scope="module")
def example() -> Situation:
    return open_case(ROOT / "examples" / "us-iran-2026").situation


@pytest.fixture(scope="module")
def asked(example: Situation) -> dict[str, Question]:
    return {q.id: q for q in suggested(example, as_of=DAY)}


def test_a_class_speaks_by_the_event_and_the_days_that_are_left(example: Situation, asked: dict[str, Question]) -> None:
    question = asked["us-iran-agreement-by-2026-05-09"]
    features = proposed(features_of(example))
    for gone in (0, 60, 89):
        found = said(example, question, as_of=DAY + dt.timedelta(days=gone))
        assert found is not None
        assert found.probabilities == (by_day(features, "agreement", 90 - gone).p,)
        assert found.reference.low <= found.probabilities[0] <= found.reference.high
        assert "agreement-ends-it" in found.rules


def test_what_is_said_can_be_sealed(example: Situation, asked: dict[str, Question]) -> None:
    found = said(example, asked["united-states-iran-war-by-2026-05-09"], as_of=DAY)
    assert found is not None
    forecast = Forecast(
        **{"question": "q", "as_of": DAY, "by": "classes", "lapses": DAY, "version": "1", "rules": found.rules},
        **{"probabilities": found.probabilities, "reference": found.reference, "note": found.note},
    )
    assert decode(encode(forecast)) == forecast


def test_every_rule_has_words_and_the_page_shows_them(example: Situation, asked: dict[str, Question]) -> None:
    page = (ROOT / "docs" / "reference-classes.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \|$", page, re.M))
    assert {name: shown.get(name) for name in SAID_RULES} == SAID_RULES
    for question in asked.values():
        found = said(example, question, as_of=DAY)
        assert found is None or set(found.rules) <= set(DATED_RULES) | set(SAID_RULES)


def test_a_threat_is_counted_from_what_sets_it_off(example: Situation, asked: dict[str, Question]) -> None:
    found = said(example, asked["iran-bases-if-yes-by-2026-05-16"], as_of=DAY)
    assert found is not None
    assert (found.reference.id, found.reference.k) == ("icb-actors/1946-2017/trigger-violent-act", 128)
    assert "clock-starts-with-condition" in found.rules
    assert "clock-starts-now" not in found.rules
    later = said(example, asked["iran-bases-if-yes-by-2026-05-16"], as_of=DAY + dt.timedelta(days=30))
    assert later == found  # a week is a week, whenever it begins


def test_nothing_is_said_of_a_threat_that_nothing_set_off(example: Situation, asked: dict[str, Question]) -> None:
    assert said(example, asked["iran-bases-if-no-by-2026-05-16"], as_of=DAY) is None
    assert said(example, asked["us-if-no-deal-if-yes-by-2026-05-16"], as_of=DAY) is None
    no_deal = said(example, asked["us-if-no-deal-if-no-by-2026-05-16"], as_of=DAY)
    assert no_deal is not None
    assert no_deal.reference.id.endswith("trigger-political-act")


def test_nothing_is_said_of_rounds_agendas_promises_and_armed_groups(
    example: Situation, asked: dict[str, Question]
) -> None:
    silent = {q.id for q in asked.values() if said(example, q, as_of=DAY) is None}
    assert {q.id for q in asked.values() if q.about.event in ("talks", "agenda", "other")} <= silent
    assert {q.id for q in asked.values() if "hezbollah" in (q.about.by, q.about.against)} <= silent
    assert {q.id for q in asked.values() if q.about.threat in ("saudi-airspace", "us-if-missiles-rebuilt")} <= silent


def test_a_strike_on_another_is_another_trigger_than_one_on_oneself() -> None:
    threat = Threat(id="t", by="c", against="a", trigger=Trigger(actor="a", action="impose tariffs"), action="sanction")
    case = Situation(title="t", threats=(threat,), parties=(Party(id="c", name="C"),))
    given = Condition(question="first", outcome="yes", within_days=90)
    question = Question(id="q", text="?", closes=DAY, given=given, about=About(event="threat", threat="t"))
    found = said(case, question, as_of=DAY)
    assert found is not None
    assert found.reference.id == "ties-threats/1971-2000/resisted"
    plain = said(case, question.model_copy(update={"given": None, "closes": DAY + dt.timedelta(90)}), as_of=DAY)
    assert plain is not None
    assert plain.reference.id == "ties-threats/1971-2000/all"


def test_other_conditions_are_not_known_to_a_class(example: Situation, asked: dict[str, Question]) -> None:
    given = Condition(question="first", outcome="yes")
    question = asked["us-iran-agreement-by-2026-05-09"].model_copy(update={"given": given})
    found = said(example, question, as_of=DAY)
    assert found is not None
    assert "condition-unknown-to-class" in found.rules


def test_what_has_closed_or_names_no_threat_is_refused(example: Situation, asked: dict[str, Question]) -> None:
    with pytest.raises(LedgerError, match="closed on 2026-03-10, so nothing can be said of it as of 2026-03-11"):
        said(example, asked["us-iran-agreement-by-2026-03-10"], as_of=dt.date(2026, 3, 11))
    lost = Question(id="q", text="?", closes=DAY, about=About(event="threat", threat="nowhere"))
    with pytest.raises(LedgerError, match=r"the threat 'nowhere'.*Name one of these: iran-bases"):
        said(example, lost, as_of=DAY)


def test_shares_are_those_of_the_courses_world_by_world(example: Situation, asked: dict[str, Question]) -> None:
    found = shares(example, asked["us-iran-agreement-by-2026-05-09"], draws=DRAWS, seed=3)
    counted = sums(asked_of(example, "us-iran", seed=3), drawing=Drawing(DRAWS, 3))
    assert [one.name for one in found] == ["model, drift", "model, squeeze", "model, force"]
    assert [one.probabilities[0] for one in found] == pytest.approx(list(counted.ever[:, -1, 0] / counted.count))
    assert all(one.as_of == DAY and "no days" in one.source for one in found)
    assert shares(example, asked["us-iran-agreement-by-2026-05-09"], draws=DRAWS, seed=3) == found


def test_one_party_uses_force_no_more_often_than_anybody_does(example: Situation, asked: dict[str, Question]) -> None:
    directed = asked["united-states-force-against-iran-by-2026-05-09"]
    anybody = directed.model_copy(update={"about": About(event="force")})
    one, whole = (shares(example, q, draws=DRAWS, seed=1) for q in (directed, anybody))
    assert len(one) == len(whole) == 3
    assert all(a.probabilities[0] <= b.probabilities[0] for a, b in zip(one, whole, strict=True))
    assert one[-1].probabilities[0] > 0
    assert shares(example, asked["hezbollah-force-against-israel-by-2026-05-09"], draws=DRAWS, seed=1) == ()


def test_the_model_says_nothing_under_a_condition_or_without_talks(
    example: Situation, asked: dict[str, Question]
) -> None:
    assert shares(example, asked["iran-bases-if-yes-by-2026-05-16"], draws=DRAWS, seed=1) == ()
    assert shares(Situation(title="t"), asked["united-states-iran-war-by-2026-05-09"], draws=DRAWS, seed=1) == ()


def test_a_contested_issue_is_in_some_agendas_agreed_on(example: Situation, asked: dict[str, Question]) -> None:
    found = shares(example, asked["us-iran-takes-up-missiles-by-2026-05-09"], draws=DRAWS, seed=1)
    assert len(found) == 3
    assert all(0 <= one.probabilities[0] < 1 for one in found)
