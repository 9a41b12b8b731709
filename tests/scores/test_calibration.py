"""Calibration, discrimination, sharpness, and the Brier score taken apart: each is what its definition says."""

from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import AnalysisError
from detente.scores import TENTHS, binomial_band, brier, calibration, discrimination, murphy, sharpness

few = settings(max_examples=30, deadline=None)


def drawn(seed: int, cases: int = 60) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    chance = np.round(rng.random(cases), int(rng.integers(1, 4)))
    return chance, rng.random(cases) < chance


@few
@given(seed=st.integers(0, 9_999), cases=st.integers(1, 80))
def test_the_terms_add_up_by_value_and_by_bins(seed: int, cases: int) -> None:
    chance, happened = drawn(seed, cases)
    for edges in (None, TENTHS, (0.0, 0.35, 1.0)):
        found = murphy(chance, happened, edges=edges)
        total = found.reliability - found.resolution + found.uncertainty + found.within
        assert total == pytest.approx(found.brier, abs=1e-12)
        assert found.brier == pytest.approx(brier(chance, happened).mean())
        assert sum(bin.n for bin in found.bins) == cases


@few
@given(seed=st.integers(0, 9_999))
def test_a_group_of_one_value_leaves_nothing_over(seed: int) -> None:
    found = murphy(*drawn(seed))
    assert found.within_variance == found.within_covariance == 0.0


def test_taken_apart_by_hand() -> None:
    # Four at .2, of which one happened; six at .7, of which three: base rate .4.
    chance = np.array([0.2] * 4 + [0.7] * 6)
    happened = np.array([True, False, False, False] + [True] * 3 + [False] * 3)
    found = murphy(chance, happened)
    assert found.reliability == pytest.approx((4 * 0.05**2 + 6 * 0.2**2) / 10)
    assert found.resolution == pytest.approx((4 * 0.15**2 + 6 * 0.1**2) / 10)
    assert found.uncertainty == pytest.approx(0.24)
    assert [(bin.low, bin.high, bin.n, bin.rate) for bin in found.bins] == [(0.2, 0.2, 4, 0.25), (0.7, 0.7, 6, 0.5)]


def test_within_a_bin_variance_and_covariance_by_hand() -> None:
    # .2 and .4 in one bin, only the second happened: deviations -.1, .1 and -.5, .5.
    found = murphy(np.array([0.2, 0.4]), np.array([False, True]), edges=(0.0, 1.0))
    assert (found.within_variance, found.within_covariance) == pytest.approx((0.01, 0.1))
    assert found.within == pytest.approx(-0.09)


def test_over_a_thousand_values_have_terms_but_no_bins() -> None:
    chance = np.linspace(0, 1, 1_001)
    assert murphy(chance, chance > 0.5).bins == ()
    assert len(murphy(chance[1:], chance[1:] > 0.5).bins) == 1_000


def test_a_forecast_at_an_edge_belongs_above_it_and_certainty_to_the_last() -> None:
    found = calibration(np.array([0.0, 0.1, 0.3, 0.6, 0.7, 1.0]), np.array([False] * 6))
    assert [(bin.low, bin.n) for bin in found] == [(0.0, 1), (0.1, 1), (0.3, 1), (0.6, 1), (0.7, 1), (0.9, 1)]


@few
@given(n=st.integers(1, 60), chance=st.floats(0.001, 0.999), level=st.sampled_from([0.5, 0.9, 0.99]))
def test_the_band_is_that_of_the_binomial(n: int, chance: float, level: float) -> None:
    share = [comb(n, k) * chance**k * (1 - chance) ** (n - k) for k in range(n + 1)]
    low, high = (round(end * n) for end in binomial_band(n, chance, level=level))
    tail = (1 - level) / 2
    assert sum(share[low : high + 1]) >= level - 1e-9
    assert sum(share[:low]) < tail + 1e-9
    assert sum(share[high + 1 :]) <= tail + 1e-9


def test_the_band_of_many_is_what_the_normal_distribution_gives() -> None:
    low, high = binomial_band(1_000_000, 0.3)
    assert (low, high) == pytest.approx((0.3 - 1.645 * 0.000458, 0.3 + 1.645 * 0.000458), abs=3e-6)
    assert binomial_band(10, 0.0) == (0.0, 0.0)
    assert binomial_band(10, 1.0) == (1.0, 1.0)


def test_the_interval_of_a_rate_holds_the_chances_for_which_it_is_no_surprise() -> None:
    (found,) = calibration(np.full(20, 0.5), np.arange(20) < 4, edges=(0.0, 1.0))
    for end in found.wilson:
        assert abs(0.2 - end) == pytest.approx(1.6448536 * np.sqrt(end * (1 - end) / 20))
    (never,) = calibration(np.full(20, 0.5), np.zeros(20, dtype=bool), edges=(0.0, 1.0))
    assert never.wilson[0] == 0.0
    assert 0 < never.wilson[1] < 0.2


def test_the_band_holds_the_rate_of_a_calibrated_forecaster_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(4)
    chance = rng.random((300, 200))
    happened = rng.random((300, 200)) < chance
    bins = [bin for row in range(300) for bin in calibration(chance[row], happened[row])]
    held = np.mean([bin.band[0] <= bin.rate <= bin.band[1] for bin in bins])
    assert 0.89 < held < 0.97


@few
@given(seed=st.integers(0, 9_999))
def test_discrimination_is_what_all_pairs_say_and_does_not_mind_a_move(seed: int) -> None:
    chance, happened = drawn(seed)
    found = discrimination(chance, happened)
    yes, no = chance[happened], chance[~happened]
    if not yes.size or not no.size:
        assert found.auc is None
        return
    pairs = (yes[:, None] > no).mean() + 0.5 * (yes[:, None] == no).mean()
    assert found.auc == pytest.approx(pairs)
    assert found.difference == pytest.approx(yes.mean() - no.mean())
    assert discrimination(chance**3 / 2, happened).auc == pytest.approx(pairs)


def test_where_everything_happened_nothing_is_told_apart() -> None:
    found = discrimination(np.array([0.4, 0.6]), np.array([True, True]))
    assert (found.yes, found.no, found.difference, found.auc) == (0.5, None, None, None)


def test_sharpness_sees_the_forecasts_alone() -> None:
    found = sharpness(np.array([0.05, 0.95, 0.5, 0.3]), base=0.3)
    assert found.counts == (1, 0, 0, 1, 0, 1, 0, 0, 0, 1)
    assert found.away == pytest.approx((0.25 + 0.65 + 0.2 + 0) / 4)
    assert found.at_the_ends == 0.5


@pytest.mark.parametrize("edges", [(0.0,), (0.0, 0.5), (0.1, 1.0), (0.0, 0.6, 0.4, 1.0)])
def test_edges_that_are_none_are_refused(edges: tuple[float, ...]) -> None:
    with pytest.raises(AnalysisError, match="ascending ones"):
        calibration(np.array([0.5]), np.array([True]), edges=edges)


def test_no_case_and_no_probability_are_refused() -> None:
    none = np.zeros(0), np.zeros(0, dtype=bool)
    for ask in (calibration, murphy):
        with pytest.raises(AnalysisError, match="at least one case"):
            ask(*none)
        with pytest.raises(AnalysisError, match="no probability"):
            ask(np.array([np.nan]), np.array([True]))
    with pytest.raises(AnalysisError, match="no probability"):
        discrimination(np.array([1.1]), np.array([True]))
