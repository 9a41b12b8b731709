"""`detente positions` from the outside: a case or a file of actors in; words, a page or data out."""

import json
from pathlib import Path

import pytest
from tests.cli.samples import refused, run

HEAD = "actor,power,position,salience\n"
ACTORS = HEAD + "North,2,20,50\nSouth,1,90,80\nWest,1,40,30\n"
NARROW = HEAD + "HAWKS,1,14.25,0.5\nDOVES,2,12.85,1\nOWLS,1,13.4,0.8\n"
KTAB = "Fund,,2,1,\nActor,Description,Power,Size,Sal,\nNorth,,2,20,50,\nSouth,,1,90,80,\n"
COUNCIL = """title: The basin
author: {by: A. Reader, date: 2026-01-01}
parties:
  mill: {name: Mill owners}
  town: {name: The town}
  council: {name: Basin council, members: [mill, town], decision_body: true}
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
influence:
  - {party: mill, weight: [1, 2, 4]}
tables:
  quay: {name: Quay, consent: [mill, town], agenda: {level: in}}
"""
FEW = ("--draws", "16")


def made(text: str, name: str) -> Path:
    Path(name).write_text(text, encoding="utf-8")
    return Path(name)


def shown(*arguments: str | Path) -> str:
    done = run("positions", *arguments, *FEW)
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())


def test_a_body_is_told_issue_by_issue_with_every_model() -> None:
    told = shown(made(COUNCIL, "basin.yaml"))
    assert "The Basin council decides by its 2 members: Mill owners and the town." in told
    for words in ("On level ", "On toll ", "The compromise mean is", "models that name a value", "Who moves whom"):
        assert words in told
    assert "draws: 16 seed: 20260208" in told


def test_parties_that_can_say_no_are_looked_at_through_a_lens() -> None:
    told = shown(made(COUNCIL, "basin.yaml"), "--body", "quay", "--issue", "level")
    assert "Each of Mill owners and the town can say no" in told
    assert "no forecast of a deal" in told
    assert "The model is three parts of an election" in told
    assert "On toll" not in told


def test_a_model_that_is_named_is_told_first() -> None:
    told = shown(made(ACTORS, "fund.csv"), "--model", "median")
    assert "of the model's weight lies at 40." in told
    assert "What the model is, and what it is worth" in told
    assert "no input has a range, so all draws are the same" in told


def test_what_a_model_names_does_not_depend_on_which_is_told() -> None:
    mean = (2 * 50 * 20 + 80 * 90 + 30 * 40) / 210
    for model in ("prevails", "exchange"):
        found = json.loads(run("positions", made(ACTORS, "fund.csv"), "--model", model, *FEW, "--json").stdout)
        named = {lens["name"]: lens["point"] for lens in found["bodies"][0]["issues"][0]["lenses"]}
        assert named["compromise"] == pytest.approx(mean)
    done = run("positions", made(ACTORS, "fund.csv"), "--model", "compromise", *FEW)
    (row,) = (line for line in done.stdout.splitlines() if line.lstrip().startswith("Compromise mean"))
    assert row.endswith(f" {mean:.0f}")


def test_how_a_file_was_read_is_said_and_its_scale_can_be_given() -> None:
    told = shown(made(NARROW, "oil.csv"))
    assert "12.85 to 14.25 is taken, from the least to the greatest of them. State it with --scale LOW HIGH" in told
    stated = shown(made(NARROW, "oil.csv"), "--scale", "0", "20")
    assert "is taken, from" not in stated
    assert "1 is taken for 100 of 100" in stated


def test_numbers_on_a_narrow_scale_are_told_apart_and_on_a_wide_one_are_whole() -> None:
    told = shown(made(NARROW, "oil.csv"))
    assert "from 13 to 14" not in told
    assert "at 13.2; past decisions elsewhere" in told
    assert "at 13.2;" not in shown(made(NARROW, "oil.csv"), "--scale", "0", "100")


def test_everybody_at_one_place_is_an_answer() -> None:
    told = shown(made(HEAD + "A,1,40,50\nB,2,40,50\n", "same.csv"))
    assert "all who have a stance stand at 40, whatever the draw: there is nothing to decide" in told


def test_the_page_holds_all_of_it_and_the_terminal_names_it() -> None:
    told = shown(made(COUNCIL, "basin.yaml"), "-o", "basin.html")
    assert told.endswith("Page: basin.html")
    page = Path("basin.html").read_text(encoding="utf-8")
    assert "The basin: who prevails" in page
    assert page.count("<svg") >= 8
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_the_answer_as_data() -> None:
    found = json.loads(run("positions", made(COUNCIL, "basin.yaml"), *FEW, "--json").stdout)
    assert found["schema"] == "detente.positions/1"
    (body,) = found["bodies"]
    assert [one["issue"] for one in body["issues"]] == ["level", "toll"]
    assert sum(body["issues"][0]["shares"]) == pytest.approx(1)
    assert body["issues"][0]["standings"][0]["salience"]["high"] == 90
    assert body["fingerprint"]


def test_ktab_and_plain_tables_of_the_same_actors_say_the_same() -> None:
    two = HEAD + "scale low,,0,\nscale high,,100,\nNorth,2,20,50\nSouth,1,90,80\n"
    plain, ktab = (
        json.loads(run("positions", made(text, name), *FEW, "--json").stdout)["bodies"][0]["issues"][0]
        for text, name in ((two, "size.csv"), (KTAB, "fund.csv"))
    )
    assert plain["shares"] == ktab["shares"]
    assert plain["lenses"] == ktab["lenses"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("A,1,10,0\nB,2,90,0\n", "a salience above zero, so nothing is weighed. Fill in positions and saliences."),
        ("A,0,10,50\nB,0,90,50\n", "Give at least one party a salience and an influence above zero"),
        ("A,1,10,50\n", "the actors that follow are 1. Give 2 to 1,000 of them."),
        ("", "the actors that follow are 0. Give 2 to 1,000 of them."),
        ("A,1,nan,50\nB,2,40,50\n", "line 2, column 3 ('position'): 'nan' is not a number. Give one, such as 12.5."),
        ("A,inf,10,50\nB,2,40,50\n", "line 2, column 2 ('power'): 'inf' is not a number."),
        ("A,-1,10,50\nB,2,40,50\n", "line 2, column 2 ('power'): -1 is below 0. Give 0 or more."),
        ("A,1,10,-5\nB,2,40,50\n", "line 2, column 4 ('salience'): -5 is below 0. Give 0 or more."),
        (
            "scale low,,0,\nscale high,,50,\nA,1,10,50\nB,2,70,50\n",
            "the position 70 of 'B' is not on the scale, 0 to 50. Move it there, or state a wider scale.",
        ),
    ],
)
def test_a_file_that_cannot_be_weighed_is_refused_with_the_cure(rows: str, said: str) -> None:
    assert said in refused(3, "positions", made(HEAD + rows, "bad.csv"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("position: 20", "position: .nan", "stances.town.level.position: '.nan' is not a number. Give a number, or"),
        ("position: 20", "position: .inf", "'.inf' is not a number"),
        ("position: 20", "position: 120", "the position 120 is outside the scale of 'level', 0 to 100. Move it"),
        ("salience: 60", "salience: -1", "town.level.salience: salience is 0 to 100, not -1"),
        ("weight: [1, 2, 4]", "weight: -1", "mill.influence: a weight is 0 or more, not -1"),
        ("members: [mill, town]", "members: [mill, moon]", "'moon' is not a party of this situation. Add it to"),
        ("weight: [1, 2, 4]", "weight: 0}\n  - {party: town, weight: 0", "an influence above zero, or leave the issue"),
    ],
)
def test_a_situation_that_cannot_be_weighed_is_refused_with_the_cure(old: str, new: str, said: str) -> None:
    assert old in COUNCIL
    assert said in refused(3, "positions", made(COUNCIL.replace(old, new), "bad.yaml"))


def test_a_body_that_lacks_something_says_what() -> None:
    bare = COUNCIL[: COUNCIL.index("tables:")]
    alone = bare.replace("members: [mill, town]", "members: [mill]")
    assert "(level: only mill has a stance; toll: only mill has a stance). Give at least two of its members" in refused(
        3, "positions", made(alone, "alone.yaml")
    )
    idle = (
        bare.replace("salience: 50", "salience: 0").replace("[20, 50, 90]", "0").replace("salience: 60", "salience: 0")
    )
    assert "(level: no salience; toll: no salience)" in refused(3, "positions", made(idle, "idle.yaml"))
    nothing = made("title: Nothing\n", "nothing.yaml")
    assert "Give a party members and 'decision_body: true'" in refused(3, "positions", nothing)


def test_what_is_not_there_is_refused_with_what_is() -> None:
    case = made(COUNCIL, "basin.yaml")
    assert "Parties with members and tables: council, quay." in refused(3, "positions", case, "--body", "hall")
    assert "Its issues: level, toll." in refused(2, "positions", case, "--issue", "tax")
    assert "holds one body" in refused(2, "positions", made(ACTORS, "fund.csv"), "--body", "council")
    for name, text in (("empty.csv", ""), ("empty.yaml", "")):
        assert "empty" in refused(3, "positions", made(text, name))
    assert "does not exist" in refused(3, "positions", "nowhere.csv")
    assert "is no table of actors. Name the columns" in refused(3, "positions", made("a,b\n1,2\n", "other.csv"))
    done = run("positions", case, "--model", "oracle")
    assert done.exit_code == 2
    assert "'prevails', 'condorcet_election'" in done.stderr


def test_a_scale_is_for_a_plain_table_of_actors() -> None:
    own = "--scale is for a table of actors; the issues of 'basin.yaml' have their own. Leave it out."
    assert own in refused(2, "positions", made(COUNCIL, "basin.yaml"), "--scale", "0", "1")
    assert "is a file of KTAB" in refused(2, "positions", made(KTAB, "ktab.csv"), "--scale", "0", "1")
    fund = made(ACTORS, "fund.csv")
    assert "has no two ends" in refused(2, "positions", fund, "--scale", "0", "inf")
    assert "the lower one first" in refused(3, "positions", fund, "--scale", "100", "0")
    assert "is not on the scale, 0 to 50" in refused(3, "positions", fund, "--scale", "0", "50")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--draws", "0"), "--draws 0 is not a whole number from 1 to 100,000,000"),
        (("--draws", "1e3"), "--draws 1e3 is not a whole number"),
        (("--workers", "0"), "--workers 0 is not a whole number from 1 to 64"),
        (("--seed", "-1"), "--seed -1 is not a whole number of at least 0"),
        (("-o", "no/page.html"), "There is no folder"),
        (("-o", "fund.csv"), "is what the page is made from"),
    ],
)
def test_options_that_cannot_be_are_refused(options: tuple[str, ...], said: str) -> None:
    assert said in refused(2, "positions", made(ACTORS, "fund.csv"), *options)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bytes_on_any_number_of_workers() -> None:
    case = made(COUNCIL, "basin.yaml")
    told = {
        run("positions", case, "--draws", "20000", "--workers", str(many), "--json").stdout_bytes for many in (1, 2, 8)
    }
    assert len(told) == 1
    assert b'"draws": 20000' in told.pop()


@pytest.mark.slow
def test_bargains_by_lot_are_the_same_on_any_number_of_workers(shared_dir: Path) -> None:
    scenario = shared_dir / "data" / "positions" / "ktab_smp" / "inputs" / "smpExample_fixed.xml"
    told = {run("positions", scenario, "--workers", str(many), "--json").stdout_bytes for many in (1, 2, 8)}
    assert len(told) == 1
    assert b"transitions stochastic" in told.pop()
