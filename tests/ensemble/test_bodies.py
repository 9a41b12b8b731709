"""What a model says over draws is the plain average over them, however they are cut and whoever does them."""

from functools import partial

import numpy as np
import pytest
from jaxtyping import Float

from detente.analyses.compromise import compromise
from detente.analyses.median import median
from detente.analyses.prevails import prevails
from detente.analyses.spatial_bargaining import spatial_bargaining
from detente.boards import positions
from detente.boards.body import Body, body, within
from detente.ensemble import BINS, Drawing, Spread, draw_inputs, spread
from detente.ensemble.bodies import Model
from detente.errors import AnalysisError, UsageError
from detente.search.positions.spatial.settings import Settings
from detente.situation.nouns import Situation
from detente.situation.store import from_yaml

SEED = 11
COUNCIL = """title: The basin
author: {by: A. Reader, date: 2026-01-01}
parties:
  mill: {name: Mill owners}
  town: {name: The town}
  farm: {name: Farms}
  council: {name: Basin council, members: [mill, town, farm], decision_body: true}
issues:
  level: {name: level, scale: [4, 10], status_quo: 4}
  toll: {name: toll, status_quo: 0}
stances:
  mill:
    level: {position: [6, 9, 10], salience: [20, 50, 90]}
    toll: {position: 10, salience: 50}
  town:
    level: {position: 5, salience: 60}
    toll: {position: [50, 80, 90], salience: [5, 20, 50]}
  farm:
    level: {position: [4, 4, 8], salience: 40}
influence:
  - {party: mill, weight: [1, 2, 4]}
"""
MODELS: dict[str, Model] = {"prevails": prevails, "compromise": compromise, "median": median}


@pytest.fixture(scope="module")
def about() -> tuple[Situation, Body]:
    basin = from_yaml(COUNCIL)
    found = body(basin, "council")
    return within(basin, found), found


def looped(model: Model, about: tuple[Situation, Body], cuts: list[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The mass per hundredth of the scale and the sums of the one value, draw by draw."""
    situation, inside = about
    issues = len(situation.issues)
    mass, total, square = np.zeros((issues, BINS)), np.zeros(issues), np.zeros(issues)
    for index, draws in enumerate(cuts):
        drawn = draw_inputs(situation, draws, seed=SEED, chunk=index)
        for k in range(draws):
            one = {path: column[k : k + 1] for path, column in drawn.items()}
            said = model(positions(situation, parties=inside.heard, draws=one)).decision
            total += said.point[0]
            square += said.point[0] ** 2
            for i, issue in enumerate(situation.issues):
                low, high = issue.scale
                for at, weight in zip(said.levels[..., i, :].ravel(), said.weight[..., i, :].ravel(), strict=True):
                    mass[i, round((at - low) / (high - low) * (BINS - 1))] += weight
    return mass, total, square


def same(found: Spread, wanted: tuple[Float[np.ndarray, "..."], ...]) -> None:
    for got, want in zip((found.mass, found.total, found.square), wanted, strict=True):
        np.testing.assert_allclose(got, want, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", MODELS)
def test_what_is_averaged_is_what_a_plain_loop_over_the_draws_adds_up(name: str, about: tuple[Situation, Body]) -> None:
    found = spread(*about, {name: MODELS[name]}, drawing=Drawing(20, SEED))[name]
    same(found, looped(MODELS[name], about, [20]))
    assert found.count == 20
    np.testing.assert_allclose(found.shares.sum(axis=1), 1)
    np.testing.assert_allclose(found.point, found.total / 20)


def test_chunks_add_up_to_the_draws_of_all_of_them(about: tuple[Situation, Body]) -> None:
    found = spread(*about, MODELS, drawing=Drawing(11, SEED, size=4))
    for name, model in MODELS.items():
        assert found[name].count == 11
        same(found[name], looped(model, about, [4, 4, 3]))


def test_parts_add_up_in_any_grouping(about: tuple[Situation, Body]) -> None:
    a, b, c = (spread(*about, MODELS, drawing=Drawing(5, seed))["prevails"] for seed in (1, 2, 3))
    left, right = (a + b) + c, a + (b + c)
    assert left.count == right.count == 15
    same(left, (right.mass, right.total, right.square))
    np.testing.assert_array_equal(left.quantile(0.5), right.quantile(0.5))


def test_a_model_that_takes_long_is_asked_in_the_first_draws_of_the_others(about: tuple[Situation, Body]) -> None:
    few = spread(*about, {"prevails": prevails}, drawing=Drawing(6, SEED))["prevails"]
    every = draw_inputs(about[0], 40, seed=SEED)
    situation, inside = about
    first = {path: column[:6] for path, column in every.items()}
    said = prevails(positions(situation, parties=inside.heard, draws=first)).decision
    np.testing.assert_allclose(few.total, said.point.sum(axis=0), rtol=1e-12)


def test_the_models_beside_it_do_not_change_what_a_model_says(about: tuple[Situation, Body]) -> None:
    alone = spread(*about, {"median": median}, drawing=Drawing(9, SEED, size=4))["median"]
    beside = spread(*about, MODELS, drawing=Drawing(9, SEED, size=4))["median"]
    assert alone.mass.tobytes() == beside.mass.tobytes()
    assert alone.total.tobytes() == beside.total.tobytes()


def test_a_quantile_lies_on_a_hundredth_of_the_scale(about: tuple[Situation, Body]) -> None:
    found = spread(*about, MODELS, drawing=Drawing(9, SEED))["compromise"]
    ends = found.quantile(0.0), found.quantile(1.0)
    held = found.mass[0] > 0
    assert held[round(float((ends[1][0] - 4) / 6 * 100))]
    assert not held[round(float((ends[1][0] - 4) / 6 * 100)) + 1 :].any()
    assert (ends[0] <= found.quantile(0.5)).all()
    assert (found.quantile(0.5) <= ends[1]).all()


def test_bargains_by_lot_depend_on_the_seed_and_the_chunk_and_nothing_else(about: tuple[Situation, Body]) -> None:
    chance: Model = partial(spatial_bargaining, settings=Settings(transitions="stochastic"), rounds=2)
    by_lot = frozenset(("chance",))
    with pytest.raises(AnalysisError, match="rng"):
        spread(*about, {"chance": chance}, drawing=Drawing(2, SEED))
    drawn = [
        spread(*about, {"chance": chance}, drawing=Drawing(6, seed, size=3), by_lot=by_lot)["chance"].total.tobytes()
        for seed in (SEED, SEED, SEED + 1)
    ]
    assert drawn[0] == drawn[1] != drawn[2]


@pytest.mark.slow
@pytest.mark.parametrize("workers", [2, 8])
def test_any_number_of_workers_adds_up_to_the_same_bytes(workers: int, about: tuple[Situation, Body]) -> None:
    here = spread(*about, MODELS, drawing=Drawing(50, SEED, size=6))
    there = spread(*about, MODELS, drawing=Drawing(50, SEED, workers, size=6))
    for name in MODELS:
        assert here[name].mass.tobytes() == there[name].mass.tobytes()
        assert here[name].total.tobytes() == there[name].total.tobytes()
        assert here[name].square.tobytes() == there[name].square.tobytes()


@pytest.mark.parametrize(("draws", "size"), [(0, 8), (5, 0)])
def test_no_draws_are_refused(draws: int, size: int, about: tuple[Situation, Body]) -> None:
    with pytest.raises(UsageError, match="count from 1"):
        spread(*about, MODELS, drawing=Drawing(draws, SEED, size=size))
