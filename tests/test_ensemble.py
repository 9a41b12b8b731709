"""Draws stay within their ranges, have the right shape, and belong to their path alone."""

import hashlib
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.ensemble import draw_inputs, share, uniform
from detente.errors import UsageError
from detente.situation.nouns import Issue, RedLine, Situation, Stance
from detente.situation.paths import with_value
from detente.situation.values import Basis, Range

# Another process finds the package where this one does, installed or not.
ENV = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
CODER = Basis(kind="entered", by="coder")
LEVELS = st.floats(-1e6, 1e6).map(lambda v: round(v, 3))


def known(low: float, best: float, high: float) -> Range:
    return Range(low=low, best=best, high=high, basis=CODER)


def stance(party: str, issue: str = "missiles") -> Stance:
    line = RedLine(at=known(20, 25, 30), accepts="at_most", hardness=known(0, 0.5, 1))
    return Stance(party=party, issue=issue, position=known(0, 10, 40), salience=known(50, 80, 100), red_line=line)


def situation(*parties: str) -> Situation:
    issue = Issue(id="missiles", name="Missiles", status_quo=Range.point(0, CODER))
    return Situation(title="t", issues=(issue,), stances=tuple(stance(p) for p in parties))


def test_another_input_changes_no_byte_of_this_one() -> None:
    few = draw_inputs(situation("iran"), 500, seed=7)
    many = draw_inputs(situation("oman", "iran", "israel"), 500, seed=7)
    edited = draw_inputs(with_value(situation("iran"), "iran.missiles.salience", known(0, 1, 2)), 500, seed=7)
    for path, column in few.items():
        assert column.tobytes() == many[path].tobytes()
        assert (column.tobytes() == edited[path].tobytes()) == (path != "iran.missiles.salience")


def test_an_edited_range_keeps_its_random_numbers() -> None:
    before = draw_inputs(situation("iran"), 500, seed=7)["iran.missiles.position"]
    wider = with_value(situation("iran"), "iran.missiles.position", known(0, 20, 80))
    np.testing.assert_allclose(draw_inputs(wider, 500, seed=7)["iran.missiles.position"], 2 * before)


def test_every_input_is_drawn_and_every_red_line_has_its_uniform() -> None:
    found = draw_inputs(situation("iran"), 5, seed=0)
    assert sorted(found) == [
        "iran.missiles.hardness",
        "iran.missiles.position",
        "iran.missiles.real",
        "iran.missiles.red_line",
        "iran.missiles.salience",
        "missiles.status_quo",
    ]


@settings(max_examples=100, deadline=None)
@given(st.tuples(LEVELS, LEVELS, LEVELS).map(sorted), st.integers(0, 2**70), st.integers(0, 100))
def test_draws_stay_within_their_range(ends: list[float], seed: int, chunk: int) -> None:
    changed = with_value(situation("iran"), "iran.missiles.position", known(*ends))
    column = draw_inputs(changed, 200, seed=seed, chunk=chunk)["iran.missiles.position"]
    assert column.shape == (200,)
    assert ends[0] <= column.min()
    assert column.max() <= ends[2]


@pytest.mark.parametrize("ends", [(0, 10, 40), (0, 0, 1), (0, 1, 1), (-5, 0, 5), (99, 99.5, 100)])
def test_mean_and_quantiles_are_those_of_the_triangle(ends: tuple[float, float, float]) -> None:
    low, best, high = ends
    column = draw_inputs(with_value(situation("i"), "i.missiles.position", known(*ends)), 200_000, seed=3)
    x = column["i.missiles.position"]
    width = high - low
    deviation = np.sqrt((low**2 + best**2 + high**2 - low * best - low * high - best * high) / 18)
    assert abs(x.mean() - (low + best + high) / 3) < 5 * deviation / np.sqrt(x.size)
    assert abs(x.std() - deviation) < 0.01 * width
    assert abs((x <= best).mean() - (best - low) / width) < 0.006


def test_a_point_is_the_same_in_every_draw() -> None:
    assert set(draw_inputs(situation("iran"), 50, seed=1)["missiles.status_quo"].tolist()) == {0.0}


def test_seed_chunk_and_path_each_make_another_stream() -> None:
    streams = [
        uniform("a.b", 100, seed=1),
        uniform("a.b", 100, seed=2),
        uniform("a.b", 100, seed=1, chunk=1),
        uniform("a.c", 100, seed=1),
        uniform("a.b", 100, seed=11, chunk=0),
    ]
    assert len({s.tobytes() for s in streams}) == len(streams)


def test_two_paths_are_not_correlated() -> None:
    together = np.corrcoef(uniform("a.b", 100_000, seed=1), uniform("a.c", 100_000, seed=1))
    assert abs(together[0, 1]) < 0.02


def test_the_stream_of_a_path_never_changes() -> None:
    # A change here means that no earlier run can be repeated.
    digest = hashlib.sha256(uniform("iran.missiles.position", 1000, seed=7, chunk=3).astype("<f8").tobytes())
    assert digest.hexdigest()[:16] == "45b7beb4edad6d87"


def test_another_process_draws_the_same_bytes() -> None:
    program = "from detente.ensemble import uniform; print(uniform('a.b', 9, seed=1).tobytes().hex())"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=ENV)
    assert found.stdout.strip() == uniform("a.b", 9, seed=1).tobytes().hex()


def test_hardness_is_the_share_of_draws_in_which_a_red_line_is_real() -> None:
    sure = with_value(situation("iran"), "iran.missiles.hardness", known(0.3, 0.3, 0.3))
    found = draw_inputs(sure, 100_000, seed=5)
    real = share(found["iran.missiles.real"] < found["iran.missiles.hardness"])
    assert real.value == pytest.approx(0.3, abs=0.01)
    assert real.draws == 100_000


@pytest.mark.parametrize(("draws", "seed", "chunk"), [(0, 1, 0), (-5, 1, 0), (5, -1, 0), (5, 1, -1)])
def test_impossible_requests_are_refused_in_words(draws: int, seed: int, chunk: int) -> None:
    with pytest.raises(UsageError, match=r"(Ask for at least 1|Give numbers of 0 or more)\."):
        draw_inputs(situation("iran"), draws, seed=seed, chunk=chunk)
