"""Which texts may not stand in an entry: those that nobody could read, or that would hide what they say?"""

import re
from collections.abc import Iterator
from typing import Any, Final

from detente.ledger.entries import Entry

LONGEST: Final = 10_000  # characters in one text
MOST: Final = 500  # entries in one list
# What a terminal would obey instead of showing it, and what turns the reading direction around.
_HIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_ONE_LINE: Final = frozenset({"by", "text", "cluster", "unit", "choices", "outcome", "name", "source", "sources"})


def against_texts(entry: Entry) -> Iterator[str]:
    """Speak against texts with control characters, texts and lists without an end, and questions without a word."""
    yield from _inside(entry.model_dump(mode="json", exclude_defaults=True), "")


def _inside(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _inside(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        if len(value) > MOST:
            yield f"{path} has {len(value):,} entries. Give {MOST} at most."
            return
        for inner in value:
            yield from _inside(inner, path)
    elif isinstance(value, str):
        yield from _text(value, path)


def _text(text: str, path: str) -> Iterator[str]:
    last = path.rsplit(".", 1)[-1]
    hidden = _HIDDEN.search(text)
    if len(text) > LONGEST:
        yield f"{path} has {len(text):,} characters. Shorten it to {LONGEST:,}."
    elif hidden:
        yield f"{path} has a character that cannot be shown (U+{ord(hidden[0]):04X}). Take it out."
    elif last in _ONE_LINE and re.search(r"[\n\t]", text):
        yield f"{path} runs over more than one line. Write it on one."
