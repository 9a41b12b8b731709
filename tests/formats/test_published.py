"""A published case opens as a situation: readable, signed by its source, sound; and what is wrong with one is told."""

from pathlib import Path

import pytest

from detente.boards import agenda_modes, deals, with_modes
from detente.boards import positions as positions_of
from detente.errors import SituationError
from detente.formats.published import called, faults, is_published, read, situation_of
from detente.situation.check import check
from detente.situation.nouns import Situation
from detente.situation.store import from_yaml, to_yaml

CASES = Path(__file__).resolve().parents[2] / "cases"
OPENED = ("scorable", "division", "linked", "positions")
FILES = [
    path
    for path in sorted(CASES.rglob("*.yaml"))
    if any(f"\nboard: {kind}\n" in path.read_text(encoding="utf-8") for kind in OPENED)
]


def opened(name: str) -> Situation:
    return situation_of(read((CASES / name).read_bytes(), name=name), title="A case")


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_published_case_is_a_sound_situation_that_survives_its_file(path: Path) -> None:
    assert is_published(path.read_bytes())
    made = opened(str(path.relative_to(CASES)))
    assert check(made) == ()
    assert from_yaml(to_yaml(made)) == made
    assert made.note is not None
    assert {s.basis.by for s in (*made.scores, *made.stances)} == {"published"}
    assert all(s.value.basis.note and s.value.basis.note[:12] == made.note[:12] for s in made.scores)


def test_there_are_cases_of_every_kind_that_opens() -> None:
    kinds = {read(p.read_bytes(), name=p.name).board for p in FILES}
    assert kinds == {*OPENED}


def test_a_game_with_vetoes_is_decided_by_all_but_one() -> None:
    made = opened("abdelnabi2023/base.yaml")
    table = made.table("table")
    assert (table.rule, table.quorum, table.vetoes) == ("quorum", 5, ("sportco", "department-of-tourism"))
    assert made.party("department-of-tourism").name == "Department of Tourism"
    assert [n.value.best for n in table.no_deal] == [30, 31, 50, 55, 65, 55]
    points = {s.at: s.value.best for s in made.scores if (s.party, s.issue) == ("mayor", "d")}
    assert points == {0: 40, 1: 30, 2: 23, 3: 0}


def test_without_vetoes_everybody_must_accept() -> None:
    text = (CASES / "abdelnabi2023" / "base.yaml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("vetoes")]
    made = situation_of(read("\n".join(lines), name="base.yaml"), title="Base")
    assert made.table("table").rule == "unanimity"


def test_of_a_division_one_of_two_wins_each_issue() -> None:
    made = opened("brams1996/camp-david.yaml")
    sinai = made.issue("sinai")
    assert [(m.at, m.name) for m in sinai.landmarks] == [(-1, "not settled"), (0, "to Israel"), (1, "to Egypt")]
    worth = {(s.party, s.at): s.value.best for s in made.scores if s.issue == "sinai"}
    assert worth == {("israel", 0): 35, ("israel", 1): 0, ("egypt", 0): 0, ("egypt", 1): 55}
    board = with_modes(deals(made, "table"), agenda_modes(made, "table"))
    assert board.open[0].tolist() == [False, True, True]


def test_linked_tables_keep_their_mandate_and_who_is_heard() -> None:
    made = opened("linked-tables/two-tables.yaml")
    talks, alliance = made.tables
    assert (talks.id, talks.consent, talks.consulted) == ("talks", ("us", "iran"), ("israel",))
    assert alliance.consent == ("us", "israel")
    (link,) = talks.links
    assert (link.table, link.kind) == ("alliance", "mandate")
    first, _, third = link.requires
    assert (first.issue, first.at, first.of, first.accepts, first.level) == ("mandate", 1, "missiles", "at_least", 1)
    assert (third.at, third.of, third.accepts, third.level) == (2, "enrichment", "at_most", 0)
    assert [p.name for p in made.parties] == ["US", "Iran", "Israel"]


def test_positions_are_those_of_the_members_of_one_body() -> None:
    made = opened("scholz2011/emissions.yaml")
    (body,) = [p for p in made.parties if p.decision_body]
    assert len(body.members) == 10
    board = positions_of(made, parties=body.members)
    assert board.at[:, 0].tolist() == [4, 7, 4, 4, 10, 10, 10, 7, 4, 7]
    assert board.influence[3, 0] == 0.16
    assert board.salience[8, 0] == 100
    # Where the delay stands today is not in the source.
    today = made.issue("delay").status_quo
    assert (today.low, today.high, today.basis.kind) == (4, 10, "assumed")


def test_a_situation_is_no_published_case() -> None:
    assert not is_published("title: A board\nnote: source, board, expect")
    assert not is_published("[source, board, expect]")
    assert not is_published("board: division\nsource: x\n")


SPLIT = """\
source: A book
board: division
parties: [ana, bob]
points:
  home: [60, 40]
  car: [40, 60]
expect: {}
"""
GAME = SPLIT.replace("division", "scorable").replace("points", "scores")
GAME = GAME.replace("home: [60, 40]", "home: [[6, 4], [1, 2]]").replace("car: [40, 60]", "car: [[1], [2]]")
GAME += "threshold: [1, 2]\nvetoes: [ana]\n"
TALKS = (CASES / "linked-tables" / "two-tables.yaml").read_text(encoding="utf-8")
MISTAKES = [
    (SPLIT, "division", "duel", "line 2, board: there is no situation to make of the kind 'duel'"),
    (SPLIT, "[60, 40]", "[60, lots]", "line 5, points.home.1: "),
    (SPLIT, "[60, 40]", "[60, .inf]", "line 5, points.home.1: "),
    (SPLIT, "[60, 40]", "[60]", "line 5, points.home.1: it is missing"),
    (SPLIT, "[60, 40]", "&x [60, 40]", "line 5, points.home: an anchor"),
    (SPLIT, "car", "ana", "'ana' stands for more than one thing"),
    (SPLIT, "car", "influence", "'influence' cannot be a name here"),
    (SPLIT, "expect: {}", "expect: {}\nexpected: {}", "line 8, expected: there is no such key"),
    (GAME, "threshold: [1, 2]", "threshold: [1]", "'threshold' has 1 entries for 2 parties"),
    (GAME, "[[6, 4], [1, 2]]", "[[6, 4], [1]]", "'scores.home' differ in length"),
    (GAME, "[[1], [2]]", "[[1]]", "'scores.car' has 1 entries for 2 parties"),
    (GAME, "vetoes: [ana]", "vetoes: [eve]", "'eve' in 'vetoes' is not one of 'ana', 'bob'"),
    (TALKS, "by: alliance", "by: league", "'league' in 'tables.talks.mandate' is not one of 'talks', 'alliance'"),
    (TALKS, "at: missiles-too", "at: missiles", "'missiles' in 'tables.talks.mandate' is not one of 'nuclear-only'"),
    (TALKS, "no_deal: {us: 0, israel: 0}", "no_deal: {us: 0}", "'no_deal' must name 'israel', 'us'"),
    (TALKS, "security: [0, 18]", "security: [18]", "'points.israel.security' has 1 entries for 2 levels"),
    (TALKS, ", security: [0, 18]", "", "'points.israel' must have 'mandate', 'security', in this order"),
]


@pytest.mark.parametrize(("text", "old", "new", "said"), MISTAKES)
def test_what_is_wrong_with_a_published_case_is_told_with_its_cure(text: str, old: str, new: str, said: str) -> None:
    assert faults(text) == ()
    assert text.count(old) >= 1
    spoiled = text.replace(old, new, 1)
    (found,) = faults(spoiled)
    assert said in str(found)
    assert found.cure.endswith(".")
    assert len(found.cure) > 5
    with pytest.raises(SituationError, match=r"case\.yaml has 1 fault"):
        read(spoiled, name="case.yaml")


def test_an_alias_is_refused() -> None:
    assert any("an alias" in str(f) for f in faults(SPLIT.replace("[60, 40]", "&x [60, 40]").replace("[40, 60]", "*x")))


@pytest.mark.parametrize(("name", "shown"), [("us", "US"), ("the-local-ngo", "The Local NGO"), ("P5+1", "P5+1")])
def test_a_slug_is_shown_as_words(name: str, shown: str) -> None:
    assert called(name) == shown
