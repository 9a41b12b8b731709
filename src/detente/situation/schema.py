"""What may stand where in a situation file, told in a way that editors and other programs understand?

The JSON Schema follows the same layout that reading and writing follow, so the three cannot part ways.
"""

import datetime as dt
import types
from typing import Annotated, Any, Final, Literal, TypeAlias, Union, get_args, get_origin

from detente.situation.nouns import RedLine, Situation
from detente.situation.store.layout import BASIS_HEADS, KEYS, SHORT, fields_in_order
from detente.situation.store.notes import noted_fields
from detente.situation.values import Basis, Record

Schema: TypeAlias = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_SIMPLE: Final[dict[Any, Schema]] = {
    float: {"type": "number"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    str: {"type": "string"},
    dt.date: {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
}


def schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of a situation file.

    >>> found = schema()
    >>> found["properties"]["parties"]["description"]
    'who wants, refuses, threatens or pays'
    >>> found["$defs"]["AgendaItem"]["properties"]["mode"]["enum"][0]
    'in'
    """
    defs: dict[str, Schema] = {"Range": _range(), "Basis": _basis(), "RedLine": _red_line()}
    top = _record(Situation, (), defs)
    top["properties"] = {"author": _author()} | top["properties"]
    return {"$schema": DIALECT, "title": "A situation", **top, "$defs": dict(sorted(defs.items()))}


def _record(model: type[Record], without: tuple[str, ...], defs: dict[str, Schema]) -> Schema:
    """Describe the fields of a noun, less those that stand as its keys."""
    notes = noted_fields(model)
    names = [n for n in fields_in_order(model) if n not in without]
    properties = {}
    for name in names:
        inner = _value(model, name, defs)
        if inner.get("$ref") is not None:
            inner = {"allOf": [inner]}
        properties[name] = {"description": notes[name], **inner}
    required = [n for n in names if model.model_fields[n].is_required()]
    said = (model.__doc__ or "").split("\n")[0]
    return {
        "description": said,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _value(model: type[Record], name: str, defs: dict[str, Schema]) -> Schema:
    info = model.model_fields[name]
    kind, optional = _without_none(info.annotation)
    keys = KEYS.get((model, name))
    if keys is not None:
        return {"anyOf": [_keyed(get_args(kind)[0], keys, keys, defs), _list(kind, defs), {"type": "null"}]}
    found = _kind(kind, tuple(info.metadata), defs)
    return {"anyOf": [found, {"type": "null"}]} if optional or not info.is_required() else found


def _kind(kind: Any, metadata: tuple[Any, ...], defs: dict[str, Schema]) -> Schema:
    if get_origin(kind) is Annotated:
        return _kind(get_args(kind)[0], get_args(kind)[1:], defs)
    if get_origin(kind) is Literal:
        return {"type": "string", "enum": list(get_args(kind))}
    if get_origin(kind) is tuple:
        return _list(kind, defs)
    if isinstance(kind, type) and issubclass(kind, Record):
        return _reference(kind, (), defs)
    return dict(_SIMPLE[kind]) | _limits(metadata)


def _limits(metadata: tuple[Any, ...]) -> Schema:
    names = {"pattern": "pattern", "max_length": "maxLength", "ge": "minimum"}
    found = {to: getattr(m, at, None) for m in metadata for at, to in names.items()}
    return {to: value for to, value in found.items() if value is not None}


def _list(kind: Any, defs: dict[str, Schema]) -> Schema:
    first, *more = get_args(kind)
    items = _kind(first, (), defs)
    if more == [Ellipsis]:
        return {"type": "array", "items": items}
    return {"type": "array", "items": items, "minItems": 1 + len(more), "maxItems": 1 + len(more)}


def _keyed(model: type[Record], left: tuple[str, ...], keys: tuple[str, ...], defs: dict[str, Schema]) -> Schema:
    """Describe rows that stand under their keys, however deep."""
    inner = _keyed(model, left[1:], keys, defs) if len(left) > 1 else _reference(model, keys, defs)
    return {"type": "object", "description": f"keys: {left[0]}", "additionalProperties": inner}


def _reference(model: type[Record], without: tuple[str, ...], defs: dict[str, Schema]) -> Schema:
    """Point at the description of a noun, and make it where it is not there yet."""
    name = model.__name__ + ("ByKey" if without else "")
    if name not in defs:
        defs[name] = {}  # named before it is described, should a noun ever hold its own kind
        defs[name] = _record(model, without, defs)
    reference: Schema = {"$ref": f"#/$defs/{name}"}
    short = SHORT.get(model)
    if short is None:
        return reference
    return {"anyOf": [reference, _value(model, short, defs)]}


def _author() -> Schema:
    described = {
        "type": "object",
        "properties": {"by": {"type": "string"}, "date": _SIMPLE[dt.date], "note": {"type": "string"}},
        "required": ["by"],
        "additionalProperties": False,
    }
    said = "who signs every value that names no other basis"
    return {"description": said, "anyOf": [{"type": "string"}, described, {"type": "null"}]}


def _range() -> Schema:
    number: Schema = {"type": "number"}
    ends = {name: number for name in ("low", "best", "high")}
    return {
        "description": "A value: 5, or [low, best, high], or {low: 0, best: 5, high: 10, basis: ...}.",
        "anyOf": [
            number,
            {"type": "array", "items": number, "minItems": 3, "maxItems": 3},
            {
                "type": "object",
                "properties": {**ends, "basis": {"$ref": "#/$defs/Basis"}},
                "required": ["best"],
                "dependentRequired": {"low": ["high"], "high": ["low"]},
                "additionalProperties": False,
            },
        ],
    }


def _basis() -> Schema:
    fields = {name: _value(Basis, name, {}) for name in ("evidence", "rule", "by", "date", "note")}
    forms = []
    for kind, head in BASIS_HEADS.items():
        rest = {name: inner for name, inner in fields.items() if name != head}
        first: Schema = {"type": "string"}
        if kind == "read":
            first = {"anyOf": [first, {"type": "array", "items": first, "minItems": 1}]}
        required = ["read", "rule"] if kind == "read" else [kind]
        properties = {kind: first, **rest}
        forms.append({"type": "object", "properties": properties, "required": required, "additionalProperties": False})
    return {"description": "Where a value comes from; the first key says which of the four.", "anyOf": forms}


def _red_line() -> Schema:
    level: Schema = {"$ref": "#/$defs/Range"}
    forms = [
        {
            "type": "object",
            "properties": {side: level, "hardness": level},
            "required": [side, "hardness"],
            "additionalProperties": False,
        }
        for side in get_args(RedLine.model_fields["accepts"].annotation)
    ]
    return {"description": (RedLine.__doc__ or "").split("\n")[0], "anyOf": forms}


def _without_none(kind: Any) -> tuple[Any, bool]:
    if get_origin(kind) in (Union, types.UnionType):
        return next(a for a in get_args(kind) if a is not type(None)), True
    return kind, False
