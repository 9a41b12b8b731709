"""Between what a body chooses: levels, or positions with those that are all but one merged."""

import numpy as np
import pytest
from tests.search.positions.boards import body

from detente.errors import AnalysisError
from detente.search.positions.candidates import Rules, choices, nearest, on_levels, on_positions, power_shares

EVEN = np.full((1, 4), 0.25)


def test_a_position_nearer_than_a_thousandth_to_an_earlier_one_is_no_option_of_its_own() -> None:
    at = np.array([[50.0, 50.06, 50.12, 90.0]])
    own, shown = on_positions(at, EVEN, 100.0, Rules())
    assert own[0, 1] == 0.0
    assert (own[0, [0, 2, 3]] > 0).all()
    assert shown[0, 1] == own[0, 2]  # the last option that near
    assert own.sum() == pytest.approx(1)
    assert shown.sum() > 1


def test_draws_with_different_numbers_of_options_are_each_held_alone() -> None:
    at = np.array([[10.0, 10.0, 60.0, 90.0], [10.0, 20.0, 60.0, 90.0], [70.0, 70.0, 70.0, 70.0]])
    share = np.repeat(EVEN, 3, axis=0)
    together, _ = on_positions(at, share, 100.0, Rules())
    for d in range(3):
        alone, _ = on_positions(at[d : d + 1], share[d : d + 1], 100.0, Rules())
        assert alone[0].tobytes() == together[d].tobytes()
    np.testing.assert_allclose(together.sum(axis=1), 1)
    assert together[2].tolist() == [1, 0, 0, 0]


def test_the_options_of_an_issue_stand_for_the_grid_in_ascending_order() -> None:
    (choice,) = choices(body([0.0, 100.0], options=(100.0, 0.0, 40.0)), 21)
    assert choice.levels.tolist() == [0, 40, 100]
    assert choice.fixed
    (free,) = choices(body([0.0, 100.0]), 5)
    assert free.levels.tolist() == [0, 25, 50, 75, 100]
    with pytest.raises(AnalysisError, match="A grid of 1 leaves nothing to choose between"):
        choices(body([0.0, 100.0]), 1)


def test_where_all_agree_on_a_place_between_two_options_the_nearest_options_share_it() -> None:
    (choice,) = choices(body([50.0, 50.0], options=(0.0, 40.0, 100.0)), 21)
    levels, chance = on_levels(np.full((1, 2), 50.0), np.full((1, 2), 0.5), choice, Rules())
    assert levels[0].tolist() == [0, 40, 100]
    assert chance[0, 1] > 0.999


def test_the_lower_of_two_levels_as_near_is_the_nearest() -> None:
    assert nearest(np.array([[0.0, 25.0, 26.0, 100.0]]), np.array([0.0, 50.0, 100.0])).tolist() == [[0, 0, 1, 2]]


def test_power_can_be_influence_alone() -> None:
    board = body([0.0, 100.0], salience=[90.0, 0.0], influence=[1.0, 3.0])
    assert power_shares(board, "influence-salience")[:, 0].tolist() == [1.0, 0.0]
    assert power_shares(board, "influence")[:, 0].tolist() == [0.25, 0.75]
