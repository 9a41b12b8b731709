"""What widening the agenda does: the laws of the modes, and who stands in the way."""

import itertools

import numpy as np
import pytest
from hypothesis import assume, given
from tests.boards.worlds import SEEDS, Shape, case, sample, span, tried, world

from detente.analyses.agenda import Agenda, Refusal, agenda
from detente.boards import Deals, Modes, deals, with_modes
from detente.errors import AnalysisError
from detente.situation.nouns import Demand, ListingCost, Situation

BASE: Modes = {"i1": ("option", None), "i2": ("option", None)}
FREE = Shape(costs=False)
EVERY = [("option", None), ("in", None), ("precondition", "ally"), ("declaratory", None), ("refused", None)]


def asked(seed: int, shape: Shape = Shape()) -> Agenda:  # noqa: B008
    return agenda(deals(world(seed, shape), "hall"), base=BASE, issue="i0", variants=EVERY)


@tried
@given(seed=SEEDS)
def test_an_option_that_costs_nothing_never_shrinks_the_set_of_deals(seed: int) -> None:
    found = asked(seed, FREE)
    assert found.row("option").acceptable >= found.row("left_out").acceptable
    assert found.row("option").feasible >= found.row("left_out").feasible


@tried
@given(seed=SEEDS)
def test_a_precondition_never_enlarges_it(seed: int) -> None:
    found = asked(seed)
    assert found.row("precondition").acceptable <= found.row("option").acceptable


@tried
@given(seed=SEEDS)
def test_over_draws_the_same_laws_hold_in_each(seed: int) -> None:
    situation = world(seed, FREE)
    board = deals(situation, "hall", draws=sample(situation, seed, 6))
    found = agenda(board, base=BASE, issue="i0", variants=EVERY)
    assert (found.row("option").acceptable >= found.row("left_out").acceptable).all()
    assert (found.row("precondition").acceptable <= found.row("option").acceptable).all()
    assert found.certificate.holds


@tried
@given(seed=SEEDS)
def test_refusing_an_issue_is_leaving_it_out_and_declaring_it_costs_its_listing(seed: int) -> None:
    found = asked(seed)
    out, refused = found.row("left_out"), found.row("refused")
    assert (out.chosen == refused.chosen).all()
    assert (out.gains == refused.gains).all()
    assert found.row("declaratory").acceptable <= out.acceptable


@tried
@given(seed=SEEDS)
def test_the_rows_are_what_a_plain_loop_finds(seed: int) -> None:
    board = deals(world(seed), "hall")
    found = asked(seed)
    for row in found.rows:
        plainly = case(with_modes(board, {**BASE, "i0": (row.mode, row.by)}), 0)
        best = plainly.nash()
        assert row.acceptable == len(plainly.deals())
        assert row.gains.tolist() == (plainly.gains(best[0]) if best else [0, 0, 0])
        assert (row.change == row.gains - found.rows[0].gains).all()
    assert found.certificate.holds


@tried
@given(seed=SEEDS)
def test_the_talks_end_just_above_the_listing_cost_that_ends_them(seed: int) -> None:
    board = deals(world(seed), "hall")
    row = asked(seed).row("option")
    for p in range(3):
        at = int(row.ends_at[p])
        if row.ends[p] and at >= 0:
            assert _goes_on(board, p, at)
            assert not _goes_on(board, p, at + 1)
        else:
            assert not _goes_on(board, p, 0)


def _goes_on(board: Deals, p: int, cost: int) -> bool:
    costs = board.listing_cost.copy()
    costs[p, 0] = cost
    changed = Deals(**{**{name: getattr(board, name) for name in Deals.__slots__}, "listing_cost": costs})
    return bool(agenda(changed, base=BASE, issue="i0", variants=[("option", None)]).row("option").feasible)


@tried
@given(seed=SEEDS)
def test_setting_a_listed_set_of_refusals_aside_opens_a_deal_and_no_smaller_one_does(seed: int) -> None:
    board = with_modes(deals(world(seed), "hall", no_deal=np.full(3, 4000)), {**BASE, "i0": ("in", None)})
    row = agenda(deals(world(seed), "hall", no_deal=np.full(3, 4000)), base=BASE, issue="i0").row("in")
    assume(not row.feasible)
    refusals = [Refusal(party, reason) for party in board.parties for reason in ("value", "red_line")]
    opening = [set(c) for n in range(7) for c in itertools.combinations(refusals, n) if _opens(board, set(c))]
    least = [s for s in opening if not any(other < s for other in opening)]
    assert sorted(map(_names, row.blocked)) == sorted(map(_names, least))


def _names(refusals: object) -> list[tuple[str, str]]:
    assert isinstance(refusals, set | tuple)
    return sorted((r.party, r.reason) for r in refusals)


def _opens(board: Deals, aside: set[Refusal]) -> bool:
    loose = {r.party for r in aside if r.reason == "red_line"}
    pleased = {r.party for r in aside if r.reason == "value"}
    admits = tuple(a | np.array([[p in loose] for p in board.parties]) for a in board.admits)
    plainly = case(Deals(**{**{name: getattr(board, name) for name in Deals.__slots__}, "admits": admits}), 0)
    gains = [plainly.gains(k) for k in plainly.admissible()]
    return any(all(g >= 0 or p in pleased for p, g in zip(board.parties, row, strict=True)) for row in gains)


def test_who_loses_though_the_set_grew_is_named() -> None:
    row = asked(42, FREE).row("option")
    assert row.grew
    assert row.worse.tolist() == [False, True, True]
    assert row.change.tolist() == [581, -48, -399]


def test_without_variants_each_known_precondition_is_asked() -> None:
    found = agenda(deals(world(1), "hall"), base=BASE, issue="i0")
    assert [(r.mode, r.by) for r in found.rows] == [
        ("left_out", None),
        ("option", None),
        ("in", None),
        ("precondition", "ally"),
    ]


def test_a_presser_whose_wish_is_unknown_makes_no_precondition() -> None:
    situation = world(1)
    silent = situation.model_copy(update={"stances": tuple(s for s in situation.stances if s.party != "ally")})
    found = agenda(deals(silent, "hall"), base=BASE, issue="i0")
    assert [r.mode for r in found.rows] == ["left_out", "option", "in"]


def test_an_issue_that_is_not_there_is_named() -> None:
    with pytest.raises(AnalysisError, match="'oil' is not an issue at table 'hall'"):
        agenda(deals(world(1), "hall"), base=BASE, issue="oil")
    with pytest.raises(AnalysisError, match="'later' of 'i0' was not asked for"):
        asked(1).row("later")


def test_costs_and_demands_of_strangers_to_the_table_do_not_count() -> None:
    situation = world(1, FREE)
    table = situation.tables[0]
    foreign = table.model_copy(update={"listing_costs": (ListingCost(party="ally", issue="i0", cost=span(50)),)})
    elsewhere = Demand(id="d-far", by="p1", issue="i0", table="annex")
    more = Situation.model_validate(
        {**dict(situation), "tables": (foreign,), "demands": (*situation.demands, elsewhere)}
    )
    board = deals(more, "hall")
    assert not board.listing_cost.any()
    assert "p1" not in board.pressed[0]


@tried
@given(seed=SEEDS)
def test_a_precondition_that_today_meets_asks_nothing(seed: int) -> None:
    found = asked(seed)
    row = found.row("precondition")
    assert row.condition is not None
    assert found.row("option").condition is None
    if row.met_today and row.condition.accepts == "anything":
        assert row.acceptable == found.row("option").acceptable
    situation = world(seed)
    now, stance = situation.issue("i0").status_quo.best, situation.stance("ally", "i0")
    assert stance is not None
    if stance.red_line is not None:
        at = stance.red_line.at.best
        assert row.met_today == (now <= at if stance.red_line.accepts == "at_most" else now >= at)
    else:
        assert row.met_today == (stance.position.low <= now <= stance.position.high)
