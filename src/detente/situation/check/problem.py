"""How is one thing that is wrong with a situation put?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from detente.situation.nouns import (
    AgendaItem,
    Effect,
    Influence,
    Interaction,
    Link,
    ListingCost,
    NoDeal,
    Preference,
    Score,
    Situation,
    Stance,
    Table,
)
from detente.situation.paths import effect_path, influence_path, score_path, together_path
from detente.situation.values import Record

Severity: TypeAlias = Literal["fault", "doubt"]
Problems: TypeAlias = Iterator["Problem"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, what, and how it is cured."""

    path: str
    message: str
    cure: str
    severity: Severity = "fault"

    def __str__(self) -> str:
        return f"{self.path}: {self.message} {self.cure}"


def doubt(path: str, message: str, cure: str) -> Problem:
    """Return a problem that an analyst should look at, but that keeps nothing from being computed."""
    return Problem(path, message, cure, "doubt")


def listed(names: Iterable[str]) -> str:
    """Write names in a row.

    >>> listed(["iran", "oman"])
    "'iran', 'oman'"
    """
    return ", ".join(f"'{n}'" for n in names)


def rows(situation: Situation) -> Iterator[tuple[str, Record]]:
    """Walk through every row of a situation with its path, the rows of tables included."""
    for name in type(situation).model_fields:
        found = getattr(situation, name)
        if not isinstance(found, tuple):
            continue
        for index, row in enumerate(found):
            yield path_of(row, f"{name}[{index}]"), row
            if isinstance(row, Table):
                yield from _inside(row)


def path_of(row: Record, otherwise: str) -> str:
    """Return the path that addresses a row: its id, or the keys that tell it apart."""
    match row:
        case Stance():
            return f"{row.party}.{row.issue}"
        case Influence():
            return influence_path(row)
        case Score():
            return score_path(row)
        case Interaction():
            return together_path(row)
        case Effect():
            return effect_path(row)
        case Preference():
            return otherwise
        case _:
            return str(getattr(row, "id", otherwise))


def _inside(table: Table) -> Iterator[tuple[str, Record]]:
    for item in table.agenda:
        yield agenda_path(table, item), item
    for cost in table.listing_costs:
        yield listing_path(table, cost), cost
    for value in table.no_deal:
        yield no_deal_path(table, value), value
    for link in table.links:
        yield link_path(table, link), link
        for number, required in enumerate(link.requires):
            yield requirement_path(table, link, number), required
    if table.mediator is not None:
        yield f"{table.id}.mediator", table.mediator


def agenda_path(table: Table, item: AgendaItem) -> str:
    """Return the path of an entry of an agenda."""
    return f"{table.id}.agenda.{item.issue}"


def listing_path(table: Table, cost: ListingCost) -> str:
    """Return the path of what listing an issue costs a party."""
    return f"{table.id}.{cost.issue}.listing_cost.{cost.party}"


def no_deal_path(table: Table, value: NoDeal) -> str:
    """Return the path of what a party has without a deal."""
    return f"{table.id}.no_deal.{value.party}"


def link_path(table: Table, link: Link) -> str:
    """Return the path of a link to another table."""
    return f"{table.id}.links.{link.table}"


def requirement_path(table: Table, link: Link, number: int) -> str:
    """Return the path of what a level at a linked table requires, by its place in the list."""
    return f"{link_path(table, link)}.requires[{number}]"


def repeated(keys: Iterable[str]) -> tuple[str, ...]:
    """List the keys that occur more than once, each once.

    >>> repeated(["a", "b", "a", "a"])
    ('a',)
    """
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for key in keys:
        if key in seen:
            twice[key] = None
        seen.add(key)
    return tuple(twice)
