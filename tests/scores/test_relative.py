"""Scores beside a baseline, beside the others, and beside a reference."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import AnalysisError
from detente.scores import baseline_continuous, baseline_score, peer_score, skill


def test_the_baseline_is_zero_for_all_alike_and_a_hundred_for_certainty() -> None:
    assert baseline_score(np.array([1 / 2, 1 / 3, 1 / 7]), np.array([2, 3, 7])) == pytest.approx([0, 0, 0], abs=1e-12)
    assert baseline_score(np.ones(2), np.array([2, 5])).tolist() == [100, 100]
    # Of a yes or no question: 100 (1 + log2 p).
    assert baseline_score(np.array([0.8, 0.1])) == pytest.approx([67.807, -232.193], abs=1e-3)
    assert baseline_score(np.array([0.0]), clip=0.01) == pytest.approx([100 * (1 + np.log2(0.01))])
    assert baseline_score(np.array([0.0])).tolist() == [-np.inf]


def test_the_baseline_of_a_density_is_halved_and_does_not_depend_on_the_unit() -> None:
    density = np.array([0.01, 0.02, 0.005])
    found = baseline_continuous(density, 0.0, 100.0)
    assert found == pytest.approx([0, 50 * np.log(2), -50 * np.log(2)])
    assert baseline_continuous(density * 100, 0.0, 1.0) == pytest.approx(found)
    assert baseline_continuous(np.array([0.0]), 0.0, 1.0, clip=0.01) == pytest.approx([50 * np.log(0.01)])


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 9_999), forecasters=st.integers(2, 6))
def test_peers_add_up_to_nothing_and_are_measured_at_their_geometric_mean(seed: int, forecasters: int) -> None:
    rng = np.random.default_rng(seed)
    said = np.where(rng.random((30, forecasters)) < 0.3, np.nan, rng.uniform(0.02, 0.98, (30, forecasters)))
    found = peer_score(said)
    for row, scores in zip(said, found, strict=True):
        there = row[~np.isnan(row)]
        n = there.size
        if n < 2:
            assert np.isnan(scores).all()
            continue
        assert np.nansum(scores) == pytest.approx(0, abs=1e-9)
        middle = np.exp(np.log(there).mean())
        np.testing.assert_allclose(scores[~np.isnan(row)], 100 * n / (n - 1) * np.log(there / middle), atol=1e-9)
    np.testing.assert_allclose(peer_score(said * 7, densities=True), found / 2, atol=1e-9)


def test_a_peer_who_gave_no_chance_needs_a_clip() -> None:
    said = np.array([[0.0, 0.5]])
    with pytest.raises(AnalysisError, match="clip above 0"):
        peer_score(said)
    assert peer_score(said, clip=0.01)[0] == pytest.approx([100 * np.log(0.02), -100 * np.log(0.02)])


def test_skill_is_the_share_of_the_reference_s_error_that_is_gone() -> None:
    theirs = np.array([0.25, 0.25, 0.25])
    assert skill(np.array([0.1, 0.2, 0.15]), theirs) == pytest.approx(0.4)
    assert skill(theirs, theirs) == 0.0
    assert skill(theirs * 2, theirs) == -1.0


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(AnalysisError, match="without error"):
        skill(np.array([0.1]), np.array([0.0]))
    with pytest.raises(AnalysisError, match="0 cases"):
        skill(np.zeros(0), np.zeros(0))
    with pytest.raises(AnalysisError, match="fewer than two choices"):
        baseline_score(np.array([0.5]), np.array([1]))
    with pytest.raises(AnalysisError, match="density is below 0"):
        baseline_continuous(np.array([-1.0]), 0.0, 1.0)
    with pytest.raises(AnalysisError, match="ends before it begins"):
        baseline_continuous(np.array([1.0]), 1.0, 1.0)
    with pytest.raises(AnalysisError, match="no probability"):
        peer_score(np.array([[1.5, 0.5]]))
