"""Every package is counted once, under those who accept it."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from tests.boards.spreads import plainly, spread
from tests.boards.worlds import SEEDS
from tests.search.packages.test_optimum import random_table

from detente.boards import Rule, scored
from detente.search.packages.consent import passes
from detente.search.packages.tally import SUBSETS, tally
from detente.search.packages.terms import terms

tried = settings(max_examples=40, deadline=None)


@tried
@given(seed=SEEDS)
def test_masks_are_those_of_a_plain_loop(seed: int) -> None:
    board = spread(seed)
    found = tally(terms(board))
    assert found.accepted_by.tolist() == plainly(board).masks()
    assert found.counted == found.packages == sum(plainly(board).masks())
    assert found.exact


@pytest.mark.parametrize("parties", [SUBSETS, SUBSETS + 1])
def test_many_parties_are_counted_another_way_with_the_same_result(parties: int) -> None:
    rng = np.random.default_rng(parties)
    rows = {f"i{j}": rng.integers(-9, 10, size=(parties, 7)).tolist() for j in range(4)}
    board = scored(rows, parties=[f"p{k}" for k in range(parties)])
    assert tally(terms(board)).accepted_by.tolist() == plainly(board).masks()


def test_a_cluster_larger_than_a_block_is_counted_in_parts() -> None:
    rng = np.random.default_rng(5)
    rows = {"a": rng.integers(-9, 10, size=(2, 2500)).tolist(), "b": rng.integers(-9, 10, size=(2, 3)).tolist()}
    board = scored(rows, parties=("p", "q"))
    assert tally(terms(board)).accepted_by.tolist() == plainly(board).masks()


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_sample_covers_the_truth(seed: int) -> None:
    table = random_table(3, 5, seed=0)
    exact, guess = tally(table), tally(table, limit=1000, seed=seed)
    assert guess.method == "sample"
    assert guess.packages == exact.packages
    off = (guess.low > exact.share) | (exact.share > guess.high)
    assert off.sum() <= 2  # of eight, at 95 % each
    assert (guess.high - guess.low).max() < 0.003
    every = passes(None, 3)
    share, low, high = guess.interval(every)
    assert low <= share <= high
    assert exact.interval(every) == (exact.share[7],) * 3


def test_the_same_seed_gives_the_same_sample() -> None:
    table = random_table(2, 12, seed=0)
    one, two, other = (tally(table, seed=s).accepted_by.tolist() for s in (4, 4, 5))
    assert one == two != other


def test_a_rule_says_whose_acceptance_carries() -> None:
    for accepting in itertools.product((False, True), repeat=4):
        mask = sum(1 << p for p, yes in enumerate(accepting) if yes)
        weight = 3 * accepting[0] + 2 * accepting[1] + accepting[2]
        ruled = passes(Rule(weights=(3.0, 2.0, 1.0), need=4.0, vetoes=(1,)), 4, ratifiers=(3,))
        assert ruled[mask] == (weight >= 4 and accepting[1] and accepting[3])
        assert passes(None, 4)[mask] == all(accepting)


def test_those_who_accept_are_counted_under_a_rule() -> None:
    table = random_table(3, 4, seed=1)
    found = tally(table)
    two = passes(Rule(weights=(1.0, 1.0, 1.0), need=2.0), 3)
    counts = found.accepted_by
    assert found.accepted(two) == counts[3] + counts[5] + counts[6] + counts[7]
