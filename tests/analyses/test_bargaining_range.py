import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.analyses.bargaining_range import bargaining_range
from detente.boards.lottery import lottery
from detente.errors import BoardError

part = st.floats(0, 1)


def test_the_published_closed_forms_come_back(shared_dir: Path) -> None:
    told = json.loads((shared_dir / "data/conflict/fearon_closed_forms.json").read_text())["fearon1995"]["risk_return"]
    for row in told["examples"]:
        found = bargaining_range(lottery("a", "b", win=row["p"], cost=row["cA"], other_cost=(0.0, row["b"])))
        assert (float(found.demand), float(found.war)) == pytest.approx((row["x"], row["pr_war"]), abs=1e-12)
    for row in told["ranges"]:
        found = bargaining_range(lottery("a", "b", win=row["p"], cost=row["cA"], other_cost=row["cB"]))
        assert [float(found.low), float(found.high)] == pytest.approx(row["range"], abs=1e-12)


def test_the_reference_values_come_back(shared_dir: Path) -> None:
    told = json.loads((shared_dir / "data/outlook/reference_tests.json").read_text())
    row = told["fearon_range"]
    found = bargaining_range(lottery("a", "b", win=row["p"], cost=row["cA"], other_cost=row["cB"]))
    got = [float(found.low), float(found.high), float(found.width)]
    assert got == pytest.approx([row["low"], row["high"], row["width"]], abs=1e-12)
    row = told["fearon_risk_return"]
    found = bargaining_range(lottery("a", "b", win=row["p"], cost=row["cA"], other_cost=(0.0, row["Cmax"])))
    assert float(found.demand) - row["p"] == pytest.approx(row["z_closed"], abs=1e-12)
    assert float(found.war) == pytest.approx(row["prob_war"], abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(part, part, part, part)
def test_no_demand_on_a_dense_grid_brings_more(p: float, cost: float, one: float, other: float) -> None:
    board = lottery("a", "b", win=p, cost=cost, other_cost=(min(one, other), max(one, other)))
    found = bargaining_range(board)
    asked = np.linspace(0, 1, 2001)
    risk = lottery("a", "b", win=np.full(2001, p), cost=cost, other_cost=(min(one, other), max(one, other)))
    refused = risk.refused(asked)
    best = (asked * (1 - refused) + (p - cost) * refused).max()
    mine = float(found.demand * (1 - found.war) + (p - cost) * found.war)
    assert mine >= best - 1e-9
    assert found.certificate.holds


def test_war_is_never_risked_by_whom_it_would_cost_more_than_it_could_gain() -> None:
    found = bargaining_range(lottery("a", "b", win=0.3, cost=[0.05, 0.1, 0.2, 0.4], other_cost=(0.0, 0.2)))
    assert (np.diff(found.war) <= 0).all()
    assert found.war[2:].tolist() == [0.0, 0.0]


def test_known_costs_leave_no_war() -> None:
    found = bargaining_range(lottery("a", "b", win=np.linspace(0, 1, 11), cost=0.1, other_cost=0.15))
    assert not found.war.any()
    np.testing.assert_allclose(found.demand, found.high, atol=1e-15)


def test_a_lottery_that_is_none_is_refused() -> None:
    with pytest.raises(BoardError, match="not between 0 and 1"):
        lottery("a", "b", win=1.2, cost=0.1, other_cost=0.1)
    with pytest.raises(BoardError, match="upside down"):
        lottery("a", "b", win=0.5, cost=0.1, other_cost=(0.3, 0.1))
    with pytest.raises(BoardError, match="Name two parties"):
        lottery("a", "a", win=0.5, cost=0.1, other_cost=0.1)
