"""How is a whole situation written as JSON, in the form that `detente schema` describes?"""

import json
from collections.abc import Iterator
from typing import Any, TypeAlias

from detente.situation.nouns import Interaction, Issue, Landmark, Score, Situation
from detente.situation.store.emit import Bare, Key, Plain
from detente.situation.store.encode import encode
from detente.situation.store.layout import KEYS, SHORT
from detente.situation.store.scalars import number_in, truth_in

# What stands inside is the same again; the check of types at run time cannot follow an alias that names itself.
Json: TypeAlias = dict[str, Any] | list[Any] | str | float | bool

_EXACT = 10**15
# Rows with a number among their keys: those keys, and the field that a row with nothing else is short for.
_NUMBERED = {
    name: (keys, SHORT[noun])
    for name, noun, keys in (
        ("landmarks", Landmark, KEYS[Issue, "landmarks"]),
        ("scores", Score, KEYS[Situation, "scores"]),
        ("interactions", Interaction, KEYS[Situation, "interactions"]),
    )
}


def to_json(situation: Situation) -> bytes:
    r"""Return the situation file as JSON; YAML 1.2 holds JSON, so that the file can be read as a situation again.

    >>> to_json(Situation(title="Gulf talks"))
    b'{\n "title": "Gulf talks"\n}\n'
    """
    return (json.dumps(_json(encode(situation)), ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _json(value: Plain) -> Json:
    match value:
        case Bare():
            return _scalar(value.text)
        case dict():
            return {str(k): _field(str(k), v) for k, v in value.items()}
        case list():
            return [_json(v) for v in value]
        case _:
            return str(value)


def _field(name: str, value: Plain) -> Json:
    """Write one field; rows whose keys are numbers stand in a list, because a key of JSON is a text."""
    keys, short = _NUMBERED.get(name, ((), ""))
    if keys and isinstance(value, dict):
        return [_row(keys, path, row, short) for path, row in _rows(value, len(keys))]
    return _json(value)


def _row(keys: tuple[str, ...], path: tuple[Key, ...], row: Plain, short: str) -> dict[str, Any]:
    named: dict[str, Any] = {name: _json(key) for name, key in zip(keys, path, strict=True)}
    rest = row if isinstance(row, dict) else {short: row}
    return named | {str(k): _json(v) for k, v in rest.items()}


def _rows(value: Plain, depth: int) -> Iterator[tuple[tuple[Key, ...], Plain]]:
    """Walk through rows that stand under so many keys."""
    if depth == 0 or not isinstance(value, dict):
        yield (), value
        return
    for key, inside in value.items():
        for path, row in _rows(inside, depth - 1):
            yield (key, *path), row


def _scalar(text: str) -> Json:
    truth, number = truth_in(text), number_in(text)
    if truth is not None:
        return truth
    if number is None:
        return text
    return int(number) if number == int(number) and abs(number) < _EXACT else number
