"""What widening the agenda does: the laws of the modes, what comes later or elsewhere, and who stands in the way."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from tests.boards.worlds import SEEDS, Shape, case, sample, span, tried, world

from detente.analyses.agenda import Agenda, agenda
from detente.boards import Cross, Deals, Modes, deals, scored, with_modes
from detente.errors import AnalysisError, BoardError
from detente.search.packages.refusals import Refusal
from detente.situation.nouns import Demand, ListingCost, RedLine, Situation, Stance

BASE: Modes = {"i1": ("option", None), "i2": ("option", None)}
FREE = Shape(costs=False)
EVERY = ("option", "in", "precondition", "declaratory", "refused")
few = settings(max_examples=12, deadline=None)


def asked(seed: int, shape: Shape = Shape()) -> Agenda:  # noqa: B008
    return agenda(deals(world(seed, shape), "hall"), base=BASE, issues=["i0"], modes=EVERY)


def tied_together(seed: int, shape: Shape = FREE) -> Deals:
    """A board on which some pairs of issues are worth something together, to some."""
    board = deals(world(seed, shape), "hall")
    rng = np.random.default_rng(seed)
    pairs = [p for p in itertools.combinations(range(len(board.issues)), 2) if rng.random() < 0.6]
    crosses = []
    for a, b in pairs:
        score = rng.integers(-3000, 3000, (len(board.parties), board.levels[a].size, board.levels[b].size))
        score[:, board.status_quo[a], :] = 0
        score[:, :, board.status_quo[b]] = 0
        crosses.append(Cross(a, b, score))
    return replace(board, interactions=tuple(crosses))


def gains(board: Deals, package: tuple[int, ...]) -> list[int]:
    """What a package gains everybody, in the most obvious way."""
    total = [-int(f) for f in board.floor()]
    for p in range(len(total)):
        total[p] += sum(int(score[p, o]) for score, o in zip(board.score, package, strict=True))
        total[p] += sum(int(c.score[p, package[c.first], package[c.second]]) for c in board.interactions)
    return total


def plain_deals(board: Deals) -> dict[tuple[int, ...], list[int]]:
    found = {}
    for package in itertools.product(*(range(at.size) for at in board.levels)):
        within = all(board.open[i][o] and board.admissible(i)[:, o].all() for i, o in enumerate(package))
        if package != board.status_quo and within and min(gains(board, package)) >= 0:
            found[package] = gains(board, package)
    return found


@few
@given(seed=SEEDS)
def test_the_laws_of_the_modes_hold_for_every_subset_with_interactions_too(seed: int) -> None:
    board = tied_together(seed)
    found = agenda(board, base={"i2": ("option", None)}, issues=["i0", "i1"], modes=EVERY)
    for row in found.rows[1:]:
        agenda_set = with_modes(board, {"i2": ("option", None), **{i: (m, by) for i, m, by in row.modes}})
        assert row.first.acceptable == len(plain_deals(agenda_set))
        option = found.row("option", *row.issues)
        if row.mode == "option":
            assert row.first.acceptable >= found.rows[0].first.acceptable
        if row.mode == "precondition":
            assert row.first.acceptable <= option.first.acceptable
        for fewer in row.issues:
            if row.mode == "option" and len(row.issues) > 1:
                assert row.first.acceptable >= found.row("option", fewer).first.acceptable
    assert found.certificate.holds


@few
@given(seed=SEEDS)
def test_a_second_package_takes_the_first_as_its_status_quo(seed: int) -> None:
    board = tied_together(seed, Shape())
    for reading in ("fixed", "reopened"):
        row = agenda(board, base=BASE, issues=["i0"], modes=["later"], later=reading).row("later")
        assert row.then is not None
        if not row.first.feasible:
            assert not row.then.acceptable
            assert not row.total.any()
            continue
        beyond = second_deals(board, tuple(row.first.chosen.tolist()), reading)
        assert row.then.acceptable == len(beyond)
        if beyond:
            gained = beyond[tuple(row.then.chosen.tolist())]
            assert row.then.gains.tolist() == gained
            assert product(gained) == max(map(product, beyond.values()))
        assert (row.total == row.first.gains + row.then.gains).all()
        assert (row.change >= 0).all()


def product(gained: list[int]) -> tuple[int, int]:
    """How many gain, and the product of what they gain."""
    return sum(g > 0 for g in gained), math.prod(g for g in gained if g > 0)


def second_deals(board: Deals, first: tuple[int, ...], reading: str) -> dict[tuple[int, ...], list[int]]:
    """Every package that moves away from the first deal and gains nobody less than nothing beyond it."""
    banked = gains(replace(board, no_deal=np.zeros_like(board.no_deal)), first)
    found = {}
    for package in itertools.product(*(range(at.size) for at in board.levels)):
        moved = [i for i, (o, now) in enumerate(zip(package, first, strict=True)) if o != now]
        if not moved or (reading == "fixed" and any(board.issues[i] != "i0" for i in moved)):
            continue
        if not all(board.admits[i][:, package[i]].all() for i in moved):
            continue
        more = gains(replace(board, no_deal=np.zeros_like(board.no_deal)), package)
        beyond = [a - b - int(cost) for a, b, cost in zip(more, banked, board.listing_cost[:, 0], strict=True)]
        if min(beyond) >= 0:
            found[package] = beyond
    return found


def test_reopening_the_first_deal_can_do_what_leaving_it_fixed_cannot() -> None:
    board = scored(
        {"cap": [[0, 30, 10], [0, 10, 5]], "arms": [[0, 5], [0, -10]]}, parties=("usa", "iran"), no_deal=[0, 0]
    )
    base: Modes = {"cap": ("option", None)}
    fixed = agenda(board, base=base, issues=["arms"], modes=["later"]).row("later")
    assert fixed.then is not None
    assert (fixed.first.chosen.tolist(), bool(fixed.then.feasible)) == ([1, 0], False)
    generous = replace(board, score=(board.score[0] + np.array([[0, 0, -5], [0, 0, 25]]), board.score[1] * [[8], [1]]))
    rows = [
        agenda(generous, base={"cap": ("option", None)}, issues=["arms"], modes=["later", "option"], later=reading)
        for reading in ("fixed", "reopened")
    ]
    stages = [found.row("later").then for found in rows]
    assert [bool(s is not None and s.feasible) for s in stages] == [False, True]
    assert rows[1].row("later").total.tolist() == [45, 20]


def test_whoever_banked_the_first_deal_can_hold_up_the_rest() -> None:
    # Iran's price for its arms is relief; once relief is banked in the first deal it has no reason to pay.
    board = scored(
        {"relief": [[0, -5], [0, 40]], "cap": [[0, 10], [0, -5]], "arms": [[0, 60], [0, -20]]}, parties=("usa", "iran")
    )
    base: Modes = {"relief": ("option", None), "cap": ("option", None)}
    row = agenda(board, base=base, issues=["arms"], modes=["later"]).row("later")
    assert row.first.feasible
    assert row.then is not None
    assert not row.then.feasible
    assert row.held_up.tolist() == [True, False]
    assert row.beside_option.tolist() == [-50, 15]


def test_without_a_first_deal_no_second_one_starts() -> None:
    board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    row = agenda(board, base={"cap": ("option", None)}, issues=["relief"], modes=["later"]).row("later")
    assert row.then is not None
    assert (bool(row.first.feasible), bool(row.then.feasible), row.then.packages) == (False, False, 0)
    assert not row.held_up.any()


@few
@given(seed=SEEDS)
def test_issues_at_a_table_of_their_own_are_settled_alone(seed: int) -> None:
    board = tied_together(seed)
    row = agenda(board, base=BASE, issues=["i0"], modes=["elsewhere"]).row("elsewhere")
    (own,) = row.apart
    now = gains(replace(board, no_deal=np.zeros_like(board.no_deal)), board.status_quo)
    alone = with_modes(replace(board, no_deal=np.array(now)), {"i0": ("option", None)})
    assert own.acceptable == len(plain_deals(alone))
    assert (row.first.chosen == agenda(board, base=BASE, issues=["i0"], modes=[]).rows[0].first.chosen).all()
    both = np.where(own.chosen == np.array(board.status_quo), row.first.chosen, own.chosen)
    if row.first.feasible:
        assert row.total.tolist() == gains(with_modes(board, BASE), tuple(both.tolist()))
    else:
        assert row.total.tolist() == own.gains.tolist()


def test_linkage_gains_what_two_tables_apart_leave_lying() -> None:
    # Each issue alone hurts one of them; together both gain (Tollison and Willett).
    board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    row = agenda(board, base={"cap": ("option", None)}, issues=["relief"], modes=["elsewhere"]).row("elsewhere")
    assert row.beside_option.tolist() == [-20, -50]


def test_a_linked_table_counts_for_those_who_sit_at_both() -> None:
    board = scored({"cap": [[0, 40], [0, 10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    annex = scored({"relief": [[0, 7], [0, 5]], "oil": [[0, 3], [0, 2]]}, parties=("israel", "usa"), table="annex")
    annex = with_modes(annex, {"oil": ("option", None)})
    found = agenda(board, base={"cap": ("option", None)}, issues=["relief"], elsewhere={"relief": annex})
    row = found.row("elsewhere")
    assert [(t.table, t.parties, t.gains.tolist()) for t in row.apart] == [("annex", ("israel", "usa"), [10, 7])]
    assert row.total.tolist() == [45, 10], "what the annex would agree on anyway is not the issue's doing"
    assert found.certificate.holds
    with pytest.raises(AnalysisError, match="has no issue 'cap'"):
        agenda(board, base={}, issues=["cap"], elsewhere={"cap": annex})


def test_issues_can_be_added_in_different_modes_at_once() -> None:
    board = deals(world(3), "hall")
    mixed: Modes = {"i0": ("precondition", "ally"), "i1": ("later", None)}
    found = agenda(board, base={"i2": ("option", None)}, issues=["i0", "i1"], modes=[mixed])
    row = found.row("mixed")
    assert row.issues == ("i0", "i1")
    assert row.modes == (("i0", "precondition", "ally"), ("i1", "later", None))
    assert row.then is not None
    alone = agenda(board, base={"i2": ("option", None)}, issues=["i0"], modes=["precondition"]).row("precondition")
    assert (row.first.gains == alone.first.gains).all()


def test_every_subset_is_asked_up_to_six_issues_and_then_singles_pairs_and_all() -> None:
    rows = {f"i{k}": [[0, 5], [0, -1]] for k in range(7)}
    board = scored(rows, parties=("a", "b"))
    six = agenda(board, base={}, issues=[f"i{k}" for k in range(6)], modes=["option"])
    assert (len(six.rows), six.parameters["subsets"]) == (64, "all")
    seven = agenda(board, base={}, issues=[f"i{k}" for k in range(7)], modes=["option"])
    assert (len(seven.rows), seven.parameters["subsets"]) == (1 + 7 + 21 + 1, "singles, pairs and all")


def test_a_precondition_against_a_red_line_is_said_as_a_sentence_though_the_rest_is_worth_much() -> None:
    situation = world(1, FREE)
    now = situation.issue("i0").status_quo.best
    ask, line = (now + 10, now) if now < 50 else (now - 10, now)
    up = ask > now
    stances = [s for s in situation.stances if s.issue != "i0" or s.party not in ("ally", "p1")]
    for party, at, accepts in (("ally", ask, up), ("p1", line, not up)):
        red = RedLine(at=span(at), accepts="at_least" if accepts else "at_most", hardness=span(1))
        stances.append(Stance(party=party, issue="i0", position=span(at), salience=span(50), red_line=red))
    issues = tuple(
        i.model_copy(update={"options": (0.0, now, ask, 100.0)}) if i.id == "i0" else i for i in situation.issues
    )
    board = deals(situation.model_copy(update={"stances": tuple(stances), "issues": issues}), "hall")
    found = agenda(board, base=BASE, issues=["i0"], modes=["precondition", "option"])
    row = found.row("precondition")
    (clash,) = [c for c in row.clashes if c.against == "p1"]
    assert (clash.issue, clash.by, clash.asks.at) == ("i0", "ally", ask)
    assert clash.line is not None
    assert (clash.line.accepts, clash.line.at) == ("at_most" if up else "at_least", line)
    assert not row.first.feasible
    assert found.row("option").clashes == ()


@tried
@given(seed=SEEDS)
def test_a_clash_is_a_red_line_that_excludes_all_that_is_asked(seed: int) -> None:
    board = deals(world(seed), "hall")
    row = asked(seed).row("precondition")
    met = board.meets[0][board.pressers.index("ally")]
    plainly = set()
    for p, party in enumerate(board.parties):
        admits = [bool(board.admits[0][p, o]) or o == board.status_quo[0] for o in range(met.size)]
        if met.any() and not any(m and a for m, a in zip(met, admits, strict=True)):
            plainly.add(party)
    assert {c.against for c in row.clashes} == plainly


@tried
@given(seed=SEEDS)
def test_an_option_that_costs_nothing_never_shrinks_the_set_of_deals(seed: int) -> None:
    found = asked(seed, FREE)
    assert found.row("option").first.acceptable >= found.row("left_out").first.acceptable
    assert found.row("option").first.feasible >= found.row("left_out").first.feasible


@tried
@given(seed=SEEDS)
def test_a_precondition_never_enlarges_it(seed: int) -> None:
    found = asked(seed)
    assert found.row("precondition").first.acceptable <= found.row("option").first.acceptable


@few
@given(seed=SEEDS)
def test_over_draws_the_same_laws_hold_in_each(seed: int) -> None:
    situation = world(seed, FREE)
    board = deals(situation, "hall", draws=sample(situation, seed, 6))
    found = agenda(board, base=BASE, issues=["i0"], modes=EVERY)
    assert (found.row("option").first.acceptable >= found.row("left_out").first.acceptable).all()
    assert (found.row("precondition").first.acceptable <= found.row("option").first.acceptable).all()
    assert found.certificate.holds


@tried
@given(seed=SEEDS)
def test_refusing_an_issue_is_leaving_it_out_and_declaring_it_costs_its_listing(seed: int) -> None:
    found = asked(seed)
    out, refused = found.row("left_out"), found.row("refused")
    assert (out.first.chosen == refused.first.chosen).all()
    assert (out.first.gains == refused.first.gains).all()
    assert found.row("declaratory").first.acceptable <= out.first.acceptable


@few
@given(seed=SEEDS)
def test_the_rows_are_what_a_plain_loop_finds(seed: int) -> None:
    board = deals(world(seed), "hall")
    found = asked(seed)
    for row in found.rows:
        plainly = case(with_modes(board, {**BASE, "i0": (row.mode, row.by)}), 0)
        best = plainly.nash()
        assert row.first.acceptable == len(plainly.deals())
        assert row.first.gains.tolist() == (plainly.gains(best[0]) if best else [0, 0, 0])
        assert (row.change == row.first.gains - found.rows[0].first.gains).all()
    assert found.certificate.holds


@few
@given(seed=SEEDS)
def test_the_talks_end_just_above_the_listing_cost_that_ends_them(seed: int) -> None:
    board = deals(world(seed), "hall")
    row = asked(seed).row("option")
    for p in range(3):
        at = int(row.first.ends_at[p])
        if row.first.ends[p] and at >= 0:
            assert _goes_on(board, p, at)
            assert not _goes_on(board, p, at + 1)
        else:
            assert not _goes_on(board, p, 0)


def _goes_on(board: Deals, p: int, cost: int) -> bool:
    costs = board.listing_cost.copy()
    costs[p, 0] = cost
    changed = Deals(**{**{name: getattr(board, name) for name in Deals.__slots__}, "listing_cost": costs})
    return bool(agenda(changed, base=BASE, issues=["i0"], modes=["option"]).row("option").first.feasible)


@few
@given(seed=SEEDS)
def test_setting_a_listed_set_of_refusals_aside_opens_a_deal_and_no_smaller_one_does(seed: int) -> None:
    board = with_modes(deals(world(seed), "hall", no_deal=np.full(3, 4000)), {**BASE, "i0": ("in", None)})
    row = agenda(deals(world(seed), "hall", no_deal=np.full(3, 4000)), base=BASE, issues=["i0"]).row("in")
    assume(not row.first.feasible)
    refusals = [Refusal(party, reason) for party in board.parties for reason in ("value", "red_line")]
    opening = [set(c) for n in range(7) for c in itertools.combinations(refusals, n) if _opens(board, set(c))]
    least = [s for s in opening if not any(other < s for other in opening)]
    assert sorted(map(_names, row.first.blocked)) == sorted(map(_names, least))


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


def test_without_modes_each_known_precondition_is_asked() -> None:
    found = agenda(deals(world(1), "hall"), base=BASE, issues=["i0"])
    assert [(r.mode, r.by) for r in found.rows] == [
        ("left_out", None),
        ("option", None),
        ("in", None),
        ("precondition", "ally"),
        ("later", None),
        ("elsewhere", None),
        ("declaratory", None),
    ]


def test_a_presser_whose_wish_is_unknown_makes_no_precondition() -> None:
    situation = world(1)
    silent = situation.model_copy(update={"stances": tuple(s for s in situation.stances if s.party != "ally")})
    found = agenda(deals(silent, "hall"), base=BASE, issues=["i0"])
    assert [r.mode for r in found.rows] == ["left_out", "option", "in", "later", "elsewhere", "declaratory"]


def test_an_issue_that_is_not_there_is_named() -> None:
    with pytest.raises(AnalysisError, match="'oil' is not an issue at table 'hall'"):
        agenda(deals(world(1), "hall"), base=BASE, issues=["oil"])
    with pytest.raises(AnalysisError, match="'later' of 'i0' was not asked for"):
        asked(1).row("later")
    with pytest.raises(AnalysisError, match="cannot be 'undone'"):
        agenda(deals(world(1), "hall"), base=BASE, issues=["i0"], later="undone")
    with pytest.raises(BoardError, match="'oil' is not one of the issues to be added"):
        agenda(deals(world(1), "hall"), base=BASE, issues=["i0"], modes=[{"oil": ("option", None)}])
    with pytest.raises(BoardError, match="'shelved' is not a mode"):
        agenda(deals(world(1), "hall"), base=BASE, issues=["i0"], modes=["shelved"])


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
    (what,) = row.asks
    assert found.row("option").asks == ()
    if what.met_today and what.condition.accepts == "anything":
        assert row.first.acceptable == found.row("option").first.acceptable
    situation = world(seed)
    now, stance = situation.issue("i0").status_quo.best, situation.stance("ally", "i0")
    assert stance is not None
    if stance.red_line is not None:
        at = stance.red_line.at.best
        assert what.met_today == (now <= at if stance.red_line.accepts == "at_most" else now >= at)
    else:
        assert what.met_today == (stance.position.low <= now <= stance.position.high)
