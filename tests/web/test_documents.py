"""Documents at the desk: what strangers send is bounded, read apart and kept; what people decide is kept at once."""

import re
import shutil
import threading
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from tests.web.entering import ORIGIN, TOKEN, Visit, entered, guarded
from tests.web.sending import Room, article, pdf_bomb

from detente import dossier
from detente.desk.intake import Upload
from detente.desk.intake.orders import Refused
from detente.desk.review import decide
from detente.desk.reviewing import text
from detente.desk.session import Session
from detente.web.uploads import named

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """One desk for all tests here, for its reader takes a moment to load; each test has a dossier of its own."""
    place, told = tmp_path_factory.mktemp("room") / "desk", list[str]()
    place.mkdir()
    guard = guarded(place, told=told)
    with entered(guard) as visit:
        desk = guard.app.state.desk  # type: ignore[attr-defined]
        yield Room(visit, desk, told, place)
        desk.intake.close()


@pytest.fixture(scope="module")
def read(room: Room) -> str:
    """A dossier with one article in it."""
    name = room.dossier("Two sides")
    assert room.send(name, text=article())[0] == 200
    (task,) = room.tasks(name)
    assert task.state == "done", task.says
    return name


def items(room: Room, name: str) -> list[dict[str, object]]:
    listed = room.visit.client.get("/api/documents", params={"dossier": name}).json()["documents"]
    asked = {"dossier": name, "document": listed[0]["id"]}
    return list(room.visit.client.get("/api/documents/items", params=asked).json()["items"])


def test_a_pasted_article_is_read_and_what_it_changes_is_said(room: Room, read: str) -> None:
    page = room.page("/documents", read)
    assert "Added: <bdi>kyrgyzstan-refuses-to-discuss-missiles</bdi>" in page
    assert "party: Kyrgyzstan" in page
    assert "2026-02-09" in page
    assert "Harbour Wire" in page
    folder = room.place / read
    assert [f.name for f in (folder / "documents").iterdir()] == ["kyrgyzstan-refuses-to-discuss-missiles.txt"]
    assert dossier.open(folder).situation().as_of is not None


def test_the_text_shows_each_item_and_what_it_is_taken_to_say(room: Room, read: str) -> None:
    page = room.page("/documents", read, document="kyrgyzstan-refuses-to-discuss-missiles")
    assert 'class="it s-waiting' in page
    assert "it would not discuss its missiles" in page
    found = text(Session(room.place / read), "kyrgyzstan-refuses-to-discuss-missiles")
    whole = (room.place / read / "documents" / "kyrgyzstan-refuses-to-discuss-missiles.txt").read_text(encoding="utf-8")
    shown = "".join(s.text for p in found.paragraphs for s in p.stretches)
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", whole)
    assert len(found.cards) >= 3
    assert all(card.clause in page for card in found.cards)


def test_a_decision_is_kept_at_once_and_brought_into_the_situation(room: Room) -> None:
    name = room.dossier("Deciding")
    room.send(name, text=article())
    room.tasks(name)
    threat = next(i for i in items(room, name) if "threaten" in str(i["claims"]))
    folder = room.place / name
    assert len(dossier.open(folder).situation().threats) == 1
    document = "kyrgyzstan-refuses-to-discuss-missiles"
    sent = {"document": document, "item": str(threat["id"]), "verdict": "reject", "seen": "0"}
    code, page = room.visit.post(f"/documents/decide?dossier={name}", **sent)
    assert code == 200
    assert "Rejected: " in page
    assert [d.verdict for d in dossier.open(folder).decisions()] == ["rejected"]
    assert room.tasks(name)[-1].state == "done"
    assert dossier.open(folder).situation().threats == ()
    assert "No longer suggested" in room.page("/documents", name)
    code, page = room.visit.post(f"/documents/take-back?dossier={name}", document=document)
    assert (code, "Taken back" in page) == (200, True)
    room.tasks(name)
    assert len(dossier.open(folder).situation().threats) == 1


def test_an_edit_changes_what_differs_and_nothing_else(room: Room) -> None:
    name = room.dossier("Editing")
    room.send(name, text=article())
    room.tasks(name)
    item = next(i for i in items(room, name) if "refuse" in str(i["claims"]))
    form = room.page(
        "/documents", name, document="kyrgyzstan-refuses-to-discuss-missiles", item=str(item["id"]), edit="1"
    )
    inside = form[form.index('class="edit-item"') :]
    fields = dict(re.findall(r'<input name="(\w+)" value="([^"]*)"', inside))
    sent = {
        "document": "kyrgyzstan-refuses-to-discuss-missiles",
        "item": str(item["id"]),
        "verdict": "edit",
        "seen": "0",
    }
    same = {**sent, **fields, "act": "REJECT", "negated": "no"}
    code, says = room.visit.post(f"/documents/decide?dossier={name}", **same)
    assert (code, "Nothing differs" in says) == (400, True)
    code, says = room.visit.post(f"/documents/decide?dossier={name}", **{**same, "actors": "uzbekistan"})
    assert code == 200
    (made,) = dossier.open(room.place / name).decisions()
    assert (made.verdict, made.change) == ("edited", '{"actors":["uzbekistan"]}')
    wrong = {**same, "seen": str(made.number), "issues": "missiles:shout:9"}
    assert room.visit.post(f"/documents/decide?dossier={name}", **wrong)[0] == 400
    room.tasks(name)


def test_two_who_decide_about_the_same_item_see_each_other(room: Room, read: str) -> None:
    item = str(items(room, read)[-1]["id"])
    decide(room.place / read, by="B. Other", accept=(item,))
    sent = {"document": "kyrgyzstan-refuses-to-discuss-missiles", "item": item, "verdict": "reject", "seen": "0"}
    code, page = room.visit.post(f"/documents/decide?dossier={read}", **sent)
    assert code == 409
    assert "accepted by B. Other" in page
    assert [d.verdict for d in dossier.open(room.place / read).decisions()] == ["accepted"]


def test_nobody_takes_back_what_somebody_else_decided_last(room: Room) -> None:
    name = room.dossier("Whose")
    room.send(name, text=article())
    room.tasks(name)
    first, second = (str(i["id"]) for i in items(room, name)[:2])
    decide(room.place / name, by="A. Tester", accept=(first,))
    decide(room.place / name, by="B. Other", accept=(second,))
    code, says = room.visit.post(f"/documents/take-back?dossier={name}")
    assert code == 200, says
    states = {str(i["id"]): i["verdict"] for i in items(room, name)}
    assert (states[first], states[second]) == ("", "accepted")
    assert room.visit.post(f"/documents/take-back?dossier={name}")[0] == 400
    assert room.visit.post(f"/documents/take-back?dossier={name}", item=second)[0] == 200
    room.tasks(name)


def test_two_who_add_at_once_lose_nothing(room: Room) -> None:
    name = room.dossier("Both")
    days = ["2026-02-09", "2026-02-10", "2026-02-11", "2026-02-12"]
    sending = [threading.Thread(target=room.send, args=(name,), kwargs={"text": article(d)}) for d in days]
    for one in sending:
        one.start()
    for one in sending:
        one.join()
    assert {t.state for t in room.tasks(name)} == {"done"}
    made = dossier.open(room.place / name)
    assert len(made.documents()) == len(made.readings()) == len(made.situation().documents) == len(days)
    assert sorted(str(d.published) for d in made.situation().documents) == days


def test_a_text_that_is_here_already_is_not_kept_twice(room: Room, read: str) -> None:
    room.send(read, files=[("again.txt", article().encode())])
    task = room.tasks(read)[-1]
    assert task.came is not None
    assert task.came.copies
    assert len(dossier.open(room.place / read).documents()) == 1


def test_a_newer_document_moves_the_day_on_only_where_that_is_wanted(room: Room) -> None:
    name = room.dossier("Day")
    room.send(name, text=article("2026-02-09"))
    file = room.place / name / "situation.yaml"
    room.tasks(name)
    file.write_text(file.read_text().replace("as_of: 2026-02-09", "as_of: 2026-02-10"))
    room.send(name, text=article("2026-02-11", more="Kyrgyzstan met Uzbekistan.\n"), later="")
    task = room.tasks(name)[-1]
    assert (task.state, "after the situation's day" in task.says) == ("refused", True)
    room.send(name, text=article("2026-02-11", more="Kyrgyzstan met Uzbekistan.\n"))
    assert "2026-02-10, now 2026-02-11" in str(room.tasks(name)[-1].came)


def bombs() -> list[tuple[str, bytes]]:
    aliases = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", b"0" * 20_000_000)
    return [
        ("bomb.yaml", aliases.encode()),
        ("bomb.zip", packed.getvalue()),
        ("bomb.docx", packed.getvalue()),
        ("bomb.txt", packed.getvalue()),
        ("bomb.md", f"---\n{aliases}---\n".encode()),
        ("bad.txt", b"\xff\xfe\xfd" * 500),
        ("bad.md", b"Kyrgyzstan \xc3\x28 met \xed\xa0\x80 Uzbekistan \x00\x01\x02" * 50),
        ("half.txt", b"\x00" * 5000),
        ("none.txt", b" \n\t "),
        ("noise.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40),
        ("page.html", b"<html>" + b"<div>" * 3000),
        ("words.txt", "Der Damm wird nicht gebaut, und niemand will mit uns dar\u00fcber reden. ".encode() * 20),
        ("situation.yaml", b"title: Mine\n"),
        ("noname", b"Kyrgyzstan met Uzbekistan."),
    ]


def test_what_cannot_be_read_is_refused_with_a_sentence_and_nothing_of_it_is_kept(room: Room) -> None:
    name = room.dossier("Hostile")
    before, lines = room.files(), len(room.told)
    sent = bombs()
    assert room.send(name, files=sent)[0] == 200
    for (file, _), task in zip(sent, room.tasks(name), strict=True):
        assert task.state == "refused", file
        assert task.says.endswith("."), task.says
        assert task.order.content == b""  # type: ignore[union-attr]
    assert {f for f in room.files() - before if not f.endswith(("-wal", "-shm"))} == set()
    refused = {line.partition(" ")[2] for line in room.told[lines:]}
    assert refused == {"refused 422 (document): POST /documents"}
    page = room.page("/documents", name)
    assert "Not added." in page
    assert dossier.open(room.place / name).documents() == ()


@pytest.mark.slow
def test_a_pdf_that_unpacks_to_very_much_is_refused_and_the_reader_goes_on(room: Room) -> None:
    name = room.dossier("Unpacking")
    bomb = pdf_bomb(600_000_000)
    assert len(bomb) < 5_000_000
    room.send(name, files=[("bomb.pdf", bomb), ("after.txt", article().encode())])
    states = [t.state for t in room.tasks(name)]
    assert states == ["refused", "done"]


NAMES = ["../../../../escaped.txt", "..\\..\\escaped.txt", "con\r\nset-cookie: a=b.txt", f"{SCRIPT}.txt",
         "situation.yaml.txt"]  # fmt: skip
ALSO = ["/etc/cron.d/a.txt", "a/../../b.txt", "....//x.txt", "x" * 300 + ".txt", "\u202egpj.txt", ".hidden", "..", "/",
        "\x00", "%2e%2e%2fa.txt", "C:\\a.txt", "\ud800.txt"]  # fmt: skip


@pytest.mark.parametrize("given", ALSO)
def test_the_name_of_a_file_is_its_last_part(given: str) -> None:
    made = named(given)
    assert 0 < len(made) <= 120
    assert not set(made) & set("/\\\x00\r\n")
    assert not made.startswith(".")
    assert made.isprintable()


def test_no_name_of_a_file_leads_out_of_the_dossier_or_into_the_page(room: Room) -> None:
    name = room.dossier("Names")
    before = room.files()
    sent = [(given, article(more=f"Kyrgyzstan met Uzbekistan {n} times.\n").encode()) for n, given in enumerate(NAMES)]
    assert room.send(name, files=sent)[0] == 200
    assert {t.state for t in room.tasks(name)} == {"done"}
    new = {f for f in room.files() - before if not f.endswith(("-wal", "-shm"))}
    assert len(new) == len(NAMES)
    assert all(re.fullmatch(r"desk/names/documents/[a-z0-9-]+\.txt", f) for f in new), new
    for page in (room.page("/documents", name), room.page("/changes", name)):
        assert "<script>alert" not in page
        assert "<img" not in page
    assert dossier.open(room.place / name).situation().title == "Names"


def test_a_name_that_is_no_text_harms_nothing(room: Room) -> None:
    name = room.dossier("Bytes")
    body = (
        b'--b\r\ncontent-disposition: form-data; name="csrf"\r\n\r\n' + room.visit.csrf.encode() + b"\r\n"
        b'--b\r\ncontent-disposition: form-data; name="files"; filename="\xff\xfe\xed\xa0.txt"\r\n\r\n'
        + article().encode() + b"\r\n--b--\r\n"
    )  # fmt: skip
    headers = {"content-type": "multipart/form-data; boundary=b", "origin": ORIGIN}
    assert room.visit.client.post(f"/documents/add?dossier={name}", content=body, headers=headers).status_code == 200
    assert [t.state for t in room.tasks(name)] == ["done"]


def test_a_script_in_a_title_is_shown_as_words(room: Room) -> None:
    name = room.dossier("Scripts")
    page = f"<html><head><title>{SCRIPT.replace('<', '&lt;')}</title></head><body><article><p>{SCRIPT}"
    words = "Kyrgyzstan refuses to discuss its missiles, said Kyrgyzstan on Monday. " * 4
    sent = [
        ("a.html", f"{page}{words}</p></article></body></html>".encode()),
        ("b.txt", f"{SCRIPT} Kyrgyzstan refuses talks\n\n({SCRIPT}, 2026-02-09)\n\n{words}".encode()),
        ("c.md", f"---\ntitle: '{SCRIPT}'\npublisher: '{SCRIPT}'\n---\n{words} once".encode()),
    ]
    room.send(name, files=sent, publisher=SCRIPT)
    assert [t.state for t in room.tasks(name)] == ["done"] * 3
    pages = [room.page("/documents", name), room.page("/changes", name)]
    for row in room.visit.client.get("/api/documents", params={"dossier": name}).json()["documents"]:
        pages.append(room.page("/documents", name, document=row["id"]))
    pages.append(room.page("/changes", name, now="1", since="2026-01-01"))
    for shown in pages:
        assert "<script>alert" not in shown
        assert "<img" not in shown
    assert any("&lt;script&gt;" in shown for shown in pages)


def test_what_is_too_large_is_refused_before_it_is_read(room: Room) -> None:
    name = room.dossier("Large")
    code, says = room.send(name, files=[("large.txt", b"a " * 2_600_000)])
    assert (code, "the limit is 5 MB" in says) == (400, True)
    code, says = room.send(name, text="a " * 2_600_000)
    assert code == 400
    lines = len(room.told)
    client = room.visit.client
    announced = {"content-length": "104857600", "origin": ORIGIN}
    assert client.post(f"/documents/add?dossier={name}", content=b"x", headers=announced).status_code == 413
    pieces = (b"x" * (1 << 20) for _ in range(100))
    assert client.post(f"/documents/add?dossier={name}", content=pieces, headers={"origin": ORIGIN}).status_code == 413
    assert [line.partition(" ")[2] for line in room.told[lines:]] == ["refused 413 (too large): POST /documents"] * 2
    assert room.tasks(name) == ()


def test_a_form_that_is_none_is_refused_with_a_sentence(room: Room) -> None:
    name = room.dossier("Forms")
    client, csrf = room.visit.client, {"x-csrf-token": room.visit.csrf, "origin": ORIGIN}
    kinds = [
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "application/x-www-form-urlencoded",
        "text/plain",
    ]
    for kind in kinds:
        for body in (b"", b"--x\r\n", b"\xff" * 500, b"--x\r\n\r\n\r\n--x", b"--x\r\nContent-Disposition: x\r\n\r\n"):
            answer = client.post(f"/documents/add?dossier={name}", content=body, headers={**csrf, "content-type": kind})
            assert answer.status_code == 400, (kind, body)
    assert room.send(name)[0] == 400
    assert room.send(name, files=[(f"{n}.txt", b"x") for n in range(30)])[0] == 400
    assert room.send(name, text=article(), published="tomorrow")[0] == 400
    assert room.tasks(name) == ()


def test_nothing_is_sent_in_without_the_form_token(room: Room, read: str) -> None:
    for path in ("add", "read", "decide", "take-back"):
        answer = room.visit.client.post(f"/documents/{path}?dossier={read}", data={}, headers={"origin": ORIGIN})
        assert answer.status_code == 403


GARBAGE = [
    "x",
    "2026-13-40",
    "20260208",
    "2026-W01-1",
    "<script>",
    "\u0000",
    "9" * 300,
    "../../etc/passwd",
    "\U0001f600",
]


@pytest.mark.parametrize("given", GARBAGE)
def test_an_address_with_garbage_is_answered_with_a_sentence(room: Room, read: str, given: str) -> None:
    client = room.visit.client
    asked = [("/documents", n) for n in ("as_of", "document")]
    asked += [("/changes", n) for n in ("since", "until")] + [("/api/documents", "as_of"), ("/api/changes", "since")]
    for path, name in (*asked, ("/changes/moved", "until"), ("/api/documents/items", "document")):
        answer = client.get(path, params={"dossier": read, name: given})
        assert answer.status_code in (400, 422), (path, name)
        assert "root:" not in answer.text
        assert "html" not in answer.headers["content-type"] or "<script>" not in answer.text
    for free in ("item", "edit"):
        params = {"dossier": read, "document": "kyrgyzstan-refuses-to-discuss-missiles", free: given}
        assert client.get("/documents", params=params).status_code == 200


def test_what_was_known_by_a_day_holds_nothing_later(looking: Visit) -> None:
    page = looking.client.get("/documents?as_of=2026-02-01").text
    listed = page[page.index('id="list-title"') : page.index('id="known-title"')]
    assert listed.count("not known yet") == 5
    known = page[page.index('id="known-title"') :]
    days = set(re.findall(r'<span class="day">(\d{4}-\d\d-\d\d)', known))
    assert days
    assert max(days) <= "2026-02-01"
    counts = looking.client.get("/api/documents").json()
    fewer = looking.client.get("/api/documents?as_of=2026-02-01").json()
    assert 0 < len(fewer["known"]) < len(counts["known"])


def test_the_documents_of_an_example_are_read_and_its_situation_stays(room: Room, made_once: Path) -> None:
    before = dossier.open(made_once).situation()
    name = "gulf"
    shutil.copytree(made_once, room.place / name)
    assert "it cannot be told who moved" in room.page("/changes", name)
    assert room.visit.post(f"/documents/read?dossier={name}")[0] == 200
    assert room.tasks(name)[-1].state == "done"
    made = dossier.open(room.place / name)
    assert made.situation() == before
    assert len(made.readings()) == 8
    assert "items were read in them" in room.page("/documents", name)
    moved = room.page("/changes", name, since="2026-02-05", now="1")
    assert "Who moved" in moved
    assert "Before" in moved
    told = room.visit.client.get("/api/changes", params={"dossier": name, "since": "2026-02-05"}).json()
    assert told["moved"]
    assert room.visit.post(f"/documents/read?dossier={name}")[0] == 200
    assert room.tasks(name)[-1].state == "refused"


def test_the_reader_is_loaded_in_a_process_of_its_own(room: Room, read: str) -> None:
    process = room.intake.hand.process
    assert process is not None
    assert process.is_alive()


def test_what_takes_too_long_is_ended(room: Room, read: str) -> None:
    order = Upload(room.place / read, article(more=article() * 300).encode())
    answer = room.intake.hand.ask(order, seconds=0.05, say=lambda _: None)
    assert isinstance(answer, Refused)
    assert "took longer than" in answer.words
    assert room.intake.hand.process is None
    assert TOKEN not in answer.words
