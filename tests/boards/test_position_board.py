"""Who stands where, and with what weight."""

import numpy as np
import pytest
from tests.boards.worlds import span

from detente.boards import positions
from detente.errors import BoardError
from detente.situation.nouns import Influence, Issue, Party, Situation, Stance

ISSUE = Issue(id="cap", name="Cap", scale=(0, 10), status_quo=span(2))
HERE = Stance(party="usa", issue="cap", position=span(3, 4, 9), salience=span(80))


def dispute(**more: object) -> Situation:
    parties = (Party(id="usa", name="United States"), Party(id="iran", name="Iran"), Party(id="oman", name="Oman"))
    other = Stance(party="iran", issue="cap", position=span(1), salience=span(50))
    rows: dict[str, object] = {"title": "Talks", "parties": parties, "issues": (ISSUE,), "stances": (HERE, other)}
    return Situation.model_validate({**rows, **more})


def test_a_party_without_a_stance_stands_at_the_status_quo_and_does_not_care() -> None:
    board = positions(dispute(), parties=["oman", "usa"])
    assert board.at[:, 0].tolist() == [2, 4]
    assert board.salience[:, 0].tolist() == [0, 80]
    assert board.stated[:, 0].tolist() == [False, True]


def test_without_names_everybody_with_a_stance_is_there() -> None:
    assert positions(dispute()).parties == ("usa", "iran")


def test_nobody_weighs_more_by_default() -> None:
    assert (positions(dispute()).influence == 1).all()


def test_a_weight_on_the_issue_goes_before_one_at_the_table_and_that_before_an_overall_one() -> None:
    overall = Influence(party="usa", weight=span(1))
    at_table = Influence(party="usa", table="hall", weight=span(2))
    on_issue = Influence(party="usa", issue="cap", weight=span(3))
    weight = [
        positions(dispute(influence=rows), table="hall").influence[0, 0]
        for rows in [(overall,), (overall, at_table), (on_issue, at_table, overall)]
    ]
    assert weight == [1, 2, 3]
    assert positions(dispute(influence=(at_table,))).influence[0, 0] == 1


def test_draws_replace_best_values_and_leave_the_rest() -> None:
    draws = {"usa.cap.position": np.array([3.0, 9.0]), "cap.status_quo": np.array([1.0, 2.0])}
    board = positions(dispute(), draws=draws, parties=["usa", "iran", "oman"])
    assert board.at[..., 0].tolist() == [[3, 1, 1], [9, 1, 2]]
    assert board.status_quo.tolist() == [[1], [2]]


def test_a_stranger_is_named() -> None:
    with pytest.raises(BoardError, match="'cuba' is not a party of 'Talks'"):
        positions(dispute(), parties=["cuba"])


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(BoardError, match="differ in length"):
        positions(dispute(), draws={"usa.cap.position": np.ones(2), "usa.cap.salience": np.ones(3)})
