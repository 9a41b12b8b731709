"""The ledger from the command line: ask, forecast, resolve, score, verify; and everything that cannot stand in it."""

import json
import re
import shutil
from pathlib import Path

import pytest
from tests.cli.samples import SITUATION, refused, run

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "us-iran-2026"
DAY = ("--as-of", "2026-02-08", "--by", "Ann")
OWN = ("--text", "Will it rain?", "--criteria", "Yes if it does.", "--closes", "2026-03-01")


def done(*arguments: str | Path) -> str:
    found = run("ledger", *arguments)
    assert found.exit_code == 0, found.output
    return found.stdout


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of a small situation with one question of somebody's own and one forecast. Not to be changed."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "case.yaml").write_text(SITUATION, encoding="utf-8")
    done("add", folder / "dam", "--from", folder / "case.yaml", *OWN, *DAY)
    done("forecast", folder / "dam", "will-it-rain", "--probability", "0.3", "--compare", "crowd=0.4@2026-02-07", *DAY)
    return folder / "dam"


@pytest.fixture
def dam(kept: Path) -> Path:
    shutil.copytree(kept, "dam")
    return Path("dam")


@pytest.fixture(scope="module")
def gulf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of the example with its questions and what classes say of them. Not to be changed."""
    folder = tmp_path_factory.mktemp("gulf") / "gulf"
    done("import", folder, EXAMPLE / "questions.yaml", "--from", EXAMPLE)
    done("forecast", folder, "--all", "--as-of", "2026-02-08", "--by", "reference classes")
    return folder


def test_a_question_lives_from_its_opening_to_its_score(dam: Path) -> None:
    assert "0.30 by Ann (judgement), retrospective" in done("list", dam)
    assert "will-it-rain  closed 2026-03-01" in done("due", dam)
    said = done("resolve", dam, "will-it-rain", "yes", "--on", "2026-02-20", "--source", "the gauge", "--by", "Ann")
    assert "will-it-rain came out as yes on 2026-02-20" in said
    told = done("list", dam, "will-it-rain")
    assert "crowd: 0.40 as of 2026-02-07" in told
    assert "the gauge" in told
    found = json.loads(done("score", dam, "--json"))
    assert found["in_time"] is None
    tracks = {track["name"]: track for track in found["retrospective"]["tracks"]}
    brier = {name: track["measured"][0]["mean"]["value"] for name, track in tracks.items()}
    assert brier == pytest.approx({"Ann": 0.49, "crowd": 0.36, "one half": 0.25, "climatology": 0.25})


def test_a_resolution_is_superseded_and_never_edited(dam: Path) -> None:
    done("resolve", dam, "will-it-rain", "yes", "--on", "2026-02-20", "--by", "Ann")
    done("resolve", dam, "will-it-rain", "annulled", "--on", "2026-02-20", "--by", "Ann", "--note", "It was snow.")
    told = done("list", dam, "will-it-rain")
    assert re.search(r"row 3: yes on 2026-02-20, says Ann, superseded", told)
    assert re.search(r"row 4: annulled on 2026-02-20, says Ann;", told)
    assert json.loads(done("score", dam, "--json"))["retrospective"] is None


def test_a_forecast_is_reaffirmed_and_withdrawn(dam: Path) -> None:
    again = ("--as-of", "2026-02-20", "--by", "Ann")
    assert "forecast 2 stands on until 2026-03-01" in done("reaffirm", dam, "will-it-rain", *again)
    assert "forecast 2 is withdrawn" in done("withdraw", dam, "will-it-rain", "--as-of", "2026-02-25", "--by", "Ann")
    assert "withdrawn" in done("list", dam, "will-it-rain")
    assert "Forecasts of it are by: Ann" in refused(2, "ledger", "withdraw", dam, "will-it-rain", "--by", "Bob")


def test_branches_are_sealed_before_an_event_and_pruned_after_it(dam: Path) -> None:
    meeting = ("--text", "How will it end?", "--criteria", "As both say.", "--closes", "2026-02-12")
    done("add", dam, *meeting, "--choice", "deal", "--choice", "nothing", *DAY)
    for branch in ("deal", "nothing"):
        asked = ("--text", f"Rain after {branch}?", "--criteria", "Yes if it does.", "--closes", "2026-03-01")
        done("add", dam, *asked, "--given", f"how-will-it-end={branch}", *DAY)
        done("forecast", dam, f"rain-after-{branch}", "--probability", "0.6", *DAY)
    assert "waiting\n" in done("list", dam)
    said = done("resolve", dam, "how-will-it-end", "nothing", "--on", "2026-02-11", "--by", "Ann")
    assert "void from now on: rain-after-deal" in said
    assert json.loads(done("list", dam, "--state", "void", "--json"))["questions"][0]["question"]["id"] == (
        "rain-after-deal"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("forecast", "dam", "will-it-rain", "--probability", "1.2"), "1.2"),
        (("forecast", "dam", "will-it-rain", "--probability", "two"), "is not a number"),
        (("forecast", "dam", "will-it-rian", "--probability", "0.2"), "Did you mean will-it-rain?"),
        (("forecast", "dam", "will-it-rain", "--compare", "crowd", "--probability", "0.2"), "NAME=P@DATE"),
        (("forecast", "dam", "will-it-rain"), "No reference class speaks of 'will-it-rain'"),
        (("forecast", "dam", "--all", "--probability", "0.2"), "question by question"),
        (("forecast", "dam"), "Name one question, or say --all."),
        (("resolve", "dam", "will-it-rain", "yes", "--on", "2026-02-01"), "2026-02-01"),
        (("resolve", "dam", "will-it-rain", "maybe", "--on", "2026-02-10"), "maybe"),
        (("add", "dam", *OWN), "will-it-rain"),
        (("add", "dam", "no-such-id"), "is not among the questions it suggests"),
        (("add", "dam", "--text", "Will it snow?", "--closes", "2026-01-01", "--criteria", "c"), "2026-01-01"),
        (("add", "dam", "--text", "Will it snow?", "--criteria", "c"), "clos"),
        (("add", "dam", "--text", "Will it snow?", "--closes", "2026-03-01"), "criteria"),
        (("add", "dam", "--text", "How much?", "--scale", "10"), "LOW..HIGH"),
        (("add", "dam", "--text", "Snow?", "--within", "3"), "--given"),
        (("add", "dam", "--text", "Will\x1b[2J it?", "--criteria", "c", "--closes", "2026-03-01"), "(U+001B)"),
        (("add", "dam", "--text", "Will\nit?", "--criteria", "c", "--closes", "2026-03-01"), "more than one line"),
        (("add", "dam", "--text", "???", "--criteria", "c", "--closes", "2026-03-01"), "has no text"),
        (("add", "dam", "--text", "a" * 10_001, "--criteria", "c", "--closes", "2026-03-01"), "Shorten it to 10,000"),
        (("forecast", "dam", "will-it-rain", "--probability", "0.1", "--note", "\u202e"), "(U+202E)"),
        (("reaffirm", "dam", "nothing-here"), "is no question of this ledger"),
        (("list", "dam", "nothing-here"), "is no question of this ledger"),
        (("list", "nowhere"), "holds no ledger"),
        (("add", "nowhere", *OWN), "is no dossier"),
        (("changed", "dam", "will-it-rain"), "Nobody has forecast 'will-it-rain' twice"),
        (("changed", "dam", "will-it-rain", "--rows", "2,9"), "write two with a comma between"),
    ],
)
def test_what_cannot_stand_is_refused_with_its_cure(dam: Path, arguments: tuple[str, ...], said: str) -> None:
    signed: tuple[str, ...] = () if arguments[0] in ("list", "changed") else DAY
    if arguments[0] == "resolve":
        signed = ("--by", "Ann")
    found = run("ledger", *arguments, *signed)
    assert found.exit_code in (2, 3), found.output
    assert said in found.stderr
    assert found.stderr.startswith("detente: ")
    assert len(json.loads(done("list", dam, "--json"))["questions"]) == 1


def test_a_document_of_later_is_refused_by_name(tmp_path: Path) -> None:
    file = Path("planted.yaml")
    shutil.copy(EXAMPLE / "situation.yaml", file)
    text = file.read_text(encoding="utf-8").split("documents:", 1)
    late = "  later:\n    title: Later\n    published: 2026-03-01\n    reported: 2026-03-02\n"
    file.write_text(f"{text[0]}documents:\n{late}{text[1]}".replace("as_of: 2026-02-08", "as_of: 2026-03-05"))
    done("add", "dam", "--from", file, *OWN, "--as-of", "2026-02-08", "--by", "Ann")
    said = run("ledger", "forecast", "dam", "will-it-rain", "--probability", "0.5", *DAY)
    assert said.exit_code == 3
    assert "the document 'later' was published on 2026-03-01 and reported on 2026-03-02" in said.stderr


def test_a_question_that_was_settled_before_its_day_is_refused(gulf: Path) -> None:
    asked = "{id: q30, text: Will they speak?, criteria: Two sources., closes: 2026-02-28, as_of: 2026-02-08"
    came = "resolution: {outcome: yes, on: 2026-02-06, sources: [a report]}}"
    Path("q30.yaml").write_text(f"by: Ann\nquestions:\n  - {asked}, {came}\n", encoding="utf-8")
    before = done("list", gulf)
    said = refused(3, "ledger", "import", gulf, "q30.yaml")
    assert "2026-02-06" in said
    assert done("list", gulf) == before


def test_every_class_that_speaks_is_told_with_its_ground(gulf: Path) -> None:
    for question in ("q03", "q10", "q14-struck"):
        told = " ".join(done("list", gulf, question).split())
        assert re.search(r"\d\.\d\d, interval \d\.\d\d to \d\.\d\d: of [^,]+.*?, \d+ of \d+ had the event \(", told)
        assert "weight of the model 0. It takes for granted: " in told


def test_a_ledger_in_files_is_looked_at_and_never_written_in(dam: Path) -> None:
    done("export", dam, "-o", "out")
    assert done("list", "out") == done("list", dam).replace("dam: ", "out: ")
    assert "cannot be" not in done("verify", "out")
    assert "not written in" in refused(2, "ledger", "resolve", "out", "will-it-rain", "yes", "--by", "Ann")
    (Path("case.yaml")).write_text(SITUATION, encoding="utf-8")
    done("import", "again", "out", "--from", "case.yaml")
    assert done("list", "again", "--json") == done("list", dam, "--json").replace('"dam"', '"again"')
    assert "exists already" in refused(2, "ledger", "export", dam, "-o", "out")
    assert "lies in the dossier" in refused(2, "ledger", "export", dam, "-o", dam / "out")


def test_a_changed_byte_is_found_and_the_end_is_missed_against_a_head(dam: Path) -> None:
    head = json.loads(done("verify", dam, "--json"))["head"]
    done("export", dam, "-o", "out")
    rows = Path("out/ledger.jsonl")
    whole = rows.read_bytes()
    rows.write_bytes(whole.replace(b"[0.3]", b"[0.9]", 1))
    spoilt = run("ledger", "verify", "out")
    assert spoilt.exit_code == 1
    assert "ow 2" in spoilt.stdout
    assert "is not what was written" in refused(3, "ledger", "list", "out")
    rows.write_bytes(b"\n".join(whole.splitlines()[:1]) + b"\n")
    cut = run("ledger", "verify", "out", "--head", head)
    assert (cut.exit_code, "2" in cut.stdout) == (1, True)
