"""The ledger in the browser: nothing without its ground, every row on the disk before it is acknowledged."""

import datetime as dt
import io
import json
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.cli.samples import SITUATION
from tests.web.entering import EXAMPLE, ORIGIN, Visit, entered, guarded, hash_in
from tests.web.test_browser import opened, violations

from detente import dossier
from detente.desk.intake.orders import TakeIn
from detente.desk.ledger import taken
from detente.desk.ledger.moved import taken_in
from detente.desk.lint import lint
from detente.errors import FormatError

TODAY = dt.datetime.now(dt.UTC).date()
SOON = (TODAY + dt.timedelta(days=20)).isoformat()
ASK = {"text": "Will it rain?", "criteria": "Yes if the gauge says so.", "closes": SOON, "sources": "the gauge"}
RAIN = "will-it-rain"


@pytest.fixture(scope="module")
def dam_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of a small situation with an empty ledger. Not to be changed."""
    folder = tmp_path_factory.mktemp("dam") / "dam"
    folder.mkdir()
    (folder / "situation.yaml").write_text(SITUATION, encoding="utf-8")
    dossier.adopt(folder)
    return folder


@pytest.fixture
def dam(dam_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(dam_once, tmp_path / "dam")


@pytest.fixture
def at(dam: Path) -> Iterator[Visit]:
    """Somebody at the dossier, with one question of their own in it."""
    with entered(guarded(dam)) as visit:
        assert visit.post("/ledger/ask", **ASK)[0] == 200
        yield visit


@pytest.fixture(scope="module")
def asked_once(dam_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """Somebody who tries everything at a dossier with one question."""
    with entered(guarded(shutil.copytree(dam_once, tmp_path_factory.mktemp("tried") / "dam"))) as visit:
        assert visit.post("/ledger/ask", **ASK)[0] == 200
        yield visit


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """Somebody who looks at the example, whose ledger lies in files."""
    folder = shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("example") / "gulf")
    with entered(guarded(folder)) as visit:
        yield visit


def rows(folder: Path) -> list[dict[str, object]]:
    """What is on the disk, whatever a page says."""
    return [json.loads(row.body) for row in dossier.open(folder).ledger()]


def told(page: str) -> str:
    """The words of a page, as a reader sees them."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_question_lives_from_its_opening_to_its_score(at: Visit, dam: Path) -> None:
    assert "Row 2: 0.30 for will-it-rain" in at.post("/ledger/forecast", question=RAIN, p="0.3", note="Clouds.")[1]
    page = at.client.get(f"/ledger?question={RAIN}").text
    assert "a judgement, with no class behind it" in page
    assert "Clouds." in page
    assert "forecast 2 stands on until" in at.post("/ledger/reaffirm", question=RAIN)[1]
    assert "forecast 2 is withdrawn" in at.post("/ledger/withdraw", question=RAIN, note="Too wet.")[1]
    assert (
        at.post("/ledger/forecast", question=RAIN, p="0.4", other="crowd", other_p="0.2", other_day=str(TODAY))[0]
        == 200
    )
    status, page = at.post("/ledger/resolve", question=RAIN, outcome="annulled", seen="0", sources="a\nb")
    assert (status, "came out as annulled" in page) == (200, True)
    assert [row["kind"] for row in rows(dam)] == [
        "question", "forecast", "reaffirmed", "withdrawn", "forecast", "resolution",
    ]  # fmt: skip
    assert rows(dam)[-1]["sources"] == ["a", "b"]
    assert "Nothing can be scored yet" in at.client.get("/ledger?show=scores").text


def test_who_did_not_see_a_resolution_is_shown_it_first(at: Visit, dam: Path) -> None:
    assert at.post("/ledger/resolve", question=RAIN, outcome="annulled", seen="0")[0] == 200
    status, page = at.post("/ledger/resolve", question=RAIN, outcome="ambiguous", seen="0")
    assert status == 409
    assert "annulled on" in page
    assert len(rows(dam)) == 2
    assert at.post("/ledger/resolve", question=RAIN, outcome="ambiguous", seen="1")[0] == 200
    page = at.client.get(f"/ledger?question={RAIN}").text
    assert "superseded" in page


def test_a_branch_says_what_would_prune_it_and_is_pruned(at: Visit) -> None:
    for outcome in ("yes", "no"):
        given = {"text": f"Will they flee if {outcome}?", "criteria": "As seen.", "given": f"{RAIN}={outcome}"}
        assert at.post("/ledger/ask", **given, closes=SOON)[0] == 200
    page = told(at.client.get(f"/ledger?question={RAIN}").text)
    assert "If it comes out as yes , asked from then on: will-they-flee-if-yes; void : will-they-flee-if-no" in page
    said = at.post("/ledger/resolve", question=RAIN, outcome="ambiguous", seen="0")[1]
    assert "void from now on: will-they-flee-if-yes, will-they-flee-if-no" in said
    assert "pruned, and nothing that was said of it is scored" in at.client.get(f"/ledger?question={RAIN}").text


def test_an_answer_is_asked_for_as_the_question_takes_it(at: Visit, dam: Path) -> None:
    many = {"text": "How will it end?", "criteria": "As both say.", "closes": SOON, "choices": "a deal\nnothing"}
    assert at.post("/ledger/ask", **many)[0] == 200
    page = at.client.get("/ledger?question=how-will-it-end").text
    assert page.count('name="p"') == 2
    sent = {"csrf": at.csrf, "question": "how-will-it-end", "p": ["0.4", "0.6"]}
    assert at.client.post("/ledger/forecast", data=sent, headers={"origin": ORIGIN}).status_code == 200
    much = {"text": "How much rain?", "criteria": "The gauge.", "closes": SOON, "low": "0", "high": "200", "unit": "mm"}
    assert at.post("/ledger/ask", **much)[0] == 200
    sent = {"csrf": at.csrf, "question": "how-much-rain", "share": ["0.1", "0.5", "0.9"], "value": ["5", "20", "80"]}
    assert at.client.post("/ledger/forecast", data=sent, headers={"origin": ORIGIN}).status_code == 200
    assert rows(dam)[2]["probabilities"] == [0.4, 0.6]
    assert rows(dam)[4]["quantiles"] == [[0.1, 5.0], [0.5, 20.0], [0.9, 80.0]]
    assert at.post("/ledger/resolve", question="how-much-rain", outcome="annulled", seen="0")[0] == 200


def test_suggested_questions_are_opened_with_what_a_class_says(dam: Path) -> None:
    with entered(guarded(dam)) as visit:
        page = visit.client.get("/ledger?show=suggested").text
        ids = re.findall(r'name="ids" value="([^"]+)"', page)
        assert ids
        assert visit.post("/ledger/open", ids=ids[0], forecast="1")[0] == 200
        assert "open already" in visit.client.get("/ledger?show=suggested").text
        assert "rows" in visit.post("/ledger/open", every="1")[1].lower()
        page = visit.client.get("/ledger").text
    said = [row for row in rows(dam) if row["kind"] == "forecast"]
    assert said
    assert len(re.findall(r"cases of [^<]*had the event \([^<]*: [^<]*\); interval from", page)) >= 1
    assert page.count("weight of the model 0") == page.count('<span class="said-p">')


def test_a_document_without_a_day_is_given_one_here(dam: Path) -> None:
    file = dam / "situation.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "documents:\n  report: {title: A report}\n", encoding="utf-8")
    with entered(guarded(dam)) as visit:
        page = visit.client.get("/ledger?show=suggested").text
        assert "When were these published?" in page
        assert visit.post("/ledger/open", every="1", forecast="1")[0] == 422
        sent = {"hash": hash_in(page), "path": "report.published", "back": "/ledger?show=suggested"}
        status, page = visit.post("/edit", **sent, value="2026-02-08")
        assert (status, "When were these published?" in page) == (200, False)
        assert "was published: nothing said became 2026-02-08" in page
        assert visit.post("/ledger/open", every="1", forecast="1")[0] == 200


def test_no_number_of_a_class_stands_without_its_ground(example: Visit) -> None:
    for address in ("/ledger", "/ledger?question=q03", "/ledger?show=scores", "/ledger?show=chain"):
        page = example.client.get(address).text
        assert [str(r) for r in lint(page, form="html") if r.severity == "fault"] == [], address
    page = example.client.get("/ledger").text
    assert page.count('<span class="said-p">') == page.count("weight of the model") == 9
    assert page.count('<span class="late"') >= 9
    assert "the model&#39;s share of draws" in example.client.get("/ledger?question=q03").text


def test_a_ledger_in_files_is_looked_at_and_not_written_in(example: Visit) -> None:
    page = example.client.get("/ledger?question=q03").text
    assert "<form" not in page.split('<main id="page"')[1].split("</main>")[0]
    assert "it can be looked at" in example.client.get("/ledger").text
    assert example.post("/ledger/forecast", question="q03", p="0.5")[0] == 409
    assert example.post("/ledger/ask", **ASK)[0] == 409
    assert "Yes:" in example.client.get("/ledger?show=chain").text
    scores = example.client.get("/ledger?show=scores&at=last").text
    assert "Recorded after their day, and scored apart" in scores
    assert 'id="in-time"' not in scores


def test_the_chain_is_checked_against_a_head_and_a_break_is_told(at: Visit, dam: Path) -> None:
    head = re.search(r'id="head">(1:[0-9a-f]{64})<', at.client.get("/ledger?show=chain").text)
    assert head is not None
    assert at.post("/ledger/forecast", question=RAIN, p="0.3")[0] == 200
    assert "held at head 1" in at.client.get("/ledger", params={"show": "chain", "head": head[1]}).text
    assert "This is wrong" in at.client.get("/ledger", params={"show": "chain", "head": "3:" + "0" * 64}).text
    with sqlite3.connect(dam / dossier.DATABASE) as db:
        name = next(
            n for (n,) in db.execute("select name from sqlite_master where type='table' and name like '%ledger%'")
        )
        for (trigger,) in db.execute("select name from sqlite_master where type='trigger'").fetchall():
            db.execute(f"drop trigger {trigger}")
        db.execute(f"update {name} set body = replace(body, 'rain', 'snow') where number = 1")
    for address in ("/ledger", f"/ledger?question={RAIN}", "/ledger?show=scores"):
        page = at.client.get(address)
        assert (page.status_code, "not what was written" in page.text) == (200, True), address


def test_what_is_sent_out_comes_back_to_the_byte(at: Visit, dam: Path, tmp_path: Path) -> None:
    assert at.post("/ledger/forecast", question=RAIN, p="0.3")[0] == 200
    sent = at.client.get("/ledger/export")
    assert sent.headers["content-disposition"] == 'attachment; filename="dam-ledger-package.zip"'
    assert set(zipfile.ZipFile(io.BytesIO(sent.content)).namelist()) >= {"ledger.jsonl", "head.txt", "datapackage.json"}
    assert at.client.get("/ledger/export?form=metaculus-json").headers["content-type"] == "application/json"
    other = tmp_path / "other"
    other.mkdir()
    (other / "situation.yaml").write_text(SITUATION, encoding="utf-8")
    dossier.adopt(other)
    assert "Row 1: asked will-it-rain" in str(taken.answered(TakeIn(other, sent.content, "dam.zip", "A. Tester")))
    assert dossier.open(other).ledger() == dossier.open(dam).ledger()


@pytest.mark.parametrize("name", ["bad.zip", "bomb.zip", "bad.yaml", "../../up.jsonl"])
def test_a_file_that_is_no_ledger_is_refused_and_changes_nothing(
    dam: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taken, "MOST_UNPACKED", 1000)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("ledger.jsonl", "0" * 100_000)
        packed.writestr("../escaped.txt", "x")
    content = {
        "bad.zip": b"PK\x03\x04 no",
        "bomb.zip": bomb.getvalue(),
        "bad.yaml": b"a: &x [*x]",
        "../../up.jsonl": b"{",
    }
    answer = taken.answered(TakeIn(dam, content[name], name.rpartition("/")[2], "A. Tester"))
    assert type(answer).__name__ == "Refused"
    assert rows(dam) == []
    assert not list(dam.parent.rglob("escaped.txt"))


@pytest.mark.slow
def test_a_file_is_taken_in_by_a_process_of_its_own(dam: Path) -> None:
    file = (
        "by: Ann\nas_of: 2026-02-08\nquestions:\n  - {id: q1, text: Will it rain?, criteria: c, closes: 2026-03-01}\n"
    )
    with entered(guarded(dam)) as visit:
        for content, code in ((file.encode(), 200), (b"{", 422)):
            answer = visit.client.post(
                "/ledger/import",
                data={"csrf": visit.csrf},
                files={"files": ("q.yaml", content)},
                headers={"origin": ORIGIN},
            )
            assert answer.status_code == code
    assert len(rows(dam)) == 1


@pytest.mark.slow
def test_a_file_that_takes_too_long_is_left(dam: Path) -> None:
    with pytest.raises(FormatError, match="took longer"):
        taken_in(TakeIn(dam, b"questions: []", "q.yaml", "A. Tester"), seconds=0.0)
    assert rows(dam) == []


HOSTILE = ("", "\x00", "<script>alert(1)</script>", "9999-12-31", "0001-01-01", "q" * 5000, "1e999")


def test_whatever_an_address_says_is_answered_with_a_sentence(asked_once: Visit) -> None:
    names = {
        "show": "",
        "question": "",
        "part": "",
        "as_of": "suggested",
        "at": "scores",
        "head": "chain",
        "given": "ask",
    }
    for value in HOSTILE:
        for name, show in names.items():
            answer = asked_once.client.get("/ledger", params={"show": show, name: value})
            assert answer.status_code < 500, (name, value)
            assert "<script>alert" not in answer.text
        assert asked_once.client.get("/ledger", params={"question": RAIN, "rows": value}).status_code < 500
        for name in ("form", "title", "by", "due"):
            assert asked_once.client.get("/ledger/export", params={name: value}).status_code < 500, (name, value)


def test_whatever_a_form_says_is_answered_with_a_sentence(asked_once: Visit) -> None:
    forms = {
        "ask": (ASK, ("text", "closes", "choices", "low", "given", "within", "cluster", "as_of")),
        "forecast": ({"question": RAIN, "p": "0.2"}, ("question", "p", "value", "other", "lapses", "as_of")),
        "resolve": ({"question": RAIN, "outcome": "annulled", "seen": "0"}, ("outcome", "on", "seen")),
        "open": ({"every": "1"}, ("ids", "as_of")),
    }
    client, headers = asked_once.client, {"origin": ORIGIN}
    for route, (usual, names) in forms.items():
        for name in names:
            for value in HOSTILE[1:]:
                sent = {"csrf": asked_once.csrf, **usual, name: value}
                answer = client.post(f"/ledger/{route}", data=sent, headers=headers, follow_redirects=False)
                assert answer.status_code < 500, (route, name, value)
                assert "<script>alert" not in answer.text
    assert client.get("/api/ledger/verified").json()["faults"] == []


def test_a_program_is_answered_as_a_page_is(at: Visit, dam: Path) -> None:
    def send(route: str, **given: object) -> tuple[int, dict[str, object]]:
        headers = {"origin": ORIGIN, "x-csrf-token": at.csrf}
        answer = at.client.post(f"/api/ledger/{route}", json=given, headers=headers)
        found: dict[str, object] = answer.json()
        return answer.status_code, found

    assert send("forecast", question=RAIN, probabilities=[0.3])[1]["rows"] == [2]
    assert send("forecast", question=RAIN, probabilities=[0.3], as_of="9999-12-31")[0] == 422
    half = json.dumps({"text": "\ud83d alone", "criteria": "c", "closes": SOON}).encode()
    headers = {"origin": ORIGIN, "x-csrf-token": at.csrf, "content-type": "application/json"}
    assert at.client.post("/api/ledger/asked", content=half, headers=headers).status_code < 500
    assert send("resolved", question=RAIN, outcome="annulled")[1]["rows"] == [len(rows(dam))]
    found = at.client.get("/api/ledger").json()
    assert found["questions"][0]["forecasts"][0]["forecast"]["probabilities"] == [0.3]
    assert at.client.get("/api/ledger/due").json()["closed"] == []
    assert at.client.get("/api/ledger/verified").json()["faults"] == []
    assert at.client.get("/api/ledger/suggested").json()[0]["ground"]
    assert at.client.get("/api/ledger/scores?at=never").status_code == 400
    assert at.client.get("/api/ledger/export").headers["content-type"] == "application/zip"


def test_a_question_is_opened_forecast_and_resolved_in_the_browser(page: Page) -> None:
    opened(page, "/ledger?show=ask")
    page.get_by_label("The question").fill("Will it rain in Muscat?")
    page.get_by_label("By what anybody can tell").fill("Yes if the gauge says so.")
    page.get_by_label("Last day").fill(SOON)
    page.get_by_role("button", name="Open the question").click()
    expect(page.locator("h2.question")).to_have_text("Will it rain in Muscat?")
    expect(page.locator("#message")).to_contain_text("Row 1: asked")
    page.get_by_label("Of yes").fill("0.35")
    page.locator("#say").get_by_role("button", name="Record it as A. Tester").click()
    expect(page.locator(".sayings")).to_contain_text("a judgement, with no class behind it")
    assert violations(page) == []
    page.locator("#resolve").get_by_label("It came out as").select_option("annulled")
    page.locator("#resolve").get_by_role("button").click()
    expect(page.locator("#message")).to_contain_text("came out as annulled")
    opened(page, "/ledger?show=chain")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.locator("#message")).to_contain_text("copied")
    for address in ("/ledger?show=suggested", "/ledger?show=scores", "/ledger?show=ask", "/ledger?show=chain"):
        opened(page, address)
        assert violations(page) == []
