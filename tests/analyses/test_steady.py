"""What holds over all preferences in their ranges, what over none, and what decides."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from tests.boards.conflicts import by_definition, listed_moves, random_conflict
from tests.boards.linear_worlds import LinearWorld, linear_world

from detente.analyses.stability import stability
from detente.analyses.steady import steady
from detente.boards.conflict import Conflict, conflict
from detente.boards.states import Choice
from detente.boards.wishes import Utilities
from detente.errors import AnalysisError

CONCEPTS = ("nash", "gmr", "smr", "seq", "sim")


def spread(seed: int, draws: int = 60) -> Conflict:
    board = random_conflict(seed)
    rng = np.random.default_rng(seed)
    noise = rng.uniform(-1, 1, (draws, *board.preference.shape)) * rng.choice([0.2, 1.5])
    return replace(board, preference=board.preference + noise)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_shares_are_those_of_case_by_case(seed: int) -> None:
    board = spread(seed, 12)
    found = steady(board, concepts=CONCEPTS, about=())
    ones = [stability(replace(board, preference=one), about=()) for one in board.preference]
    assert np.allclose(found.share, np.mean([o.equilibrium for o in ones], axis=0))
    assert np.allclose(found.stable_share, np.mean([o.stable for o in ones], axis=0))
    assert found.certificate.holds


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_what_is_said_of_all_preferences_holds_for_others_in_the_ranges(seed: int) -> None:
    board = spread(seed)
    low, high = board.preference.min(axis=0), board.preference.max(axis=0)
    found = steady(board, concepts=CONCEPTS, about=())
    rng = np.random.default_rng(seed + 1)
    inside = replace(board, preference=rng.uniform(low, high, (60, *low.shape)))
    stable = stability(inside).stable
    assert stable[:, found.always].all()
    assert not stable[:, found.never].any()


def one(low: tuple[float, ...], high: tuple[float, ...]) -> Conflict:
    return conflict([Choice("a", "strike")], {"a": Utilities(np.array([low, high]))})


def test_ranges_that_overlap_depend_and_name_the_comparison() -> None:
    found = steady(one((1.0, 2.0), (3.0, 2.0)), concepts=["nash"])
    assert found.verdict == (("depends", "depends"),)
    assert [(d.state, d.other, d.if_better, d.if_not) for d in found.deciding] == [
        (0, 1, True, True),
        (1, 0, True, True),
    ]
    assert found.flips[0].swing == 1.0


def test_an_equilibrium_no_draw_shows_is_still_told_to_depend() -> None:
    board = one((3.0, 1.0), (3.5, 2.0))
    assert steady(board, concepts=["nash"]).verdict == (("always", "never"),)
    wide = steady(board, concepts=["nash"], least=np.array([[0.0, 0.0]]), most=np.array([[4.0, 4.0]]))
    assert wide.verdict == (("depends", "depends"),)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_no_preference_made_of_shared_inputs_goes_against_a_verdict(seed: int) -> None:
    world = linear_world(seed)
    least, most = world.gaps()
    found = steady(world.drawn(world.some(6, seed)), concepts=CONCEPTS, least=least, most=most, about=())
    assert found.certificate.holds
    for one in world.drawn(world.some(12, seed + 1)).preference:
        for c, concept in enumerate(CONCEPTS):
            stable = np.array(by_definition(replace(world.board, preference=one), concept))
            assert stable[found.always[c]].all()
            assert not stable[found.never[c]].any()


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_differences_say_all_that_ranges_of_worths_say(seed: int) -> None:
    world = linear_world(seed)
    drawn, ends = (
        world.drawn(world.some(4, seed)),
        (world.least[:, :, None] * world.made, world.most[:, :, None] * world.made),
    )
    low, high = (np.asarray(e.sum(axis=1), dtype=np.float64) for e in ends)
    wide = steady(drawn, concepts=CONCEPTS, least=low, most=high, about=())
    least, most = world.gaps()
    narrow = steady(drawn, concepts=CONCEPTS, least=least, most=most, about=())
    assert (narrow.always >= wide.always).all()
    assert (narrow.never >= wide.never).all()


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_deciding_comparison_decides_in_every_draw(seed: int) -> None:
    world = linear_world(seed)
    least, most = world.gaps()
    drawn = world.drawn(world.some(30, seed))
    found = steady(drawn, concepts=("nash", "gmr", "seq"), least=least, most=most)
    stable = stability(drawn, concepts=found.concepts, about=()).stable
    for d in found.deciding:
        p = found.players.index(d.player)
        better = drawn.preference[:, p, d.other] > drawn.preference[:, p, d.state]
        held = stable[:, found.concepts.index(d.concept), p, d.state]
        assert not (d.if_better and held[better].any())
        assert not (d.if_not and not held[~better].all())


def stays_possible(world: LinearWorld, player: int, state: int, moves: set[int]) -> bool:
    """Look for inputs of a player by which no move of its own is a gain."""
    gains = [(world.made[:, t] - world.made[:, state]).tolist() for t in moves]
    box = list(zip(world.least[player].tolist(), world.most[player].tolist(), strict=True))
    return not gains or linprog(np.zeros(len(box)), A_ub=gains, b_ub=np.zeros(len(gains)), bounds=box).status == 0


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_by_nash_what_a_verdict_says_is_all_there_is_to_say(seed: int) -> None:
    world = linear_world(seed)
    least, most = world.gaps()
    found = steady(world.drawn(world.some(3, seed)), concepts=["nash"], least=least, most=most, about=())
    moves = listed_moves(world.board)
    for s, verdict in enumerate(found.verdict[0]):
        own = [(p, np.array(sorted(m[s]), dtype=np.int64)) for p, m in enumerate(moves)]
        values = [world.corners(p) @ (world.made[:, ends] - world.made[:, [s]]) for p, ends in own]
        broken = any(bool((v > 0).any()) for v in values)
        kept = all(stays_possible(world, p, s, m[s]) for p, m in enumerate(moves))
        single = all(int((most[p, s, ends] > 0).sum()) <= 1 for p, ends in own)
        assert (verdict == "always") == (not broken)
        if verdict == "depends" or single:
            assert verdict == ("always" if not broken else "depends" if kept else "never")
        if verdict == "open":
            assert not single


def two_sided(draws: list[float]) -> tuple[Conflict, np.ndarray, np.ndarray]:
    """One input a between 0 and 1, of which two moves of a player are worth a and 1 - a; the third is not feasible."""
    worth = np.array([[0.0, a, 1 - a] for a in draws])
    board = conflict([Choice("one", "left"), Choice("one", "right")], {"one": Utilities(worth)}, infeasible=["YY"])
    least = np.array([[[0, 0, 0], [-1, 0, -1], [-1, -1, 0]]], dtype=np.float64)
    return board, least, -np.swapaxes(least, 1, 2)


def test_two_gains_that_are_never_both_absent_leave_it_open() -> None:
    board, least, most = two_sided([0.0, 0.3, 0.5, 1.0])
    found = steady(board, concepts=["nash"], least=least, most=most)
    assert found.share[0, 0] == 0.0
    assert found.verdict[0] == ("open", "depends", "depends")


def test_two_answers_of_which_one_is_always_there_leave_it_open() -> None:
    draws = [-1.0, -0.4, 0.0, 0.7, 1.0]
    mine = np.array([[0.0, 1.0, 0.0, a, 0.0, -a] for a in draws])
    choices = [Choice("one", "move"), Choice("two", "answer", ("no", "left", "right"), "up")]
    board = conflict(choices, {"one": Utilities(mine), "two": Utilities(np.zeros_like(mine))})
    gap = mine[[0, -1], None, :] - mine[[0, -1], :, None]
    least, most = (np.stack([end, np.zeros((6, 6))]) for end in (gap.min(axis=0), gap.max(axis=0)))
    found = steady(board, concepts=["gmr"], least=least, most=most, about=[0])
    assert found.share[0, 0] == 1.0
    assert found.verdict[0][0] == "open"


def test_flips_and_deciding_comparisons_are_those_of_the_states_asked_about() -> None:
    board = spread(7)
    whole = steady(board, concepts=["nash"])
    asked = sorted({f.state for f in whole.flips})[:2]
    part = steady(board, concepts=["nash"], about=asked[::-1])
    assert part.about == tuple(asked)
    kept = tuple(f for f in whole.flips if f.state in asked)  # of the whole, only the first hundred are listed
    assert part.flips[: len(kept)] == kept
    assert part.deciding == tuple(d for d in whole.deciding if d.state in asked)
    assert part.verdict == whole.verdict


def test_ranges_that_do_not_fit_are_refused() -> None:
    board, least, most = two_sided([0.2, 0.4])
    with pytest.raises(AnalysisError, match="outside the ranges"):
        steady(board, least=least / 2, most=most / 2)
    with pytest.raises(AnalysisError, match="both ends"):
        steady(board, least=least)
    with pytest.raises(AnalysisError, match="no greater than the most"):
        steady(board, least=most, most=least)
    with pytest.raises(AnalysisError, match="have the shape"):
        steady(board, least=np.zeros((1, 2)), most=np.zeros((1, 2)))
    with pytest.raises(AnalysisError, match="'about' names state 3"):
        steady(board, about=[3])


def test_without_draws_there_is_nothing_to_count() -> None:
    with pytest.raises(AnalysisError, match="there are none"):
        steady(random_conflict(1))
    with pytest.raises(AnalysisError, match="outside the ranges"):
        steady(one((1.0, 2.0), (3.0, 2.0)), least=np.array([[2.0, 2.0]]), most=np.array([[3.0, 2.0]]))
