"""The score of a distribution is what its definition says, and nobody gains by saying what is not believed."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import AnalysisError
from detente.scores import crps, crps_of_sample

few = settings(max_examples=25, deadline=None)
levels = st.lists(st.integers(0, 100).map(float), min_size=1, max_size=6)


def shares(size: int, seed: int) -> np.ndarray:
    raw = np.random.default_rng(seed).integers(0, 5, size) + 1e-9
    return np.asarray(raw / raw.sum())


def by_definition(x: np.ndarray, w: np.ndarray, y: float) -> float:
    """Equation (1), over all pairs."""
    return float((w * np.abs(x - y)).sum() - 0.5 * (np.outer(w, w) * np.abs(x[:, None] - x)).sum())


@few
@given(given_levels=levels, seed=st.integers(0, 99), outcome=st.integers(0, 100))
def test_sorting_gives_what_all_pairs_give(given_levels: list[float], seed: int, outcome: int) -> None:
    x = np.array(given_levels)
    w = shares(len(x), seed)
    assert crps(x, w, np.array(float(outcome))) == pytest.approx(by_definition(x, w, outcome), abs=1e-9)


@few
@given(members=levels, outcome=st.integers(0, 100))
def test_a_sample_is_the_distribution_of_its_members(members: list[float], outcome: int) -> None:
    x, y = np.array(members), np.array(float(outcome))
    assert crps_of_sample(x, y) == pytest.approx(float(crps(x, np.full(len(x), 1 / len(x)), y)), abs=1e-9)


def test_a_sure_forecast_is_scored_by_its_error() -> None:
    said, happened = np.array([[30.0], [80.0]]), np.array([50.0, 80.0])
    assert crps(said, np.ones((2, 1)), happened).tolist() == [20.0, 0.0]


@few
@given(seed=st.integers(0, 999))
def test_nobody_gains_by_saying_another_distribution(seed: int) -> None:
    x = np.array([0.0, 10.0, 45.0, 100.0])
    believed, said = shares(4, seed), shares(4, seed + 1)
    expected = [sum(believed * crps(np.tile(x, (4, 1)), np.tile(w, (4, 1)), x)) for w in (believed, said)]
    assert expected[0] <= expected[1] + 1e-12


def test_a_fair_score_does_not_punish_a_sample_for_being_small() -> None:
    # All samples of three from a coin with a chance of 1/4, each as often as it comes, against one outcome.
    chance, happened = {0.0: 0.75, 1.0: 0.25}, np.array(1.0)
    whole = float(crps(np.array([0.0, 1.0]), np.array([0.75, 0.25]), happened))
    samples = list(product(chance, repeat=3))
    often = [np.prod([chance[m] for m in s]) for s in samples]
    fair, plain = (
        sum(o * float(crps_of_sample(np.array(s), happened, fair=f)) for o, s in zip(often, samples, strict=True))
        for f in (True, False)
    )
    assert fair == pytest.approx(whole, abs=1e-12)
    assert plain > whole + 0.01


def test_what_cannot_be_scored_is_refused() -> None:
    one = np.array([0.0, 1.0])
    with pytest.raises(AnalysisError, match="Divide them by their sum"):
        crps(one, np.array([0.5, 0.4]), np.array(0.0))
    with pytest.raises(AnalysisError, match="not a finite number"):
        crps(one, np.array([0.5, 0.5]), np.array(np.nan))
    with pytest.raises(AnalysisError, match="two members"):
        crps_of_sample(one[:1], np.array(0.0), fair=True)
