import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.analyses.reciprocity import FORECASTERS, Reciprocity, reciprocity
from detente.boards.dealings import Dealings, dealings
from detente.errors import AnalysisError, BoardError


@pytest.fixture(scope="module")
def told(shared_dir: Path) -> Any:
    return json.loads((shared_dir / "data/outlook/structural_fits.json").read_text())["israel_palestine_var"]


@pytest.fixture(scope="module")
def found(shared_dir: Path) -> Reciprocity:
    file = shared_dir / "data/outlook/israel_palestine_weekly_goldstein_1979_2003.csv"
    with file.open(encoding="utf-8") as rows:
        weeks = [(float(r["i2p"]), float(r["p2i"])) for r in csv.DictReader(rows)]
    return reciprocity(dealings(("israel", "palestine"), weeks))


def test_the_published_coefficients_come_back(told: Any, found: Reciprocity) -> None:
    one, two, six = found.fits
    assert (one.weeks, two.weeks, six.weeks) == (told["n"] - 1, told["n"] - 2, told["n"] - 6)
    assert one.constant == pytest.approx(told["VAR1"]["const"], abs=5.1e-5)
    assert one.effect[0, :, 0] == pytest.approx(told["VAR1"]["i2p_lag"], abs=5.1e-5)
    assert one.effect[0, :, 1] == pytest.approx(told["VAR1"]["p2i_lag"], abs=5.1e-5)
    assert two.constant == pytest.approx(told["VAR2"]["const"], abs=5.1e-5)
    for lag in (1, 2):
        for k, series in enumerate(("i2p", "p2i")):
            assert two.effect[lag - 1, :, k] == pytest.approx(told["VAR2"][f"L{lag}.{series}"], abs=5.1e-5)
    assert found.certificate.holds


def test_the_published_fit_roots_and_answers_come_back(told: Any, found: Reciprocity) -> None:
    for fit in found.fits:
        assert fit.aic == pytest.approx(told["AIC"][str(fit.lags)], abs=5.1e-5)
        assert fit.root == pytest.approx(told["max_root"][str(fit.lags)], abs=5.1e-5)
    wanted = told["granger_F_p6"]
    assert found.answers == pytest.approx([wanted["p2i->i2p"], wanted["i2p->p2i"]], abs=5.1e-3)
    assert (found.chance < 1e-5).all()


def test_the_published_errors_come_back_and_the_other_side_hardly_helps(told: Any, found: Reciprocity) -> None:
    wanted = told["one_step_RMSE_last260"]
    for name, key in zip(FORECASTERS, ("VAR6", "AR6", "persistence", "mean52"), strict=True):
        assert found.error[FORECASTERS.index(name)] == pytest.approx(wanted[key], abs=5.1e-3)
    both, own, last, _ = found.error
    assert (both < last).all()
    assert (np.abs(both / own - 1) < 0.02).all()


@pytest.mark.slow
def test_renewed_every_week_the_other_sides_weeks_do_not_help_with_one_of_them(shared_dir: Path) -> None:
    file = shared_dir / "data/outlook/israel_palestine_weekly_goldstein_1979_2003.csv"
    with file.open(encoding="utf-8") as rows:
        weeks = [(float(r["i2p"]), float(r["p2i"])) for r in csv.DictReader(rows)]
    weekly = reciprocity(dealings(("israel", "palestine"), weeks), refit=1, beside=())
    assert weekly.error[0] == pytest.approx((137.18, 67.02), abs=5.1e-3)
    assert weekly.error[1] == pytest.approx((140.62, 65.59), abs=5.1e-3)
    assert weekly.helped.tolist() == [True, False]


def made(weeks: int = 400, answer: float = 0.6) -> Dealings:
    """The second answers the first by `answer`, and the first answers nobody."""
    rng = np.random.default_rng(3)
    done = np.zeros((weeks, 2))
    for t in range(1, weeks):
        done[t] = 1.0, -2.0
        done[t] += np.array([0.5 * done[t - 1, 0], answer * done[t - 1, 0] + 0.2 * done[t - 1, 1]]) + rng.normal(size=2)
    return dealings(("a", "b"), done)


def test_who_answers_is_found() -> None:
    found = reciprocity(made(), lags=1, beside=(), held_out=50)
    assert found.fits[0].effect[0] == pytest.approx(np.array([[0.5, 0.0], [0.6, 0.2]]), abs=0.12)
    assert found.chance[1] < 1e-6 < 1e-2 < found.chance[0]
    assert bool(found.helped[1])
    assert 0.3 < found.fits[0].root < 0.6


def test_another_unit_changes_no_answer() -> None:
    plain = made()
    scaled = dealings(("a", "b"), plain.done * np.array([10.0, 0.1]))
    one, other = (reciprocity(b, lags=2, beside=(), held_out=50) for b in (plain, scaled))
    assert other.answers == pytest.approx(one.answers)
    assert other.error == pytest.approx(one.error * np.array([10.0, 0.1]))


def test_what_cannot_be_fitted_is_refused() -> None:
    with pytest.raises(AnalysisError, match="too few"):
        reciprocity(made(100))
    flat = dealings(("a", "b"), np.ones((400, 2)))
    with pytest.raises(AnalysisError, match="repeat others"):
        reciprocity(flat, held_out=50)
    with pytest.raises(BoardError, match="lacks a number"):
        dealings(("a", "b"), [[1.0, float("nan")]])
