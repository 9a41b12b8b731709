import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.analyses.double_auction import double_auction
from detente.boards.haggle import haggle
from detente.errors import AnalysisError, BoardError


def test_the_reference_values_come_back(shared_dir: Path) -> None:
    told = json.loads((shared_dir / "data/outlook/reference_tests.json").read_text())["chatterjee_samuelson"]
    found = double_auction(haggle(("a", "b"), worth=(0, 1), cost=(0, 1)))
    assert told["buyer_bid"] == "2/3 v + 1/12"
    assert told["seller_ask"] == "2/3 c + 1/4"
    assert told["trade_iff"] == "v >= c + 1/4"
    assert found.offer == pytest.approx([1 / 12, 2 / 3], abs=1e-15)
    assert found.ask == pytest.approx([1 / 4, 2 / 3], abs=1e-15)
    assert float(found.needed) == pytest.approx(1 / 4, abs=1e-15)
    assert float(found.struck) == pytest.approx(told["p_trade"], abs=1e-15)
    assert float(found.struck) == pytest.approx(told["p_trade_sim"], abs=1e-3)  # simulated: noise
    assert float(found.worthwhile) == pytest.approx(told["p_efficient"], abs=1e-15)
    assert (float(found.gain), float(found.possible)) == pytest.approx((9 / 64, 1 / 6), abs=1e-15)
    assert found.certificate.holds


bound = st.floats(-5, 5).map(lambda x: round(x, 3))


@settings(max_examples=40, deadline=None)
@given(st.tuples(bound, bound, bound, bound), st.floats(0.1, 4), st.floats(0.1, 4), st.sampled_from([0.0, 0.3, 0.5, 1]))
def test_nobody_gains_by_another_price_and_no_deal_is_one_too_many(
    ends: tuple[float, float, float, float], wide: float, broad: float, split: float
) -> None:
    found = double_auction(haggle(("a", "b"), worth=(ends[0], ends[0] + wide), cost=(ends[2], ends[2] + broad)),
                           split=split)  # fmt: skip
    assert found.certificate.holds
    assert float(found.possible) >= -1e-12
    if found.linear:
        assert -1e-12 <= float(found.struck) <= float(found.worthwhile) + 1e-12
        assert float(found.gain) <= float(found.possible) + 1e-12


def test_shares_are_those_of_many_throws() -> None:
    found = double_auction(haggle(("a", "b"), worth=(0, 1.2), cost=(0.1, 1.5)), split=0.3)
    rng = np.random.default_rng(1)
    worth, cost = rng.uniform(0, 1.2, 200_000), rng.uniform(0.1, 1.5, 200_000)
    deal = found.offer[0] + found.offer[1] * worth >= found.ask[0] + found.ask[1] * cost
    assert bool(found.linear)
    assert deal.mean() == pytest.approx(float(found.struck), abs=5e-3)
    assert ((worth - cost) * deal).mean() == pytest.approx(float(found.gain), abs=5e-3)
    assert (worth > cost).mean() == pytest.approx(float(found.worthwhile), abs=5e-3)


def test_where_nobody_could_gain_there_is_no_deal_and_where_all_would_there_is_no_straight_line() -> None:
    found = double_auction(haggle(("a", "b"), worth=(0, [0.4, 9.0]), cost=(0.5, 1)))
    assert found.worthwhile.tolist() == [0.0, pytest.approx(1 - 0.75 / 9)]
    assert found.struck[0] == 0
    assert found.linear.tolist() == [True, False]
    assert np.isnan(found.struck[1])


def test_what_is_no_haggling_is_refused() -> None:
    with pytest.raises(BoardError, match="leave nothing unknown"):
        haggle(("a", "b"), worth=(1, 1), cost=(0, 1))
    with pytest.raises(BoardError, match="no finite number"):
        haggle(("a", "b"), worth=(0, float("inf")), cost=(0, 1))
    with pytest.raises(AnalysisError, match="not between 0 and 1"):
        double_auction(haggle(("a", "b"), worth=(0, 1), cost=(0, 1)), split=2)
