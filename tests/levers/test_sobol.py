"""Sobol indices: what is known in closed form comes out, and what another program says of the same runs."""

import numpy as np
import pytest
from jaxtyping import Float

from detente.errors import AnalysisError
from detente.levers.sobol import Model, indices, matrices, sobol

NAMES = ("x1", "x2", "x3")


def ishigami(points: Float[np.ndarray, "row factor"], _: int) -> Float[np.ndarray, "row answer"]:
    x = (2 * points - 1) * np.pi
    return np.asarray(np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))[:, None]


def ishigami_by_hand() -> tuple[list[float], list[float]]:
    a, b = 7.0, 0.1
    one = 0.5 * (1 + b * np.pi**4 / 5) ** 2
    two, both = a**2 / 8, b**2 * np.pi**8 * (1 / 18 - 1 / 50)
    whole = one + two + both
    return [one / whole, two / whole, 0.0], [(one + both) / whole, two / whole, both / whole]


def g_function(points: Float[np.ndarray, "row factor"], _: int) -> Float[np.ndarray, "row answer"]:
    a = np.array([0.0, 1.0, 4.5, 9.0, 99.0])
    return np.asarray(np.prod((np.abs(4 * points - 2) + a) / (1 + a), axis=1))[:, None]


def g_by_hand() -> tuple[list[float], list[float]]:
    parts = 1 / (3 * (1 + np.array([0.0, 1.0, 4.5, 9.0, 99.0])) ** 2)
    whole = np.prod(1 + parts) - 1
    return list(parts / whole), list(parts * (np.prod(1 + parts) / (1 + parts)) / whole)


@pytest.mark.parametrize(
    ("model", "names", "by_hand"),
    [(ishigami, NAMES, ishigami_by_hand()), (g_function, tuple("abcde"), g_by_hand())],
    ids=["ishigami", "g"],
)
def test_indices_known_in_closed_form_come_out(
    model: Model, names: tuple[str, ...], by_hand: tuple[list[float], list[float]]
) -> None:
    found = sobol(model, names, rows=4096, seed=3, resamples=100)
    np.testing.assert_allclose(found.first[0], by_hand[0], atol=0.02)
    np.testing.assert_allclose(found.total[0], by_hand[1], atol=0.02)
    assert (found.first_low <= found.first).all()
    assert (found.total <= found.total_high).all()
    assert found.runs == 4096 * (len(names) + 2)


def test_the_intervals_hold_what_is_known() -> None:
    first, total = ishigami_by_hand()
    found = sobol(ishigami, NAMES, rows=1024, seed=5)
    assert ((found.first_low[0] <= first) & (first <= found.first_high[0])).all()
    assert ((found.total_low[0] <= total) & (total <= found.total_high[0])).all()


def test_salib_says_the_same_of_the_same_runs() -> None:
    analyze = pytest.importorskip("SALib.analyze.sobol", reason="SALib is not installed: it is an oracle of tests only")
    laid = matrices(NAMES, rows=256, seed=1)
    runs = [ishigami(points, 0)[:, 0] for points, _ in laid.each(range(3))]
    found = indices(np.concatenate(runs)[:, None], NAMES, seed=1)
    # It wants the runs row by row: A, the crossed ones, B.
    theirs = np.stack([runs[0], *runs[2:], runs[1]], axis=1).reshape(-1)
    problem = {"num_vars": 3, "names": list(NAMES), "bounds": [[0, 1]] * 3}
    said = analyze.analyze(problem, theirs, calc_second_order=False, seed=1)
    np.testing.assert_allclose(found.first[0], said["S1"], rtol=1e-10)
    np.testing.assert_allclose(found.total[0], said["ST"], rtol=1e-10)


def test_what_varies_but_is_not_told_about_still_counts() -> None:
    whole = sobol(ishigami, NAMES, rows=256, seed=1)
    part = sobol(ishigami, NAMES, of=("x2",), rows=256, seed=1)
    np.testing.assert_allclose(part.first[0], whole.first[0, 1:2], atol=1e-2)
    np.testing.assert_allclose(part.total[0], whole.total[0, 1:2], rtol=1e-9)


def test_chance_is_one_more_input_and_takes_its_part() -> None:
    lots = np.random.default_rng(1).random((2, 2048))
    found = sobol(lambda u, chances: u[:, :1] + lots[chances][: len(u), None], ("a",), rows=2048, seed=1)
    np.testing.assert_allclose([found.first[0, 0], found.total[0, 0]], 0.5, atol=0.03)


def test_an_answer_that_nothing_moves_has_no_parts() -> None:
    found = sobol(lambda u, _: np.full((len(u), 1), 7.3), ("a", "b"), rows=64, seed=1)
    assert not found.variance.any()
    assert not found.total.any()


def test_rows_without_an_answer_are_left_out() -> None:
    def holed(points: Float[np.ndarray, "row factor"], _: int) -> Float[np.ndarray, "row answer"]:
        return np.where(points[:, :1] < 0.1, np.nan, points[:, 1:2])

    found = sobol(holed, ("a", "b"), rows=512, seed=1)
    np.testing.assert_allclose(found.total[0], [0.0, 1.0], atol=0.05)


@pytest.mark.parametrize("rows", [0, 1, 100])
def test_a_number_of_rows_that_is_no_power_of_two_is_refused(rows: int) -> None:
    with pytest.raises(AnalysisError, match="powers of 2"):
        matrices(NAMES, rows=rows, seed=1)


def test_the_same_question_gives_the_same_bytes() -> None:
    one, other = (sobol(ishigami, NAMES, rows=128, seed=9) for _ in range(2))
    assert one.first_high.tobytes() == other.first_high.tobytes()
    assert one.first.tobytes() != sobol(ishigami, NAMES, rows=128, seed=8).first.tobytes()
