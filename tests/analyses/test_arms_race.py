import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.analyses.arms_race import arms_race
from detente.boards.armament import Armament, armament
from detente.errors import AnalysisError, BoardError

rate = st.floats(0.05, 2.0)
level = st.floats(-2.0, 2.0)


def test_the_reference_values_come_back(shared_dir: Path) -> None:
    told = json.loads((shared_dir / "data/outlook/reference_tests.json").read_text())["richardson"]
    board = armament(("a", "b"), reaction=(told["k"], told["l"]), fatigue=(told["a"], told["b"]),
                     grievance=(told["g"], told["h"]))  # fmt: skip
    found = arms_race(board)
    assert bool(found.stable) == told["stable"]
    assert found.rest == pytest.approx((told["x"], told["y"]), abs=1e-14)
    assert found.roots == pytest.approx(told["eigs"], abs=1e-14)
    assert found.certificate.holds


def stepped(board: Armament, until: float, steps: int = 4000) -> np.ndarray:
    """Follow the equation in small steps, by another method (Runge and Kutta's fourth)."""
    at, step = board.start.copy(), until / steps

    def moves(x: np.ndarray) -> np.ndarray:
        return np.asarray(board.reaction * x[::-1] - board.fatigue * x + board.grievance)

    for _ in range(steps):
        one = moves(at)
        two = moves(at + step / 2 * one)
        three = moves(at + step / 2 * two)
        at = at + step / 6 * (one + 2 * two + 2 * three + moves(at + step * three))
    return at


@pytest.mark.parametrize(
    ("reaction", "fatigue", "grievance", "start"),
    [
        ((0.8, 0.6), (1, 1), (0.5, 0.3), (2, -1)),
        ((2, 1.5), (1, 0.7), (0.1, -0.2), (0.3, 0.1)),
        ((0, 0), (0.5, 0.5), (0.2, 0.4), (1, 1)),
        ((1, 1), (1, 1), (0.2, 0.3), (0, 1)),
        ((0.7, 0), (0.4, 0.4), (0.2, 0.4), (1, 2)),
    ],
)
def test_the_course_is_that_of_small_steps(
    reaction: tuple[float, float], fatigue: tuple[float, float], grievance: tuple[float, float],
    start: tuple[float, float],
) -> None:  # fmt: skip
    board = armament(("a", "b"), reaction=reaction, fatigue=fatigue, grievance=grievance, start=start)
    assert arms_race(board, times=(0.0, 3.0)).course[1] == pytest.approx(stepped(board, 3.0), rel=1e-7, abs=1e-7)


@settings(max_examples=25, deadline=None)
@given(*[st.tuples(one, one) for one in (rate, rate, level, level)])
def test_what_is_stable_comes_to_rest_and_what_is_not_runs_away(
    reaction: tuple[float, float], fatigue: tuple[float, float], grievance: tuple[float, float],
    start: tuple[float, float],
) -> None:  # fmt: skip
    board = armament(("a", "b"), reaction=reaction, fatigue=fatigue, grievance=grievance, start=start)
    root = arms_race(board).roots[1]
    if abs(root) < 0.01:
        return
    late = 40 / abs(root)
    found = arms_race(board, times=(late,))
    assert found.certificate.holds
    if found.stable:
        assert found.course[0] == pytest.approx(found.rest, rel=1e-6, abs=1e-6)
        assert float(found.runs) == 0
    elif found.runs != 0:
        assert (np.sign(found.course[0]) == float(found.runs)).all()


def test_more_fatigue_never_leads_to_more_arms() -> None:
    tired = np.stack([np.linspace(0.8, 3, 20), np.ones(20)], axis=-1)
    found = arms_race(armament(("a", "b"), reaction=(0.8, 0.6), fatigue=tired, grievance=(0.5, 0.3)))
    assert found.stable.all()
    assert (np.diff(found.rest, axis=0) < 0).all()


def test_half_of_a_disturbance_is_gone_when_it_is_said() -> None:
    still: Any = {"reaction": (0.5, 0.5), "fatigue": (1.0, 1.0), "grievance": (0.0, 0.0)}
    half = float(arms_race(armament(("a", "b"), **still)).halved)
    found = arms_race(armament(("a", "b"), **still, start=(2.0, 2.0)), times=(half,))
    assert found.course[0] == pytest.approx((1.0, 1.0))


def test_what_is_no_race_is_refused() -> None:
    with pytest.raises(BoardError, match="never tires"):
        armament(("a", "b"), reaction=(1, 1), fatigue=(0, 1), grievance=(0, 0))
    with pytest.raises(BoardError, match="is missing"):
        armament(("a", "b"), reaction=(1, 1), fatigue=(1, 1), grievance=(0, float("nan")))
    with pytest.raises(AnalysisError, match="from 0 on"):
        arms_race(armament(("a", "b"), reaction=(1, 1), fatigue=(2, 2), grievance=(0, 0)), times=(-1.0,))
