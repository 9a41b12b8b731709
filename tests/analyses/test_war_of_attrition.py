import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.analyses.war_of_attrition import war_of_attrition
from detente.boards.holdout import holdout
from detente.errors import AnalysisError, BoardError

share, chance = st.floats(0.51, 0.98), st.floats(0.001, 0.9)
rate = st.floats(0.01, 1.0)


def test_the_reference_table_comes_back(shared_dir: Path) -> None:
    for row in json.loads((shared_dir / "data/outlook/reference_tests.json").read_text())["abreu_gul"]:
        pairs = {k: (row[f"{k}1"], row[f"{k}2"]) for k in ("a", "r", "z", "lambda", "T", "v")}
        board = holdout(("a", "b"), demand=pairs["a"], impatience=pairs["r"], stubborn=pairs["z"])
        found = war_of_attrition(board)
        assert found.rate == pytest.approx(pairs["lambda"], abs=1e-12)
        assert found.alone == pytest.approx(pairs["T"], rel=1e-12)
        assert float(found.end) == pytest.approx(row["T0"], rel=1e-12)
        # 1.1e-16 in the table is nought, with a rounding error of its own.
        assert found.at_once == pytest.approx((row["F1_0"], row["F2_0"]), abs=1e-12)
        assert found.value == pytest.approx(pairs["v"], abs=1e-12)
        assert float(found.never) == pytest.approx(row["prob_never_agree"], abs=1e-15)
        assert found.certificate.holds


@settings(max_examples=60, deadline=None)
@given(share, share, rate, rate, chance, chance)
def test_only_one_side_gives_in_at_once(a: float, b: float, r: float, s: float, y: float, z: float) -> None:
    found = war_of_attrition(holdout(("a", "b"), demand=(a, b), impatience=(r, s), stubborn=(y, z)))
    assert found.at_once.min() == pytest.approx(0.0, abs=1e-12)
    assert (found.at_once >= -1e-12).all()
    assert (found.at_once < 1).all()
    assert found.certificate.holds


@settings(max_examples=40, deadline=None)
@given(share, share, rate, rate, chance, chance)
def test_the_order_of_the_parties_changes_nothing(a: float, b: float, r: float, s: float, y: float, z: float) -> None:
    found = war_of_attrition(holdout(("a", "b"), demand=(a, b), impatience=(r, s), stubborn=(y, z)), times=(1.0,))
    back = war_of_attrition(holdout(("b", "a"), demand=(b, a), impatience=(s, r), stubborn=(z, y)), times=(1.0,))
    np.testing.assert_array_equal(found.value, back.value[::-1])
    np.testing.assert_array_equal(found.yielded, back.yielded[:, ::-1])


def test_the_unit_of_time_is_that_of_the_rates() -> None:
    def asked(unit: float) -> tuple[float, list[float]]:
        rates = (0.1 / unit, 0.2 / unit)
        found = war_of_attrition(holdout(("a", "b"), demand=(0.7, 0.8), impatience=rates, stubborn=(0.1, 0.05)))
        return float(found.end) / unit, found.value.tolist()

    assert asked(30.0)[0] == pytest.approx(asked(1.0)[0], rel=1e-12)
    assert asked(30.0)[1] == pytest.approx(asked(1.0)[1], abs=1e-12)


def test_who_is_likelier_stubborn_gains() -> None:
    board = holdout(
        ("a", "b"), demand=(0.6, 0.6), impatience=(0.1, 0.1), stubborn=[(0.01 * k, 0.1) for k in range(1, 20)]
    )
    assert (np.diff(war_of_attrition(board).value[:, 0]) >= -1e-15).all()


def test_at_the_end_only_the_stubborn_are_left() -> None:
    board = holdout(("a", "b"), demand=(0.7, 0.6), impatience=(0.1, 0.1), stubborn=(0.1, 0.05))
    found = war_of_attrition(board, times=(0.0, 5.0, 1e6))
    np.testing.assert_allclose(1 - found.yielded[2], [0.1, 0.05], rtol=1e-12)
    np.testing.assert_allclose(found.yielded[0], found.at_once, atol=1e-15)


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ({"demand": (0.4, 0.5)}, "fit into the whole"),
        ({"demand": (1.0, 0.5)}, "takes all of it"),
        ({"impatience": (0.0, 0.1)}, "does not mind waiting"),
        ({"stubborn": (0.0, 0.1)}, "probability of 0 or 1"),
        ({"stubborn": (0.1,)}, "is missing"),
    ],
)
def test_a_contest_that_is_none_is_refused(given_: dict[str, tuple[float, ...]], said: str) -> None:
    fine = {"demand": (0.7, 0.6), "impatience": (0.1, 0.1), "stubborn": (0.1, 0.1)}
    both = fine | given_
    with pytest.raises(BoardError, match=said):
        holdout(("a", "b"), demand=both["demand"], impatience=both["impatience"], stubborn=both["stubborn"])


def test_a_moment_before_the_start_is_refused() -> None:
    board = holdout(("a", "b"), demand=(0.7, 0.6), impatience=(0.1, 0.1), stubborn=(0.1, 0.1))
    with pytest.raises(AnalysisError, match="before the start"):
        war_of_attrition(board, times=(-1.0,))
