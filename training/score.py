"""Score a language pipeline on raw text, the way Detente runs it, against the dev corpus and the test treebanks.

    python training/score.py PIPELINE CORPUS

PIPELINE is the folder that `spacy train` wrote (or src/detente/read/pipeline), CORPUS the folder that convert.py wrote.
Words and sentences are found by Detente's own reader, nothing is taken from the treebanks but the text. Attachment is
scored without punctuation, as spaCy does. Names are annotated in EWT (Universal NER) and GUM only.
"""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.scorer import Scorer
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example

from detente.read.language import Pipeline, load_pipeline
from detente.read.language.characters import plain

CORPORA = ("dev", "test-ewt", "test-gum", "test-pud", "test-pud-news")
HEADER = f"{'corpus':<14} {'tag':>6} {'UAS':>6} {'LAS':>6} {'sent F':>7} {'name F':>7} {'words/s':>8}"


@dataclass(frozen=True)
class Score:
    """How well did the pipeline do on one corpus? Percentages; `names` is None where none are annotated."""

    tag: float
    uas: float
    las: float
    sentences: float
    names: float | None
    words_per_second: float


def score(pipeline: Pipeline, gold: Sequence[Doc]) -> Score:
    """Parse the raw text of every gold document and compare."""
    begun = time.perf_counter()
    parsed = list(pipeline.parse(doc.text for doc in gold))
    seconds = time.perf_counter() - begun
    examples = [Example(ours, theirs) for ours, theirs in zip(parsed, gold, strict=True)]
    got = Scorer(pipeline.nlp).score(examples)
    names = got["ents_f"] if any(doc.ents for doc in gold) else None
    return Score(
        tag=100 * got["tag_acc"],
        uas=100 * got["dep_uas"],
        las=100 * got["dep_las"],
        sentences=100 * got["sents_f"],
        names=None if names is None else 100 * names,
        words_per_second=sum(len(doc) for doc in parsed) / seconds,
    )


def gold_documents(path: Path, pipeline: Pipeline) -> list[Doc]:
    """The documents of one converted corpus, in the vocabulary of the pipeline."""
    return [as_read(doc) for doc in DocBin().from_disk(path).get_docs(pipeline.nlp.vocab)]


def as_read(gold: Doc) -> Doc:
    """The same annotation over the characters that the reader sees: rare dashes and quotes are folded."""
    words = [plain(token.text) for token in gold]
    if words == [token.text for token in gold]:
        return gold
    doc = Doc(
        gold.vocab,
        words=words,
        spaces=[bool(token.whitespace_) for token in gold],
        tags=[token.tag_ for token in gold],
        heads=[token.head.i for token in gold],
        deps=[token.dep_ for token in gold],
    )
    names = [Span(doc, ent.start, ent.end, label=ent.label) for ent in gold.ents]
    doc.set_ents(names, default="outside" if all(token.ent_iob for token in gold) else "missing")
    return doc


def main(pipeline_folder: Path, corpus: Path) -> None:
    pipeline = load_pipeline(pipeline_folder)
    sys.stdout.write(HEADER + "\n")
    for name in CORPORA:
        found = score(pipeline, gold_documents(corpus / f"{name}.spacy", pipeline))
        names = "" if found.names is None else f"{found.names:.1f}"
        sys.stdout.write(
            f"{name:<14} {found.tag:6.1f} {found.uas:6.1f} {found.las:6.1f} {found.sentences:7.1f} {names:>7} "
            f"{found.words_per_second:8.0f}\n"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
