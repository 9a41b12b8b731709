"""Who prevails is asked of every body or of one, with every model beside it, and what cannot be asked says why."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from detente.brief.document import sentences
from detente.brief.prevailing import Lens, OnIssue, Prevailing
from detente.desk import exchange, positions
from detente.desk.body_file import open_body
from detente.desk.opened_body import OpenedBody
from detente.desk.positions import Asked, as_json, ask_file, ask_positions
from detente.ensemble import Drawing
from detente.errors import AnalysisError, BoardError, UsageError
from detente.situation.nouns import Situation
from detente.situation.store import from_yaml

FEW = Drawing(24, 7)
COUNCIL = """title: The basin
author: {by: A. Reader, date: 2026-01-01}
parties:
  mill: {name: Mill owners}
  town: {name: The town}
  farm: {name: Farms}
  port: {name: The port}
  council: {name: Basin council, members: [mill, town, farm], decision_body: true}
issues:
  level: {name: level, status_quo: 0}
  toll: {name: toll, scale: [4, 10], status_quo: 4}
stances:
  mill:
    level: {position: [60, 80, 90], salience: [20, 50, 90]}
    toll: {position: 5, salience: 50}
  town:
    level: {position: 20, salience: 60}
    toll: {position: 9, salience: 50}
  port: {level: {position: 50, salience: 90}}
influence:
  - {party: mill, weight: [1, 2, 4]}
tables:
  quay: {name: Quay, consent: [mill, town], agenda: {level: in}}
"""
ACTORS = "actor,power,position,salience\nscale low,,0,\nscale high,,10,\nNorth,2,1,50\nSouth,1,9,80\nWest,1,4,20\n"


def opened(text: str = ACTORS, name: str = "fund.csv") -> OpenedBody:
    Path(name).write_text(text, encoding="utf-8")
    return open_body(Path(name))


def by_lot() -> OpenedBody:
    """A scenario whose bargains are taken by lot."""
    opened(ACTORS.replace("West,1,4,20", "West,1,4,20\nEast,2,7,60\nIsle,1,2,90"))
    exchange.save(exchange.export(Path("fund.csv"), kind="ktab-xml"), Path("fund.xml"), force=True)
    text = Path("fund.xml").read_text(encoding="utf-8")
    more = "<ModelParameters><StateTransitions>Stochastic</StateTransitions></ModelParameters>"
    return opened(text.replace("</Scenario>", f"{more}</Scenario>"), "lots.xml")


@pytest.fixture(scope="module")
def basin() -> Situation:
    return from_yaml(COUNCIL)


@pytest.fixture(scope="module")
def found(basin: Situation) -> Prevailing:
    (one,) = ask_positions(basin, Asked(drawing=FEW))
    return one


def written(one: Prevailing) -> str:
    return " ".join(s.text for s in sentences(positions.write((one,), ())))


def lens(one: OnIssue, name: str) -> Lens:
    return next(each for each in one.lenses if each.name == name)


def test_every_model_stands_beside_the_default_with_the_baselines_last(found: Prevailing) -> None:
    names = [each.name for each in found.issues[0].lenses]
    assert names == [*positions.NAMES, "midpoint", "status quo", "climatology"]
    assert names[0] == found.chosen == "prevails"
    for one in found.issues:
        assert sum(one.shares) == pytest.approx(1)
        assert one.compromise == lens(one, "compromise").point
        assert all(each.point is not None for each in one.lenses)


def test_values_are_in_the_unit_of_the_issue_and_on_its_scale(found: Prevailing) -> None:
    toll = found.issues[1]
    assert lens(toll, "midpoint").point == 7
    assert lens(toll, "status quo").point == 4
    assert all(4 <= each.point <= 10 for each in toll.lenses if each.point is not None)
    assert 4 <= toll.forecast.low <= toll.forecast.median <= toll.forecast.high <= 10


def test_who_is_heard_and_who_is_not_is_told(found: Prevailing) -> None:
    assert (found.body, found.members, found.unheard) == ("council", ("mill", "town", "farm"), ("farm",))
    assert [s.party for s in found.issues[0].standings] == ["mill", "town"]
    assert [s.influence.best if s.influence else None for s in found.issues[0].standings] == [2, None]


@pytest.mark.parametrize("model", positions.NAMES)
def test_any_model_can_be_told_first(model: str, basin: Situation) -> None:
    (one,) = ask_positions(basin, Asked(model=model, drawing=Drawing(4, 7)))
    assert one.chosen == one.issues[0].lenses[0].name == model
    assert one.rounds is not None
    assert one.rounds.model == (model if model in positions.WITH_ROUNDS else "spatial_bargaining")


def test_one_issue_and_one_body_can_be_asked_about(basin: Situation) -> None:
    (one,) = ask_positions(basin, Asked("quay", "level", drawing=Drawing(4, 7)))
    assert (one.body, one.table, one.veto) == (None, "quay", True)
    assert [each.issue for each in one.issues] == ["level"]


def test_positions_of_all_at_one_place_are_an_answer() -> None:
    (one,) = ask_file(opened("actor,power,position,salience\nA,1,40,50\nB,2,40,50\nC,1,40,9\n"), Asked(drawing=FEW))
    (issue,) = one.issues
    assert issue.agreed
    assert issue.forecast.low == issue.forecast.median == issue.forecast.high == 40
    assert [each.point for each in issue.lenses[: len(positions.NAMES)]] == pytest.approx([40] * len(positions.NAMES))


def test_a_file_says_how_it_was_read() -> None:
    (one,) = ask_file(opened("actor,power,position,salience\nA,1,13.25,0.5\nB,2,14.25,1\n"), Asked(drawing=FEW))
    assert len(one.remarks) == 2
    told = written(one)
    assert all(remark in told for remark in one.remarks)


def test_numbers_are_as_fine_as_a_narrow_scale_asks_for() -> None:
    (one,) = ask_file(opened("actor,power,position,salience\nA,1,13.25,50\nB,2,14.13,99\n"), Asked(drawing=FEW))
    told = written(one)
    assert "13.25 to 14.13 is taken" in told
    assert "from 13 to 14" not in told
    assert "13.7" in told


def test_the_answer_is_data(found: Prevailing) -> None:
    data = json.loads(as_json((found,)))
    (body,) = data["bodies"]
    assert (data["schema"], body["body"], body["draws"], body["seed"]) == ("detente.positions/1", "council", 24, 7)
    assert "situation" not in body
    level = body["issues"][0]
    assert level["standings"][0]["position"] | {"basis": None} == {"low": 60, "best": 80, "high": 90, "basis": None}
    assert level["standings"][0]["position"]["basis"]["kind"] == "entered"
    assert level["standings"][1]["influence"] is None
    assert body["agreement"]["default"] == "prevails"
    assert {row["party"] for row in body["rounds"]["shifts"]} <= {"mill", "town"}


def test_the_same_seed_gives_the_same_answer_and_another_another(basin: Situation, found: Prevailing) -> None:
    (again,) = ask_positions(basin, Asked(drawing=FEW))
    assert as_json((again,)) == as_json((found,))
    (other,) = ask_positions(basin, Asked(drawing=replace(FEW, seed=8)))
    assert other.issues[0].shares != found.issues[0].shares


def test_bargains_by_lot_come_again_with_the_seed() -> None:
    scenario = by_lot()
    asked = Asked(model="spatial_bargaining", drawing=FEW)
    first, again = (as_json(ask_file(scenario, asked)) for _ in range(2))
    assert first == again
    other = as_json(ask_file(scenario, replace(asked, drawing=replace(FEW, seed=8))))
    assert json.loads(other)["bodies"][0]["rounds"] != json.loads(first)["bodies"][0]["rounds"]


@pytest.mark.slow
@pytest.mark.parametrize("workers", [2, 8])
@pytest.mark.parametrize("case", ["ranges", "lots"])
def test_any_number_of_workers_gives_the_same_bytes(workers: int, case: str, basin: Situation) -> None:
    drawing = Drawing(60, 7, size=7)
    told = []
    for many in (1, workers):
        asked = Asked(drawing=replace(drawing, workers=many))
        told.append(as_json(ask_positions(basin, asked) if case == "ranges" else ask_file(by_lot(), asked)))
    assert told[0] == told[1]


@pytest.mark.parametrize("many", [200, pytest.param(1_000, marks=pytest.mark.slow)])
def test_very_many_actors_are_asked_about_at_once_and_models_that_take_long_say_so(many: int) -> None:
    rows = "".join(f"A{k},{k % 97 + 1},{k * 37 % 101},{k % 50 + 1}\n" for k in range(many))
    (one,) = ask_file(opened("actor,power,position,salience\n" + rows), Asked(drawing=Drawing(512, 7)))
    assert len(one.members) == many
    silent = {each.name: each.why_not for each in one.issues[0].lenses if each.point is None}
    assert set(silent) == {"spatial_bargaining", "challenge"}
    assert silent["challenge"] == f"With {many:,} members it takes long. Ask for it alone: --model challenge."
    assert one.rounds is not None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("A,1,10,0\nB,2,90,0\n", "no two actors have a position on one issue with a salience above zero"),
        ("A,0,10,50\nB,0,90,50\n", "No party carries weight on fund.* a salience and an influence above zero"),
    ],
)
def test_a_file_in_which_nobody_weighs_anything_is_refused(text: str, why: str) -> None:
    with pytest.raises((BoardError, AnalysisError), match=why):
        ask_file(opened(f"actor,power,position,salience\n{text}"), Asked(drawing=FEW))


def test_what_is_not_there_is_refused_with_what_is(basin: Situation) -> None:
    with pytest.raises(UsageError, match=r"'oracle' is no model of a body\. Choose one of: prevails, "):
        ask_positions(basin, Asked(model="oracle"))
    with pytest.raises(UsageError, match=r"On 'tax' nothing is weighed inside 'council'\. Its issues: level, toll\."):
        ask_positions(basin, Asked(issue="tax", drawing=FEW))
    with pytest.raises(BoardError, match=r"'hall' is no body in 'The basin'\. .* tables: council, quay\."):
        ask_positions(basin, Asked("hall"))
    with pytest.raises(UsageError, match="0 draws"):
        ask_positions(basin, Asked(drawing=Drawing(0, 7)))


def test_a_situation_without_anything_to_weigh_says_what_is_missing(basin: Situation) -> None:
    with pytest.raises(BoardError, match="Give a party members and 'decision_body: true', and its members stances"):
        ask_positions(Situation(title="Empty"), Asked())
    port = basin.model_copy(update={"stances": tuple(s for s in basin.stances if s.party in ("mill", "port"))})
    with pytest.raises(BoardError, match=r"Inside 'council' nothing can be weighed \(level: only mill has a stance"):
        ask_positions(port, Asked())


def test_a_body_without_influence_is_refused_by_name(basin: Situation) -> None:
    text = COUNCIL.replace("{party: mill, weight: [1, 2, 4]}", "{party: mill, weight: 0}\n  - {party: town, weight: 0}")
    with pytest.raises(AnalysisError, match=r"No party carries weight on level, toll.* influence above zero"):
        ask_positions(from_yaml(text), Asked(drawing=FEW))
