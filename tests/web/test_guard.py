"""The door: what it turns away, and what every answer that leaves by it says to the browser."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.entering import MISSILES, ORIGIN, TOKEN, Visit, entered, guarded, hash_in

from detente.web.safety.headers import POLICY

STAYS_OUT = (401, 403, 421)


@pytest.fixture
def stranger(made_once: Path) -> TestClient:
    return TestClient(guarded(made_once), base_url=ORIGIN, follow_redirects=False)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:8001", "evil.example:8000", "[::1]:8000", ""])
def test_a_name_that_is_not_this_desks_is_refused_even_with_the_token(looking: Visit, host: str) -> None:
    for path in ("/", "/situation", "/static/desk.css", f"/?token={TOKEN}", "/api/inputs"):
        assert looking.client.get(path, headers={"host": host}).status_code == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:8001", "https://127.0.0.1:8000"])
def test_a_page_of_another_site_is_refused(looking: Visit, origin: str) -> None:
    fields = {"csrf": looking.csrf, "path": MISSILES, "value": "later", "hash": "0" * 64}
    assert looking.client.post("/edit", data=fields, headers={"origin": origin}).status_code == 403
    assert looking.client.get("/api/inputs", headers={"origin": origin}).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_can_neither_embed_nor_send(looking: Visit, site: str) -> None:
    told = {"sec-fetch-site": site, "sec-fetch-mode": "no-cors"}
    assert looking.client.get("/api/inputs", headers=told).status_code == 403
    assert looking.client.post("/undo", data={"csrf": looking.csrf}, headers=told).status_code == 403


def test_without_the_token_nothing_is_shown(stranger: TestClient) -> None:
    for path in ("/", "/situation", "/why/iran.missiles.position", "/source/x", "/api", "/api/inputs", "/nothing"):
        answer = stranger.get(path)
        assert answer.status_code == 401, path
        assert "Iran" not in answer.text


@pytest.mark.parametrize("token", ["", "wrong", TOKEN + "x", TOKEN[:-1], "\u00e9", "a&token=b"])
def test_a_wrong_token_enters_nowhere(stranger: TestClient, token: str) -> None:
    answer = stranger.get("/", params={"token": token})
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    bearing = stranger.get("/api/inputs", headers=[(b"authorization", f"Bearer {token}".encode())])
    assert bearing.status_code == 401


def test_the_first_visit_leaves_the_token_behind(stranger: TestClient) -> None:
    answer = stranger.get(f"/?token={TOKEN}&view=text")
    cookie = answer.headers["set-cookie"]
    assert (answer.status_code, answer.headers["location"]) == (303, "/?view=text")
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert TOKEN not in cookie


def test_a_cookie_that_was_made_up_opens_nothing(stranger: TestClient) -> None:
    for made_up in ("x", TOKEN, "", '"; Path=/', "a" * 5000):
        headers = [(b"cookie", f"detente-8000={made_up}".encode())]
        assert stranger.get("/situation", headers=headers).status_code == 401


def test_a_program_with_the_token_needs_no_form_token(made_once: Path) -> None:
    client = TestClient(guarded(made_once), base_url=ORIGIN, headers={"authorization": f"Bearer {TOKEN}"})
    assert len(client.get("/api/inputs").json()["inputs"]) > 100
    sent = client.post("/api/edits", json={"hash": "0" * 64, "path": "nobody.nothing.position", "value": "1"})
    assert sent.status_code == 422


@pytest.mark.parametrize("path", ["/edit", "/undo", "/theme", "/dossiers", "/dossiers/adopt", "/log-out", "/api/edits"])
@pytest.mark.parametrize("csrf", [None, "", "0" * 64, "\u00e9"])
def test_nothing_is_changed_without_the_form_token(looking: Visit, path: str, csrf: str | None) -> None:
    fields = {} if csrf is None else {"csrf": csrf}
    assert looking.client.post(path, data=fields, headers={"origin": ORIGIN}).status_code == 403
    assert looking.client.post(path, json=fields, headers={"origin": ORIGIN}).status_code == 403


def test_the_form_token_of_one_visitor_is_none_of_anothers(gulf: Path) -> None:
    guard = guarded(gulf)
    with entered(guard) as one, entered(guard) as other:
        assert one.csrf != other.csrf
        assert other.post("/undo", csrf=one.csrf)[0] == 403


def test_a_form_with_a_file_carries_its_token_too(looking: Visit) -> None:
    def sent(token: str) -> int:
        fields = {"csrf": token, "path": "nowhere.x.position", "value": "1", "hash": "0" * 64}
        return looking.client.post("/edit", data=fields, files={"f": ("a.txt", b"x")}).status_code

    assert sent(looking.csrf) == 422
    assert sent("0" * 64) == 403


def test_a_file_that_calls_itself_the_token_is_none(looking: Visit) -> None:
    files = {"csrf": ("a.txt", looking.csrf.encode())}
    assert looking.client.post("/undo", files=files).status_code == 403


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "multipart/form-data", "text/plain", "x"])
def test_a_body_that_is_no_form_is_refused_and_breaks_nothing(looking: Visit, kind: str) -> None:
    for body in (b"", b"--x\r\n", b"\xff" * 500, b"--x\r\n\r\n\r\n--x", b"csrf=" + looking.csrf.encode()):
        assert looking.client.post("/undo", content=body, headers={"content-type": kind}).status_code == 403


def test_a_body_above_the_bounds_is_refused(looking: Visit) -> None:
    large = b"x" * (1 << 20) + b"x"
    assert looking.client.post("/edit", content=large).status_code == 413
    announced = {"content-length": str(1 << 40), "x-csrf-token": looking.csrf}
    assert looking.client.post("/edit", content=b"x", headers=announced).status_code == 413
    assert looking.client.post("/edit", content=b"x", headers={"content-length": "-1"}).status_code == 400


def test_a_body_that_grows_past_the_bounds_is_cut_off(looking: Visit) -> None:
    pieces = (b"x" * 65536 for _ in range(64))
    assert looking.client.post("/edit", content=pieces).status_code == 413


CLIMBING = ["../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "..\\..\\etc\\passwd",
            "/etc/passwd", "%00", "a%0d%0ab", "....//....//etc/passwd", "situation.yaml"]  # fmt: skip


@pytest.mark.parametrize("climb", CLIMBING)
def test_no_path_leads_out_of_the_dossier(looking: Visit, climb: str) -> None:
    for place in ("/static/", "/static/vendored/", "/why/", "/source/", "/"):
        answer = looking.client.get(place + climb)
        assert answer.status_code in (400, 404, 405, 422), (place, climb)
        assert "root:" not in answer.text
    for place in ("/situation", "/api/inputs", "/why/iran.missiles.position"):
        answer = looking.client.get(place, params={"dossier": climb})
        assert answer.status_code == 400


def test_the_code_of_the_desk_is_not_served(looking: Visit) -> None:
    for path in ("/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/app.py", "/app.py"):
        assert looking.client.get(path).status_code == 404


def test_a_form_cannot_open_another_folder(visit: Visit, gulf: Path) -> None:
    (gulf.parent / "other").mkdir()
    (gulf.parent / "other" / "situation.yaml").write_text("title: Other\n")
    assert visit.post("/dossiers/adopt", name="../other")[0] == 400
    assert visit.post("/dossiers/adopt", name=str(gulf.parent / "other"))[0] == 400
    assert not (gulf.parent / "other" / "dossier.sqlite").exists()


AWAY = ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nset-cookie: x=1", "javascript:alert(1)",
        "\\\\evil.example", "/\u00e9", "/" + "a" * 1990, ""]  # fmt: skip


@pytest.mark.parametrize("back", AWAY)
def test_no_form_leads_away_or_writes_headers(looking: Visit, back: str) -> None:
    sent = looking.client.post(
        "/theme", data={"csrf": looking.csrf, "theme": "dark", "back": back}, follow_redirects=False
    )
    assert sent.status_code == 303
    assert sent.headers["location"] == (back if back.startswith("/aaa") else "/")
    assert sent.headers.get_list("set-cookie") == [next(iter(sent.headers.get_list("set-cookie")))]


def test_a_theme_that_is_none_is_not_written_into_the_page(looking: Visit) -> None:
    looking.client.post("/theme", data={"csrf": looking.csrf, "theme": '"><script>', "back": "/"})
    assert 'data-theme="auto"' in looking.client.get("/").text


def test_every_answer_carries_the_policy(looking: Visit, stranger: TestClient) -> None:
    answers = [looking.client.get(path) for path in ("/", "/situation", "/nothing", "/static/desk.css", "/api/inputs")]
    answers += [looking.client.get("/", headers={"host": "evil"}), stranger.get("/"), stranger.post("/log-in")]
    answers += [looking.client.post("/edit"), looking.client.request("DELETE", "/")]
    for answer in answers:
        assert answer.headers.get_list("content-security-policy") == [POLICY], answer.url
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == ("no-cache" if "/static/" in str(answer.url) else "no-store")
        assert "server" not in answer.headers


def test_an_answer_that_breaks_carries_the_policy_and_says_nothing_of_the_inside(
    gulf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard = guarded(gulf)
    with entered(guard) as visit:
        monkeypatch.setattr("detente.web.pages.situation.tables", lambda *_, **__: 1 / 0)
        answer = visit.client.get("/situation")
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == POLICY
    assert "division" not in answer.text


def test_a_refusal_is_told_with_its_reason_and_without_what_was_sent(made_once: Path) -> None:
    told: list[str] = []
    with entered(guarded(made_once, told=told)) as visit:
        visit.client.get("/why/<script>secret", headers={"host": "evil-secret.example"})
        visit.client.post("/edit?secret=1", data={"csrf": "secret"})
        visit.client.get("/Secret%0d%0a-forged-line", headers={"origin": "http://secret"})
    assert [line.partition(" ")[2] for line in told] == [
        "refused 421 (host): GET /why",
        "refused 403 (form token): POST /edit",
        "refused 403 (origin): GET /...",
    ]


def test_what_somebody_wrote_into_a_dossier_is_never_markup(gulf: Path) -> None:
    file = gulf / "situation.yaml"
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    text = file.read_text(encoding="utf-8")
    text = text.replace("name: United States and Iran", f"name: '{bad}'").replace("name: Iran\n", f"name: '{bad}'\n")
    text = re.sub(r"^title: .*$", f"title: '{bad}'", text, flags=re.M)
    text = text.replace("title: Iran keeps its missiles off the table", f"title: '{bad}' #")
    file.write_text(text, encoding="utf-8")
    with entered(guarded(gulf)) as visit:
        for path in ("/", "/situation", "/why/iran.missiles.position", f"/why/{MISSILES}", "/why/%3Cscript%3Ealert(1)"):
            page = visit.client.get(path).text
            assert "<script>alert" not in page, path
            assert "<img" not in page, path
        assert "&lt;script&gt;alert" in visit.client.get("/situation").text


def test_a_change_needs_the_situation_it_starts_from(visit: Visit) -> None:
    page = visit.client.get("/situation").text
    code, _ = visit.post("/edit", path=MISSILES, value="later", hash=hash_in(page), back="/situation")
    assert code == 200
    code, said = visit.post("/edit", path=MISSILES, value="option", hash=hash_in(page), back="/situation")
    assert code == 409
    assert "left for later" in said
    assert "an option" in said
