"""Under which ids does a new draft say what the old one said?

A draft numbers its quotes, demands, meetings, incidents, ties and threats in the order of the text, so that one more
document, or one item less, would shift them all. What was there keeps its number; what is new takes the next.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeVar

from detente.situation.nouns import Situation
from detente.situation.values import Record

R = TypeVar("R", bound=Record)
# What makes two rows the same row, whatever their number, and between whom they are.
_SAME: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "demands": (("by", "to", "issue"), ("by", "issue")),
    "meetings": (("parties", "status", "when", "venue"), ("parties",)),
    "incidents": (("act", "actor", "target", "what"), ("act", "actor")),
    "ties": (("source", "target"), ("source", "target")),
    "threats": (("by", "against", "trigger"), ("by", "against")),
}


def aligned(base: Situation, proposed: Situation, mine: Situation) -> Situation:
    """Return a draft with the ids that the situation it goes into has for the same things.

    >>> aligned(Situation(title="a"), Situation(title="b"), Situation(title="c")).title
    'b'
    """
    made = _cited(proposed, _quotes(base, proposed, mine))
    update = {name: _numbered(name, base, made, mine) for name in _SAME}
    return made.model_copy(update=update)


def _quotes(base: Situation, proposed: Situation, mine: Situation) -> dict[str, str]:
    """Return the id that each quote of a draft gets: that of the same place, else the next number."""
    known = {(e.document, e.start, e.end): e.id for e in (*base.evidence, *mine.evidence)}
    fresh = _fresh("e", (e.id for s in (base, mine) for e in s.evidence))
    return {e.id: known.get((e.document, e.start, e.end)) or next(fresh) for e in proposed.evidence}


def _fresh(stem: str, taken: Iterable[str]) -> Iterator[str]:
    numbers = [int(found[1]) for id_ in taken if (found := re.fullmatch(rf"{re.escape(stem)}(\d+)", id_))]
    number = max(numbers, default=0)
    while True:
        number += 1
        yield f"{stem}{number}"


def _cited(record: R, ids: dict[str, str]) -> R:
    """Return a record that cites the same quotes by other ids."""
    update: dict[str, Any] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name == "evidence" and isinstance(record, Situation):
            update[name] = tuple(e.model_copy(update={"id": ids[e.id]}) for e in value)
        elif name == "evidence":
            update[name] = tuple(ids.get(e, e) for e in value)
        elif isinstance(value, Record):
            update[name] = _cited(value, ids)
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            update[name] = tuple(_cited(one, ids) for one in value)
    return record.model_copy(update=update)


def _numbered(name: str, base: Situation, made: Situation, mine: Situation) -> tuple[Any, ...]:
    """Give the rows of one kind the ids of the same rows in the file, or the next numbers."""
    same, sides = _SAME[name]
    before = {row.id: row for row in (*getattr(mine, name), *getattr(base, name))}
    left, found = dict(before), {}
    tests: tuple[Callable[[Any, Any], bool], ...] = (
        lambda a, b: _at(a, same) == _at(b, same),
        lambda a, b: _at(a, sides) == _at(b, sides) and bool(set(a.evidence) & set(b.evidence)),
    )
    rows = getattr(made, name)
    for test in tests:
        for place, row in enumerate(rows):
            old = next((i for i, other in left.items() if place not in found and test(row, other)), None)
            if old is not None:
                found[place] = old
                del left[old]
    fresh = _fresh(f"{name.removesuffix('s')}-" if name != "ties" else "tie-", before)
    return tuple(row.model_copy(update={"id": found.get(n) or next(fresh)}) for n, row in enumerate(rows))


def _at(row: Record, fields: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(getattr(row, field) for field in fields)
