"""What every test may ask for."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def shared_or_none() -> Path | None:
    """The folder of reference material beside the checkout, where there is one."""
    named = os.environ.get("DETENTE_DATA")
    for folder in ([Path(named).parent] if named else []) + [ROOT.parent / "shared"]:
        if (folder / "data").is_dir():
            return folder
    return None


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    folder = shared_or_none()
    if folder is None:
        pytest.skip("reference material is not here: set DETENTE_DATA to its data folder")
    return folder


@pytest.fixture(scope="session")
def founding(shared_dir: Path) -> Path:
    """The article the project was conceived on."""
    return shared_dir / "articles" / "founding.txt"
