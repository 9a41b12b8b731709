"""What every level is worth to whom, and who would never take it."""

import numpy as np
import pytest
from hypothesis import given
from tests.boards.worlds import SEEDS, Shape, sample, span, tried, world

from detente.boards import deals, scored
from detente.errors import BoardError
from detente.situation.nouns import Issue, Landmark, NoDeal, Party, RedLine, Score, Situation, Stance, Table


def dispute(**more: object) -> Situation:
    rows: dict[str, object] = {
        "title": "Talks",
        "parties": (Party(id="usa", name="United States"), Party(id="iran", name="Iran")),
        "issues": (Issue(id="missiles", name="Missiles", status_quo=span(0)),),
        "stances": (Stance(party="usa", issue="missiles", position=span(75), salience=span(80)),),
        "tables": (Table(id="hall", name="Hall", consent=("usa", "iran")),),
    }
    return Situation.model_validate({**rows, **more})


def line(at: float, accepts: str = "at_most", hardness: float = 1) -> Situation:
    red = RedLine.model_validate({"at": span(at), "accepts": accepts, "hardness": span(hardness)})
    refuses = Stance(party="iran", issue="missiles", position=span(0), salience=span(60), red_line=red)
    return dispute(stances=(*dispute().stances, refuses))


def test_a_full_move_on_an_issue_of_salience_100_is_ten_thousand() -> None:
    there = Stance(party="usa", issue="missiles", position=span(100), salience=span(100))
    assert deals(dispute(stances=(there,)), "hall").score[0][0].tolist() == [0, 2500, 5000, 7500, 10000]


def test_beyond_its_position_a_party_loses_what_it_gained() -> None:
    assert deals(dispute(), "hall").score[0][0].tolist() == [0, 2000, 4000, 6000, 4000]


def test_who_has_no_stance_scores_nothing() -> None:
    assert not deals(dispute(), "hall").score[0][1].any()


@tried
@given(seed=SEEDS)
def test_the_status_quo_scores_nothing_for_anybody_unless_entered(seed: int) -> None:
    situation = world(seed)
    board = deals(situation, "hall", draws=sample(situation, seed))
    entered = {(s.party, s.issue) for s in situation.scores}
    for i, issue in enumerate(board.issues):
        for p, party in enumerate(board.parties):
            if (party, issue) not in entered:
                assert not board.score[i][:, p, board.status_quo[i]].any()


@tried
@given(seed=SEEDS)
def test_every_score_is_the_formula_worked_out_by_hand(seed: int) -> None:
    situation = world(seed)
    board = deals(situation, "hall")
    entered = {(s.party, s.issue, s.at): s.value.best * 100 for s in situation.scores}
    for i, issue in enumerate(board.issues):
        now = situation.issue(issue).status_quo.best
        for p, party in enumerate(board.parties):
            stance = situation.stance(party, issue)
            for o, level in enumerate(board.levels[i]):
                x, s = (stance.position.best, stance.salience.best) if stance else (now, 0.0)
                derived = round(round(s * (abs(now - x) - abs(level - x)), 6))
                assert board.score[i][p, o] == entered.get((party, issue, level), derived)


def test_levels_are_options_else_landmarks_else_quarters_and_always_hold_the_status_quo() -> None:
    bare = Issue(id="missiles", name="Missiles", scale=(0, 10), status_quo=span(1))
    named = bare.model_copy(update={"landmarks": (Landmark(at=4, name="cap"), Landmark(at=0, name="free"))})
    listed = named.model_copy(update={"options": (9.0, 1.0)})
    levels = [deals(dispute(issues=(i,)), "hall").levels[0].tolist() for i in (bare, named, listed)]
    assert levels == [[0, 1, 2.5, 5, 7.5, 10], [0, 1, 4], [1, 9]]


def test_an_entered_score_overrides_and_brings_its_level() -> None:
    row = Score(party="iran", issue="missiles", at=60, value=span(-12.5))
    board = deals(dispute(scores=(row,)), "hall")
    assert board.levels[0].tolist() == [0, 25, 50, 60, 75, 100]
    assert board.score[0][1].tolist() == [0, 0, 0, -1250, 0, 0]


def test_a_red_line_leaves_what_is_on_its_side() -> None:
    assert deals(line(25), "hall").admits[0][1].tolist() == [True, True, False, False, False]
    assert deals(line(25, "at_least"), "hall").admits[0][1].tolist() == [False, True, True, True, True]
    assert deals(line(25), "hall", red_lines="ignore").admits[0].all()


def test_over_draws_a_red_line_is_real_where_its_draw_lies_below_its_hardness() -> None:
    draws = {"iran.missiles.real": np.array([0.2, 0.6]), "iran.missiles.hardness": np.array([0.5, 0.5])}
    admits = deals(line(25), "hall", draws=draws).admits[0][:, 1]
    assert admits.all(axis=1).tolist() == [False, True]


def test_no_deal_is_entered_only_where_everybody_has_a_value() -> None:
    table = Table(id="hall", name="Hall", consent=("usa", "iran"), no_deal=(NoDeal(party="usa", value=span(-5)),))
    half = dispute(tables=(table,))
    assert deals(half, "hall").no_deal_kind == "status-quo"
    full = table.model_copy(update={"no_deal": (*table.no_deal, NoDeal(party="iran", value=span(3)))})
    board = deals(dispute(tables=(full,)), "hall")
    assert (board.no_deal_kind, board.no_deal.tolist()) == ("entered", [-500, 300])
    given_values = deals(half, "hall", no_deal=np.array([7, 8]))
    assert (given_values.no_deal_kind, given_values.no_deal.tolist()) == ("computed", [7, 8])
    with pytest.raises(BoardError, match="no no-deal value for iran"):
        deals(half, "hall", no_deal="entered")


@pytest.mark.parametrize(
    ("situation", "message"),
    [
        (dispute(tables=()), "'hall' is not a table of 'Talks'"),
        (dispute(tables=(Table(id="hall", name="Hall", consent=()),)), "Nobody's consent is needed"),
        (dispute(stances=()), "Nothing is bargained over at table 'hall'"),
        (dispute(issues=(Issue(id="missiles", name="M", scale=(5, 5), status_quo=span(5)),)), "has no width"),
    ],
)
def test_what_is_missing_is_said(situation: Situation, message: str) -> None:
    with pytest.raises(BoardError, match=message):
        deals(situation, "hall")


@tried
@given(seed=SEEDS)
def test_a_draw_is_the_board_of_its_values(seed: int) -> None:
    situation = world(seed, Shape(issues=2))
    best = {path: column[:1] for path, column in sample(situation, seed).items()}
    twice = {path: np.concatenate([column, column]) for path, column in best.items()}
    once, both = deals(situation, "hall", draws=best), deals(situation, "hall", draws=twice)
    for i in range(2):
        assert (both.score[i] == once.score[i]).all()
        assert (both.admits[i] == once.admits[i]).all()
        assert (both.meets[i] == once.meets[i]).all()
    assert (both.floor() == once.floor()).all()


def test_a_table_of_scores_must_fit_its_parties() -> None:
    with pytest.raises(BoardError, match="one row per party"):
        scored({"cap": [[0, 1]]}, parties=("usa", "iran"))
    with pytest.raises(BoardError, match="one row per party"):
        scored({"cap": [[0, 1], [0]]}, parties=("usa", "iran"))
