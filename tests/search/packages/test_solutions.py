"""Which deal each idea chooses: the same as a plain loop over all packages finds, and what it must not choose."""

import itertools
import math
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.boards.worlds import SEEDS, tried

from detente.boards import Deals, Rule, Watchers, scored, with_modes
from detente.errors import AnalysisError
from detente.search.packages.frontier import frontier
from detente.search.packages.solutions import Solution, carried, ideal_gains, solutions
from detente.search.packages.tally import tally
from detente.search.packages.terms import Terms, terms

Package = tuple[int, ...]


def board(seed: int, parties: int = 3) -> Deals:
    """Few, small numbers, so that ties abound; two issues worth something together; somebody who ratifies."""
    rng = np.random.default_rng(seed)
    sizes = [int(n) for n in rng.integers(2, 4, 3)]
    scores = {f"i{k}": rng.integers(-4, 6, (parties, n)).tolist() for k, n in enumerate(sizes)}
    joint = rng.integers(-2, 3, (parties, sizes[0], sizes[2])).tolist()
    stake = tuple(rng.integers(-2, 4, (1, n)) for n in sizes)
    need = int(rng.integers(1, parties + 1))
    return scored(
        scores,
        parties=[f"p{k}" for k in range(parties)],
        no_deal=rng.integers(-3, 3, parties).tolist(),
        interactions={("i0", "i2"): joint} if seed % 2 else None,
        rule=Rule(weights=(1.0,) * parties, need=need, vetoes=(0,) if seed % 3 == 0 else ()),
        watchers=Watchers(parties=("senate",), score=stake, no_deal=np.array([-1]), ratifies=(True,)),
    )


@dataclass(frozen=True)
class Plainly:
    """Every package of a board with its gains, those that bargain first, counted in a loop."""

    rows: dict[Package, list[int]]
    consenting: int

    @staticmethod
    def of(deals: Deals) -> "Plainly":
        rows = {}
        assert deals.watchers is not None
        for k in itertools.product(*(range(len(at)) for at in deals.levels)):
            if k == deals.status_quo:
                continue
            own = [
                sum(int(s[p, o]) for s, o in zip(deals.score, k, strict=True))
                + sum(int(c.score[p, k[c.first], k[c.second]]) for c in deals.interactions)
                - int(deals.no_deal[p])
                for p in range(len(deals.parties))
            ]
            senate = sum(int(s[0, o]) for s, o in zip(deals.watchers.score, k, strict=True))
            rows[k] = [*own, senate - int(deals.watchers.no_deal[0])]
        return Plainly(rows, len(deals.parties))

    def deals(self) -> dict[Package, list[int]]:
        return {k: g[: self.consenting] for k, g in self.rows.items() if min(g) >= 0}

    def ideal(self, over: str) -> list[int]:
        rows = list(self.deals().values()) if over == "deals" else list(self.rows.values())
        return [max((g[p] for g in rows), default=0) for p in range(self.consenting)]

    def best(self, concept: str, ideal: list[int]) -> tuple[Fraction, list[Package]]:
        """The greatest value, and every deal that reaches it."""
        able = [p for p in range(self.consenting) if ideal[p] > 0]

        def key(g: list[int]) -> tuple[int, Fraction]:
            if concept == "nash":
                gaining = [n for n in g if n > 0]
                return len(gaining), Fraction(math.prod(gaining) if gaining else 0)
            if concept == "kalai_smorodinsky":
                return 0, min((Fraction(g[p], ideal[p]) for p in able), default=Fraction(0))
            return 0, Fraction(min(g) if concept == "egalitarian" else sum(g))

        keys = {k: key(g) for k, g in self.deals().items()}
        top = max(keys.values())
        return top[1], [k for k, found in keys.items() if found == top]


def chosen(deals: Deals, ideal: str = "deals") -> dict[str, Solution]:
    laid = terms(deals)
    found = solutions(laid, ideal=ideal_gains(laid, ideal=ideal), frontier=frontier(laid).gains)
    return {s.concept: s for s in found}


@tried
@given(seed=SEEDS, ideal=st.sampled_from(["deals", "all"]))
def test_every_idea_chooses_what_a_plain_loop_finds(seed: int, ideal: str) -> None:
    deals = board(seed)
    plainly, laid = Plainly.of(deals), terms(deals)
    for concept, found in chosen(deals, ideal).items():
        assert found.certificate.holds
        assert found.found == bool(plainly.deals())
        if found.found:
            value, best = plainly.best(concept, plainly.ideal(ideal))
            assert (found.value, found.bound) == (value, value)
            assert found.package in best
            assert plainly.rows[found.package] == [*found.gains, *found.ratified]
            assert found.tied in (None, len(best))
    assert list(ideal_gains(laid, ideal=ideal)) == plainly.ideal(ideal)


@tried
@given(seed=SEEDS)
def test_no_choice_is_dominated_though_its_least_gain_is_shared(seed: int) -> None:
    deals = board(seed)
    rows = Plainly.of(deals).deals().values()
    for found in chosen(deals).values():
        if found.found:
            own = list(found.gains)
            assert not any(g != own and all(a >= b for a, b in zip(g, own, strict=True)) for g in rows)


@tried
@given(seed=SEEDS)
def test_without_the_frontier_the_choices_are_the_same_and_still_checked(seed: int) -> None:
    laid = terms(board(seed))
    ideal = ideal_gains(laid)
    alone = solutions(laid, ideal=ideal)
    told = solutions(laid, ideal=ideal, frontier=frontier(laid).gains)
    assert [s.package for s in alone] == [s.package for s in told]
    assert all(s.certificate.holds for s in alone)


@tried
@given(seed=SEEDS, factor=st.integers(2, 9))
def test_a_party_that_counts_in_other_units_changes_neither_nash_nor_kalai_smorodinsky(seed: int, factor: int) -> None:
    deals = replace(board(seed), interactions=())
    scores = tuple(np.concatenate([s[:1] * factor, s[1:]]) for s in deals.score)
    floor = deals.no_deal.copy()
    floor[0] *= factor
    here, there = chosen(deals), chosen(replace(deals, score=scores, no_deal=floor))
    assert there["kalai_smorodinsky"].value == here["kalai_smorodinsky"].value
    if len(here["nash"].counted) == len(deals.parties):  # else products of different parties are compared
        assert there["nash"].package == here["nash"].package
        assert there["kalai_smorodinsky"].package == here["kalai_smorodinsky"].package


@tried
@given(seed=SEEDS)
def test_what_the_rule_carries_is_accepted_by_most_and_then_has_the_greatest_product(seed: int) -> None:
    deals = board(seed)
    laid, plainly = terms(deals), Plainly.of(deals)
    found = carried(laid, deals.rule, tally(laid))
    assert deals.rule is not None
    passing = []
    for k, (*own, senate) in plainly.rows.items():
        accepts = [p for p, g in enumerate(own) if g >= 0]
        if senate >= 0 and len(accepts) >= deals.rule.need and set(deals.rule.vetoes) <= set(accepts):
            gaining = [own[p] for p in accepts if own[p] > 0]
            passing.append(((len(accepts), len(gaining), math.prod(gaining)), k))
    assert found.found == bool(passing)
    if found.found:
        assert found.package == min(k for key, k in passing if key == max(passing)[0])
        assert found.certificate.holds


def two(points: list[tuple[int, int]], no_deal: tuple[int, int] = (0, 0)) -> Deals:
    """One issue, a level per pair of gains; where things stand is not among them."""
    rows = [[0, *(int(p[side]) for p in points)] for side in (0, 1)]
    table = scored({"pie": rows}, parties=("first", "second"), no_deal=no_deal)
    return with_modes(table, {"pie": ("in", None)})


def test_the_greatest_least_share_is_not_the_smallest_spread() -> None:
    """Shares of (0.45, 0.9) and (0.8, 0.4): the second pair is more even, the first leaves the worse-off more."""
    found = chosen(two([(45, 90), (80, 40), (0, 100), (100, 0)]))["kalai_smorodinsky"]
    assert found.gains == (45, 90)
    assert found.value == Fraction(45, 100)


def test_two_losses_do_not_make_a_gain() -> None:
    """Both have 0.7 without a deal; (0.5, 0.5) multiplies two losses to a product above zero, and is no deal."""
    for found in chosen(two([(50, 50), (90, 10), (10, 90)], no_deal=(70, 70))).values():
        assert (found.found, found.package, found.gains, found.value) == (False, (), (), 0)
        assert found.certificate.holds


def test_the_ideal_over_all_packages_can_choose_another_deal() -> None:
    deals = two([(60, 18), (33, 40), (300, -1)])
    assert chosen(deals, "deals")["kalai_smorodinsky"].gains == (33, 40)
    assert chosen(deals, "all")["kalai_smorodinsky"].gains == (60, 18)
    assert ideal_gains(terms(deals)) == (60, 40)
    assert ideal_gains(terms(deals), ideal="all") == (300, 40)


def test_a_party_that_can_gain_nothing_is_left_out_of_the_shares() -> None:
    found = chosen(two([(10, 0), (30, 0), (20, -5)]))
    assert found["kalai_smorodinsky"].counted == ("first",)
    assert (found["kalai_smorodinsky"].gains, found["kalai_smorodinsky"].value) == ((30, 0), 1)
    assert (found["egalitarian"].value, found["egalitarian"].gains) == (0, (30, 0))
    assert (found["nash"].counted, found["nash"].value) == (("first",), 30)


def test_where_nobody_gains_a_deal_is_found_and_is_worth_nothing() -> None:
    for found in chosen(two([(0, 0), (-1, 5)])).values():
        assert (found.found, found.gains, found.value) == (True, (0, 0), 0)
        assert found.certificate.holds


def test_deals_of_equal_worth_are_all_kept() -> None:
    found = chosen(two([(20, 30), (20, 30), (10, 60), (5, 5)]))
    assert (found["nash"].tied, found["nash"].ties) == (3, ((1,), (2,), (3,)))
    assert (found["egalitarian"].tied, found["egalitarian"].ties) == (2, ((1,), (2,)))


def test_of_deals_with_the_same_least_gain_an_undominated_one_is_chosen() -> None:
    found = chosen(two([(20, 20), (20, 50), (35, 20)]))["egalitarian"]
    assert (found.value, found.tied, found.gains) == (20, 3, (20, 50))


def test_of_more_such_deals_than_are_listed_an_undominated_one_is_chosen() -> None:
    found = chosen(two([(20, 20 + k) for k in range(70)]))["egalitarian"]
    assert (found.value, found.tied, found.gains) == (20, 70, (20, 89))


def test_an_unknown_ideal_names_the_known_ones() -> None:
    with pytest.raises(AnalysisError, match="'some' is not a way to take ideal gains"):
        ideal_gains(terms(two([(1, 1)])), ideal="some")


def vast(seed: int) -> Terms:
    """Three parties, twelve issues of ten levels: a million million packages."""
    rng = np.random.default_rng(seed)
    scores = {f"i{k}": np.sort(rng.integers(0, 1000, (3, 10)), axis=1) for k in range(12)}
    turned = {i: [row[:: (-1) ** p].tolist() for p, row in enumerate(rows)] for i, rows in scores.items()}
    laid = scored(turned, parties=("a", "b", "c"), no_deal=[4000, 4000, 4000])
    return terms(laid)


def test_a_million_million_packages_are_chosen_from_exactly() -> None:
    laid = vast(4)
    ideal = ideal_gains(laid)
    points = frontier(laid).gains
    found = solutions(laid, ideal=ideal, frontier=points)
    assert laid.size == 10**12
    assert all(s.found and s.certificate.holds and s.value == s.bound for s in found)
    assert all(s.certificate.checked == len(points) > 1000 for s in found)
