"""Trades across issues: what two parties give each other, what it does to the rest, and how the rounds go."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analyses.exchange_by_hand import published, voted_by_hand

from detente.analyses.exchange import Exchange, exchange
from detente.boards import Positions
from detente.errors import AnalysisError

few = settings(max_examples=25, deadline=None)
SEEDS = st.integers(0, 2**32 - 1)
FILES = ("copenhagen.csv", "cop21.csv", "sample_data.txt")
# Percent of a scale: the furthest any outcome of any round lies from a run of the program of Stokman and Van Oosten,
# which decides ties by lot; two runs of it lie up to 1.8, 4.0 and 4.8 apart (sample, Copenhagen, Paris).
FROM_PROGRAM = {
    ("sample_data.txt", "partner", "counted"): 1.1,
    ("copenhagen.csv", "partner", "counted"): 2.5,
    ("cop21.csv", "partner", "counted"): 4.5,
    ("sample_data.txt", "outcome", "free"): 5.5,
    ("copenhagen.csv", "outcome", "free"): 3.1,
    ("cop21.csv", "outcome", "free"): 3.9,
}


def board(seed: int, parties: int = 4, issues: int = 3, draws: tuple[int, ...] = ()) -> Positions:
    """A random body, some of whose members have no stance on some issue."""
    rng = np.random.default_rng(seed)
    size = (*draws, parties, issues)
    stated = rng.random((parties, issues)) < 0.9
    stated[:2] = True
    return Positions(
        parties=tuple(f"p{k}" for k in range(parties)),
        issues=tuple(f"i{k}" for k in range(issues)),
        at=np.where(stated, rng.uniform(-1, 3, size), 0.5),
        salience=np.where(stated, rng.uniform(1, 100, size), 0),
        influence=rng.uniform(0.2, 5, size),
        low=np.full(issues, -1.0),
        high=np.full(issues, 3.0),
        status_quo=np.zeros((*draws, issues)),
        stated=stated,
    )


def of_two(salience: list[list[float]]) -> Positions:
    """Two equals at opposite ends of two issues."""
    return Positions(
        parties=("a", "b"),
        issues=("cap", "relief"),
        at=np.array([[0.0, 0.0], [10.0, 10.0]]),
        salience=np.array(salience),
        influence=np.ones((2, 2)),
        low=np.zeros(2),
        high=np.full(2, 10.0),
        status_quo=np.zeros(2),
        stated=np.ones((2, 2), dtype=bool),
    )


@pytest.mark.parametrize("name", FILES)
def test_the_first_outcomes_of_published_inputs_are_exact(shared_dir: Path, name: str) -> None:
    folder = shared_dir / "data" / "positions" / "exchange"
    body = published(folder / name)
    found = exchange(body, rounds=1)
    want = json.loads((folder / "decide_equalgain_nbs_by_round.json").read_text())[name][0]
    percent = 100 * (found.outcome[0] - body.low) / (body.high - body.low)
    np.testing.assert_allclose(percent, [want[issue] for issue in body.issues], rtol=1e-13)


@pytest.mark.parametrize(
    ("name", "crossing", "offers"),
    [pytest.param(*key, marks=pytest.mark.slow if key[0] == "cop21.csv" else ()) for key in FROM_PROGRAM],
)
def test_the_rounds_stay_near_those_of_the_program(shared_dir: Path, name: str, crossing: str, offers: str) -> None:
    folder = shared_dir / "data" / "positions" / "exchange"
    body = published(folder / name)
    found = exchange(body, crossing=crossing, offers=offers)  # type: ignore[arg-type]
    rounds = json.loads((folder / "decide_equalgain_nbs_by_round.json").read_text())[name]
    want = np.array([[row[issue] for issue in body.issues] for row in rounds])
    percent = 100 * (found.outcome - body.low) / (body.high - body.low)
    assert np.abs(percent - want).max() <= FROM_PROGRAM[name, crossing, offers]
    assert found.certificate.holds


def test_two_equals_give_each_other_all_of_what_matters_less() -> None:
    # A fifth of the weight each where they give: the outcomes move from 8 to 10 and from 2 to 0.
    found = exchange(of_two([[20.0, 80.0], [80.0, 20.0]]), rounds=1)
    (trade,) = found.trades
    assert (trade.first, trade.first_issue, trade.first_start, trade.first_end) == ("a", "cap", 0.0, 10.0)
    assert (trade.second, trade.second_issue, trade.second_start, trade.second_end) == ("b", "relief", 10.0, 0.0)
    assert (trade.first_shift, trade.second_shift, trade.gain) == pytest.approx((2.0, -2.0, 20 * 0.8 - 20 * 0.2))
    assert found.voted[0].tolist() == [10.0, 0.0]
    # Of the move, 0.1 and 0.4 of what is left of salience stay for the next round.
    assert found.decision.path[1, 0, 0] == pytest.approx(10 * (0.1 + 0.4 * 0.8))


def test_who_cares_more_about_everything_moves_less() -> None:
    # a has 3/11 of the weight on cap and goes all the way; the outcome of relief moves 110/100 of that, and b by that
    # over its 4/10 of the weight there.
    (trade,) = exchange(of_two([[30.0, 60.0], [80.0, 40.0]]), rounds=1).trades
    assert (trade.first_end, trade.second_end) == pytest.approx((10.0, 10 - 3 / 0.4))
    assert trade.gain == pytest.approx(30 * 0.6 - 300 / 11 * 0.3)


def test_a_trade_is_told_as_two_moves_each_made_for_the_other() -> None:
    found = exchange(of_two([[20.0, 80.0], [80.0, 20.0]]), rounds=1)
    first, second = found.decision.shifts
    assert (first.party, first.by, first.issue, first.kind) == ("a", "b", "cap", "exchange")
    assert (second.party, second.by, second.issue) == ("b", "a", "relief")
    assert (first.won, first.lost) == pytest.approx((16.0, 4.0))
    assert first.won is not None
    assert second.lost is not None
    assert first.won - second.lost == pytest.approx(found.trades[0].gain)


@pytest.mark.parametrize("salience", [[[20.0, 40.0], [30.0, 60.0]], [[0.0, 80.0], [80.0, 20.0]]])
def test_nothing_is_traded_where_priorities_are_alike_or_one_has_nothing_to_give(salience: list[list[float]]) -> None:
    found = exchange(of_two(salience), rounds=3)
    assert found.traded.tolist() == [0, 0, 0]
    np.testing.assert_array_equal(found.outcome[-1], found.outcome[0])


def test_on_one_issue_alone_nothing_is_traded() -> None:
    body = board(3, issues=1)
    assert exchange(body).decision.point == pytest.approx((body.weight * body.at).sum(0) / body.weight.sum(0))


@few
@given(seed=SEEDS)
def test_a_round_ends_where_plain_loops_over_all_pairs_end(seed: int) -> None:
    body = board(seed)
    found, now = exchange(body, rounds=1), voted_by_hand(body)
    voted = (body.weight * (body.low + now * (body.high - body.low) / 100)).sum(axis=0) / body.weight.sum(axis=0)
    np.testing.assert_allclose(found.voted[0], voted, atol=1e-9)


@few
@given(seed=SEEDS)
def test_what_is_done_to_a_bystander_is_what_the_outcomes_come_nearer_to_it(seed: int) -> None:
    body = board(seed, parties=5)
    found = exchange(body, rounds=1)
    traders = {name for t in found.trades for name in (t.first, t.second)}
    begun, ended = found.outcome[0], found.voted[0]
    nearer = (np.abs(begun - body.at) - np.abs(ended - body.at)) / (body.high - body.low) * body.salience
    for k, party in enumerate(body.parties):
        if party not in traders:
            assert found.external[k] == pytest.approx(nearer[k].sum(), abs=1e-9)
            assert found.gained[k] == 0
        told = sum(value for t in found.trades for name, value in t.external if name == party)
        assert found.external[k] == pytest.approx(told, abs=1e-9)


@few
@given(
    seed=SEEDS, crossing=st.sampled_from(["outcome", "partner", "none"]), offers=st.sampled_from(["free", "counted"])
)
def test_draws_at_once_are_each_case_alone(seed: int, crossing: str, offers: str) -> None:
    body = board(seed, draws=(3,))
    found = exchange(body, rounds=2, crossing=crossing, offers=offers)  # type: ignore[arg-type]
    assert found.certificate.holds
    for d in range(3):
        case = replace(
            body,
            at=body.at[d],
            salience=body.salience[d],
            influence=body.influence[d],
            status_quo=body.status_quo[d],
        )
        alone = exchange(case, rounds=2, crossing=crossing, offers=offers)  # type: ignore[arg-type]
        assert alone.traded.tolist() == found.traded[d].tolist()
        np.testing.assert_array_equal(alone.decision.path, found.decision.path[d])
        np.testing.assert_array_equal(alone.external, found.external[d])


@few
@given(seed=SEEDS)
def test_no_outcome_is_carried_past_the_party_it_is_moved_for(seed: int) -> None:
    body = board(seed)
    outcome = exchange(body, rounds=1).outcome[0].copy()
    for trade in exchange(body, rounds=1).trades:
        sides = (
            (trade.second, trade.first_issue, trade.first_shift),
            (trade.first, trade.second_issue, trade.second_shift),
        )
        for wants, issue, shift in sides:
            i = body.issues.index(issue)
            goal = body.at[body.parties.index(wants), i]
            assert (goal - outcome[i]) * shift > 0
            outcome[i] += shift
            assert (goal - outcome[i]) * shift >= -1e-9


def test_the_decision_is_the_mean_of_where_everybody_stands_at_the_end() -> None:
    found: Exchange = exchange(board(5, draws=(4,)))
    np.testing.assert_allclose(found.decision.mean, found.decision.point)
    np.testing.assert_array_equal(found.decision.point, found.outcome[:, -1])
    assert (np.diff(found.decision.levels, axis=-1) >= 0).all()


def test_no_round_and_no_number_are_refused() -> None:
    body = board(1)
    with pytest.raises(AnalysisError, match="Ask for one or more"):
        exchange(body, rounds=0)
    with pytest.raises(AnalysisError, match="no finite number"):
        exchange(replace(body, at=np.full_like(body.at, np.nan)))
