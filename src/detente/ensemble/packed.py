"""How is a result written down as arrays and plain data, and read back without running anything?

Dataclasses, tuples, lists, mappings by name, numbers, words and arrays become one tree of plain data that refers to
arrays by number. Reading back makes only the classes that the reader names: a file cannot choose what is run.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from detente.errors import UsageError

Tree = list[Any]  # a tag, and what it is about


def packed(value: object) -> tuple[str, list[np.ndarray]]:
    """Return a value as JSON and the arrays it refers to.

    Raises UsageError where a value holds something else.

    >>> packed({"a": (1, np.array([2.5]))})
    ('["mapping",[["a",["tuple",[["plain",1],["array",0]]]]]]', [array([2.5])])
    """
    arrays: list[np.ndarray] = []
    return json.dumps(_tree(value, arrays), separators=(",", ":")), arrays


def unpacked(text: str, arrays: Sequence[np.ndarray], kinds: Sequence[type] = ()) -> Any:
    """Return the value that JSON and arrays stand for; of dataclasses, only `kinds` are made.

    Raises UsageError where it is of another kind, ValueError, TypeError, KeyError or IndexError where it is damaged.

    >>> unpacked('["tuple",[["plain",1],["array",0]]]', [np.array([2.5])])
    (1, array([2.5]))
    """
    return _value(json.loads(text), arrays, {_name(kind): kind for kind in kinds})


def digest(value: object) -> str:
    """Return the SHA-256 of a value: equal where it is the same to the last byte.

    >>> digest((1, np.zeros(3))) == digest((1, np.zeros(3)))
    True
    """
    text, arrays = packed(value)
    found = hashlib.sha256(text.encode())
    for array in arrays:
        found.update(array_digest(array).encode())
    return found.hexdigest()


def array_digest(array: np.ndarray) -> str:
    """Return the SHA-256 of an array: its kind, shape and bytes.

    >>> array_digest(np.zeros(3)) == array_digest(np.zeros((3, 1)))
    False
    """
    head = f"{array.dtype.str}\n{array.shape}\n".encode()
    return hashlib.sha256(head + np.ascontiguousarray(array).tobytes()).hexdigest()


def _tree(value: object, arrays: list[np.ndarray]) -> Tree:
    if isinstance(value, np.ndarray | np.generic):
        if value.dtype.hasobject:
            raise UsageError(f"An array of {value.dtype} cannot be kept. Give numbers, truth values or words.")
        arrays.append(np.asarray(value))
        return ["array" if isinstance(value, np.ndarray) else "single", len(arrays) - 1]
    if value is None or isinstance(value, bool | int | float | str):
        return ["plain", value]
    if isinstance(value, tuple | list):
        return ["tuple" if isinstance(value, tuple) else "list", [_tree(one, arrays) for one in value]]
    return _named(value, arrays)


def _named(value: object, arrays: list[np.ndarray]) -> Tree:
    if isinstance(value, Mapping) and all(isinstance(name, str) for name in value):
        return ["mapping", [[name, _tree(one, arrays)] for name, one in value.items()]]
    if is_dataclass(value) and not isinstance(value, type):
        inside = [[f.name, _tree(getattr(value, f.name), arrays)] for f in fields(value)]
        return ["record", [_name(type(value)), inside]]
    raise UsageError(
        f"A {type(value).__qualname__} cannot be kept. Give dataclasses, mappings by name, tuples, numbers and arrays."
    )


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _value(tree: Tree, arrays: Sequence[np.ndarray], kinds: Mapping[str, type]) -> Any:
    tag, about = tree
    if tag in ("array", "single"):
        return arrays[about] if tag == "array" else arrays[about][()]
    if tag == "plain":
        return about
    if tag in ("tuple", "list"):
        found = [_value(one, arrays, kinds) for one in about]
        return tuple(found) if tag == "tuple" else found
    if tag == "mapping":
        return {name: _value(one, arrays, kinds) for name, one in about}
    if tag != "record":
        raise ValueError(f"'{tag}' is no tag")
    name, inside = about
    if name not in kinds:
        raise UsageError(f"A result holds a {name}, which is not expected here. Name it among the kinds that are kept.")
    return kinds[name](**{field: _value(one, arrays, kinds) for field, one in inside})
