"""What one agenda leads to: the search agrees with the pass over all packages, and parts of a board with the whole."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from tests.boards.worlds import SEEDS, Shape, one_draw, sample, tried, world

from detente.boards import deals, scored, with_modes
from detente.boards.agendas import restated
from detente.search.agendas.outcome import beyond_both, outcome, own_table, second
from detente.search.agendas.scopes import able, subsets
from detente.search.packages.worth import in_draws, worth

OPEN = {f"i{k}": ("option", None) for k in range(3)}


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_where_there_are_too_many_packages_the_search_finds_what_looking_at_each_finds(seed: int) -> None:
    board = with_modes(deals(world(seed), "hall"), OPEN)
    looked, found = outcome(board, added=["i0"]), outcome(board, added=["i0"], limit=-1)
    assert (looked.counted, found.counted) == (True, False)
    assert looked.feasible == found.feasible
    assert looked.acceptable == found.acceptable, "small enough to be counted all the same"
    assert sorted_product(looked.gains) == sorted_product(found.gains)
    assert (looked.ends == found.ends).all()
    assert (looked.ends_at == found.ends_at).all()
    assert (worth(board, found.chosen) - board.floor() == found.gains).all() or not found.feasible


def sorted_product(gains: np.ndarray) -> tuple[int, int]:
    gained = [int(g) for g in gains if g > 0]
    return len(gained), math.prod(gained)


@tried
@given(seed=SEEDS)
def test_some_draws_of_a_board_are_the_board_of_those_draws(seed: int) -> None:
    situation = world(seed)
    draws = sample(situation, seed, 5)
    whole = with_modes(deals(situation, "hall", draws=draws), OPEN)
    for k in (0, 3):
        alone = with_modes(deals(situation, "hall", draws=one_draw(draws, k)), OPEN)
        part = in_draws(whole, np.array([k]))
        assert (outcome(part).gains == outcome(alone).gains).all()
        assert (outcome(part).chosen == outcome(alone).chosen).all()
        assert (outcome(part).acceptable == outcome(whole).acceptable[[k]]).all()


@settings(max_examples=10, deadline=None)
@given(seed=SEEDS)
def test_a_second_package_over_draws_is_the_second_package_of_each(seed: int) -> None:
    situation = world(seed)
    draws = sample(situation, seed, 5)
    base = {"i1": ("option", None), "i2": ("option", None)}
    for reading in ("fixed", "reopened"):
        board = deals(situation, "hall", draws=draws)
        whole = second(board, outcome(with_modes(board, base)), base=base, later=["i0"], reading=reading)
        for k in range(5):
            alone = deals(situation, "hall", draws=one_draw(draws, k))
            then = second(alone, outcome(with_modes(alone, base)), base=base, later=["i0"], reading=reading)
            for name in ("admissible", "acceptable", "feasible", "chosen", "gains", "ends_at"):
                assert (getattr(whole, name)[k] == getattr(then, name)[0]).all(), name


def test_what_two_packages_are_worth_together_beyond_each_is_their_interactions() -> None:
    board = deals(world(4, Shape(costs=False)), "hall")
    one, other = np.array(board.status_quo), np.array(board.status_quo)
    one[0], other[1] = (board.status_quo[0] + 1) % 3, (board.status_quo[1] + 1) % 3
    assert not beyond_both(board, one, other).any()


def test_a_table_of_its_own_has_only_its_issues_and_the_status_quo_to_fall_back_on() -> None:
    board = scored({"cap": [[3, 40], [1, -10]], "oil": [[0, 2], [0, 2]]}, parties=("usa", "iran"), no_deal=[9, 9])
    own = own_table(board, ["oil"])
    assert own.floor().tolist() == [3, 1]
    assert outcome(own).gains.tolist() == [2, 2]


def test_restating_one_issue_leaves_the_others_as_they_stood() -> None:
    board = with_modes(deals(world(2), "hall"), {"i0": ("in", None), "i1": ("option", None)})
    again = restated(board, {"i1": ("left_out", None)})
    assert (again.open[0] == board.open[0]).all()
    assert (again.spared[0], again.listed) == (False, (True, False, False))
    assert again.open[1].sum() == 1


def test_subsets_come_smallest_first_and_are_limited_when_there_are_many() -> None:
    assert subsets("ab") == (("a",), ("b",), ("a", "b"))
    assert [len(g) for g in subsets("abcdefg")] == [1] * 7 + [2] * 21 + [7]
    assert subsets("abcdefg", most=7) == tuple(g for n in range(1, 8) for g in itertools.combinations("abcdefg", n))


def test_who_could_set_a_precondition_presses_for_all_of_it() -> None:
    board = deals(world(1), "hall")
    assert able(board, ["i0"]) == ("ally",)
    assert able(board, ["i0", "i1"]) == ()


@pytest.mark.parametrize("count", [1, 2])
def test_no_package_at_all_blocks_nobody(count: int) -> None:
    board = with_modes(scored({f"i{k}": [[0, 1]] for k in range(count)}, parties=("a",)), {})
    found = outcome(board)
    assert (found.packages, bool(found.feasible), found.blocked) == (0, False, ())
