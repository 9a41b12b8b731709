"""Dated chances: what is counted by day comes back, what is not is spread as it says, and every convention is named."""

import re
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.outlook import recount

from detente.errors import AnalysisError
from detente.outlook.classes import (
    ANSWER_DAYS,
    DATED,
    DATED_RULES,
    PERIODS,
    PRIOR_CASES,
    VALUES,
    DatedEvent,
    Features,
    by_day,
    incidence,
    rate,
    rates,
    responses,
    shrunk,
)

DOCS = Path(__file__).resolve().parents[2] / "docs"
TRIGGERS = sorted({r.condition for r in responses()} - {"all"})
# Features are made in the tests: beartype looks at them by lot, which hypothesis does not want inside a strategy.
cases = st.fixed_dictionaries(
    {
        "period": st.sampled_from(PERIODS),
        "mediated": st.sampled_from([(), *((v,) for v in VALUES["mediated"])]),
        "protracted": st.sampled_from([(), *((v,) for v in VALUES["protracted"])]),
        "subject": st.sampled_from([(), ("proliferation",)]),
        "trigger": st.sampled_from([(), *((v,) for v in VALUES["trigger"])]),
    }
)
Case: TypeAlias = dict[str, Any]
events = st.sampled_from(DATED)


def test_every_answer_by_day_comes_back(shared_dir: Path) -> None:
    file = shared_dir / "data" / "outlook" / "icb2v14.csv"
    if not file.exists():
        pytest.skip("the actors of ICB are not here")
    actors = [r for r in recount.read(file) if r["yrtrig"] and r["majres"]]
    for told in responses():
        since = [r for r in actors if int(r["yrtrig"]) >= int(told.period[:4])]
        code = (
            str(recount.TRIGGERS.index(told.condition.removeprefix("trigger-")) + 1) if told.condition != "all" else ""
        )
        inside = [r for r in since if code in ("", r["triggr"])]
        dated = [(int(r["trgresra"]) - 1, r["majres"]) for r in inside if r["trgresra"]]  # the first day counts as 1
        by_then = [how for elapsed, how in dated if elapsed <= told.days]
        assert told.n == len(dated)
        assert told.undated == len(inside) - len(dated)
        assert told.violent == sum(how in "89" for how in by_then)
        assert told.military == sum(how in "6789" for how in by_then)


def test_answers_by_the_last_day_are_nearly_all_that_the_rates_count() -> None:
    last = {r.id: r for r in responses() if r.days == ANSWER_DAYS[-1]}
    for one in rates():
        if one.event.id == "violent-response":
            told = last[one.id]
            assert one.k - told.undated - 1 <= told.violent <= one.k  # one came after more than a year


@pytest.mark.parametrize("days", [30, 90, 180, 365])
def test_an_agreement_by_a_counted_day_is_the_nested_rate_of_that_day(days: int) -> None:
    expected = None
    for one in ("icb/1918-2017/all", "icb/1946-2017/all", "icb/1946-2017/mediated"):
        row = incidence(one, days)
        expected = shrunk(row.agreement, row.n, expected)
    found = by_day(Features(mediated=("mediated",)), "agreement", days)
    assert found.p == pytest.approx(expected)
    assert (found.k, found.n) == (incidence("icb/1946-2017/mediated", days).agreement, 135)
    assert found.rules == ("clock-starts-now",)


def test_between_two_days_the_count_lies_on_a_straight_line() -> None:
    found = by_day(Features(period="1918-2017"), "agreement", 60)
    assert found.p == pytest.approx(((29 + 68) / 2 + 1) / (482 + 2))
    assert "straight-between-days" in found.rules
    assert found.reference.definition.endswith("29 within 30 days and 68 within 90 days, of 482")


def test_after_a_year_nothing_is_added() -> None:
    for event in ("agreement", "ended", "war", "force", "threat", "sanctions"):
        assert by_day(Features(), event, 366).p == by_day(Features(), event, 4000).p == by_day(Features(), event, 365).p
        assert "flat-after-a-year" in by_day(Features(), event, 366).rules


def test_war_is_its_rate_times_the_share_of_crises_that_have_ended() -> None:
    first = rate("icb/1918-2017/all", "war")
    whole = shrunk(first.k, first.n, None)
    ended = shrunk(29 + 106, 482, None)
    found = by_day(Features(period="1918-2017"), "war", 30)
    assert found.p == pytest.approx(whole * ended)
    assert found.share == pytest.approx(ended)
    assert (found.k, found.n) == (103, 486)
    assert {"spread-like-endings", "trigger-war-counts"} <= set(found.rules)


def test_any_violence_is_all_crises_but_those_without() -> None:
    found = by_day(Features(), "force", 90)
    calm = rate("icb/1946-2017/all", "no-violence")
    assert (found.k, found.n) == (calm.n - calm.k, calm.n) == (121 + 100 + 63, 377)
    assert "any-violence" in found.rules


def test_a_threat_after_a_violent_act_is_carried_out_far_more_often_than_after_words() -> None:
    struck = by_day(Features(trigger=("trigger-violent-act",)), "threat", 7)
    talked = by_day(Features(trigger=("trigger-verbal-act",)), "threat", 7)
    assert (struck.k, struck.n) == (128, 301)
    assert struck.share == 1.0
    assert struck.low > talked.high


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_every_kind_of_trigger_has_its_own_class(trigger: str) -> None:
    found = by_day(Features(trigger=(trigger,)), "threat", 30)
    assert found.reference.id == f"icb-actors/1946-2017/{trigger}"
    assert found.rules == ("clock-starts-now", "main-response")


def test_of_threats_of_sanctions_those_resisted_are_carried_out_more_often() -> None:
    every, resisted = (by_day(Features(), event, 90) for event in ("sanctions", "sanctions-resisted"))
    assert (every.k, every.n, resisted.k, resisted.n) == (349, 633, 349, 489)
    assert resisted.p > every.p


def test_a_return_comes_evenly_over_five_years_and_no_more_after() -> None:
    half, whole, later = (by_day(Features(), "recurrence", days).p for days in (913, 1826, 3000))
    assert half == pytest.approx(whole / 2)
    assert later == whole


def test_days_that_are_counted_only_in_a_wider_class_are_said_to_be() -> None:
    narrow = Features(mediated=("mediated",), protracted=("protracted",))
    found = by_day(narrow, "agreement", 90)
    assert found.reference.id == "icb/1946-2017/mediated"
    assert "wider-class-by-day" in found.rules


def test_what_was_left_open_stands_beside() -> None:
    found = by_day(Features(), "agreement", 90)
    beside = dict(found.beside)
    assert beside["international crises 1946 to 2017, mediated"] > found.p
    assert beside["international crises 1946 to 2017, not mediated"] < found.p


@settings(max_examples=12)
@given(cases, events, st.integers(0, 800), st.integers(0, 800))
def test_more_days_never_make_an_event_less_likely(case: Case, event: DatedEvent, one: int, other: int) -> None:
    soon, late = (by_day(Features(**case), event, days) for days in sorted((one, other)))
    assert 0 <= soon.p <= late.p < 1
    assert soon.low <= soon.p <= soon.high


@settings(max_examples=12)
@given(cases, st.integers(0, 800))
def test_an_agreement_is_one_way_to_end_and_a_war_one_kind_of_violence(case: Case, days: int) -> None:
    assert by_day(Features(**case), "agreement", days).p <= by_day(Features(**case), "ended", days).p
    plain = Features(period=case["period"])
    assert by_day(plain, "war", days).p <= by_day(plain, "force", days).p


@settings(max_examples=12)
@given(cases, events, st.integers(0, 800))
def test_every_rule_that_is_taken_has_words(case: Case, event: DatedEvent, days: int) -> None:
    found = by_day(Features(**case), event, days)
    assert set(found.rules) <= set(DATED_RULES)
    assert len(set(found.rules)) == len(found.rules)
    assert found.reference.definition
    assert 0 <= found.k <= found.n


def test_the_page_shows_every_rule_in_the_same_words() -> None:
    page = (DOCS / "reference-classes.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \|$", page, re.M))
    assert {name: shown.get(name) for name in DATED_RULES} == DATED_RULES
    assert f"+ {PRIOR_CASES:g}" in page


def test_what_is_no_event_no_day_or_no_trigger_is_refused_with_the_choices() -> None:
    with pytest.raises(AnalysisError, match=r"'agreement' within -1 days.*not past"):
        by_day(Features(), "agreement", -1)
    with pytest.raises(AnalysisError, match=r"'trigger-weather' is no kind of trigger.*trigger-violent-act"):
        by_day(Features(trigger=("trigger-weather",)), "threat", 7)
