"""A principal that decides at home and has not said what it wants gets a mandate, marked as supplied."""

from pathlib import Path

import pytest

from detente.analyses.prevails import INTERVAL, prevails
from detente.boards.body import body, within
from detente.brief.document import sentences
from detente.desk.case import open_case
from detente.desk.deals import ask_deals, write
from detente.ensemble import Drawing, spread
from detente.outlook.mandates import RULE, with_mandates
from detente.situation.check import check
from detente.situation.nouns import Situation
from detente.situation.rules import RULES
from detente.situation.store import from_yaml
from detente.situation.views import text_only

ROOT = Path(__file__).resolve().parents[2]
DRAWING = Drawing(64, 7)
BASIN = """title: The basin
author: {by: A. Reader, date: 2026-01-01}
parties:
  mill: {name: Mill owners}
  town: {name: The town}
  farm: {name: Farms}
  upland: {name: Upland, members: [mill, town], decision_body: true}
  delta: {name: Delta}
issues:
  level: {name: level, status_quo: 0}
  toll: {name: toll, status_quo: 0}
stances:
  mill:
    level: {position: [60, 80, 90], salience: [20, 50, 90], red_line: {at_least: 50, hardness: [0, 0.5, 1]}}
    toll: {position: 10, salience: 40}
  town:
    level: {position: 20, salience: 20}
    toll: {position: 30, salience: 80}
  upland:
    toll: {position: 5, salience: 70}
  delta:
    level: {position: 0, salience: 60}
    toll: {position: 100, salience: 60}
influence:
  - {party: mill, weight: 3}
tables:
  river: {name: River talks, consent: [upland, delta], agenda: {level: in, toll: in}}
"""


@pytest.fixture(scope="module")
def basin() -> Situation:
    return from_yaml(BASIN)


@pytest.fixture(scope="module")
def mandated(basin: Situation) -> Situation:
    return with_mandates(basin, drawing=DRAWING)


def spoiled(old: str, new: str) -> Situation:
    assert old in BASIN
    return from_yaml(BASIN.replace(old, new))


def made(situation: Situation) -> list[tuple[str, str]]:
    found = with_mandates(situation, drawing=DRAWING).stances[len(situation.stances) :]
    return [(s.party, s.issue) for s in found]


def test_a_principal_that_is_silent_gets_what_its_members_settle_on(basin: Situation, mandated: Situation) -> None:
    stance = mandated.stance("upland", "level")
    assert stance is not None
    inside = body(basin, "upland")
    about = within(basin, inside, ("level",))
    found = spread(about, inside, {"prevails": prevails}, drawing=DRAWING)["prevails"]
    ends = [round(float(found.quantile(share)[0]), 1) for share in ((1 - INTERVAL) / 2, 0.5, (1 + INTERVAL) / 2)]
    assert [stance.position.low, stance.position.best, stance.position.high] == ends
    assert ends == sorted(ends)
    assert 20 <= ends[1] <= 90


def test_it_cares_as_its_members_do_by_their_influence(mandated: Situation) -> None:
    stance = mandated.stance("upland", "level")
    assert stance is not None
    held = [(3 * mill + 20) / 4 for mill in (20, 50, 90)]
    assert [stance.salience.low, stance.salience.best, stance.salience.high] == pytest.approx(held, abs=0.05)


def test_every_value_of_a_mandate_says_that_it_is_supplied_and_by_which_rule(mandated: Situation) -> None:
    stance = mandated.stance("upland", "level")
    assert stance is not None
    for basis in (stance.basis, stance.position.basis, stance.salience.basis):
        assert (basis.kind, basis.rule) == ("supplied", RULE)
    assert not [p for p in check(mandated) if p.severity == "fault"]


def test_a_red_line_of_a_member_is_not_one_of_its_principal(mandated: Situation) -> None:
    stance = mandated.stance("upland", "level")
    assert stance is not None
    assert stance.red_line is None


def test_what_a_principal_is_said_to_want_stands(basin: Situation, mandated: Situation) -> None:
    assert mandated.stance("upland", "toll") == basin.stance("upland", "toll")
    assert mandated.stances[: len(basin.stances)] == basin.stances
    assert made(basin) == [("upland", "level")]
    assert with_mandates(mandated, drawing=DRAWING) == mandated


def test_mandates_are_for_bodies_that_decide_and_sit_at_a_table(basin: Situation) -> None:
    assert made(spoiled(", decision_body: true", "")) == []
    assert made(spoiled("consent: [upland, delta]", "consent: [farm, delta]")) == []
    assert made(spoiled("upland:\n    toll: {position: 5, salience: 70}\n  ", "")) == [
        ("upland", "level"),
        ("upland", "toll"),
    ]


def test_one_voice_or_no_salience_is_no_mandate() -> None:
    assert made(spoiled("    level: {position: 20, salience: 20}\n", "")) == []
    idle = BASIN.replace("salience: [20, 50, 90]", "salience: 0").replace("salience: 20}", "salience: 0}")
    assert made(from_yaml(idle)) == []


def test_the_text_alone_shows_no_mandate(mandated: Situation) -> None:
    assert text_only(mandated).stance("upland", "level") is None


def test_a_body_in_which_nobody_weighs_anything_stays_silent() -> None:
    idle = spoiled("{party: mill, weight: 3}", "{party: mill, weight: 0}\n  - {party: town, weight: 0}")
    assert [stance for stance in made(idle) if stance[1] == "level"] == []


def test_the_same_draws_give_the_same_mandate(basin: Situation, mandated: Situation) -> None:
    assert with_mandates(basin, drawing=DRAWING) == mandated


def test_deals_are_asked_with_the_mandate_and_say_that_it_is_supplied(tmp_path: Path) -> None:
    case = tmp_path / "basin.yaml"
    case.write_text(BASIN, encoding="utf-8")
    told = ask_deals(open_case(case), draws=(8, 7))
    stance = told.situation.stance("upland", "level")
    assert stance is not None
    assert stance.basis.rule == RULE
    brief = write(told)
    (note,) = (note for note in brief.notes if note.kind == "supplied")
    assert "what its members settle on" in note.text
    rests = {other.id for other in brief.notes if note.id in other.refs}
    assert any(rests & {*sentence.refs} for sentence in sentences(brief))


def test_the_rule_stands_in_the_docs() -> None:
    page = " ".join((ROOT / "docs" / "rules.md").read_text(encoding="utf-8").split())
    supplied = page.split("## What is supplied")[1].split("## Without a deal")[0]
    assert f"`{RULE}`: {RULES[RULE]}" in supplied
