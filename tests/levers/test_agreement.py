"""Where models of a body differ, against cases worked out by hand and against one case at a time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.analyses import CATALOGUE
from detente.analyses.compromise import compromise
from detente.analyses.exchange import exchange
from detente.boards import positions
from detente.boards.body import Body, body
from detente.desk.positions import MODELS
from detente.ensemble.bodies import Model
from detente.errors import AnalysisError
from detente.levers.agreement import agreement
from detente.situation.nouns import Influence, Issue, Party, Situation, Stance
from detente.situation.paths import at_values
from detente.situation.values import Basis, Range

BASIS = Basis(kind="entered", by="coder")
Span = tuple[float, float, float]


def ranged(span: Span) -> Range:
    return Range(low=span[0], best=span[1], high=span[2], basis=BASIS)


def council(
    stances: dict[tuple[str, str], tuple[Span, Span]], influence: dict[str, Span] | None = None
) -> tuple[Situation, Body]:
    """A council whose members are those who have a stance."""
    members = tuple(dict.fromkeys(party for party, _ in stances))
    issues = dict.fromkeys(issue for _, issue in stances)
    situation = Situation(
        title="Council",
        parties=(*(Party(id=m, name=m) for m in members), Party(id="council", name="Council", members=members)),
        issues=tuple(Issue(id=i, name=i, status_quo=ranged((10, 10, 10))) for i in issues),
        stances=tuple(
            Stance(party=p, issue=i, position=ranged(at), salience=ranged(care))
            for (p, i), (at, care) in stances.items()
        ),
        influence=tuple(Influence(party=p, weight=ranged(weight)) for p, weight in (influence or {}).items()),
    )
    return situation, body(situation, "council")


def asked(*names: str) -> dict[str, Model]:
    return {name: MODELS[name] for name in names}


def point(at: float) -> Span:
    return (at, at, at)


def three() -> tuple[Situation, Body]:
    """Equals at 0, 50 and 100; the middle one may stand from 20 to 90, the last may weigh up to four times as much."""
    stances = {
        ("a", "cap"): (point(0), point(50)),
        ("b", "cap"): ((20.0, 50.0, 90.0), point(50)),
        ("c", "cap"): (point(100), point(50)),
    }
    return council(stances, {"c": (1, 1, 4)})


def test_models_of_three_members_are_moved_as_worked_out_by_hand() -> None:
    found = agreement(*three(), asked("compromise", "median"))
    (cap,) = found.issues
    assert (found.models, found.default) == (("compromise", "median"), "compromise")
    assert cap.points == pytest.approx((50, 50))
    assert dict(zip(found.baselines, cap.baselines, strict=True))["status quo"] == 10
    assert (cap.spread, cap.share) == pytest.approx((0, 0))
    moved = cap.swing("b.cap.position")
    assert (moved.low, moved.high) == (20, 90)
    assert moved.at_low == pytest.approx((40, 20))
    assert moved.at_high == pytest.approx((190 / 3, 90))
    heavy = cap.swing("c.influence")
    assert heavy.at_low == pytest.approx((50, 50))
    assert heavy.at_high == pytest.approx((75, 100))
    assert (heavy.spread_low, heavy.spread_high) == pytest.approx((0, 25))


def test_one_input_decides_the_default_and_another_drives_the_models_apart() -> None:
    cap = agreement(*three(), asked("compromise", "median")).on("cap")
    assert (cap.decides, cap.divides) == ("c.influence", "b.cap.position")
    assert (cap.decides_by, cap.divides_by) == pytest.approx((25, 80 / 3))


def test_models_that_come_closer_are_told_by_a_change_below_zero() -> None:
    # At best b stands where the mean is 40 and the median 20; it may go up to 50, where both are 50.
    stances = {
        ("a", "cap"): (point(0), point(50)),
        ("b", "cap"): ((20.0, 20.0, 50.0), point(50)),
        ("c", "cap"): (point(100), point(50)),
    }
    cap = agreement(*council(stances), asked("compromise", "median")).on("cap")
    assert cap.divides == "b.cap.position"
    assert (cap.spread, cap.divides_by) == pytest.approx((20, -20))


def test_the_default_is_what_prevails_wherever_it_is_named() -> None:
    assert agreement(*three(), asked("compromise", "prevails")).default == "prevails"


def test_an_end_at_which_nobody_carries_weight_says_nothing() -> None:
    stances = {("a", "cap"): (point(0), point(0)), ("b", "cap"): (point(80), (0.0, 40.0, 60.0))}
    (swing,) = agreement(*council(stances), asked("compromise")).on("cap").swings
    assert (swing.at_low, swing.spread_low) == (None, None)
    assert swing.at_high == pytest.approx((80,))


def test_without_ranges_no_input_decides() -> None:
    stances = {("a", "cap"): (point(0), point(10)), ("b", "cap"): (point(80), point(30))}
    cap = agreement(*council(stances), asked("compromise", "median")).on("cap")
    assert cap.points == pytest.approx((60, 80))
    assert cap.swings == ()
    assert (cap.decides, cap.divides) == (None, None)


def test_no_model_and_a_name_that_is_no_issue_or_input_are_refused_with_a_cure() -> None:
    with pytest.raises(AnalysisError, match="No model was named"):
        agreement(*three(), {})
    found = agreement(*three(), asked("median"))
    with pytest.raises(AnalysisError, match="It decides: cap"):
        found.on("cup")
    with pytest.raises(AnalysisError, match=r"Inputs with one: b\.cap\.position, c\.influence"):
        found.on("cap").swing("a.cap.position")


def test_every_model_is_one_that_answers_for_a_body() -> None:
    assert set(MODELS) <= {record.name for record in CATALOGUE}
    found = agreement(*three(), MODELS)
    assert found.models + tuple(name for name, _ in found.silent) == tuple(MODELS)
    assert found.silent == ()


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 100)] * 4), min_size=6, max_size=6))
def test_a_batch_says_what_each_case_says_alone(rows: list[tuple[int, ...]]) -> None:
    keys = [(party, issue) for party in "abc" for issue in ("cap", "pay")]
    stances = {
        key: (
            (float(min(low, high)), low / 2 + high / 2, float(max(low, high))),
            (1.0 + care, 1.0 + care, 1.0 + max(care, most)),
        )
        for key, (low, high, care, most) in zip(keys, rows, strict=True)
    }
    situation, inside = council(stances)
    found = agreement(situation, inside, asked("compromise", "exchange"))
    for one in found.issues:
        i = [issue.id for issue in situation.issues].index(one.issue)
        for swing in one.swings[:3]:
            for at, told in ((swing.low, swing.at_low), (swing.high, swing.at_high)):
                case = positions(at_values(situation, {swing.path: at}), parties=inside.heard)
                alone = [ask(case).decision.point[i] for ask in (compromise, exchange)]
                assert told == pytest.approx(alone)
