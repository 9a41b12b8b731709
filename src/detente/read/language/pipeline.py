"""Which sentences does a document hold? The loaded pipeline, and the walk from blocks to sentences."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from detente.errors import UsageError
from detente.read.documents import Block, BlockKind, Document
from detente.read.documents.lines import ink
from detente.read.language.characters import plain
from detente.read.language.words import TOKENIZER, restored, visible

PIECE = 4_000  # characters parsed as one: bounds the parser's memory, however long a paragraph is
BATCH = 16_000  # characters parsed together: the parser holds some 20 kB for every word of a batch
_CUT = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])")

_GAP = re.compile(r"\s+")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Where does one sentence stand in its document, and how is it built?

    start, end  offsets into the document's text, without white space at the edges
    text        document.text[start:end]
    block       the kind of block it stands in
    span        its words as parsed; a word stands in the document at `base + token.idx`
    """

    id: str
    start: int
    end: int
    text: str
    block: BlockKind
    span: Span
    base: int


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What reads sentences: the loaded language pipeline, a value held by whoever asked for it."""

    nlp: Language

    def parse(self, texts: Iterable[str], *, markdown: bool = False) -> Iterator[Doc]:
        """How is each text built? One Doc per text, with the text's own offsets."""
        return self._docs(((text, False) for text in texts), markdown=markdown)

    def sentences(self, document: Document, *, progress: Progress | None = None) -> tuple[Sentence, ...]:
        """Which sentences do the headline and the paragraphs of a document hold, in order?

        Every visible character of those blocks lies in exactly one sentence. `progress` is told how many characters
        are done, and of how many.
        """
        found: list[Sentence] = []
        for block, base, doc in self._parsed(document):
            for start, end, span in spans(document.text, base, doc):
                text = document.text[start:end]
                found.append(Sentence(f"s{len(found) + 1}", start, end, text, block.kind, span, base))
            if progress is not None:
                progress(base + len(doc.text), len(document.text))
        if progress is not None:
            progress(len(document.text), len(document.text))
        return tuple(found)

    def _parsed(self, document: Document) -> Iterator[tuple[Block, int, Doc]]:
        todo = [
            (block, start, end)
            for block in document.blocks
            if block.kind in {"headline", "text"}
            for start, end in pieces(document.text, block.start, block.end)
        ]
        texts = ((document.text[start:end], block.kind == "headline") for block, start, end in todo)
        docs = self._docs(texts, markdown=document.kind == "markdown")
        for (block, start, _), doc in zip(todo, docs, strict=True):
            yield block, start, doc

    def _docs(self, texts: Iterable[tuple[str, bool]], *, markdown: bool) -> Iterator[Doc]:
        """Parse texts in batches; a text marked True is one sentence."""
        for batch in _batches(texts):
            raw = [self.nlp.make_doc(plain(text, markdown=markdown)) for text, _ in batch]
            clean = [visible(doc, whole=whole) for doc, (_, whole) in zip(raw, batch, strict=True)]
            for before, after in zip(raw, self.nlp.pipe(clean, batch_size=len(clean)), strict=True):
                after.tensor = after.tensor[:0].copy()  # the parser's workings, larger than all the rest
                yield after if len(before) == len(after) else restored(before, after)


def _batches(texts: Iterable[tuple[str, bool]]) -> Iterator[list[tuple[str, bool]]]:
    """Which texts are parsed together: as many as make up BATCH characters?"""
    batch: list[tuple[str, bool]] = []
    size = 0
    for entry in texts:
        if batch and size + len(entry[0]) > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += len(entry[0])
    if batch:
        yield batch


def load_pipeline(folder: Path | None = None) -> Pipeline:
    """Which pipeline reads? The one that comes with the package, or the one in a folder.

    The environment variable DETENTE_PIPELINE names a folder to use in place of the package's own.

    Raises UsageError when the folder holds no pipeline.
    """
    named = folder or (Path(os.environ["DETENTE_PIPELINE"]) if os.environ.get("DETENTE_PIPELINE") else None)
    if named is not None:
        return _loaded(named)
    with as_file(files("detente.read") / "pipeline") as own:
        return _loaded(own)


def _loaded(folder: Path) -> Pipeline:
    if not (folder / "config.cfg").is_file():
        raise UsageError(
            f"The folder '{folder.name}' holds no language pipeline (no config.cfg in it). "
            "Name a folder that `spacy train` wrote, or leave the choice out to use the one that comes with Detente."
        )
    return Pipeline(spacy.load(folder, exclude=["tokenizer"], config={"nlp.tokenizer.@tokenizers": TOKENIZER}))


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where can a long block be cut, so that no piece is longer than PIECE: between sentences, else between words?"""
    while end - start > PIECE:
        limit = start + PIECE
        cuts = [match.end() for match in _CUT.finditer(text, start + PIECE // 2, limit)]
        spaces = _GAP.finditer(text, start + PIECE // 2, limit)
        cut = cuts[-1] if cuts else max((match.end() for match in spaces), default=limit)
        yield ink(text, start, cut)
        start = ink(text, cut, end)[0]
    if start < end:
        yield start, end


def spans(text: str, base: int, doc: Doc) -> Iterator[tuple[int, int, Span]]:
    """Where does each sentence of a parsed piece begin and end? A piece without a word is part of its neighbour."""
    begins: list[int] = []
    worded = False
    for span in doc.sents:
        if not begins or (worded and any(token.text[0].isalnum() for token in span)):
            begins.append(span.start)
            worded = False
        worded = worded or any(token.text[0].isalnum() for token in span)
    for first, last in zip(begins, [*begins[1:], len(doc)], strict=True):
        start = base if first == 0 else base + doc[first].idx
        end = base + len(doc.text) if last == len(doc) else base + doc[last].idx
        stripped = len(text[start:end].rstrip())
        yield start, start + stripped, doc[first:last]
