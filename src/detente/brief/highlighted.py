"""What does a page of sources say: every text with what was read in it highlighted, and what it was taken to say?"""

from collections.abc import Iterable

from detente.brief.document import Block, Brief, Fact, Listing, Paragraph, Quote, Section, Sentence, Source
from detente.read.items import Actor, Item, Reading


def highlighted(readings: Iterable[Reading], *, title: str) -> Brief:
    """Return the page: for every document what was read, then the texts with the quotes in place.

    >>> highlighted((), title="Nothing").sections[0].title
    'In short'
    """
    found = tuple(readings)
    numbers = {(r.document.id, item.id): f"e{n}" for n, (r, item) in enumerate(_all(found), start=1)}
    return Brief(
        title=title,
        subtitle="What was read, with the words it rests on",
        sections=(_short(found), *(_section(r, numbers) for r in found)),
        quotes=tuple(_quote(r, item, numbers[r.document.id, item.id]) for r, item in _all(found)),
        sources=tuple(_source(r) for r in found),
        notes=(),
        facts=(Fact("documents", str(len(found))), *_versions(found)),
    )


def sentence_of(item: Item) -> str:
    """Say in short who does or says what, to whom, about what.

    >>> from detente.read.items import Evidence, Extractor
    >>> clause = Evidence(start=0, end=4, quote="They", role="clause", sentence="s1")
    >>> sentence_of(Item(doc_id="a", doc_sha256="", sentences=("s1",), evidence=(clause,), kind="action", act="CONSULT",
    ...     trigger="meet", frame="meet", extractor=Extractor(name="rules", version="1", rule="meet")))
    'An unnamed actor: consult.'
    """
    who = ", ".join(_called(a) for a in item.actors) or "An unnamed actor"
    whom = ", ".join(_called(a) for a in item.recipients)
    about = ", ".join(i.issue + (f" ({i.stance})" if i.stance != "unclear" else "") for i in item.issues)
    said = f"{who}: {'not ' if item.negated else ''}{item.act.lower()}" + (f" → {whom}" if whom else "")
    said += f", on {about}" if about else ""
    said += f", {item.condition.type} “{' '.join(item.condition.text.split())}”" if item.condition else ""
    return f"{said}{'' if item.factuality == 'fact' else f' [{item.factuality}]'}."


def _all(found: tuple[Reading, ...]) -> Iterable[tuple[Reading, Item]]:
    return ((reading, item) for reading in found for item in reading.items)


def _called(actor: Actor) -> str:
    return actor.name or " ".join(actor.mention.quote.split())


def _short(found: tuple[Reading, ...]) -> Section:
    items = sum(len(r.items) for r in found)
    told = f"{len(found)} document{'s' * (len(found) != 1)}, {items} item{'s' * (items != 1)} read."
    return Section("short", "In short", (Paragraph((Sentence(told, ()),)),))


def _section(reading: Reading, numbers: dict[tuple[str, str], str]) -> Section:
    document = reading.document
    lines = tuple(Sentence(sentence_of(item), (numbers[document.id, item.id],)) for item in reading.items)
    block: Block = Listing(lines) if lines else Paragraph((Sentence("Nothing was read here.", ()),))
    return Section(f"read-{document.id}", document.title or document.name, (block,))


def _quote(reading: Reading, item: Item, id: str) -> Quote:
    clause = item.clause()
    speaker = next((_called(a.speaker) for a in item.attribution if a.speaker is not None), None)
    return Quote(id, reading.document.id, clause.sentence, clause.start, clause.end, clause.quote, None, speaker)


def _source(reading: Reading) -> Source:
    document = reading.document
    return Source(
        id=document.id,
        title=document.title or document.name,
        publisher=document.publisher,
        published=document.published.isoformat() if document.published else None,
        url=document.url,
        text=document.text,
        grade="",
        doubts=(),
    )


def _versions(found: tuple[Reading, ...]) -> tuple[Fact, ...]:
    versions = sorted({f"{i.extractor.name} {i.extractor.version}" for _, i in _all(found)})
    return (Fact("read by", ", ".join(versions)),) if versions else ()
