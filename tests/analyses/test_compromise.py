"""Where the weight lies."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from tests.boards.worlds import SEEDS, sample, tried, world

from detente.analyses.compromise import compromise
from detente.boards import positions
from detente.errors import AnalysisError


@tried
@given(seed=SEEDS)
def test_the_compromise_lies_between_the_extremes_and_pulls_are_shares(seed: int) -> None:
    situation = world(seed)
    board = positions(situation, draws=sample(situation, seed, 4))
    board = replace(board, salience=board.salience + 1)
    found = compromise(board)
    assert (found.outcome >= board.at.min(axis=-2) - 1e-9).all()
    assert (found.outcome <= board.at.max(axis=-2) + 1e-9).all()
    np.testing.assert_allclose(found.pull.sum(axis=-2), 1)
    assert found.certificate.holds


def test_weighing_everybody_twice_changes_nothing() -> None:
    board = positions(world(11))
    board = replace(board, salience=board.salience + 1)
    double = replace(board, influence=board.influence * 2)
    np.testing.assert_allclose(compromise(double).outcome, compromise(board).outcome, rtol=1e-12)


def test_an_issue_nobody_cares_about_is_named() -> None:
    board = positions(world(11))
    idle = replace(board, salience=board.salience * np.array([1, 0, 1]))
    with pytest.raises(AnalysisError, match="No party carries weight on i1"):
        compromise(replace(idle, salience=idle.salience + np.array([1, 0, 1])))
