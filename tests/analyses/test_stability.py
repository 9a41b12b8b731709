"""What holds, for whom, and what answers every attempt to leave it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.boards.conflicts import by_definition, random_arcs, random_conflict

from detente.analyses.stability import stability
from detente.boards.conflict import Conflict, conflict, conflict_from_arcs, with_beliefs, with_strength, with_unknown
from detente.boards.states import Choice
from detente.boards.wishes import Pairs, Ranking, Utilities, Weights
from detente.errors import AnalysisError, BoardError
from detente.search.conflicts.pairs import Attitude

SEEDS = st.integers(0, 10_000)
GRADED = ("nash", "gmr", "smr", "seq")
CONCEPTS = (*GRADED, "sim")
tried = settings(max_examples=12, deadline=None)


def dilemma() -> Conflict:
    return conflict(
        [Choice("row", "yield"), Choice("column", "yield")],
        {"row": Ranking((3, 4, 1, 2)), "column": Ranking((2, 4, 1, 3))},
    )


@tried
@given(seed=SEEDS)
def test_the_fast_answer_is_that_of_the_definitions(seed: int) -> None:
    board = random_conflict(seed)
    found = stability(board)
    for c, concept in enumerate(CONCEPTS):
        assert found.stable[c].tolist() == by_definition(board, concept), concept
    assert found.certificate.holds


@tried
@given(seed=SEEDS)
def test_moves_that_do_not_add_up_are_taken_as_they_are(seed: int) -> None:
    board = random_arcs(seed)
    found = stability(board, concepts=GRADED)
    for c, concept in enumerate(GRADED):
        assert found.stable[c].tolist() == by_definition(board, concept), concept
    assert found.certificate.holds


@tried
@given(seed=SEEDS)
def test_each_opponent_may_be_held_to_one_move(seed: int) -> None:
    for board in (random_conflict(seed), random_arcs(seed)):
        found = stability(board, concepts=GRADED, sanctions="each_opponent_once")
        for c, concept in enumerate(GRADED):
            assert found.stable[c].tolist() == by_definition(board, concept, once=True), concept
        assert found.certificate.holds


@tried
@given(seed=SEEDS)
def test_draws_and_pairs_give_what_one_case_gives(seed: int) -> None:
    board = random_conflict(seed)
    found = stability(board, about=())
    drawn = stability(replace(board, preference=np.stack([board.preference] * 2).astype(np.float32)))
    pairs = stability(replace(board, unknown=np.zeros((len(board.players), board.count, board.count), dtype=bool)))
    assert drawn.stable[0].tolist() == drawn.stable[1].tolist() == found.stable.tolist()
    assert pairs.stable.tolist() == found.stable.tolist()


@tried
@given(seed=SEEDS)
def test_the_concepts_lie_in_one_another(seed: int) -> None:
    found = stability(random_conflict(seed), about=())
    nash, gmr, smr, seq, sim = found.stable
    assert not (nash & ~smr).any()
    assert not (smr & ~gmr).any()
    assert not (nash & ~seq).any()
    assert not (seq & ~gmr).any()
    assert not (nash & ~sim).any()


@tried
@given(seed=SEEDS)
def test_the_order_of_players_and_their_units_change_nothing(seed: int) -> None:
    board = random_conflict(seed)
    turned = replace(
        board,
        players=board.players[::-1],
        preference=np.exp(board.preference[::-1] / 7.0),
        unseen=None if board.unseen is None else board.unseen[::-1],
        barred=tuple(replace(b, player=len(board.players) - 1 - b.player) for b in board.barred),
    )
    concepts = (*CONCEPTS, "l2", "l3")
    there = stability(turned, concepts=concepts).stable[:, ::-1]
    assert there.tolist() == stability(board, concepts=concepts).stable.tolist()


@tried
@given(seed=SEEDS)
def test_foresight_of_one_move_is_nash(seed: int) -> None:
    found = stability(random_conflict(seed), concepts=("nash", "l1"), about=())
    assert found.stable[0].tolist() == found.stable[1].tolist()


@tried
@given(seed=SEEDS)
def test_a_margin_below_zero_is_a_state_that_is_left(seed: int) -> None:
    found = stability(random_conflict(seed), concepts=GRADED, about=())
    assert ((found.margin >= 0) == found.stable).all()
    assert (found.margin[found.attempt < 0] == 0).all()


def test_with_one_player_all_concepts_are_one() -> None:
    board = conflict([Choice("a", "x"), Choice("a", "y")], {"a": Ranking((2, 4, 1, 3))})
    assert {c: stability(board).labels(c) for c in GRADED} == dict.fromkeys(GRADED, (2,))


def test_a_reason_names_the_move_and_the_answer_to_it() -> None:
    reason = stability(dilemma()).reason("seq", "row", 3)
    assert reason is not None
    assert reason.stable
    (only,) = reason.tries
    assert (only.to, only.gain, [(s.by, s.to) for s in only.answer], only.end, only.loss) == (
        2,
        1,
        [(("column",), 0)],
        0,
        1,
    )


def test_a_move_made_together_answers_like_a_move_of_one() -> None:
    choices = [Choice("a", "go"), Choice("b", "hit"), Choice("c", "hit")]
    likes = {"a": Weights({"a.go": 1.0, "b.hit": -2.0, "c.hit": -2.0})}
    others = {p: Weights({}) for p in "bc"}
    barred = [(p, "---", "---") for p in "bc"]
    alone = conflict(choices, {**likes, **others}, barred=barred)
    joined = conflict(choices, {**likes, **others}, barred=barred, joint=[(("b", "c"), "-NN", "-YY")])
    assert not stability(alone, concepts=["gmr"]).stable[0, 0, 0]
    found = stability(joined, concepts=["gmr"])
    assert found.stable[0, 0, 0]
    reason = found.reason("gmr", "a", 0)
    assert reason is not None
    assert reason.tries[0].answer[0].by == ("b", "c")
    assert found.certificate.holds
    assert not stability(joined, concepts=["seq"]).stable[0, 0, 0]  # they gain nothing by it


@pytest.mark.parametrize(("attitude", "stays"), [("a", False), ("b", True), ("c", False), ("d", True)])
def test_an_unknown_gain_tempts_by_two_attitudes_of_four(attitude: Attitude, stays: bool) -> None:
    board = conflict([Choice("a", "go")], {"a": Pairs(())})
    assert stability(board, concepts=["nash"], unknown=attitude).stable[0, 0, 0] == stays


@pytest.mark.parametrize(("attitude", "stays"), [("a", False), ("b", False), ("c", True), ("d", True)])
def test_an_unknown_loss_deters_by_two_attitudes_of_four(attitude: Attitude, stays: bool) -> None:
    board = conflict_from_arcs({"a": [(1, 2)], "b": [(2, 3)]}, {"a": Pairs(((2, 1),)), "b": Ranking((1, 2, 3))})
    assert stability(board, concepts=["gmr"], unknown=attitude).stable[0, 0, 0] == stays


@tried
@given(seed=SEEDS)
def test_the_bolder_attitude_leaves_more_and_the_timid_one_less(seed: int) -> None:
    board, rng = random_conflict(seed), np.random.default_rng(seed)
    pairs = rng.random((len(board.players), board.count, board.count)) < 0.2
    board = replace(board, unknown=(pairs | pairs.transpose(0, 2, 1)) & ~np.eye(board.count, dtype=bool))
    attitudes: tuple[Attitude, ...] = ("a", "b", "c", "d")
    bold, certain, torn, timid = (stability(board, unknown=a).stable for a in attitudes)
    for least, most in ((bold, certain), (bold, torn), (certain, timid), (torn, timid)):
        assert not (least & ~most).any()


def test_strength_asks_for_a_loss_that_is_large() -> None:
    moves = {"a": [(1, 2)], "b": [(2, 3)]}
    wishes = {"a": Utilities((5.0, 6.0, 3.0)), "b": Utilities((0.0, 0.0, 1.0))}
    boards = [with_strength(conflict_from_arcs(moves, wishes), {"a": gap, "b": 1.0}) for gap in (2.0, 3.0)]
    found = [stability(board, concepts=["gmr", "seq"]) for board in boards]
    assert all(f.stable[:, 0, 0].all() for f in found)
    strong = [f.strong for f in found]
    assert strong[0] is not None
    assert strong[1] is not None
    assert strong[0][:, 0, 0].all()
    assert not strong[1][:, 0, 0].any()


def test_a_player_that_mistakes_another_judges_by_its_own_game() -> None:
    board = dilemma()
    kind = with_beliefs(board, {"row": {"column": Ranking((4, 3, 2, 1))}})
    assert stability(board, concepts=["seq"]).stable[0, 0, 3]
    assert not stability(kind, concepts=["seq"], perception="own_game").stable[0, 0, 3]
    assert stability(kind, concepts=["seq"]).stable[0, 0, 3]


def test_unknown_words_are_refused_with_those_that_are_known() -> None:
    with pytest.raises(AnalysisError, match=r"'nahs' is no idea of stability\. Choose from: nash"):
        stability(dilemma(), concepts=["nahs"])
    with pytest.raises(AnalysisError, match=r"no rule for answers.*any_legal"):
        stability(dilemma(), sanctions="twice")
    with pytest.raises(AnalysisError, match="no state 9"):
        stability(dilemma(), about=[9])
    with pytest.raises(AnalysisError, match="no attitude"):
        stability(dilemma(), unknown="e")
    with pytest.raises(AnalysisError, match="no perception"):
        stability(dilemma(), perception="clear")
    with pytest.raises(AnalysisError, match="drawn graph"):
        stability(random_arcs(3), concepts=["sim"])
    with pytest.raises(BoardError, match="There is no state 7"):
        with_unknown(dilemma(), {"row": [(1, 7)]})
