"""The frontier is what no package dominates, whatever the way to it."""

import numpy as np
import pytest
from hypothesis import given, settings
from tests.boards.spreads import plainly, spread
from tests.boards.worlds import SEEDS
from tests.search.packages.test_optimum import random_table

from detente.boards import scored
from detente.errors import AnalysisError
from detente.search.packages.frontier import distinct, frontier, suffixes, undominated
from detente.search.packages.optimum import optimum
from detente.search.packages.terms import terms

tried = settings(max_examples=40, deadline=None)


@tried
@pytest.mark.parametrize("consent", [True, False])
@given(seed=SEEDS)
def test_the_frontier_is_that_of_a_plain_loop(consent: bool, seed: int) -> None:
    board = spread(seed)
    plain = plainly(board)
    must = list(range(plain.parties)) if consent else []
    found = frontier(terms(board), must=None if consent else (), ties=True)
    expected = plain.frontier(must)
    assert [tuple(k) for k in found.packages.tolist()] == sorted(expected)
    assert [plain.gains[k] for k in sorted(expected)] == found.gains.tolist()
    assert found.distinct == len({tuple(plain.gains[k]) for k in expected})


@tried
@given(seed=SEEDS)
def test_one_package_stands_for_each_vector_of_gains(seed: int) -> None:
    board = spread(seed)
    plain = plainly(board)
    found, every = frontier(terms(board)), frontier(terms(board), ties=True)
    vectors = [tuple(g) for g in found.gains.tolist()]
    assert len(vectors) == len(set(vectors)) == found.distinct
    assert set(vectors) == {tuple(g) for g in every.gains.tolist()}
    assert [plain.gains[tuple(k)] for k in found.packages.tolist()] == found.gains.tolist()


@tried
@pytest.mark.parametrize("ties", [True, False])
@given(seed=SEEDS)
def test_points_are_compared_as_in_a_plain_comparison_of_all(ties: bool, seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.integers(0, int(rng.integers(2, 40)), size=(int(rng.integers(1, 7)), int(rng.integers(0, 1500))))
    above = np.asarray((points[:, :, None] <= points[:, None, :]).all(axis=0))
    beaten = np.asarray((above & ~above.T).any(axis=1))
    again = np.asarray(np.tril(above & above.T, -1).any(axis=1))
    expected = np.flatnonzero(~beaten if ties else ~beaten & ~again)
    assert undominated(points, ties=ties).tolist() == expected.tolist()


@tried
@given(seed=SEEDS)
def test_equal_points_share_a_number(seed: int) -> None:
    points = np.random.default_rng(seed).integers(0, 3, size=(3, 40))
    first, which = distinct(points)
    assert (points[:, first][:, which] == points).all()
    assert len({tuple(v) for v in points.T.tolist()}) == first.size


def test_rows_of_bits_leave_out_one_more_each_time() -> None:
    order = np.random.default_rng(0).permutation(130)
    rows = suffixes(order)
    for k in (0, 1, 64, 129, 130):
        held = {int(w) * 64 + b for w in range(3) for b in range(64) if int(rows[k, w]) >> b & 1}
        assert held == set(order[k:].tolist())


def test_a_large_frontier_holds_every_solution() -> None:
    table = random_table(5, 5, seed=0)
    found = frontier(table)
    vectors = {tuple(g) for g in found.gains.tolist()}
    assert optimum(table, "nash").gains in vectors
    assert optimum(table, "sum").gains in vectors
    assert undominated(found.gains.T).size == found.distinct == len(vectors)
    assert all(tuple(table.gains(tuple(k))) in vectors for k in found.packages[:50].tolist())


def test_two_parties_and_a_million_million_packages_are_no_trouble() -> None:
    table = random_table(2, 12, seed=2)
    found = frontier(table)
    best = [optimum(table, "sum", over=(p,)).gains[p] for p in range(2)]
    assert found.gains.max(axis=0).tolist() == best
    assert found.looked < 100_000


def test_a_frontier_that_cannot_be_held_is_refused() -> None:
    with pytest.raises(AnalysisError, match="too many packages"):
        frontier(random_table(5, 6, seed=0), limit=1000)


def test_equal_packages_of_a_large_space_are_refused() -> None:
    with pytest.raises(AnalysisError, match="equal gains"):
        frontier(random_table(2, 9, seed=0), ties=True)


def test_what_changes_nothing_does_not_drive_out_a_deal() -> None:
    table = terms(scored({"a": [[9, 1], [9, 1]], "b": [[9, 0], [9, 2]]}, parties=("p", "q"), no_deal=[0, 0]))
    assert frontier(table).packages.tolist() == [[0, 1], [1, 0]]
