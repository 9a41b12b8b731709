"""Who prevails, told: every number from somewhere, no deal forecast among vetoes, models and baselines side by side."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from detente.boards.decision import Shift
from detente.brief.as_json import render
from detente.brief.document import Block, Brief, Figure, Grid, block_sentences, known_ids, sentences
from detente.brief.prevailing import Band, Lens, OnIssue, Prevailing, Rounds, Standing
from detente.brief.register import Register
from detente.brief.sections.prevailing.page import composed, in_brief
from detente.errors import BoardError
from detente.levers.agreement import Agreement, IssueAgreement, Swing
from detente.situation.nouns import Issue, Landmark, Party, Situation
from detente.situation.values import Basis, Range

ENTERED = Basis(kind="entered", by="R. Halloran", date=dt.date(2026, 3, 2))
ASSUMED = Basis(kind="assumed", rule="salience-unstated")
WEIGHED = Range(low=10, best=50, high=90, basis=ASSUMED)
MEMBERS = ("water", "delta", "front", "treasury")
LENSES = (
    Lens("midpoint", 50, None),
    Lens("prevails", 41, Band(20, 40, 70)),
    Lens("climatology", 50, Band(0, 50, 100)),
    Lens("compromise", 42, Band(36, 41, 46)),
    Lens("median", 20, None),
    Lens("exchange", None, None, "There is one issue only."),
)


def situation() -> Situation:
    fill = Issue(
        id="filling",
        name="speed of filling",
        landmarks=(Landmark(at=0, name="none"), Landmark(at=40, name="five seasons")),
        status_quo=Range.point(0, ENTERED),
    )
    talk = Issue(id="talk", name="talks on releases", scale=(0, 1), options=(0, 1), status_quo=Range.point(0, ASSUMED))
    names = ("Ministry of Water", "Delta Republic", "Upland Front", "Treasury")
    parties = tuple(Party(id=i, name=n) for i, n in zip(MEMBERS, names, strict=True))
    council = Party(id="basin", name="Basin Council", members=MEMBERS, decision_body=True)
    return Situation(title="The Sarn dam", parties=(*parties, council), issues=(fill, talk))


def stands(party: str, at: float, influence: Range | None = None) -> Standing:
    return Standing(party, Range.point(at, ENTERED), WEIGHED, influence)


def hill(*shares: float) -> tuple[float, ...]:
    return tuple(share / sum(shares) for share in shares)


FILLING = OnIssue(
    "filling", (stands("water", 80), stands("delta", 20, Range.point(2, ENTERED)), stands("front", 0)),
    hill(1, 2, 3, 4, 3, 2, 1, 1, 1, 1, 1), Band(10, 40, 80), 41, Band(0, 50, 100), LENSES,
)  # fmt: skip
MOVE = Shift(
    round=1, issue="filling", party="water", by="delta", kind="compromise", start=80, end=60, won=0.31, lost=-0.1
)
ROUNDS = Rounds(
    "spatial_bargaining", MEMBERS[:3], ("filling",), (((80,), (20,), (0,)), ((60,), (20,), (0,))),
    (MOVE,),
    True,
)  # fmt: skip
SWINGS = (Swing("water.filling.salience", 10, 90, (30, 40, 20), (50, 44, 20), 20, 30),)
AGREED = Agreement(
    ("prevails", "compromise", "median"), ("midpoint",), "prevails",
    (IssueAgreement("filling", (40, 42, 20), (50,), 22, 0.22, SWINGS[0].path, 20, SWINGS[0].path, 8, SWINGS),),
    (("exchange", "There is one issue only."),),
)  # fmt: skip
FOUND = Prevailing(
    situation=situation(), body="basin", table=None, members=MEMBERS, veto=False, chosen="prevails", issues=(FILLING,),
    rounds=ROUNDS, agreement=AGREED, unheard=("treasury",), left_out=(("talk", "water"),), draws=64,
    seed=1, version="0", fingerprint="0",
)  # fmt: skip


def on(issue: OnIssue) -> Brief:
    return composed((replace(FOUND, issues=(issue,)),), ())


def said(*blocks: Block) -> str:
    return " ".join(s.text for block in blocks for s in block_sentences(block))


def whole(brief: Brief) -> str:
    return " ".join(s.text for s in sentences(brief))


@pytest.fixture(scope="module")
def brief() -> Brief:
    return composed((FOUND,), ())


def test_every_sentence_leads_back_and_a_mark_to_a_note_of_its_kind(brief: Brief) -> None:
    known, kinds = known_ids(brief), {n.id: n.kind for n in brief.notes}
    onward = {n.id: n.refs for n in brief.notes}
    wanted = {"assumed": "assumption", "entered": "entry", "supplied": "supplied"}
    for sentence in sentences(brief):
        assert sentence.refs, sentence.text
        assert set(sentence.refs) <= known, sentence.text
        if sentence.mark in wanted:
            reached = {r for ref in sentence.refs for r in (ref, *onward.get(ref, ()))}
            assert wanted[sentence.mark] in {kinds.get(r) for r in reached}, sentence.text


def test_no_probability_of_an_event_is_given(brief: Brief) -> None:
    assert not re.search(r"\d ?%|\b(likely|unlikely|probable|probability|chance)\b", whole(brief))


def test_the_forecast_is_told_with_what_stands_beside_it(brief: Brief) -> None:
    told = whole(brief)
    below = "On speed of filling about two thirds of the model's weight lies at or below “five seasons” (40), and most"
    assert below in told
    assert "The compromise mean is close to the median, at 41" in told
    assert "past decisions elsewhere, put on this scale, lay all over it" in told
    assert "15.7 on average where the compromise mean alone missed by 23.0" in told
    assert "that is legislation, and not coercion" in told


def test_who_stands_on_either_side_is_told_with_its_weight(brief: Brief) -> None:
    told = whole(brief)
    assert "below the median of the model, 40, stand the Delta Republic and the Upland Front, with about three" in told
    assert "above the median stands Ministry of Water, with about a quarter of the weight" in told


def test_where_each_can_say_no_that_is_said_first() -> None:
    for first in (
        composed((replace(FOUND, veto=True),), ()).sections[0].blocks[0],
        in_brief((replace(FOUND, veto=True),), Register())[0],
    ):
        text = next(block_sentences(first)).text
        assert text.startswith("Each of Ministry of Water")
        assert "can say no" in text
        assert text.endswith("no forecast of a deal.")
    assert "can say no" not in whole(composed((FOUND,), ()))


def test_the_default_stands_first_and_baselines_last_with_the_reason_of_who_is_silent(brief: Brief) -> None:
    panel = next(b for s in brief.sections for b in s.blocks if isinstance(b, Figure) and b.id.startswith("models"))
    assert [row[0].text for row in panel.grid.rows] == [
        "Default forecast", "Compromise mean", "Weighted median", "Exchange model", "Middle of the scale",
        "Past decisions",
    ]  # fmt: skip
    assert panel.grid.rows[0][1].text == "40"  # the median that is told, and not the mean of the medians of the draws
    assert panel.grid.rows[3][2].text == "There is one issue only."


def test_how_far_the_models_are_apart_and_what_decides_is_told(brief: Brief) -> None:
    told = whole(brief)
    assert "the 3 models that name a value are apart: from 20 (weighted median) to 42 (compromise mean)" in told
    assert "What moves the default forecast most is the weight that Ministry of Water gives speed of filling" in told
    assert "over its range from 10 to 90 the median goes from 30 to 50" in told
    assert "the same input drives the models apart most: with it at 90 they are 30 apart, against 22" in told
    assert "The exchange model says nothing here" in told


def test_models_that_name_nearly_the_same_agree() -> None:
    close = (Lens("prevails", 40, Band(30, 40, 50)), Lens("compromise", 41, None))
    assert "the 2 models that name a value agree" in whole(on(replace(FILLING, lenses=close)))


def test_where_all_stand_at_one_place_there_is_nothing_to_decide() -> None:
    same = replace(FILLING, standings=(stands("water", 40), stands("delta", 40)), agreed=True)
    told = on(same)
    assert "stand at “five seasons” (40), whatever the draw: there is nothing to decide" in whole(told)
    assert "Give a member another position" in whole(told)
    assert not [b for s in told.sections if s.id == "basin-filling" for b in s.blocks if isinstance(b, Figure)]


def test_a_split_is_told_as_one() -> None:
    split = replace(FILLING, shares=hill(4, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3), forecast=Band(0, 90, 100))
    assert "is split: about two fifths of its weight lies in the third of the scale next to “none” (0)" in whole(
        on(split)
    )


def test_a_level_that_most_of_the_weight_lies_at_is_named() -> None:
    heaped = replace(FILLING, shares=hill(1, 1, 1, 1, 6, 0, 0, 0, 0, 0, 0), forecast=Band(0, 40, 40))
    assert "about three fifths of the model's weight lies at “five seasons” (40)" in whole(on(heaped))


def test_an_issue_of_two_poles_is_told_pole_by_pole() -> None:
    poles = OnIssue(
        "talk", (stands("water", 0), stands("delta", 1)), (0.4, 0.6), Band(0, 1, 1), 0.5, Band(0, 0.5, 1), LENSES[:2]
    )
    assert (
        "On talks on releases about three fifths of the weight of the model lies at 1 and about two fifths at 0."
        in (whole(on(poles)))
    )
    assert "at 0 stands Ministry of Water, with about half of the weight" in whole(on(poles))


def test_members_without_a_stance_and_what_is_left_out_are_named(brief: Brief) -> None:
    told = whole(brief)
    assert "Treasury has no stance on any of this and counts for nothing here." in told
    assert "Left out: talks on releases (only Ministry of Water has a stance)." in told


def test_who_moved_whom_is_told_with_both_forces(brief: Brief) -> None:
    moved = next(s for s in brief.sections if s.id == "basin-rounds")
    grid = next(b for b in moved.blocks if isinstance(b, Grid))
    assert [cell.text for cell in grid.rows[0]] == [
        "1: Ministry of Water", "80 to 60", "Delta Republic", "compromise", "+0.310, -0.100",
    ]  # fmt: skip
    assert "made its forecast worse and not better" in said(*moved.blocks)


def test_rounds_in_which_nobody_moves_are_a_sentence() -> None:
    still = replace(ROUNDS, path=(ROUNDS.path[0], ROUNDS.path[0]), shifts=())
    rounds = composed((replace(FOUND, rounds=still),), ()).sections[2]
    assert said(*rounds.blocks).startswith("In the rounds of spatial bargaining nobody moves on any issue")
    assert not [s for s in composed((replace(FOUND, rounds=None),), ()).sections if s.id == "basin-rounds"]


def test_many_moves_are_shown_by_the_largest_and_the_rest_on_demand() -> None:
    many = tuple(replace(ROUNDS.shifts[0], end=80 - k, round=k) for k in range(1, 20))
    blocks = composed((replace(FOUND, rounds=replace(ROUNDS, shifts=many)),), ()).sections[2].blocks
    grids = [b for b in blocks if isinstance(b, Grid)]
    assert [(len(g.rows), g.fold is None) for g in grids] == [(12, True), (19, False)]
    assert grids[0].rows[0][1].text == "80 to 72"


def test_every_picture_has_a_narrow_twin_a_table_and_lines(brief: Brief) -> None:
    drawn = [b for s in brief.sections for b in s.blocks if isinstance(b, Figure)]
    assert [f.id.split("-")[0] for f in drawn] == ["decision", "models", "rounds"]
    for figure in drawn:
        assert figure.svg.count("<svg") == 2
        assert 'class="figure narrow"' in figure.svg
        assert figure.grid.rows
        assert max(map(len, figure.lines)) <= 78


def test_how_a_member_is_known_stands_in_its_row(brief: Brief) -> None:
    table = next(b for s in brief.sections for b in s.blocks if isinstance(b, Figure)).grid
    assert [row[0].text for row in table.rows] == ["Upland Front", "Delta Republic", "Ministry of Water"]
    assert [cell.mark for cell in table.rows[0]] == ["entered", "entered", "assumed", "assumed", None]
    assert [cell.text for cell in table.rows[0]] == ["Upland Front", "0", "50 (10 to 90)", "1, as all", "0.25"]
    assert table.rows[1][3].mark == "entered"


def test_the_short_form_has_the_picture_and_what_stands_beside_it() -> None:
    blocks = in_brief((FOUND,), Register())
    assert len([b for b in blocks if isinstance(b, Figure)]) == 1
    for told in (
        "of the model's weight lies at or below",
        "The compromise mean",
        "past decisions elsewhere",
        "models that name",
    ):
        assert told in said(*blocks)


def test_only_the_first_issues_of_a_body_have_pictures_in_the_short_form() -> None:
    many = replace(FOUND, issues=(FILLING,) * 9)
    assert len([b for b in in_brief((many,), Register()) if isinstance(b, Figure)]) == 2


def test_parties_of_a_table_are_told_as_if_they_decided_together() -> None:
    told = whole(composed((replace(FOUND, body=None, table="dam"),), ()))
    assert "Looked at as if they decided together: Ministry of Water" in told


def test_sections_of_several_bodies_name_their_own_and_have_ids_of_their_own() -> None:
    two = composed((FOUND, replace(FOUND, body="delta")), ())
    ids = [s.id for s in two.sections]
    assert len(ids) == len(set(ids))
    assert "Speed of filling, inside the Basin Council" in [s.title for s in two.sections]


def test_without_a_body_there_is_nothing_to_write() -> None:
    with pytest.raises(BoardError, match="Name a party with members"):
        composed((), ())
    assert in_brief((), Register()) == ()


def test_the_same_answer_gives_the_same_bytes(brief: Brief) -> None:
    assert render(brief) == render(composed((FOUND,), ()))
