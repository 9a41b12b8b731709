"""What remains of a situation when something is taken out of it?"""

from typing import TypeVar

from detente.situation.nouns import Situation, Stance, Table
from detente.situation.values import Noun

N = TypeVar("N")


def text_only(situation: Situation) -> Situation:
    """Return the situation without the structural completions that the program supplied.

    What refers to a supplied party, issue or table goes with it. Defaults that are `assumed` stay: without a salience
    nothing can be computed at all, and the answers say what they rest on.

    >>> text_only(Situation(title="Empty")).issues
    ()
    """
    lists = {name: getattr(situation, name) for name in type(situation).model_fields}
    lists = {name: rows for name, rows in lists.items() if isinstance(rows, tuple)}
    gone = {row.id for name in ("parties", "issues", "tables") for row in lists[name] if _is_supplied(row)}
    kept = {
        name: tuple(_trimmed(row, gone) for row in rows if not _is_supplied(row) and not _refers(row, gone))
        for name, rows in lists.items()
    }
    return situation.model_copy(update=kept)


def insiders(situation: Situation, table: Table) -> frozenset[str]:
    """Return who speaks from inside a table: the consenting parties and the members of those that are bodies."""
    bodies = (p for p in situation.parties if p.id in table.consent and p.decision_body)
    return frozenset(table.consent) | {m for p in bodies for m in p.members}


def gaining(situation: Situation, table: str, party: str) -> tuple[Stance, ...]:
    """Return the stances on a table's agenda on which a party could do better than how things stand.

    Empty for a table that the situation does not have, such as one that fell away with what was supplied.
    """
    found = next((t for t in situation.tables if t.id == table), None)
    listed = {a.issue for a in found.agenda if a.mode in ("in", "option", "precondition")} if found else set()
    today = {i.id: i.status_quo.best for i in situation.issues}
    mine = (s for s in situation.stances if s.party == party and s.issue in listed and s.issue in today)
    return tuple(s for s in mine if (s.position.low, s.position.high) != (today[s.issue], today[s.issue]))


def _is_supplied(row: object) -> bool:
    return isinstance(row, Noun) and row.basis.kind == "supplied"


def _refers(row: object, gone: set[str]) -> bool:
    fields = ("party", "issue", "by", "to", "table", "source", "target")
    return any(isinstance(getattr(row, f, None), str) and getattr(row, f) in gone for f in fields)


def _trimmed(row: N, gone: set[str]) -> N:
    """Take supplied entries out of a table; a row that is not a table comes back as it is."""
    if not isinstance(row, Table):
        return row
    lists = ("agenda", "listing_costs", "no_deal", "links")
    update: dict[str, object] = {
        name: tuple(e for e in getattr(row, name) if not _is_supplied(e) and not _refers(e, gone)) for name in lists
    }
    update["consent"] = tuple(p for p in row.consent if p not in gone)
    update["consulted"] = tuple(p for p in row.consulted if p not in gone)
    if row.mediator is not None and _is_supplied(row.mediator):
        update["mediator"] = None
    return row.model_copy(update=update)
