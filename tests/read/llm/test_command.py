"""`detente read` and `detente brief` with a model, from the command line to the endpoint and back."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.cli.samples import SITUATION
from tests.read.llm.conftest import KEY
from tests.read.llm.samples import BOYCOTT, DEMAND, EXAMPLE, REPORT, WARNING
from tests.read.llm.server import Endpoint, completion, fault, items

from detente.cli import main
from detente.desk.draft import drafted
from detente.desk.model import asking


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DETENTE_MODEL_KEY", KEY)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    Path("report.txt").write_text(REPORT, encoding="utf-8")
    yield
    holding = [path for path in tmp_path.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]
    assert holding == [], "no secret is on the disk, whatever a command did"


def run(*arguments: str) -> Result:
    done = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
    assert KEY not in done.output
    return done


def named(there: Endpoint) -> list[str]:
    return ["--model", "small-1", "--endpoint", there.url]


def test_an_article_is_read_with_a_model(there: Endpoint) -> None:
    there.says(items([DEMAND, {**WARNING, "negated": True}, BOYCOTT, EXAMPLE]))
    done = run("read", "report.txt", *named(there), "--model-price", "1/10")
    assert done.exit_code == 0, done.output
    assert "(only small-1 found it: confirm or reject it)" in done.stdout
    assert "(model small-1 reads it as negated)" in done.stdout
    assert done.stderr.splitlines() == [
        "small-1: 4 items in 1 part of text (1 asked now).",
        "  The rules found 2 of them, too, and read 1 of these otherwise; 1 is the model's alone and waits for you to "
        "confirm it.",
        "  Rejected: 1 copied from the example.",
        "  All answers took 1,000 tokens sent and 200 answered; at the prices given they cost 0.003.",
    ]


def test_as_json_every_item_says_who_found_it(there: Endpoint) -> None:
    there.says(items([DEMAND, BOYCOTT]))
    done = run("read", "report.txt", "--json", *named(there))
    reading = json.loads(done.stdout)["reading"]
    by = {tuple([i["extractor"]["name"], *(e["name"] for e in i["also"])]) for i in reading["items"]}
    assert by == {("rules",), ("rules", "model small-1"), ("model small-1",)}
    assert (reading["model"]["name"], reading["model"]["alone"]) == ("small-1", 1)


def test_a_row_of_the_summary_that_only_the_model_found_says_so(there: Endpoint) -> None:
    talks = {"quote": "talks", "issue": "venue-format", "stance": "against", "move": "refuse", "on": "inclusion"}
    there.says(items([{**BOYCOTT, "issues": [talks]}]))
    summary = json.loads(run("read", "report.txt", "--json", *named(there)).stdout)["summary"]
    marked = {row["party"]: row.get("unconfirmed") for row in summary["stances"]}
    assert marked["chipara"] is True
    assert marked["Zambia"] is None


def test_a_second_run_asks_nothing(there: Endpoint) -> None:
    there.says(items([DEMAND]))
    first, again = (run("read", "report.txt", "--json", *named(there)) for _ in range(2))
    assert first.stdout == again.stdout
    assert "0 asked now" in again.stderr
    assert len(there.requests) == 1


def test_without_a_model_nothing_is_asked_and_nothing_kept(there: Endpoint) -> None:
    done = run("read", "report.txt", "--json")
    assert json.loads(done.stdout)["reading"]["model"] is None
    assert done.stderr == ""
    assert there.requests == []
    assert not Path("cache").exists()


def test_a_draft_rests_on_what_the_rules_found_until_somebody_confirms_the_rest(there: Endpoint) -> None:
    there.says(items([DEMAND, BOYCOTT]))
    told: list[str] = []
    plain = drafted(Path("report.txt"))
    both = drafted(Path("report.txt"), into=Path("kept"), model=asking("small-1", there.url, tell=told.append))
    assert both.situation == plain.situation
    assert "1 is the model's alone" in told[0]


def test_a_brief_asks_the_model_that_is_named(there: Endpoint) -> None:
    there.says(fault(404, "no such model"))
    done = run("brief", "report.txt", *named(there))
    assert (done.exit_code, done.stdout) == (3, "")
    assert "no model 'small-1'" in done.stderr
    assert not Path("report-brief.html").exists()


def test_a_case_needs_no_model(there: Endpoint) -> None:
    Path("dam.yaml").write_text(SITUATION, encoding="utf-8")
    done = run("brief", "dam.yaml", *named(there))
    assert done.exit_code == 2
    assert "Leave out --model" in done.stderr
    assert there.requests == []


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--model", "m"], "--endpoint URL"),
        (["--endpoint", "http://localhost/v1"], "--model NAME"),
        (["--model", "m", "--endpoint", "localhost"], "such as http://localhost"),
        (["--model", "m", "--endpoint", f"https://a/v1?key={KEY}"], "DETENTE_MODEL_KEY"),
        (["--model", "m", "--endpoint", "http://api.example.org/v1"], "unencrypted"),
        (["--model", "m", "--endpoint", "http://localhost/v1", "--model-price", "cheap"], "such as 0.5/2"),
        (["--model", "m", "--endpoint", "http://localhost/v1", "--model-timeout", "0"], "such as 120"),
    ],
)
def test_a_model_that_is_put_wrongly_is_refused(options: list[str], says: str) -> None:
    done = run("read", "report.txt", *options)
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_endpoint_that_repeats_the_key_does_not_get_it_written_down(
    there: Endpoint, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    row = {**BOYCOTT, "issues": [{"quote": "talks", "issue": KEY}], "note": KEY}
    there.says(f"{KEY} {items([row])}", fault(401, f"bad key {KEY}"))
    run("read", "report.txt", "--json", *named(there))
    Path("other.txt").write_text("Zambia demanded that Malawi open its border.", encoding="utf-8")
    done = run("read", "other.txt", *named(there))
    assert (done.exit_code, done.stdout) == (3, "")
    assert "bad key [key]" in done.stderr
    assert KEY not in caplog.text


def test_a_folder_is_read_with_a_model_document_by_document(there: Endpoint) -> None:
    Path("press").mkdir()
    for n in range(3):
        Path(f"press/{n}.txt").write_text(f"Zambia demanded that Malawi open gate {n}.", encoding="utf-8")
    there.always = lambda _: completion(items([]))
    done = run("read", "press", *named(there))
    assert done.exit_code == 0
    assert "0 items in 3 parts of text (3 asked now)" in done.stderr
    assert len(there.requests) == 3
