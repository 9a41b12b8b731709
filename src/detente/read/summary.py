"""What does a document say, in short? The summary that `detente read FILE --json` prints.

Every row has a `quote` with `start` and `end`: the document's own words, `text[start:end] == quote`, within a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NotRequired, TypedDict

from detente.read.items import Actor, Item, Reading, Span

MUTUAL = {"CONSULT", "AGREE", "COOPERATE"}
_MATERIAL = {"ASSAULT", "MOBILIZE", "COERCE", "SANCTION"}
_SHOWN = {"fact", "claimed", "planned"}


class Cited(TypedDict):
    """Which words say so, where do they stand, and did only a language model find it, so that nothing counts it yet?"""

    quote: str
    start: int
    end: int
    unconfirmed: NotRequired[bool]


class NameRow(Cited):
    """Which party, issue, mediator, host or venue?"""

    name: str


class StanceRow(Cited):
    """Who takes which stance on which issue, towards whom, about which talks?"""

    party: str
    issue: str
    stance: str
    to: str | None
    about: list[str] | None


class ThreatRow(Cited):
    """Who threatens whom, and on what condition?"""

    by: str
    against: str | None
    condition: str | None


class EventRow(Cited):
    """Who does what to whom?"""

    act: str
    source: str | None
    target: str | None


class Summary(TypedDict):
    """What does the document say, in short?"""

    parties: list[NameRow]
    issues: list[NameRow]
    mediators: list[NameRow]
    hosts: list[NameRow]
    venues: list[NameRow]
    stances: list[StanceRow]
    threats: list[ThreatRow]
    events: list[EventRow]


def summarise(reading: Reading) -> Summary:
    """What does this reading come to: names, stances, threats and events, each row once with its best quote?"""
    names = {fact.party: fact.name for fact in reading.parties}
    issues = {fact.issue: fact.name for fact in reading.issues}
    return Summary(
        parties=[_row(fact.name, fact.span) for fact in reading.parties],
        issues=[_row(fact.issue, fact.span) for fact in reading.issues],
        mediators=_places(reading, "mediator"),
        hosts=_places(reading, "host"),
        venues=_places(reading, "venue"),
        stances=list(_stances(reading.items, names, issues)),
        threats=list(_threats(reading.items, names)),
        events=list(_events(reading.items, names)),
    )


def _row(name: str, span: Span) -> NameRow:
    return NameRow(name=name, quote=span.quote, start=span.start, end=span.end)


def _places(reading: Reading, role: str) -> list[NameRow]:
    return [_row(fact.name, fact.span) for fact in reading.places if fact.role == role]


class _Mark(TypedDict):
    unconfirmed: NotRequired[bool]


def _mark(item: Item) -> _Mark:
    return {"unconfirmed": True} if item.status == "unverified" else {}


def _stances(items: Iterable[Item], names: dict[str, str], issues: dict[str, str]) -> Iterator[StanceRow]:
    seen: set[tuple[str, str, str, str | None]] = set()
    for item in items:
        for actor in item.actors:
            for said in item.issues:
                to = next((a.party for a in item.recipients if a.party), None)
                if actor.party is None or said.move is None:
                    continue
                key = (actor.party, said.issue, said.move, to)
                if key in seen or (to is None and any(k[:3] == key[:3] for k in seen)):
                    continue
                seen.add(key)
                quote = item.clause()
                about = [names.get(p, p) for p in item.table.parties] if item.table is not None else None
                yield StanceRow(
                    party=names.get(actor.party, actor.party), issue=said.issue, stance=said.move,
                    to=names.get(to, to) if to else None, about=about,
                    quote=quote.quote, start=quote.start, end=quote.end, **_mark(item),
                )  # fmt: skip


def _threats(items: Iterable[Item], names: dict[str, str]) -> Iterator[ThreatRow]:
    seen: set[tuple[str, str | None, str | None]] = set()
    told = [item for item in items if item.act == "THREATEN" and not item.negated]
    # The one with its condition first: without it, the same threat is not told a second time.
    for item in sorted(told, key=lambda i: i.condition is None):
        quote = item.clause()
        condition = item.condition.text if item.condition is not None else None
        for actor in item.actors:
            for target in item.recipients or (None,):
                against = target.party if target is not None else None
                key = (actor.party or "", against, condition)
                again = condition is None and any(k[:2] == key[:2] for k in seen)
                if actor.party is None or key in seen or again:
                    continue
                seen.add(key)
                yield ThreatRow(
                    by=names.get(actor.party, actor.party), against=names.get(against, against) if against else None,
                    condition=condition, quote=quote.quote, start=quote.start, end=quote.end, **_mark(item),
                )  # fmt: skip


def _events(items: Iterable[Item], names: dict[str, str]) -> Iterator[EventRow]:
    seen: set[tuple[str, ...]] = set()
    for item in items:
        if not is_event(item):
            continue
        quote = item.clause()
        for source, target in sides(item):
            ends = (source or "", target or "")
            key = (item.act, *(sorted(ends) if item.act in MUTUAL else ends))
            if key in seen:
                continue
            seen.add(key)
            yield EventRow(
                act=item.act, source=names.get(source, source) if source else None,
                target=names.get(target, target) if target else None,
                quote=quote.quote, start=quote.start, end=quote.end, **_mark(item),
            )  # fmt: skip


def is_event(item: Item) -> bool:
    """Is the item an event told as done, said or planned, with enough known of who was in it?"""
    if item.negated or item.act in ("ASSESS", "WANT") or (item.act, item.extractor.rule) == ("REQUEST", "predicate"):
        return False
    if item.act not in ("THREATEN", "AGREE", "REJECT") and item.factuality not in _SHOWN:
        return False
    if item.actors and not parties(item.actors):
        return False
    return (
        bool(parties(item.recipients))
        or item.act in _MATERIAL
        or (item.act in MUTUAL and len(parties(item.actors)) > 1)
    )


def sides(item: Item) -> Iterator[tuple[str | None, str | None]]:
    """Between whom is it: each source with each target, or each pair of those who meet or agree?"""
    actors, targets = parties(item.actors), parties(item.recipients)
    if item.act in MUTUAL and not targets and len(actors) > 1:
        yield from ((a, b) for k, a in enumerate(actors) for b in actors[k + 1 :])
        return
    for source in actors or (None,):
        for target in targets or (None,):
            if source != target:
                yield source, target


def parties(actors: Iterable[Actor]) -> tuple[str, ...]:
    """Which known parties are these, each once?"""
    return tuple(dict.fromkeys(a.party for a in actors if a.party))
