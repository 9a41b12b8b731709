"""What the tests of the desk share: an empty working folder, and a draft made of one reading."""

from pathlib import Path

import pytest
from tests.cli.samples import ARTICLE

from detente.desk.read import read
from detente.read.items import Reading


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)


@pytest.fixture(scope="session")
def reading() -> Reading:
    """The invented article, read once from standard input."""
    return read(ARTICLE.encode())[0]
