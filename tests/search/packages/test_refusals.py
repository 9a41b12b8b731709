"""Who stands in the way: every opening and every blocking, beside looking at all subsets of refusals."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from tests.boards.standoffs import Slow, board, minimal, subsets
from tests.boards.worlds import SEEDS, sample, tried, world

from detente.boards import Deals, Rule, deals, scored
from detente.errors import AnalysisError
from detente.search.packages.consent import carriers, red_lines, without_lines
from detente.search.packages.refusals import (
    RED_LINE,
    VALUE,
    Refusal,
    Standoff,
    crossing,
    minimal_refusals,
    standoff,
)

FEW = 9  # refusals whose subsets can all be looked at


def told(deals: Deals, sets: tuple[tuple[Refusal, ...], ...]) -> set[frozenset[object]]:
    """Refusals as the slow code names them: parties by number, red lines as (party, issue)."""
    names = Slow(deals).names
    return {
        frozenset(
            names.index(r.party) if r.issue is None else (names.index(r.party), deals.issues.index(r.issue)) for r in s
        )
        for s in sets
    }


def slow(deals: Deals, ground: list[object]) -> tuple[set[frozenset[object]], set[frozenset[object]]]:
    """Openings and blockings: every subset of refusals set aside, and every subset kept."""
    asked = Slow(deals)
    openings = minimal(s for s in subsets(ground) if asked.opens(s))
    blockings = minimal(s for s in subsets(ground) if not asked.opens(frozenset(ground) - s))
    return openings, blockings


@tried
@given(seed=SEEDS)
def test_values_that_block_and_open_are_found_by_looking_at_all(seed: int) -> None:
    deals = board(seed)
    openings, blockings = slow(deals, list(range(len(Slow(deals).names))))
    for limit in (1 << 18, 0):
        found = standoff(deals, lines="keep", limit=limit)
        assert told(deals, found.openings) == openings
        assert told(deals, found.blockings) == blockings
        assert found.complete


@tried
@given(seed=SEEDS)
def test_red_lines_among_the_refusals_are_found_by_looking_at_all(seed: int) -> None:
    deals = board(seed)
    kept = list(red_lines(deals))[: FEW - len(Slow(deals).names)]
    deals = without_lines(deals, [line for line in red_lines(deals) if line not in kept])
    ground: list[object] = [*range(len(Slow(deals).names)), *kept]
    openings, blockings = slow(deals, ground)
    for limit in (1 << 18, 0):
        found = standoff(deals, limit=limit)
        assert told(deals, found.openings) == openings
        assert told(deals, found.blockings) == blockings


@tried
@given(seed=SEEDS)
def test_a_party_opens_alone_when_it_is_in_every_blocking(seed: int) -> None:
    found = standoff(board(seed))
    everybody = {r for s in (*found.openings, *found.blockings) for r in s}
    for refusal in everybody:
        assert ((refusal,) in found.openings) == all(refusal in s for s in found.blockings)


@tried
@given(seed=SEEDS)
def test_scan_and_search_say_the_same(seed: int) -> None:
    deals = board(seed)
    scanned, searched = standoff(deals, lines="party"), standoff(deals, lines="party", limit=0)
    assert (scanned.openings, scanned.blockings) == (searched.openings, searched.blockings)
    assert (scanned.method, searched.method) == ("scan", "search")
    assert minimal_refusals(deals) == scanned.openings


@tried
@given(seed=SEEDS)
def test_the_red_lines_of_a_party_together_are_one_refusal(seed: int) -> None:
    deals = board(seed)
    fine = {frozenset((r.party, r.reason) for r in s) for s in standoff(deals).openings}
    coarse = {frozenset((r.party, r.reason) for r in s) for s in minimal_refusals(deals)}
    assert {s for s in fine if not any(t < s for t in fine)} == coarse


def test_a_deal_needs_nothing_set_aside_and_nobody_blocks_it() -> None:
    found = standoff(scored({"cap": [[0, 40], [0, 10]]}, parties=("usa", "iran")))
    assert (found.openings, found.blockings) == (((),), ())


def test_where_no_package_is_on_the_agenda_nothing_opens() -> None:
    deals = scored({"cap": [[0, 40], [0, 10]]}, parties=("usa", "iran"))
    shut = replace(deals, open=(np.array([True, False]),))
    for limit in (10, 0):
        found = standoff(shut, limit=limit)
        assert (found.openings, found.blockings) == ((), ((),))


def test_a_red_line_is_told_with_its_issue() -> None:
    deals = scored({"cap": [[0, 40], [0, -10]]}, parties=("usa", "iran"))
    lined = replace(deals, admits=(np.array([[True, True], [True, False]]),))
    assert standoff(lined).openings == ((Refusal("iran", VALUE), Refusal("iran", RED_LINE, "cap")),)
    assert minimal_refusals(lined) == ((Refusal("iran", VALUE), Refusal("iran", RED_LINE)),)


def test_a_search_that_is_cut_short_says_so_and_keeps_the_shortest() -> None:
    rows = {"cap": [[0, -1, -1, 5], [0, -1, 5, -1], [0, 5, -1, -1]]}
    deals = scored(rows, parties=("a", "b", "c"), no_deal=[0, 0, 0])
    whole, cut = standoff(deals, limit=0), standoff(deals, limit=0, most=2)
    assert whole.complete
    assert len(whole.openings) == 3
    assert not cut.complete
    assert len(cut.openings) == 2
    assert set(cut.openings) < set(whole.openings)


def test_who_carries_a_package_depends_on_the_rule() -> None:
    deals = scored({"cap": [[0, 1], [0, 1], [0, -1]]}, parties=("a", "b", "c"))
    assert carriers(deals) == ((0, 1, 2),)
    two = replace(deals, rule=Rule(weights=(1.0, 1.0, 1.0), need=2.0))
    assert carriers(two) == ((0, 1), (0, 2), (1, 2))
    vetoed = replace(deals, rule=Rule(weights=(1.0, 1.0, 1.0), need=2.0, vetoes=(2,)))
    assert carriers(vetoed) == ((0, 2), (1, 2))


def test_a_refusal_that_the_rule_can_do_without_does_not_block() -> None:
    deals = scored({"cap": [[0, 1], [0, 1], [0, -1]]}, parties=("a", "b", "c"))
    two = Rule(weights=(1.0, 1.0, 1.0), need=2.0)
    assert standoff(deals).blockings == ((Refusal("c", VALUE),),)
    assert standoff(replace(deals, rule=two)).blockings == ()
    assert standoff(replace(deals, rule=replace(two, vetoes=(2,)))).blockings == ((Refusal("c", VALUE),),)


def test_what_crosses_what_crosses_is_where_it_began() -> None:
    family = [0b0011, 0b0110, 0b1100, 0b1001]
    assert sorted(crossing(crossing(family))) == sorted(family)


def test_draws_are_refused() -> None:
    situation = world(1)
    with pytest.raises(AnalysisError, match="takes one case"):
        standoff(deals(situation, "hall", draws=sample(situation, 1, 2)))


def big(seed: int) -> Deals:
    """Three parties, nine issues of six levels, and floors that no package reaches for all."""
    rng = np.random.default_rng(seed)
    rows = {f"i{k}": rng.integers(0, 1000, (3, 6)).tolist() for k in range(9)}
    best = [sum(max(row[p]) for row in rows.values()) for p in range(3)]
    return scored(rows, parties=("a", "b", "c"), no_deal=[int(0.9 * b) for b in best])


def test_a_search_of_ten_million_packages_blocks_and_opens_alike() -> None:
    found: Standoff = standoff(big(0))
    assert found.method == "search"
    assert found.blockings
    for refusal in (Refusal(p, VALUE) for p in "abc"):
        assert ((refusal,) in found.openings) == all(refusal in s for s in found.blockings)
