"""What is on the page, before it is HTML: every sentence with its anchor, every reference with its target?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import ClassVar, Literal

from detente.brief.document import (
    Block,
    Brief,
    Figure,
    Grid,
    Listing,
    Note,
    Paragraph,
    Quote,
    Section,
    Sentence,
    Source,
)
from detente.brief.highlights import Place, Stretch, stands, stretches
from detente.figures.text import printable
from detente.situation.values import BasisKind

View = Literal["both", "completed", "text"]
Kind = Literal["read", "entered", "supplied", "assumed", "derived", "missing"]

KIND_OF_NOTE: dict[str, Kind] = {
    "assumption": "assumed",
    "entry": "entered",
    "supplied": "supplied",
    "derivation": "derived",
}
NOTE_TITLES: dict[str, str] = {
    "assumption": "Assumptions",
    "entry": "Entries by an analyst",
    "supplied": "Supplied by the program",
    "derivation": "Derivations",
}
TOLD_LENGTH = 220


@dataclass(frozen=True, slots=True)
class Ref:
    """A small marker behind a sentence: what it is called, where it leads, and what waits there."""

    id: str
    href: str | None
    entry: str
    kind: Kind
    told: str


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as it is shown."""

    anchor: str | None
    text: str
    mark: BasisKind | None
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """A paragraph or a listing."""

    kind: Literal["paragraph", "listing"]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the anchor of its caption; the heads are as many as the widest row has cells."""

    kind: ClassVar[str] = "grid"
    anchor: str
    caption: Line
    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    fold: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure, its names made unique on the page, and its table."""

    kind: ClassVar[str] = "figure"
    anchor: str
    svg: str
    caption: Line
    table: Table


PageBlock = Lines | Table | Picture


@dataclass(frozen=True, slots=True)
class Part:
    """A section: one set of blocks for both views, or one for each."""

    anchor: str
    title: str
    views: tuple[tuple[View, tuple[PageBlock, ...]], ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that refers to an id: the section it is in, the view in which it can be seen, and its anchor."""

    section: str
    view: View
    anchor: str
    number: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What an id stands for, with the ways back."""

    id: str
    anchor: str
    kind: Kind
    text: str
    refs: tuple[Ref, ...] = ()
    grade: str | None = None
    speaker: str | None = None
    place: str | None = None
    lost: bool = False
    mentions: tuple[tuple[str, View, tuple[Mention, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A source as it is shown: its text in stretches, the quotes taken from it."""

    anchor: str
    title: str
    about: tuple[str, ...]
    url: str | None
    link: str | None
    grade: str | None
    doubts: tuple[Line, ...]
    stretches: tuple[Stretch, ...]
    has_text: bool
    quotes: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the template needs."""

    title: str
    subtitle: str
    parts: tuple[Part, ...]
    readings: tuple[Reading, ...]
    notes: tuple[tuple[str, str, tuple[Entry, ...]], ...]
    facts: tuple[tuple[str, str], ...]
    switchable: bool


def anchor(id: str) -> str:
    """Turn any id into a fragment that needs no escaping, different ids into different fragments.

    >>> anchor("e12"), anchor("e 1<")
    ('e12', 'e-20_1-3c_')
    """
    return re.sub(r"[^A-Za-z0-9]", lambda found: f"-{ord(found[0]):x}_", id)


def place_of(id: str) -> str:
    """Return the fragment of a quote in the text of its source."""
    return f"in-text-{anchor(id)}"


def scoped(svg: str, prefix: str) -> str:
    """Put a prefix before every name inside a picture, so that the same picture may stand on a page twice.

    >>> scoped('<svg id="a" aria-labelledby="b c"><rect fill="url(#d)"/></svg>', "x-")
    '<svg id="x-a" aria-labelledby="x-b x-c"><rect fill="url(#x-d)"/></svg>'
    """

    def names(found: re.Match[str]) -> str:
        return found[1] + " ".join(prefix + name for name in found[2].split()) + found[3]

    def inside(found: re.Match[str]) -> str:
        renamed = re.sub(r'(\s(?:id|aria-labelledby)=")([^"]*)(")', names, found[0])
        return renamed.replace("url(#", f"url(#{prefix}").replace(' href="#', f' href="#{prefix}')

    return re.sub(r"<[^>]*>", inside, svg)


@dataclass(slots=True)
class _Pen:
    """What is handed on while the page is written: targets by id, the next anchor, the mentions so far."""

    targets: dict[str, Ref]
    prefix: str = ""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    mentions: dict[str, list[Mention]] = field(default_factory=dict)

    def line(self, sentence: Sentence, section: str, view: View) -> Line:
        refs = tuple(self.ref(id) for id in dict.fromkeys(sentence.refs))
        if not refs:
            return Line(None, printable(sentence.text), sentence.mark, ())
        here = f"{self.prefix}cite-{next(self.numbers)}"
        self.mention(refs, section, view, here)
        return Line(here, printable(sentence.text), sentence.mark, refs)

    def ref(self, id: str) -> Ref:
        lost = Ref(printable(id), None, "", "missing", "nothing in this brief has this id")
        return self.targets.get(id, lost)

    def mention(self, refs: tuple[Ref, ...], section: str, view: View, here: str) -> None:
        for ref in refs:
            made = self.mentions.setdefault(ref.id, [])
            number = 1 + sum(1 for mention in made if (mention.section, mention.view) == (section, view))
            made.append(Mention(section, view, here, number))

    def back(self, id: str) -> tuple[tuple[str, View, tuple[Mention, ...]], ...]:
        """Group the mentions of an id by section; a group is seen in a view if one of its places is."""
        made = self.mentions.get(printable(id), [])
        groups: list[tuple[str, View, tuple[Mention, ...]]] = []
        for section in dict.fromkeys(mention.section for mention in made):
            places = tuple(mention for mention in made if mention.section == section)
            views = {place.view for place in places}
            groups.append((section, views.pop() if len(views) == 1 else "both", places))
        return tuple(groups)


def page(brief: Brief, *, prefix: str = "") -> Page:
    """Lay a brief out as a page: anchors given, references resolved, ways back collected.

    `prefix` begins every anchor, so that several may stand on one page.
    """
    texts = {source.id: source.text for source in brief.sources}
    pen = _Pen(_targets(brief, texts, prefix), prefix)
    parts = tuple(_part(pen, at, section) for at, section in enumerate(brief.sections, start=1))
    doubts = {
        source.id: tuple(pen.line(d, f"Doubts: {source.title}", "both") for d in source.doubts)
        for source in brief.sources
    }
    notes_refs = {note.id: _note_refs(pen, note) for note in brief.notes}
    readings = tuple(_reading(pen, brief, source, doubts[source.id]) for source in brief.sources)
    strays = tuple(quote for quote in brief.quotes if quote.document not in texts)
    if strays:
        entries = tuple(_quote_entry(pen, quote, None) for quote in strays)
        readings += (
            Reading("source-elsewhere", "Documents that are not at hand", (), None, None, None, (), (), False, entries),
        )
    notes = tuple(
        (kind, NOTE_TITLES[kind], entries)
        for kind in NOTE_TITLES
        if (entries := tuple(_note_entry(pen, n, notes_refs[n.id]) for n in brief.notes if n.kind == kind))
    )
    return Page(
        title=printable(brief.title),
        subtitle=printable(brief.subtitle),
        parts=parts,
        readings=readings,
        notes=notes,
        facts=tuple((printable(fact.name), printable(fact.value)) for fact in brief.facts),
        switchable=any(section.text_only is not None for section in brief.sections),
    )


def _targets(brief: Brief, texts: dict[str, str | None], prefix: str) -> dict[str, Ref]:
    titles = {source.id: source.title for source in brief.sources}
    found: dict[str, Ref] = {}
    for quote in brief.quotes:
        told = f"“{_brief(quote.quote)}” {_brief(quote.speaker or titles.get(quote.document, ''))}".strip()
        aim = place_of(quote.id) if _found(quote, texts.get(quote.document)) else anchor(quote.id)
        found[quote.id] = Ref(printable(quote.id), f"#{aim}", anchor(quote.id), "read", told)
    for note in brief.notes:
        aim = prefix + anchor(note.id)
        found[note.id] = Ref(printable(note.id), f"#{aim}", aim, KIND_OF_NOTE[note.kind], _brief(note.text))
    return found


def _brief(text: str) -> str:
    line = " ".join(printable(text).split())
    return line if len(line) <= TOLD_LENGTH else line[: TOLD_LENGTH - 1] + "…"


def _found(quote: Quote, text: str | None) -> bool:
    return text is not None and stands(text, _place(quote))


def _place(quote: Quote) -> Place:
    return Place(quote.id, quote.start, quote.end, quote.quote)


def _part(pen: _Pen, at: int, section: Section) -> Part:
    name = f"{pen.prefix}section-{at}-{anchor(section.id)}"
    title = printable(section.title)
    if section.text_only is None:
        return Part(name, title, (("both", _blocks(pen, section.blocks, title, "both", name)),))
    completed = _blocks(pen, section.blocks, title, "completed", name)
    alone = _blocks(pen, section.text_only, title, "text", f"{name}-text")
    return Part(name, title, (("completed", completed), ("text", alone)))


def _blocks(pen: _Pen, blocks: tuple[Block, ...], title: str, view: View, name: str) -> tuple[PageBlock, ...]:
    return tuple(_block(pen, block, title, view, f"{name}-{at}") for at, block in enumerate(blocks, start=1))


def _block(pen: _Pen, block: Block, title: str, view: View, name: str) -> PageBlock:
    match block:
        case Paragraph(found):
            return Lines("paragraph", tuple(pen.line(sentence, title, view) for sentence in found))
        case Listing(found):
            return Lines("listing", tuple(pen.line(sentence, title, view) for sentence in found))
        case Grid():
            return _table(pen, block, title, view, name)
        case Figure():
            caption = pen.line(block.caption, title, view)
            table = _table(pen, block.grid, title, view, f"{name}-table")
            return Picture(name, scoped(block.svg, f"{name}-"), caption, table)


def _table(pen: _Pen, grid: Grid, title: str, view: View, name: str) -> Table:
    caption = pen.line(grid.caption, title, view)
    rows = tuple(tuple(pen.line(cell, title, view) for cell in row) for row in grid.rows)
    widest = max((len(row) for row in rows), default=len(grid.columns))
    heads = tuple(printable(head) for head in grid.columns)
    padded = ("",) * (widest - len(heads)) + heads
    blank = Line(None, "", None, ())
    filled = tuple(row + (blank,) * (len(padded) - len(row)) for row in rows)
    return Table(name, caption, padded, filled, printable(grid.fold) if grid.fold else None)


def _note_refs(pen: _Pen, note: Note) -> tuple[Ref, ...]:
    refs = tuple(pen.ref(id) for id in dict.fromkeys(note.refs))
    pen.mention(refs, "Notes", "both", pen.prefix + anchor(note.id))
    return refs


def _reading(pen: _Pen, brief: Brief, source: Source, doubts: tuple[Line, ...]) -> Reading:
    quotes = sorted((q for q in brief.quotes if q.document == source.id), key=lambda q: (q.start, q.end, q.id))
    web = source.url if source.url and re.match(r"https?://[^\s]+\Z", source.url, re.IGNORECASE) else None
    cut = stretches(source.text, map(_place, quotes)) if source.text is not None else ()
    return Reading(
        anchor=f"source-{anchor(source.id)}",
        title=printable(source.title),
        about=tuple(printable(told) for told in (source.publisher, source.published) if told),
        url=printable(source.url) if source.url else None,
        link=web,
        grade=printable(source.grade),
        doubts=doubts,
        stretches=tuple(Stretch(printable(s.text), s.covering, s.beginning) for s in cut),
        has_text=source.text is not None,
        quotes=tuple(_quote_entry(pen, quote, source.text) for quote in quotes),
    )


def _quote_entry(pen: _Pen, quote: Quote, text: str | None) -> Entry:
    return Entry(
        id=printable(quote.id),
        anchor=anchor(quote.id),
        kind="read",
        text=printable(quote.quote),
        grade=quote.grade,
        speaker=printable(quote.speaker) if quote.speaker else None,
        place=place_of(quote.id) if _found(quote, text) else None,
        lost=text is not None and not _found(quote, text),
        mentions=pen.back(quote.id),
    )


def _note_entry(pen: _Pen, note: Note, refs: tuple[Ref, ...]) -> Entry:
    return Entry(
        id=printable(note.id),
        anchor=pen.prefix + anchor(note.id),
        kind=KIND_OF_NOTE[note.kind],
        text=printable(note.text),
        refs=refs,
        mentions=pen.back(note.id),
    )
