import json
import re
from pathlib import Path

import numpy as np
import pytest
from tests.boards.crises import at_once

from detente.analyses.crisis import crisis
from detente.boards import plain
from detente.boards.crisis import Crisis, four_outcomes
from detente.errors import AnalysisError

# The example of the sigInt documentation, solved anew: p_R for each of the target's values of war.
PUBLISHED = {
    -2.9: (0.251104616, 0.594722829, 0.813321720),
    -2.8: (0.296451824, 0.472423231, 0.874031428),
    -2.7: (0.907855678,),
    -2.4: (0.959706693,),
    -2.2: (0.976387115,),
}


def example(target_war: float, *, challenger_war: float = -1.9) -> Crisis:
    return four_outcomes("a", "b", np.array([[0, 0], [1, 0], [-1.2, 1], [challenger_war, target_war]]))


@pytest.mark.parametrize("war", PUBLISHED)
def test_the_published_equilibria_come_back(war: float) -> None:
    found = crisis(example(war))
    # The table has nine digits.
    np.testing.assert_allclose(found.resist, PUBLISHED[war], rtol=0, atol=2e-9)
    assert found.closed
    assert found.certificate.holds


def test_the_reference_equilibria_come_back_whole(shared_dir: Path) -> None:
    told = json.loads((shared_dir / "data/outlook/reference_tests.json").read_text())["lewis_schultz"]
    game = example(0)
    payoff = np.stack([np.where(game.payoff == 0, 0.0, game.payoff)] * len(told))
    payoff[:, 3, 1] = [row["WB"] for row in told]
    found = crisis(four_outcomes("a", "b", payoff))
    assert found.count.tolist() == [len(row["equilibria"]) for row in told]
    names = ("SQ", "CD", "BD", "SF")
    for k, row in enumerate(told):
        for e, wanted in enumerate(row["equilibria"]):
            got = [found.resist[k, e], found.challenge[k, e], found.firm[k, e], *found.outcome[k, e]]
            np.testing.assert_allclose(got, [wanted[n] for n in ("pR", "pC", "pF", *names)], rtol=0, atol=1e-12)


def test_the_reference_table_comes_back(shared_dir: Path) -> None:
    told = json.loads((shared_dir / "data/conflict/lewis_schultz_equilibria.json").read_text())["table"]
    for row in told:
        found = crisis(example(row["WB"], challenger_war=row["WA"]))
        got = np.column_stack([found.resist, found.challenge, found.firm])
        np.testing.assert_allclose(got, row["equilibria_pR_pC_pF"], rtol=0, atol=1e-8)


def test_an_ensemble_says_what_each_case_says() -> None:
    wars = np.linspace(-3.2, -2.2, 21)
    payoff = np.stack([example(w).payoff for w in wars])
    found = crisis(four_outcomes("a", "b", payoff))
    for k, w in enumerate(wars):
        alone = crisis(example(float(w)))
        assert int(alone.count) == found.count[k]
        np.testing.assert_array_equal(alone.resist, found.resist[k, : int(alone.count)])


def test_outcomes_share_out_the_whole_probability() -> None:
    rng = np.random.default_rng(3)
    found = crisis(four_outcomes("a", "b", rng.normal(0, 2, (500, 4, 2))))
    told = ~np.isnan(found.resist)
    np.testing.assert_allclose(found.outcome[told].sum(axis=-1), 1.0, atol=1e-12)
    assert found.closed.all()
    assert found.certificate.holds


def test_noise_only_sets_the_unit() -> None:
    game = example(-2.9)
    wide = four_outcomes("a", "b", game.payoff * 8)
    np.testing.assert_array_equal(crisis(wide, noise=8.0).resist, crisis(game).resist)


def test_the_zero_of_payoffs_is_free() -> None:
    game = example(-2.9)
    moved = four_outcomes("a", "b", game.payoff + np.array([3.0, -2.0]))
    np.testing.assert_allclose(crisis(moved).resist, crisis(game).resist, atol=1e-10)


def test_the_middle_equilibrium_is_the_one_small_doubts_lead_away_from() -> None:
    found = crisis(example(-2.9))
    assert (found.slope > 1).tolist() == [False, True, False]


def test_what_is_all_but_a_double_root_is_flagged_or_right() -> None:
    """Between -2.8 and -2.7 two equilibria meet: the count goes from three to one, and only next to it is it open."""
    low, high = -2.8, -2.7
    for _ in range(45):
        middle = (low + high) / 2
        low, high = (middle, high) if int(crisis(example(middle)).count) == 3 else (low, middle)
    assert int(crisis(example(low - 1e-6)).count) == 3
    assert int(crisis(example(high + 1e-6)).count) == 1
    near = [crisis(example(low + d)) for d in (-1e-15, 0.0, 1e-15)]
    assert any(not f.closed for f in near) or {int(f.count) for f in near} <= {1, 3}


def test_more_noise_than_payoffs_leaves_chance() -> None:
    found = crisis(example(-2.9), noise=1e6)
    assert int(found.count) == 1
    assert found.resist[0] == pytest.approx(0.5, abs=1e-3)
    assert found.challenge[0] == pytest.approx(0.75, abs=1e-3)


@pytest.mark.parametrize("noise", [0.0, -1.0, float("nan")])
def test_a_noise_that_is_none_is_refused(noise: float) -> None:
    with pytest.raises(AnalysisError, match="not above 0"):
        crisis(example(-2.9), noise=noise)


def test_another_game_is_refused() -> None:
    with pytest.raises(AnalysisError, match=re.escape("ask `quantal`")):
        crisis(at_once(np.eye(2), -np.eye(2)))


def test_the_answer_is_plain_data() -> None:
    assert json.dumps(plain(crisis(example(-2.9))))
