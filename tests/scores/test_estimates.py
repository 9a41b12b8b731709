"""Intervals know that cases of a cluster hang together, and statistics count a case as often as it is drawn."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import AnalysisError
from detente.scores import (
    covered,
    estimate,
    interval_score,
    mean,
    median,
    point_errors,
    resample,
    root_mean_square,
)


@settings(max_examples=25, deadline=None)
@given(scores=st.lists(st.integers(0, 9), min_size=1, max_size=6), seed=st.integers(0, 99))
def test_counting_a_case_is_writing_it_down_so_often(scores: list[int], seed: int) -> None:
    score = np.array(scores, dtype=np.float64)
    times = np.random.default_rng(seed).integers(0, 3, (4, len(score)))
    times[:, 0] += 1
    written = [np.repeat(score, row) for row in times]
    np.testing.assert_allclose(mean(score, times), [w.mean() for w in written])
    np.testing.assert_allclose(median(score, times), [np.median(w) for w in written])
    np.testing.assert_allclose(root_mean_square(score, times), [np.sqrt((w**2).mean()) for w in written])


def test_whole_clusters_are_drawn_as_many_as_there_are() -> None:
    cluster = np.array(["b", "a", "b", "c", "c", "c"])
    times = resample(cluster, seed=3, draws=50).times
    assert (times[:, 0] == times[:, 2]).all()
    assert (times[:, 3] == times[:, 5]).all()
    assert (times[:, [0, 1, 3]].sum(axis=1) == 3).all()


def test_a_case_told_four_times_says_no_more() -> None:
    score = np.random.default_rng(1).normal(size=30)
    once = estimate(score, resample(np.arange(30), seed=7))
    again = estimate(np.repeat(score, 4), resample(np.repeat(np.arange(30), 4), seed=7))
    taken_apart = estimate(np.repeat(score, 4), resample(np.arange(120), seed=7))
    assert (again.low, again.high) == pytest.approx((once.low, once.high))
    assert taken_apart.high - taken_apart.low < 0.6 * (once.high - once.low)


def test_an_interval_is_as_wide_as_theory_has_it() -> None:
    score = np.random.default_rng(2).normal(10, 2, 400)
    found = estimate(score, resample(np.arange(400), seed=1))
    assert found.value == pytest.approx(score.mean())
    assert found.high - found.low == pytest.approx(2 * 1.96 * score.std() / 20, rel=0.06)


def test_what_is_hard_for_both_drops_out_of_their_difference() -> None:
    rng = np.random.default_rng(3)
    hard = rng.exponential(20, 200)
    ours, theirs = hard + rng.normal(0, 1, 200), hard + 1 + rng.normal(0, 1, 200)
    again = resample(np.arange(200), seed=1)
    assert not estimate(ours - theirs, again).holds(0)
    assert estimate(ours, again).holds(estimate(theirs, again).value)


def test_the_same_seed_draws_the_same_and_more_draws_begin_with_them() -> None:
    few, many = (resample(np.arange(9), seed=5, draws=n).times for n in (20, 40))
    assert (many[:20] == few).all()
    assert (resample(np.arange(9), seed=6, draws=20).times != few).any()


def test_four_figures_of_points_that_were_named() -> None:
    found = point_errors(np.array([10.0, 40.0, 100.0]), np.array([0.0, 40.0, 70.0]), resample(np.arange(3), seed=1))
    assert found.mean_absolute.value == pytest.approx(40 / 3)
    assert found.root_mean_square.value == pytest.approx(np.sqrt(1000 / 3))
    assert found.median_absolute.value == 10
    assert found.share_near.value == pytest.approx(2 / 3)


def test_an_interval_holds_its_ends_and_its_score_is_least_at_the_true_quantiles() -> None:
    outcomes = np.arange(101.0)
    assert covered(np.zeros(101), np.full(101, 100.0), outcomes).all()
    worth = {
        low: interval_score(np.full(101, low), np.full(101, 100 - low), outcomes, share=0.8).mean()
        for low in (0.0, 5.0, 10.0, 15.0, 30.0)
    }
    assert min(worth, key=lambda low: worth[low]) == 10.0


def test_what_is_no_interval_and_no_score_is_refused() -> None:
    one, two = np.zeros(1), np.ones(1)
    with pytest.raises(AnalysisError, match="lower end first"):
        interval_score(two, one, one, share=0.8)
    with pytest.raises(AnalysisError, match="between 0 and 1"):
        interval_score(one, two, one, share=1.0)
    with pytest.raises(AnalysisError, match="one number for every case"):
        estimate(np.zeros(3), resample(np.arange(4), seed=1))
    with pytest.raises(AnalysisError, match="at least one case"):
        resample(np.array([]), seed=1)
