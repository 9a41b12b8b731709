"""Sums by cluster give the intervals that counting every case in every draw gives."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import AnalysisError
from detente.scores import Estimate, cluster_means, cluster_skill, cluster_sums, estimate, mean, resample

few = settings(max_examples=20, deadline=None)


def alike(found: Estimate, wanted: Estimate) -> None:
    first, second = ([each.value, each.low, each.high] for each in (found, wanted))
    np.testing.assert_allclose(first, second, rtol=1e-10, atol=1e-12)
    assert found.level == wanted.level


@few
@given(seed=st.integers(0, 9_999), cases=st.integers(1, 60), names=st.sampled_from(["text", "codes", "far apart"]))
def test_the_mean_is_that_of_the_long_way(seed: int, cases: int, names: str) -> None:
    rng = np.random.default_rng(seed)
    score, weight = rng.normal(0, 3, cases), rng.uniform(0.1, 1, cases)
    code = rng.integers(0, 12, cases)
    cluster = {"text": np.array([f"c{c}" for c in code]), "codes": code, "far apart": (code - 5) * 10**9}[names]
    again = resample(cluster, seed=seed, draws=100)
    alike(cluster_means(score, cluster, seed=seed, draws=100), estimate(score, again))
    weighted = estimate(score, again, statistic=lambda s, times: mean(s * weight, times) / mean(weight, times))
    alike(cluster_means(score, cluster, seed=seed, draws=100, weights=weight), weighted)


@few
@given(seed=st.integers(0, 9_999), cases=st.integers(1, 60))
def test_the_skill_is_that_of_the_long_way(seed: int, cases: int) -> None:
    rng = np.random.default_rng(seed)
    ours, theirs, cluster = rng.random(cases), rng.uniform(0.1, 1, cases), rng.integers(0, 9, cases)
    again = resample(cluster, seed=seed, draws=100)
    wanted = estimate(ours, again, statistic=lambda s, times: 1 - mean(s, times) / mean(theirs, times))
    alike(cluster_skill(ours, theirs, cluster, seed=seed, draws=100), wanted)


def test_many_clusters_are_drawn_piece_by_piece_from_one_stream() -> None:
    rng = np.random.default_rng(1)
    score, cluster = rng.random(1_500), rng.permutation(np.arange(1_500) % 700)
    alike(cluster_means(score, cluster, seed=3, draws=431), estimate(score, resample(cluster, seed=3, draws=431)))


def test_one_drawing_serves_several_scores() -> None:
    rng = np.random.default_rng(2)
    ours, theirs, cluster = rng.random(90), rng.random(90), np.arange(90) // 3
    sums = cluster_sums(np.stack([ours, theirs, ours - theirs, np.ones(90)]), cluster, seed=5)
    assert sums.clusters == 30
    for row, score in enumerate((ours, theirs, ours - theirs)):
        assert sums.ratio(row, 3) == cluster_means(score, cluster, seed=5)
    assert sums.less(0, 1) == cluster_skill(ours, theirs, cluster, seed=5)


def test_a_draw_without_any_error_of_the_reference_is_no_reason_to_fail() -> None:
    ours, theirs = np.array([0.1, 0.1, 0.0]), np.array([0.4, 0.0, 0.0])
    found = cluster_skill(ours, theirs, np.arange(3), seed=1, draws=500)
    assert found.value == pytest.approx(0.5)
    assert found.low == -np.inf
    assert np.isfinite(found.high)


def test_some_of_the_cases_have_a_mean_of_their_own_from_the_same_drawing() -> None:
    score, some, cluster = np.array([1.0, 3.0, 5.0, 7.0]), np.array([1.0, 1.0, 0.0, 0.0]), np.arange(4)
    found = cluster_sums(np.stack([score * some, some]), cluster, seed=1, draws=500).ratio(0, 1)
    assert (found.value, found.low, found.high) == (2.0, 1.0, 3.0)
    drawn = resample(cluster, seed=1, draws=1).times[0]
    missed = (drawn == 0).astype(np.float64)
    with pytest.raises(AnalysisError, match="more draws"):
        cluster_sums(np.stack([score * missed, missed]), cluster, seed=1, draws=1).ratio(0, 1)


def test_what_has_no_mean_is_refused() -> None:
    one, cluster = np.ones(2), np.arange(2)
    with pytest.raises(AnalysisError, match="Clip it"):
        cluster_means(np.array([0.1, np.inf]), cluster, seed=1)
    with pytest.raises(AnalysisError, match="weight of 0 or less"):
        cluster_means(one, cluster, seed=1, weights=np.array([1.0, 0.0]))
    with pytest.raises(AnalysisError, match="add up to 0"):
        cluster_skill(one, np.zeros(2), cluster, seed=1)
    with pytest.raises(AnalysisError, match="at least one case"):
        cluster_means(np.zeros(0), np.zeros(0, dtype=np.int64), seed=1)
    with pytest.raises(AnalysisError, match="seed of 0 or more"):
        cluster_means(one, cluster, seed=-1)
