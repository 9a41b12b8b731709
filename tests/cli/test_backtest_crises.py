"""`detente backtest icb` from the outside."""

import json
from pathlib import Path

import pytest
from tests.backtest.invented_crises import table
from tests.cli.samples import refused, run


@pytest.fixture
def folder() -> Path:
    place = Path("crises")
    place.mkdir()
    (place / "icb1v14.csv").write_text(table(), encoding="utf-8")
    return place


def test_classes_stand_beside_the_base_rate_and_the_model_has_no_weight(folder: Path) -> None:
    done = run("backtest", "icb", folder)
    assert done.exit_code == 0, done.output
    said = " ".join(done.stdout.split())
    assert "30 crises triggered 1950 to 1979, of 60 since 1920" in said
    assert "This looks ahead" in said
    assert "has earned a weight of 0" in said
    assert "1 of 61 crises are left out" in said
    assert sum(row.startswith("classes, mediation first") for row in done.stdout.splitlines()) == 4
    assert all(len(row) <= 110 for row in done.stdout.splitlines())
    assert run("backtest", "icb", folder / "icb1v14.csv").stdout == done.stdout


def test_the_same_as_data(folder: Path) -> None:
    found = json.loads(run("backtest", "icb", folder, "--json", "--seed", "3").stdout)
    assert found["schema"] == "detente.backtest-icb/1"
    assert (found["tested"], found["seed"], found["model_weight"]) == (30, 3, 0.0)
    assert [(e["event"], e["reading"]) for e in found["events"]] == [
        (target, reading) for target in ("agreement", "recurrence") for reading in ("observed", "triggered")
    ]
    base, classes, _ = found["events"][0]["forecasters"]
    assert base["brier_gain"] is None
    assert set(classes["brier_gain"]) == {"value", "low", "high", "level"}


def test_what_is_for_decisions_alone_is_refused(folder: Path) -> None:
    assert "--models is for deu" in refused(2, "backtest", "icb", folder, "--models", "midpoint")
    Path("other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert "there is no column 'crisno'" in refused(3, "backtest", "icb", "other.csv")
    assert "does not exist" in refused(3, "backtest", "icb", "nowhere.csv")
