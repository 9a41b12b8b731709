import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.analyses.alternating_offers import alternating_offers
from detente.boards.patience import patience
from detente.errors import AnalysisError, BoardError

factor = st.floats(0.01, 0.99)


def test_the_reference_values_come_back(shared_dir: Path) -> None:
    told = json.loads((shared_dir / "data/outlook/reference_tests.json").read_text())
    for row in told["rubinstein"]:
        found = alternating_offers(patience(("a", "b"), discount=(row["d1"], row["d2"])), rounds=201)
        assert found.share == pytest.approx((row["share1"], row["responder"]), abs=1e-14)
        assert found.last_round[0] == pytest.approx(row["finite_T201"], abs=1e-13)
    limit = told["rubinstein_limit_nash_weight"]
    discount = np.exp(-1e-4 * np.array([limit["r1"], limit["r2"]]))
    found = alternating_offers(patience(("a", "b"), discount=discount))
    assert found.short[0] == pytest.approx(limit["alpha_limit"], abs=1e-12)
    assert found.share[0] == pytest.approx(limit["delta_dt1e4"], abs=1e-9)
    for row in told["schelling"]:
        found = alternating_offers(patience(("a", "b"), discount=(0.9, 0.9), least=(row["r"], row["resB"])))
        assert bool(found.deal) == (row["x"] is not None)
        assert not found.deal or found.tied[0] == pytest.approx(row["x"], abs=1e-15)


@settings(max_examples=60, deadline=None)
@given(factor, factor)
def test_offers_are_such_that_nobody_gains_by_waiting(one: float, other: float) -> None:
    found = alternating_offers(patience(("a", "b"), discount=(one, other)))
    assert found.share[1] == pytest.approx(other * found.turned[1], abs=1e-12)
    assert found.certificate.holds


def test_a_far_last_round_is_none() -> None:
    found = alternating_offers(patience(("a", "b"), discount=(0.9, 0.7)), rounds=2_000)
    assert found.last_round == pytest.approx(found.share, abs=1e-12)


def test_draws_are_one_case_each() -> None:
    many = alternating_offers(patience(("a", "b"), discount=[(0.9, 0.8), (0.5, 0.6)]), rounds=3)
    one = alternating_offers(patience(("a", "b"), discount=(0.5, 0.6)), rounds=3)
    np.testing.assert_array_equal(many.share[1], one.share)
    np.testing.assert_array_equal(many.last_round[1], one.last_round)


def test_who_cannot_wait_at_all_gets_nothing_and_who_is_equal_half() -> None:
    found = alternating_offers(patience(("a", "b"), discount=[(0.5, 0.0), (0.0, 0.5), (0.3, 0.3)]))
    assert found.short[:, 0].tolist() == [1.0, 0.0, 0.5]


def test_what_is_no_patience_is_refused() -> None:
    with pytest.raises(BoardError, match="worth as much later"):
        patience(("a", "b"), discount=(1.0, 0.9))
    with pytest.raises(BoardError, match="least share"):
        patience(("a", "b"), discount=(0.5, 0.9), least=(2.0, 0.0))
    with pytest.raises(AnalysisError, match="cannot end after round 0"):
        alternating_offers(patience(("a", "b"), discount=(0.5, 0.9)), rounds=0)
