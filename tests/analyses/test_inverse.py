"""Which preferences make a state hold, how many orders do, and the smallest change."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.boards.conflicts import by_definition

from detente.analyses.inverse import inverse
from detente.boards.conflict import Conflict, conflict
from detente.boards.states import Choice
from detente.boards.wishes import Utilities
from detente.errors import AnalysisError
from detente.search.conflicts.above import changed_pairs

CONCEPTS = ("nash", "gmr", "smr", "seq", "sim")


def small(seed: int) -> Conflict:
    """Three players with a choice each and five states, of strict preferences for the first."""
    rng = np.random.default_rng(seed)
    choices = [Choice("a", "x"), Choice("b", "y", direction="up"), Choice("c", "z")]
    wishes = {p: Utilities(rng.permutation(5) if p == "a" else rng.integers(0, 4, 5)) for p in "abc"}
    return conflict(choices, wishes, infeasible=["YY-", "NYY"])


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), concept=st.sampled_from(CONCEPTS))
def test_counts_are_those_of_trying_every_order(seed: int, concept: str) -> None:
    board, state = small(seed), seed % 5
    found = inverse(board, player="a", state=state, concept=concept)
    stable = equilibrium = 0
    nearest: int | None = None
    for order in permutations(range(5)):
        other = replace(board, preference=np.vstack([np.array(order), board.preference[1:]]))
        held = [row[state] for row in by_definition(other, concept)]
        stable += held[0]
        equilibrium += all(held)
        if held[0] != found.stable_now:
            far = changed_pairs(board.preference[0], np.array(order))
            nearest = far if nearest is None else min(nearest, far)
    assert (found.stable, found.equilibrium, found.rankings) == (stable, equilibrium, 120)
    assert (found.change and found.change.pairs) == nearest
    assert found.certificate.holds


def test_a_span_leaves_all_else_where_it_is() -> None:
    board = small(3)
    order = np.argsort(-board.preference[0])
    found = inverse(board, player="a", state=int(order[1]), concept="nash", span=order[:3].tolist())
    count = 0
    for places in permutations(range(3)):
        value = board.preference[0].copy()
        value[order[:3]] = board.preference[0][order[list(places)]]
        other = replace(board, preference=np.vstack([value, board.preference[1:]]))
        count += by_definition(other, "nash")[0][int(order[1])]
    assert (found.stable, found.rankings) == (count, 6)


def test_beyond_eight_states_the_share_of_equilibria_is_sampled_on_request() -> None:
    rng = np.random.default_rng(5)
    choices = [Choice(p, f"{p}{k}") for p in "ab" for k in range(2)]
    board = conflict(choices, {p: Utilities(rng.permutation(16)) for p in "ab"})
    found = inverse(board, player="a", state=0, concept="seq")
    assert (found.equilibrium, found.share) == (None, None)
    drawn = inverse(board, player="a", state=0, concept="seq", rng=np.random.default_rng(1))
    assert drawn.draws == 20_000
    assert drawn.method == "sampled"
    if drawn.share is not None and not drawn.others_stay:
        assert drawn.share <= drawn.stable / drawn.rankings + 0.02


def test_a_question_about_nobody_is_refused() -> None:
    with pytest.raises(AnalysisError, match="no state 9"):
        inverse(small(1), player="a", state=9)
    with pytest.raises(AnalysisError, match="'l2' is no idea"):
        inverse(small(1), player="a", state=0, concept="l2")
    with pytest.raises(AnalysisError, match="span is not made of states"):
        inverse(small(1), player="a", state=0, span=[])
