"""The default forecast, and the decisions of the European Union on which it rests."""

import csv
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.search.positions.boards import body, random_body

from detente.analyses.compromise import compromise
from detente.analyses.condorcet_election import condorcet_election
from detente.analyses.median import median
from detente.analyses.prevails import prevails
from detente.boards.decision import Decision
from detente.errors import AnalysisError


def crps(decision: Decision, outcome: np.ndarray) -> np.ndarray:
    """E|X - y| - E|X - X'|/2, with X and X' apart and alike distributed."""
    x, w = decision.levels[:, 0], decision.weight[:, 0]
    apart = np.abs(x[:, :, None] - x[:, None, :])
    return np.asarray((w * np.abs(x - outcome[:, None])).sum(axis=1) - np.einsum("da,db,dab->d", w, w, apart) / 2)


def test_the_accuracy_on_past_decisions_comes_back(shared_dir: Path) -> None:
    issues: dict[str, list[list[float]]] = defaultdict(list)
    with (shared_dir / "data/positions/deu3/capabilities.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            issues[row["issue"]].append([float(row[c]) for c in ("position", "salience", "capability", "outcome")])
    by_size: dict[int, list[list[list[float]]]] = defaultdict(list)
    for rows in issues.values():
        by_size[len(rows)].append(rows)
    missed: dict[str, list[float]] = defaultdict(list)
    for some in by_size.values():
        at, salience, capability, outcome = np.moveaxis(np.array(some), -1, 0)
        board, end = body(at, salience, capability), outcome[:, 0]
        elected, mixed = condorcet_election(board), prevails(board)
        points = {
            "compromise": compromise(board).decision.point,
            "salience alone": compromise(replace(board, influence=np.ones_like(board.at))).decision.point,
            "median": median(board, weighted=False, tie="midpoint").decision.point,
            "lower median": median(board, weighted=False).decision.point,
            "elected": elected.decision.point,
        }
        for name, point in points.items():
            missed[name] += np.abs(point[:, 0] - end).tolist()
        missed["election"] += crps(elected.decision, end).tolist()
        missed["positions"] += crps(compromise(board).decision, end).tolist()
        missed["mixture"] += crps(mixed.decision, end).tolist()
    assert {len(row) for row in missed.values()} == {351}
    assert {name: round(float(np.mean(row)), 3) for name, row in missed.items()} == {
        "compromise": 22.993,
        "salience alone": 23.641,
        "median": 28.369,
        "lower median": 28.667,
        "elected": 22.541,
        "election": 15.908,
        "positions": 18.136,
        "mixture": 15.697,
    }


def test_the_parts_are_mixed_as_asked() -> None:
    board = random_body(2, draws=6)
    mixed = prevails(board)
    elected = condorcet_election(board)
    np.testing.assert_array_equal(mixed.election, elected.decision.weight)
    np.testing.assert_allclose(mixed.held, compromise(board).pull)
    np.testing.assert_allclose(
        mixed.decision.mean, 0.75 * elected.decision.mean + 0.25 * compromise(board).decision.point
    )
    assert (np.diff(mixed.decision.levels, axis=-1) >= 0).all()
    np.testing.assert_allclose(mixed.decision.weight.sum(axis=-1), 1)
    alone = prevails(board, blend=1.0)
    np.testing.assert_array_equal(alone.decision.point, elected.decision.point)
    np.testing.assert_allclose(
        prevails(board, blend=0.0, point="mean").decision.point, compromise(board).decision.point
    )


def test_a_body_that_agrees_decides_for_what_it_agrees_on() -> None:
    found = prevails(body([[37.0, 37.0], [20.0, 90.0]])).decision
    assert found.weight[0, 0][found.levels[0, 0] == 37.0].sum() == pytest.approx(1.0)
    assert found.point[0, 0] == 37.0
    assert found.weight[1].max() < 0.5


def test_each_draw_has_the_bytes_of_its_own_case() -> None:
    board = random_body(7, draws=30)
    together = prevails(board).decision
    for d in (0, 29):
        one = replace(
            board, at=board.at[d], salience=board.salience[d], influence=board.influence[d], status_quo=np.zeros(1)
        )
        assert prevails(one).decision.weight.tobytes() == together.weight[d].tobytes()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"blend": 1.5}, r"A blend of 1\.5 is no share"),
        ({"blend": float("nan")}, "is no share"),
        ({"grid": 1}, "A grid of 1"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(setting: dict[str, float], said: str) -> None:
    with pytest.raises(AnalysisError, match=said):
        prevails(body([0.0, 1.0]), **setting)  # type: ignore[arg-type]
