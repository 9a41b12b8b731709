"""The schema allows what is written, describes every field, and refuses what reading refuses."""

import importlib
import importlib.util
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.situation.nouns import Situation
from detente.situation.schema import DIALECT, schema
from detente.situation.store import faults, to_yaml
from detente.situation.store.scalars import is_null, number_in, truth_in
from detente.situation.store.tree import Mapping, Node, Scalar, Sequence, parse

needs_validator = pytest.mark.skipif(
    importlib.util.find_spec("jsonschema") is None, reason="the package jsonschema is not installed"
)
GOOD = """\
title: t
as_of: 2026-02-08
author: {by: coder, date: 2026-02-08}
documents:
parties:
  iran: {name: Iran, basis: {read: e1, rule: named}}
issues:
  missiles: {name: Missiles, status_quo: {best: 0}, landmarks: {0: none, 50: {name: cap}}}
stances:
  iran:
    missiles: {position: [0, 1, 2], salience: 5, red_line: {at_most: 5, hardness: {low: 0, best: 0.5, high: 1}}}
tables:
  muscat: {name: M, consent: [iran], agenda: {missiles: in}, no_deal: {iran: -5}, mediator: oman, direct: false}
"""


def as_json(node: Node) -> Any:
    """What an editor would see."""
    if isinstance(node, Mapping):
        return {e.key.text: as_json(e.value) for e in node.entries}
    if isinstance(node, Sequence):
        return [as_json(n) for n in node.items]
    assert isinstance(node, Scalar)
    if not node.plain:
        return node.text
    if is_null(node.text):
        return None
    number, truth = number_in(node.text), truth_in(node.text)
    return truth if truth is not None else node.text if number is None else number


def seen(text: str) -> Any:
    root = parse(text).root
    assert root is not None
    return as_json(root)


def errors(text: str) -> list[Any]:
    validator = importlib.import_module("jsonschema").Draft202012Validator
    return list(validator(schema()).iter_errors(seen(text)))


def parts(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from parts(inner)


def test_every_reference_leads_somewhere() -> None:
    found = schema()
    targets = {p["$ref"] for p in parts(found) if isinstance(p.get("$ref"), str)}
    assert targets
    assert targets == {f"#/$defs/{name}" for name in found["$defs"]}


def test_every_field_of_every_noun_is_described() -> None:
    nouns = [schema(), *schema()["$defs"].values()]
    described = [n["properties"] for n in nouns if "properties" in n]
    assert len(described) > 15
    assert all(field.get("description") for fields in described for field in fields.values())


def test_no_noun_takes_unknown_keys() -> None:
    nouns = [p for p in parts(schema()) if p.get("type") == "object" and "properties" in p]
    assert all(p["additionalProperties"] is False for p in nouns)


def test_the_schema_is_json_and_names_its_dialect() -> None:
    assert json.loads(json.dumps(schema()))["$schema"] == DIALECT
    assert schema() == schema()


@needs_validator
def test_the_schema_is_itself_sound() -> None:
    importlib.import_module("jsonschema").Draft202012Validator.check_schema(schema())


@needs_validator
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_is_written_is_allowed(data: st.DataObject, rows: st.SearchStrategy[Situation]) -> None:
    assert errors(to_yaml(data.draw(rows))) == []


@needs_validator
def test_what_people_write_is_allowed() -> None:
    assert faults(GOOD) == ()
    assert errors(GOOD) == []


@needs_validator
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: t", "titel: t"),
        ("position: [0, 1, 2]", "position: [0, 1]"),
        ("position: [0, 1, 2]", "position: high"),
        ("position: [0, 1, 2], ", ""),
        ("missiles: in", "missiles: inn"),
        ("at_most: 5, ", ""),
        ("consent: [iran]", "consent: iran"),
        ("direct: false", "direct: maybe"),
        ("read: e1, rule: named", "read: e1"),
        ("name: Iran,", "name: Iran, nmae: Iran,"),
        ("as_of: 2026-02-08", "as_of: soon"),
        ("{best: 0}", "{best: 0, low: 0}"),
    ],
)
def test_what_reading_refuses_is_refused(old: str, new: str) -> None:
    text = GOOD.replace(old, new)
    assert faults(text)
    assert errors(text)
