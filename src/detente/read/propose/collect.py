"""Which statements bear on which part of a draft, and by which evidence id are they cited?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from detente.read.items import Actor, IssueStance, Item, Reading
from detente.read.propose.rules import PRECEDENCE, SCOPE, StanceRule, rule_for
from detente.situation.nouns import Document, Evidence
from detente.situation.values import Basis


@dataclass(frozen=True, slots=True)
class Record:
    """Every item of every reading in the order of the text, with the id its quote is cited by."""

    readings: tuple[Reading, ...]
    items: tuple[Item, ...]
    cited: dict[str, str]
    evidence: tuple[Evidence, ...]
    names: dict[str, str]
    kinds: dict[str, str]

    def basis(self, items: Iterable[Item], rule: str) -> Basis:
        """Return the basis of a value that some items stand behind."""
        return Basis(kind="read", evidence=self.cite(items), rule=rule)

    def cite(self, items: Iterable[Item]) -> tuple[str, ...]:
        """Return the evidence ids of some items, each once, in the order of the text."""
        found = {self.cited[i.id] for i in items}
        return tuple(e.id for e in self.evidence if e.id in found)

    def name(self, party: str) -> str:
        """Return the name of a party as the readings have it."""
        return self.names.get(party, party.replace("-", " ").title())


@dataclass(frozen=True, slots=True)
class Said:
    """One party's stance on one issue: the rule that decides, and every item that says so."""

    party: str
    issue: str
    rule: StanceRule
    items: tuple[Item, ...]


def slug(text: str) -> str:
    """Return a readable id.

    >>> slug("Côte d'Ivoire_2")
    'cote-d-ivoire-2'
    """
    import_safe = text.translate(_PLAIN).lower()
    return re.sub(r"[^a-z0-9]+", "-", import_safe).strip("-")[:80] or "x"


_PLAIN = str.maketrans(
    "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝ", "aaaaaaceeeeiiiinoooooouuuuyyAAAAAACEEEEIIIINOOOOOOUUUUY"
)


def record(readings: tuple[Reading, ...]) -> Record:
    """Gather the items that count: verified or confirmed, each event once."""
    items = tuple(
        item
        for reading in readings
        for item in sorted(reading.items, key=lambda i: i.clause().start)
        if item.status not in ("rejected", "unverified") and item.duplicates_of is None
    )
    evidence: dict[tuple[str, int, int], Evidence] = {}
    cited: dict[str, str] = {}
    for item in items:
        clause = item.clause()
        key = (item.doc_id, clause.start, clause.end)
        if key not in evidence:
            evidence[key] = Evidence(
                id=f"e{len(evidence) + 1}",
                document=slug(item.doc_id),
                sentence=clause.sentence,
                start=clause.start,
                end=clause.end,
                quote=clause.quote,
                item=item.id,
                speaker=speaker(item),
                grade="F6" if any(a.anonymous for a in item.attribution) else "F3",
            )
        cited[item.id] = evidence[key].id
    names = {slug(f.party): f.name for reading in readings for f in reading.parties}
    names |= {
        slug(a.party): a.name for i in items for a in people(i) if a.party and a.name and slug(a.party) not in names
    }
    kinds = {slug(f.party): f.kind for reading in readings for f in reading.parties}
    return Record(readings, items, cited, tuple(evidence.values()), names, kinds)


def documents(readings: tuple[Reading, ...]) -> tuple[Document, ...]:
    """Return what is known of each document, nothing more."""
    return tuple(
        Document(
            id=slug(r.document.id),
            title=r.document.title,
            publisher=r.document.publisher,
            url=r.document.url,
            published=r.document.published,
            reported=r.document.reported,
            sha256=r.document.sha256,
        )
        for r in readings
    )


def people(item: Item) -> tuple[Actor, ...]:
    """Return everybody an item names."""
    return (*item.actors, *item.recipients, *item.mediators, *item.hosts)


def speaker(item: Item) -> str | None:
    """Return who says so: the office or person nearest to the statement, or None for the author."""
    if not item.attribution:
        return None
    nearest = item.attribution[-1]
    if nearest.office or nearest.source:
        return nearest.office or nearest.source
    return nearest.speaker.mention.quote if nearest.speaker else nearest.cue


def parties_of(actors: Iterable[Actor]) -> tuple[str, ...]:
    """Return the ids of the parties that some mentions stand for, each once."""
    return tuple(dict.fromkeys(slug(a.party) for a in actors if a.party))


def said(rec: Record) -> tuple[Said, ...]:
    """Return what each party says on each issue; of several statements the one that binds it most decides."""
    found: dict[tuple[str, str], list[tuple[StanceRule, Item]]] = {}
    for item in rec.items:
        if item.factuality in ("denied", "possible") or item.background:
            continue
        for stance in item.issues:
            rule = rule_for(stance.move, stance.stance, stance.strength)
            if rule is not None and slug(stance.issue) not in SCOPE:
                for party in parties_of(item.actors):
                    found.setdefault((party, slug(stance.issue)), []).append((rule, item))
    return tuple(_deciding(party, issue, rows) for (party, issue), rows in found.items())


def _deciding(party: str, issue: str, rows: list[tuple[StanceRule, Item]]) -> Said:
    rule = min((r for r, _ in rows), key=lambda r: PRECEDENCE.index(r.name))
    return Said(party, issue, rule, tuple(i for r, i in rows if r.name == rule.name))


def wideners(rec: Record) -> dict[str, tuple[Item, ...]]:
    """Return who asks for a wider agenda without naming an issue, and where."""
    found: dict[str, tuple[Item, ...]] = {}
    for item in rec.items:
        if any(slug(s.issue) in SCOPE and asks(item, s) for s in item.issues):
            for party in parties_of(item.actors):
                found[party] = (*found.get(party, ()), item)
    return found


def asks(item: Item, stance: IssueStance) -> bool:
    """Whether a stance asks something of somebody, rather than refusing or granting it."""
    return stance.move in ("demand", "condition") and stance.stance != "only-this" and item.factuality != "denied"
