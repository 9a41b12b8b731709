import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import ndtr
from scipy.stats import norm

from detente.search.crises.signalling import (
    Stakes,
    answer,
    challenge,
    equilibria,
    firm,
    never,
    slope,
    threshold,
)

SEEDS = st.integers(0, 2**32 - 1)
tried = settings(max_examples=10, deadline=None)


def drawn(seed: int, count: int = 60) -> Stakes:
    rng = np.random.default_rng(seed)
    return Stakes(*(rng.normal(0, 2, count) for _ in range(7)))


def one(stakes: Stakes, k: int, times: int) -> Stakes:
    return stakes.at(np.full(times, k))


@tried
@given(SEEDS)
def test_standing_firm_is_the_integral_over_what_war_is_worth(seed: int) -> None:
    stakes = drawn(seed, 5)
    c = np.random.default_rng(seed + 1).normal(0, 4, 5)
    stands, whole = firm(stakes, c), challenge(stakes, c)
    for k in range(5):
        war, back = float(stakes.war[k]), float(stakes.retreat[k])
        ends = (float(c[k]), max(float(c[k]), war, back) + 12)
        middle = [x for x in (war, back) if ends[0] < x < ends[1]]
        found = quad(
            lambda x: norm.pdf(x - war) * ndtr(x - back),  # noqa: B023
            *ends,
            points=middle or None,
            epsabs=1e-300,
            epsrel=1e-11,
            limit=200,
        )[0]
        assert stands[k] == pytest.approx(found / whole[k], rel=1e-8, abs=1e-200)


def test_standing_firm_keeps_its_digits_far_out() -> None:
    far = np.array([8.0, 20.0, 1e3, 1e30, np.inf])
    here = np.ones(5)
    bluffing, ready, even = (Stakes(here, here, w * here, here, here, here, here) for w in (0.5, 1.5, 1.0))
    assert (np.diff(firm(bluffing, far)) <= 0).all()
    assert firm(bluffing, far)[[3, 4]].tolist() == [0.0, 0.0]
    assert firm(ready, far)[[3, 4]].tolist() == [1.0, 1.0]
    assert firm(even, far) == pytest.approx(0.5, abs=1e-12)
    # By the asymptotic ratio of two normal tails.
    tails = norm.sf(20.0 - 0.5) / (norm.sf(20.0 - 0.5) + norm.sf(20.0 - 1.0))
    assert firm(bluffing, far)[1] == pytest.approx(tails, rel=1e-9)


@tried
@given(SEEDS)
def test_the_map_is_monotone_as_is_claimed(seed: int) -> None:
    """The search excludes what it does not look into by this alone."""
    stakes = drawn(seed, 20)
    z = np.linspace(-6, 6, 400)
    for k in range(20):
        value = answer(one(stakes, k, 400), z)
        finite = value[np.isfinite(value)]
        rises = np.diff(finite) * (1 if stakes.rising[k] else -1)
        assert (rises >= -1e-9 * (1 + np.abs(finite[1:]))).all()


@tried
@given(SEEDS)
def test_the_slope_is_that_of_the_map(seed: int) -> None:
    stakes = drawn(seed)
    z = np.random.default_rng(seed).normal(0, 1.5, 60)
    said = slope(stakes, z)
    with np.errstate(invalid="ignore"):
        by = (answer(stakes, z + 1e-5) - answer(stakes, z - 1e-5)) / 2e-5
    tame = (np.abs(said) < 1e3) & (np.abs(answer(stakes, z)) < 1e4)
    assert tame.mean() > 0.5
    np.testing.assert_allclose(said[tame], by[tame], rtol=1e-2, atol=1e-6 + 1e-3 * np.abs(by[tame]).max())


@tried
@given(SEEDS)
def test_all_equilibria_are_found(seed: int) -> None:
    """Beside a dense grid in z: every change of sign there is an equilibrium here, and no more."""
    stakes = drawn(seed, 8)
    found = equilibria(stakes)
    grid = np.linspace(-44.5, 44.5, 4_001)
    for k in range(8):
        off = answer(one(stakes, k, len(grid)), grid) - grid
        changes = int((np.sign(off[1:]) != np.sign(off[:-1])).sum())
        inside = found.z[k, : found.count[k]]
        counted = int(((inside > grid[0]) & (inside < grid[-1])).sum())
        assert found.open[k] or counted == changes


@tried
@given(SEEDS)
def test_an_equilibrium_answers_itself(seed: int) -> None:
    stakes = drawn(seed)
    found = equilibria(stakes)
    rows, places = np.nonzero(~np.isnan(found.z))
    z = found.z[rows, places]
    np.testing.assert_allclose(ndtr(answer(stakes.at(rows), z)), ndtr(z), rtol=0, atol=1e-11)


def test_a_game_without_an_equilibrium_inside_has_the_one_at_the_edge() -> None:
    stakes = drawn(5, 4_000)
    found = equilibria(stakes)
    none = (found.count == 0) & ~found.open
    assert none.any()
    assert never(stakes)[none].all()


def test_equilibria_next_to_certainty_are_found() -> None:
    """A grid over p_R itself misses them: here p_R is 1 to the eighth digit."""
    at = np.array([0.0])
    stakes = Stakes(at, at + 1, at - 1.9, at - 1.2, at, at + 3.0, at + 3.5)
    found = equilibria(stakes)
    assert found.count.tolist() == [1]
    assert 1 - ndtr(found.z[0, 0]) < 1e-8
    assert threshold(stakes, found.z[:, 0])[0] == pytest.approx(0.0, abs=1e-7)
