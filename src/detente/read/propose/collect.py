"""Which statements count, and by which evidence id is each cited?"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from detente.read.items import Actor, Item, Reading, Span
from detente.read.parties import Lexicon
from detente.read.reviewed import counting
from detente.situation.check.names import PATH_WORDS
from detente.situation.nouns import Document, Evidence
from detente.situation.values import Basis
from detente.situation.values import slug as readable

Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Fact:
    """Somebody or something that is named at a place, outside every item: a party, a host, a mediator, an issue."""

    role: str
    id: str
    name: str
    kind: str
    place: Place
    sentence: str


@dataclass(frozen=True, slots=True)
class Record:
    """Every item that counts, in the order of the text, every name, and the id each quote is cited by."""

    readings: tuple[Reading, ...]
    items: tuple[Item, ...]
    facts: tuple[Fact, ...]
    cited: dict[Place, str]
    evidence: tuple[Evidence, ...]
    names: dict[str, str]
    kinds: dict[str, str]
    patrons: dict[str, str]
    parties: frozenset[str]
    procedural: frozenset[str]
    conduct: frozenset[str]
    signed: Mapping[str, Basis]

    def basis(self, items: Iterable[Item], rule: str) -> Basis:
        """Return the basis of a value that some items stand behind; one that rests on edited ones alone is entered."""
        items = tuple(items)
        entries = [self.signed[i.id] for i in items if i.id in self.signed]
        if entries and len(entries) == len(items):
            return entries[-1].model_copy(update={"evidence": self.cite(items), "rule": rule})
        return Basis(kind="read", evidence=self.cite(items), rule=rule)

    def fact_basis(self, facts: Iterable[Fact], rule: str) -> Basis:
        """Return the basis of a value that mentions stand behind."""
        return Basis(kind="read", evidence=tuple(dict.fromkeys(self.cited[f.place] for f in facts)), rule=rule)

    def cite(self, items: Iterable[Item]) -> tuple[str, ...]:
        """Return the evidence ids of some items, each once, in the order of the text."""
        found = {self.cited[_place(i.doc_sha256, i.clause())] for i in items}
        return tuple(e.id for e in self.evidence if e.id in found)

    def named(self, role: str) -> tuple[Fact, ...]:
        """Return who or what is named in a role: party, host, mediator or issue."""
        return tuple(f for f in self.facts if f.role == role)

    def issue(self, words: str) -> str:
        """Return the id of an issue, which no party has."""
        return _apart(slug(words), self.parties)

    def name(self, party: str) -> str:
        """Return the name of a party as the readings have it."""
        return self.names.get(party, party.replace("-", " ").title())

    def spoken(self, party: str) -> str:
        """Return the name of a party as it stands in a phrase."""
        found = self.name(party)
        return f"the {found}" if found.startswith("United ") else found


def slug(text: str) -> str:
    """Return an id that no path word is; a name in another script gets one that is only unique.

    >>> slug("Côte d'Ivoire_2"), slug("agenda")
    ('cote-divoire-2', 'agenda-named')
    """
    plain = readable(text)
    if plain in PATH_WORDS:
        return f"{plain}-named"
    return plain or f"x{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def record(readings: tuple[Reading, ...], lexicon: Lexicon, *, signed: Mapping[str, Basis]) -> Record:
    """Gather the items that count: verified or confirmed, each document and each event once."""
    kept = tuple({r.document.sha256: r for r in reversed(readings)}.values())[::-1]
    items = tuple(i for r in kept for i in counting(r))
    facts = tuple(f for r in kept for f in _facts(r))
    parties = {f.id for f in facts if f.role != "issue"} | {slug(a.party) for i in items for a in people(i) if a.party}
    facts = tuple(replace(f, id=_apart(f.id, parties)) if f.role == "issue" else f for f in facts)
    evidence = _evidence(kept, items, facts)
    names = {f.id: f.name for f in reversed(facts) if f.role != "issue"}
    names |= {slug(a.party): a.name for i in items for a in people(i) if a.party and a.name} | names
    return Record(
        readings=kept,
        items=items,
        facts=facts,
        cited={place: e.id for place, e in evidence.items()},
        evidence=tuple(evidence.values()),
        names=names,
        kinds={slug(p.id): p.kind for p in lexicon.parties}
        | {f.id: f.kind for f in reversed(facts) if f.role == "party"},
        patrons={slug(p.id): slug(p.patron) for p in lexicon.parties if p.patron and p.kind == "armed_group"},
        parties=frozenset(parties),
        procedural=frozenset(slug(i.id) for i in lexicon.issues if i.kind == "process"),
        conduct=frozenset(slug(i.id) for i in lexicon.issues if i.kind == "conduct"),
        signed=signed,
    )


def _facts(reading: Reading) -> list[Fact]:
    def fact(role: str, id: str, name: str, kind: str, span: Span) -> Fact:
        sentence = next((s.id for s in reading.sentences if s.start <= span.start < s.end), "")
        return Fact(role, id, name, kind, _place(reading.document.sha256, span), sentence)

    found = [fact("party", slug(f.party), f.name, f.kind, f.span) for f in reading.parties]
    found += [fact(f.role, slug(f.party), f.name, "state", f.span) for f in reading.places if f.party]
    found += [fact("issue", slug(f.issue), f.name, "proposed" if f.proposed else "", f.span) for f in reading.issues]
    return sorted(found, key=lambda f: (f.place, f.role, f.id))


def _apart(issue: str, parties: Iterable[str]) -> str:
    return slug(f"{issue[:70]}-issue") if issue in parties else issue


def _place(sha256: str, span: Span) -> Place:
    return (sha256, span.start, span.end)


def _evidence(readings: tuple[Reading, ...], items: tuple[Item, ...], facts: tuple[Fact, ...]) -> dict[Place, Evidence]:
    """Give every quote one id, in the order of the text."""
    order = {r.document.sha256: n for n, r in enumerate(readings)}
    texts, ids = {r.document.sha256: r.document for r in readings}, document_ids(readings)
    first: dict[Place, Item] = {}
    for item in items:
        first.setdefault(_place(item.doc_sha256, item.clause()), item)
    sentences = {f.place: f.sentence for f in facts} | {p: i.clause().sentence for p, i in first.items()}
    numbered = enumerate(sorted(sentences, key=lambda p: (order[p[0]], p[1:])), 1)
    return {
        place: Evidence(
            id=f"e{number}",
            document=ids[place[0]],
            sentence=sentences[place],
            start=place[1],
            end=place[2],
            quote=texts[place[0]].text[place[1] : place[2]],
            item=first[place].id or None if place in first else None,
            speaker=speaker(first[place]) if place in first else None,
            grade="F6" if place in first and any(a.anonymous for a in first[place].attribution) else "F3",
        )
        for number, place in numbered
    }


def document_ids(readings: tuple[Reading, ...]) -> dict[str, str]:
    """Return an id for each document, by its hash; two different texts never share one."""
    taken: dict[str, str] = {}
    for reading in readings:
        own = slug(reading.document.id)
        free = own if own not in taken.values() else slug(f"{own[:60]}-{reading.document.sha256[:8]}")
        taken[reading.document.sha256] = free
    return taken


def documents(rec: Record) -> tuple[Document, ...]:
    """Return what is known of each document, nothing more."""
    ids = document_ids(rec.readings)
    return tuple(
        Document(
            id=ids[r.document.sha256],
            title=r.document.title,
            publisher=r.document.publisher,
            url=r.document.url,
            published=r.document.published,
            reported=r.document.reported,
            sha256=r.document.sha256,
        )
        for r in rec.readings
    )


def people(item: Item) -> tuple[Actor, ...]:
    """Return everybody an item names."""
    return (*item.actors, *item.recipients, *item.mediators, *item.hosts)


def speaker(item: Item) -> str | None:
    """Return who told the reporter, in words: the outermost source of the statement, or None for the author."""
    if not item.attribution:
        return None
    source = min(item.attribution, key=lambda a: a.level)
    if source.speaker is None:
        return source.office or source.source or source.cue
    who = source.speaker
    if who.how in ("name", "pronoun", "role") and who.name:
        return f"{who.name} ({who.office})" if who.office else who.name
    return " ".join(who.mention.quote.split())


def parties_of(actors: Iterable[Actor]) -> tuple[str, ...]:
    """Return the ids of the parties that some mentions stand for, each once."""
    return tuple(dict.fromkeys(slug(a.party) for a in actors if a.party))
