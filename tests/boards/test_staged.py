"""A second stage is measured from the first deal; other no-deal values change nothing else."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from tests.boards.rich import rich
from tests.boards.test_interactions import every, optional, sums
from tests.boards.worlds import SEEDS, sample, tried

from detente.boards import deals, with_modes, with_no_deal, with_status_quo
from detente.errors import BoardError


@tried
@given(seed=SEEDS)
def test_a_second_stage_gains_what_its_package_adds_to_the_first(seed: int) -> None:
    first = optional(deals(rich(seed), "hall"))
    packages = every(first)
    agreed = packages[int(np.random.default_rng(seed).integers(len(packages)))]
    second = with_status_quo(first, agreed)
    assert second.status_quo == agreed
    assert not second.floor().any()
    for package in packages:
        beyond = np.array(sums(first, package)) - np.array(sums(first, agreed))
        assert sums(second, package) == beyond.tolist()
    assert sums(second, agreed) == [0] * len(first.parties)


@tried
@given(seed=SEEDS)
def test_a_second_stage_over_draws_is_that_of_each_draw(seed: int) -> None:
    situation = rich(seed)
    drawn = deals(situation, "hall", draws=sample(situation, seed, 3))
    packages = every(drawn)
    agreed = packages[seed % len(packages)]
    second = with_status_quo(drawn, agreed)
    for draw, package in itertools.product(range(3), packages[:: max(1, len(packages) // 9)]):
        beyond = np.array(sums(drawn, package, (draw,))) - np.array(sums(drawn, agreed, (draw,)))
        assert sums(second, package, (draw,)) == beyond.tolist()
    assert second.watchers is not None
    for i, at in enumerate(agreed):
        assert not second.watchers.score[i][..., at].any()
    assert not second.watchers.no_deal.any()


def test_an_issue_left_out_of_the_second_agenda_stays_where_the_first_deal_put_it() -> None:
    board = optional(deals(rich(3), "hall"))
    agreed = tuple(at.size - 1 for at in board.levels)
    second = with_modes(with_status_quo(board, agreed), {"i1": ("option", None)})
    assert next(np.flatnonzero(o).tolist() for o in second.open) == [agreed[0]]
    assert second.open[1].all()


def test_no_agenda_is_carried_over() -> None:
    board = with_modes(deals(rich(3), "hall"), {"i0": ("in", None)})
    second = with_status_quo(board, board.status_quo)
    assert all(o.all() for o in second.open)
    assert not any(second.spared)
    assert not any(second.listed)


def test_the_first_package_must_be_one_of_the_table() -> None:
    board = deals(rich(3), "hall")
    with pytest.raises(BoardError, match="has 1 levels"):
        with_status_quo(board, (0,))
    with pytest.raises(BoardError, match="'i0' has no level number 99"):
        with_status_quo(board, (99, 0, 0))


@tried
@given(seed=SEEDS)
def test_other_no_deal_values_are_those_a_board_is_built_with(seed: int) -> None:
    situation = rich(seed)
    values = np.array([7, -8, 9])
    changed, built = with_no_deal(deals(situation, "hall"), values), deals(situation, "hall", no_deal=values)
    assert changed.no_deal_kind == built.no_deal_kind == "computed"
    assert (changed.floor() == built.floor()).all()
    drawn = deals(situation, "hall", draws=sample(situation, seed, 4))
    assert with_no_deal(drawn, values).no_deal.shape == (4, 3)
    each = np.arange(12).reshape(4, 3)
    assert (with_no_deal(drawn, each).no_deal == each).all()


def test_no_deal_values_must_fit_the_parties() -> None:
    with pytest.raises(BoardError, match="one per consenting party"):
        with_no_deal(deals(rich(3), "hall"), np.array([1, 2]))
