"""Where the critical line runs, against brute force over a fine grid of values."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.levers.test_verdict import MODES, deal_by_hand, point, situations, span

from detente.errors import AnalysisError
from detente.levers import Effort, swept, verdict
from detente.levers.claim import claim, search
from detente.situation.nouns import Issue, Party, Situation, Stance, Table
from detente.situation.paths import at_values, inputs

few = settings(max_examples=25, deadline=None)


def exchange() -> Situation:
    """A gives on x and gets on y; the deal opens where y matters enough to it, in either of two packages."""
    rows = (("a", "x", 0, 30), ("b", "x", 100, 60), ("a", "y", 100, None), ("b", "y", 0, 20))
    return Situation(
        title="Exchange",
        parties=(Party(id="a", name="A"), Party(id="b", name="B")),
        issues=tuple(Issue(id=i, name=i, options=(0, 50, 100), status_quo=point(0)) for i in ("x", "y")),
        stances=tuple(
            Stance(party=p, issue=i, position=point(at), salience=span(0, 100) if s is None else point(s))
            for p, i, at, s in rows
        ),
        tables=(Table(id="t", name="talks", consent=("a", "b")),),
    )


OPTIONS = {"x": ("option", None), "y": ("option", None)}


def test_the_flip_of_a_trade_is_where_the_gain_pays_for_the_loss() -> None:
    # y in full for x by half: A gains s - 15 and B loses 20 and gains 30, so the least s is 15.
    line = swept(exchange(), "t", OPTIONS).line("a.y.salience")
    assert [s.kind for s in line.stretches if not s.edge] == ["none", "holds"]
    assert line.flips[0] == pytest.approx(15, abs=100 / 4096 * 2)


@few
@given(situations(), MODES, MODES, st.randoms(use_true_random=False))
def test_every_settled_stretch_is_true_of_every_value_in_it(
    situation: Situation, x: str, y: str, random: object
) -> None:
    modes = {"x": (x, None), "y": (y, None)}
    sweep = swept(situation, "t", modes)
    for one in sweep.claim.open[:2]:
        for stretch in sweep.line(one.path, fine=6).stretches:
            if not stretch.edge:
                best = {o.path: o.guess for o in sweep.claim.open}
                for at in (stretch.low, (stretch.low + stretch.high) / 2, stretch.high):
                    value = round(at) if one.is_hardness else at
                    case = at_values(situation, {**best, one.path: value})
                    assert deal_by_hand(case, {"x": x, "y": y}) == (stretch.kind == "holds")


@few
@given(situations(), MODES, MODES)
def test_a_plane_agrees_with_brute_force_at_the_middle_of_every_cell(situation: Situation, x: str, y: str) -> None:
    sweep = swept(situation, "t", {"x": (x, None), "y": (y, None)})
    smooth = [o for o in sweep.claim.open if not o.is_hardness][:2]
    if len(smooth) < 2:
        return
    first, second = smooth
    plane = sweep.plane(first.path, second.path, grid=3)
    best = {o.path: o.guess for o in sweep.claim.open}
    for row in range(8):
        for column in range(8):
            at = {
                first.path: first.low + (column + 0.5) * (first.high - first.low) / 8,
                second.path: second.low + (row + 0.5) * (second.high - second.low) / 8,
            }
            case = at_values(situation, {**best, **at})
            assert (plane.kinds[row][column] == "holds") == deal_by_hand(case, {"x": x, "y": y})


@few
@given(situations(), MODES, MODES)
def test_with_the_others_open_a_settled_stretch_holds_whatever_they_are(situation: Situation, x: str, y: str) -> None:
    sweep = swept(situation, "t", {"x": (x, None), "y": (y, None)}, others="open")
    for one in sweep.claim.open[:1]:
        for stretch in sweep.line(one.path, fine=4).stretches:
            if stretch.edge or stretch.kind == "depends":
                continue
            for end in ("low", "high"):
                values = {o.path: getattr(o, end) for o in sweep.claim.open}
                values[one.path] = stretch.low
                case = at_values(situation, values)
                assert deal_by_hand(case, {"x": x, "y": y}) == (stretch.kind == "holds")


def test_a_deal_for_all_values_is_proved_though_no_one_package_survives_them_all() -> None:
    # Whichever way A leans, there is something for it: x at 50 or at 100 while it likes more, y while it likes less.
    situation = exchange()
    stances = tuple(
        s.model_copy(update={"position": span(0, 100), "salience": point(50)})
        if (s.party, s.issue) == ("a", "x")
        else s
        for s in situation.stances
    )
    stances = tuple(
        s.model_copy(update={"salience": point(10)}) if (s.party, s.issue) == ("a", "y") else s for s in stances
    )
    case = situation.model_copy(update={"stances": stances})
    found = verdict(case, "t", OPTIONS)
    truth = [deal_by_hand(at_values(case, {"a.x.position": at}), {"x": "option", "y": "option"}) for at in range(101)]
    assert (found.kind == "holds") == all(truth)
    assert found.proof == "proved"


@settings(max_examples=12, deadline=None)
@given(situations(), MODES, MODES)
def test_a_complete_search_without_a_case_is_a_proof(situation: Situation, x: str, y: str) -> None:
    asked = claim(situation, "t", {"x": (x, None), "y": (y, None)})
    for deal in (True, False):
        found = search(asked, deal=deal, budget=60)
        if found.case is not None:
            case = at_values(situation, {**{i.path: i.value.best for i in inputs(situation)}, **found.case})
            assert deal_by_hand(case, {"x": x, "y": y}) == deal
        elif found.complete:
            for end in ("low", "guess", "high"):
                case = at_values(situation, {o.path: getattr(o, end) for o in asked.open})
                assert deal_by_hand(case, {"x": x, "y": y}) != deal


def test_an_input_that_is_not_open_is_refused_with_those_that_are() -> None:
    sweep = swept(exchange(), "t", OPTIONS)
    with pytest.raises(AnalysisError, match=r"Open inputs: a\.y\.salience"):
        sweep.line("a.x.salience")
    with pytest.raises(AnalysisError, match="twice"):
        sweep.plane("a.y.salience", "a.y.salience")


def test_the_effort_bounds_the_search() -> None:
    asked = claim(exchange(), "t", OPTIONS)
    assert search(asked, deal=True, budget=1).boxes == 1
    assert verdict(exchange(), "t", OPTIONS, effort=Effort(draws=1, budget=1)).kind == "depends"


def test_only_inputs_that_can_move_the_answer_are_open() -> None:
    situation = exchange()
    narrow = claim(situation, "t", {"x": ("option", None), "y": ("left_out", None)})
    assert [o.path for o in narrow.open] == []
    assert [o.path for o in claim(situation, "t", OPTIONS).open] == ["a.y.salience"]
