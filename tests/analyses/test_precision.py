import numpy as np
import pytest
from tests.boards.crises import at_once, third_party

from detente.analyses.precision import precision
from detente.analyses.quantal import quantal
from detente.boards.crisis import four_outcomes
from detente.errors import AnalysisError

OCHS = (np.array([[1.1141, 0], [0, 0.2785]]), np.array([[0, 1.1141], [1.1141, 0]]))
SEEN = 128 * np.array([[0.527, 0.473], [0.366, 0.634]])


def test_the_published_precision_of_ochs_comes_back() -> None:
    found = precision(at_once(*OCHS), SEEN)
    assert found.log_likelihood == pytest.approx(-174.76453191, abs=1e-7)
    # The likelihood is flat at its top: its last digit leaves seven of the precision.
    assert found.precision == pytest.approx(1.8456097, abs=2e-6)
    assert found.choice[:, 0] == pytest.approx([0.6156513144, 0.38329094], abs=1e-6)
    assert found.certificate.holds
    assert found.peaks == 1


def test_the_precision_that_made_the_data_comes_back() -> None:
    game = third_party(np.random.default_rng(8).normal(0, 1, (11, 3)))
    often = quantal(game, precision=1.7).choice
    found = precision(game, 1e6 * np.nan_to_num(often))
    assert found.precision == pytest.approx(1.7, abs=1e-4)
    assert found.low < 1.7 < found.high


def test_the_interval_ends_where_the_likelihood_has_fallen_by_so_much() -> None:
    game, ends = at_once(*OCHS), precision(at_once(*OCHS), SEEN)
    for at in (ends.low, ends.high):
        there = (SEEN * np.log(quantal(game, precision=at).choice)).sum()
        assert there == pytest.approx(ends.log_likelihood - 1.9207294, abs=1e-6)


def test_who_never_errs_is_told_as_open_above() -> None:
    game = four_outcomes("a", "b", np.array([[0, 0], [1, -1], [-0.5, 0.5], [-0.2, -0.3]]))
    found = precision(game, np.array([[20.0, 0], [0, 5], [0, 5]]))
    assert found.open_above
    assert found.high == pytest.approx(50.0)


def test_who_errs_against_all_reason_is_told_as_chance() -> None:
    game = four_outcomes("a", "b", np.array([[0, 0], [1, -1], [-0.5, 0.5], [-0.2, -0.3]]))
    found = precision(game, np.array([[0.0, 0], [20, 0], [20, 0]]))
    assert found.precision == pytest.approx(0.0, abs=1e-6)
    assert found.log_likelihood == pytest.approx(found.chance, abs=1e-6)


def test_counts_that_do_not_fit_are_refused() -> None:
    with pytest.raises(AnalysisError, match="not what was seen"):
        precision(at_once(*OCHS), np.ones((3, 2)))
    with pytest.raises(AnalysisError, match="above 0"):
        precision(at_once(*OCHS), SEEN, most=0)
