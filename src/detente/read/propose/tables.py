"""Between whom are there talks, where, through whom, and what is on the agenda?"""

from dataclasses import dataclass, field

from detente.read.items import Item
from detente.read.propose.collect import Record, Said, parties_of, slug
from detente.situation.nouns import AgendaItem, Link, Mediator, Meeting, Table


@dataclass(slots=True)
class Talks:
    """Everything said about the talks between one set of parties."""

    parties: tuple[str, ...]
    items: list[Item] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The readable id of the table."""
        return "-".join(self.parties)[:80].strip("-")


def talks(rec: Record) -> tuple[Talks, ...]:
    """Return the talks that are reported, the ones most spoken of first."""
    found: dict[frozenset[str], Talks] = {}
    for item in rec.items:
        members = _members(item)
        if len(members) >= 2:
            found.setdefault(frozenset(members), Talks(members)).items.append(item)
    return tuple(sorted(found.values(), key=lambda t: -len(t.items)))


def _members(item: Item) -> tuple[str, ...]:
    if item.table is not None and len(item.table.parties) >= 2:
        return tuple(dict.fromkeys(slug(p) for p in item.table.parties))
    if item.act == "CONSULT" and not item.negated:
        return parties_of((*item.actors, *item.recipients))
    return ()


def tables(rec: Record, stances: tuple[Said, ...]) -> tuple[Table, ...]:
    """Draft a table for each set of talks; the others that share a party with the first consult with it."""
    found = talks(rec)
    if not found:
        return ()
    first, *rest = found
    drafted = [_table(rec, first, _agenda(rec, first, stances), ())]
    for other in rest:
        shared = set(other.parties) & set(first.parties)
        if len(shared) == 1:
            link = Link(table=first.id, kind="consultation", basis=rec.basis(other.items, "shared-party"))
            drafted.append(_table(rec, other, (), (link,)))
    return tuple(drafted)


def _table(rec: Record, seen: Talks, agenda: tuple[AgendaItem, ...], links: tuple[Link, ...]) -> Table:
    hosts = parties_of(a for i in seen.items for a in i.hosts)
    mediators = [(p, i) for i in seen.items for p in parties_of(i.mediators)]
    venues = [i.venue.name for i in seen.items if i.venue]
    direct = next((i.table.direct for i in seen.items if i.table and i.table.direct is not None), None)
    names = (
        " and ".join(rec.name(p) for p in seen.parties)
        if len(seen.parties) < 3
        else ", ".join(map(rec.name, seen.parties))
    )
    return Table(
        id=seen.id,
        name=f"talks of {names}",
        consent=seen.parties,
        host=next((h for h in hosts if h not in seen.parties), None) or next(iter(hosts), None),
        venue=venues[0] if venues else None,
        mediator=Mediator(party=mediators[0][0], basis=rec.basis([mediators[0][1]], "stated-mediator"))
        if mediators
        else None,
        direct=direct,
        agenda=agenda,
        links=links,
        basis=rec.basis(seen.items, "talks-reported"),
        evidence=rec.cite(seen.items),
    )


def _agenda(rec: Record, seen: Talks, stances: tuple[Said, ...]) -> tuple[AgendaItem, ...]:
    """An issue that a consenting party refuses is `refused`; one that a consenting party brings or takes up is `in`."""
    agenda = []
    for issue in dict.fromkeys(s.issue for s in stances):
        inside = [s for s in stances if s.issue == issue and s.party in seen.parties]
        refusers = [s for s in inside if s.rule.name == "refusal"]
        deciding, mode = (refusers, "refused") if refusers else (inside, "in")
        if deciding:
            items = [i for s in deciding for i in s.items]
            by = tuple(dict.fromkeys(s.party for s in refusers))
            row = {"issue": issue, "mode": mode, "by": by, "basis": rec.basis(items, f"agenda-{mode}")}
            agenda.append(AgendaItem.model_validate({**row, "evidence": rec.cite(items)}))
    return tuple(agenda)


def meetings(rec: Record, drafted: tuple[Table, ...]) -> tuple[Meeting, ...]:
    """Return the meetings reported as held, planned or called off; an undated text leaves their day open."""
    found: dict[tuple[frozenset[str], str], Meeting] = {}
    for item in rec.items:
        members = _members(item)
        if item.act not in ("CONSULT", "AGREE") or len(members) < 2 or item.kind == "position":
            continue
        status = "cancelled" if item.negated else "planned" if item.modality in ("future", "desired") else "held"
        key = (frozenset(members), status)
        if key in found:
            continue
        table = next((t.id for t in drafted if set(t.consent) == set(members)), None)
        row = {
            "id": f"meeting-{len(found) + 1}",
            "parties": members,
            "table": table,
            "venue": item.venue.name if item.venue else None,
            "status": status,
            "when": item.when.span.quote if item.when else None,
            "date": item.when.first if item.when and item.when.first == item.when.last else None,
            "basis": rec.basis([item], "meeting-reported"),
            "evidence": rec.cite([item]),
        }
        found[key] = Meeting.model_validate(row)
    return tuple(found.values())
