"""The brief in the browser: shown as it would go out, looked at by the linter, signed by who sends it."""

import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.cli.samples import SITUATION
from tests.web.conftest import started
from tests.web.entering import ORIGIN, Visit, entered, guarded
from tests.web.test_browser import opened, violations

from detente import dossier
from detente.brief.compose import CONTENTS
from detente.desk.brief_page import MOST_LETTERS, Preview, linted, preview
from detente.desk.ledger.place import clock
from detente.desk.lint import lint
from detente.desk.session import Session
from detente.errors import UsageError


@pytest.fixture(scope="module")
def dam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("brief") / "dam"
    folder.mkdir()
    (folder / "situation.yaml").write_text(SITUATION, encoding="utf-8")
    dossier.adopt(folder)
    return folder


@pytest.fixture(scope="module")
def reader(dam: Path) -> Iterator[Visit]:
    """Somebody to whom the brief was shown once, so that it is at hand."""
    with entered(guarded(dam)) as visit:
        assert visit.client.get("/brief?part=whole").status_code == 200
        yield visit


def test_the_frame_comes_at_once_and_fetches_the_rest(dam: Path) -> None:
    with entered(guarded(dam)) as visit:
        page = visit.client.get("/brief").text
        assert 'hx-get="/brief?part=whole"' in page
        assert 'href="/brief?part=whole#preview"' in page, "without a script, a link"
        assert all(title in unescape(page) for _, title in CONTENTS)
        assert '<article id="preview"' in visit.client.get("/brief?part=whole").text
        assert '<article id="preview"' in visit.client.get("/brief").text, "at hand from now on"


def test_what_is_shown_is_the_brief_and_keeps_its_rules(reader: Visit) -> None:
    for view in ("completed", "text"):
        page = reader.client.get("/brief", params={"view": view}).text
        assert [str(r) for r in lint(page, form="html")] == []
        assert "Nothing to cure" in page
        assert "<iframe" not in page
    assert "Is there a deal" in reader.client.get("/brief").text or "Bottom line" in reader.client.get("/brief").text


def test_a_section_is_chosen_in_the_address(reader: Visit) -> None:
    page = reader.client.get("/brief?section=trade").text
    assert len(re.findall(r'<section id="section-', page)) == 1
    assert 'href="/brief?section=trade&amp;view=text"' in page
    assert reader.client.get("/brief?section=nowhere").status_code == 400


def test_every_remark_of_the_linter_finds_its_words(dam: Path) -> None:
    found = preview(Session(dam), now=clock())
    assert isinstance(found, Preview)
    assert found.linted.remarks == ()
    assert found.linted.looked_at > 20
    text = "The talks go on.\r\n\r\nThere is no doubt that war comes; it is likely."
    remarks = linted(text).remarks
    assert {one.remark.rule for one in remarks} >= {"certain", "number"}
    assert [f"{one.before}{one.words}{one.after}" in text for one in remarks] == [True] * len(remarks)


def test_a_text_edited_by_hand_is_looked_at_and_kept_nowhere(reader: Visit, dam: Path) -> None:
    status, page = reader.post("/brief/lint", text="<b>War</b> will definitely come.", written="plain")
    assert status == 200
    assert "<mark>will definitely</mark>" in page
    assert "&lt;b&gt;War" in page
    assert "<b>War</b>" not in page
    assert reader.post("/brief/lint", text=" ")[0] == 400
    assert reader.post("/brief/lint", text="x", written="word")[0] == 400
    assert reader.post("/brief/lint", text="x", scale="guess")[0] == 400
    with pytest.raises(UsageError, match="longer than"):
        linted("x" * (MOST_LETTERS + 1))
    begun = reader.client.get("/brief?section=trade&edit=1").text
    assert "## What is the trade" in begun
    assert sorted(p.name for p in dam.iterdir() if "sqlite-" not in p.name) == ["dossier.sqlite", "situation.yaml"]


def test_what_goes_out_is_signed_by_who_sends_it(reader: Visit) -> None:
    nobody = reader.client.get("/brief/export?form=json")
    assert nobody.headers["content-disposition"] == 'attachment; filename="dam-brief.json"'
    assert "not signed" in nobody.text
    signed = json.loads(reader.client.get("/brief/export?form=json&confidence=moderate").text)
    facts = {fact["name"]: fact["value"] for fact in signed["facts"]}
    assert facts["confidence"].startswith("moderate, signed by A. Tester")
    assert "is signed: <b>moderate</b>, <bdi>A. Tester</bdi>" in reader.client.get("/brief?confidence=moderate").text
    for wrong in ("certain", "Moderate", "\x00"):
        assert reader.client.get("/brief/export", params={"form": "json", "confidence": wrong}).status_code == 400
    assert reader.client.get("/brief/export?form=exe").status_code == 400


def test_every_form_and_every_picture_goes_out(reader: Visit) -> None:
    begins = {"html": b"<!doctype html>", "docx": b"PK\x03\x04", "pictures": b"PK\x03\x04", "json": b"{"}
    for form, begin in begins.items():
        assert reader.client.get("/brief/export", params={"form": form}).content.startswith(begin), form
    names = re.findall(r"/brief/picture\?name=([a-z0-9-]+)&amp;form=svg", reader.client.get("/brief").text)
    packed = zipfile.ZipFile(io.BytesIO(reader.client.get("/brief/export?form=pictures").content))
    assert sorted(packed.namelist()) == sorted(f"{name}.{end}" for name in names for end in ("png", "svg"))
    one = reader.client.get("/brief/picture", params={"name": names[0], "form": "png"})
    assert one.content.startswith(b"\x89PNG")
    assert reader.client.get("/brief/picture", params={"name": names[0], "form": "svg"}).content.startswith(b"<?xml")
    assert reader.client.get("/brief/picture", params={"name": names[0], "form": "gif"}).status_code == 400
    assert reader.client.get("/brief/picture", params={"name": "../../etc/passwd"}).status_code == 400


def test_the_brief_tells_of_the_ledger_as_it_stands(dam: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(dam, tmp_path / "dam")
    with entered(guarded(folder)) as visit:
        assert "The ledger holds" not in visit.client.get("/brief?part=whole").text
        asked = {"text": "Will it rain?", "criteria": "Yes if it does.", "closes": "2099-01-01"}
        assert visit.post("/ledger/ask", **asked)[0] == 200
        assert "The ledger holds 1 question" in visit.client.get("/brief").text


@pytest.mark.parametrize("value", ["", "\x00", "<script>alert(1)</script>", "../..", "q" * 5000])
def test_whatever_an_address_says_is_answered_with_a_sentence(reader: Visit, value: str) -> None:
    for name in ("section", "confidence", "part", "edit", "view"):
        answer = reader.client.get("/brief", params={name: value})
        assert answer.status_code < 500, name
        assert "<script>alert" not in answer.text
    for name in ("form", "confidence"):
        assert reader.client.get("/brief/export", params={"form": "json", name: value}).status_code < 500, name
    assert reader.client.get("/brief/picture", params={"name": value, "form": value}).status_code == 400


def test_a_program_gets_the_brief_and_the_remarks(reader: Visit) -> None:
    assert reader.client.get("/api/brief").json()["schema"] == "detente.brief/1"
    headers = {"origin": ORIGIN, "x-csrf-token": reader.csrf}
    found = reader.client.post("/api/lint", json={"text": "War will definitely come."}, headers=headers).json()
    assert [one["rule"] for one in found] == ["certain"]
    assert reader.client.get("/api/brief/export?form=nothing").status_code == 400


@pytest.fixture
def small(browser: Browser, dam: Path, tmp_path: Path) -> Iterator[Page]:
    """A browser at a small dossier, on which a brief is written soon."""
    with started(shutil.copytree(dam, tmp_path / "dam")) as (_, address):
        context = browser.new_context()
        made = context.new_page()
        made.goto(address)
        yield made
        context.close()


def test_the_brief_is_fetched_checked_signed_and_sent_in_the_browser(small: Page) -> None:
    opened(small, "/brief")
    expect(small.locator("article#preview")).to_be_visible(timeout=60_000)
    expect(small.locator("#generated")).to_contain_text("Nothing to cure")
    assert violations(small) == []
    small.get_by_label("Paste it").fill("War will definitely come.")
    small.get_by_role("button", name="Check it").click()
    expect(small.locator("#linted mark")).to_have_text("will definitely")
    expect(small.locator("article#preview")).to_be_visible()
    assert violations(small) == []
    small.get_by_label("You would sign").select_option("low")
    small.get_by_role("button", name="Sign as A. Tester").click()
    expect(small.locator("#generated")).to_contain_text("is signed: low, A. Tester")
    with small.expect_download() as sent:
        small.get_by_role("link", name="HTML").click()
    assert "signed by A. Tester" in Path(sent.value.path()).read_text(encoding="utf-8")
    small.get_by_role("link", name="from the text alone").click()
    expect(small.locator(".brief-head")).to_contain_text("from the text alone")
