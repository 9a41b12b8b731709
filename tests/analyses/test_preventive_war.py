import json
from pathlib import Path

import numpy as np
import pytest

from detente.analyses.preventive_war import preventive_war
from detente.boards.shift import shift
from detente.errors import BoardError


def test_the_reference_values_come_back(shared_dir: Path) -> None:
    for row in json.loads((shared_dir / "data/outlook/reference_tests.json").read_text())["commitment_problem"]:
        board = shift(("a", "b"), win=(row["p1"], row["p2"]), discount=row["delta"], costs=(row["cA"], row["cB"]))
        found = preventive_war(board)
        assert float(found.war) == pytest.approx(row["war_now"], abs=1e-12)
        assert float(found.peace) == pytest.approx(row["peace_max"], abs=1e-12)
        assert bool(found.fights) == row["preventive_war"]
        assert found.certificate.holds


def test_the_flip_point_is_where_the_answer_flips() -> None:
    flip = float(preventive_war(shift(("a", "b"), win=(0.7, 0.5), discount=0.9, costs=(0.5, 0.5))).flip)
    near = shift(("a", "b"), win=(0.7, np.array([flip - 1e-6, flip + 1e-6])), discount=0.9, costs=(0.5, 0.5))
    assert preventive_war(near).fights.tolist() == [True, False]


def test_without_a_shift_nobody_fights() -> None:
    level = np.linspace(0, 1, 11)
    assert not preventive_war(shift(("a", "b"), win=(level, level), discount=0.9, costs=(0.0, 0.0))).fights.any()


def test_what_is_no_shift_is_refused() -> None:
    with pytest.raises(BoardError, match="discount"):
        shift(("a", "b"), win=(0.5, 0.5), discount=1.0, costs=(0, 0))
    with pytest.raises(BoardError, match="not between 0 and 1"):
        shift(("a", "b"), win=(1.5, 0.5), discount=0.5, costs=(0, 0))
    with pytest.raises(BoardError, match="less than 0"):
        shift(("a", "b"), win=(0.5, 0.5), discount=0.5, costs=(-1, 0))
