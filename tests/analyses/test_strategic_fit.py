import csv
import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.analyses.strategic_fit import FIRST, SECOND, SPREAD, log_likelihood, probabilities, strategic_fit
from detente.boards.cases import Cases, cases
from detente.errors import AnalysisError, BoardError

NAMES = {"u1_noattack": FIRST[0], "u1_devaluation": FIRST[1], "u1_defense": FIRST[2], "u2_defense": SECOND}
NAMES |= {"u1_sq": FIRST[0], "u1_war": FIRST[2], "u2_war": SECOND, "log_sigma": SPREAD}
Terms = dict[str, dict[str, np.ndarray | float]]


def estimates(shared_dir: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared_dir / "data/conflict/strategic_model_estimates.json").read_text())
    return found


@pytest.fixture(scope="module")
def attacks(shared_dir: Path) -> list[dict[str, str]]:
    file = shared_dir / "data/outlook/leblang2003_GPL.csv.gz"
    if not file.exists():
        pytest.skip("the cases of Leblang (2003) are not here")
    with gzip.open(file, "rt") as text:
        return list(csv.DictReader(text))


def board(rows: list[dict[str, str]], wanted: list[str], fixed: dict[str, float] | None = None) -> Cases:
    terms: Terms = {}
    for name in wanted:
        utility, column = name.split(":")
        values = 1.0 if column == "const" else np.array([float(r[column]) for r in rows])
        terms.setdefault(NAMES[utility], {})[column] = values
    ends = ("no attack", "devaluation", "defense")
    counts = np.array([[r["outcome"] == e for e in ends] for r in rows]).astype(int)
    return cases(ends, counts, terms, fixed=fixed)


def test_the_published_likelihood_of_currency_attacks_comes_back(
    shared_dir: Path, attacks: list[dict[str, str]]
) -> None:
    told = estimates(shared_dir)["leblang2003"]
    found, at = board(attacks, list(told["coefficients"])), np.array(list(told["coefficients"].values()))
    assert log_likelihood(found, at)[0] == pytest.approx(told["loglik_reproduced_at_printed_coefficients"], abs=1e-7)
    assert log_likelihood(found, at)[0] == pytest.approx(told["loglik_printed"], abs=5e-5)
    assert log_likelihood(found, at, shocks="errors")[0] == pytest.approx(
        told["agent_error_loglik_same_coefs"], abs=1e-6
    )


def test_the_published_coefficients_of_currency_attacks_are_found(
    shared_dir: Path, attacks: list[dict[str, str]]
) -> None:
    told = estimates(shared_dir)["leblang2003"]
    found = strategic_fit(board(attacks, list(told["coefficients"])), rng=np.random.default_rng(0), starts=0)
    assert found.log_likelihood == pytest.approx(told["loglik_at_mle_bfgs"], abs=1e-6)
    # Four digits are printed, and the likelihood is flat enough that the last one is theirs.
    assert found.coefficient == pytest.approx(list(told["coefficients"].values()), abs=1e-4)
    assert found.identified
    assert found.certificate.holds


def test_the_published_likelihood_with_a_spread_of_its_own_comes_back(
    shared_dir: Path, attacks: list[dict[str, str]]
) -> None:
    told = estimates(shared_dir)["leblang2003"]["sd_formula_model"]
    found = board(attacks, told["coefs_order"])
    assert log_likelihood(found, np.array(told["coefs"]))[0] == pytest.approx(told["loglik_reproduced"], abs=1e-6)


def test_the_published_likelihood_with_fixed_payoffs_comes_back(
    shared_dir: Path, attacks: list[dict[str, str]]
) -> None:
    told = estimates(shared_dir)["leblang2003"]["fixed_utilities_model"]
    fixed = dict(zip((*FIRST, SECOND), told["utils_u11_u13_u14_u24"], strict=True))
    found = board(attacks, ["log_sigma:const"], fixed={k: float(v) for k, v in fixed.items()})
    at = np.array([told["log_sigma"]])
    assert log_likelihood(found, at)[0] == pytest.approx(told["loglik_reproduced"], abs=1e-6)


def test_the_disputes_of_a_century_come_back(shared_dir: Path) -> None:
    file = shared_dir / "data/conflict/war1800.csv"
    if not file.exists():
        pytest.skip("the disputes 1816 to 1899 are not here")
    told = estimates(shared_dir)["war1800"]
    with file.open() as text:
        rows = list(csv.DictReader(text))
    needed = ("s_wt_re1", "revis1", "balanc", "regime1", "regime2", "esc", "war")
    rows = [r for r in rows if all(r[k] not in ("", "NA") for k in needed)]
    assert len(rows) == 282
    for r in rows:
        r |= {k: str(int(r["regime1"] == k)) for k in ("dem", "mixed")}
        r |= {f"2{k}": str(int(r["regime2"] == k)) for k in ("dem", "mixed")}
        acted = float(r["esc"]) > 0
        r["outcome"] = ("defense" if float(r["war"]) > 0 else "devaluation") if acted else "no attack"
    order = [
        n.replace("u2_war:dem", "u2_war:2dem").replace("u2_war:mixed", "u2_war:2mixed") for n in told["coefs_order"]
    ]
    found = strategic_fit(board(rows, order), rng=np.random.default_rng(0), shocks="errors", starts=1)
    assert found.log_likelihood == pytest.approx(told["loglik"], abs=1e-6)
    assert found.coefficient == pytest.approx(told["coefs"], abs=1e-5)


def made(count: int, at: np.ndarray, *, shocks: str = "private") -> Cases:
    rng = np.random.default_rng(7)
    power, tie = rng.normal(0, 1, (2, count))
    terms: Terms = {FIRST[0]: {"tie": tie}, FIRST[1]: {"const": 1.0}, SECOND: {"const": 1.0, "power": power}}
    blank = cases(("calm", "won", "war"), np.tile([1, 0, 0], (count, 1)), terms)
    p = probabilities(blank, at, shocks=shocks)
    ends = (rng.random((count, 1)) > p.cumsum(axis=1)).sum(axis=1)
    return cases(("calm", "won", "war"), np.eye(3, dtype=int)[np.minimum(ends, 2)], terms)


@pytest.mark.parametrize("shocks", ["private", "errors"])
def test_the_coefficients_that_made_the_cases_come_back(shocks: str) -> None:
    at = np.array([0.6, 0.8, -0.3, 0.7])
    found = strategic_fit(made(4_000, at, shocks=shocks), rng=np.random.default_rng(1), shocks=shocks, starts=1)
    assert (np.abs(found.coefficient - at) < 4 * found.error).all()
    assert len({round(c.log_likelihood, 4) for c in found.climbs if c.peak}) == 1


@pytest.mark.parametrize("shocks", ["private", "errors"])
def test_the_derivative_is_that_of_differences(shocks: str) -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(0, 1, (30, 6))
    terms: Terms = {u: {"x": x[:, k]} for k, u in enumerate((*FIRST, SECOND, SPREAD))}
    found = cases(("a", "b", "c"), rng.integers(0, 3, (30, 3)) + np.array([1, 0, 0]), terms)
    at = rng.normal(0, 0.5, 5)
    up = log_likelihood(found, at, shocks=shocks)[1]
    for k, one in enumerate(np.eye(5) * 1e-6):
        by = log_likelihood(found, at + one, shocks=shocks)[0] - log_likelihood(found, at - one, shocks=shocks)[0]
        assert up[k] == pytest.approx(by / 2e-6, rel=1e-6, abs=1e-6)


def test_what_the_cases_cannot_tell_is_told() -> None:
    x = np.linspace(-1, 1, 40)
    terms: Terms = {FIRST[0]: {"x": x}, FIRST[1]: {"x": x}, FIRST[2]: {"x": x}}
    found = strategic_fit(
        cases(("a", "b", "c"), np.tile([2, 1, 1], (40, 1)), terms), rng=np.random.default_rng(0), starts=1
    )
    assert not found.identified
    assert np.isnan(found.error).all()


def test_what_is_no_model_is_refused() -> None:
    ends = np.eye(3, dtype=int)
    with pytest.raises(AnalysisError, match="no kind of shocks"):
        log_likelihood(cases(("a", "b", "c"), ends, {SECOND: {"const": 1.0}}), np.zeros(1), shocks="none")
    with pytest.raises(AnalysisError, match="none of the utilities"):
        log_likelihood(cases(("a", "b", "c"), ends, {"greed": {"const": 1.0}}), np.zeros(1))
    with pytest.raises(BoardError, match="sum of others"):
        cases(("a", "b", "c"), ends, {SECOND: {"const": 1.0, "again": 2.0}})
    with pytest.raises(BoardError, match="no count"):
        cases(("a", "b", "c"), ends * 0, {SECOND: {"const": 1.0}})
    with pytest.raises(BoardError, match="does not have 3 numbers"):
        cases(("a", "b", "c"), ends, {SECOND: {"x": np.zeros(2)}})
