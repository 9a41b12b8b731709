"""What does a JSON file of elsewhere hold, if it can be trusted to hold anything?

Refused are what is no JSON, a key that stands twice, NaN and Infinity, numbers of thousands of digits, and nesting
that is deeper than any record.
"""

import json
from typing import Any, TypeAlias

from detente.errors import FormatError
from detente.formats.score_table import MAX_BYTES, Source, shown

# What stands inside is the same again; the check of types at run time cannot follow an alias that names itself.
Json: TypeAlias = dict[str, Any] | list[Any] | str | float | bool | None

MOST_LINES = 50_000
DEEPEST = 40
_CURE = "Download it again, or take out what is wrong there."


def json_in(source: Source) -> Json:
    """Return what a JSON file holds.

    Raises FormatError where it is empty, too large, no UTF-8, or no JSON.

    >>> json_in(Source("a.json", b'{"id": 7}'))
    {'id': 7}
    """
    return _parsed(text_in(source), shown(source.name))


def lines_in(source: Source) -> tuple[tuple[int, Json], ...]:
    r"""Return what a file with one JSON value a line holds, with the numbers of its lines; empty lines are passed over.

    Raises FormatError for the first line that is no JSON, and where there are too many.

    >>> lines_in(Source("a.jsonl", b'{"id": 7}\n\n{"id": 8}\n'))
    ((1, {'id': 7}), (3, {'id': 8}))
    """
    lines = [(at, line) for at, line in enumerate(text_in(source).split("\n"), start=1) if line.strip()]
    if len(lines) > MOST_LINES:
        raise FormatError(f"'{shown(source.name)}' has more than {MOST_LINES:,} lines. Split it.")
    return tuple((at, _parsed(line, f"{shown(source.name)}, line {at}")) for at, line in lines)


def text_in(source: Source) -> str:
    """Return the text of a file in UTF-8.

    Raises FormatError where it is empty, too large or no such text.

    >>> text_in(Source("a.txt", b"\\xef\\xbb\\xbfyes"))
    'yes'
    """
    name = shown(source.name)
    if len(source.content) > MAX_BYTES:
        raise FormatError(f"'{name}' is larger than {MAX_BYTES // 1_000_000} MB. Split it, or leave out what is old.")
    try:
        text = source.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.content.count(b"\n", 0, error.start) + 1
        raise FormatError(f"'{name}' is not UTF-8: line {line} has other bytes. Save it as UTF-8.") from None
    if not text.strip():
        raise FormatError(f"'{name}' is empty. Give a file with questions in it.")
    if "\x00" in text:
        raise FormatError(f"'{name}' is not text. Give CSV, JSON, JSON lines or YAML in UTF-8.")
    return text


def _parsed(text: str, where: str) -> Json:
    try:
        found: Json = json.loads(text, object_pairs_hook=_once, parse_constant=_strange)
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}"
        raise FormatError(f"{where} is no JSON at {at}: {error.msg}. {_CURE}") from None
    except FormatError as error:
        raise FormatError(f"{where}: {error}") from None
    except (RecursionError, ValueError):
        raise FormatError(f"{where} is nested too deeply, or holds a number of too many digits. {_CURE}") from None
    if _deeper(found):
        raise FormatError(f"{where} is nested deeper than {DEEPEST} levels. {_CURE}")
    return found


def _deeper(found: Json) -> bool:
    """Whether values lie deeper in each other than any record of a known format does."""
    waiting: list[tuple[Json, int]] = [(found, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            return True
        inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        waiting += [(one, depth + 1) for one in inside if isinstance(one, dict | list)]
    return False


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for at, (name, _) in enumerate(pairs) if any(name == other for other, _ in pairs[:at]))
        raise FormatError(f"'{shown(twice)}' stands twice in one record. Keep one of the two.")
    return found


def _strange(name: str) -> float:
    raise FormatError(f"{name} is not a number. Write null where there is none.")
