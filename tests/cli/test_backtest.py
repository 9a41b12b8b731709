"""`detente backtest` from the outside: a folder of past decisions in, a table or data out, and a clear refusal."""

import csv
import json
from pathlib import Path

import pytest
from tests.backtest.invented import table, weighed
from tests.cli.samples import refused, run


@pytest.fixture
def folder() -> Path:
    place = Path("data") / "deu3"
    place.mkdir(parents=True)
    (place / "issues.tsv").write_text(table(), encoding="utf-8")
    (place / "weights.csv").write_text(weighed(), encoding="utf-8")
    (place / "notes.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    return place.parent


def test_models_are_told_beside_one_another_with_what_they_do_not_say(folder: Path) -> None:
    done = run("backtest", "deu", folder, "--models", "midpoint", "--per-issue", "each.csv")
    assert done.exit_code == 0, done.output
    assert "12 issues in 5 dossiers" in done.stdout
    assert "nothing about coercion" in done.stdout
    for line in ("prevails ", "compromise ", "climatology ", "midpoint ", "minus compromise"):
        assert any(row.startswith(line) for row in done.stdout.splitlines())
    assert all(len(row) <= 110 for row in done.stdout.splitlines())
    assert done.stdout.splitlines()[-1] == "Table: each.csv"
    rows = list(csv.DictReader(Path("each.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 12 * 4
    assert rows[1]["model"] == "compromise"
    assert float(rows[1]["crps"]) == pytest.approx(abs(float(rows[1]["point"]) - float(rows[1]["outcome"])), abs=1e-5)


def test_a_backtest_as_data(folder: Path) -> None:
    done = run("backtest", "deu", folder / "deu3" / "issues.tsv", "--models", "positions", "--json", "--seed", "4")
    found = json.loads(done.stdout)
    assert found["schema"] == "detente.backtest/1"
    assert (found["issues"], found["dossiers"], found["seed"]) == (12, 5, 4)
    assert [file["name"] for file in found["files"]] == ["issues.tsv"]
    first = found["models"][0]
    assert first["model"] == "prevails"
    assert set(first["crps"]) == {"value", "low", "high", "level"}
    assert first["against"][0]["model"] == "compromise"


def test_what_holds_no_decisions_is_refused(folder: Path) -> None:
    Path("empty").mkdir()
    Path("other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert "holds no table of decisions" in refused(3, "backtest", "deu", "empty")
    assert "is no table of decisions" in refused(3, "backtest", "deu", "other.csv")
    assert "does not exist" in refused(3, "backtest", "deu", "nowhere")
    assert "no model 'oracle'" in refused(2, "backtest", "deu", folder, "--models", "oracle")
    weights = folder / "deu3" / "weights.csv"
    assert "is a table of decisions" in refused(2, "backtest", "deu", folder, "--per-issue", weights)
    assert "There is no folder" in refused(2, "backtest", "deu", folder, "--per-issue", "no/each.csv")
    (folder / "deu3" / "again.tsv").write_text(table(), encoding="utf-8")
    assert "say the same" in refused(3, "backtest", "deu", folder)


CASES = Path(__file__).resolve().parents[2] / "cases" / "history"


def test_past_negotiations_are_told_with_what_they_do_not_show() -> None:
    done = run("backtest", "cases", CASES / "camp-david-1978", "--placebos", "3")
    assert done.exit_code == 0, done.output
    for words in (
        "no sample",
        "no probabilities",
        "international crises 1946 to 2017, mediated [0.",
        "weight of the model is 0",
    ):
        assert words in " ".join(done.stdout.split())
    assert "between: Nash deal" in done.stdout
    assert all(len(row) <= 120 for row in done.stdout.splitlines())


def test_past_negotiations_as_data() -> None:
    done = run("backtest", "cases", CASES / "falklands-1982", "--placebos", "0", "--json", "--seed", "4")
    found = json.loads(done.stdout)
    assert found["schema"] == "detente.backtest-cases/1"
    assert (found["model_weight"], found["seed"], found["placebos"]) == (0.0, 4, [])
    assert [f["name"] for f in found["files"]] == ["falklands-1982/situation.yaml", "falklands-1982/outcome.yaml"]
    (case,) = found["cases"]
    assert case["outcome"]["force"] == "war"
    assert {c["event"] for c in case["chances"]} == {"agreement", "force", "war"}
    assert not any(s["deal"] for s in case["standing"])


def test_a_folder_without_past_negotiations_is_refused() -> None:
    Path("empty").mkdir()
    assert "holds no past case" in refused(3, "backtest", "cases", "empty")
    assert "is for deu alone" in refused(2, "backtest", "cases", CASES, "--models", "midpoint")
