"""Every test of the command line works in an empty folder of its own, and one article is read for all of them."""

import shutil
from pathlib import Path

import pytest
from tests.cli.samples import ARTICLE, run


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier made of the article; beside it `brief.html`, and what was shown as `brief.txt`. Not to be changed."""
    folder = tmp_path_factory.mktemp("read-once")
    (folder / "dam.txt").write_text(ARTICLE, encoding="utf-8")
    done = run("brief", folder / "dam.txt", "--into", folder / "harbour", "-o", folder / "brief.html")
    assert done.exit_code == 0, done.output
    (folder / "brief.txt").write_text(done.stdout, encoding="utf-8")
    return folder / "harbour"


@pytest.fixture
def dossier(read_once: Path) -> Path:
    """A copy of the dossier in the working folder."""
    return shutil.copytree(read_once, Path.cwd() / "harbour")
