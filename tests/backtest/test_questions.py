"""Crowds, base rates, classes and a model on questions that have come out: nobody knows what came later."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.backtest.questions import (
    CASE_CLASSES,
    CASE_SPOKEN,
    CLASSES,
    CLIMATOLOGY,
    CROWD,
    EVERY_ROW,
    FEWEST,
    FIRST,
    HALF,
    MODEL_SPOKEN,
    SPOKEN,
    Group,
    PastQuestion,
    QuestionBacktest,
    backtest_questions,
    clusters,
)
from detente.backtest.questions.earlier import climatology
from detente.backtest.questions.rows import class_chances
from detente.errors import UsageError
from detente.formats import Source, forecastbench
from detente.outlook.classes import Features
from detente.outlook.classes.dated import by_day

START = dt.date(2026, 1, 1)
MEDIATED = Features(mediated=("mediated",))


def day(number: int) -> dt.date:
    return START + dt.timedelta(days=number)


def question(name: str, *, frozen: int, resolved: int, happened: bool, crowd: float | None = 0.4) -> PastQuestion:
    return PastQuestion(
        id=name,
        text="",
        frozen=day(frozen),
        closes=day(frozen + 90),
        resolved=day(resolved),
        happened=happened,
        crowd=crowd,
    )


def asked_of_a_case(count: int, *, step: int = 5) -> list[PastQuestion]:
    """Questions of which classes and model speak, each an event of its own; the model is right about all of them."""
    rows = []
    for k in range(count):
        one = question(f"q{k:02}", frozen=step * k, resolved=step * k + 3, happened=k % 2 == 0)
        share = 0.9 if one.happened else 0.1
        rows.append(replace(one, event="agreement", cluster=f"c{k}", case=True, model=(("drift", share),)))
    return rows


def past(file: Path) -> list[PastQuestion]:
    if not file.exists():
        pytest.skip("the questions of ForecastBench are not here")
    read = forecastbench.read([Source(file.name, file.read_bytes())])
    return [
        PastQuestion(
            id=f"{row.source}:{row.id}",
            text=row.text,
            frozen=row.frozen,
            closes=row.closes,
            resolved=row.resolved,
            happened=row.outcome == 1,
            crowd=row.crowd,
        )
        for row in read.rows
        if row.outcome is not None and row.resolved is not None
    ]


def test_the_crowd_on_all_resolved_rows_comes_back(shared_dir: Path) -> None:
    rows = past(shared_dir / "data" / "product" / "forecastbench_crowd_resolved.csv")
    every = backtest_questions(rows, draws=50).of(EVERY_ROW)
    assert every is not None
    assert (every.rows, every.happened) == (1958, 559)
    assert every.of(CROWD).brier.value == pytest.approx(0.0916, abs=5e-5)
    assert np.mean([row.happened for row in rows]) == pytest.approx(0.285, abs=6e-4)


def test_the_crowd_on_the_questions_about_iran_comes_back(shared_dir: Path) -> None:
    rows = past(shared_dir / "data" / "product" / "forecastbench_geopolitics_questions.csv")
    iran = backtest_questions(rows, draws=50).of("iran")
    assert iran is not None
    assert (iran.rows, iran.questions) == (82, 82)
    assert iran.of(CROWD).brier.value == pytest.approx(0.1636, abs=5e-5)


def test_climatology_is_one_half_while_nothing_has_come_out() -> None:
    rows = [question("a", frozen=0, resolved=4, happened=True), question("b", frozen=5, resolved=9, happened=False)]
    assert climatology(rows, [day(0), day(4), day(5), day(10)]).tolist() == pytest.approx([0.5, 0.5, 2 / 3, 0.5])


def test_a_question_that_is_asked_often_counts_once_in_the_base_rate() -> None:
    rows = [question("a", frozen=k, resolved=9, happened=True) for k in range(6)]
    assert climatology(rows, [day(10)]).tolist() == pytest.approx([2 / 3])


@pytest.mark.parametrize("cut", [0, 31, 53, 58, 73])
def test_nothing_that_comes_out_later_changes_what_was_said(cut: int) -> None:
    rows = asked_of_a_case(16)
    flipped = [replace(r, happened=not r.happened) if r.resolved >= day(cut) else r for r in rows]
    before, after = (_chances(some, until=cut) for some in (rows, flipped))
    assert before == after


def _chances(rows: Sequence[PastQuestion], *, until: int) -> list[tuple[str, dict[str, float]]]:
    found = backtest_questions(rows, case=MEDIATED, draws=2)
    return [(s.question.id, dict(s.chance)) for s in found.said if s.question.frozen <= day(until)]


def test_the_model_weighs_nothing_until_ten_events_have_come_out() -> None:
    found = backtest_questions(asked_of_a_case(16), case=MEDIATED, draws=20)
    weights = [(one.events, one.weight) for one in found.path]
    assert [events for events, _ in weights] == list(range(16))
    assert all(weight == 0 for events, weight in weights if events < FEWEST)
    assert all(weight >= 0.4 for events, weight in weights if events >= FEWEST), "it was right about all of them"


def test_a_model_that_is_always_wrong_keeps_no_weight() -> None:
    rows = [replace(one, model=(("drift", 1 - one.model[0][1]),)) for one in asked_of_a_case(16)]
    assert {one.weight for one in backtest_questions(rows, case=MEDIATED, draws=20).path} == {0.0}


def test_questions_on_one_event_count_once_towards_the_ten() -> None:
    rows = [replace(one, cluster="the same") for one in asked_of_a_case(16)]
    path = backtest_questions(rows, case=MEDIATED, draws=20).path
    assert (path[-1].questions, path[-1].events, path[-1].weight) == (15, 1, 0.0)


def test_at_weight_0_classes_and_model_are_the_classes() -> None:
    found = backtest_questions(asked_of_a_case(8), case=MEDIATED, draws=20).of(MODEL_SPOKEN)
    assert found is not None
    assert found.of("classes and model, drift").brier == found.of(CASE_CLASSES).brier
    assert found.of("model, drift").brier.value == pytest.approx(0.01)


def test_forecasters_are_compared_on_the_questions_of_which_all_speak() -> None:
    rows = [*asked_of_a_case(4), question("other", frozen=0, resolved=9, happened=True)]
    rows.append(replace(question("silent", frozen=0, resolved=9, happened=True, crowd=None), event="agreement"))
    found = backtest_questions(rows, case=MEDIATED, draws=20)
    assert [(one.name, one.rows) for one in found.groups] == [
        (EVERY_ROW, 5), (FIRST, 5), (SPOKEN, 4), (f"{SPOKEN}: agreement", 4), (CASE_SPOKEN, 4), (MODEL_SPOKEN, 4),
    ]  # fmt: skip
    assert {name for one in found.groups for name in [s.name for s in one.scores][:3]} == {CROWD, CLIMATOLOGY, HALF}


def test_without_a_crowd_the_others_are_compared_alone() -> None:
    rows = [replace(one, crowd=None) for one in asked_of_a_case(4)]
    found = backtest_questions(rows, draws=20)
    assert [s.name for s in found.groups[0].scores] == [CLIMATOLOGY, HALF]
    assert [s.name for s in _of(found, SPOKEN).scores] == [CLIMATOLOGY, HALF, CLASSES]


def test_each_question_counts_on_its_first_day() -> None:
    rows = [question("a", frozen=k, resolved=9, happened=True, crowd=k / 10) for k in (3, 1, 2)]
    found = backtest_questions(rows, draws=20)
    assert (_of(found, EVERY_ROW).rows, _of(found, FIRST).rows) == (3, 1)
    assert _of(found, FIRST).of(CROWD).mean_said == pytest.approx(0.1)


def test_a_difference_is_taken_row_by_row() -> None:
    rows = [question(f"q{k}", frozen=0, resolved=5, happened=k % 2 == 0, crowd=0.1 * k) for k in range(8)]
    crowd = _of(backtest_questions(rows, draws=200), EVERY_ROW).of(CROWD)
    gain = crowd.gain(HALF)
    assert gain is not None
    assert gain.value == pytest.approx(crowd.brier.value - 0.25)
    assert crowd.gain(CROWD) is None


def test_classes_speak_by_the_days_that_are_left() -> None:
    one = replace(question("a", frozen=0, resolved=5, happened=True), event="agreement", closes=day(60))
    rows = [one, replace(one, negated=True), replace(one, closes=None), replace(one, event="talks")]
    chance = by_day(MEDIATED, "agreement", 60).p
    assert class_chances(rows, MEDIATED) == (chance, 1 - chance, None, None)


def test_a_case_says_nothing_of_questions_that_are_not_about_it() -> None:
    rows = [replace(one, case=False) for one in asked_of_a_case(4)]
    found = backtest_questions(rows, case=MEDIATED, draws=20)
    assert found.of(CASE_SPOKEN) is None
    assert found.path == ()


def test_questions_hang_together_that_came_out_on_one_day_and_share_a_party() -> None:
    base = question("x", frozen=0, resolved=9, happened=True)
    rows = [
        replace(base, id="a", parties=("united-states", "iran")),
        replace(base, id="b", parties=("iran", "israel")),
        replace(base, id="c", parties=("israel", "lebanon")),
        replace(base, id="d", parties=("united-states", "peru")),
        replace(base, id="e", text="Will ships pass Hormuz?"),
        replace(base, id="f", parties=("united-states", "iran"), resolved=day(10)),
        replace(base, id="g"),
        replace(base, id="h", cluster="told"),
    ]
    found = clusters(rows)
    assert found[0] == found[1] == found[2] == found[4]
    assert len(set(found)) == 5
    assert found[6:] == ("g", "told")


@given(st.permutations(range(6)))
def test_the_order_of_the_rows_changes_no_cluster(order: list[int]) -> None:
    parties = [("a", "b"), ("b", "c"), ("d",), ("c", "e"), ("f", "d"), ("g",)]
    rows = [replace(question(str(k), frozen=0, resolved=9, happened=True), parties=p) for k, p in enumerate(parties)]
    named = dict(zip([r.id for r in rows], clusters(rows), strict=True))
    mixed = [rows[k] for k in order]
    assert dict(zip([r.id for r in mixed], clusters(mixed), strict=True)) == named


def test_no_question_is_nothing_to_score() -> None:
    with pytest.raises(UsageError, match="Give ones that have"):
        backtest_questions([])


def _of(found: QuestionBacktest, name: str) -> Group:
    one = found.of(name)
    assert one is not None
    return one
