"""Reference classes: every count comes back from its data set, and what is made of them is what it says it is."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.outlook import recount

from detente.errors import AnalysisError
from detente.outlook.classes import (
    DAYS,
    ENDS,
    EVENTS,
    MOST_SHIFT,
    PERIODS,
    REASONS,
    VALUES,
    EventName,
    Features,
    classes_for,
    features_of,
    incidence,
    incidences,
    log_pool,
    nested,
    pooled,
    proposed,
    rate,
    rates,
    shrunk,
    wilson,
)
from detente.situation.nouns import Incident, Issue, Mediator, Move, Situation, Table
from detente.situation.values import Basis, Range

DOCS = Path(__file__).resolve().parents[2] / "docs"
share = st.floats(0.01, 0.99)


@pytest.fixture(scope="module")
def data(shared_dir: Path) -> Path:
    folder = shared_dir / "data"
    if not (folder / "outlook" / "icb1v14.csv").exists():
        pytest.skip("the data sets behind the reference classes are not here")
    return folder


def test_every_count_that_can_be_taken_again_comes_back(data: Path) -> None:
    found = recount.counted(data)
    shipped = {(r.source.id, r.period, r.condition.id, r.event.id): (r.k, r.n) for r in rates() if r.recomputed}
    assert shipped == found


def test_what_cannot_be_taken_again_is_marked_so() -> None:
    taken_over = [r for r in rates() if not r.recomputed]
    assert len(taken_over) == 38
    assert {r.source.id for r in taken_over} == {"mid", "ties-imposed"}
    assert all("not recomputed" in r.source.note for r in taken_over)


def test_every_rate_of_the_study_stands_in_the_table(data: Path) -> None:
    every = {(r.k, r.n): (r.bounds.low, r.bounds.high) for r in rates()}
    told = recount.read(data / "outlook" / "base_rates.csv")
    assert len(told) == 229
    for row in told:
        ends = every[int(row["k"]), int(row["n"])]
        assert ends == pytest.approx((float(row["lo95"]), float(row["hi95"])), abs=1.5e-4), row  # z is 1.96 there


def test_every_count_by_day_comes_back(data: Path) -> None:
    shipped = {(i.period, i.condition.id, i.days): (i.agreement, i.otherwise, i.n, i.undated) for i in incidences()}
    assert shipped == recount.incidence(data)


def test_intervals_are_those_of_wilson() -> None:
    for one in rates():
        bounds = wilson(one.k, one.n)
        assert (one.bounds.low, one.bounds.high) == pytest.approx((bounds.low, bounds.high), abs=5e-5)
        assert one.bounds.low <= one.rate <= one.bounds.high


def test_a_class_and_an_event_name_one_rate_and_each_is_defined() -> None:
    every = rates()
    assert len({(r.id, r.event.id) for r in every}) == len(every)
    for one in every:
        assert one.event.definition
        assert one.condition.definition
        assert one.source.citation
        assert one.condition.known in ("beforehand", "during", "hindsight")
    with pytest.raises(AnalysisError, match="no rate of 'peace'"):
        rate("icb/1946-2017/all", "peace")


def test_by_day_what_has_ended_only_grows_and_nothing_is_lost() -> None:
    for name in {i.id for i in incidences()}:
        rows = [incidence(name, days) for days in DAYS]
        assert all(sum(row.count(end) for end in ENDS) == row.n for row in rows)
        for before, after in pairwise(rows):
            assert before.agreement <= after.agreement
            assert before.otherwise <= after.otherwise
            assert (before.n, before.undated) == (after.n, after.undated)
    with pytest.raises(AnalysisError, match="no dated class"):
        incidence("mid/1946-2010/all", 30)


@settings(max_examples=25, deadline=None)
@given(parent=share, n=st.integers(0, 60), data=st.data())
def test_a_shrunk_rate_lies_between_the_class_and_its_parent(parent: float, n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    found = shrunk(k, n, parent)
    ends = sorted((parent, k / n)) if n else [parent, parent]
    assert ends[0] - 1e-12 <= found <= ends[1] + 1e-12
    assert shrunk(k, n, parent, prior=0) == pytest.approx(k / n) if n else found == pytest.approx(parent)


def test_the_interval_of_a_chain_holds_its_rate_and_a_small_class_is_less_sure() -> None:
    for event in EVENTS:
        for period in PERIODS:
            found = classes_for(Features(period=period), event=event)
            for chain in (found.chosen, *found.beside):
                assert all(one.bounds.low < one.rate < one.bounds.high for one in chain.classes)
    all_of, few = nested([rate(f"icb/1946-2017/{c}", "agreement") for c in ("all", "proliferation")])
    assert few.bounds.high - few.bounds.low > 2 * (all_of.bounds.high - all_of.bounds.low)
    with pytest.raises(AnalysisError, match="do not count the same event"):
        nested([rate("icb/1946-2017/all", "agreement"), rate("mid/1946-2010/all", "war")])


def test_the_deciding_inference_is_the_one_that_moves_the_rate_most() -> None:
    named: dict[EventName, str] = {"agreement": "mediated", "war": "protracted", "recurrence": "protracted"}
    for event, feature in named.items():
        found = classes_for(Features(), event=event)
        assert found.deciding[0].feature == feature
        assert found.deciding[0].moves > 2 * found.deciding[1].moves or event == "war"


def test_what_is_left_open_stands_side_by_side_and_what_is_chosen_does_not() -> None:
    nothing = classes_for(Features())
    assert nothing.chosen.taken == ()
    assert [c.taken for c in nothing.beside] == [(("mediated", v),) for v in VALUES["mediated"]] + [
        (("protracted", v),) for v in VALUES["protracted"]
    ]
    both = classes_for(Features(mediated=("mediated",), protracted=("protracted",)))
    assert [c.of.condition.id for c in both.chosen.classes] == ["all", "all", "mediated", "mediated+protracted"]
    assert [c.taken for c in both.beside] == [()]
    assert not any(d.open for d in both.deciding)
    some = classes_for(Features(protracted=("protracted", "not-protracted")))
    assert [c.taken for c in some.beside][2:] == [(("protracted", "protracted"),), (("protracted", "not-protracted"),)]


def test_kindred_rates_of_sanctions_wait_for_an_objective() -> None:
    bare = classes_for(Features()).kindred
    assert {r.source.id for r in bare} == {"mid"}
    found = classes_for(Features(objective=("objective-terrorism",))).kindred
    assert ("gsdb", "objective-terrorism", "failed") in {(r.source.id, r.condition.id, r.event.id) for r in found}


def test_a_chain_has_counts_by_day_of_its_narrowest_dated_class() -> None:
    both = classes_for(Features(mediated=("mediated",), protracted=("protracted",))).chosen
    assert {i.id for i in both.dated} == {"icb/1946-2017/mediated"}
    assert [i.days for i in both.dated] == list(DAYS)


def test_what_is_no_feature_or_period_is_refused() -> None:
    with pytest.raises(AnalysisError, match="no value of 'mediated'"):
        classes_for(Features(mediated=("perhaps",)))
    with pytest.raises(AnalysisError, match=r"1600-1700\. Choose"):
        classes_for(Features(period="1600-1700"))


def situation(**more: Any) -> Situation:
    return Situation(title="t", **more)


def test_a_mediator_counts_only_where_somebody_says_so() -> None:
    talks = {"id": "t", "name": "talks", "consent": ("a", "b")}
    tables = {
        "mediator-stated": Table(**talks, mediator=Mediator(party="o")),
        "mediator-inferred": Table(**talks, mediator=Mediator(party="o", stated=False)),
        "host-only": Table(**talks, host="o"),
        "no-mediator": Table(**talks, host="a"),
    }
    for reason, table in tables.items():
        found = features_of(situation(tables=(table,)))[0]
        assert found.reason == reason
        assert found.values == (("mediated",) if reason == "mediator-stated" else ())


def test_subject_and_objective_follow_from_issues_and_the_trigger_from_acts() -> None:
    still = Range(low=0, best=0, high=0, basis=Basis(kind="assumed", rule="r"))
    issues = (Issue(id="enrichment", name="uranium enrichment", status_quo=still),
              Issue(id="proxies", name="support for armed groups", status_quo=still))  # fmt: skip
    calm = situation(issues=issues, incidents=(Incident(id="fleet", act="mobilize", what="a fleet"),))
    found = {s.feature: s for s in features_of(calm)}
    assert found["subject"].refs == ("enrichment",)
    assert found["trigger"].values == ("trigger-non-violent-military",)
    assert "objective" not in found
    pressed = calm.model_copy(update={"moves": (Move(id="m", by="a", action="sanction", in_force=True),)})
    aims = {s.feature: s for s in features_of(pressed)}["objective"]
    assert aims.values == ("objective-prevent-war", "objective-terrorism")
    assert classes_for(proposed(features_of(pressed)), event="war").features.subject == ("proliferation",)


def test_every_reason_and_every_source_is_on_the_page() -> None:
    page = " ".join((DOCS / "reference-classes.md").read_text(encoding="utf-8").split())
    for reason, words in REASONS.items():
        assert f"`{reason}`" in page, reason
        assert words in page, reason
    for source in {r.source for r in rates()}:
        assert source.name in page
        assert source.citation in page


@settings(max_examples=25, deadline=None)
@given(reference=share, model=share, mean=share, weight=st.floats(0, 1))
def test_a_model_moves_the_pool_by_its_weight_and_never_far(
    reference: float, model: float, mean: float, weight: float
) -> None:
    assert pooled(reference, model, mean).probability == reference
    found = pooled(reference, model, mean, weight=weight)
    assert abs(found.shift) <= MOST_SHIFT
    assert (found.probability - reference) * (model - mean) * weight >= -1e-12
    two = log_pool(np.array([reference, 1 - reference]), np.array([model, 1 - model]), weight=weight)
    assert two.sum() == pytest.approx(1)
    assert min(reference, model) - 1e-12 <= two[0] <= max(reference, model) + 1e-12


def test_the_reference_pool_and_the_reference_posterior_come_back(shared_dir: Path) -> None:
    told = json.loads((shared_dir / "data/outlook/reference_tests.json").read_text())
    pool = told["log_pool"]
    base, model = (np.array([p, 1 - p]) for p in (pool["p_base"], pool["p_model"]))
    assert log_pool(base, model, weight=pool["w"])[0] == pytest.approx(pool["pooled"], abs=1e-14)
    beta = told["beta_binomial"]
    assert (beta["a0"], beta["b0"]) == (1, 1)
    assert shrunk(beta["k"], beta["n"], None) == pytest.approx(beta["mean"], abs=1e-15)


def test_what_is_no_probability_is_not_pooled() -> None:
    for given_wrong in ((0.0, 0.5, 0.5, 0.1), (0.5, 1.0, 0.5, 0.1), (0.5, 0.5, 0.5, 1.5)):
        with pytest.raises(AnalysisError):
            pooled(*given_wrong[:3], weight=given_wrong[3])
    with pytest.raises(AnalysisError, match="do not add up"):
        log_pool(np.array([0.3, 0.3]), np.array([0.5, 0.5]))
