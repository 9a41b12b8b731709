import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.boards.crises import at_once, third_party

from detente.search.crises.agents import by_precision, linearised, plan, residual, still
from detente.search.crises.branch import follow
from detente.search.crises.responses import responses

SEEDS = st.integers(0, 2**32 - 1)
tried = settings(max_examples=4, deadline=None)
COORDINATE = np.array([[3.0, 0.0], [0.0, 1.0]])


def payoffs(seed: int, count: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 1, (11, 3, count))


def test_only_what_tells_the_nodes_of_a_set_apart_is_unknown() -> None:
    game = third_party(np.zeros((11, 3)))
    how = plan(game)
    assert [game.labels[s] for s in how.unknown] == ["us first"]
    assert how.size == 1


@tried
@given(SEEDS)
def test_the_derivatives_are_those_of_differences(seed: int) -> None:
    how = plan(third_party(np.zeros((11, 3))))
    payoff = payoffs(seed, 8)
    rng = np.random.default_rng(seed)
    theta, at = rng.normal(0, 1, (1, 8)), rng.uniform(0.1, 3, 8)

    def missed(t: np.ndarray, p: np.ndarray) -> np.ndarray:
        return residual(how, payoff, (t, p), still(how, payoff, p))

    slope = linearised(how, payoff, (theta, at), still(how, payoff, at))[1][:, 0, 0]
    np.testing.assert_allclose(slope, (missed(theta + 1e-6, at) - missed(theta - 1e-6, at))[0] / 2e-6, atol=1e-7)
    by = by_precision(how, payoff, (theta, at))[0]
    np.testing.assert_allclose(by, (missed(theta, at + 1e-6) - missed(theta, at - 1e-6))[0] / 2e-6, atol=1e-7)


@tried
@given(SEEDS)
def test_the_branch_is_the_one_that_small_steps_lead_to(seed: int) -> None:
    """Beside a plain iteration from chance, lambda raised by a hundredth at a time, where that holds together."""
    how, payoff = plan(third_party(np.zeros((11, 3)))), payoffs(seed, 12)
    found = follow(how, payoff, 1.5)
    assert found.reached.all()
    theta = np.zeros((1, 12))
    steady = np.ones(12, dtype=bool)
    for at in np.linspace(0, 1.5, 151):
        each = np.full(12, at)
        given_ = still(how, payoff, each)
        for _ in range(60):
            value, slope = linearised(how, payoff, (theta, each), given_)
            theta = theta - value / np.where(np.abs(slope[:, 0, 0]) > 0.05, slope[:, 0, 0], 1.0)
            if np.abs(value).max() < 1e-13:
                break
        steady &= slope[:, 0, 0] > 0.1
    steady &= ~found.turned
    np.testing.assert_allclose(found.theta[:, steady], theta[:, steady], atol=1e-8)


def test_a_branch_that_turns_back_is_followed_and_told() -> None:
    """Among so many random games some have a fold; the answer then still is a solution, and says so."""
    how, payoff = plan(third_party(np.zeros((11, 3)))), payoffs(0, 2_000)
    found = follow(how, payoff, 6.0)
    assert found.reached.mean() > 0.999
    turned = np.flatnonzero(found.turned & found.reached)
    assert turned.size
    assert found.residual[found.reached].max() < 1e-10
    k = int(turned[0])
    every = responses(how, payoff[..., k], 6.0)
    assert np.abs(every[:, 0] - found.theta[0, k]).min() < 1e-6


def test_a_branch_that_splits_is_told() -> None:
    """Two who gain by doing the same, and have no reason to do rather the one: above lambda 2 there are three."""
    even = np.eye(2)
    how = plan(at_once(even, even))
    payoff = how.game.payoff[..., None]
    assert not follow(how, payoff, 1.5).split[0]
    assert len(responses(how, payoff[..., 0], 1.5)) == 1
    later = follow(how, payoff, 4.0)
    assert later.split[0] or not later.reached[0]
    assert len(responses(how, payoff[..., 0], 4.0)) == 3


def test_other_solutions_are_found_beside_the_branch() -> None:
    how = plan(at_once(COORDINATE, COORDINATE))
    assert len(responses(how, how.game.payoff, 0.5)) == 1
    assert len(responses(how, how.game.payoff, 20.0)) == 3


def test_several_unknowns_are_followed_together() -> None:
    """Three actions each: two unknowns; beside the fixed point that iteration comes to."""
    rng = np.random.default_rng(4)
    row, column = rng.normal(0, 1, (3, 3)), rng.normal(0, 1, (3, 3))
    how = plan(at_once(row, column))
    assert how.size == 2
    found = follow(how, how.game.payoff[..., None], 1.0)
    p = np.full(3, 1 / 3)
    for _ in range(2_000):
        q = np.exp(p @ column)
        p = np.exp(row @ (q / q.sum()))
        p /= p.sum()
    np.testing.assert_allclose(np.exp(found.theta[:, 0]), p[1:] / p[0], rtol=1e-9)


def test_the_splitting_of_blocks_changes_nothing() -> None:
    how, payoff = plan(third_party(np.zeros((11, 3)))), payoffs(2, 2_100)
    whole, part = follow(how, payoff, 1.0), follow(how, payoff[..., 2_090:], 1.0)
    np.testing.assert_allclose(whole.theta[:, 2_090:], part.theta, atol=1e-12)


@pytest.mark.parametrize("precision", [0.0, 1e-6])
def test_without_precision_all_is_chance(precision: float) -> None:
    how, payoff = plan(third_party(np.zeros((11, 3)))), payoffs(1, 5)
    assert np.abs(follow(how, payoff, precision).theta).max() < 1e-5
