"""A forecast set: what an author's forecasts said when they were due, under the ids of the question set."""

import datetime as dt
import json

import pytest
from tests.formats.ledgers import ledger, text

from detente.errors import FormatError
from detente.formats import forecastbench
from detente.formats.forecast_set import Team, forecast_set
from detente.formats.row_entries import entries_of

TEAM = Team(organization="A/B", model="classes", model_organization="C")
SET = text("set.csv", "source,id,freeze_date,crowd_value_at_freeze,market_close\n"
           "manifold,aBc,2026-02-05,0.25,2026-03-31\ninfer,17,2026-02-05,0.5,2026-03-31\n")  # fmt: skip


def test_the_forecasts_that_stood_are_written_with_the_fields_that_are_asked_for() -> None:
    made = forecast_set(ledger(), by="A. Analyst", due=dt.date(2026, 2, 15), team=TEAM)
    found = json.loads(made.content)
    assert made.name == "2026-02-15.A-B.1.json"
    assert found["question_set"] == "2026-02-15-llm.json"
    assert {"organization", "model", "model_organization", "forecasts"} <= set(found)
    assert [(f["id"], f["forecast"], f["resolution_date"]) for f in found["forecasts"]] == [
        ("round", 0.8, None), ("strike", 0.125, None)]  # fmt: skip


def test_what_was_withdrawn_before_it_was_due_is_not_written() -> None:
    with pytest.raises(FormatError, match="No forecast of a yes-or-no question by '@nobody' stood on 2026-02-15"):
        forecast_set(ledger(), by="@nobody", due=dt.date(2026, 2, 15), team=TEAM)


def test_questions_of_a_set_go_out_under_its_ids_and_its_coverage_is_said() -> None:
    rows = forecastbench.read([SET]).rows
    book = ledger(entries_of(rows[:1], version="1")[0])
    made = forecast_set(book, by="crowd of manifold", due=dt.date(2026, 2, 15), team=TEAM, asked=rows)
    assert [(f["id"], f["source"], f["forecast"]) for f in json.loads(made.content)["forecasts"]] == [
        ("aBc", "manifold", 0.25)]  # fmt: skip
    assert "1 of 2 questions of the set are forecast" in made.remarks[0]
