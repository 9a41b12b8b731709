"""Scenario discovery: a corner that was planted is found, and where there is none, none is told."""

import numpy as np
import pytest

from detente.errors import AnalysisError
from detente.levers.claim import Open
from detente.levers.factors import Scalar, Scalars
from detente.levers.scenario import Scenario, scenario

DEAL = Scalar("deal", "holds")
INPUTS = tuple(Open(f"p{k}.cap.position", 0, 0.5, 1, "assumed") for k in range(6))
LINE = Open("iran.cap.hardness", 0, 1, 1, "assumed")


def drawn(count: int = 2000, seed: int = 1) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    return {one.path: rng.random(count) for one in INPUTS}


def found_in(values: np.ndarray, draws: dict[str, np.ndarray], *, inputs: int = 3) -> Scenario:
    return scenario(DEAL, values.astype(float), INPUTS, draws, inputs=inputs)


def test_a_planted_corner_is_found_with_its_bounds() -> None:
    draws = drawn()
    inside = (draws["p1.cap.position"] > 0.6) & (draws["p4.cap.position"] < 0.5)
    found = found_in(inside, draws)
    bounds = {b.path: (b.low, b.high) for b in found.bounds}
    assert set(bounds) == {"p1.cap.position", "p4.cap.position"}
    assert bounds["p1.cap.position"][0] == pytest.approx(0.6, abs=0.05)
    assert bounds["p4.cap.position"][1] == pytest.approx(0.5, abs=0.05)
    assert found.density > 0.9
    assert found.coverage > 0.9
    assert all(b.quasi_p < 1e-6 for b in found.bounds)


def test_a_planted_corner_is_found_through_noise() -> None:
    draws, rng = drawn(4000), np.random.default_rng(2)
    inside = (draws["p0.cap.position"] > 0.7) & (draws["p2.cap.position"] > 0.4)
    found = found_in(rng.random(4000) < np.where(inside, 0.85, 0.1), draws)
    assert {"p0.cap.position", "p2.cap.position"} <= {b.path for b in found.bounds}
    assert found.density > 0.7 > 0.3 > found.overall


def test_the_corner_of_what_does_not_hold_is_that_of_its_opposite() -> None:
    draws = drawn()
    inside = draws["p3.cap.position"] > 0.8
    assert found_in(inside, draws).bounds == scenario(DEAL, 1.0 - inside, INPUTS, draws, holds=False).bounds


def test_no_more_inputs_are_restricted_than_asked() -> None:
    draws = drawn()
    inside = np.all([draws[one.path] > 0.3 for one in INPUTS], axis=0)
    assert len(found_in(inside, draws, inputs=2).bounds) <= 2


def test_where_nothing_matters_no_corner_is_called_dense() -> None:
    draws = drawn()
    found = found_in(np.random.default_rng(5).random(2000) < 0.4, draws)
    assert found.bounds == ()
    assert (found.share, found.coverage) == (1.0, 1.0)


def test_a_red_line_is_real_or_not() -> None:
    rng = np.random.default_rng(3)
    draws = {**drawn(1000), "iran.cap.hardness": np.full(1000, 0.5), "iran.cap.real": rng.random(1000)}
    deal = (draws["iran.cap.real"] >= 0.5).astype(float)
    found = scenario(DEAL, deal, (*INPUTS, LINE), draws)
    assert [(b.path, b.low, b.high) for b in found.bounds] == [("iran.cap.hardness", None, 0.0)]
    assert (found.density, found.coverage) == (1.0, 1.0)


def test_the_way_leads_from_all_draws_to_a_small_dense_box() -> None:
    draws = drawn()
    found = found_in(draws["p1.cap.position"] > 0.6, draws)
    assert (found.way[0].share, found.way[0].coverage, found.way[0].inputs) == (1.0, 1.0, 0)
    shares = [step.share for step in found.way]
    assert shares == sorted(shares, reverse=True)


def test_draws_without_an_answer_do_not_count() -> None:
    draws = drawn()
    values = np.where(draws["p5.cap.position"] < 0.2, np.nan, draws["p1.cap.position"] > 0.6)
    found = scenario(DEAL, values, INPUTS, draws)
    assert found.draws == int((draws["p5.cap.position"] >= 0.2).sum())
    assert [b.path for b in found.bounds] == ["p1.cap.position"]


@pytest.mark.parametrize("values", [np.zeros(500), np.ones(500)])
def test_what_holds_everywhere_or_nowhere_has_no_corner(values: np.ndarray) -> None:
    with pytest.raises(AnalysisError, match="too few"):
        scenario(DEAL, values, INPUTS, drawn(500))


def test_without_inputs_there_is_no_corner() -> None:
    asked = Scalars((DEAL,), lambda d, _: d["p1.cap.position"][:, None])
    with pytest.raises(AnalysisError, match="no input"):
        scenario(DEAL, asked.over(drawn(100))[:, 0], (), drawn(100))
