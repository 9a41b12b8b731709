"""How packages are weighed: as the equation says, and as well as on the recorded runs it was chosen on."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from tests.boards.drawn_boards import Plain, Size, random_board
from tests.boards.worlds import SEEDS, tried

from detente.analyses.likely import likely, surprise
from detente.boards import Deals, scored, with_modes
from detente.errors import AnalysisError


@tried
@given(seed=SEEDS)
def test_each_package_weighs_what_the_equation_says(seed: int) -> None:
    board = random_board(seed, Size(draws=3))
    found = likely(board, sharpness=5, keep=1000)
    total: dict[tuple[int, ...], float] = {}
    for one in (Plain(board, d) for d in range(3)):
        gains = {k: one.gains(k) for k in one.admissible()}
        spread = [max(g) - min(g) for g in zip(*gains.values(), strict=True)]
        weight = {
            k: math.prod(1 / (1 + math.exp(-5 * g / r)) for g, r in zip(row, spread, strict=True) if r)
            for k, row in gains.items()
        }
        for k, w in weight.items():
            total[k] = total.get(k, 0.0) + w / sum(weight.values()) / 3
    assert {w.package: pytest.approx(w.share) for w in found.top} == total
    assert found.certificate.holds
    for i, shares in enumerate(found.level_share):
        expected = [sum(w for k, w in total.items() if k[i] == o) for o in range(shares.size)]
        assert shares.tolist() == pytest.approx(expected)


@tried
@given(seed=SEEDS)
def test_surprise_is_minus_the_logarithm_of_the_share(seed: int) -> None:
    board = random_board(seed, Size(draws=0))
    found = likely(board, keep=1000)
    for weighed in found.top:
        told = surprise(board, np.array([weighed.package]))
        assert told[0] == pytest.approx(-math.log(weighed.share))
    assert surprise(board, np.array([board.status_quo]))[0] == math.inf


def test_a_sharper_acceptance_leans_to_what_everybody_accepts() -> None:
    board = scored({"cap": [[0, 40, 30], [0, -10, 5]], "relief": [[0, -20, 5], [0, 60, 2]]}, parties=("usa", "iran"))
    shares = [likely(board, sharpness=b).accepted_share for b in (0.01, 3, 12, 50)]
    assert shares == sorted(shares)
    assert likely(board, sharpness=0.001).effective == pytest.approx(8, abs=0.01)


def test_what_cannot_be_asked_is_refused_in_words() -> None:
    board = scored({"cap": [[0, 40], [0, -10]]}, parties=("usa", "iran"))
    with pytest.raises(AnalysisError, match="above 0"):
        likely(board, sharpness=0)
    with pytest.raises(AnalysisError, match="at least 1"):
        likely(board, keep=0)
    with pytest.raises(AnalysisError, match="told for one case"):
        surprise(random_board(1), np.array([[0, 0, 0]]))


def game(folder: Path, name: str) -> tuple[Deals, list[str]]:
    """A scorable game: every issue must be settled, the thresholds are what no deal is worth."""
    told = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    rows = {issue: [[0, *told["scores"][p][i]] for p in told["parties"]] for i, issue in enumerate(told["issues"])}
    floor = [told["threshold"][p] for p in told["parties"]]
    board = scored(rows, parties=told["parties"], no_deal=floor)
    return with_modes(board, {i: ("in", None) for i in told["issues"]}), told["issues"]


def test_recorded_machine_play_is_as_surprising_as_stated(shared_dir: Path) -> None:
    folder = shared_dir / "data" / "deals" / "llm_deliberation"
    records = json.loads((folder / "llm_run_final_deals.json").read_text(encoding="utf-8"))
    means, alike, runs = [], [], 0
    for record in (r for r in records.values() if r["runs"] > 1):
        board, issues = game(folder, record["game"])
        deals = {tuple(int(x[1:]) for x in deal.split(",")): n for deal, n in record["final_deals"].items()}
        assert all(len(k) == len(issues) for k in deals)
        nats = surprise(board, np.array(list(deals)))
        means.append(float(nats @ np.array(list(deals.values()))) / record["runs"])
        alike.append(math.log(math.prod(at.size - 1 for at in board.levels)))
        runs += record["runs"]
    assert (len(means), runs) == (7, 215)
    assert np.mean(means) == pytest.approx(5.118, abs=0.001)
    assert np.mean(alike) == pytest.approx(6.777, abs=0.001)
