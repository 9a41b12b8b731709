"""Conflicts as boards: states, patterns, statements and preferences, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.boards.conflict import conflict, conflict_from_arcs, with_beliefs, with_strength, with_unknown
from detente.boards.statements import holds
from detente.boards.states import Choice, states
from detente.boards.wishes import Pairs, Ranking, Statements, Utilities, Weights, beats, worth
from detente.errors import BoardError

TWO = (Choice("a", "strike"), Choice("b", "yield"))
LADDER = (Choice("a", "enrich", ("none", "some", "all")), Choice("b", "inspect it"))


def test_a_pattern_takes_states_out() -> None:
    assert states(TWO, infeasible=["YY"]).codes.tolist() == [0, 1, 2]
    assert states(LADDER, infeasible=["2-", "-Y"]).codes.tolist() == [0, 1]


def test_where_no_state_is_left_the_cure_is_named() -> None:
    with pytest.raises(BoardError, match=r"No state is feasible.*Take out at least one pattern"):
        states(TWO, infeasible=["Y-", "N-"])


@pytest.mark.parametrize(
    ("pattern", "told"), [("Y", "has 1 signs"), ("XY", "has 'X' for 'strike'"), ("2-", "has '2' for 'strike'")]
)
def test_a_pattern_that_does_not_fit_is_refused(pattern: str, told: str) -> None:
    with pytest.raises(BoardError, match=told):
        states(TWO, infeasible=[pattern])


def test_more_choices_than_the_limit_are_refused() -> None:
    with pytest.raises(BoardError, match=r"25 choices.*limits are 24"):
        states([Choice("a", f"c{k}") for k in range(25)])


def test_choices_need_names_and_levels_of_their_own() -> None:
    with pytest.raises(BoardError, match="'a' has two choices called 'strike'"):
        states([TWO[0], TWO[0]])
    with pytest.raises(BoardError, match="has 1 levels"):
        states([Choice("a", "strike", ("no",))])
    with pytest.raises(BoardError, match="'b' owns a choice and has no preference"):
        conflict(TWO, {"a": Weights({})})


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("strike AND yield", [False, False, False, True]),
        ("strike OR yield", [False, True, True, True]),
        ("NOT (strike OR yield)", [True, False, False, False]),
        ("strike IF yield", [True, True, False, True]),
        ("a.strike iff b.yield", [True, False, False, True]),
        ("NOT strike AND yield", [False, False, True, False]),
        ("strike OR yield AND strike", [False, True, False, True]),
        ("-Y", [False, False, True, True]),
    ],
)
def test_a_statement_holds_where_it_says(statement: str, told: list[bool]) -> None:
    assert holds(states(TWO), statement).tolist() == told


def test_a_level_may_be_asked_for() -> None:
    at = states(LADDER)
    assert holds(at, "enrich=some").tolist() == [False, True, False] * 2
    assert holds(at, "enrich").tolist() == [False, True, True] * 2
    assert holds(at, '"inspect it"').tolist() == [False] * 3 + [True] * 3


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("", "a choice is missing at its end"),
        ("strike AND", "a choice is missing at its end"),
        ("(strike", "a bracket is not closed"),
        ("strike yield", "'yield' stands where the statement should end"),
        ("surrender", "'surrender' names no choice; there are a.strike, b.yield"),
        ("strike=half", "'strike' has no level 'half'"),
        ('"strike', "open quotation mark"),
        ("(" * 60 + "strike" + ")" * 60, "more than 40 brackets"),
    ],
)
def test_a_statement_that_cannot_be_read_says_why(statement: str, told: str) -> None:
    with pytest.raises(BoardError) as error:
        holds(states(TWO), statement)
    assert told in str(error.value)


@given(st.lists(st.sampled_from(["strike", "yield", "-Y", "NOT yield", "strike IFF yield"]), max_size=40))
def test_a_statement_outweighs_all_that_follow(said: list[str]) -> None:
    at = states(TWO)
    found = worth(Statements(tuple(said)), at, "a")
    truth = np.array([holds(at, s) for s in said]).reshape(len(said), 4)
    for s in range(4):
        for t in range(4):
            first = next((row for row in truth if row[s] != row[t]), None)
            assert (found[s] > found[t]) == (first is not None and bool(first[s]))


def test_a_ranking_names_every_state_once() -> None:
    at = states(TWO)
    with pytest.raises(BoardError, match="leaves out 1 of 4 states, the first of them 4"):
        worth(Ranking((1, 2, 3)), at, "a")
    with pytest.raises(BoardError, match="has state 2 twice"):
        worth(Ranking((1, 2, (3, 2), 4)), at, "a")
    with pytest.raises(BoardError, match="no state 5"):
        worth(Ranking((5,)), at, "a")
    assert worth(Ranking(("YN", ("NN", "NY"), "YY")), at, "a").tolist() == [1, 2, 1, 0]


def test_preferences_in_a_circle_are_named() -> None:
    with pytest.raises(BoardError, match=r"go round in a circle: 1 \(NN\) over 2 \(YN\) over 3 \(NY\) over 1"):
        conflict(TWO, {"a": Pairs(((1, 2), (2, 3), (3, 1), (4, 1))), "b": Weights({})})
    with pytest.raises(BoardError, match="round in a circle"):
        conflict(TWO, {"a": Pairs(((1, 2),), equal=((1, 2),)), "b": Weights({})})


def test_what_pairs_leave_open_is_unknown_and_what_follows_is_known() -> None:
    wish = Pairs(((1, 2), (2, 3)), equal=((3, 4),))
    assert beats(wish, states(TWO), "a")[0].tolist() == [False, True, True, True]
    board = conflict(TWO, {"a": Pairs(((1, 2), (1, 3)), equal=((3, 4),)), "b": Weights({})})
    assert board.unknown is not None
    assert np.argwhere(board.unknown[0]).tolist() == [[1, 2], [1, 3], [2, 1], [3, 1]]
    assert not board.unknown[1].any()


def test_utilities_are_one_finite_number_per_state() -> None:
    with pytest.raises(BoardError, match=r"shape \(3,\)"):
        worth(Utilities((1.0, 2.0, 3.0)), states(TWO), "a")
    with pytest.raises(BoardError, match="not a finite number"):
        worth(Utilities((1.0, 2.0, 3.0, float("nan"))), states(TWO), "a")
    with pytest.raises(BoardError, match=r"'a' weighs 'b.stay', which is no choice"):
        worth(Weights({"b.stay": 1.0}), states(TWO), "a")
    with pytest.raises(BoardError, match="differ in their draws"):
        conflict(TWO, {"a": Utilities(np.zeros((2, 4))), "b": Utilities(np.zeros((3, 4)))})


def test_a_joint_move_leads_where_its_pattern_says() -> None:
    board = conflict(TWO, {"a": Weights({}), "b": Weights({})}, joint=[(("b", "a"), "NN", "YY")])
    assert (board.joint[0].players, board.joint[0].steps.tolist()) == ((0, 1), [[0, 3]])
    with pytest.raises(BoardError, match="joint move of a from"):
        conflict(TWO, {"a": Weights({}), "b": Weights({})}, joint=[(("a",), "NN", "YN")])


def test_a_drawn_graph_has_moves_between_states() -> None:
    likes = {"a": Ranking((1, 2)), "b": Ranking((2, 1))}
    with pytest.raises(BoardError, match="leads to another state"):
        conflict_from_arcs({"a": [(1, 1)]}, likes)
    with pytest.raises(BoardError, match="'c' has moves and no preference"):
        conflict_from_arcs({"c": [(1, 2)]}, likes)


def test_beliefs_and_strengths_name_players() -> None:
    board = conflict(TWO, {"a": Weights({}), "b": Weights({})})
    with pytest.raises(BoardError, match="'a' has a belief about itself"):
        with_beliefs(board, {"a": {"a": Weights({})}})
    with pytest.raises(BoardError, match="'b' has no gap above zero"):
        with_strength(board, {"a": 1.0})
    with pytest.raises(BoardError, match="no player 'c'"):
        with_unknown(board, {"c": [(1, 2)]})
