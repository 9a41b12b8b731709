import ast
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.boards.crises import at_once, third_party

from detente.analyses.quantal import quantal
from detente.boards import plain
from detente.boards.crisis import OUTCOMES, Choice, crisis_game, four_outcomes
from detente.errors import AnalysisError, BoardError
from detente.search.crises.induction import perfect_ends

SEEDS = st.integers(0, 2**32 - 1)
tried = settings(max_examples=8, deadline=None)
# Row (9, 0; 0, 1) against column (0, 1; 1, 0): the share of the first row and the first column at each lambda.
PENNIES = {
    0.0: (0.5, 0.5),
    0.5: (0.830670591341814, 0.4180774669062145),
    1.0: (0.8935763305539736, 0.3127803750295334),
    2.0: (0.8607543943410338, 0.19107849431747462),
    5.0: (0.7019842367983286, 0.11713529134628442),
    20.0: (0.5546273872630679, 0.10109692625090261),
}
OCHS = {
    1.0: (0.5867840364, 0.4518070317),
    2.0: (0.6175219459, 0.3719816642),
    3.0: (0.6168968501, 0.3140163618),
}
# Solved with another program; its own tolerance is what remains, the figures differ by less than 4e-10 from ours.
CLOSE = 1e-7


@pytest.mark.parametrize("precision", PENNIES)
def test_asymmetric_matching_pennies_comes_back(precision: float) -> None:
    row, column = np.array([[9.0, 0], [0, 1]]), np.array([[0.0, 1], [1, 0]])
    found = quantal(at_once(row, column), precision=precision)
    assert found.choice[:, 0] == pytest.approx(PENNIES[precision], abs=1e-10)
    assert int(found.found) == 1


def test_precision_leads_from_chance_to_the_equilibrium_of_the_reference(shared_dir: Path) -> None:
    told = json.loads((shared_dir / "data/outlook/reference_tests.json").read_text())
    assert {row["lam"]: (row["p"], row["q"]) for row in told["qre_amp"]} == PENNIES
    end = told["qre_amp_nash"]["p"], told["qre_amp_nash"]["q"]
    apart = [abs(p - end[0]) + abs(q - end[1]) for _, (p, q) in sorted(PENNIES.items())]
    found = quantal(at_once(np.array([[9.0, 0], [0, 1]]), np.array([[0.0, 1], [1, 0]])), precision=400.0)
    assert found.choice[:, 0] == pytest.approx(end, abs=5e-3)
    assert apart[-1] == min(apart)


@pytest.mark.parametrize("precision", OCHS)
def test_the_game_of_ochs_comes_back(precision: float) -> None:
    row, column = np.array([[1.1141, 0], [0, 0.2785]]), np.array([[0, 1.1141], [1.1141, 0]])
    found = quantal(at_once(row, column), precision=precision)
    assert found.choice[:, 0] == pytest.approx(OCHS[precision], abs=1e-9)


def test_the_ten_reference_crises_come_back(shared_dir: Path) -> None:
    told = json.loads((shared_dir / "data/conflict/crisis_games_aqre_reference.json").read_text())["game4"]["cases"]
    payoff = np.array([[case["payoffs_A_B"][k] for k in ("SQ", "CD", "BD", "WAR")] for case in told], dtype=float)
    game = four_outcomes("a", "b", payoff)
    for precision in ("0.25", "0.5", "1", "2", "4", "8"):
        found = quantal(game, precision=float(precision))
        got = found.choice[:, :, 1]
        wanted = [[c["agent_logit_qre"][precision][k] for k in ("threat", "resist", "fight")] for c in told]
        np.testing.assert_allclose(got, wanted, rtol=0, atol=CLOSE)
        assert found.certificate.holds
    for k, case in enumerate(told):
        best = case["subgame_perfect"]
        end = "status quo" if not best["threat"] else "concession" if not best["resist"] else "back down"
        end = "war" if end == "back down" and best["fight"] else end
        assert [o for o, at in zip(OUTCOMES, found.ends[k], strict=True) if at] == [end]


def test_the_six_reference_games_of_three_come_back(shared_dir: Path) -> None:
    told = json.loads((shared_dir / "data/conflict/crisis_games_aqre_reference.json").read_text())["game3p"]["cases"]
    payoff = np.array([case["payoffs_US_Ally_Adv_by_terminal"] for case in told], dtype=float)
    game = third_party(payoff)
    ways = ("talk strike", "threat hold", "threat strike")
    sets = {
        "US": ("us first", *(f"us {w}" for w in ways)),
        "Ally": ("ally",),
        "Adv": ("adv first", *(f"adv {w}" for w in ways)),
    }
    for precision in ("0.5", "1", "2", "3"):
        found = quantal(game, precision=float(precision))
        assert found.reached.all()
        for k, case in enumerate(told):
            profile = case["agent_logit_qre"][precision]["profile"]
            profile = ast.literal_eval(profile) if isinstance(profile, str) else profile
            for player, rows in profile.items():
                for label, row in zip(sets[player], rows, strict=True):
                    s = found.sets.index(label)
                    got = dict(zip(found.actions[s], found.choice[k, s], strict=True))
                    assert got == pytest.approx(row, abs=CLOSE)


@tried
@given(SEEDS)
def test_great_precision_leads_to_the_subgame_perfect_end(seed: int) -> None:
    payoff = np.random.default_rng(seed).normal(0, 1, (40, 4, 2))
    found = quantal(four_outcomes("a", "b", payoff), precision=3e4)
    clear = found.outcome.max(axis=-1) > 0.99
    assert clear.mean() > 0.9
    np.testing.assert_array_equal(found.outcome.argmax(axis=-1)[clear], found.ends.argmax(axis=-1)[clear])


@settings(max_examples=3, deadline=None)
@given(SEEDS)
def test_great_precision_leaves_no_regret(seed: int) -> None:
    payoff = np.random.default_rng(seed).normal(0, 1, (6, 11, 3))
    found = quantal(third_party(payoff), precision=30.0, others=False)
    told = found.reached
    assert told.mean() >= 0.8
    # A logit choice among two gives away at most 0.2785 / lambda.
    assert found.regret[told].max() <= 0.2785 / 30 + 1e-9


@tried
@given(SEEDS, st.floats(0.1, 10))
def test_precision_is_per_unit_of_payoff(seed: int, unit: float) -> None:
    payoff = np.random.default_rng(seed).normal(0, 1, (3, 11, 3))
    first = quantal(third_party(payoff), precision=1.0, others=False)
    other = quantal(third_party(payoff * unit), precision=1.0 / unit, others=False)
    np.testing.assert_allclose(first.choice, other.choice, atol=1e-9)


def test_the_zero_of_each_party_is_free() -> None:
    payoff = np.random.default_rng(1).normal(0, 1, (11, 3))
    first, other = quantal(third_party(payoff)), quantal(third_party(payoff + np.array([1.0, -5, 2])))
    np.testing.assert_allclose(first.choice, other.choice, atol=1e-10)
    np.testing.assert_allclose(other.value - first.value, [1.0, -5, 2], atol=1e-10)


def test_an_ensemble_says_what_each_case_says() -> None:
    payoff = np.random.default_rng(2).normal(0, 1, (5, 11, 3))
    many = quantal(third_party(payoff), precision=2.0)
    for k in range(5):
        alone = quantal(third_party(payoff[k]), precision=2.0)
        np.testing.assert_allclose(alone.choice, many.choice[k], atol=1e-10)
        assert int(alone.found) == many.found[k]


def test_several_solutions_are_counted_and_never_told_as_one() -> None:
    stag = np.array([[3.0, 0.0], [0.0, 1.0]])
    found = quantal(at_once(stag, stag), precision=10.0)
    assert int(found.found) == 3
    assert not found.whole
    assert found.outcome[0] > 0.99


def test_every_tie_makes_equilibria_of_its_own() -> None:
    tied = np.array([[0, 0], [1, -1], [-0.5, 0.5], [-0.5, -1.3]])
    found = quantal(four_outcomes("a", "b", tied))
    assert int(found.perfect) == 2
    assert [o for o, at in zip(OUTCOMES, found.ends, strict=True) if at] == ["status quo", "concession"]
    flat = quantal(four_outcomes("a", "b", np.zeros((3, 4, 2))))
    # Eight profiles of three decisions, all of them equilibria.
    assert flat.perfect.tolist() == [8, 8, 8]
    assert flat.ends.all()


def test_with_hidden_moves_nothing_is_said_about_subgames() -> None:
    found = quantal(third_party(np.zeros((11, 3))))
    assert int(found.perfect) == 0
    assert not found.ends.any()


def test_sets_that_stand_crosswise_are_worked_out_too() -> None:
    """Each of two moves after the other on one way, and neither knows on which: both are unknown beforehand."""
    late_b = Choice("b", (("l", "x1"), ("r", "x2")), knows="b")
    late_a = Choice("a", (("l", "x3"), ("r", "x4")), knows="a")
    first_a = Choice("a", (("l", late_b), ("r", "x5")), knows="a")
    first_b = Choice("b", (("l", late_a), ("r", "x6")), knows="b")
    root = Choice("c", (("a first", first_a), ("b first", first_b)))
    rng = np.random.default_rng(0)
    ends = {f"x{k}": dict(zip("abc", rng.normal(0, 1, 3).tolist(), strict=True)) for k in range(1, 7)}
    found = quantal(crisis_game(root, ends), precision=1.5)
    assert found.reached
    assert found.certificate.holds
    assert found.outcome.sum() == pytest.approx(1.0)


@pytest.mark.parametrize("precision", [-1.0, float("inf"), float("nan")])
def test_a_precision_that_is_none_is_refused(precision: float) -> None:
    with pytest.raises(AnalysisError, match="not 0 or above"):
        quantal(four_outcomes("a", "b", np.zeros((4, 2))), precision=precision)


def test_perfect_ends_of_a_game_with_hidden_moves_are_refused() -> None:
    from_hidden = at_once(np.eye(2), np.eye(2))
    with pytest.raises(BoardError, match="quantal response"):
        perfect_ends(from_hidden, from_hidden.payoff)


def test_the_answer_is_plain_data() -> None:
    assert json.dumps(plain(quantal(four_outcomes("a", "b", np.zeros((4, 2))))))
