"""Everything read out of one document: items, parties, issues, and who mediates, hosts and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from detente.read.documents import Document
from detente.read.extract.build import Naming, build_item, span
from detente.read.extract.dispatch import drafts
from detente.read.extract.document import completed, tables_of
from detente.read.extract.lists import listed
from detente.read.extract.mediators import at_odds, mediators_named, met_both
from detente.read.extract.merge import merged
from detente.read.extract.people import Found
from detente.read.extract.scene import Draft, Scene
from detente.read.extract.talks import venue_near
from detente.read.extract.words import Group, Line, Name
from detente.read.items import DocumentFacts, IssueFact, NameFact, PlaceFact, Reading, SentenceFacts


def assemble(document: Document, scenes: Sequence[Scene], naming: Naming) -> Reading:
    """Which reading do these sentences give?"""
    found = [draft for scene in scenes for draft in drafts(scene)]
    lines = [scene.line for scene in scenes]
    full = completed(found, tables_of(scenes, found), lines)
    full = (*full, *listed(scenes, full))
    places = tuple(_places(scenes, full, document.text, naming))
    hosts = {p.party for p in places if p.party}
    return Reading(
        document=_facts(document),
        sentences=tuple(SentenceFacts(id=x.id, start=x.start, end=x.end, block=x.block) for x in lines),
        parties=tuple(_parties(lines, document.text, naming, hosts)),
        issues=tuple(_issues(lines, full, document.text, naming)),
        places=places,
        items=merged([build_item(draft, document, naming) for draft in full]),
    )


def _facts(document: Document) -> DocumentFacts:
    return DocumentFacts(
        id=document.id,
        name=document.name,
        text=document.text,
        sha256=document.sha256,
        title=document.title,
        publisher=document.publisher,
        published=document.published,
        reported=document.reported,
        url=document.url,
        kind=document.kind,
    )


def _parties(lines: Iterable[Line], text: str, naming: Naming, hosts: set[str]) -> Iterator[NameFact]:
    """Parties named as such; a party named only as a place counts where it is a host or venue."""
    first: dict[str, NameFact] = {}
    count: dict[str, int] = {}
    for line in lines:
        for name in line.names:
            if name.is_place and not (name.party in hosts and _by_name(line, name, naming)):
                continue
            if name.how in ("pronoun", "role", "list", "coref"):
                continue
            count[name.party] = count.get(name.party, 0) + 1
            first.setdefault(
                name.party,
                NameFact(
                    party=name.party,
                    name=naming.parties.get(name.party, name.party),
                    span=span(line, name.first, name.last, text),
                    kind=naming.kinds.get(name.party, "state"),
                ),
            )
    yield from (fact.model_copy(update={"count": count[party]}) for party, fact in first.items())


def _by_name(line: Line, name: Name, naming: Naming) -> bool:
    """Is the country itself named, and not a town in it?"""
    shown = naming.parties.get(name.party, "").lower()
    return bool(shown) and shown in line.lows(name.first, name.last)


def _issues(lines: Iterable[Line], found: Iterable[Draft], text: str, naming: Naming) -> Iterator[IssueFact]:
    """Issues named; conduct and process count only where somebody takes a stance on them."""
    taken = {s.hit.issue: (d.line, s.hit) for d in found for s in d.issues if s.move is not None}
    first: dict[str, IssueFact] = {}
    count: dict[str, int] = {}
    named = [(line, hit) for line in lines for hit in line.hits if hit.counts or hit.issue in taken]
    for line, hit in (*named, *taken.values()):
        count[hit.issue] = count.get(hit.issue, 0) + 1
        first.setdefault(
            hit.issue,
            IssueFact(
                issue=hit.issue,
                name=naming.issues.get(hit.issue, hit.issue.replace("-", " ")),
                span=span(line, hit.first, hit.last, text),
                proposed=hit.proposed,
            ),
        )
    yield from (fact.model_copy(update={"count": count[issue]}) for issue, fact in first.items())


def _places(scenes: Iterable[Scene], found: Iterable[Draft], text: str, naming: Naming) -> Iterator[PlaceFact]:
    seen: set[tuple[str, str]] = set()
    for fact in _all_places(scenes, found, text, naming):
        if (fact.role, fact.name) not in seen:
            seen.add((fact.role, fact.name))
            yield fact


def _all_places(scenes: Iterable[Scene], found: Iterable[Draft], text: str, naming: Naming) -> Iterator[PlaceFact]:
    scenes, found = tuple(scenes), tuple(found)
    opposed = bool(scenes) and at_odds(found, scenes[0].memory.sides)
    for scene in scenes:
        for role, one in (*mediators_named(scene), *(met_both(scene) if opposed else ())):
            yield from _part(scene.line, role, (one,), text, naming)
        yield from _meeting_places(scene, text)
    for draft in found:
        yield from _part(draft.line, "mediator", draft.mediators, text, naming)
        yield from _part(draft.line, "host", draft.hosts, text, naming)
        if draft.venue is not None:
            yield from _venue(draft, draft.venue, text, naming)


def _part(line: Line, role: str, people: Iterable[Found], text: str, naming: Naming) -> Iterator[PlaceFact]:
    for one in people:
        if one.party is not None:
            words = span(line, one.group.first, one.group.last, text)
            name = naming.parties.get(one.party, one.party)
            yield PlaceFact(role="mediator" if role == "mediator" else "host", name=name, span=words, party=one.party)


def _meeting_places(scene: Scene, text: str) -> Iterator[PlaceFact]:
    """Where any talks of the sentence are said to be, or a deal was signed: "in X", or "the X talks"."""
    line = scene.line
    for trigger in scene.triggers:
        signed = trigger.entry.lemma == "sign" and trigger.verb is not None and not trigger.verb.negated
        if trigger.frame.does not in ("talks", "meet", "due") and not signed:
            continue
        if scene.conditional(trigger.first):
            continue
        group = line.group_at(trigger.first) if trigger.part == "noun" else None
        named = [n for n in line.names_in(group.first, group.last) if n.is_place and n.tie is None] if group else []
        near = venue_near(line, trigger)
        first, last = (named[0].first, named[0].last) if named else (near.first, near.last) if near else (0, -1)
        if last >= first:
            words = span(line, first, last, text)
            yield PlaceFact(role="venue", name=words.quote.removeprefix("the "), span=words)


def _venue(draft: Draft, group: Group, text: str, naming: Naming) -> Iterator[PlaceFact]:
    """The place; and where it is a country or its capital and no side of the talks, the country as host.

    A town that is no capital says nothing of a host: talks in Geneva need not be Switzerland's.
    """
    line = draft.line
    words = span(line, group.first, group.last, text)
    names = line.names_in(group.first, group.last)
    sides = {*draft.table, *(f.party for f in (*draft.actors, *draft.recipients))}
    party = names[0].party if names else None
    yield PlaceFact(role="venue", name=words.quote.removeprefix("the "), span=words, party=party)
    seat = bool(names) and (names[0].how == "capital" or _by_name(line, names[0], naming))
    if party is not None and seat and party not in sides:
        yield PlaceFact(role="host", name=naming.parties.get(party, party), span=words, party=party)
