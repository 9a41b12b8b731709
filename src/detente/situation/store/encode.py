"""How is a situation written down, so that reading it again gives the same situation?

What every reader would fill in anyway is left out: defaults, and a basis that is that of the noun around it or of the
author of the file.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from detente.situation.nouns import RedLine, Situation
from detente.situation.store.emit import Bare, Key, Plain
from detente.situation.store.layout import (
    BASIS_HEADS,
    KEYS,
    MAX_KEY_LENGTH,
    SHORT,
    UNSIGNED,
    fields_in_order,
)
from detente.situation.store.scalars import number_text, quoted
from detente.situation.values import Basis, Noun, Range, Record

# What stands above the nouns.
_HEAD = ("title", "as_of", "author", "note")


def encode(situation: Situation) -> dict[Key, Plain]:
    """Return the sections of the file, in its order.

    >>> encode(Situation(title="Gulf", as_of=dt.date(2026, 2, 8)))
    {'title': 'Gulf', 'as_of': Bare(text='2026-02-08')}
    """
    author = _author(situation)
    sections = _record(situation, author, ())
    if author is not None:
        sections["author"] = author.by or ""
        if author.date is not None:
            sections["author"] = {"by": author.by or "", "date": Bare(author.date.isoformat())}
    head = {name: sections[name] for name in _HEAD if name in sections}
    return head | {name: value for name, value in sections.items() if name not in head}


def _author(situation: Situation) -> Basis | None:
    """Find who signed most of the values; ties go to the first in the alphabet."""
    signed = Counter(b for b in _bases(situation) if b.kind == "entered" and _says_only_who(b))
    if not signed:
        return None
    return min(signed, key=lambda b: (-signed[b], b.by or "", b.date or dt.date.min))


def _says_only_who(basis: Basis) -> bool:
    return (basis.evidence, basis.rule, basis.note) == ((), None, None)


def _bases(record: Record) -> Iterator[Basis]:
    """Walk through every basis in a record, those of its rows included."""
    for name in type(record).model_fields:
        value = getattr(record, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Basis):
                yield one
            elif isinstance(one, Record):
                yield from _bases(one)


def _record(record: Record, scope: Basis | None, preset: tuple[str, ...]) -> dict[Key, Plain]:
    """Write the fields of a record that say something."""
    inner = scope
    if isinstance(record, Noun) and record.basis != (scope or UNSIGNED):
        inner = record.basis
    written: dict[Key, Plain] = {}
    for name in fields_in_order(type(record)):
        value = getattr(record, name)
        if name in preset or _goes_without_saying(record, name, value, scope):
            continue
        written[name] = _value(value, inner, (type(record), name))
    return written


def _goes_without_saying(record: Record, name: str, value: Any, scope: Basis | None) -> bool:
    if isinstance(record, Noun) and name == "basis":
        return bool(value == (scope or UNSIGNED))
    field = type(record).model_fields[name]
    return bool(not field.is_required() and value == field.get_default(call_default_factory=True))


def _value(value: Any, scope: Basis | None, where: tuple[type[Record], str]) -> Plain:
    match value:
        case tuple():
            return _rows(value, scope, where)
        case Range():
            return _range(value, scope)
        case Basis():
            return _basis(value)
        case RedLine():
            level: dict[Key, Plain] = {value.accepts: _range(value.at, scope)}
            return level | {"hardness": _range(value.hardness, scope)}
        case Record():
            return _shortened(_record(value, scope, ()), type(value))
        case _:
            return _scalar(value)


def _scalar(value: Any) -> Plain:
    match value:
        case bool():
            return Bare("true" if value else "false")
        case int() | float():
            return Bare(number_text(value))
        case dt.date():
            return Bare(value.isoformat())
        case _:
            return str(value)


def _rows(rows: tuple[Any, ...], scope: Basis | None, where: tuple[type[Record], str]) -> Plain:
    keys = KEYS.get(where, ())
    if keys and rows:
        found = [tuple(_key(getattr(row, k)) for k in keys) for row in rows]
        if _stand_under(found):
            return _nested(rows, found, scope, keys)
    return [_shortened(_record(row, scope, ()), type(row)) if isinstance(row, Record) else _scalar(row) for row in rows]


def _key(value: Any) -> Key:
    key = _scalar(value)
    assert isinstance(key, str | Bare)
    return key


def _stand_under(keys: list[tuple[Key, ...]]) -> bool:
    """Tell whether rows can stand under their keys: no key twice, the order kept, no key too long."""
    if len(set(keys)) < len(keys) or any(_length(k) > MAX_KEY_LENGTH for row in keys for k in row):
        return False
    for depth in range(1, len(keys[0])):
        heads = [row[:depth] for row in keys]
        changes = sum(1 for a, b in pairwise(heads) if a != b)
        if changes != len(set(heads)) - 1:
            return False
    return True


def _length(key: Key) -> int:
    return len(key.text) if isinstance(key, Bare) else len(quoted(key))


def _nested(rows: tuple[Any, ...], found: list[tuple[Key, ...]], scope: Basis | None, keys: tuple[str, ...]) -> Plain:
    top: dict[Key, Plain] = {}
    for row, path in zip(rows, found, strict=True):
        at = top
        for key in path[:-1]:
            inner = at.setdefault(key, {})
            assert isinstance(inner, dict)
            at = inner
        at[path[-1]] = _shortened(_record(row, scope, keys), type(row))
    return top


def _shortened(fields: dict[Key, Plain], model: type[Record]) -> Plain:
    """Write a row that says one thing only as that thing alone."""
    short = SHORT.get(model)
    only = fields.get(short) if short is not None and len(fields) == 1 else None
    return fields if only is None or isinstance(only, dict) else only


def _range(value: Range, scope: Basis | None) -> Plain:
    low, best, high = (Bare(number_text(v)) for v in (value.low, value.best, value.high))
    if value.basis == scope:
        return best if value.is_point else [low, best, high]
    ends: dict[Key, Plain] = {"best": best} if value.is_point else {"low": low, "best": best, "high": high}
    return ends | {"basis": _basis(value.basis)}


def _basis(basis: Basis) -> dict[Key, Plain]:
    head = BASIS_HEADS[basis.kind]
    written: dict[Key, Plain] = {basis.kind: _listed(getattr(basis, head))}
    for name in ("evidence", "rule", "by", "date", "note"):
        value = getattr(basis, name)
        if name != head and value not in (None, ()):
            written[name] = _listed(value)
    return written


def _listed(value: Any) -> Plain:
    return [_scalar(v) for v in value] if isinstance(value, tuple) else _scalar(value)
