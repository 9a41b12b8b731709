"""What strangers wrote or send harms nobody: on no page that there is, at no route that there is."""

import html
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient
from tests.web.entering import ORIGIN, TOKEN, Visit, entered, guarded
from tests.web.small import FEW

from detente import dossier
from detente.web.app import routed
from detente.web.pages import PAGES

BAD = "<script>alert(1)</script><img src=x onerror=alert(2)>\" onfocus=alert(3) '"
MARKUP = re.compile(r"<script>alert|<img\b|<[^>]*\" onfocus=alert", re.IGNORECASE)
LATER = re.compile(r'hx-get="([^"]+)"[^>]*hx-trigger="load"')
# An article of somebody else's, whose title, publisher and words are meant to run.
SAID = """
documents:
  article: {title: BAD, publisher: BAD, published: 2026-02-01, reported: 2026-02-01}
  second: {title: Second, publisher: BAD, published: 2026-02-03, reported: 2026-02-03}
evidence:
  quoted: {document: article, sentence: s1, start: 0, end: 73, quote: BAD, speaker: BAD, grade: B2}
  again: {document: second, sentence: s1, start: 0, end: 73, quote: BAD, speaker: BAD}
"""
ROUTERS = [getattr(one, "original_router", one) for one in routed().routes]
ROUTES = tuple(r for one in ROUTERS for r in getattr(one, "routes", [one]) if isinstance(r, APIRoute))
CHANGING = sorted({(m, r.path) for r in ROUTES for m in r.methods or () if m not in ("GET", "HEAD")})


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """A desk over a dossier in which every name and every word is an attack."""
    folder: Path = tmp_path_factory.mktemp("poisoned") / "dam"
    folder.mkdir()
    read = ", evidence: [quoted, again], basis: {read: [quoted, again], rule: coded-from-quote}}, power"
    text = FEW.replace("}, power", read, 1).replace("title: Dam", "as_of: 2026-02-05\ntitle: Dam") + SAID
    text = re.sub(r"(name|title): [^,}\n]+", r"\1: BAD", text)
    (folder / "situation.yaml").write_text(text.replace("BAD", "'" + BAD.replace("'", "''") + "'"), encoding="utf-8")
    dossier.adopt(folder)
    with entered(guarded(folder)) as visit:
        yield visit


def parts(visit: Visit, address: str) -> Iterator[tuple[str, str]]:
    """A page, and what it fetches by itself once it is open."""
    page = visit.client.get(address)
    assert page.status_code == 200, address
    yield address, page.text
    for later in LATER.findall(page.text):
        part = visit.client.get(html.unescape(later), headers={"hx-request": "true"})
        assert part.status_code == 200, later
        yield later, part.text


@pytest.mark.parametrize("path", [*(p.path for p in PAGES), "/source/quoted", "/why/zohre.dam.position"])
def test_a_script_in_an_article_is_shown_as_words_on_every_page(poisoned: Visit, path: str) -> None:
    for address, text in parts(poisoned, path):
        assert MARKUP.findall(text) == [], address


def test_the_words_of_the_attack_are_there_to_be_read(poisoned: Visit) -> None:
    for path in ("/", "/situation", "/documents", "/source/quoted"):
        assert "&lt;script&gt;alert(1)" in poisoned.client.get(path).text, path


def test_no_route_changes_anything_without_the_form_token(looking: Visit) -> None:
    assert {("POST", "/edit"), ("POST", "/documents/add"), ("POST", "/runs/start")} <= set(CHANGING)
    for method, path in CHANGING:
        if path == "/log-in":  # who logs in has no token yet; test_accounts asks where the form came from
            continue
        for csrf in ("", "0" * 64):
            answer = looking.client.request(method, path, headers={"origin": ORIGIN, "x-csrf-token": csrf})
            assert answer.status_code == 403, path
        bearing = {"authorization": f"Bearer {TOKEN}", "host": "rebound.example"}
        assert looking.client.request(method, path, headers=bearing).status_code == 421, path


def test_no_route_answers_a_stranger_or_another_name(looking: Visit, made_once: Path) -> None:
    stranger = TestClient(guarded(made_once), base_url=ORIGIN, follow_redirects=False)
    paths = {re.sub(r"\{[^}]*\}", "x", r.path) for r in ROUTES if "GET" in (r.methods or ())}
    assert {p.path for p in PAGES} <= paths
    for path in paths - {"/log-in"}:
        assert stranger.get(path).status_code == 401, path
        assert looking.client.get(path, headers={"host": "rebound.example:8000"}).status_code == 421, path


HARMFUL = {
    "bomb": "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\ntitle: *c\n",
    "tagged": "title: !!python/object/apply:os.system ['touch here']\n",
    "deep": "title: " + "[" * 5000 + "]" * 5000 + "\n",
    "long": "title: Dam\nnote: " + "x" * 5_000_001 + "\n",
    "twice": "title: Dam\ntitle: Dam\n",
    "bytes": "title: \x00\x07\n",
}


def test_a_file_that_is_meant_to_do_harm_is_told_of_in_a_sentence_and_bars_no_other(tmp_path: Path) -> None:
    for name, text in {**HARMFUL, "sound": FEW}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "situation.yaml").write_text(text, encoding="utf-8")
    with entered(guarded(tmp_path)) as visit:
        began = time.process_time()
        cards = {one["name"]: one["state"] for one in visit.client.get("/api/dossiers").json()}
        assert cards == {**dict.fromkeys(HARMFUL, "broken"), "sound": "case"}
        for name in HARMFUL:
            answer = visit.client.get("/situation", params={"dossier": name})
            assert answer.status_code == 422, name
            assert visit.post("/dossiers/adopt", name=name)[0] == 422
            assert sorted(f.name for f in (tmp_path / name).iterdir()) == ["situation.yaml"]
        assert visit.client.get("/situation?dossier=sound").status_code == 200
        assert time.process_time() - began < 6
