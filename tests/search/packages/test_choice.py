"""The Nash choice, who accepts what, and in how many draws: as a loop over every package would find them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.boards.drawn_boards import Plain, Size, random_board
from tests.boards.worlds import SEEDS, tried

from detente.boards import scored
from detente.errors import AnalysisError
from detente.search.packages import blocks as blocks_module
from detente.search.packages.choice import choose
from detente.search.packages.sets import accepted_by_all_of, by_at_least, by_exactly, minimal_blocking
from detente.search.packages.space import space
from detente.search.packages.stakes import stakes

SIZES = st.sampled_from([Size(), Size(parties=2, issues=4), Size(draws=0), Size(ratifiers=0), Size(greatest=2)])


@tried
@given(seed=SEEDS, size=SIZES)
def test_each_draw_has_the_choice_a_loop_finds(seed: int, size: Size) -> None:
    board = random_board(seed, size)
    choice = choose(space(board), reach=False)
    for d in range(max(1, size.draws)):
        plainly = Plain(board, d)
        best = plainly.nash()
        assert choice.acceptable.reshape(-1)[d] == len(plainly.deals())
        assert choice.tied.reshape(-1)[d] == len(best)
        chosen = tuple(choice.chosen.reshape(-1, size.issues)[d].tolist())
        assert chosen == (best[0] if best else board.status_quo)
        gains = choice.gains.reshape(-1, size.parties)[d].tolist()
        assert gains == (plainly.gains(chosen)[: size.parties] if best else [0] * size.parties)
        if not size.draws:
            assert [tuple(t) for t in choice.ties.tolist()] == best


@tried
@given(seed=SEEDS, size=SIZES)
def test_who_accepts_what_is_counted_in_every_draw(seed: int, size: Size) -> None:
    board = random_board(seed, size)
    choice = choose(space(board, red_lines=False), reach=False, sets=True)
    for d in range(max(1, size.draws)):
        plainly = Plain(board, d)
        sets = [sum(1 << p for p, yes in enumerate(plainly.accepts(k)) if yes) for k in plainly.agenda()]
        expected = np.bincount(np.array(sets, dtype=np.int64), minlength=1 << len(choice.needed))
        assert choice.accepted_by.reshape(-1, expected.size)[d].tolist() == expected.tolist()


@tried
@given(seed=SEEDS, size=SIZES)
def test_the_draws_in_which_a_package_is_accepted_are_counted(seed: int, size: Size) -> None:
    board = random_board(seed, size)
    laid = space(board, red_lines=False)
    choice = choose(laid, reach=False, shares=True)
    expected = np.zeros_like(choice.accepted_in)
    for d in range(max(1, size.draws)):
        plainly = Plain(board, d)
        allowed = set(plainly.agenda())
        for k, package in enumerate(laid.decode(np.arange(laid.size)).tolist()):
            if tuple(package) in allowed:
                content = plainly.accepts(tuple(package))
                expected[:, k] += [*content, all(content)]
    assert choice.accepted_in.tolist() == expected.tolist()


@tried
@given(seed=SEEDS, size=SIZES)
def test_reach_is_the_most_that_the_others_and_the_ratifiers_leave(seed: int, size: Size) -> None:
    board = random_board(seed, size)
    choice = choose(space(board))
    for d in range(max(1, size.draws)):
        plainly = Plain(board, d)
        gains = [plainly.gains(k) for k in plainly.admissible()]
        for p in range(size.parties):
            left = [g[p] for g in gains if all(x >= 0 for q, x in enumerate(g) if q != p)]
            assert choice.reachable.reshape(-1, size.parties)[d, p] == bool(left)
            assert choice.reach.reshape(-1, size.parties)[d, p] == max(left, default=0)


@tried
@given(seed=SEEDS, cells=st.integers(1, 40))
def test_the_size_of_a_block_changes_nothing(seed: int, cells: int) -> None:
    board = random_board(seed)
    laid, held = space(board), stakes(board)
    found = {}
    for block in blocks_module.blocks(laid, held, np.arange(held.draws), kind="float64", cells=cells):
        for p in range(len(held.parties)):
            gains = block.gains(p, np.empty(block.fine.shape)).reshape(block.draws.size, -1)
            for row, draw in enumerate(block.draws.tolist()):
                for k, g in enumerate(gains[row].tolist()):
                    found[draw, p, block.start + k] = g
    numbers = np.arange(laid.size)
    for draw in range(held.draws):
        exact = held.gains(np.full(laid.size, draw), laid.decode(numbers))
        assert all(found[draw, p, k] == exact[k, p] for k in numbers.tolist() for p in range(len(held.parties)))
    assert len(found) == held.draws * laid.size * len(held.parties)


def test_a_product_too_great_for_floats_is_still_compared_exactly() -> None:
    many, great = 30, 2**50
    rows = [[0, great, great]] * many
    rows[0], rows[1] = [0, great + 1, great], [0, great - 1, great]
    choice = choose(space(scored({"i": rows}, parties=[f"p{k}" for k in range(many)])))
    assert choice.chosen.tolist() == [2]
    assert choice.tied == 1


def test_products_closer_than_a_small_float_tells_apart_are_told_apart() -> None:
    rows = [[0, 5000, 5001], [0, 5002, 5001], [0, 7000, 7000]]
    choice = choose(space(scored({"i": rows}, parties=["a", "b", "c"])))
    assert choice.chosen.tolist() == [2]


def test_scores_too_great_to_be_exact_are_refused_in_words() -> None:
    with pytest.raises(AnalysisError, match="Give scores in smaller numbers"):
        choose(space(scored({"i": [[0, 2**54], [0, 1]]}, parties=["a", "b"])))


def test_sets_of_too_many_parties_are_refused_in_words() -> None:
    board = scored({"i": [[0, 1]] * 13}, parties=[f"p{k}" for k in range(13)])
    assert choose(space(board)).found
    with pytest.raises(AnalysisError, match="at most 12"):
        choose(space(board), sets=True)


@tried
@given(seed=SEEDS, parties=st.integers(1, 5), packages=st.integers(0, 130))
def test_sets_are_counted_as_one_by_one(seed: int, parties: int, packages: int) -> None:
    rng = np.random.default_rng(seed)
    fine = rng.random((2, packages)) < 0.8
    content = [rng.random((2, packages)) < 0.5 for _ in range(parties)]
    at_least = accepted_by_all_of(fine, content)
    for mask in range(1 << parties):
        every = fine.copy()
        for p in range(parties):
            if mask >> p & 1:
                every &= content[p]
        assert at_least[mask].tolist() == every.sum(axis=1).tolist()
    assert by_at_least(by_exactly(at_least)).tolist() == at_least.tolist()
    blocks = at_least == 0
    for mask in range(1 << parties):
        smaller = [s for s in range(mask) if s & mask == s]
        for row in range(2):
            expected = blocks[mask, row] and not any(blocks[s, row] for s in smaller)
            assert minimal_blocking(at_least)[mask, row] == expected
