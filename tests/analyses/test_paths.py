"""The ways from a state to those that hold, and the steps without return."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.boards.conflicts import Moves, listed_moves, random_arcs, random_conflict

from detente.analyses.paths import paths
from detente.boards.conflict import Conflict, conflict
from detente.boards.states import Choice
from detente.boards.wishes import Ranking, Weights
from detente.errors import AnalysisError


def lengths(moves: Moves, start: int, count: int) -> list[int]:
    """The fewest steps to every state, nobody twice in a row."""
    found, fresh, seen, level = [-1] * count, {(start, -1)}, {(start, -1)}, 0
    found[start] = 0
    while fresh:
        level += 1
        fresh = {(t, p) for s, last in fresh for p in range(len(moves)) if p != last for t in moves[p][s]} - seen
        for t, _ in fresh:
            if found[t] < 0:
                found[t] = level
        seen |= fresh
    return found


def returning(moves: Moves, start: int, count: int) -> list[bool]:
    back = {start}
    while more := {s for p in moves for s, ts in p.items() if ts & back} - back:
        back |= more
    return [s in back for s in range(count)]


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_no_way_is_shorter_than_the_one_told(seed: int) -> None:
    for board in (random_conflict(seed), random_arcs(seed)):
        moves, u, start = listed_moves(board), board.preference.tolist(), seed % board.count
        gains: Moves = [{s: {t for t in ts if u[p][t] > u[p][s]} for s, ts in m.items()} for p, m in enumerate(moves)]
        found = paths(board, start=start, concept="gmr")
        assert found.moves.tolist() == lengths(moves, start, board.count)
        assert found.improvements.tolist() == lengths(gains, start, board.count)
        assert found.returns.tolist() == returning(moves, start, board.count)
        assert found.certificate.holds
        held = {s for s in range(board.count) if found.equilibrium[s] and found.moves[s] > 0}
        assert {r.to for r in found.routes} == held


def strike() -> Conflict:
    likes = {"a": Weights({"b.yield": 2.0, "a.strike": -1.0}), "b": Weights({"a.strike": -3.0, "b.yield": -1.0})}
    return conflict([Choice("a", "strike", direction="up"), Choice("b", "yield")], likes)


def test_a_strike_is_a_step_without_return() -> None:
    told = [(n.by, n.source, n.target, n.gains) for n in paths(strike(), start=0, concept="nash").no_return]
    assert told == [(("a",), 0, 1, False), (("a",), 2, 3, False)]
    assert not paths(strike(), start=1, concept="nash").no_return


def test_a_start_must_be_a_state() -> None:
    with pytest.raises(AnalysisError, match="no state 7 to start from"):
        paths(strike(), start=7)
    with pytest.raises(AnalysisError, match="'best' is no idea"):
        paths(conflict([Choice("a", "x")], {"a": Ranking((1, 2))}), start=0, concept="best")
