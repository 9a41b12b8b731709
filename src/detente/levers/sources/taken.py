"""What is left of a situation when a source, or a sentence, is switched off?

A value or a row falls where its basis is `read` and every quote it rests on is switched off. What another quote
supports as well stays as it is, and so does what an analyst entered, what the program supplied, and what was assumed
anyway.

=====================  =================================================================================
what falls             what stands in its place
=====================  =================================================================================
where an issue stands  anything on its scale (`status-quo-unstated`)
a position             anything on the scale (`unstated`), for a party at a table that bargains over the
                       issue; a body whose members still speak is left to them; else the stance goes
a salience, a weight   the range that is swept where nobody says (`salience-unstated`, `tie-weight-swept`)
a red line             none: nobody has said it
the first table        the table, its talks `assumed` (`talks-assumed`)
any other row          nothing: a demand, a threat, a tie, a move, an item of an agenda go
=====================  =================================================================================

What names something that went goes with it. Parties and issues stay: they carry no value of their own.
"""

from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from detente.errors import SituationError
from detente.situation.nouns import Issue, Link, Move, RedLine, Situation, Stance, Table, Threat, Tie
from detente.situation.values import Basis, Noun, Range, Record

N = TypeVar("N", bound=Noun)
VALUES = ("weight", "value", "cost")  # a row that is nothing without its value
COSTS = ("cost", "audience_cost", "credibility")
UNSIGNED = Basis(kind="assumed", rule="unsigned")


def without(situation: Situation, documents: Collection[str] = (), *, quotes: Collection[str] = ()) -> Situation:
    """Return the situation as it would be if some documents, or some single quotes, had not been there.

    The documents and quotes go with what rests on them alone.

    Raises SituationError for a document or a quote that the situation does not have.

    >>> without(Situation(title="Empty")).title
    'Empty'
    """
    gone = _gone(situation, documents, quotes)
    if not gone and not documents:
        return situation
    tables = _tables(situation, gone)
    made = {m.id for m in situation.moves if not _falls(m.basis, gone)}
    moves = _still_possible(tuple(m for m in situation.moves if m.id in made))
    known = {m.id for m in moves}
    rows: dict[str, Any] = {
        "documents": tuple(d for d in situation.documents if d.id not in documents),
        "evidence": tuple(e for e in situation.evidence if e.id not in gone),
        "issues": tuple(_issue(i, gone) for i in situation.issues),
        "tables": tables,
        "moves": moves,
        "effects": tuple(
            e for e in _kept(situation.effects, gone) if e.move in known and (e.given is None or e.given in known)
        ),
        "preferences": tuple(p for p in _kept(situation.preferences, gone) if known.issuperset(p.prefers + p.over)),
        "ties": tuple(_tie(t, gone) for t in _kept(situation.ties, gone, values=())),
        "threats": tuple(_threat(t, gone) for t in _kept(situation.threats, gone, values=())),
        "influence": _at_known(_kept(situation.influence, gone), tables),
        **{name: _kept(getattr(situation, name), gone) for name in ("scores", "interactions", "incidents")},
        **{name: _placed(_kept(getattr(situation, name), gone), tables) for name in _OF_TABLES},
    }  # fmt: skip
    left = situation.model_copy(update=rows)
    left = left.model_copy(update={"stances": tuple(_stances(left, gone))})
    return left.model_copy(update={name: _stripped(getattr(left, name), gone) for name in _LISTS})


_OF_TABLES = ("demands", "meetings", "deadlines")
_LISTS = tuple(
    name for name in Situation.model_fields if name not in ("title", "as_of", "note", "documents", "evidence")
)


def _gone(situation: Situation, documents: Collection[str], quotes: Collection[str]) -> frozenset[str]:
    known = {d.id for d in situation.documents} | {e.document for e in situation.evidence}
    for what, named, there in (("document", documents, known), ("quote", quotes, {e.id for e in situation.evidence})):
        lost = [n for n in named if n not in there]
        if lost:
            listed = ", ".join(sorted(there)) or "none"
            raise SituationError(f"'{lost[0]}' is not a {what} of '{situation.title}'. Known: {listed}.")
    return frozenset(quotes) | {e.id for e in situation.evidence if e.document in documents}


def _falls(basis: Basis, gone: frozenset[str]) -> bool:
    return basis.kind == "read" and gone.issuperset(basis.evidence)


def _kept(rows: Iterable[N], gone: frozenset[str], *, values: tuple[str, ...] = VALUES) -> tuple[N, ...]:
    """Return the rows that something else stands behind, and whose one value does not fall either."""
    return tuple(row for row in rows if not _falls(row.basis, gone) and not _empty(row, gone, values))


def _empty(row: Noun, gone: frozenset[str], values: tuple[str, ...]) -> bool:
    found = (getattr(row, name, None) for name in values)
    return any(isinstance(v, Range) and _falls(v.basis, gone) for v in found)


def _assumed(rule: str, low: float, best: float, high: float) -> Range:
    return Range(low=low, best=best, high=high, basis=Basis(kind="assumed", rule=rule))


def _issue(issue: Issue, gone: frozenset[str]) -> Issue:
    if not _falls(issue.status_quo.basis, gone):
        return issue
    low, high = min(issue.scale), max(issue.scale)
    return issue.model_copy(update={"status_quo": _assumed("status-quo-unstated", low, (low + high) / 2, high)})


def _tie(tie: Tie, gone: frozenset[str]) -> Tie:
    if tie.weight is None or not _falls(tie.weight.basis, gone):
        return tie
    return tie.model_copy(update={"weight": _assumed("tie-weight-swept", 0, 0.5, 1)})


def _threat(threat: Threat, gone: frozenset[str]) -> Threat:
    lost = [name for name in COSTS if (v := getattr(threat, name)) is not None and _falls(v.basis, gone)]
    return threat.model_copy(update=dict.fromkeys(lost)) if lost else threat


def _still_possible(moves: tuple[Move, ...]) -> tuple[Move, ...]:
    """Take out what waits only for moves that went, and what waits for these in turn."""
    while True:
        known = {m.id for m in moves}
        kept = tuple(m for m in moves if not m.after or not known.isdisjoint(m.after))
        if len(kept) == len(moves):
            break
        moves = kept
    return tuple(
        m.model_copy(update={f: tuple(n for n in getattr(m, f) if n in known) for f in ("after", "excludes")})
        for m in moves
    )


def _tables(situation: Situation, gone: frozenset[str]) -> tuple[Table, ...]:
    """Return the tables that stand: the first at which several consent always does."""
    first = next((t.id for t in situation.tables if len(t.consent) > 1), None)
    standing = [t for t in situation.tables if t.id == first or not _falls(t.basis, gone)]
    known = {t.id for t in standing}
    return tuple(_table(t, gone, known) for t in standing)


def _table(table: Table, gone: frozenset[str], known: set[str]) -> Table:
    update: dict[str, Any] = {name: _kept(getattr(table, name), gone) for name in ("listing_costs", "no_deal")}
    update["agenda"] = tuple(a for a in _kept(table.agenda, gone) if a.elsewhere is None or a.elsewhere in known)
    update["links"] = tuple(_link(link, gone) for link in _kept(table.links, gone) if link.table in known)
    if table.mediator is not None and _falls(table.mediator.basis, gone):
        update["mediator"] = None
    if _falls(table.basis, gone):
        update["basis"] = Basis(kind="assumed", rule="talks-assumed")
    return table.model_copy(update=update)


def _link(link: Link, gone: frozenset[str]) -> Link:
    return link.model_copy(update={"evidence": tuple(e for e in link.evidence if e not in gone)})


def _placed(rows: tuple[N, ...], tables: tuple[Table, ...]) -> tuple[N, ...]:
    """A row that is still supported, of a table that went, is of no table in particular."""
    known = {None, *(t.id for t in tables)}
    return tuple(r if getattr(r, "table", None) in known else r.model_copy(update={"table": None}) for r in rows)


def _at_known(rows: tuple[N, ...], tables: tuple[Table, ...]) -> tuple[N, ...]:
    known = {None, *(t.id for t in tables)}
    return tuple(r for r in rows if getattr(r, "table", None) in known)


def _stances(left: Situation, gone: frozenset[str]) -> Iterable[Stance]:
    """Return what is still known of who wants what, in the order of the file."""
    firm = {(s.party, s.issue) for s in left.stances if not _falls(s.position.basis, gone)}
    seats = {(p, i) for t in left.tables for p in t.consent for i in _bargained(left, t)}
    bodies = {p.id: p.members for p in left.parties if p.decision_body}
    for stance in left.stances:
        line = _red_line(stance.red_line, gone)
        salience = stance.salience
        if _falls(salience.basis, gone):
            salience = _assumed("salience-unstated", 10, 50, 90)
        update: dict[str, Any] = {"salience": salience, "red_line": line}
        if (stance.party, stance.issue) in firm:
            basis = stance.position.basis if _falls(stance.basis, gone) else stance.basis
            yield stance.model_copy(update={**update, "basis": basis})
            continue
        speaking = sum((m, stance.issue) in firm for m in bodies.get(stance.party, ()))
        if line is not None or ((stance.party, stance.issue) in seats and speaking < 2):
            position = _unstated(left.issue(stance.issue))
            yield stance.model_copy(update={**update, "position": position, "basis": position.basis})


def _bargained(left: Situation, table: Table) -> set[str]:
    asked = {d.issue for d in left.demands if d.ask != "exclude" and d.table in (None, table.id)}
    return {a.issue for a in table.agenda} | asked


def _unstated(issue: Issue) -> Range:
    low, high = min(issue.scale), max(issue.scale)
    return _assumed("unstated", low, (low + high) / 2, high)


def _red_line(line: RedLine | None, gone: frozenset[str]) -> RedLine | None:
    if line is None or _falls(line.at.basis, gone):
        return None
    if not _falls(line.hardness.basis, gone):
        return line
    return line.model_copy(update={"hardness": _assumed("hardness-swept", 0, 0.5, 1)})


def _stripped(value: Any, gone: frozenset[str]) -> Any:
    """Take the quotes that are gone out of everything that names them; what nothing else stands behind is unsigned."""
    if isinstance(value, tuple):
        return tuple(_stripped(v, gone) for v in value) if any(isinstance(v, Record) for v in value) else value
    if not isinstance(value, Record):
        return value
    if isinstance(value, Basis):
        return _basis(value, gone)
    update = {}
    for name in type(value).model_fields:
        old = getattr(value, name)
        new = tuple(e for e in old if e not in gone) if name == "evidence" else _stripped(old, gone)
        if new is not old and new != old:
            update[name] = new
    return value.model_copy(update=update) if update else value


def _basis(basis: Basis, gone: frozenset[str]) -> Basis:
    if gone.isdisjoint(basis.evidence):
        return basis
    if _falls(basis, gone):
        return UNSIGNED
    return basis.model_copy(update={"evidence": tuple(e for e in basis.evidence if e not in gone)})
