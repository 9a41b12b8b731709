"""A distribution told by quantiles is scored as the one that they draw, corner by corner."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import AnalysisError
from detente.scores import CELLS, crps, crps_of_quantiles, density_at, quantile_score

few = settings(max_examples=25, deadline=None)
LOW, HIGH = np.array([0.0]), np.array([100.0])


def told(seed: int, quantiles: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return np.sort(rng.random((1, quantiles))), np.sort(rng.integers(0, 101, (1, quantiles)).astype(float))


@few
@given(seed=st.integers(0, 9_999), quantiles=st.integers(0, 6), outcome=st.integers(-30, 130))
def test_the_exact_sum_is_what_a_fine_grid_gives(seed: int, quantiles: int, outcome: int) -> None:
    share, value = told(seed, quantiles)
    step = 0.01
    x = np.arange(-40 + step / 2, 140, step)
    xs, at = np.concatenate([LOW, value[0], HIGH]), np.concatenate([[0.0], share[0], [1.0]])
    jumps = np.arange(xs.size) * 1e-9  # so that interpolation takes the last of several quantiles at one value
    upto = np.where(x < 0, 0.0, np.where(x > 100, 1.0, np.interp(x, xs + jumps, at)))
    grid = ((upto - (x >= outcome)) ** 2).sum() * step
    ours = crps_of_quantiles(share, value, np.array([float(outcome)]), LOW, HIGH)
    assert float(ours[0]) == pytest.approx(grid, abs=0.02)


@few
@given(seed=st.integers(0, 9_999), quantiles=st.integers(0, 6))
def test_the_density_adds_up_to_one_over_the_cells(seed: int, quantiles: int) -> None:
    share, value = told(seed, quantiles)
    middles = (np.arange(CELLS) + 0.5) * 100 / CELLS
    many = (np.repeat(of, CELLS, axis=0) for of in (share, value, LOW, HIGH))
    shares, values, low, high = many
    density = density_at(shares, values, middles, low, high)
    assert (density >= 0).all()
    assert density.sum() * 100 / CELLS == pytest.approx(1)


def test_a_jump_counts_in_the_cell_that_begins_there_and_stays_finite() -> None:
    share, value = np.array([[0.1, 0.7]] * 3), np.full((3, 2), 20.7)
    low, high = np.zeros(3), np.full(3, 69.0)  # 20.7 / 69 is not quite 0.3 in binary
    found = density_at(share, value, np.array([20.7, 20.69, 69.0]), low, high, cells=10)
    assert found == pytest.approx([(0.6 + 0.3 / 7) / 6.9, 0.1 / 3 / 6.9, 0.3 / 7 / 6.9])
    assert density_at(share, value, np.array([-1.0, 70.0, 0.0]), low, high)[:2].tolist() == [0, 0]


def test_a_distribution_that_only_jumps_scores_as_levels_do() -> None:
    share, value = np.array([[0.0, 0.3, 0.3, 1.0]]), np.array([[20.0, 20.0, 70.0, 70.0]])
    for outcome in (10.0, 20.0, 55.0, 70.0, 99.0):
        ours = crps_of_quantiles(share, value, np.array([outcome]), LOW, HIGH)
        assert ours == pytest.approx(crps(np.array([[20.0, 70.0]]), np.array([[0.3, 0.7]]), np.array([outcome])))


def test_cases_may_have_unlike_numbers_of_quantiles() -> None:
    nan, outcome, ends = np.nan, np.array([40.0, 40.0]), (np.zeros(2), np.full(2, 100.0))
    share, value = np.array([[0.25, nan, 0.75], [0.5, nan, nan]]), np.array([[20.0, nan, 60.0], [30.0, nan, nan]])
    for score in (crps_of_quantiles, density_at):
        first = score(share[:1, [0, 2]], value[:1, [0, 2]], outcome[:1], LOW, HIGH)
        second = score(share[1:, :1], value[1:, :1], outcome[1:], LOW, HIGH)
        assert score(share, value, outcome, *ends) == pytest.approx([first[0], second[0]])


def test_the_quantile_score_is_least_at_the_true_quantile() -> None:
    outcomes = np.arange(101.0)
    worth = {x: quantile_score(np.full(101, x), outcomes, share=0.9).mean() for x in (70.0, 85.0, 90.0, 95.0)}
    assert min(worth, key=lambda x: worth[x]) == 90.0


@pytest.mark.parametrize(
    ("share", "value", "cure"),
    [
        ([[0.5, 0.4]], [[10.0, 20.0]], "in ascending order"),
        ([[0.4, 0.5]], [[20.0, 10.0]], "in ascending order"),
        ([[0.5]], [[101.0]], "from the lower end"),
        ([[0.5]], [[-1.0]], "from the lower end"),
        ([[1.5]], [[10.0]], "from 0 to 1"),
        ([[0.5]], [[np.nan]], "value of one is missing"),
        ([[np.nan]], [[5.0]], "value of one is missing"),
    ],
)
def test_quantiles_that_are_none_are_refused(share: list[list[float]], value: list[list[float]], cure: str) -> None:
    with pytest.raises(AnalysisError, match=cure):
        crps_of_quantiles(np.array(share), np.array(value), np.array([5.0]), LOW, HIGH)


def test_what_else_cannot_be_scored_is_refused() -> None:
    one = np.array([[0.5]])
    with pytest.raises(AnalysisError, match="ends before it begins"):
        crps_of_quantiles(one, one, np.array([0.5]), np.array([0.5]), np.array([0.5]))
    with pytest.raises(AnalysisError, match="not a finite number"):
        crps_of_quantiles(one, one, np.array([np.nan]), LOW, HIGH)
    with pytest.raises(AnalysisError, match="at least 1"):
        density_at(one, one, np.array([0.5]), LOW, HIGH, cells=0)
    with pytest.raises(AnalysisError, match="between 0 and 1"):
        quantile_score(np.array([1.0]), np.array([1.0]), share=0.0)
