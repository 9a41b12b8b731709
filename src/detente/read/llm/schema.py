"""What may a model say of a sentence: which fields, which words for each, and which of its items are of that form?

There is no field for an offset, a weight, a probability or any other number, and what a model adds of its own accord is
dropped and counted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from detente.read.items import Act, ConditionType, Kind, Modality, StanceKind
from detente.read.llm.repair import mended

_MOST_FAULTS = 8
_LONGEST_WORDS = 2_000
_UPPER = {"act"}
_LOWER = {"kind", "modality", "type", "stance", "move", "on"}


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, str_max_length=_LONGEST_WORDS)


class Who(_Said):
    """Who is meant, in which words, and by what plain name?"""

    quote: str
    name: str


class Matter(_Said):
    """On which issue, in which words, is which stance taken?"""

    quote: str
    issue: str
    stance: StanceKind
    move: Literal["demand", "refuse", "offer", "accept", "open", "condition", "none"]
    on: Literal["inclusion", "substance", "timing"]


class Depends(_Said):
    """On what does it depend, in which words?"""

    type: ConditionType
    quote: str


class Claim(_Said):
    """What does a model say that a sentence says?"""

    sentences: tuple[str, ...]
    quote: str
    trigger: str
    kind: Kind
    act: Act
    actors: tuple[Who, ...]
    recipients: tuple[Who, ...]
    issues: tuple[Matter, ...]
    red_line: bool
    negated: bool
    modality: Modality
    condition: Depends | None
    speaker: Who | None

    def words(self) -> tuple[str, ...]:
        """Which free words does it hold, quotes and names alike?"""
        people = (*self.actors, *self.recipients, *((self.speaker,) if self.speaker else ()))
        condition = (self.condition.quote,) if self.condition else ()
        issues = (word for i in self.issues for word in (i.quote, i.issue))
        return (self.quote, self.trigger, *condition, *(w for p in people for w in (p.quote, p.name)), *issues)


class _Answer(_Said):
    items: tuple[Claim, ...]


_DEFAULTS: dict[str, object] = {
    "kind": "statement", "actors": [], "recipients": [], "issues": [], "red_line": False, "negated": False,
    "modality": "actual", "condition": None, "speaker": None, "stance": "unclear", "move": "none", "on": "substance",
    "name": "", "issue": "",
}  # fmt: skip
_PARTS: dict[str, type[BaseModel]] = {
    "actors": Who, "recipients": Who, "issues": Matter, "condition": Depends, "speaker": Who,
}  # fmt: skip
_NOT_SENT = ("title", "description", "maxLength")
_LISTS = {"actors", "recipients", "issues", "sentences"}


@dataclass(frozen=True, slots=True)
class Parsed:
    """Which items of an answer are of the form that was asked for, and what of it is not?

    faults   what is wrong, for the model to read; `whole` is False where nothing at all can be used
    invalid  items that are not of the form
    dropped  fields that nobody asked for
    cut      the answer broke off
    """

    claims: tuple[Claim, ...] = ()
    faults: tuple[str, ...] = ()
    invalid: int = 0
    dropped: int = 0
    cut: bool = False
    whole: bool = True


def response_schema() -> Mapping[str, object]:
    """Which JSON Schema is an endpoint asked to hold the model to? Every field is required, and there are no others.

    >>> sorted(response_schema())
    ['$defs', 'additionalProperties', 'properties', 'required', 'type']
    """
    bare = _without_words(_Answer.model_json_schema())
    return bare if isinstance(bare, dict) else {}


def _without_words(schema: object) -> object:
    """A schema without what is ours to read and would be paid for with every request, or what few endpoints know."""
    if isinstance(schema, list):
        return [_without_words(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: _without_words(value) for key, value in schema.items() if key not in _NOT_SENT}


def parsed(text: str) -> Parsed:
    """Which items does an answer hold?

    >>> parsed("I cannot help with that.").faults
    ('The answer holds no JSON object with a list called items.',)
    """
    found = mended(text)
    if found is None:
        return Parsed(faults=("The answer holds no JSON object with a list called items.",), whole=False)
    claims: list[Claim] = []
    faults = ["The answer broke off before its end. Leave out what matters less."] if found.cut else []
    dropped = invalid = 0
    for number, row in enumerate(found.rows, 1):
        tidy, extra = _tidied(row, Claim)
        dropped += extra
        try:
            # Through JSON: half characters and other things that no text holds are refused there.
            claims.append(Claim.model_validate_json(json.dumps(tidy)))
        except (ValidationError, RecursionError) as fault:
            invalid += 1
            faults.append(f"Item {number}: {_first(fault)}")
    return Parsed(tuple(claims), tuple(faults[:_MOST_FAULTS]), invalid, dropped, found.cut)


def _first(fault: ValidationError | RecursionError) -> str:
    """What is wrong, in the validator's words alone: what the model wrote there is not repeated."""
    if isinstance(fault, RecursionError):
        return "it is nested too deeply."
    error = fault.errors(include_url=False, include_input=False, include_context=False)[0]
    return f"{'.'.join(str(part) for part in error['loc']) or 'the item'}: {error['msg']}"


def _tidied(value: object, model: type[BaseModel]) -> tuple[object, int]:
    """An object with the fields of its form and no others, and how many others there were."""
    if isinstance(value, str) and model is Who:
        value = {"quote": value, "name": value}
    if not isinstance(value, dict):
        return value, 0
    out: dict[str, object] = {}
    dropped = len(set(value) - set(model.model_fields))
    for name in model.model_fields:
        given = value.get(name)
        if given is None:
            if name in _DEFAULTS:
                out[name] = _DEFAULTS[name]
            continue
        out[name], extra = _field(name, given)
        dropped += extra
    return out, dropped


def _field(name: str, given: object) -> tuple[object, int]:
    if name in _LISTS and not isinstance(given, list):
        given = [given]
    if name == "sentences" and isinstance(given, list):
        return [_label(one) for one in given], 0
    if name in _PARTS:
        rows = given if isinstance(given, list) else [given]
        tidy = [_tidied(row, _PARTS[name]) for row in rows]
        extra = sum(count for _, count in tidy)
        return ([row for row, _ in tidy] if isinstance(given, list) else tidy[0][0]), extra
    if isinstance(given, str):
        return _spelt(name, given), 0
    return given, 0


def _spelt(name: str, given: str) -> str:
    """A label in the spelling of ours; other words as they are."""
    if name in _UPPER:
        return given.strip().upper()
    if name in _LOWER:
        return "-".join(given.strip().lower().replace("_", " ").split())
    return given


def _label(given: object) -> object:
    """A sentence's number in the spelling of its id: S3, [S3], "3" and 3 are all s3."""
    if isinstance(given, bool) or not isinstance(given, int | str):
        return given
    bare = str(given).strip(" []().:").lower()
    return bare if bare.startswith("s") else f"s{bare}"
