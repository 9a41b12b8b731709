"""Every method finds the same best package, exactly, and proves it."""

from fractions import Fraction
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from tests.boards.spreads import plainly, spread
from tests.boards.worlds import SEEDS

from detente.boards import Deals, scored
from detente.errors import AnalysisError
from detente.search.packages.optimum import AIMS, METHODS, Aim, Method, Optimum, optimum
from detente.search.packages.terms import Terms, terms

tried = settings(max_examples=20, deadline=None)
aims = pytest.mark.parametrize("aim", AIMS)
QUICK: tuple[Method, ...] = ("auto", "scan", "fold", "halves")


def asked(found: Terms, aim: str, seed: int) -> dict[str, Any]:
    """Random parties and factors, or none."""
    rng = np.random.default_rng(seed)
    parties = len(found.parties)
    over = sorted(rng.choice(parties, int(rng.integers(1, parties + 1)), replace=False).tolist())
    must = sorted(rng.choice(parties, int(rng.integers(0, parties + 1)), replace=False).tolist())
    said: dict[str, Any] = {"over": over, "must": must}
    if aim == "least":
        said["scale"] = rng.integers(1, 40, size=len(over)).tolist()
    if aim == "sum":
        said["weights"] = rng.integers(0, 5, size=len(over)).tolist()
    return said


def check(board: Deals, aim: Aim, method: Method, said: dict[str, Any]) -> None:
    found = optimum(terms(board), aim, method=method, **said)
    factors = said.get("scale") or said.get("weights") or [1] * len(said["over"])
    value, ties = plainly(board).best(aim, said["over"], said["must"], factors)
    assert found.found == (value is not None)
    assert found.certificate.holds
    if value is None:
        assert (found.package, found.gains, found.value) == ((), (), 0)
        return
    assert found.value == (-value if aim == "shortfall" else value)
    assert found.bound == found.value
    assert found.package in ties
    assert list(found.gains) == plainly(board).gains[found.package]
    if len(ties) == 1 or found.tied is not None:
        assert found.package == ties[0]
    if found.tied is not None:
        assert (found.tied, list(found.ties)) == (len(ties), ties[:64])


@tried
@aims
@pytest.mark.parametrize("method", QUICK)
@given(seed=SEEDS)
def test_every_method_finds_what_a_plain_loop_finds(method: Method, aim: Aim, seed: int) -> None:
    board = spread(seed)
    check(board, aim, method, asked(terms(board), aim, seed))


@settings(max_examples=12, deadline=None)
@aims
@given(seed=SEEDS)
def test_a_solver_finds_what_a_plain_loop_finds(aim: Aim, seed: int) -> None:
    board = spread(seed, issues=3)
    check(board, aim, "milp", asked(terms(board), aim, seed))


@tried
@aims
@pytest.mark.parametrize("method", ["scan", "fold"])
@given(seed=SEEDS)
def test_what_is_not_said_is_everybody(method: Method, aim: Aim, seed: int) -> None:
    board = spread(seed)
    plain = plainly(board)
    every = list(range(plain.parties))
    over, must = (every, []) if aim == "shortfall" else (every[: plain.bargaining], every)
    value, _ = plain.best(aim, over, must, [1] * len(over))
    found = optimum(terms(board), aim, method=method)
    assert found.found == (value is not None)
    assert found.value == abs(value or 0) if aim == "shortfall" else found.value == (value or 0)


def random_table(parties: int, issues: int, seed: int, *, levels: int = 10, reserve: float = 0.3) -> Terms:
    """Weights Dirichlet(1), levels spread over 0 to 1, and a share of the greatest score without a deal."""
    rng = np.random.default_rng(seed)
    weight = rng.dirichlet(np.ones(issues), size=parties)
    worth = rng.random((parties, issues, levels))
    worth -= worth.min(axis=-1, keepdims=True)
    score = np.rint(10_000 * weight[..., None] * worth / worth.max(axis=-1, keepdims=True)).astype(int)
    rows = {f"i{i}": score[:, i].tolist() for i in range(issues)}
    return terms(scored(rows, parties=[f"p{p}" for p in range(parties)], no_deal=[int(10_000 * reserve)] * parties))


def solutions(table: Terms, method: Method) -> list[Optimum]:
    ideal = [optimum(table, "sum", over=(p,), method=method).gains[p] for p in range(len(table.parties))]
    return [
        optimum(table, "nash", method=method),
        optimum(table, "least", scale=ideal, method=method),
        optimum(table, "least", method=method),
        optimum(table, "sum", method=method),
        optimum(table, "least", must=(), method=method),
        optimum(table, "shortfall", over=(0,), must=(1, 2), method=method),
    ]


@pytest.mark.parametrize("issues", [6, 9, 12])
def test_methods_agree_where_packages_are_too_many_to_look_at(issues: int) -> None:
    table = random_table(5, issues, seed=issues)
    assert table.size == 10**issues
    answers = [solutions(table, method) for method in ("fold", "halves", "milp")]
    for same in zip(*answers, strict=True):
        assert len({found.value for found in same}) == 1
        assert all(found.certificate.holds and found.bound == found.value for found in same)
        unique = [found for found in same if found.tied == 1]
        assert len({found.package for found in unique}) <= 1
        assert all(tuple(table.gains(found.package)) == found.gains for found in same)


def test_the_scan_agrees_where_it_can() -> None:
    table = random_table(5, 5, seed=3)
    for scanned, folded in zip(solutions(table, "scan"), solutions(table, "fold"), strict=True):
        assert (scanned.value, scanned.package) == (folded.value, folded.package)
        assert folded.tied in (scanned.tied, None)
        assert folded.looked < scanned.looked


@tried
@given(seed=SEEDS)
def test_no_package_dominates_the_chosen_one(seed: int) -> None:
    board = spread(seed)
    plain = plainly(board)
    found = optimum(terms(board), "nash", over=range(plain.parties), method="fold")
    if found.found:
        assert not any(
            all(a >= b for a, b in zip(g, found.gains, strict=True)) and g != list(found.gains)
            for g in plain.gains.values()
        )


@tried
@aims
@pytest.mark.parametrize("method", ["fold", "halves"])
@given(seed=SEEDS)
def test_a_search_that_may_stop_early_is_right_about_what_is_enough(method: Method, aim: Aim, seed: int) -> None:
    board = spread(seed)
    said = asked(terms(board), aim, seed)
    best = optimum(terms(board), aim, method="scan", **said)
    for more in (-3, 0, 1, 5):
        enough = int(best.value) + more
        found = optimum(terms(board), aim, method=method, enough=enough, **said)
        assert found.found == best.found
        if aim == "shortfall":
            assert found.bound <= best.value <= found.value
            assert not best.found or (found.value <= enough) == (best.value <= enough)
        else:
            assert found.value <= best.value <= found.bound
            assert not best.found or (found.value >= enough) == (best.value >= enough)


@pytest.mark.parametrize("method", QUICK)
def test_a_party_that_can_gain_nothing_does_not_spoil_the_product(method: Method) -> None:
    table = terms(scored({"a": [[0, 5, 9], [0, 7, 2], [0, 0, 0]]}, parties=("p", "q", "r")))
    found = optimum(table, "nash", method=method)
    assert (found.package, found.value, found.tied) == ((1,), 35, 1)


@pytest.mark.parametrize("method", METHODS)
def test_nothing_changes_is_no_deal_however_good(method: Method) -> None:
    board = scored({"a": [[9, 1], [9, 2]], "b": [[9, 3], [9, 3]]}, parties=("p", "q"))
    found = optimum(terms(board), "least", method=method)
    assert (found.package, found.value) == ((0, 1), 12)
    alone = scored({"a": [[9], [9]]}, parties=("p", "q"))
    assert not optimum(terms(alone), "least", method=method).found


@pytest.mark.parametrize("method", METHODS)
def test_scores_of_a_thousand_million_are_exact(method: Method) -> None:
    big = 1_000_000_000
    rows = {f"i{j}": [[0, big + j, big - 7 * j], [0, -big + 3 * j, 2 * big - j]] for j in range(6)}
    found = optimum(terms(scored(rows, parties=("p", "q"))), "nash", method=method)
    plain = plainly(scored(rows, parties=("p", "q"))).best("nash", [0, 1], [], [1, 1])
    assert found.value == plain[0]
    assert found.value > 1 << 62
    assert found.package in plain[1]


@pytest.mark.parametrize("method", ["fold", "halves"])
def test_one_missing_point_is_seen_in_a_space_of_a_million_million(method: Method) -> None:
    table = random_table(5, 12, seed=1)
    margin = optimum(table, "least", must=(), method=method)
    assert isinstance(margin.value, int)
    reached = optimum(table, "least", must=(), enough=margin.value, method=method)
    missed = optimum(table, "least", must=(), enough=margin.value + 1, method=method)
    assert reached.value >= margin.value
    assert missed.value <= margin.value


def test_many_equal_packages_do_not_drown_the_search() -> None:
    rows = {f"i{j}": [[0, 1, 1, 1, 1, 1]] * 3 for j in range(12)}
    found = optimum(terms(scored(rows, parties=("p", "q", "r"))), "nash")
    assert (found.value, found.tied) == (12**3, None)


@pytest.mark.parametrize(
    ("said", "match"),
    [
        ({"over": (7,)}, "`over` names the parties"),
        ({"must": (0, 0)}, "each once"),
        ({"aim": "least", "scale": (0, 1)}, "`scale` has 2 numbers"),
        ({"aim": "sum", "weights": (1,)}, "`weights` has 1 numbers"),
        ({"aim": "sum", "weights": (1 << 48, 1)}, "too large to be exact"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_cure(said: dict[str, Any], match: str) -> None:
    table = terms(scored({"a": [[0, 5], [0, 7]]}, parties=("p", "q")))
    with pytest.raises(AnalysisError, match=match):
        optimum(table, said.pop("aim", "nash"), **said)


def test_fractions_are_exact() -> None:
    table = terms(scored({"a": [[0, 5], [0, 7]]}, parties=("p", "q")))
    assert optimum(table, "least", scale=(3, 5)).value == Fraction(7, 5)
    assert set(get_args(Aim)) == set(AIMS)
