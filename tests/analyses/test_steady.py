"""What holds over all preferences in their ranges, what over none, and what decides."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.boards.conflicts import random_conflict

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
    found = steady(board, concepts=CONCEPTS)
    ones = [stability(replace(board, preference=one), about=()) for one in board.preference]
    assert np.allclose(found.share, np.mean([o.equilibrium for o in ones], axis=0))
    assert np.allclose(found.stable_share, np.mean([o.stable for o in ones], axis=0))
    assert found.certificate.holds


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_what_is_said_of_all_preferences_holds_for_others_in_the_ranges(seed: int) -> None:
    board = spread(seed)
    low, high = board.preference.min(axis=0), board.preference.max(axis=0)
    found = steady(board, concepts=CONCEPTS)
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
    wide = steady(board, concepts=["nash"], low=np.array([[0.0, 0.0]]), high=np.array([[4.0, 4.0]]))
    assert wide.verdict == (("depends", "depends"),)


def test_without_draws_there_is_nothing_to_count() -> None:
    with pytest.raises(AnalysisError, match="there are none"):
        steady(random_conflict(1))
    with pytest.raises(AnalysisError, match="outside the ranges"):
        steady(one((1.0, 2.0), (3.0, 2.0)), low=np.array([[2.0, 2.0]]))
