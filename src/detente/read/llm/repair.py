"""Which JSON is in an answer that should be JSON alone, and did it break off?"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

_THOUGHT = re.compile(r"^.*</think(?:ing)?>", re.DOTALL)
_TRAILING_COMMA = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[\]}])', re.DOTALL)
_MOST_STARTS = 20


@dataclass(frozen=True, slots=True)
class Mended:
    """Which objects does an answer hold, one for each item; and was the last one lost because it broke off?"""

    rows: tuple[object, ...]
    cut: bool = False


def mended(text: str) -> Mended | None:
    """Which items does an answer hold: bare, in a fence, after thinking aloud, with a comma too many, or broken off?

    None where there is no JSON of that form in it.

    >>> mended('Here you are: {"items": [{"a": 1}, {"b": 2}, {"c": ')
    Mended(rows=({'a': 1}, {'b': 2}), cut=True)
    """
    bare = _THOUGHT.sub("", text, count=1)
    whole = _whole(bare)
    return whole if whole is not None else _broken_off(bare)


def _whole(text: str) -> Mended | None:
    """The first value that reads as a list of items."""
    tidy = _TRAILING_COMMA.sub(lambda found: found[1] or "", text)
    decoder = json.JSONDecoder(strict=False)
    starts = [found.start() for found in re.finditer(r"[{\[]", tidy)][:_MOST_STARTS]
    for start in starts:
        try:
            value, _ = decoder.raw_decode(tidy, start)
        except (ValueError, RecursionError):
            continue
        rows = _rows(value)
        # Where the outer value is broken, an inner one that happens to be whole is not the answer.
        if rows is not None and (start == starts[0] or (isinstance(value, dict) and "items" in value)):
            return Mended(rows)
    return None


def _rows(value: object) -> tuple[object, ...] | None:
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        return tuple(value["items"])
    if isinstance(value, dict) and "quote" in value:
        return (value,)
    if isinstance(value, list) and all(isinstance(row, dict) for row in value):
        return tuple(value)
    return None


def _broken_off(text: str) -> Mended | None:
    """The items that are complete in an answer whose end is missing."""
    start = re.search(r'\{\s*"items"\s*:\s*\[|\[\s*(?=\{)', text)
    if start is None:
        return None
    rows: list[object] = []
    decoder, at = json.JSONDecoder(strict=False), start.end()
    while True:
        at = next((i for i in range(at, len(text)) if text[i] not in ", \t\r\n"), len(text))
        if text[at : at + 1] == "]":
            return Mended(tuple(rows))
        try:
            row, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return Mended(tuple(rows), cut=True)
        rows.append(row)
