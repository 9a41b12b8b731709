"""The page of runs: long work is begun, watched, ended and gone on with, and what came of it is handed out."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.web.entering import ORIGIN, TOKEN, Visit, entered, guarded
from tests.web.test_browser import opened, violations

from detente.desk import runs
from detente.desk.runs import Settings
from detente.desk.runs_page import background
from detente.desk.session import Session
from detente.dossier.runs import RunFolder, run_folders


@pytest.fixture(autouse=True)
def no_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run is written down as begun, and nothing is computed."""
    if "page" not in request.fixturenames:
        monkeypatch.setattr(runs, "_launch", lambda folder, made: None)


def stands(folder: Path, state: str, **news: object) -> RunFolder:
    """The newest run, as its process would have left it."""
    made = run_folders(folder)[0]
    made.put_state({**made.state(), "state": state, **news})
    return made


def test_a_run_is_begun_by_a_form_with_its_settings(visit: Visit, gulf: Path) -> None:
    code, page = visit.post("/runs/start", kind="levers", draws="512", answer="gain.iran", seed="7")
    assert code == 200
    assert "Run 0001 is begun" in page
    found = runs.run(gulf, "0001")
    assert (found.kind, found.settings.draws, found.settings.answer, found.settings.seed) == (
        "levers", 512, "gain.iran", 7,
    )  # fmt: skip
    assert "512 draws, answer gain.iran" in page


WRONG: tuple[tuple[dict[str, str], str], ...] = (
    ({"kind": "mischief"}, "is no kind of run"),
    ({"kind": "outlook", "draws": "1000000000"}, "draws are not from 1 to"),
    ({"kind": "outlook", "draws": "many"}, "cannot be read: draws"),
    ({"kind": "outlook", "workers": "1000"}, "Workers are from 1 to"),
    ({"kind": "outlook", "seed": "-1"}, "cannot be read: seed"),
    ({"kind": "brief", "table": "x" * 500}, "cannot be read: table"),
)


def test_settings_that_cannot_be_are_told_and_begin_nothing(looking: Visit, made_once: Path) -> None:
    for fields, said in WRONG:
        code, page = looking.post("/runs/start", **fields)
        assert code in (400, 422)
        assert said in page
    assert runs.runs(made_once) == ()


def test_the_page_asks_again_only_while_something_goes_on(visit: Visit, gulf: Path) -> None:
    assert "every 2s" not in visit.client.get("/runs").text
    runs.start(gulf, "outlook", Settings(draws=20_000))
    made = run_folders(gulf)[0]
    handle = made.seized()
    stands(gulf, "running", doing="following the courses", of=3)
    page = visit.client.get("/runs").text
    assert "every 2s" in page
    assert "At work on following the courses" in page
    assert "0 of 3 parts" in page
    part = visit.client.get("/runs/progress").text
    assert "<html" not in part
    assert "every 2s" in part
    assert handle is not None
    os.close(handle)
    stands(gulf, "done")
    assert "every 2s" not in visit.client.get("/runs/progress").text


def test_what_is_over_offers_what_can_be_done_with_it(visit: Visit, gulf: Path) -> None:
    runs.start(gulf, "brief")
    for state in ("failed", "cancelled", "broken off", "done"):
        made = stands(gulf, state, message="too <b>few</b> draws")
        made.put("result.html", b"<p>the page</p>")
        page = visit.client.get("/runs").text
        assert ("/runs/result?run=0001" in page) == (state == "done")
        assert ('action="/runs/resume"' in page) == (state != "done")
        assert 'action="/runs/cancel"' not in page
        assert "<b>few" not in page


def test_what_came_of_a_run_is_saved_and_never_shown_as_a_page_of_the_desk(visit: Visit, gulf: Path) -> None:
    runs.start(gulf, "brief")
    assert visit.client.get("/runs/result?run=0001&name=result.html").status_code == 400
    stands(gulf, "done").put("result.html", b"<script>1</script>")
    answer = visit.client.get("/runs/result?run=0001&name=result.html")
    assert answer.headers["content-disposition"] == 'attachment; filename="brief-0001.html"'
    assert answer.content == b"<script>1</script>"


def test_nothing_but_what_came_of_a_run_is_handed_out(visit: Visit, gulf: Path) -> None:
    runs.start(gulf, "brief")
    stands(gulf, "done").put("result.html", b"")
    for run in ("", "1", "../0001", "0002", "%00", "x" * 400):
        assert visit.client.get("/runs/result", params={"run": run, "name": "result.html"}).status_code == 400
        for verb in ("cancel", "resume"):
            assert visit.post(f"/runs/{verb}", run=run)[0] in (400, 422)
    for name in ("../asked.json", "asked.json", "", "result.json"):
        assert visit.client.get("/runs/result", params={"run": "0001", "name": name}).status_code == 400


def test_a_run_about_an_older_situation_says_so(gulf: Path) -> None:
    session = Session(gulf)
    runs.start(gulf, "brief")
    stands(gulf, "cancelled")
    assert [row.is_old for row in background(session).over] == [False]
    session.edit(session.now().hash, "iran.missiles.salience", "7", by="A. Tester")
    assert [row.is_old for row in background(session).over] == [True]


def test_a_case_is_made_a_dossier_before_anything_is_computed(tmp_path: Path, made_once: Path) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "situation.yaml").write_bytes((made_once / "situation.yaml").read_bytes())
    with entered(guarded(tmp_path / "case")) as visit:
        assert "Make it a dossier" in visit.client.get("/runs").text
        assert visit.post("/runs/start", kind="brief")[0] == 409
    assert not (tmp_path / "case" / "runs").exists()


def test_programs_begin_and_watch_runs(visit: Visit, gulf: Path) -> None:
    told = {"authorization": f"Bearer {TOKEN}", "origin": ORIGIN}
    made = visit.client.post("/api/runs", json={"kind": "outlook", "draws": 20_000}, headers=told)
    assert (made.status_code, made.json()["id"]) == (202, "0001")
    assert [one["kind"] for one in visit.client.get("/api/runs").json()] == ["outlook"]
    stands(gulf, "done").put("result.json", b'{"a": 1}')
    assert visit.client.get("/api/runs/result?run=0001").json() == {"a": 1}
    assert visit.client.post("/api/runs/cancel?run=0001", headers=told).status_code == 400


def test_a_run_is_begun_watched_cancelled_and_can_go_on(page: Page) -> None:
    opened(page, "/runs")
    page.locator("input[name=kind][value=outlook] ~ label input[name=draws]").fill("3000000")
    page.get_by_role("button", name="Begin An outlook over many draws").click()
    run = page.locator("#run-0001")
    expect(run.locator("progress")).to_be_visible()
    expect(page.locator("#message")).to_contain_text("Run 0001 is begun")
    expect(run).to_contain_text(re.compile(r"[1-9]\d* of 367 parts"), timeout=60_000)
    assert violations(page) == []
    run.get_by_role("button", name="Cancel run 0001").click()
    expect(run).to_contain_text("Cancelled. What was finished is kept.")
    expect(run.get_by_role("button", name="Go on run 0001")).to_be_visible()
    expect(page.locator("#runs[hx-trigger]")).to_have_count(0)
