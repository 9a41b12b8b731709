"""The test of what holds for all preferences asks only which comparisons are certain, and which are possible."""

import numpy as np
import pytest
from tests.boards.conflicts import random_conflict

from detente.search.conflicts.bounds import bounds, by_difference, by_worth
from detente.search.conflicts.draws import plan, widths
from detente.search.conflicts.moves import graph

CONCEPTS = ("nash", "gmr", "smr", "seq", "sim")


@pytest.mark.parametrize("seed", range(6))
def test_worths_and_the_differences_between_them_say_the_same(seed: int) -> None:
    board = random_conflict(seed)
    rng = np.random.default_rng(seed)
    least = board.preference.astype(np.float64)
    most = least + rng.integers(0, 3, least.shape)
    gaps = least[:, None, :] - most[:, :, None], most[:, None, :] - least[:, :, None]
    for gap in gaps:
        gap[:, np.arange(board.count), np.arange(board.count)] = 0
    for concept in CONCEPTS:
        at = plan(board, graph(board), concepts=[concept])
        found = [
            bounds(at, order, concept=concept, sanctions="any_legal")
            for order in (by_worth(least, most), by_difference(*gaps))
        ]
        assert (found[0].always == found[1].always).all()
        assert (found[0].never == found[1].never).all()
        for one in found:
            assert not (one.always & (one.never | one.breaks)).any()
            assert not (one.never & one.holds).any()
        assert (found[0].holds >= found[1].holds).all()
        assert (found[0].breaks >= found[1].breaks).all()


def test_a_point_range_settles_every_state_by_every_concept() -> None:
    board = random_conflict(3)
    worth = board.preference.astype(np.float64)
    for concept in CONCEPTS:
        at = plan(board, graph(board), concepts=[concept])
        found = bounds(at, by_worth(worth, worth), concept=concept, sanctions="any_legal")
        assert (found.always ^ found.never).all()


@pytest.mark.parametrize("height", [1, 5000, 2**30])
def test_runs_of_columns_leave_none_out(height: int) -> None:
    runs = [list(range(9000))[run] for run in widths(9000, height)]
    assert [column for run in runs for column in run] == list(range(9000))
