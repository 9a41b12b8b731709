"""Who leaves a state together, who gains by it, and who stands in the way."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.boards.conflicts import by_definition, random_arcs, random_conflict

from detente.analyses.coalition import coalition
from detente.boards.conflict import Conflict, conflict
from detente.boards.states import Choice
from detente.boards.wishes import Ranking, Weights
from detente.errors import AnalysisError

SEEDS = st.integers(0, 10_000)
tried = settings(max_examples=10, deadline=None)


def dilemma() -> Conflict:
    return conflict(
        [Choice("row", "yield"), Choice("column", "yield")],
        {"row": Ranking((3, 4, 1, 2)), "column": Ranking((2, 4, 1, 3))},
    )


def test_both_leave_together_what_neither_leaves_alone() -> None:
    found = coalition(dilemma(), concepts=["nash"])
    told = [(g.by, g.target, g.better, g.worse) for g in found.leaving(0)]
    assert told == [(("row", "column"), 3, ("row", "column"), ())]
    assert not found.proof[0]
    assert [(s.by, s.lost, s.won) for s in found.shifts] == [(("row", "column"), (0,), (1, 2, 3))]


def test_who_would_not_gain_blocks() -> None:
    choices = [Choice("a", "go"), Choice("b", "go")]
    found = coalition(conflict(choices, {"a": Weights({"b.go": 1.0}), "b": Weights({"b.go": -1.0})}))
    assert [(b.willing, b.refusing, b.target) for b in found.blocks if b.source == 0] == [(("a",), ("b",), 3)]


@tried
@given(seed=SEEDS)
def test_sides_of_one_are_the_players(seed: int) -> None:
    for board in (random_conflict(seed), random_arcs(seed)):
        found = coalition(board, structure=[[p] for p in board.players])
        assert found.structure is not None
        for c, concept in enumerate(found.concepts):
            assert found.structure.stable[c].tolist() == by_definition(board, concept)
        assert found.certificate.holds


@tried
@given(seed=SEEDS)
def test_everybody_who_acts_gains_and_nobody_else_acts(seed: int) -> None:
    board = random_conflict(seed)
    found = coalition(board, concepts=["nash"])
    owners, rank = [c.owner for c in board.states.choices], board.preference
    levels = [board.states.level(c).tolist() for c in range(len(owners))]
    for g in found.gains:
        acting = {o for o, level in zip(owners, levels, strict=True) if level[g.source] != level[g.target]}
        assert set(g.by) == acting
        assert all(rank[board.player(p), g.target] > rank[board.player(p), g.source] for p in g.by)
    assert found.proof.tolist() == [s not in {g.source for g in found.gains} for s in range(board.count)]


@tried
@given(seed=SEEDS)
def test_one_after_the_other_nobody_reaches_more(seed: int) -> None:
    board = replace(random_conflict(seed), barred=(), unseen=None)
    at_once = {(g.source, g.target) for g in coalition(board, concepts=["nash"]).gains}
    in_turn = {(g.source, g.target) for g in coalition(board, concepts=["nash"], together="in_turn").gains}
    assert in_turn <= at_once


def test_sides_must_divide_the_players() -> None:
    with pytest.raises(AnalysisError, match="no division of the players"):
        coalition(dilemma(), structure=[["row"]])
    with pytest.raises(AnalysisError, match="no way to move together"):
        coalition(dilemma(), together="arm in arm")
    with pytest.raises(AnalysisError, match="pair by pair"):
        coalition(replace(dilemma(), preference=dilemma().preference[None]))
