"""How probably each option comes out on top."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.search.positions.boards import body, random_body

from detente.analyses.condorcet_election import Candidates, condorcet_election
from detente.search.positions.elections import KINDS, VICTORY, VOTES, Kind, Victory, Vote

BOTH: tuple[Candidates, ...] = ("grid", "positions")


@pytest.mark.parametrize("candidates", BOTH)
@pytest.mark.parametrize("kind", KINDS)
def test_a_body_that_agrees_decides_for_what_it_agrees_on(kind: Kind, candidates: Candidates) -> None:
    found = condorcet_election(body([37.0, 37.0, 37.0]), kind=kind, candidates=candidates)
    level = found.decision.levels[0] == 37.0
    assert found.decision.weight[0][level].sum() == 1.0
    assert found.decision.point.tolist() == [37.0]


def test_a_dissenter_who_does_not_care_changes_nothing() -> None:
    agreed = body([37.0, 37.0, 90.0], salience=[50.0, 20.0, 0.0])
    found = condorcet_election(agreed)
    assert found.decision.point.tolist() == [37.0]
    assert found.decision.weight.max() == 1.0
    own = condorcet_election(body([10.0, 60.0, 90.0], salience=[50.0, 20.0, 0.0]), candidates="positions")
    assert own.power[2, 0] == 0.0
    assert own.chance[2, 0] < own.chance[1, 0] < own.chance[0, 0]


def test_between_two_poles_the_heavier_has_the_better_chance_by_as_much() -> None:
    found = condorcet_election(body([0.0, 0.0, 100.0]), kind="conditional", candidates="positions")
    np.testing.assert_allclose(found.decision.weight[0], [2 / 3, 0, 1 / 3], atol=1e-7)
    assert found.chance[:, 0].tolist() == pytest.approx([2 / 3, 2 / 3, 1 / 3])
    middle = condorcet_election(body([0.0, 100.0]))
    np.testing.assert_allclose(middle.decision.weight, 1 / 21)  # all places between are as good: nothing is known


def test_an_issue_with_one_option_is_decided() -> None:
    found = condorcet_election(body([0.0, 100.0], options=(40.0,)))
    assert found.decision.levels.tolist() == [[40.0]]
    assert found.decision.weight.tolist() == [[1.0]]


@pytest.mark.parametrize("candidates", BOTH)
def test_each_draw_has_the_bytes_of_its_own_case(candidates: Candidates) -> None:
    board = random_body(7, draws=40)
    together = condorcet_election(board, candidates=candidates)
    for d in (0, 13, 39):
        one = replace(
            board, at=board.at[d], salience=board.salience[d], influence=board.influence[d], status_quo=np.zeros(1)
        )
        alone = condorcet_election(one, candidates=candidates)
        assert alone.decision.weight.tobytes() == together.decision.weight[d].tobytes()
        assert alone.decision.point.tobytes() == together.decision.point[d].tobytes()


@pytest.mark.parametrize("candidates", BOTH)
def test_the_order_of_the_parties_does_not_matter(candidates: Candidates) -> None:
    board, order = random_body(9, draws=5), [3, 0, 5, 1, 4, 2]
    turned = replace(
        board, at=board.at[:, order], salience=board.salience[:, order], influence=board.influence[:, order]
    )
    first, second = (condorcet_election(b, candidates=candidates) for b in (board, turned))
    np.testing.assert_allclose(second.chance, first.chance[:, order], atol=1e-9)
    np.testing.assert_allclose(second.decision.point, first.decision.point)


@pytest.mark.parametrize("vote", VOTES)
@pytest.mark.parametrize("law", VICTORY)
def test_every_rule_gives_shares_and_what_nobody_wants_hardly_wins(vote: Vote, law: Victory) -> None:
    found = condorcet_election(body([20.0, 30.0, 40.0]), vote=vote, law=law)
    assert found.certificate.holds
    weight = found.decision.weight[0]
    assert weight[15:].sum() < weight[4:9].sum()
    assert 20.0 <= found.decision.point[0] <= 40.0


def test_the_unit_of_influence_does_not_matter() -> None:
    board = random_body(4)
    small = replace(board, influence=board.influence * 1e-9)
    np.testing.assert_allclose(
        condorcet_election(small).decision.weight, condorcet_election(board).decision.weight, atol=1e-12
    )


def test_issues_with_other_numbers_of_options_stand_beside_each_other() -> None:
    one, other = body([0.0, 60.0, 90.0]), body([10.0, 20.0, 30.0])
    arrays: Any = {
        name: np.concatenate([getattr(one, name), getattr(other, name)], axis=-1)
        for name in ("at", "salience", "influence", "stated", "low", "high", "status_quo")
    }
    both = replace(one, issues=("cap", "tax"), options=((), (0.0, 25.0)), **arrays)
    found = condorcet_election(both)
    assert found.decision.levels.shape == (2, 21)
    np.testing.assert_allclose(found.decision.weight.sum(axis=-1), 1)
    assert (found.decision.weight[1, 2:] == 0).all()
    assert found.decision.point[1] == 25.0
    np.testing.assert_array_equal(found.decision.weight[0], condorcet_election(one).decision.weight[0])
