"""Scores of chances: worked by hand, alike for every kind of question, and best for who says what is believed."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import AnalysisError
from detente.scores import brier, brier_of_choices, chance_of_outcome, log_loss, log_of_choices, rps

few = settings(max_examples=25, deadline=None)
THREE = np.array([[0.5, 0.3, 0.2]] * 3)
EACH = np.arange(3)


def test_worked_by_hand() -> None:
    # (1 - .5)^2 + .3^2 + .2^2, .5^2 + (1 - .3)^2 + .2^2, .5^2 + .3^2 + (1 - .2)^2
    assert brier_of_choices(THREE, EACH, convention="original") == pytest.approx([0.38, 0.78, 0.98])
    assert brier_of_choices(THREE, EACH) == pytest.approx([0.19, 0.39, 0.49])
    assert log_of_choices(THREE, EACH) == pytest.approx(-np.log([0.5, 0.3, 0.2]))
    # Up to the first and up to the second choice .5 and .8, of (1, 1), (0, 1) and (0, 0).
    assert rps(THREE, EACH, normalised=False) == pytest.approx([0.25 + 0.04, 0.25 + 0.04, 0.25 + 0.64])
    assert rps(THREE, EACH) == pytest.approx([0.145, 0.145, 0.445])


@few
@given(seed=st.integers(0, 999))
def test_a_yes_or_no_question_scores_the_same_as_one_with_two_choices(seed: int) -> None:
    rng = np.random.default_rng(seed)
    yes, happened = rng.random(20), rng.random(20) < 0.5
    chance, outcome = np.stack([yes, 1 - yes], axis=-1), np.where(happened, 0, 1)
    np.testing.assert_allclose(brier_of_choices(chance, outcome), brier(yes, happened), atol=1e-12)
    np.testing.assert_allclose(rps(chance, outcome), brier(yes, happened), atol=1e-12)
    np.testing.assert_allclose(log_of_choices(chance, outcome, clip=0.1), log_loss(yes, happened, clip=0.1))


@few
@given(seed=st.integers(0, 9_999), choices=st.integers(2, 5))
@pytest.mark.parametrize("score", [brier_of_choices, log_of_choices, rps])
def test_nobody_gains_by_saying_other_chances(
    score: Callable[[np.ndarray, np.ndarray], np.ndarray], seed: int, choices: int
) -> None:
    believed, said = np.random.default_rng(seed).dirichlet(np.ones(choices), size=2)
    each = np.arange(choices)
    honest, other = ((believed * score(np.tile(chance, (choices, 1)), each)).sum() for chance in (believed, said))
    assert honest < other


def test_choices_that_a_case_does_not_have_change_nothing() -> None:
    wide = np.concatenate([THREE, np.zeros((3, 2))], axis=-1)
    assert brier_of_choices(wide, EACH) == pytest.approx(brier_of_choices(THREE, EACH))
    assert rps(wide, EACH, choices=np.full(3, 3)) == pytest.approx(rps(THREE, EACH))
    assert rps(wide, EACH) == pytest.approx(rps(THREE, EACH) / 2)


def test_off_by_one_place_costs_less_than_off_by_two() -> None:
    sure = np.array([[1.0, 0.0, 0.0]] * 3)
    assert rps(sure, EACH).tolist() == [0.0, 0.5, 1.0]
    assert brier_of_choices(sure, EACH).tolist() == [0.0, 1.0, 1.0]


def test_a_clip_bounds_what_one_wrong_certainty_costs_and_what_a_right_one_gains() -> None:
    sure = np.array([1.0, 1.0])
    came = np.array([True, False])
    assert log_loss(sure, came).tolist() == [0.0, np.inf]
    assert log_loss(sure, came, clip=0.01) == pytest.approx([-np.log(0.99), -np.log(0.01)])


def test_what_cannot_be_scored_is_refused() -> None:
    with pytest.raises(AnalysisError, match="Divide them by their sum"):
        brier_of_choices(np.array([[0.5, 0.4]]), np.array([0]))
    with pytest.raises(AnalysisError, match="counted from 0"):
        chance_of_outcome(THREE, np.array([0, 1, 3]))
    with pytest.raises(AnalysisError, match="counted from 0"):
        chance_of_outcome(THREE, np.array([0, 1, -1]))
    with pytest.raises(AnalysisError, match="no probability"):
        log_of_choices(np.array([[1.5, -0.5]]), np.array([0]))
    with pytest.raises(AnalysisError, match="fewer than two"):
        rps(THREE, EACH, choices=np.array([3, 3, 1]))
    with pytest.raises(AnalysisError, match="beyond them"):
        rps(THREE, EACH, choices=np.array([3, 3, 2]))
    with pytest.raises(AnalysisError, match="0 or more and below"):
        log_loss(np.array([0.3]), np.array([True]), clip=0.5)
