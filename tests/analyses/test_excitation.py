import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.analyses.excitation import excitation
from detente.boards.occurrences import occurrences
from detente.errors import BoardError

EVENTS = [1.0, 2.0, 2.5, 4.0, 7.0]


def test_the_reference_values_come_back(shared_dir: Path) -> None:
    told = json.loads((shared_dir / "data/outlook/reference_tests.json").read_text())["hawkes"]
    given_rates = {"background": told["mu"], "jump": told["alpha"], "decay": told["beta"]}
    found = excitation(occurrences(told["events"], told["T"], **given_rates))
    assert float(found.log_likelihood) == pytest.approx(told["loglik"], abs=1e-13)
    assert float(found.log_likelihood) == pytest.approx(told["loglik_recursive"], abs=1e-13)
    assert float(found.branching) == pytest.approx(told["branching"], abs=1e-15)
    assert float(found.mean_rate) == pytest.approx(told["mean_rate"], abs=1e-15)
    assert found.certificate.holds


def test_without_a_jump_events_come_by_themselves() -> None:
    found = excitation(occurrences(EVENTS, 10, background=0.5, jump=0, decay=1))
    assert float(found.log_likelihood) == pytest.approx(found.alone)  # 5 events in 10: the rate that fits best
    assert float(found.led_to) == 0
    assert found.rate.tolist() == [0.5] * 5


@settings(max_examples=25, deadline=None)
@given(
    gaps=st.lists(st.floats(0.01, 3), max_size=8),
    rates=st.tuples(st.floats(0.05, 2), st.floats(0, 2), st.floats(0.1, 3)),
)
def test_no_even_rate_is_likelier_than_the_one_that_fits_best(
    gaps: list[float], rates: tuple[float, float, float]
) -> None:
    times = np.cumsum(gaps)
    mu, alpha, beta = rates
    found = excitation(occurrences(times, float(times.sum() + 1), background=mu, jump=alpha, decay=beta))
    even = excitation(occurrences(times, float(times.sum() + 1), background=mu, jump=0, decay=beta))
    assert float(even.log_likelihood) <= found.alone + 1e-9
    assert found.certificate.holds
    assert 0 <= float(found.led_to) < 1


def test_the_likelihood_is_that_of_the_rate_at_every_moment() -> None:
    found = excitation(occurrences(EVENTS, 10, background=0.3, jump=0.5, decay=1.2))
    moments = np.linspace(0, 10, 200_001)
    rate = 0.3 + 0.5 * np.sum([np.exp(-1.2 * (moments - t)) * (moments >= t) for t in EVENTS], axis=0)
    expected = float(((rate[1:] + rate[:-1]) / 2 * np.diff(moments)).sum())
    assert float(np.log(found.rate).sum() - expected) == pytest.approx(float(found.log_likelihood), abs=1e-4)
    assert float(found.rate_now) == pytest.approx(rate[-1])


def test_what_eases_takes_tension_away_and_time_does_too() -> None:
    weighed = {"background": 0.3, "jump": 0.5, "decay": np.log(2)}
    found = excitation(occurrences([0.0, 1.0], 2.0, **weighed, weight=[4.0, -1.0]))
    assert found.tension == pytest.approx([4.0, 1.0])
    assert float(found.tension_now) == pytest.approx(0.5)


def test_what_never_dies_down_has_no_mean() -> None:
    found = excitation(occurrences(EVENTS, 10, background=0.3, jump=[0.5, 1.0, 2.0], decay=1.0))
    assert np.isnan(found.mean_rate).tolist() == [False, True, True]


def test_no_event_at_all_is_no_fault() -> None:
    found = excitation(occurrences([], 10, background=0.3, jump=0.5, decay=1.0))
    assert float(found.log_likelihood) == pytest.approx(-3.0)
    assert (float(found.tension_now), float(found.led_to)) == (0.0, 0.0)


def test_what_are_no_events_is_refused() -> None:
    rates: Any = {"background": 0.3, "jump": 0.5, "decay": 1.0}
    with pytest.raises(BoardError, match="not in order"):
        occurrences([2.0, 1.0], 10, **rates)
    with pytest.raises(BoardError, match="not in order"):
        occurrences([11.0], 10, **rates)
    with pytest.raises(BoardError, match="do not fit"):
        occurrences([1.0], 10, **rates, weight=[1.0, 2.0])
    with pytest.raises(BoardError, match="above 0"):
        occurrences([1.0], 10, background=0, jump=0.5, decay=1.0)
