"""The position that no other beats."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.search.positions.boards import body, random_body

from detente.analyses.median import Tie, median
from detente.boards import Positions

tried = settings(max_examples=25, deadline=None)
SEEDS = st.integers(0, 2**32 - 1)


def beaten(board: Positions, place: float, by: float) -> bool:
    """Whether more than half of the votes are nearer to the other place, counted one by one."""
    for_it = against = 0.0
    for x, w in zip(board.at[:, 0], board.weight[:, 0], strict=True):
        if abs(x - place) < abs(x - by):
            for_it += w
        elif abs(x - by) < abs(x - place):
            against += w
    return against > for_it + 1e-9


@tried
@given(seed=SEEDS, tie=st.sampled_from(("lower", "midpoint")))
def test_no_place_on_the_scale_beats_the_median_and_those_marked_are_the_unbeaten(seed: int, tie: Tie) -> None:
    board = random_body(seed)
    found = median(board, tie=tie)
    assert not any(beaten(board, float(found.decision.point[0]), by) for by in np.linspace(0, 100, 101))
    for p, x in enumerate(board.at[:, 0]):
        assert found.unbeaten[p, 0] == (not any(beaten(board, x, by) for by in board.at[:, 0]))
    assert found.certificate.holds
    assert max(found.below[0], found.above[0]) <= 0.5 + 1e-9


def test_a_tie_has_two_readings() -> None:
    board = body([10.0, 20.0, 60.0, 90.0])
    assert median(board).decision.point.tolist() == [20.0]
    assert median(board, tie="midpoint").decision.point.tolist() == [40.0]
    assert (median(board).lower[0], median(board).upper[0]) == (20.0, 60.0)


def test_unweighted_everybody_has_one_vote_without_salience_too() -> None:
    board = body([0.0, 10.0, 100.0], salience=[0.0, 1.0, 100.0])
    assert median(board).decision.point.tolist() == [100.0]
    assert median(board, weighted=False).decision.point.tolist() == [10.0]


def test_who_has_more_than_half_of_the_votes_is_the_median() -> None:
    found = median(body([[0.0, 40.0, 70.0], [90.0, 40.0, 70.0]], influence=[3.0, 1.0, 1.0]))
    assert found.decision.point[:, 0].tolist() == [0.0, 90.0]
    assert found.unbeaten[..., 0].tolist() == [[True, False, False]] * 2
    assert found.decision.weight.shape == (2, 1, 1)
