import re

import numpy as np
import pytest
from tests.boards.crises import third_party

from detente.boards.crisis import OUTCOMES, Choice, crisis_game, four_outcomes, ways, with_payoffs
from detente.errors import BoardError

CALM = {"a": 0.0, "b": 0.0}


def test_the_crisis_of_four_outcomes_ends_in_these_four() -> None:
    game = four_outcomes("a", "b", np.arange(8.0).reshape(4, 2))
    assert game.outcomes == OUTCOMES
    assert game.payoff[3].tolist() == [6.0, 7.0]
    assert game.player.tolist() == [0, 1, 0]
    assert game.perfect


def test_nodes_come_before_those_below_them() -> None:
    game = third_party(np.zeros((11, 3)))
    inner = game.child < len(game.mover)
    above = np.broadcast_to(np.arange(len(game.mover))[:, None], game.child.shape)
    assert (game.child[inner & (game.child >= 0)] > above[inner & (game.child >= 0)]).all()
    assert not game.perfect
    assert len(game.nodes[game.labels.index("ally")]) == 2


def test_every_outcome_has_one_way_to_it() -> None:
    game = third_party(np.zeros((11, 3)))
    ends = [end for _, end in ways(game)]
    assert sorted(ends) == list(range(len(game.mover) + len(game.outcomes)))


def test_an_ensemble_is_the_same_tree() -> None:
    game = with_payoffs(four_outcomes("a", "b", np.zeros((4, 2))), np.ones((7, 4, 2)))
    assert game.draws == (7,)


@pytest.mark.parametrize(
    ("root", "said"),
    [
        (Choice("a", (("x", "calm"), ("y", "calm"))), "'calm' ends two ways"),
        (Choice("a", (("x", "calm"), ("x", "war"))), "two have one name"),
        (Choice("a", ()), "there is no move"),
        (Choice("a", (("x", Choice("a", (("y", "calm"),), knows="k")),), knows="k"), "comes to 'k' twice"),
        (
            Choice("a", (("x", Choice("b", (("y", "calm"),), "k")), ("z", Choice("b", (("w", "war"),), "k")))),
            "have different moves",
        ),
        (Choice("a", (("x", "calm"), ("y", "unpriced"))), "'unpriced' is worth"),
        (Choice("c", (("x", "calm"), ("y", "war"))), "'c' decides"),
    ],
)
def test_a_tree_that_is_none_is_refused(root: Choice, said: str) -> None:
    with pytest.raises(BoardError, match=re.escape(said)):
        crisis_game(root, {"calm": CALM, "war": CALM}, players=("a", "b"))


def test_payoffs_that_do_not_fit_are_refused() -> None:
    game = four_outcomes("a", "b", np.zeros((4, 2)))
    with pytest.raises(BoardError, match="4 outcomes and 2 players"):
        with_payoffs(game, np.zeros((3, 2)))
    with pytest.raises(BoardError, match="not a finite number"):
        with_payoffs(game, np.full((4, 2), np.nan))
    with pytest.raises(BoardError, match="Name two parties"):
        four_outcomes("a", "a", np.zeros((4, 2)))


def test_a_tree_without_end_is_refused() -> None:
    choice = Choice("a", (("stop", "end"),))
    for _ in range(300):
        choice = Choice("a", (("on", choice),))
    with pytest.raises(BoardError, match="100 in a row"):
        crisis_game(choice, {"end": CALM})
