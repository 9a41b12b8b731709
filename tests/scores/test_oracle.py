"""Another program, scoringrules, gives the same scores wherever it has them."""

import numpy as np
import scoringrules
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.scores import (
    brier,
    brier_of_choices,
    crps_of_quantiles,
    crps_of_sample,
    interval_score,
    log_loss,
    log_of_choices,
    quantile_score,
    rps,
)

few = settings(max_examples=20, deadline=None)
seeds = st.integers(0, 9_999)


@few
@given(seed=seeds)
def test_yes_or_no(seed: int) -> None:
    rng = np.random.default_rng(seed)
    chance, happened = rng.random(50), rng.random(50) < 0.5
    np.testing.assert_allclose(brier(chance, happened), scoringrules.brier_score(happened * 1.0, chance), atol=1e-14)
    np.testing.assert_allclose(log_loss(chance, happened), scoringrules.log_score(happened * 1.0, chance), atol=1e-14)


@few
@given(seed=seeds, choices=st.integers(2, 6))
def test_several_choices(seed: int, choices: int) -> None:
    rng = np.random.default_rng(seed)
    chance, outcome = rng.dirichlet(np.ones(choices), size=40), rng.integers(0, choices, 40)
    theirs = scoringrules.rps_score(outcome + 1, chance)
    np.testing.assert_allclose(rps(chance, outcome, normalised=False), theirs, atol=1e-12)
    came = np.eye(choices)[outcome]
    # It has no Brier or log score of several choices: they are the sums, or the one term, of its scores of each.
    each = scoringrules.brier_score(came, chance)
    original = brier_of_choices(chance, outcome, convention="original")
    np.testing.assert_allclose(original, each.sum(axis=-1), atol=1e-12)
    terms = (scoringrules.log_score(came, chance) * came).sum(axis=-1)
    np.testing.assert_allclose(log_of_choices(chance, outcome), terms, atol=1e-12)


@few
@given(seed=seeds, share=st.sampled_from([0.5, 0.8, 0.9, 0.95]))
def test_intervals_and_quantiles(seed: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    low, outcome = rng.normal(0, 10, 40), rng.normal(0, 20, 40)
    high = low + rng.exponential(10, 40)
    theirs = scoringrules.interval_score(outcome, low, high, 1 - share)
    np.testing.assert_allclose(interval_score(low, high, outcome, share=share), theirs, rtol=1e-12)
    theirs = scoringrules.quantile_score(outcome, low, share)
    np.testing.assert_allclose(quantile_score(low, outcome, share=share), theirs, rtol=1e-12)


@few
@given(seed=seeds)
def test_samples(seed: int) -> None:
    rng = np.random.default_rng(seed)
    sample, outcome = rng.normal(0, 10, (30, 12)), rng.normal(0, 10, 30)
    for fair, name in ((False, "nrg"), (True, "fair")):
        theirs = scoringrules.crps_ensemble(outcome, sample, estimator=name)
        np.testing.assert_allclose(crps_of_sample(sample, outcome, fair=fair), theirs, atol=1e-12)


@few
@given(seed=seeds)
def test_a_scale_with_no_quantile_is_the_even_distribution(seed: int) -> None:
    rng = np.random.default_rng(seed)
    low = rng.normal(0, 10, 30)
    high, outcome = low + rng.exponential(20, 30), rng.normal(0, 30, 30)
    none = np.zeros((30, 0))
    theirs = scoringrules.crps_uniform(outcome, low, high)
    np.testing.assert_allclose(crps_of_quantiles(none, none, outcome, low, high), theirs, atol=1e-10)


def test_many_quantiles_score_as_their_mean_pinball_score() -> None:
    rng = np.random.default_rng(1)
    share = (np.arange(2_000) + 0.5) / 2_000
    value = np.sort(rng.beta(2, 5, (20, 2_000)) * 100, axis=-1)
    outcome = rng.random(20) * 100
    ours = crps_of_quantiles(np.tile(share, (20, 1)), value, outcome, np.zeros(20), np.full(20, 100.0))
    np.testing.assert_allclose(ours, scoringrules.crps_quantile(outcome, value, share), rtol=2e-3)
