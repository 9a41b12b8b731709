"""How do the facts that were read go out as event records in the manner of PLOVER?

One record an event: who (`actor`) did what (`event_type`, `event_mode`) to whom (`recipient`), when, in which sentence.
Only what the text tells as a fact is an event: no claims, denials, plans, threats' contents, conditions or wishes, and
of several reports of one event in a document the first. The names of the categories are those of the ontology; what
falls under them is decided by this project's own rules.

Source: Halterman, Bagozzi, Beger, Schrodt and Scarborough (2023), "PLOVER and POLECAT: A New Political Event Ontology
and Dataset", for the categories and the fields of a record.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NotRequired, TypedDict

from detente.formats.read_items import called
from detente.read.items import Actor, Item, Reading

_NOT_EVENTS: Final = ("ASSESS", "WANT")
_UNSEEN: Final = ("unverified", "rejected")


class Participant(TypedDict):
    """Who takes part, in which words?"""

    name: str
    party: str | None
    country: str | None
    sector: str | None
    text: str
    start: int
    end: int


class Sentence(TypedDict):
    """Which sentence tells the event, and where does it stand?"""

    text: str
    start: int
    end: int


class Origin(TypedDict):
    """Which document tells the event?"""

    id: str
    file: str
    sha256: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None


class Event(TypedDict):
    """One record. `date` is the day of the event where the text says it, else the day of the document."""

    id: str
    event_type: str
    event_mode: str | None
    date: str | None
    date_end: NotRequired[str]
    date_basis: str
    actor: list[Participant]
    recipient: list[Participant]
    issues: list[str]
    location: str | None
    sentence: Sentence
    quote: str
    start: int
    end: int
    document: Origin


def plover(readings: Iterable[Reading]) -> Iterator[bytes]:
    r"""Write a JSON list of events, one a line.

    >>> b"".join(plover(())).decode()
    '[\n]\n'
    """
    yield b"["
    first = True
    for reading in readings:
        for event in events(reading):
            yield (b"" if first else b",") + b"\n" + json.dumps(event, ensure_ascii=False).encode("utf-8")
            first = False
    yield b"\n]\n"


def events(reading: Reading) -> Iterator[Event]:
    """Return the events of one document, in the order of its text."""
    places = {s.id: s for s in reading.sentences}
    for item in reading.items:
        if not is_fact(item):
            continue
        clause = item.clause()
        held = places.get(clause.sentence)
        start, end = (held.start, held.end) if held is not None else (clause.start, clause.end)
        document = reading.document
        first, last, basis = _when(item, document.published)
        event = Event(
            id=item.id, event_type=item.act, event_mode=item.mode, date=first, date_basis=basis,
            actor=[_participant(a) for a in item.actors], recipient=[_participant(a) for a in item.recipients],
            issues=[i.issue for i in item.issues], location=item.where.name if item.where else None,
            sentence=Sentence(text=document.text[start:end], start=start, end=end),
            quote=clause.quote, start=clause.start, end=clause.end,
            document=Origin(
                id=document.id, file=document.name, sha256=document.sha256, title=document.title,
                publisher=document.publisher, published=_day(document.published), url=document.url,
            ),
        )  # fmt: skip
        if last is not None:
            event["date_end"] = last
        yield event


def is_fact(item: Item) -> bool:
    """Tell whether an item is an event that the text tells as a fact, and for the first time."""
    told = item.factuality == "fact" and not item.negated and item.duplicates_of is None
    return told and item.act not in _NOT_EVENTS and item.status not in _UNSEEN and bool(item.actors or item.recipients)


def _when(item: Item, published: date | None) -> tuple[str | None, str | None, str]:
    """Return the first day, the last where it is another, and how they are known."""
    if item.when is not None and item.when.first is not None:
        last = item.when.last if item.when.last != item.when.first else None
        return _day(item.when.first), _day(last), item.when.basis
    return _day(published), None, "published" if published is not None else "unknown"


def _participant(actor: Actor) -> Participant:
    span = actor.mention
    return Participant(
        name=called(actor), party=actor.party, country=actor.country, sector=actor.sector,
        text=span.quote, start=span.start, end=span.end,
    )  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
