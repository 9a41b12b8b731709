"""Which tables bear on one another: links become indices, and what cannot be is said in a sentence."""

import numpy as np
import pytest
from tests.boards.linked_worlds import point, random_tables, two_houses

from detente.boards.linked import linked
from detente.errors import BoardError
from detente.situation.nouns import AgendaItem, Issue, Link, Party, Requirement, Score, Situation, Table


def talks(*links: Link, capital: Table | None = None) -> Situation:
    """Talks about relief and checks, with a capital at which a line is drawn."""
    issues = tuple(
        Issue(id=i, name=i, scale=(0, 2), options=(0, 1, 2), status_quo=point(0)) for i in ("relief", "checks", "line")
    )
    agenda = (AgendaItem(issue="relief", mode="option"), AgendaItem(issue="checks", mode="option"))
    home = capital or Table(
        id="capital", name="C", consent=("envoy", "ally"), agenda=(AgendaItem(issue="line", mode="in"),)
    )
    return Situation(
        title="Talks",
        parties=tuple(Party(id=p, name=p) for p in ("envoy", "ally", "other")),
        issues=issues,
        scores=(
            Score(party="envoy", issue="checks", at=1, value=point(10)),
            Score(party="ally", issue="relief", at=2, value=point(-7)),
        ),
        tables=(Table(id="talks", name="T", consent=("envoy", "other"), agenda=agenda, links=links), home),
    )


def asks(issue: str = "line", at: float = 1, of: str = "relief") -> Link:
    row = Requirement(issue=issue, at=at, of=of, accepts="at_most", level=1)
    return Link(table="capital", kind="mandate", requires=(row,))


def test_a_mandate_becomes_rows_of_levels_that_may_stand() -> None:
    board = linked(talks(asks()))
    (row,) = board.bindings
    assert (board.names[row.mandate], board.names[row.bound]) == ("capital", "talks")
    assert board.boards[row.bound].issues[row.of] == "relief"
    assert row.allowed.tolist() == [True, True, False]
    assert board.order == ((1,), (0,))
    assert board.circular == ()


def test_the_parties_of_a_linked_table_have_a_stake_here_and_who_is_silent_is_known() -> None:
    board = linked(talks(asks()))
    here = board.interests[0]
    assert here.people == ("envoy", "other", "ally")
    assert here.score[board.boards[0].issues.index("relief")][2].tolist() == [0, 0, -700]
    assert dict(zip(here.people, here.voiced, strict=True)) == {"envoy": True, "other": False, "ally": True}


def test_a_level_follows_the_status_quo_that_is_drawn() -> None:
    drawn = {"relief.status_quo": np.array([0.0, 2.0])}
    row = linked(talks(asks()), draws=drawn).bindings[0]
    assert row.allowed.tolist() == [[True, True, False], [False, True, False]]


def test_tables_that_mandate_one_another_are_one_group() -> None:
    board = linked(two_houses(requires=True))
    assert board.order == board.circular == ((0, 1),)


def test_a_table_comes_after_every_table_that_mandates_it() -> None:
    for seed in range(30):
        board = linked(random_tables(seed))
        place = {t: k for k, group in enumerate(board.order) for t in group}
        assert all(place[m.mandate] < place[m.bound] for m in board.mandates)


def test_an_issue_that_is_open_at_two_tables_is_named_with_both() -> None:
    agenda = (AgendaItem(issue="relief", mode="option"),)
    board = linked(talks(capital=Table(id="capital", name="C", consent=("envoy", "ally"), agenda=agenda)))
    assert board.twice == (("relief", "talks"), ("relief", "capital"))


def test_a_parliament_ratifies_without_an_agenda_of_its_own() -> None:
    house = Table(id="capital", name="C", consent=("ally",), rule="unanimity")
    board = linked(talks(Link(table="capital", kind="ratification"), capital=house))
    (asked,) = board.ratifications
    assert (board.names, asked.by, asked.parties, asked.rule) == (("talks",), "capital", ("ally",), None)
    assert "ally" in board.interests[0].people


@pytest.mark.parametrize(
    ("situation", "names", "said"),
    [
        (talks(), ("talks", "moon"), "'moon' is not a table"),
        (talks(asks()), ("talks",), "not among the tables asked about"),
        (talks(asks(of="moon")), None, "speaks of 'moon', which is not an issue at 'talks'"),
        (talks(asks(issue="moon")), None, "speaks of 'moon', which is not an issue at 'capital'"),
        (talks(asks(at=1.5)), None, "'line' at 1.5, which is not one of its levels: 0, 1, 2"),
        (talks(Link(table="moon", kind="mandate")), None, "'moon' is not a table"),
        (talks(Link(table="talks", kind="mandate")), None, "a mandate from itself"),
        (
            talks(Link(table="capital", kind="ratification"), capital=Table(id="capital", name="C", consent=())),
            None,
            "nobody's consent is needed there",
        ),
    ],
)
def test_a_link_that_cannot_be_is_said_with_its_cure(
    situation: Situation, names: tuple[str, ...] | None, said: str
) -> None:
    with pytest.raises(BoardError, match=said):
        linked(situation, names)
