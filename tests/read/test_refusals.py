"""What cannot be read is refused with one message: what, where, and what to do instead. Nothing hangs or crashes."""

import os
import socket
from pathlib import Path

import pytest
from tests.read.samples import STORY, locked, pdf, put

from detente.errors import DocumentError
from detente.read.documents import from_bytes, from_text, load, load_folder
from detente.read.documents.isolated import extracted, extractor

FRENCH = (
    "La suite des pourparlers est prévue pour la semaine prochaine, et les ministres ne se sont pas encore vus. " * 2
)
FINNISH = (
    "Neuvottelut jatkuivat lauantaina ja lähettiläs sanoi ettei ohjuksista puhuta nyt lainkaan vaikka toinen osapuoli "
    "sitä toivoo ja odottaa uutta kierrosta pian"
)


def refusal(path: Path) -> str:
    with pytest.raises(DocumentError) as fault:
        load(path)
    return str(fault.value)


@pytest.mark.parametrize(
    ("name", "content", "reason", "cure"),
    [
        ("a.txt", b"", "is empty", "at least one sentence"),
        ("a.txt", b"\xef\xbb\xbf", "is empty", "at least one sentence"),
        ("a.txt", " \r\n\t\u200b\n", "only white space", "at least one sentence"),
        ("a.txt", "--- *** ---\n", "no words", "at least one sentence"),
        ("a.md", "---\ntitle: x\n---\n", "no text below its header", "at least one sentence"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "is a PNG picture", "Save its text"),
        ("a.txt", b"PK\x03\x04\x00\x00", "is a ZIP archive or an office document", "Save its text"),
        ("a.txt", b"%PDF-1.7\n", "is a PDF", "suffix .pdf"),
        ("a.txt", STORY + "\x00", "control characters", "Save its text"),
        ("a.txt", STORY.encode("utf-16")[:-1], "not valid", "Save it as UTF-8"),
        ("a.txt", "Tehran’s “no” – again".encode()[:-8] + b"\xe2\x80 again", "damaged at byte", "Save it as UTF-8"),
        ("a.txt", ("Переговоры " * 9).encode("cp1251"), "neither UTF-8 nor", "Save it as UTF-8"),
        ("a.txt", FRENCH, "it seems to be French", "English version"),
        ("a.txt", FINNISH, "does not seem to be in English", "English version"),
        ("a.txt", "مذاکرات غیرمستقیم در مسقط", "Arabic or Persian", "English version"),
        ("a.txt", "間接協議がマスカットで再開された。", "Japanese", "English version"),
        ("a.docx", STORY, "a kind that Detente does not read", ".txt, .md, .html, .htm, .pdf"),
        ("a.html", b"", "is empty", "at least one sentence"),
        ("a.html", "<html><body><a href='/'>Home</a></body></html>", "without an article", ".txt"),
        ("a.html", STORY, "not a web page", ".txt"),
        ("a.html", b"\x89PNG\r\n\x1a\n", "is a PNG picture", "Save its text"),
        ("a.html", "<html><body>" + "<div>" * 100_000 + STORY, "without an article", ".txt"),
        ("a.pdf", b"%PDF-1.4\ngarbage", "is a broken PDF", "save it anew"),
        ("a.pdf", STORY, "is a broken PDF", "save it anew"),
        ("a.pdf", pdf(b"q Q"), "without text", "OCR"),
        ("a.pdf", pdf(b"q Q").replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"), "is a broken PDF", "save it anew"),
        ("a.pdf", pdf(b"BT " + b"(the talks) Tj " * 9_000_000 + b"ET", packed=True), "is a broken PDF", "save it anew"),
        ("a.pdf", locked("secret"), "is an encrypted PDF", "without a password"),
    ],
)  # fmt: skip
def test_the_refusal_says_what_where_and_how_to_cure_it(
    tmp_path: Path, name: str, content: str | bytes, reason: str, cure: str
) -> None:
    message = refusal(put(tmp_path, name, content))
    assert message.startswith(f"'{name}' ")
    assert reason in message
    assert cure in message
    assert "\n" not in message


def test_a_pdf_protected_without_a_password_is_read(tmp_path: Path) -> None:
    assert "meet again" in load(put(tmp_path, "a.pdf", locked(""))).text


def test_a_file_over_the_limit_names_its_size_the_limit_and_the_cure(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert "is 50.0 MB; the limit is 5 MB; raise it with --limit" in refusal(path)
    with pytest.raises(DocumentError, match=r"is 5,001 bytes; the limit is 0\.005 MB"):
        from_bytes(b"a" * 5_001, name="standard input", limit_bytes=5_000)


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", STORY)
    assert load(path, limit_bytes=len(STORY)).text == STORY


def test_a_text_of_few_words_is_not_asked_for_its_language() -> None:
    assert from_text("Iran refuses.", name="standard input").text == "Iran refuses."


def test_a_list_of_names_in_english_prose_is_english() -> None:
    text = (
        "Iran, Oman, Israel, Lebanon, Qatar, Turkey, Egypt, Jordan, Iraq, Syria, Kuwait and Yemen met the envoys of the"
    )
    assert from_text(f"{text} United States on Monday, and talks with Hezbollah and Hamas were held.", name="x")


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.txt").startswith("'gone.txt' does not exist.")
    assert "is a folder" in refusal(tmp_path)
    assert "part of its path is a file" in refusal(put(tmp_path, "a.txt", STORY) / "b.txt")
    assert "too long" in refusal(tmp_path / ("n" * 300 + ".txt"))
    assert "zero character" in refusal(tmp_path / "a\x00.txt")


def test_a_link_that_leads_to_itself_is_named(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    assert "leads back to itself" in refusal(tmp_path / "loop.txt")


def test_pipes_sockets_and_devices_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(os.path.relpath(tmp_path / "s.txt"))
        assert "is a socket" in refusal(tmp_path / "s.txt")
    assert "is a named pipe" in refusal(tmp_path / "pipe.txt")
    assert "is a device" in refusal(tmp_path / "zero.txt")


def test_a_file_one_may_not_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "a.txt", STORY)

    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", closed)
    assert "may not be read by you" in refusal(path)


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "a.docx", STORY)
    with pytest.raises(DocumentError, match="holds no document"):
        load_folder(tmp_path)
    with pytest.raises(DocumentError, match="is not a folder"):
        load_folder(tmp_path / "a.docx")


def test_a_folder_lists_every_document_that_cannot_be_read(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", STORY)
    put(tmp_path, "b.txt", b"")
    put(tmp_path, "c.txt", b"\x89PNG")
    with pytest.raises(DocumentError) as fault:
        load_folder(tmp_path)
    assert "2 of 3 documents" in str(fault.value)
    assert "'b.txt' is empty" in str(fault.value)
    assert "'c.txt' is a PNG picture" in str(fault.value)


def test_half_characters_in_a_pasted_text_are_refused() -> None:
    with pytest.raises(DocumentError, match="bytes that are not text"):
        from_text("Iran said \udcff that it will not.", name="standard input")


def test_a_page_that_takes_too_long_is_given_up() -> None:
    slow = "<html><body><p " + " ".join(f"a{i}=1" for i in range(200_000)) + f">{STORY}</p></body></html>"
    with pytest.raises(DocumentError, match="could not be taken apart within 2 s"):
        extracted("html", slow.encode(), name="slow.html", most_characters=5_000_000, seconds=2)


def test_a_page_is_no_worse_for_what_was_taken_apart_before_it() -> None:
    def page(told: str) -> bytes:
        return f"<html><body><article><h1>{told}</h1><p>{STORY * 3}</p></article></body></html>".encode()

    alone = [extracted("html", page(told), name="a.html", most_characters=10_000) for told in ("One", "Two", "Three")]
    with extractor() as ask:
        first = ask("html", page("One"), name="a.html", most_characters=10_000)
        with pytest.raises(DocumentError, match="is a broken PDF"):
            ask("pdf", b"%PDF-1.4", name="b.pdf", most_characters=10)
        second = ask("html", page("Two"), name="a.html", most_characters=10_000)
        kept = ask.__self__.process  # type: ignore[attr-defined]
        kept.kill()
        third = ask("html", page("Three"), name="a.html", most_characters=10_000)
    assert [first, second, third] == alone


def test_a_worker_that_dies_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.read.documents.isolated.sys.executable", "/bin/false")
    with pytest.raises(DocumentError, match="cannot be taken apart"):
        extracted("pdf", b"%PDF-", name="a.pdf", most_characters=10)
