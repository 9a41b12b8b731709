"""Parts add up to the whole, however they are grouped; what stands for no draw changes nothing."""

from functools import reduce
from itertools import pairwise
from operator import add
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.ensemble import CoMoments, Count, Histogram, Moments, Reservoir, digest
from detente.errors import UsageError

RNG = np.random.default_rng(3)
X, Y = RNG.normal(size=(300, 3)), RNG.normal(size=(300, 2))
EXACT = ("count", "histogram", "reservoir")


def reduced(kind: str, low: int, high: int) -> Any:
    x, y = X[low:high], Y[low:high]
    if kind == "count":
        return Count.of(x > 0)
    if kind == "histogram":
        return Histogram.of(x, low=-1.5, high=1.5, bins=16)
    if kind == "reservoir":
        return Reservoir.of({"x": x, "word": np.where(y[:, 0] > 0, "up", "down")}, first=low, seed=5, most=12)
    return Moments.of(x) if kind == "moments" else CoMoments.of(x, y)


@pytest.mark.parametrize("kind", [*EXACT, "moments", "comoments"])
@settings(max_examples=15, deadline=None)
@given(cuts=st.sets(st.integers(1, 299), max_size=6), turn=st.randoms(use_true_random=False))
def test_parts_add_up_to_the_whole_however_they_are_grouped(kind: str, cuts: set[int], turn: Any) -> None:
    ends = [0, *sorted(cuts), 300]
    parts = [reduced(kind, low, high) for low, high in pairwise(ends)]
    whole = reduced(kind, 0, 300)
    if kind not in EXACT:
        assert_close(reduce(add, parts), whole)
        return
    turn.shuffle(parts)
    while len(parts) > 1:
        k = turn.randrange(len(parts) - 1)
        parts[k : k + 2] = [parts[k] + parts[k + 1]]
    assert digest(parts[0]) == digest(whole)


def assert_close(found: Any, whole: Any) -> None:
    for name in type(whole).__slots__:
        np.testing.assert_allclose(getattr(found, name), getattr(whole, name), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("kind", [*EXACT, "moments", "comoments"])
def test_no_draw_changes_nothing(kind: str) -> None:
    one = reduced(kind, 0, 40)
    assert digest(one + one.identity) == digest(one) == digest(one.identity + one)
    assert digest(one.identity + one.identity) == digest(one.identity)


def test_moments_and_comoments_are_those_of_numpy() -> None:
    found = reduced("comoments", 0, 100) + reduced("comoments", 100, 300)
    np.testing.assert_allclose(found.correlation, np.corrcoef(X.T, Y.T)[:3, 3:], atol=1e-12)
    moments = reduced("moments", 0, 100) + reduced("moments", 100, 300)
    np.testing.assert_allclose(moments.deviation, X.std(axis=0), rtol=1e-12)
    np.testing.assert_allclose([moments.least, moments.most], [X.min(axis=0), X.max(axis=0)])


def test_a_mean_far_from_zero_costs_no_digits() -> None:
    far = 1e9 + RNG.random(10_000)
    found = reduce(add, [Moments.of(part) for part in np.split(far, 10)])
    assert found.variance == pytest.approx(far.var(), rel=1e-6)


def test_what_does_not_vary_is_correlated_with_nothing() -> None:
    assert CoMoments.of(np.ones((5, 1)), Y[:5]).correlation.tolist() == [[0.0, 0.0]]


@pytest.mark.parametrize("share", [0.0, 0.05, 0.5, 0.9, 1.0])
def test_a_quantile_is_right_to_the_width_of_a_bin(share: float) -> None:
    values = np.concatenate([RNG.beta(2, 5, size=4000) * 100, [0.0, 100.0]])
    found = Histogram.of(values, low=0, high=100)
    true = np.quantile(values, share, method="inverted_cdf")
    assert true - 1e-9 <= found.quantile(share) + (100 / 1024 if share == 0 else 0)
    assert found.quantile(share) <= true + 100 / 1024 + 1e-9


def test_values_outside_are_counted_and_not_moved_in() -> None:
    found = Histogram.of(np.array([[-1.0], [0.5], [2.0], [3.0]]), low=0, high=1, bins=2)
    assert found.counts.tolist() == [[0, 1]]
    assert found.outside.tolist() == [[1, 2]]
    assert [found.quantile(share).item() for share in (0.25, 0.5, 1.0)] == [0.0, 1.0, 1.0]


def test_a_reservoir_keeps_whole_draws_spread_over_all_of_them() -> None:
    found = Reservoir.of({"x": np.arange(10_000) * 2}, first=0, seed=1, most=500)
    assert (found.columns["x"] == found.draw * 2).all()
    assert len(set(found.draw.tolist())) == 500
    assert abs(found.draw.mean() - 5000) < 5 * 2887 / np.sqrt(500)
    other = Reservoir.of({"x": np.arange(10_000) * 2}, first=0, seed=2, most=500)
    assert len(set(found.draw.tolist()) & set(other.draw.tolist())) < 60


@pytest.mark.parametrize(("low", "high", "bins", "value"), [(1, 1, 4, 0.0), (0, 1, 0, 0.0), (0, 1, 4, float("nan"))])
def test_a_histogram_without_room_is_refused(low: float, high: float, bins: int, value: float) -> None:
    with pytest.raises(UsageError, match="Give other bounds"):
        Histogram.of(np.array([value]), low=low, high=high, bins=bins)


def test_histograms_of_other_bins_are_not_added_up() -> None:
    with pytest.raises(UsageError, match="same bounds"):
        Histogram.of(X, low=0, high=1) + Histogram.of(X, low=0, high=2)


def test_a_reservoir_of_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="Keep at least 1"):
        Reservoir.of({"x": np.arange(3), "y": np.arange(4)}, first=0, seed=1, most=2)
