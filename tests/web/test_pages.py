"""What holds of every page: it answers, it asks a question, and nothing in it runs or is styled on the spot."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.entering import ORIGIN, ROOT, TOKEN, Visit, entered, guarded

from detente.web.app import routed
from detente.web.pages import PAGES

WEB = ROOT / "src" / "detente" / "web"
TEMPLATES = sorted((WEB / "templates").glob("*.html"))
INLINE = re.compile(r"(?i)<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|hx-on|javascript:|hx-vals=.?js:")
ELSEWHERE = re.compile(r"(?:src|href|action)=\"(?:https?:)?//|url\(\s*['\"]?(?:https?:)?//|@import", re.IGNORECASE)
VENDORED = (WEB / "static" / "vendored", ROOT / "tests" / "web" / "vendored")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_script_and_no_style(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert INLINE.findall(text) == []
    assert ELSEWHERE.findall(text) == []


@pytest.mark.parametrize("file", ["desk.css", "desk.js"])
def test_our_own_files_ask_for_nothing_elsewhere(file: str) -> None:
    text = (WEB / "static" / file).read_text(encoding="utf-8")
    assert ELSEWHERE.findall(text) == []
    assert "eval(" not in text
    assert "innerHTML" not in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
@pytest.mark.parametrize("view", ["completed", "text"])
def test_a_page_answers_in_both_views(looking: Visit, page: object, view: str) -> None:
    path, asks = getattr(page, "path", ""), getattr(page, "asks", "")
    answer = looking.client.get(path, params={"view": view})
    assert answer.status_code == 200
    assert f"<h1>{asks}</h1>" in answer.text
    assert asks.endswith("?")
    assert INLINE.findall(re.sub(r"<svg.*?</svg>", "", answer.text, flags=re.S)) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_page_about_an_empty_dossier_says_what_to_do(page: object, tmp_path: Path) -> None:
    with entered(guarded(tmp_path)) as visit:
        assert visit.post("/dossiers", title="Nothing yet")[0] == 200
        answer = visit.client.get(getattr(page, "path", ""))
    assert answer.status_code == 200
    assert 'class="empty"' in answer.text or getattr(page, "path", "") == "/", "p.empty says what to do next"


def test_every_page_has_a_key_and_a_place_of_its_own() -> None:
    assert len({p.key for p in PAGES}) == len({p.path for p in PAGES}) == len(PAGES)
    assert not {p.key for p in PAGES} & {"g", "u", "?"}


def test_every_link_of_a_page_leads_somewhere(looking: Visit) -> None:
    page = looking.client.get("/situation").text
    links = sorted({found.replace("&amp;", "&") for found in re.findall(r'href="(/[^"#]*)"', page)})
    assert len(links) > 50
    for link in links[:: max(1, len(links) // 40)]:
        assert looking.client.get(link).status_code == 200, link


def test_a_folder_of_dossiers_shows_each_and_says_which_is_broken(gulf: Path) -> None:
    (gulf.parent / "broken").mkdir()
    (gulf.parent / "broken" / "situation.yaml").write_text("titel: x\n")
    (gulf.parent / "led-away").symlink_to(ROOT / "examples" / "us-iran-2026", target_is_directory=True)
    with entered(guarded(gulf.parent)) as visit:
        page = visit.client.get("/").text
        assert page.count('class="card"') == 2
        assert "there is no such key" in page
        assert visit.client.get("/situation").status_code == 400
        assert visit.client.get("/situation?dossier=gulf").status_code == 200
        assert visit.client.get("/situation?dossier=broken").status_code == 422
        assert 'href="/situation?dossier=gulf' in visit.client.get("/situation?dossier=gulf").text


def test_a_case_is_shown_and_changed_only_as_a_dossier(tmp_path: Path) -> None:
    (tmp_path / "dam").mkdir()
    (tmp_path / "dam" / "situation.yaml").write_text("title: Dam\n")
    with entered(guarded(tmp_path / "dam")) as visit:
        assert "Make it a dossier" in visit.client.get("/").text
        assert visit.post("/undo")[0] == 409
        assert visit.post("/dossiers/adopt", name="dam")[0] == 200
        assert "Make it a dossier" not in visit.client.get("/").text


def test_the_interface_is_described_and_answers_with_data(looking: Visit) -> None:
    described = looking.client.get("/api/openapi.json").json()
    assert set(described["paths"]) >= {"/api/dossiers", "/api/inputs", "/api/why", "/api/edits", "/api/undo"}
    assert all("/api" in path for path in described["paths"])
    wrong = looking.client.get("/api/why?path=nowhere")
    assert (wrong.status_code, list(wrong.json())) == (422, ["error"])
    assert looking.client.get("/api").status_code == 200


def test_the_routes_stand_without_a_door_only_for_their_description() -> None:
    assert routed().openapi()["info"]["title"] == "Detente"


def test_a_page_asked_for_in_the_drawer_is_a_part_of_one(looking: Visit) -> None:
    asked = {"hx-request": "true", "hx-target": "aside#drawer"}
    part = looking.client.get("/why/iran.missiles.position", headers=asked).text
    assert "<html" not in part
    assert "data-close" in part
    whole = looking.client.get("/why/iran.missiles.position").text
    assert "<html" in whole
    assert "<mark>" in part
    assert "<mark>" in whole


def test_who_is_forgotten_is_asked_to_enter_again_by_the_open_page(made_once: Path) -> None:
    client = TestClient(guarded(made_once), base_url=ORIGIN)
    answer = client.get("/situation", headers={"hx-request": "true"})
    assert (answer.status_code, answer.headers["hx-refresh"]) == (401, "true")
    assert TOKEN not in answer.text


@pytest.mark.parametrize("folder", VENDORED, ids=lambda path: path.parent.name)
def test_a_file_of_others_is_the_one_that_was_published(folder: Path) -> None:
    told = tomllib.loads((folder / "VENDORED.toml").read_text(encoding="utf-8"))["file"]
    for row in told:
        assert hashlib.sha256((folder / row["file"]).read_bytes()).hexdigest() == row["sha256"], row["file"]
        assert (folder / row["licence_file"]).is_file()
        assert row["version"] in row["package"]
    listed = {row[key] for row in told for key in ("file", "licence_file")} | {"VENDORED.toml"}
    assert {file.name for file in folder.iterdir()} == listed
