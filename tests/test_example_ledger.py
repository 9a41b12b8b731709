"""The ledger that ships with the example: whole, marked as made in hindsight, and made again from what it keeps."""

import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest

from detente.desk.ledger.place import OpenLedger, opened
from detente.desk.ledger.record import record_of
from detente.desk.ledger.sealed import verify
from detente.ledger.said import said
from detente.situation.fingerprint import fingerprint, from_bytes
from detente.situation.store import load

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "us-iran-2026"
HEAD = (EXAMPLE / "ledger" / "head.txt").read_text(encoding="utf-8").strip()


@pytest.fixture(scope="module")
def ledger() -> OpenLedger:
    return opened(EXAMPLE, now=dt.datetime(2026, 12, 1, tzinfo=dt.UTC))


def test_it_is_what_was_written_and_its_head_is_published() -> None:
    found = verify(EXAMPLE, head=HEAD)
    assert (found.faults, found.head) == ((), HEAD)
    assert HEAD in (EXAMPLE / "README.md").read_text(encoding="utf-8")


def test_every_row_was_recorded_after_its_day_and_says_so(ledger: OpenLedger) -> None:
    assert all(q.retrospective and q.recorded.date() > q.as_of for q in ledger.book.questions)
    assert all(f.retrospective for q in ledger.book.questions for f in q.forecasts)
    found = record_of(ledger)
    assert found.in_time is None
    assert found.retrospective is not None


def test_questions_of_the_record_came_out_but_the_one_that_was_settled_before_it_was_asked(ledger: OpenLedger) -> None:
    states = {q.question.id: q.state for q in ledger.book.questions}
    assert set(states) == {f"q{n:02d}" for n in range(1, 30) if n != 14} | {"q14-struck", "q14-spared"}
    assert {name for name, state in states.items() if state != "resolved"} == {"q14-spared"}
    assert states["q14-spared"] == "void"
    resolutions = [q.resolution for q in ledger.book.questions if q.resolution is not None]
    assert len(resolutions) == 29
    assert max(r.on for r in resolutions) <= dt.date(2026, 6, 30)
    assert all(r.on >= ledger.book.question(r.question).as_of for r in resolutions)  # type: ignore[union-attr]


def test_the_threat_of_the_founding_situation_is_a_conditional_pair(ledger: OpenLedger) -> None:
    pair = [q.question for q in ledger.book.questions if q.question.id.startswith("q14-")]
    assert [(q.given.question, q.given.outcome) for q in pair if q.given] == [("q03", "yes"), ("q03", "no")]


def test_each_forecast_is_made_again_from_the_bytes_that_it_keeps(ledger: OpenLedger) -> None:
    kept = {name: from_bytes(content) for name, content in ledger.situations}
    assert fingerprint(load(EXAMPLE / "situation.yaml")) in kept
    said_of = [(q.question, f.forecast) for q in ledger.book.questions for f in q.forecasts]
    assert len(said_of) == 9
    for question, forecast in said_of:
        assert forecast.situation is not None
        again = said(kept[forecast.situation], question, as_of=forecast.as_of)
        assert again is not None
        assert again.probabilities == pytest.approx(forecast.probabilities, abs=1e-12)
        assert forecast.weight == 0


def test_it_is_scored_in_clusters_and_told_to_be_too_few(ledger: OpenLedger) -> None:
    found = record_of(ledger).retrospective
    assert found is not None
    track = found.scored.track("reference classes")
    assert track is not None
    assert (track.questions, track.clusters) == (9, 2)
    brier = track.of("brier")
    assert brier is not None
    came = {q.question.id: q.resolution for q in ledger.book.questions}
    by_hand = [
        (f.forecast.probabilities[0] - (came[q.question.id].outcome == "yes")) ** 2  # type: ignore[union-attr]
        for q in ledger.book.questions
        for f in q.forecasts
    ]
    assert brier.mean.value == pytest.approx(sum(by_hand) / len(by_hand))


def test_the_package_describes_its_files_to_the_byte() -> None:
    folder = EXAMPLE / "ledger"
    resources = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert {r["path"] for r in resources} >= {"questions.csv", "forecasts.csv", "resolutions.csv", "ledger.jsonl"}
    for resource in resources:
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}", resource["path"]
