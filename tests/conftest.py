"""What every test may ask for."""

import gc
import os
from pathlib import Path

import jaxtyping
import pytest
from hypothesis import settings
from tests.checked import checked

# The hook that checks shapes and types writes this name above whatever it finds in the package from here on.
setattr(jaxtyping, "jaxtyped", checked)  # noqa: B010
# What is imported stays until the end: there is no point in looking through it, again and again, for what could go.
gc.disable()
# For a test that does not say how many examples it tries; most are too slow for hypothesis's hundred.
settings.register_profile("tests", max_examples=40, deadline=None)
settings.load_profile("tests")

ROOT = Path(__file__).resolve().parents[1]


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


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
