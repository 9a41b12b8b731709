"""A dossier appears whole or not at all, and everything in it is found again, whatever its name was."""

from pathlib import Path

import pytest
from tests.cli.samples import ARTICLE

from detente import dossier
from detente.desk.case import open_case
from detente.desk.kept import keep
from detente.desk.read import read
from detente.errors import DossierError
from detente.read.items import Reading
from detente.read.propose import propose

OTHER = ARTICLE.replace("Tuesday", "Friday").replace("a drone", "two drones")


def kept(source: Path, folder: str = "kept") -> dict[str, str]:
    """Read, keep, open again, and return the texts by document id."""
    readings = read(source)
    keep(Path(folder), propose(readings), readings, source)
    return dict(open_case(Path(folder)).texts)


def test_standard_input_is_kept_and_found_again(reading: Reading) -> None:
    keep(Path("kept"), propose((reading,)), (reading,), ARTICLE.encode())
    case = open_case(Path("kept"))
    assert dict(case.texts) == {"standard-input": ARTICLE}
    stored = dossier.open(Path("kept"))
    (document,) = stored.documents()
    assert document.path.name == "standard-input.txt"
    assert stored.reading(document.sha256, reader=reading.items[0].extractor.version) == reading.to_json()


def test_documents_of_the_same_name_are_all_found_again() -> None:
    texts = {"friday/report.md": "Iran and Oman met.", "friday/report.txt": OTHER, "monday/report.txt": ARTICLE}
    for place, text in texts.items():
        Path("press", place).parent.mkdir(parents=True, exist_ok=True)
        Path("press", place).write_text(text, encoding="utf-8")
    assert kept(Path("press")) == dict(zip(("report", "report-2", "report-3"), texts.values(), strict=True))


def test_documents_with_strange_names_are_found_again() -> None:
    Path("press").mkdir()
    names = ("Переговоры.txt", "two\nlines.txt", "a b & c.v2.txt", "x" * 120 + ".txt")
    for number, name in enumerate(names):
        Path("press", name).write_text(f"Iran and Oman met {number} times.", encoding="utf-8")
    assert sorted(kept(Path("press")).values()) == [f"Iran and Oman met {n} times." for n in range(4)]


@pytest.mark.parametrize("name", [".hidden.txt", "README.txt"])
def test_a_document_that_a_folder_would_hide_is_found_again(name: str) -> None:
    Path(name).write_text("Iran and Oman met.", encoding="utf-8")
    assert list(kept(Path(name)).values()) == ["Iran and Oman met."]


def test_bytes_are_kept_as_they_were() -> None:
    Path("a.txt").write_bytes(ARTICLE.replace("Naryn", "Narýn").encode("latin-1"))
    kept(Path("a.txt"))
    assert Path("kept/documents/a.txt").read_bytes() == Path("a.txt").read_bytes()


def test_what_was_read_with_a_higher_limit_is_opened_again() -> None:
    text = "Iran and Oman met." + " " * 5_000_001
    Path("a.txt").write_text(text, encoding="utf-8")
    readings = read(Path("a.txt"), limit_bytes=10_000_000)
    keep(Path("kept"), propose(readings), readings, Path("a.txt"))
    assert dict(open_case(Path("kept")).texts) == {"a": text}


def test_a_dossier_that_cannot_be_finished_is_not_begun(reading: Reading) -> None:
    lost = reading.model_copy(update={"document": reading.document.model_copy(update={"name": "gone.txt"})})
    Path("a.txt").write_text(ARTICLE, encoding="utf-8")
    Path("a.txt").unlink()
    with pytest.raises(DossierError, match="'kept' cannot be made"):
        keep(Path("kept"), propose((reading,)), (lost,), Path("a.txt"))
    assert list(Path.cwd().iterdir()) == []


def test_nothing_is_kept_over_what_is_there(reading: Reading) -> None:
    Path("kept").mkdir()
    Path("kept/mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(DossierError, match="'kept' cannot be made"):
        keep(Path("kept"), propose((reading,)), (reading,), ARTICLE.encode())
    assert [p.name for p in Path.cwd().rglob("*")] == ["kept", "mine.txt"]


def test_an_empty_folder_becomes_the_dossier(reading: Reading) -> None:
    Path("kept").mkdir()
    keep(Path("kept"), propose((reading,)), (reading,), ARTICLE.encode())
    assert open_case(Path("kept")).situation.parties
