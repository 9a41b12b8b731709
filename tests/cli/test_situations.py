"""What `check` finds in a situation, and what `brief` then refuses: never a traceback, never an answer from faults."""

import json
import os
from pathlib import Path

import pytest
from tests.cli.samples import SITUATION, refused, run, situation, spoiled

CASES = Path(__file__).resolve().parents[2] / "cases"
TEN = """titel: The dam
as_of: soon
parties:
  upper: {nam: Upper}
  lower: {name: Lower}
  lower: {name: Lower again}
issues:
  filling: {name: Filling, status_quo: [3, 2, 1], scale: 5}
stances:
  upper:
    filling: {position: high, salience: yes}
tables:
  talks: {name: Talks, consent: upper, rule: dictator, agenda: {filling: maybe}}
"""
BOMB = "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]\ntitle: x\n"


def found(text: str) -> list[dict[str, str]]:
    done = run("check", situation(text), "--json")
    listed: list[dict[str, str]] = json.loads(done.stdout)
    assert done.exit_code == (1 if listed else 0)
    return listed


def test_a_sound_situation_has_nothing_to_cure() -> None:
    done = run("check", situation(SITUATION))
    assert (done.exit_code, done.stdout) == (0, "dam.yaml: nothing to cure.\n")


def test_ten_mistakes_are_ten_lines_with_place_and_cure() -> None:
    done = run("check", situation(TEN))
    head, *lines = done.stdout.splitlines()
    assert done.exit_code == 1
    assert head == f"dam.yaml: {len(lines)} faults, 0 doubts"
    assert len(lines) >= 10
    for line in lines:
        place, message = line.removeprefix("  fault  ").split(": ", 1)
        assert place.startswith("line ")
        assert message.count(". ") >= 1, f"no cure: {line}"
    for number in (1, 2, 4, 6, 8, 11, 13):
        assert any(line.startswith(f"  fault  line {number}") for line in lines)


def test_a_brief_names_the_same_mistakes_and_ends_with_3() -> None:
    shown = [p["path"] for p in found(TEN)]
    said = refused(3, "brief", "dam.yaml")
    assert all(path in said for path in shown)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "this is not a situation. Begin with 'title:'"),
        (" \n\n", "this is not a situation"),
        ("- a\n- b\n", "this is not a situation"),
        ("hello\n", "this is not a situation"),
        ("title: x\n\tparties: y\n", "this is not YAML"),
        ("title: [a, b\n", "this is not YAML"),
        ("title: " + "[" * 3000, "nesting is deeper"),
        (BOMB, "an alias ('*a') is not read here"),
        ("title: \x00", "this is not YAML"),
        (spoiled("position: 80", "position: .nan"), "'.nan' is not a number"),
        (spoiled("position: 80", "position: .inf"), "'.inf' is not a number"),
        (spoiled("position: 80", "position: 1e999"), "'1e999' is not a number"),
        (spoiled("  lower: {name", "  upper: {name"), "stands here a second time"),
    ],
)
def test_what_is_no_situation_is_found_and_refused(text: str, what: str) -> None:
    assert any(what in p["message"] + " " + p["cure"] for p in found(text))
    assert what in refused(3, "brief", "dam.yaml")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (spoiled("consent: [upper, lower]", "consent: [upper]"), "talks.consent"),
        (spoiled("consent: [upper, lower]", "consent: []"), "talks.consent"),
        (spoiled("consent: [upper, lower]", "consent: [upper, nobody]"), "talks.consent"),
        (spoiled("name: Filling, status_quo: 0", "name: Filling, status_quo: 500"), "filling.status_quo"),
        (spoiled("name: Filling,", "name: Filling, scale: [5, 5],"), "filling.scale"),
        (spoiled("position: 80", "position: 1e308"), "upper.filling.position"),
        (spoiled("salience: 50", "salience: -5"), "upper.water.salience"),
        (spoiled("{name: Lower state}", "{name: Lower, decision_body: true}"), "lower.members"),
        (
            spoiled("{name: Lower state}", "{name: Lower, decision_body: true, members: [lower, upper]}"),
            "lower.members",
        ),
        (spoiled("{name: Lower state}", "{name: Lower, decision_body: true, members: [x, y]}"), "lower.members"),
        (spoiled("water: option", "water: precondition"), "talks.agenda.water.by"),
        (spoiled("water: option", "fish: option"), "talks.agenda.fish.issue"),
        (spoiled("  filling: {name", "  upper: {name"), "upper"),
        (SITUATION + "threats:\n  t: {by: nobody, against: upper, action: strike}\n", "t.by"),
        (SITUATION + "demands:\n  d: {by: upper, issue: fish}\n", "d.issue"),
    ],
)
def test_a_fault_of_meaning_is_found_and_no_answer_is_computed_from_it(text: str, path: str) -> None:
    assert path in [p["path"] for p in found(text) if p["severity"] == "fault"]
    said = refused(3, "brief", "dam.yaml")
    assert f"{path}: " in said


@pytest.mark.parametrize(
    "text",
    [
        "title: The dam\n",
        SITUATION.split("tables:")[0],
        SITUATION.split("stances:")[0],
        SITUATION.split("issues:")[0] + "tables:\n  talks: {name: Talks, consent: [upper, lower]}\n",
        SITUATION.split("stances:")[0] + "tables:\n  talks: {name: Talks, consent: [upper, lower]}\n",
        SITUATION.replace("salience: 50", "salience: 0").replace("[10, 50, 90]", "0"),
        spoiled("parties:", "parties:\n  third: {name: Third state}").replace(
            "[upper, lower]", "[upper, lower, third]"
        ),
        SITUATION + "  more: {name: More talks, consent: [lower, upper], agenda: {water: in}}\n",
        spoiled("name: Filling,", "name: Filling, options: [0],"),
    ],
    ids=[
        "only a title",
        "no table",
        "no stance",
        "no issue",
        "a table and issues without stances",
        "nothing matters",
        "a consenting party without a stance",
        "two tables",
        "one level",
    ],
)
def test_a_draft_with_little_in_it_still_gets_a_brief(text: str) -> None:
    assert [p for p in found(text) if p["severity"] == "fault"] == []
    done = run("brief", "dam.yaml", "--draws", "16")
    assert done.exit_code == 0, done.output
    assert Path("dam-brief.html").read_text(encoding="utf-8").rstrip().endswith("</html>")


def many(issues: int) -> str:
    """Two parties at odds on many issues."""
    rows = [
        "title: Many\nauthor: A. Reader\nparties:\n  upper: {name: Upper}\n  lower: {name: Lower}\nissues:",
        *(f"  i{k}: {{name: Issue {k}, status_quo: 50}}" for k in range(issues)),
        "stances:",
    ]
    for party, step in (("upper", 37), ("lower", 53)):
        rows.append(f"  {party}:")
        rows += [f"    i{k}: {{position: {k * step % 100}, salience: [10, 50, 90]}}" for k in range(issues)]
    agenda = ", ".join(f"i{k}: in" for k in range(issues))
    return "\n".join([*rows, "tables:", f"  talks: {{name: Talks, consent: [upper, lower], agenda: {{{agenda}}}}}\n"])


def test_forty_issues_are_refused_in_words() -> None:
    assert found(many(40)) == []
    said = refused(3, "brief", "dam.yaml")
    assert "packages" in said
    assert "issues off" in said


def test_a_missing_situation_is_refused() -> None:
    assert "'nowhere' does not exist" in refused(3, "check", "nowhere")
    assert "'nowhere.yaml' does not exist" in refused(3, "check", "nowhere.yaml").replace(
        "There is no file 'nowhere.yaml'", "'nowhere.yaml' does not exist"
    )
    assert "nowhere.yaml" in refused(3, "brief", "nowhere.yaml")
    assert "name that was given is empty" in refused(2, "brief", "")


def test_what_is_no_case_is_put_wrongly() -> None:
    Path("folder").mkdir()
    Path("a.txt").write_text("Talks.", encoding="utf-8")
    assert "is no case. Give a folder with a situation.yaml" in refused(2, "check", "folder")
    assert "is no case. Give a folder with a situation.yaml" in refused(2, "check", "a.txt")


def test_a_folder_in_place_of_the_file_is_refused() -> None:
    os.makedirs("case/situation.yaml")
    os.makedirs("other.yaml")
    assert "is not a file" in refused(3, "check", "case")
    assert "is not a file" in refused(3, "brief", "case")
    assert "is no case" in refused(2, "check", "other.yaml")


def test_a_situation_file_of_fifty_megabytes_is_refused() -> None:
    with Path("dam.yaml").open("wb") as file:
        file.truncate(50_000_000)
    assert "larger than 5 MB" in run("check", "dam.yaml").stdout
    assert "larger than 5 MB" in refused(3, "brief", "dam.yaml")


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_situation_that_is_not_utf_8_says_so(encoding: str) -> None:
    Path("dam.yaml").write_bytes(SITUATION.replace("The dam", "Le barrage é").encode(encoding))
    assert "not UTF-8" in run("check", "dam.yaml").stdout
    assert "Save it as UTF-8" in refused(3, "brief", "dam.yaml")


def test_the_schema_is_json() -> None:
    done = run("schema")
    assert done.exit_code == 0
    assert "properties" in json.loads(done.stdout)


def test_a_published_case_is_a_case() -> None:
    case = CASES / "brams1996" / "panama.yaml"
    assert run("check", case).stdout == f"{case}: nothing to cure.\n"
    told = run("deals", case, "--draws", "16")
    assert told.exit_code == 0, told.output
    assert "Panama (brams1996)" in told.stdout
    assert "66.0 of 100 points" in " ".join(told.stdout.split())
    assert "no table at which several parties must consent" in refused(3, "deals", CASES / "scholz2011/emissions.yaml")
    brief = run("brief", CASES / "scholz2011" / "emissions.yaml", "--text-only")
    assert "The body decides by its 10 members" in " ".join(brief.stdout.split())


def test_a_published_case_with_a_mistake_is_told_by_line() -> None:
    text = (
        (CASES / "brams1996" / "panama.yaml").read_text(encoding="utf-8").replace("duration: [11, 15]", "duration: 11")
    )
    (problem,) = found(text)
    assert problem["path"].endswith("points.duration")
    assert "points.duration" in refused(3, "deals", situation(text))
