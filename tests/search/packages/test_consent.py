"""Whoever asks whether there is a deal gets one answer, whatever the rule of the table, and ratifiers bind alike."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from tests.boards.standoffs import Slow, board
from tests.boards.worlds import SEEDS, tried

from detente.analyses.agenda import agenda
from detente.analyses.blocked import blocked
from detente.analyses.packages import packages
from detente.analyses.robust import robust
from detente.analyses.zone import zone
from detente.boards import Box, Deals, Rule, Watchers, scored, with_modes
from detente.errors import AnalysisError
from detente.search.agendas.outcome import outcome
from detente.search.packages.choice import choose
from detente.search.packages.consent import admitted, by_votes, carried, carriers, margin, needed, passes, red_lines
from detente.search.packages.consent import without_lines as without
from detente.search.packages.space import space
from detente.search.packages.stakes import stakes
from detente.search.packages.terms import terms


def drawn(laid: Deals) -> Deals:
    """The same board as one draw of itself."""
    seen = laid.watchers
    return replace(
        laid,
        score=tuple(s[None] for s in laid.score),
        no_deal=laid.no_deal[None],
        admits=tuple(a[None] for a in laid.admits),
        listing_cost=laid.listing_cost[None],
        meets=tuple(m[None] for m in laid.meets),
        open=tuple(o[None] for o in laid.open),
        interactions=tuple(replace(c, score=c.score[None]) for c in laid.interactions),
        watchers=None
        if seen is None
        else replace(
            seen,
            score=tuple(s[None] for s in seen.score),
            no_deal=seen.no_deal[None],
            admits=tuple(a[None] for a in seen.admits),
            interactions=tuple(replace(c, score=c.score[None]) for c in seen.interactions),
        ),
    )


def chosen_slowly(slow: Slow) -> list[tuple[int, ...]]:
    """All deals that most of those who bargain accept, then with most gainers among them and the greatest product."""
    count = len(slow.deals.parties)

    def key(k: tuple[int, ...]) -> tuple[int, int, int]:
        own = slow.gains(k)[:count]
        return sum(g >= 0 for g in own), sum(g > 0 for g in own), math.prod(g for g in own if g > 0)

    deals = [k for k in slow.packages() if slow.is_deal(k)]
    return [k for k in deals if key(k) == max(key(d) for d in deals)]


@tried
@given(seed=SEEDS)
def test_every_analysis_gives_one_answer_on_whether_there_is_a_deal(seed: int) -> None:
    laid = board(seed)
    slow = Slow(laid)
    deals = [k for k in slow.packages() if slow.is_deal(k)]
    told, found, over = packages(laid), zone(Box(laid, laid)), drawn(laid)
    assert bool(told.found) == bool(deals)
    assert told.acceptable == len(deals)
    assert found.possible == found.certain == bool(deals)
    assert robust(over).deal_share == float(bool(deals))
    assert bool(outcome(laid).feasible) == bool(deals)
    assert bool(outcome(laid, limit=-1).feasible) == bool(deals)
    assert blocked(laid).is_blocked == (not deals)
    assert bool(packages(over).found[0]) == bool(deals)
    assert all(r.certificate.holds for r in (told, found, robust(over), packages(over), blocked(laid)))


@tried
@given(seed=SEEDS)
def test_every_analysis_chooses_the_same_deal(seed: int) -> None:
    laid = board(seed)
    best = chosen_slowly(Slow(laid))
    package = best[0] if best else laid.status_quo
    gains = Slow(laid).gains(package)[: len(laid.parties)] if best else [0] * len(laid.parties)
    for found in (packages(laid), outcome(laid), choose(space(laid)), choose(space(drawn(laid)))):
        assert tuple(found.chosen.reshape(-1).tolist()) == package
        assert found.gains.reshape(-1).tolist() == gains
    tied = packages(drawn(laid)).tied
    assert tied is not None
    assert packages(laid).tied == tied[0] == len(best)
    assert [tuple(t) for t in packages(laid).ties.tolist()] == best[:64]
    searched = outcome(laid, limit=-1)
    assert tuple(searched.chosen.tolist()) in best or not best
    assert len(laid.parties) * [0] == searched.gains.tolist() or best


@tried
@given(seed=SEEDS)
def test_an_agenda_under_a_rule_has_a_deal_where_a_loop_finds_one(seed: int) -> None:
    base = board(seed)
    stands = {i: ("option", None) for i in base.issues}
    told = agenda(base, base=stands, issues=["i0"], modes=["option", "in"])
    assert told.certificate.holds
    for row in told.rows:
        laid = with_modes(base, {i: (m, by) for i, m, by in row.modes} | {i: stands[i] for i in base.issues[1:]})
        slow = Slow(laid)
        assert bool(row.first.feasible) == slow.opens()
        assert (row.first.blocked == ()) == (slow.opens() or not slow.packages())
        assert row.first.blocked != ((),)


@tried
@given(seed=SEEDS)
def test_the_zone_names_a_set_that_carries_and_no_other_has_more(seed: int) -> None:
    laid = board(seed)
    slow, answers = Slow(laid), [zone(Box(laid, laid), method=method) for method in ("auto", "scan", "fold")]
    assert len({(a.verdict, a.certain_margin, a.package, a.carried_by) for a in answers if a.package}) < 2
    best = [
        min(slow.gains(k)[p] for p in who) for k in slow.admissible() for who in carriers(laid)
    ]  # who carries what, one by one
    assert {a.certain_margin for a in answers} == {max(best, default=None)}
    if answers[0].package:
        accepting = {slow.names.index(p) for p in answers[0].carried_by}
        assert slow.carried(accepting)
        assert not any(slow.carried(accepting - {p}) for p in accepting)
        assert min(slow.gains(answers[0].package)[p] for p in accepting) == answers[0].certain_margin


@tried
@given(seed=SEEDS)
def test_a_deal_is_what_those_who_lose_nothing_carry(seed: int) -> None:
    laid = board(seed)
    slow = Slow(laid)
    for k in slow.packages():
        gains = np.array(slow.gains(k))
        accepting = {p for p, g in enumerate(slow.gains(k)) if g >= 0}
        assert bool(carried(laid, gains)) == slow.carried(accepting) == bool(margin(laid, gains) >= 0)


@tried
@given(seed=SEEDS)
def test_gains_are_added_up_alike_wherever_they_are(seed: int) -> None:
    laid = board(seed)
    slow, held = Slow(laid), stakes(laid)
    assert held.parties == terms(laid).parties == needed(laid) == tuple(slow.names)
    for k in slow.packages():
        assert terms(laid).gains(k).tolist() == slow.gains(k)
        assert held.gains(np.zeros(1, dtype=np.int64), np.array([k]))[0].tolist() == slow.gains(k)


@tried
@given(seed=SEEDS)
def test_a_listing_cost_ends_talks_that_cannot_do_without_the_party(seed: int) -> None:
    laid = replace(board(seed), listed=(True,) * len(board(seed).issues))
    found, searched = outcome(laid, added=laid.issues), outcome(laid, added=laid.issues, limit=-1)
    assert (found.ends == searched.ends).all()
    assert (found.ends_at == searched.ends_at).all()
    for p in range(len(laid.parties)):

        def opens(cost: int, p: int = p) -> bool:
            costs = laid.listing_cost.copy()
            costs[p] = 0
            costs[p, 0] = cost
            return Slow(replace(laid, listing_cost=costs)).opens()

        assert bool(found.ends[p]) == (opens(0) and not opens(10_000))
        if found.ends[p]:
            assert opens(int(found.ends_at[p]))
            assert not opens(int(found.ends_at[p]) + 1)


def closed_by_a_ratifier(mode: str) -> Deals:
    """Everybody gains, but the senate's red line leaves only things as they are."""
    senate = Watchers(
        parties=("lobby", "senate"),
        score=(np.array([[0, 0, 0], [0, 5, 5]]),),
        no_deal=np.zeros(2, dtype=np.int64),
        ratifies=(False, True),
        admits=(np.array([[True, True, True], [True, False, False]]),),
    )
    return with_modes(scored({"a": [[0, 9, 4], [0, 9, 4]]}, parties=("x", "y"), watchers=senate), {"a": (mode, None)})


@pytest.mark.parametrize("mode", ["option", "in"])
def test_the_red_line_of_a_ratifier_is_named_as_what_blocks(mode: str) -> None:
    laid = closed_by_a_ratifier(mode)
    found = blocked(laid)
    assert [[(r.party, r.reason, r.issue) for r in s] for s in found.openings] == [[("senate", "red_line", "a")]]
    assert [[(r.party, r.reason) for r in s] for s in found.blockings] == [[("senate", "red_line")]]
    assert [(line.party, line.issue, line.opens, line.option) for line in found.lines] == [("senate", "a", True, 1)]
    assert {(a.option, a.parties, a.opens) for a in found.admitted if not a.by_agenda} >= {(1, ("senate",), True)}
    assert [(c.issue, c.parties) for c in found.contradictions] == ([("a", ("senate",))] if mode == "in" else [])
    assert found.fewest_lines is not None
    assert [r.party for r in found.fewest_lines] == ["senate"]
    row = agenda(laid, base={}, issues=["a"]).row(mode)
    assert [[(r.party, r.reason) for r in s] for s in row.first.blocked] == [[("senate", "red_line")]]


def test_red_lines_of_ratifiers_come_after_those_of_parties_and_can_be_taken_away() -> None:
    laid = closed_by_a_ratifier("option")
    assert red_lines(laid) == ((2, 0),)
    assert admitted(laid, 0).tolist() == [[True] * 3, [True] * 3, [True, False, False]]
    free = without(laid, [(2, 0)])
    assert admitted(free, 0).all()
    assert red_lines(free) == ()
    assert not admitted(laid, 0).all(), "the board itself is as it was"
    assert terms(free).changes == 2


def test_a_majority_carries_what_one_refuses_and_every_page_says_so() -> None:
    board = scored({"x": [[0, 8], [0, 5], [0, -9]]}, parties=("a", "b", "c"), rule=Rule((1.0, 1.0, 1.0), 2.0))
    told = packages(board)
    assert (bool(told.found), told.gains.tolist(), told.solution("nash").found) == (True, [8, 5, -9], False)
    assert (told.accepted and told.accepted.number, told.passed and told.passed.number) == (0, 1)
    found = zone(Box(board, board))
    assert (found.verdict, found.carried_by, found.certain_margin) == ("certain", ("a", "b"), 5)
    assert not outcome(board).blocked


def test_votes_of_any_size_are_added_up_exactly() -> None:
    tenths = Rule(weights=(0.1, 0.2, 0.3, 0.4), need=0.6)
    assert passes(tenths, 4)[0b0111], "0.1 + 0.2 + 0.3 is enough"
    assert passes(Rule((3.0, 2.0, 2.0), 4.0), 3).nonzero()[0].tolist() == [3, 5, 6, 7]


def test_a_rule_that_takes_everybody_is_unanimity_and_one_that_nobody_meets_is_not() -> None:
    rows = {"x": [[0, 1], [0, 1]]}
    every, nobody = (scored(rows, parties="ab", rule=Rule((1.0, 1.0), need)) for need in (2.0, 3.0))
    assert (by_votes(every), by_votes(nobody)) == (False, True)
    assert (bool(packages(every).found), bool(packages(nobody).found)) == (True, False)
    assert zone(Box(nobody, nobody)).verdict == "none"
    assert carriers(nobody) == ()


def test_too_many_votes_are_refused_with_a_cure() -> None:
    many = scored({"x": [[0, 1]] * 21}, parties=[f"p{k}" for k in range(21)], rule=Rule((1.0,) * 21, 11.0))
    with pytest.raises(AnalysisError, match="Merge parties"):
        carriers(many)
