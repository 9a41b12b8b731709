import csv
import json
from pathlib import Path

import numpy as np
import pytest

from detente.analyses.signalling_fit import ENDS, signalling_fit
from detente.boards.cases import Cases, cases
from detente.errors import AnalysisError


def test_the_published_likelihood_of_sanctions_comes_back(shared_dir: Path) -> None:
    file = shared_dir / "data/conflict/sanctionsData.csv"
    if not file.exists():
        pytest.skip("the sanctions cases are not here")
    told = json.loads((file.parent / "strategic_model_estimates.json").read_text())["lewis_schultz_sanctions"]
    with file.open() as text:
        rows = list(csv.DictReader(text))

    def column(name: str) -> np.ndarray | float:
        if name == "const":
            return 1.0
        plain = np.array([float(r[name.removeprefix("sqrt_")]) for r in rows])
        return np.sqrt(plain) if name.startswith("sqrt_") else plain

    terms: dict[str, dict[str, np.ndarray | float]] = {}
    for name in told["order"]:
        utility, regressor = name.split(":")
        terms.setdefault(utility, {})[regressor] = column(regressor)
    counts = np.array([[int(r[k]) for k in ("sq", "cd", "sf", "bd")] for r in rows])
    board = cases(ENDS, counts, terms, fixed={"VB": 0.0})
    found = signalling_fit(board, np.array(told["NPL"]))
    assert found.log_likelihood == pytest.approx(told["NPL_loglik_at_own_equilibria"], abs=1e-7)
    assert found.log_likelihood == pytest.approx(told["NPL_loglik_printed"], abs=5e-4)
    assert found.least == found.log_likelihood
    assert (found.several, found.open) == (0, 0)
    # The package's own fixed point, printed to fewer digits than its vector.
    assert np.abs(found.resist - [float(r["PRnpl"]) for r in rows]).max() < 5e-7


def example(counts: list[list[int]]) -> Cases:
    fixed = {"SA": 0.0, "VA": 1.0, "WA": -1.9, "a": -1.2, "CB": 0.0, "VB": 1.0}
    return cases(ENDS, np.array(counts), {"WB": {"const": 1.0}}, fixed=fixed)


def test_where_there_are_several_equilibria_the_likeliest_and_the_least_are_told() -> None:
    found = signalling_fit(example([[1, 0, 0, 0], [0, 5, 1, 1]]), np.array([-2.9]))
    assert found.several == 2
    assert found.resist == pytest.approx([0.813321720, 0.251104616], abs=1e-8)
    assert found.least < found.log_likelihood
    np.testing.assert_allclose(found.probability.sum(axis=1), 1.0, atol=1e-12)
    assert found.certificate.holds


def test_what_is_no_crisis_is_refused() -> None:
    with pytest.raises(AnalysisError, match="not about a crisis"):
        signalling_fit(cases(ENDS, np.array([[1, 0, 0, 0]]), {"WB": {"const": 1.0}}), np.zeros(1))
    with pytest.raises(AnalysisError, match="has 1 coefficients"):
        signalling_fit(example([[1, 0, 0, 0]]), np.zeros(2))
