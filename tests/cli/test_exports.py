"""The ending of a name says in which form a brief goes out; a page stays what it was."""

import subprocess
import sys
from pathlib import Path

import docx
import pytest
from tests.cli.samples import SITUATION, refused, run

FEW = ("--draws", "16")


@pytest.fixture
def case() -> Path:
    Path("dam.yaml").write_text(SITUATION, encoding="utf-8")
    return Path("dam.yaml")


def test_a_brief_goes_to_a_word_processor(case: Path) -> None:
    done = run("brief", case, "-o", "dam.DOCX", *FEW)
    assert done.stdout.rstrip().endswith("Brief: dam.DOCX")
    assert docx.Document("dam.DOCX").core_properties.title == "The dam"


def test_its_pictures_go_to_a_folder_that_is_made(case: Path) -> None:
    assert run("brief", case, "-o", "pictures/", *FEW).exit_code == 0
    names = sorted(path.name for path in Path("pictures").iterdir())
    assert len(names) >= 4
    assert {name.removesuffix(".svg") for name in names if name.endswith(".svg")} == {
        name.removesuffix(".png") for name in names if name.endswith(".png")
    }


def test_the_answers_of_another_command_go_out_alike(case: Path) -> None:
    assert run("deals", case, "-o", "deals.docx", *FEW).exit_code == 0
    assert docx.Document("deals.docx").inline_shapes


def test_a_place_that_will_not_do_is_refused_before_the_work(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Name a folder for them with a slash" in refused(2, "brief", case, "-o", "picture.png")
    assert "is not a folder" in refused(2, "brief", case, "-o", "dam.yaml/")
    assert "There is no folder" in refused(2, "brief", case, "-o", "nowhere/pictures/")
    monkeypatch.setenv("PATH", "")
    assert "Install Chromium" in refused(2, "brief", case, "-o", "dam.pdf")


def test_a_folder_that_is_read_is_not_written_into(case: Path) -> None:
    Path("gulf").mkdir()
    case.rename("gulf/situation.yaml")
    assert "which is read" in refused(2, "brief", "gulf", "-o", "gulf/pictures/")


def test_a_page_loads_nothing_that_only_other_forms_need() -> None:
    order = "import detente.cli.brief, sys; print(sorted({'docx', 'vl_convert'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", order], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
