"""What `read` and `brief` refuse to read: one message each, code 3, and nothing left behind."""

import json
import os
from pathlib import Path

import pytest
from tests.cli.samples import ARABIC, ARTICLE, FRENCH, GERMAN, RUSSIAN, archive, contents, refused, run

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


@pytest.mark.parametrize("command", ["read", "brief"])
@pytest.mark.parametrize(
    ("name", "content", "what", "cure"),
    [
        ("a.txt", b"", "'a.txt' is empty", "at least one sentence"),
        ("a.txt", b" \n\t\r\n ", "'a.txt' holds only white space", "at least one sentence"),
        ("a.txt", PNG, "'a.txt' is a PNG picture", "as .txt"),
        ("a.txt", archive(), "'a.txt' is a ZIP archive", "as .txt"),
        ("a.txt", bytes(range(256)) * 20, "'a.txt' is not text", "as .txt"),
        ("a.txt", FRENCH.encode(), "it seems to be French", "English version"),
        ("a.txt", GERMAN.encode(), "it seems to be German", "English version"),
        ("a.txt", RUSSIAN.encode(), "it seems to be Russian", "English version"),
        ("a.txt", ARABIC.encode(), "it seems to be Arabic", "English version"),
        ("a.docx", ARTICLE.encode(), "'a.docx' is of a kind that Detente does not read", "save the text as .txt"),
    ],
)
def test_what_is_no_english_text_is_refused(command: str, name: str, content: bytes, what: str, cure: str) -> None:
    Path(name).write_bytes(content)
    said = refused(3, command, name)
    assert what in said
    assert cure in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("given", [b"", b"  \n", PNG, FRENCH.encode()], ids=["empty", "blank", "picture", "French"])
def test_standard_input_is_refused_like_a_file(given: bytes) -> None:
    assert "'standard input'" in refused(3, "read", given=given)
    assert "'standard input'" in refused(3, "brief", "-", given=given)


def test_a_page_without_an_article_is_refused() -> None:
    Path("a.html").write_text("<html><body><nav><a href='/'>Home</a></nav></body></html>", encoding="utf-8")
    assert "is a page without an article" in refused(3, "read", "a.html")


@pytest.mark.parametrize("command", ["read", "brief"])
def test_fifty_megabytes_are_refused_in_words(command: str) -> None:
    with Path("big.txt").open("wb") as file:
        file.truncate(50_000_000)
    said = refused(3, command, "big.txt")
    assert "'big.txt' is 50.0 MB; the limit is 5 MB" in said
    assert "--limit" in said


def test_standard_input_without_an_end_is_not_read_to_its_end() -> None:
    said = refused(3, "read", "--limit", "0.001", given=ARTICLE.encode() * 10)
    assert "Standard input holds more than the limit of 0.001 MB" in said
    assert "--limit" in said


def test_the_limit_is_the_last_size_that_is_read() -> None:
    size = len("Talks went on.")
    Path("a.txt").write_text("Talks went on.", encoding="utf-8")
    assert "--limit" in refused(3, "read", "a.txt", "--limit", f"{(size - 1) / 1e6}")
    assert run("read", "a.txt", "--limit", f"{size / 1e6}").exit_code == 0


@pytest.mark.parametrize("limit", ["nan", "inf", "-1", "0", "much"])
def test_a_limit_that_is_no_size_is_put_wrongly(limit: str) -> None:
    Path("a.txt").write_text(ARTICLE, encoding="utf-8")
    done = run("read", "a.txt", "--limit", limit)
    assert done.exit_code == 2
    assert "--limit" in done.stderr


def test_other_encodings_say_the_same() -> None:
    Path("press").mkdir()
    encodings = ("latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig")
    for encoding in encodings:
        text = f"Häusler of {encoding} reports.\n\nUzbekistan demanded that Kyrgyzstan release more water."
        Path(f"press/{encoding}.txt").write_bytes(text.encode(encoding))
    read = json.loads(run("read", "press", "--json").stdout)
    assert [row["file"] for row in read] == sorted(f"{e}.txt" for e in encodings)
    for row in read:
        (stance,) = row["summary"]["stances"]
        assert (stance["party"], stance["stance"]) == ("Uzbekistan", "demand")
        assert stance["start"] == len(f"Häusler of {row['file'][:-4]} reports.\n\n")


def test_a_missing_article_is_refused() -> None:
    assert "'nowhere.txt' does not exist. Check the name" in refused(3, "read", "nowhere.txt")
    assert "'nowhere.txt' does not exist. Check the name" in refused(3, "brief", "nowhere.txt")


@pytest.mark.parametrize("command", ["read", "brief"])
def test_an_empty_name_is_not_taken_for_this_folder(command: str) -> None:
    Path("a.txt").write_text(ARTICLE, encoding="utf-8")
    assert "is empty" in refused(2, command, "")


@pytest.mark.parametrize("command", ["read", "brief"])
def test_a_folder_without_documents_is_refused(command: str) -> None:
    Path("empty").mkdir()
    Path("empty/picture.png").write_bytes(PNG)
    assert "The folder 'empty' holds no document. Put .txt" in refused(3, command, "empty")


def test_a_folder_names_everything_in_it_that_cannot_be_read() -> None:
    Path("mixed").mkdir()
    Path("mixed/good.txt").write_text(ARTICLE, encoding="utf-8")
    Path("mixed/bad.txt").write_bytes(PNG)
    Path("mixed/worse.txt").write_bytes(b"")
    said = refused(3, "brief", "mixed", "--into", "kept")
    assert "2 of 3 documents in 'mixed' cannot be read" in said
    assert "'bad.txt' is a PNG picture" in said
    assert "'worse.txt' is empty" in said
    assert "move them out of the folder" in said


@pytest.mark.parametrize(
    "name",
    ["Переговоры по воде.txt", "the dam (7 Feb) & more.txt", "-dash.txt", "two\nlines.txt", "a" * 200 + ".txt"],
    ids=["Cyrillic", "spaces", "dash", "two lines", "long"],
)
def test_a_strange_file_name_does_no_harm(name: str) -> None:
    Path(name).write_bytes(b"")
    said = refused(3, "read", "--", name)
    assert "is empty" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("command", ["read", "brief", "check"])
@pytest.mark.parametrize("suffix", ["", ".txt", ".yaml"])
def test_a_name_that_no_system_takes_is_refused(command: str, suffix: str) -> None:
    assert "name" in refused(3, command, "x" * 300 + suffix)


def test_a_name_that_is_no_text_is_shown_by_its_numbers() -> None:
    name = os.fsdecode(b"\xff.txt")
    assert "\\udcff.txt" in refused(3, "read", name)
    assert "\\udcff" in refused(3, "check", name)


@pytest.mark.parametrize("command", ["read", "brief"])
def test_a_link_that_leads_to_itself_is_refused(command: str) -> None:
    Path("a.txt").symlink_to("b.txt")
    Path("b.txt").symlink_to("a.txt")
    assert "leads back to itself" in refused_link(command)


def refused_link(command: str) -> str:
    done = run(command, "a.txt")
    assert (done.exit_code, done.stdout) == (3, "")
    return done.stderr


def test_a_folder_that_holds_itself_is_read_once() -> None:
    Path("round").mkdir()
    Path("round/a.txt").write_text("Talks went on.", encoding="utf-8")
    Path("round/again").symlink_to("..")
    assert json.loads(run("read", "round", "--json").stdout)["file"] == "a.txt"


def test_a_pipe_with_a_name_is_not_waited_for() -> None:
    os.mkfifo("a.txt")
    assert "a named pipe" in pipe_refused("read", "a.txt")
    os.mkfifo("a.yaml")
    assert "is not a file" in pipe_refused("check", "a.yaml")
    assert "is not a file" in pipe_refused("brief", "a.yaml")


def pipe_refused(command: str, name: str) -> str:
    done = run(command, name)
    assert (done.exit_code, done.stdout) == (3, "")
    return done.stderr


@pytest.mark.parametrize("lexicon", ["nowhere.yaml", "."])
def test_a_lexicon_that_is_none_is_refused(lexicon: str) -> None:
    Path("a.txt").write_text(ARTICLE, encoding="utf-8")
    before = contents(Path.cwd())
    done = run("read", "a.txt", "--lexicon", lexicon)
    assert done.exit_code in (2, 3)
    assert done.stdout == ""
    assert lexicon in done.stderr
    assert contents(Path.cwd()) == before
