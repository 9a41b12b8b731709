"""What remains of a situation when something is taken out of it, and who and what has to do with a table?"""

from typing import TypeVar

from detente.situation.nouns import Influence, Link, Move, Preference, Score, Situation, Stance, Table
from detente.situation.values import Noun

N = TypeVar("N")


def text_only(situation: Situation) -> Situation:
    """Return the situation without the structural completions that the program supplied.

    What refers to a supplied party, issue, table or move goes with it. Defaults that are `assumed` stay: without a
    salience nothing can be computed at all, and the answers say what they rest on.

    >>> text_only(Situation(title="Empty")).issues
    ()
    """
    lists = {name: getattr(situation, name) for name in type(situation).model_fields}
    lists = {name: rows for name, rows in lists.items() if isinstance(rows, tuple)}
    gone = {row.id for name in ("parties", "issues", "tables", "moves") for row in lists[name] if _is_supplied(row)}
    gone = _with_those_waiting(situation.moves, gone)
    kept = {name: tuple(_trimmed(row, gone) for row in rows if _stays(row, gone)) for name, rows in lists.items()}
    return situation.model_copy(update=kept)


def insiders(situation: Situation, table: Table) -> frozenset[str]:
    """Return who speaks from inside a table: the consenting parties and the members of those that are bodies."""
    bodies = (p for p in situation.parties if p.id in table.consent and p.decision_body)
    return frozenset(table.consent) | {m for p in bodies for m in p.members}


def concerned(situation: Situation, table: Table) -> tuple[str, ...]:
    """Return who has a hand in a table without a seat at it, each once.

    That is who demands something there, is consulted, ratifies, or leans on a consenting party as its ally or a lobby.
    """
    demanding = [d.by for d in situation.demands if d.ask != "exclude" and d.table in (None, table.id)]
    demanding += [p for a in table.agenda if a.mode == "precondition" for p in a.by]
    leaning = [t.source for t in situation.ties if t.kind in ("ally", "lobby") and t.target in table.consent]
    found = dict.fromkeys([*demanding, *table.consulted, *table.ratifiers, *leaning])
    return tuple(p for p in found if p not in table.consent)


def weight_at(situation: Situation, table: Table, party: str) -> Influence | None:
    """Return the row that says what a party weighs at a table: its own there, else the overall one."""
    rows = [w for w in situation.influence if w.party == party and w.issue is None and w.table in (None, table.id)]
    return max(rows, key=lambda row: row.table is not None, default=None)


def bargained(situation: Situation, table: Table) -> tuple[str, ...]:
    """Return the issues that bear on a table: on its agenda, demanded at it, or in a consenting party's stance."""
    named = {a.issue for a in table.agenda}
    named |= {d.issue for d in situation.demands if d.ask != "exclude" and d.table in (None, table.id)}
    named |= {s.issue for s in situation.stances if s.party in table.consent}
    named |= {s.issue for s in situation.scores if s.party in table.consent}
    return tuple(i.id for i in situation.issues if i.id in named)


def gaining(situation: Situation, table: str, party: str) -> tuple[Stance | Score, ...]:
    """Return the stances and scores on a table's agenda by which a party could do better than how things stand.

    Empty for a table that the situation does not have, such as one that fell away with what was supplied.
    """
    found = next((t for t in situation.tables if t.id == table), None)
    listed = {a.issue for a in found.agenda if a.mode in ("in", "option", "precondition")} if found else set()
    today = {i.id: i.status_quo.best for i in situation.issues}
    mine = (s for s in situation.stances if s.party == party and s.issue in listed and s.issue in today)
    wished = (s for s in mine if (s.position.low, s.position.high) != (today[s.issue], today[s.issue]))
    scored = (s for s in situation.scores if s.party == party and s.issue in listed and s.value.high > 0)
    return (*wished, *scored)


def _is_supplied(row: object) -> bool:
    return isinstance(row, Noun) and row.basis.kind == "supplied"


def _refers(row: object, gone: set[str]) -> bool:
    fields = ("party", "issue", "other", "by", "to", "table", "source", "target", "move", "given")
    if isinstance(row, Preference):
        return row.party in gone or not gone.isdisjoint(row.prefers + row.over)
    if isinstance(row, Move) and row.after and gone.issuperset(row.after):
        return True
    return any(isinstance(getattr(row, f, None), str) and getattr(row, f) in gone for f in fields)


def _with_those_waiting(moves: tuple[Move, ...], gone: set[str]) -> set[str]:
    """Add the moves that wait only for what is gone, and those that wait for these in turn."""
    while True:
        idle = {m.id for m in moves if m.id not in gone and _refers(m, gone)}
        if not idle:
            return gone
        gone = gone | idle


def _stays(row: object, gone: set[str]) -> bool:
    return not _is_supplied(row) and not _refers(row, gone)


def _still_required(link: Link, gone: set[str]) -> Link:
    kept = tuple(r for r in link.requires if r.issue not in gone and r.of not in gone)
    return link if len(kept) == len(link.requires) else link.model_copy(update={"requires": kept})


def _trimmed(row: N, gone: set[str]) -> N:
    """Take supplied entries out of a table, and supplied moves out of a move; another row comes back as it is."""
    if isinstance(row, Move):
        kept = {f: tuple(m for m in getattr(row, f) if m not in gone) for f in ("after", "excludes", "undone_by")}
        return row.model_copy(update=kept)
    if not isinstance(row, Table):
        return row
    lists = ("agenda", "listing_costs", "no_deal")
    update: dict[str, object] = {name: tuple(e for e in getattr(row, name) if _stays(e, gone)) for name in lists}
    for name in ("consent", "consulted", "vetoes", "ratifiers"):
        update[name] = tuple(p for p in getattr(row, name) if p not in gone)
    update["links"] = tuple(_still_required(link, gone) for link in row.links if _stays(link, gone))
    if row.mediator is not None and _is_supplied(row.mediator):
        update["mediator"] = None
    return row.model_copy(update=update)
