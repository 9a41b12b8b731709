"""How far apart, who together, who alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.boards.worlds import SEEDS, sample, tried, world

from detente.analyses.wants import wants
from detente.boards import Positions, positions
from detente.errors import AnalysisError


def line(*at: float, stated: tuple[bool, ...] | None = None) -> Positions:
    count = len(at)
    return Positions(
        parties=tuple("abcdefgh"[:count]),
        issues=("cap",),
        at=np.array(at, dtype=float)[:, None],
        salience=np.ones((count, 1)),
        influence=np.ones((count, 1)),
        low=np.zeros(1),
        high=np.full(1, 100.0),
        status_quo=np.zeros(1),
        stated=np.array(stated or (True,) * count)[:, None],
    )


def test_neighbours_chain_into_a_bloc_and_the_far_one_stands_alone() -> None:
    found = wants(line(0, 15, 80, 30))
    assert found.blocs == ((("a", "b", "d"), ("c",)),)
    assert found.alone == (("c",),)
    assert (found.farthest[0].first, found.farthest[0].second, found.farthest[0].distance) == ("a", "c", 0.8)


def test_who_has_no_stance_takes_no_part() -> None:
    found = wants(line(0, 50, 100, stated=(True, False, True)))
    assert found.blocs == ((("a",), ("c",)),)
    assert not found.both[1].any()
    assert not found.distance[1].any()


def test_one_party_with_a_stance_is_far_from_nobody() -> None:
    found = wants(line(0, 50, stated=(True, False)))
    assert (found.farthest, found.alone) == ((), ((),))


def test_two_in_one_place_are_no_distance_apart() -> None:
    apart = wants(line(40, 40)).farthest[0]
    assert (apart.first, apart.second, apart.distance) == ("a", "b", 0.0)


@tried
@given(seed=SEEDS, gap=st.floats(0, 1))
def test_every_pair_is_as_far_apart_as_its_positions(seed: int, gap: float) -> None:
    board = positions(world(seed))
    found = wants(board, gap=gap)
    for p in range(len(board.parties)):
        for q in range(len(board.parties)):
            for i in range(len(board.issues)):
                both = board.stated[p, i] and board.stated[q, i]
                apart = abs(board.at[p, i] - board.at[q, i]) / 100 if both else 0
                assert found.distance[p, q, i] == pytest.approx(apart)
    assert found.certificate.holds


@tried
@given(seed=SEEDS)
def test_over_draws_distances_are_per_draw(seed: int) -> None:
    situation = world(seed)
    drawn = positions(situation, draws=sample(situation, seed, 3))
    count = len(drawn.parties)
    assert wants(drawn).distance.shape == (3, count, count, 3)
    assert wants(drawn).certificate.holds


def test_a_gap_that_is_no_share_is_refused() -> None:
    with pytest.raises(AnalysisError, match="between 0 and 1"):
        wants(line(0, 1), gap=15.0)
