"""Between whom are there talks, where, through whom, and what is on the agenda?"""

from dataclasses import dataclass, field, replace

from detente.read.items import Item
from detente.read.propose.claims import Claim, Said
from detente.read.propose.collect import Fact, Record, parties_of, people, slug
from detente.situation.nouns import AgendaItem, Link, Mediator, Table
from detente.situation.values import Basis

_FORCE = ("ASSAULT",)
_MUTUAL = ("ACCUSE", "THREATEN", "COERCE", "SANCTION")
_BETWEEN = (*_FORCE, *_MUTUAL, "MOBILIZE", "REQUEST", "REJECT")
_TOLD = 1.0
_AT_ODDS = 2.0  # a refusal or a blow: deals are sought between those who stand against each other
_IMPLIED = 0.5  # an addressee that the words do not name


@dataclass(frozen=True, slots=True)
class Talks:
    """Everything said about the talks between one set of parties: who must agree, who goes between them."""

    parties: tuple[str, ...]
    items: tuple[Item, ...] = ()
    third: tuple[str, ...] = ()
    mediators: tuple[tuple[str, Item], ...] = field(default=())
    assumed: bool = False

    @property
    def id(self) -> str:
        """The readable id of the table."""
        return slug("-".join(self.parties))


def talks(rec: Record, claims: tuple[Claim, ...]) -> tuple[Talks, ...]:
    """Return the talks that are reported, first those with most between their parties; else a pair to be put at one."""
    found: dict[tuple[str, ...], Talks] = {}
    for item in rec.items:
        seated = attending(item)
        if len(seated) < 2:
            continue
        here = consenting(rec, seated, item)
        parties = tuple(sorted(here))
        old = found.get(parties, Talks(parties))
        third = tuple(dict.fromkeys((*old.third, *(p for p in seated if p not in here and not _mediates(item, p)))))
        mediators = (*old.mediators, *((p, item) for p in parties_of(item.mediators)))
        found[parties] = replace(old, items=(*old.items, item), third=third, mediators=mediators)
    ranked = sorted(found.values(), key=lambda t: -_weight(rec, t.parties))
    return tuple(ranked) or _assumed(rec, claims)


def attending(item: Item) -> tuple[str, ...]:
    """Return who takes part in the talks or meeting that an item tells of, those between the sides included."""
    if item.background:
        return ()
    told = item.act == "CONSULT" or (item.act == "AGREE" and item.kind != "position")
    if item.table is not None and len(item.table.parties) >= 2 and (told or item.table.span is not None):
        return tuple(dict.fromkeys(slug(p) for p in item.table.parties))
    return parties_of((*item.actors, *item.recipients)) if item.act == "CONSULT" else ()


def consenting(rec: Record, seated: tuple[str, ...], item: Item) -> tuple[str, ...]:
    """Return those of the seated whose consent a deal needs: neither mediators nor hosts, nor a third between two."""
    rest = tuple(p for p in seated if not _mediates(item, p) and p not in parties_of(item.hosts))
    rest = rest if len(rest) > 1 else seated
    stated = {f.id for f in rec.named("mediator")}
    if len(rest) > 2 and len(set(rest) - stated) > 1:
        rest = tuple(p for p in rest if p not in stated)
    enemies = {p for pair in _at_odds(rec) if pair <= set(rest) for p in pair}
    return tuple(p for p in rest if p in enemies) if len(rest) > 2 and len(enemies) > 1 else rest


def _mediates(item: Item, party: str) -> bool:
    return party in parties_of(item.mediators)


def _at_odds(rec: Record) -> set[frozenset[str]]:
    """Pairs of which one uses force against the other, or each accuses, threatens or presses the other."""
    force: set[tuple[str, str]] = set()
    words: set[tuple[str, str]] = set()
    for item in rec.items:
        for by in parties_of(item.actors):
            for to in parties_of(item.recipients):
                if by != to and not item.negated:
                    (force if item.act in _FORCE else words if item.act in _MUTUAL else set()).add((by, to))
    return {frozenset(p) for p in force} | {frozenset(p) for p in words if p[::-1] in words}


def _weight(rec: Record, parties: tuple[str, ...]) -> float:
    """How much passes between these parties; a demand about a named table counts there, whoever it is put to."""
    return sum(_counted(item, frozenset(parties)) for item in rec.items if not item.background)


def _counted(item: Item, parties: frozenset[str]) -> float:
    about = frozenset(slug(p) for p in item.table.parties) if item.table and item.table.span else None
    if about is not None:
        return _TOLD if about >= parties else 0.0
    by, to = set(parties_of(item.actors)), set(parties_of(item.recipients))
    if item.act not in _BETWEEN:
        return _TOLD if by | to == parties else 0.0
    if not (by & parties and (to - by) & parties):
        return 0.0
    if item.act != "REQUEST":
        return _AT_ODDS
    return _TOLD if any(r.how != "table" for r in item.recipients) else _IMPLIED


def _assumed(rec: Record, claims: tuple[Claim, ...]) -> tuple[Talks, ...]:
    """Where no talks are reported: the two of whom one asks the other for something, with most between them."""
    pairs = dict.fromkeys(tuple(sorted((c.party, to))) for c in claims for to in c.to)
    best = max(pairs, key=lambda p: _weight(rec, p), default=None)
    if best is None:
        return ()
    return (Talks(best, tuple(c.item for c in claims if {c.party, *c.to} >= set(best)), assumed=True),)


def tables(
    rec: Record, found: tuple[Talks, ...], claims: tuple[Claim, ...], stances: tuple[Said, ...]
) -> tuple[Table, ...]:
    """Draft a table for the first talks; a meeting of somebody at it with one other party is a consultation."""
    if not found:
        return ()
    first, *rest = found
    drafted = [_table(rec, first, _agenda(rec, first, claims, stances), (), first=True)]
    for other in rest:
        if len(set(other.parties) & set(first.parties)) != 1:
            continue
        basis = rec.basis(other.items, "shared-party")
        apart = bool(other.mediators) or any(pair <= set(other.parties) for pair in _at_odds(rec))
        links = () if apart else (Link(table=first.id, kind="consultation", basis=basis),)
        drafted.append(_table(rec, other, (), links, first=False))
    return tuple(drafted)


def _table(rec: Record, seen: Talks, agenda: tuple[AgendaItem, ...], links: tuple[Link, ...], *, first: bool) -> Table:
    direct = [i.table.direct for i in seen.items if i.table and i.table.direct is not None]
    host = _fact(rec, seen, "host", anywhere=first)
    said_hosts = [h for i in seen.items for h in parties_of(i.hosts) if h not in seen.parties]
    basis = rec.basis(seen.items, "talks-reported")
    if seen.assumed:
        basis = Basis(kind="assumed", evidence=rec.cite(seen.items), rule="talks-assumed")
    return Table(
        id=seen.id,
        name=f"{'possible talks' if seen.assumed else 'talks'} of {_listed([rec.spoken(p) for p in seen.parties])}",
        consent=seen.parties,
        host=next(iter(said_hosts), None) or (host.id if host else None),
        venue=next((i.venue.name for i in seen.items if i.venue), None),
        mediator=_mediator(rec, seen, first=first),
        direct=direct[0] if direct else None,
        agenda=agenda,
        links=links,
        basis=basis,
        evidence=basis.evidence,
    )


def _listed(names: list[str]) -> str:
    return " and ".join(", ".join(names).rsplit(", ", 1))


def _mediator(rec: Record, seen: Talks, *, first: bool) -> Mediator | None:
    stated = [(p, i) for p, i in seen.mediators if p not in seen.parties]
    if stated:
        items = [i for p, i in stated if p == stated[0][0]]
        return Mediator(party=stated[0][0], basis=rec.basis(items, "stated-mediator"), evidence=rec.cite(items))
    fact = _fact(rec, seen, "mediator", anywhere=first)
    if fact is not None:
        basis = rec.fact_basis([fact], "stated-mediator")
        return Mediator(party=fact.id, basis=basis, evidence=basis.evidence)
    if seen.third:
        met = [i for i in seen.items if seen.third[0] in attending(i)]
        basis = Basis(kind="assumed", evidence=rec.cite(met), rule="third-at-the-table")
        return Mediator(party=seen.third[0], stated=False, basis=basis, evidence=basis.evidence)
    return None


def _fact(rec: Record, seen: Talks, role: str, *, anywhere: bool) -> Fact | None:
    """Who is named in a role where these talks are told of; for the first table, also where no talks are."""
    told = [i for i in rec.items if len(attending(i)) > 1]
    fitting = [(f, _nearest(f, told)) for f in rec.named(role) if f.id not in seen.parties]
    near = [f for f, items in fitting if any(i in seen.items for i in items)]
    far = [f for f, items in fitting if not items]
    return next(iter(near), None) or (next(iter(far), None) if anywhere else None)


def _nearest(fact: Fact, told: list[Item]) -> list[Item]:
    """Which talks a host or mediator belongs to: those whose venue or words hold it, else those of its sentence."""
    sha256, start, end = fact.place
    here = [i for i in told if i.doc_sha256 == sha256]
    venue = [i for i in here if i.venue and i.venue.span.start < end and start < i.venue.span.end]
    words = [i for i in here if i.clause().start <= start and end <= i.clause().end]
    return venue or words or [i for i in here if fact.sentence in i.sentences]


def _agenda(rec: Record, seen: Talks, claims: tuple[Claim, ...], stances: tuple[Said, ...]) -> tuple[AgendaItem, ...]:
    """What those at a table refuse, make a condition of, bring or take up."""
    inside = [s for s in stances if s.party in seen.parties]
    issues = dict.fromkeys(s.issue for s in inside)
    procedural = {c.issue for c in claims if rec.issue(c.stance.issue) in rec.procedural}
    return tuple(_item(rec, i, [s for s in inside if s.issue == i], procedural=i in procedural) for i in issues)


def _item(rec: Record, issue: str, inside: list[Said], *, procedural: bool) -> AgendaItem:
    refusing = [s for s in inside if s.rule.name == "refusal"]
    setting = [s for s in inside if s.rule.name == "condition"]
    mode, deciding = "in", inside
    if procedural:
        mode = "declaratory"
    elif refusing:
        mode, deciding = "refused", refusing
    elif setting:
        mode, deciding = "precondition", setting
    rule = "agenda-procedural" if procedural else f"agenda-{mode}"
    items = [i for s in deciding for i in s.items]
    by = () if mode in ("in", "declaratory") else tuple(dict.fromkeys(s.party for s in deciding))
    row = {"issue": issue, "mode": mode, "by": by, "basis": rec.basis(items, rule), "evidence": rec.cite(items)}
    return AgendaItem.model_validate(row)


def unargued(rec: Record, claims: tuple[Claim, ...]) -> tuple[Fact, ...]:
    """Return the issues that the text names, where nobody is read as taking a stance on any."""
    if claims:
        return ()
    found = {f.id: f for f in reversed(rec.named("issue")) if f.id not in rec.procedural and f.kind != "proposed"}
    return tuple(sorted(found.values(), key=lambda f: rec.named("issue").index(f)))


def people_of(rec: Record) -> dict[str, list[Item]]:
    """Return every party that is named, each with the items it stands in."""
    found: dict[str, list[Item]] = {f.id: [] for f in rec.named("party")}
    for item in rec.items:
        condition = [slug(item.condition.party)] if item.condition and item.condition.party else []
        seated = [slug(p) for p in item.table.parties] if item.table else []
        for party in dict.fromkeys((*parties_of(people(item)), *condition)):
            found.setdefault(party, []).append(item)
        for party in seated:  # whoever sits at talks that an item names is a party, even where nobody else names it
            if party not in found:
                found[party] = [item]
    return found
