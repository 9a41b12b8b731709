"""How is each noun laid out in the file: under which keys, and in which short form?

Rows that people look up by name stand in a mapping under their key; `stances` nest party -> issue -> stance. A row that
says one thing only may be written as that thing alone: `nuclear: in`. Rows that cannot be told apart by their keys, as
in a draft in mid-edit, stand in a list, where the keys are ordinary fields.
"""

from typing import Final

from detente.situation.nouns import (
    AgendaItem,
    Interaction,
    Issue,
    Landmark,
    Link,
    ListingCost,
    Mediator,
    NoDeal,
    Score,
    Situation,
    Table,
)
from detente.situation.values import Noun, Record

# (noun, field) -> the fields of a row that serve as its keys, outermost first.
KEYS: Final[dict[tuple[type[Record], str], tuple[str, ...]]] = {
    (Situation, "documents"): ("id",),
    (Situation, "evidence"): ("id",),
    (Situation, "parties"): ("id",),
    (Situation, "issues"): ("id",),
    (Situation, "stances"): ("party", "issue"),
    (Situation, "demands"): ("id",),
    (Situation, "scores"): ("party", "issue", "at"),
    (Situation, "interactions"): ("party", "issue", "at", "other", "other_at"),
    (Situation, "tables"): ("id",),
    (Situation, "meetings"): ("id",),
    (Situation, "deadlines"): ("id",),
    (Situation, "incidents"): ("id",),
    (Situation, "ties"): ("id",),
    (Situation, "threats"): ("id",),
    (Situation, "moves"): ("id",),
    (Situation, "questions"): ("id",),
    (Issue, "landmarks"): ("at",),
    (Table, "agenda"): ("issue",),
    (Table, "listing_costs"): ("party", "issue"),
    (Table, "no_deal"): ("party",),
    (Table, "links"): ("table",),
}

# A row that holds nothing else may be written as the value of this field.
SHORT: Final[dict[type[Record], str]] = {
    AgendaItem: "mode",
    Interaction: "value",
    Landmark: "name",
    Link: "kind",
    ListingCost: "cost",
    Mediator: "party",
    NoDeal: "value",
    Score: "value",
}

# The first key of a basis says its kind and holds what that kind must name.
BASIS_HEADS: Final[dict[str, str]] = {"read": "evidence", "entered": "by", "supplied": "rule", "assumed": "rule"}

# Longer names cannot be keys in every YAML reader.
MAX_KEY_LENGTH: Final = 120

UNSIGNED: Final = Noun().basis

# What stands last in every noun.
_TRAILING: Final = ("evidence", "basis", "note")


def fields_in_order(model: type[Record]) -> tuple[str, ...]:
    """List the fields of a noun in the order of the file: what it says first, where it comes from last.

    >>> fields_in_order(NoDeal)
    ('party', 'value', 'evidence', 'basis', 'note')
    """
    names = tuple(model.model_fields)
    if not issubclass(model, Noun):
        return names
    return tuple(n for n in names if n not in _TRAILING) + _TRAILING
