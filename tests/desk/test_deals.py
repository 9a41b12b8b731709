"""Everything about the deals of one table: asked at once, told in words, and given as data."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from detente.brief.dealt import Dealt
from detente.brief.document import Figure, sentences
from detente.desk import deals
from detente.desk.case import Case, open_case
from detente.errors import BoardError
from detente.situation.nouns import (
    AgendaItem,
    Demand,
    Issue,
    Link,
    NoDeal,
    Party,
    RedLine,
    Requirement,
    Situation,
    Stance,
    Table,
    Tie,
)
from detente.situation.values import Basis, Range

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "us-iran-2026"
ENTERED = Basis(kind="entered", by="test")


def span(low: float, high: float) -> Range:
    return Range(low=low, best=(low + high) / 2, high=high, basis=ENTERED)


def point(at: float) -> Range:
    return Range.point(at, ENTERED)


def dispute(*, line: bool = True, links: tuple[Link, ...] = ()) -> Situation:
    """Up and down trade water for power; an ally of up presses for dams, which down will not discuss."""
    at = {"up": (90, 0, 80), "down": (0, 90, 0), "ally": (50, 50, 100)}
    stances = [
        Stance(party=p, issue=i, position=span(x - 10, x + 10) if 10 <= x <= 90 else point(x), salience=span(40, 60))
        for p, row in at.items()
        for i, x in zip(("water", "power", "dams"), row, strict=True)
    ]
    if line:
        refusal = RedLine(at=point(0), accepts="at_most", hardness=span(0, 1))
        stances = [
            s.model_copy(update={"red_line": refusal}) if (s.party, s.issue) == ("down", "dams") else s for s in stances
        ]
    agenda = tuple(AgendaItem(issue=i, mode="option") for i in ("water", "power"))
    tables = [
        Table(
            id="river",
            name="River talks",
            consent=("up", "down"),
            agenda=(*agenda, AgendaItem(issue="dams", mode="refused", by=("down",))),
            links=links,
        ),
        Table(id="hill", name="Hill talks", consent=("up", "ally"), agenda=(AgendaItem(issue="dams", mode="option"),)),
    ]
    return Situation(
        title="River",
        parties=tuple(Party(id=p, name=p.capitalize()) for p in at),
        issues=tuple(Issue(id=i, name=i, status_quo=point(30)) for i in ("water", "power", "dams")),
        stances=tuple(stances),
        demands=(Demand(id="more", by="ally", to="up", table="river", issue="dams"),),
        ties=(Tie(id="t", kind="ally", source="ally", target="up"),),
        tables=tuple(tables),
    )


def asked(situation: Situation, **more: object) -> Dealt:
    return deals.ask_deals(Case("river", situation, ()), draws=(64, 1), **more)  # type: ignore[arg-type]


def said(told: Dealt) -> str:
    return " ".join(s.text for s in sentences(deals.write(told)))


@pytest.fixture(scope="module")
def usual() -> Dealt:
    return asked(dispute())


@pytest.mark.slow
def test_the_example_is_answered_in_full_and_every_sentence_rests_on_something() -> None:
    told = deals.ask_deals(open_case(EXAMPLE), draws=(64, 7))
    brief = deals.write(told)
    known = {q.id for q in brief.quotes} | {n.id for n in brief.notes}
    for sentence in sentences(brief):
        assert sentence.refs
        assert set(sentence.refs) <= known
    pictures = {b.id for s in brief.sections for b in s.blocks if isinstance(b, Figure)}
    assert {"cloud", "agendas", "gains", "motive-0"} <= pictures
    assert "not a probability" in said(told)
    assert told.packages.certificate.holds
    assert told.blocked.certificate.holds


def test_the_answers_are_the_same_twice_and_are_json(usual: Dealt) -> None:
    first = deals.as_json(usual)
    assert first == deals.as_json(asked(dispute()))
    found = json.loads(first)
    assert found["schema"] == "detente.deals/1"
    assert {"packages", "blocked", "agendas", "motives", "trades", "robust", "verdict"} <= set(found)
    assert found["packages"]["parties"] == ["up", "down"]


def test_a_precondition_against_a_red_line_is_told_as_that(usual: Dealt) -> None:
    clash = next(a for a in usual.agendas if a.mode == "precondition")
    assert [(c.by, c.against) for c in clash.clashes] == [("ally", "down")]
    assert "against the red line of Down" in said(usual)


def test_the_ally_that_presses_is_asked_for_its_aim_and_its_weight(usual: Dealt) -> None:
    assert [(m.presser, m.seat, m.pressed) for m in usual.motives] == [("ally", "outside", ("dams",))]
    assert [(w.principal, w.ally) for w in usual.weights] == [("up", "ally")]
    assert "what it has without a deal" in said(usual)


def test_an_agenda_of_ones_own_is_the_one_that_is_told() -> None:
    told = asked(dispute(line=False), agenda=("dams=option",))
    assert "dams" in told.held
    assert told.packages.packages > asked(dispute(line=False)).packages.packages


def test_linked_tables_are_solved_where_one_binds_another() -> None:
    rule = Requirement(issue="dams", at=100, of="water", accepts="at_most", level=50)
    told = asked(dispute(links=(Link(table="hill", kind="mandate", requires=(rule,)),)))
    assert told.linked is not None
    assert {a.table for a in told.linked.agreed} == {"river", "hill"}
    assert "What linked tables agree on" in said(told)


def test_no_deal_is_an_answer_with_its_reason() -> None:
    situation = dispute()
    stances = tuple(
        s.model_copy(update={"position": point(30)}) if s.party == "down" and s.issue != "dams" else s
        for s in situation.stances
    )
    told = asked(situation.model_copy(update={"stances": stances}))
    assert told.blocked.is_blocked
    assert "There is no deal" in said(told)
    assert not any(s.found for s in told.packages.solutions)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"table": "lake"}, "Its tables: river, hill"),
        ({"agenda": ("lake=option",)}, "Its issues: water, power, dams"),
        ({"agenda": ("dams=soon",)}, "Choose one of"),
        ({"no_deal": "entered"}, "has no no-deal value"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_can(more: dict[str, object], message: str) -> None:
    with pytest.raises(BoardError, match=message):
        asked(dispute(), **more)


def with_values(situation: Situation) -> Situation:
    """Up and down have values without a deal at the river; nobody has any at the hill."""
    values = tuple(NoDeal(party=p, value=point(-5)) for p in ("up", "down"))
    river, hill = situation.tables
    return situation.model_copy(update={"tables": (river.model_copy(update={"no_deal": values}), hill)})


def test_entered_values_are_asked_of_the_table_in_question_only() -> None:
    rule = Requirement(issue="dams", at=100, of="water", accepts="at_most", level=50)
    situation = with_values(dispute(links=(Link(table="hill", kind="mandate", requires=(rule,)),)))
    told, usual = asked(situation, no_deal="entered"), asked(situation)
    assert told.no_deal == usual.no_deal == "entered"
    assert [(name, board.no_deal_kind) for name, board in told.boards] == [("river", "entered"), ("hill", "status-quo")]
    assert deals.as_json(told) == deals.as_json(usual)


def test_what_was_not_asked_is_said_with_its_reason() -> None:
    river, hill = dispute().tables
    more = river.model_copy(update={"consent": ("up", "down", "lake"), "rule": "majority"})
    lake = Party(id="lake", name="Lake")
    situation = dispute()
    told = asked(situation.model_copy(update={"tables": (more, hill), "parties": (*situation.parties, lake)}))
    assert told.weights == ()
    said_why = " ".join(told.left_out)
    assert "How much Ally would have to weigh was not asked: that takes a table at which all must consent" in said_why
    assert "two parties only; here 3 decide" in said_why


def test_nothing_is_left_out_without_a_question(usual: Dealt) -> None:
    assert usual.weights
    assert usual.places is not None
    assert usual.robust is not None
    assert [why for why in usual.left_out if "was not worked out" not in why] == []


def test_too_many_packages_are_said_to_be_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.desk.left_out.DRAWN", 10)
    monkeypatch.setattr("detente.desk.left_out.LISTED", 10)
    told = asked(dispute())
    assert (told.robust, told.weights) == (None, ())
    for what in ("Nothing was drawn", "All packages are not drawn", "How much Ally would have to weigh"):
        assert any(why.startswith(what) and "packages, and at most" in why for why in told.left_out), what


def test_an_agenda_in_two_stages_is_told_in_both() -> None:
    told = asked(dispute(line=False), agenda=("dams=later",))
    assert told.own is not None
    assert told.own.stage_two is not None
    assert told.own.asked_of == "first stage"
    assert ("dams", "later", None) in told.modes
    assert asked(dispute(line=False), agenda=("dams=option",)).own is None


def test_what_the_file_puts_off_is_told_as_put_off(usual: Dealt) -> None:
    assert ("dams", "refused", "down") in usual.modes
    river, hill = dispute().tables
    later = tuple(a.model_copy(update={"mode": "later", "by": ()}) if a.issue == "dams" else a for a in river.agenda)
    put_off = dispute().model_copy(update={"tables": (river.model_copy(update={"agenda": later}), hill)})
    told = asked(put_off)
    assert ("dams", "later", None) in told.modes
    assert ("dams", "left_out", None) in told.start
    facts = {fact.name: fact.value for fact in deals.write(told).facts}
    assert "dams later" in facts["agenda"]
    assert "dams left_out" in facts["agendas compared with"]
    named = asked(put_off, agenda=("dams=left_out",))
    assert ("dams", "left_out", None) in named.modes


def test_an_agenda_that_leaves_everything_out_is_answered() -> None:
    told = asked(dispute(), agenda=("water=left_out", "power=left_out"))
    assert told.held == ()
    assert deals.write(told).sections


def test_every_agenda_is_data_in_full(usual: Dealt) -> None:
    rows = json.loads(deals.as_json(usual))["agendas"]
    assert {r["same_as"] for r in rows} >= {None}
    names = {f.name for f in fields(usual.agendas[0])}
    assert all(set(row) == names for row in rows)


def test_the_keys_of_the_data_are_documented(usual: Dealt) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    missing = [key for key in json.loads(deals.as_json(usual)) if f"`{key}`" not in page]
    assert missing == []


def test_a_situation_without_a_table_says_what_to_add() -> None:
    with pytest.raises(BoardError, match="Add a table"):
        asked(dispute().model_copy(update={"tables": ()}))
