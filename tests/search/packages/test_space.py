"""Packages are enumerated as the obvious loop would, and the Nash choice is the one it finds."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.boards.worlds import SEEDS, Shape, case, sample, tried, world

from detente.boards import Deals, Modes, agenda_modes, deals, with_modes
from detente.errors import AnalysisError, BoardError
from detente.search.packages.choice import choose
from detente.search.packages.frontier import undominated
from detente.search.packages.space import admissible_count, chunks, space

MODES = st.sampled_from(["in", "option", "precondition", "declaratory", "left_out"])


def board(seed: int, mode: str, *, draws: int = 0, shape: Shape = Shape()) -> Deals:  # noqa: B008
    situation = world(seed, shape)
    drawn = sample(situation, seed, draws) if draws else None
    modes = {i.id: ("option", None) for i in situation.issues}
    return with_modes(deals(situation, "hall", draws=drawn), {**modes, "i0": (mode, "ally")})


@tried
@given(seed=SEEDS, mode=MODES)
def test_each_package_is_met_once_with_its_gains(seed: int, mode: str) -> None:
    single = board(seed, mode)
    laid, plainly = space(single), case(single, 0)
    met = []
    for chunk in chunks(laid):
        numbers = np.flatnonzero(chunk.admissible)
        for package, gains in zip(laid.decode(numbers + chunk.start), chunk.gains[:, numbers].T, strict=True):
            met.append(tuple(package.tolist()))
            assert gains.tolist() == plainly.gains(met[-1])
    assert met == plainly.admissible()
    assert admissible_count(single) == len(met)


@tried
@given(seed=SEEDS, mode=MODES)
def test_the_nash_choice_is_the_one_a_plain_loop_finds(seed: int, mode: str) -> None:
    single = board(seed, mode)
    choice, plainly = choose(space(single)), case(single, 0)
    best = plainly.nash()
    assert choice.acceptable == len(plainly.deals())
    assert [tuple(t) for t in choice.ties.tolist()] == best
    assert choice.tied == len(best)
    expected = best[0] if best else tuple(single.status_quo)
    assert tuple(choice.chosen.tolist()) == expected
    assert choice.gains.tolist() == (plainly.gains(expected) if best else [0] * 3)


@tried
@given(seed=SEEDS, mode=MODES)
def test_reach_is_the_most_the_others_would_leave(seed: int, mode: str) -> None:
    single = board(seed, mode)
    choice, plainly = choose(space(single)), case(single, 0)
    gains = [plainly.gains(k) for k in plainly.admissible()]
    for p in range(3):
        left = [g[p] for g in gains if all(x >= 0 for q, x in enumerate(g) if q != p)]
        assert choice.reachable[p] == bool(left)
        assert choice.reach[p] == max(left, default=0)
        if left:
            assert plainly.gains(tuple(choice.reached[p].tolist()))[p] == max(left)


@tried
@given(seed=SEEDS, mode=MODES)
def test_each_draw_is_its_own_case(seed: int, mode: str) -> None:
    drawn = board(seed, mode, draws=5)
    choice = choose(space(drawn))
    for k in range(5):
        plainly = case(drawn, k)
        best = plainly.nash()
        assert choice.acceptable[k] == len(plainly.deals())
        assert choice.tied[k] == len(best)
        assert tuple(choice.chosen[k].tolist()) == (best[0] if best else drawn.status_quo)


def test_products_beyond_floating_point_are_compared_exactly() -> None:
    situation = world(5, Shape(parties=6, issues=1, levels=2, costs=False))
    base = deals(situation, "hall", no_deal="status-quo", red_lines="ignore")
    near = 2**40
    score = np.full((6, base.levels[0].size), -1, dtype=np.int64)
    score[:, -1], score[:, -2] = near, near
    score[0, -1], score[1, -1] = near + 1, near - 1
    choice = choose(space(with_modes(replace_score(base, score), {"i0": ("option", None)})))
    assert choice.tied == 1
    assert choice.chosen.tolist() == [base.levels[0].size - 2]


def replace_score(base: Deals, score: np.ndarray) -> Deals:
    return replace(base, score=(score,), status_quo=(0,))


@tried
@given(seed=SEEDS, points=st.integers(0, 40), ties=st.booleans())
def test_the_frontier_is_what_nothing_dominates(seed: int, points: int, ties: bool) -> None:
    rng = np.random.default_rng(seed)
    values = rng.integers(-4, 5, (3, points))
    kept = undominated(values, ties=ties).tolist()
    at_least = (values[:, :, None] >= values[:, None, :]).all(axis=0)
    beaten = (at_least & ~at_least.T).any(axis=0)
    expected = np.flatnonzero(~beaten).tolist()
    if ties:
        assert kept == expected
    else:
        assert sorted({tuple(values[:, k]) for k in kept}) == sorted({tuple(values[:, k]) for k in expected})
        assert len(kept) == len({tuple(values[:, k]) for k in kept})


def test_too_many_packages_are_refused_in_words() -> None:
    with pytest.raises(AnalysisError, match="Take levels or issues off"):
        choose(space(board(3, "option")), limit=5)


def test_the_agenda_of_the_table_is_read_and_the_rest_left_out() -> None:
    modes = agenda_modes(world(3), "hall")
    assert {issue: mode.name for issue, mode in modes.items()} == {"i0": "left_out", "i1": "left_out", "i2": "in"}


def test_a_mode_that_cannot_be_says_why() -> None:
    single = deals(world(3), "hall")
    refused: list[tuple[Modes, str]] = [
        ({"i0": ("sometime", None)}, "'sometime' is not a mode"),
        ({"oil": ("option", None)}, "'oil' is not an issue at table 'hall'"),
        ({"i0": ("precondition", "p2")}, "'p2' cannot make 'i0' a precondition"),
    ]
    for modes, message in refused:
        with pytest.raises(BoardError, match=message):
            with_modes(single, modes)
