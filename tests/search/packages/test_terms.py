"""Terms hold what an exact search needs, and nothing is lost on the way."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from tests.boards.spreads import plainly, spread
from tests.boards.worlds import SEEDS, tried, world

from detente.boards import Cross, Watchers, deals, scored
from detente.errors import AnalysisError
from detente.search.packages.terms import INTERACT_LIMIT, terms


@tried
@pytest.mark.parametrize("red_lines", [True, False])
@given(seed=SEEDS)
def test_terms_hold_exactly_the_admissible_packages_and_their_gains(red_lines: bool, seed: int) -> None:
    board = spread(seed)
    found, plain = terms(board, red_lines=red_lines), plainly(board, red_lines=red_lines)
    seen = {}
    for choices in np.ndindex(*(t.shape[1] for t in found.tables)):
        if choices != found.unchanged:
            total = sum((t[:, c] for t, c in zip(found.tables, choices, strict=True)), start=-found.floor)
            seen[tuple(found.decode(np.array(choices)).tolist())] = total.tolist()
    assert seen == plain.gains
    assert found.changes == len(plain.gains)
    assert found.size == math.prod(t.shape[1] for t in found.tables)


@tried
@given(seed=SEEDS)
def test_gains_are_computed_anew_from_the_board(seed: int) -> None:
    board = spread(seed)
    found, plain = terms(board), plainly(board)
    assert {k: found.gains(k).tolist() for k in plain.gains} == plain.gains


def test_issues_that_interact_are_one_cluster_and_others_stay_alone() -> None:
    board = scored({n: [[0, 1, 2], [0, 2, 1]] for n in "abcd"}, parties=("p", "q"))
    crosses = (Cross(0, 2, np.ones((2, 3, 3), dtype=np.int64)), Cross(1, 3, np.zeros((2, 3, 3), dtype=np.int64)))
    found = terms(replace(board, interactions=crosses))
    assert found.members == ((0, 2), (1,), (3,))
    assert found.tables[0].shape == (2, 9)
    assert found.now == (0, 0, 0)


def test_too_many_combinations_of_interacting_issues_are_refused_by_name() -> None:
    options = [list(range(60))]
    board = scored({n: options for n in "abc"}, parties=("p",))
    cross = np.ones((1, 60, 60), dtype=np.int64)
    crossed = replace(board, interactions=(Cross(0, 1, cross), Cross(1, 2, cross)))
    assert INTERACT_LIMIT < 60**3
    with pytest.raises(AnalysisError, match="'a', 'b', 'c'"):
        terms(crossed)


def test_draws_are_refused() -> None:
    with pytest.raises(AnalysisError, match="without draws"):
        terms(deals(world(1), "hall", draws={"p0.i0.salience": np.ones(2)}))


def test_scores_too_large_to_add_exactly_are_refused() -> None:
    with pytest.raises(AnalysisError, match="larger units"):
        terms(scored({"a": [[0, 1 << 49]], "b": [[0, -(1 << 50)]]}, parties=("p",)))


def test_what_levels_are_worth_together_to_a_ratifier_counts() -> None:
    board = scored({"x": [[0, 4], [0, -1]], "y": [[0, -2], [0, 3]]}, parties=("a", "b"))
    none = tuple(np.zeros((2, 2), dtype=np.int64) for _ in range(2))
    both = Cross(0, 1, np.array([[[0, 0], [0, -5]], [[0, 0], [0, 9]]]))
    watchers = Watchers(("senate", "ally"), none, np.array([0, 0]), (True, False), (both,))
    found = terms(replace(board, watchers=watchers))
    assert found.parties == ("a", "b", "senate")
    assert found.members == ((0, 1),)
    assert found.gains((1, 1)).tolist() == [2, 2, -5]
    assert found.tables[0][:, 3].tolist() == [2, 2, -5]
