"""What does a brief consist of, before anybody decides how it looks?

A brief is data: sections of blocks, made of sentences. Every sentence leads back to something: the ids of evidence, of
assumptions and of derivations that it rests on. Terminal, HTML and JSON are three renderings of this one document.

Ids: `e...` evidence, `a...` an assumption, `n...` an analyst's entry, `d...` a derivation.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from detente.situation.values import BasisKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and the ids it rests on; `mark` says how its deciding value is known, where one decides."""

    text: str
    refs: tuple[str, ...]
    mark: BasisKind | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that are read together."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Sentences that stand one under the other."""

    items: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its caption, its column heads, and rows of sentences; the first cell of a row is its head.

    With a `fold` it is detail to what stands before it: a page shows it when asked, under that name, a terminal not.
    """

    caption: Sentence
    columns: tuple[str, ...]
    rows: tuple[tuple[Sentence, ...], ...]
    fold: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with the sentence that says what it shows, and the same content as a table.

    `lines` is the picture in characters, for a terminal; where there are none, the terminal shows the table.
    """

    id: str
    svg: str
    caption: Sentence
    grid: Grid
    lines: tuple[str, ...] = ()


Block = Paragraph | Listing | Grid | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """One question of the brief; the same section may be answered from the text alone and as completed."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    text_only: tuple[Block, ...] | None = None  # None: the answer is the same, or the section does not depend on it


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote in the source view: where it stands and what it says."""

    id: str
    document: str
    sentence: str
    start: int
    end: int
    quote: str
    grade: str | None
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """A document as the reader saw it, with its grade and the doubts about it; text is None where it is not at hand."""

    id: str
    title: str
    publisher: str | None
    published: str | None
    url: str | None
    text: str | None
    grade: str
    doubts: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What an id of an assumption, an entry or a derivation stands for."""

    id: str
    kind: Literal["assumption", "entry", "supplied", "derivation"]
    text: str
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the reproducibility box."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole document."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    quotes: tuple[Quote, ...]
    sources: tuple[Source, ...]
    notes: tuple[Note, ...]
    facts: tuple[Fact, ...] = field(default=())


def sentences(brief: Brief) -> Iterator[Sentence]:
    """Walk every sentence of a brief, in reading order, both views of every section included."""
    for section in brief.sections:
        for block in (*section.blocks, *(section.text_only or ())):
            yield from block_sentences(block)
    for source in brief.sources:
        yield from source.doubts


def block_sentences(block: Block) -> Iterator[Sentence]:
    """Walk the sentences of one block."""
    match block:
        case Paragraph(found) | Listing(found):
            yield from found
        case Grid():
            yield block.caption
            for row in block.rows:
                yield from row
        case Figure():
            yield block.caption
            yield from block_sentences(block.grid)


def known_ids(brief: Brief) -> frozenset[str]:
    """Every id that a sentence may lead back to."""
    return frozenset({q.id for q in brief.quotes} | {n.id for n in brief.notes})
