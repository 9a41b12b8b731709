"""Where the weight lies, and what moves it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from tests.boards.worlds import SEEDS, sample, world
from tests.search.positions.boards import body, random_body

from detente.analyses.compromise import compromise
from detente.boards import positions
from detente.errors import AnalysisError

tried = settings(max_examples=25, deadline=None)


@tried
@given(seed=SEEDS)
def test_the_compromise_lies_between_the_extremes_and_pulls_are_shares(seed: int) -> None:
    situation = world(seed)
    board = positions(situation, draws=sample(situation, seed, 4))
    board = replace(board, salience=board.salience + 1)
    found = compromise(board)
    assert (found.decision.point >= board.at.min(axis=-2) - 1e-9).all()
    assert (found.decision.point <= board.at.max(axis=-2) + 1e-9).all()
    np.testing.assert_allclose(found.pull.sum(axis=-2), 1)
    np.testing.assert_allclose(found.decision.mean, found.decision.point)
    assert found.certificate.holds


@tried
@given(seed=SEEDS)
def test_what_one_input_more_does_is_what_it_does_when_one_tries(seed: int) -> None:
    board = random_body(seed)
    found, step = compromise(board), 1e-6
    for what, slope in (("at", found.pull), ("salience", found.by_salience), ("influence", found.by_influence)):
        for p in range(len(board.parties)):
            more = getattr(board, what).copy()
            more[p, 0] += step if what != "at" or more[p, 0] < 50 else -step
            moved = compromise(replace(board, **{what: more})).decision.point - found.decision.point
            change = more[p, 0] - getattr(board, what)[p, 0]
            assert moved[0] / change == pytest.approx(slope[p, 0], rel=1e-3, abs=1e-5)


def test_weighing_everybody_twice_changes_nothing() -> None:
    board = positions(world(11))
    board = replace(board, salience=board.salience + 1)
    double = replace(board, influence=board.influence * 2)
    np.testing.assert_allclose(compromise(double).decision.point, compromise(board).decision.point, rtol=1e-12)


def test_a_party_without_a_stance_pulls_at_nothing() -> None:
    board = replace(body([0.0, 50.0, 100.0], influence=[1.0, 1.0, 8.0]), stated=np.array([[True], [True], [False]]))
    found = compromise(board)
    assert found.decision.point.tolist() == [25.0]
    assert found.pull[2, 0] == found.by_salience[2, 0] == found.by_influence[2, 0] == 0.0


def test_levels_are_the_positions_in_ascending_order_with_their_pulls() -> None:
    found = compromise(body([70.0, 10.0, 40.0], influence=[1.0, 2.0, 1.0]))
    assert found.decision.levels.tolist() == [[10.0, 40.0, 70.0]]
    assert found.decision.weight.tolist() == [[0.5, 0.25, 0.25]]
    assert found.decision.path[0, :, 0].tolist() == [70.0, 10.0, 40.0]


def test_an_issue_nobody_cares_about_is_named() -> None:
    board = positions(world(11))
    idle = replace(board, salience=(board.salience + 1) * np.array([1, 0, 1]))
    with pytest.raises(AnalysisError, match="No party carries weight on i1"):
        compromise(idle)
