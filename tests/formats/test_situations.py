"""A table of scores becomes a situation and comes out of it as it was; what cannot come out is named."""

import pytest
from hypothesis import given, settings
from tests.cli.samples import SITUATION
from tests.formats.tables import Parts, again, built, tables, through

from detente.analyses.packages import packages
from detente.boards import agenda_modes, deals, with_modes
from detente.errors import BoardError, FormatError
from detente.formats import Matter, ScoreTable, situation_of, tabled
from detente.situation.check import check
from detente.situation.nouns import Interaction
from detente.situation.store import from_yaml, to_yaml
from detente.situation.values import Basis, Range


@settings(deadline=None, max_examples=40)
@given(tables())
def test_a_table_comes_out_of_its_situation_as_it_went_in(parts: Parts) -> None:
    table = built(parts)
    assert through(table) == table


@settings(deadline=None, max_examples=40)
@given(tables())
def test_what_a_table_makes_is_sound_and_survives_its_file(parts: Parts) -> None:
    table = built(parts)
    made = situation_of(table)
    assert [p for p in check(made) if p.severity == "fault"] == []
    assert again(from_yaml(to_yaml(made))) == table


def test_every_issue_must_be_settled_and_nothing_settled_is_worth_nothing() -> None:
    fund = Matter(name="Fund", options=("small", "large"), worth=((5.0, 1.0), (2.0, 9.0)))
    made = situation_of(ScoreTable(title="Fund", parties=("North", "South"), matters=(fund,), threshold=(3.0, 0.5)))
    board = with_modes(deals(made, "table"), agenda_modes(made, "table"))
    found = packages(board)
    assert found.packages == 2
    assert found.acceptable == 1
    assert found.gains.tolist() == [200, 50]


def test_points_count_from_the_option_that_stands_today() -> None:
    fund = Matter(name="Fund", options=("none", "large"), worth=((5.0, 1.0), (2.5, 9.0)), today=0)
    made = situation_of(ScoreTable(title="Fund", parties=("North", "South"), matters=(fund,), threshold=(2.0, 1.0)))
    assert [s.value.best for s in made.scores] == [0, -2.5, 0, 8]
    assert [n.value.best for n in made.table("table").no_deal] == [-3, 0]
    assert made.table("table").agenda[0].mode == "option"


def test_words_of_paths_and_names_without_letters_get_ids_of_their_own() -> None:
    matters = tuple(
        Matter(name=n, options=("a",), worth=((1.0, 2.0),)) for n in ("Cost", "weight", "漢", "№1", "No. 1")
    )
    made = situation_of(ScoreTable(title="!", parties=("Table", "漢"), matters=matters))
    assert [p.id for p in made.parties] == ["table-2", "party"]
    assert [i.id for i in made.issues] == ["issue-cost", "issue-weight", "issue", "no1", "no-1"]
    assert not [p for p in check(made) if p.severity == "fault"]


def test_every_score_leads_to_its_file() -> None:
    fund = Matter(name="Fund", options=("small",), worth=((5.0, 1.0),))
    made = situation_of(ScoreTable(title="F", parties=("N", "S"), matters=(fund,), origins=("n.xml", "s.xml")))
    assert [(s.value.basis.kind, s.value.basis.by) for s in made.scores] == [("entered", "n.xml"), ("entered", "s.xml")]


def test_positions_become_scores_and_what_is_lost_is_named() -> None:
    made = tabled(from_yaml(SITUATION), "talks")
    assert made.table.parties == ("Upper state", "Lower state")
    filling, water = made.table.matters
    assert (filling.options, filling.today) == (("25", "50", "75", "100"), None)
    assert filling.worth == ((12.5, -12.5), (25.0, -25.0), (37.5, -37.5), (30.0, -50.0))
    assert (water.options[water.today or 0], water.worth[0]) == ("50", (25.0, -25.0))
    told = " ".join(made.lost)
    assert "Red lines are left out: 'lower.filling.red_line'." in told
    assert "'upper.filling.salience'" in told
    assert "lower.filling.hardness" not in told


def test_what_levels_are_worth_together_is_named_as_lost() -> None:
    basis = Basis(kind="entered", by="ana")
    extra = Interaction(
        party="upper", issue="filling", at=100, other="water", other_at=0, value=Range.point(5, basis), basis=basis
    )
    situation = from_yaml(SITUATION).model_copy(update={"interactions": (extra,)})
    assert (
        "What levels are worth together is left out: 'upper.filling.100.with.water.0'."
        in tabled(situation, "talks").lost
    )


def test_listing_costs_are_part_of_the_threshold() -> None:
    text = SITUATION.replace("water: option}}", "water: option}, listing_costs: {upper: {water: 7.5}}}")
    made = tabled(from_yaml(text), "talks")
    assert made.table.threshold == (7.5, 0)
    assert "Listing costs are part of the threshold now: 'water'." in made.lost


def test_an_issue_that_is_off_the_agenda_is_left_out_by_name() -> None:
    made = tabled(from_yaml(SITUATION.replace("water: option", "water: {mode: refused, by: [upper]}")), "talks")
    assert [m.name for m in made.table.matters] == ["Filling"]
    assert "Issues that this agenda does not settle are left out: 'water'." in made.lost


def test_an_empty_agenda_and_an_unknown_table_are_refused() -> None:
    bare = from_yaml(SITUATION.replace(", agenda: {filling: in, water: option}", ""))
    with pytest.raises(FormatError, match="No issue is on the agenda of 'talks'"):
        tabled(bare, "talks")
    with pytest.raises(BoardError, match="'nowhere' is not a table"):
        tabled(bare, "nowhere")
