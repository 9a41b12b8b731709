"""A reader of texts, loaded once for all tests of reading."""

from collections.abc import Callable
from pathlib import Path

import pytest

from detente.read.documents import from_text, load
from detente.read.extract import read
from detente.read.frames import load_frames
from detente.read.items import Reading
from detente.read.language import Pipeline, load_pipeline
from detente.read.parties import Lexicon, load_lexicon

Read = Callable[[str], Reading]


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    return load_pipeline()


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="session")
def reader(pipeline: Pipeline, lexicon: Lexicon) -> Read:
    frames = load_frames()

    def reading(text: str) -> Reading:
        document = load(Path(text)) if text.endswith(".txt") else from_text(text, name="text")
        return read(document, pipeline.sentences(document), lexicon=lexicon, frames=frames)

    return reading


@pytest.fixture(scope="session")
def story(reader: Read, founding: Path) -> Reading:
    return reader(str(founding))
