"""Verdicts against brute force on small random situations."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.levers import answer, verdict
from detente.situation.nouns import Demand, Issue, Party, RedLine, Situation, Stance, Table
from detente.situation.paths import at_values, inputs
from detente.situation.values import Basis, Range

ASSUMED = Basis(kind="assumed", rule="test")
tried = settings(max_examples=15, deadline=None)  # each looks along every open input
MODES = st.sampled_from(["in", "option", "left_out"])


def span(low: float, high: float, best: float | None = None) -> Range:
    return Range(low=low, best=(low + high) / 2 if best is None else best, high=high, basis=ASSUMED)


def point(at: float) -> Range:
    return Range.point(at, ASSUMED)


@st.composite
def ranges_of(draw: st.DrawFn, top: int) -> Range:
    low, high = sorted((draw(st.integers(0, top)), draw(st.integers(0, top))))
    return span(low, high)


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """Two parties, two issues of three levels, every input a range, red lines here and there."""
    stances = []
    for party, issue in itertools.product("ab", ("x", "y")):
        line = None
        if draw(st.booleans()):
            accepts = draw(st.sampled_from(["at_most", "at_least"]))
            hardness = draw(st.sampled_from([span(0, 1), point(0), point(1)]))
            line = RedLine(at=draw(ranges_of(100)), accepts=accepts, hardness=hardness)
        stances.append(
            Stance(
                party=party, issue=issue, position=draw(ranges_of(100)), salience=draw(ranges_of(100)), red_line=line
            )
        )
    return Situation(
        title="Random",
        parties=(Party(id="a", name="A"), Party(id="b", name="B")),
        issues=tuple(Issue(id=i, name=i, options=(0, 50, 100), status_quo=point(0)) for i in ("x", "y")),
        stances=tuple(stances),
        tables=(Table(id="t", name="talks", consent=("a", "b")),),
    )


def deal_by_hand(situation: Situation, modes: dict[str, str]) -> bool:
    """Whether a package that changes something is accepted by all, at the low ends of all ranges: plain loops."""
    for levels in itertools.product((0.0, 50.0, 100.0), repeat=2):
        package = dict(zip(("x", "y"), levels, strict=True))
        if all(at == 0 for at in levels) or not all(_allowed(modes[i], at) for i, at in package.items()):
            continue
        if all(_accepts(situation, party, package, modes) for party in "ab"):
            return True
    return False


def _allowed(mode: str, at: float) -> bool:
    return {"in": at != 0, "option": True, "left_out": at == 0}[mode]


def _accepts(situation: Situation, party: str, package: dict[str, float], modes: dict[str, str]) -> bool:
    gain = 0
    for issue, at in package.items():
        stance = situation.stance(party, issue)
        assert stance is not None
        line = stance.red_line
        binds = line is not None and line.hardness.low > 0 and not (modes[issue] != "in" and at == 0)
        if binds and line is not None and (at > line.at.low if line.accepts == "at_most" else at < line.at.low):
            return False
        x = stance.position.low
        gain += round(10000 * stance.salience.low / 100 * (abs(x) - abs(at - x)) / 100)
    return gain >= 0


def points(situation: Situation, draw: st.DataObject) -> Situation:
    """One case inside the ranges; a red line is real or not."""
    values = {}
    for one in inputs(situation):
        inner = [one.value.low, one.value.high] if one.path.endswith("hardness") else None
        values[one.path] = (
            draw.draw(st.sampled_from(inner))
            if inner
            else float(draw.draw(st.integers(int(one.value.low), int(one.value.high))))
        )
    return at_values(situation, values)


@tried
@given(situation=situations(), x=MODES, y=MODES, data=st.data())
def test_a_verdict_is_true_of_every_case_inside_the_ranges(
    situation: Situation, x: str, y: str, data: st.DataObject
) -> None:
    modes = {"x": x, "y": y}
    found = verdict(situation, "t", {i: (m, None) for i, m in modes.items()})
    for _ in range(12):
        deal = deal_by_hand(points(situation, data), modes)
        if found.kind == "none":
            assert not deal
        elif found.kind == "holds" and found.proof == "proved":
            assert deal


@tried
@given(situation=situations(), x=MODES, y=MODES)
def test_where_it_depends_both_cases_are_real(situation: Situation, x: str, y: str) -> None:
    modes = {"x": x, "y": y}
    found = verdict(situation, "t", {i: (m, None) for i, m in modes.items()})
    if found.kind != "depends":
        return
    guess = {i.path: 1.0 if i.path.endswith("hardness") else i.value.best for i in inputs(situation)}
    fixed = {i.path for i in inputs(situation) if i.value.is_point}
    guess = {p: v for p, v in guess.items() if p not in fixed}
    for case, expected in ((found.case_for, True), (found.case_against, False)):
        assert case is not None
        assert deal_by_hand(at_values(situation, {**guess, **dict(case.values)}), modes) is expected


@tried
@given(situation=situations(), x=MODES, y=MODES)
def test_the_short_answer_agrees_with_the_long_one(situation: Situation, x: str, y: str) -> None:
    modes = {"x": (x, None), "y": (y, None)}
    long, short = verdict(situation, "t", modes), answer(situation, "t", modes)
    assert long.at_best == short.at_best
    assert short.kind == ("depends" if long.proof == "sampled" else long.kind)


def trade(salience: Range) -> Situation:
    """A wants x, b wants y, at a price that each weighs the same but for b's weight on what it gets."""
    rows = (("a", "x", 100, point(50)), ("a", "y", 0, point(50)), ("b", "x", 0, point(50)), ("b", "y", 100, salience))
    return Situation(
        title="Trade",
        parties=(Party(id="a", name="A"), Party(id="b", name="B")),
        issues=tuple(Issue(id=i, name=i, options=(0, 50, 100), status_quo=point(0)) for i in ("x", "y")),
        stances=tuple(Stance(party=p, issue=i, position=point(at), salience=s) for p, i, at, s in rows),
        tables=(Table(id="t", name="talks", consent=("a", "b")),),
    )


def test_the_threshold_of_a_trade_is_where_both_weigh_it_alike() -> None:
    found = verdict(trade(span(10, 90, 60)), "t", {"x": ("in", None), "y": ("in", None)})
    assert found.kind == "depends"
    deciding = found.deciding[0]
    assert deciding.path == "b.y.salience"
    assert deciding.deal_side == "above"
    assert deciding.threshold == pytest.approx(50, abs=0.1)
    assert (deciding.settles, deciding.settled_as) == ("high", "holds")


def test_no_weight_opens_a_deal_where_one_side_gains_nothing() -> None:
    found = verdict(trade(span(10, 90)), "t", {"x": ("in", None), "y": ("left_out", None)})
    assert (found.kind, found.proof, found.case_for) == ("none", "proved", None)


def test_a_refusal_that_may_not_be_meant_decides() -> None:
    bare = trade(point(90))
    refusing = RedLine(at=point(0), accepts="at_most", hardness=span(0, 1))
    stances = tuple(
        s.model_copy(update={"red_line": refusing}) if (s.party, s.issue) == ("b", "x") else s for s in bare.stances
    )
    situation = bare.model_copy(update={"stances": stances, "demands": (Demand(id="d", by="a", issue="x"),)})
    found = verdict(situation, "t", {"x": ("in", None), "y": ("in", None)})
    assert [(d.path, d.settles, d.settled_as) for d in found.deciding] == [("b.x.hardness", "high", "none")]
