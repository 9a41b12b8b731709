"""The quick way to the choice at several no-deal values finds what a look at every package finds."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.boards.drawn_boards import Size, random_board

from detente.boards import Deals
from detente.search.packages.choice import choose
from detente.search.packages.space import space
from detente.search.packages.undominated import best

tried = settings(max_examples=25, deadline=None)


def agrees(board: Deals, floors: np.ndarray) -> None:
    found = best(board, floors)
    for f, floor in enumerate(floors):
        seen = choose(space(replace(board, no_deal=floor, listed=(False,) * len(board.issues))))
        assert np.array_equal(found.found[f], seen.found)
        assert np.array_equal(found.chosen[f], seen.chosen)
        assert np.array_equal(found.gains[f], seen.gains)
        assert np.array_equal(found.reach[f], np.where(seen.found[:, None], seen.reach, 0))


@given(seed=st.integers(0, 10_000), parties=st.integers(1, 3), greatest=st.sampled_from([2, 9, 5_000]))
@tried
def test_without_interactions_and_ratifiers(seed: int, parties: int, greatest: int) -> None:
    board = random_board(seed, Size(parties=parties, issues=3, draws=60, ratifiers=0, greatest=greatest))
    plain = replace(board, interactions=(), listed=(False,) * 3)
    floors = np.random.default_rng(seed).integers(-greatest, greatest, (2, 60, parties))
    agrees(plain, floors)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=8, deadline=None)
def test_with_interactions_and_ratifiers(seed: int) -> None:
    board = random_board(seed, Size(draws=6))
    agrees(replace(board, listed=(False,) * 3), np.stack([board.no_deal, board.no_deal - 4]))


def test_where_products_are_too_great_to_be_held() -> None:
    board = random_board(3, Size(parties=3, issues=2, draws=5, ratifiers=0, greatest=10**6))
    agrees(replace(board, interactions=(), listed=(False,) * 2), board.no_deal[None])
