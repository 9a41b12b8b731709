"""An endpoint for every test that wants one, a model that is asked there, and one way to read with it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.read.llm.samples import REPORT
from tests.read.llm.server import Endpoint, endpoint

from detente.read.documents import from_text
from detente.read.extract import read as by_rules
from detente.read.frames import Frames, load_frames
from detente.read.items import Reading
from detente.read.language import Pipeline
from detente.read.llm import prompt
from detente.read.llm.reading import Reader, with_model
from detente.read.llm.settings import Model
from detente.read.parties import Lexicon

KEY = "sk-very-secret-0123456789"
ReadWith = Callable[..., Reading]


@pytest.fixture
def there() -> Iterator[Endpoint]:
    with endpoint() as here:
        yield here


@pytest.fixture
def model(there: Endpoint, tmp_path: Path) -> Model:
    return Model("small-1", there.url, KEY, tmp_path / "answers")


@pytest.fixture(scope="session")
def frames() -> Frames:
    return load_frames()


@pytest.fixture
def waits() -> list[float]:
    """How long was waited between attempts; nothing really waits."""
    return []


@pytest.fixture
def reader(model: Model, lexicon: Lexicon, frames: Frames, waits: list[float]) -> Reader:
    return Reader(model, lexicon, frames, sleep=waits.append)


@pytest.fixture
def read_with(pipeline: Pipeline, reader: Reader) -> ReadWith:
    def reading(text: str = REPORT, **changes: Any) -> Reading:
        document = from_text(text, name="report.txt")
        sentences = pipeline.sentences(document)
        asking = replace(reader, **changes)
        rules = by_rules(document, sentences, lexicon=asking.lexicon, frames=asking.frames)
        return with_model(rules, document, sentences, asking)

    return reading


@pytest.fixture
def rules(pipeline: Pipeline, lexicon: Lexicon, frames: Frames) -> Reading:
    document = from_text(REPORT, name="report.txt")
    return by_rules(document, pipeline.sentences(document), lexicon=lexicon, frames=frames)


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of six sentences is asked about in several parts."""
    monkeypatch.setattr(prompt, "PART_CHARS", 120)
