"""Turn the open treebanks into spaCy's binary corpora: train, dev, and one test file per treebank.

    python training/convert.py TREEBANKS OUT

Which sentences go where, so that no checkpoint is chosen on a sentence that any component has seen:

    train   EWT train; GUM train (permissive genres); the even documents of EWT dev, with their UNER names
    dev     GUM dev; the odd documents of EWT dev, with their UNER names
    test    EWT test, GUM test, PUD: never read before the weights are final
"""

import gzip
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

SENTENCES_PER_DOC = 6
GUM_NAMES = {"person": "PER", "place": "LOC", "organization": "ORG"}
TERMINAL = re.compile(r"[.!?][\"'”’)\]]*$")


@dataclass
class Sentence:
    doc: str
    sent_id: str
    starts_paragraph: bool
    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    misc: list[str] = field(default_factory=list)
    names: list[tuple[int, int, str]] | None = None  # None: names were not annotated here


def _lines(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()


def sentences(path: Path) -> Iterator[Sentence]:
    """Read CoNLL-U; the inner word breaks of a multiword token carry no space."""
    doc, sent, paragraph, inside_until, outer_space = "", None, True, 0, True
    for line in _lines(path):
        if line.startswith("# newdoc"):
            doc, paragraph = line.split("=")[-1].strip(), True
        elif line.startswith("# newpar"):
            paragraph = True
        elif line.startswith("# sent_id"):
            sent, paragraph = Sentence(doc, line.split("=")[-1].strip(), paragraph), False
        elif line and not line.startswith("#"):
            assert sent is not None
            cells = line.split("\t")
            space = "SpaceAfter=No" not in cells[9]
            if "-" in cells[0]:
                inside_until, outer_space = int(cells[0].split("-")[1]), space
            elif "." not in cells[0]:
                number = int(cells[0])
                if number < inside_until:
                    space = False
                elif number == inside_until:
                    space = outer_space
                sent.words.append(cells[1])
                sent.spaces.append(space)
                sent.upos.append(cells[3])
                sent.tags.append(cells[4])
                head = int(cells[6])
                sent.heads.append(head - 1 if head else number - 1)
                sent.deps.append("ROOT" if cells[7] == "root" else cells[7])
                sent.misc.append(cells[9])
        elif not line and sent is not None:
            yield sent
            sent, inside_until = None, 0


def gum_names(sent: Sentence) -> list[tuple[int, int, str]]:
    """Entities whose head is a proper noun, cut down to the proper-noun run around that head."""
    opened: list[tuple[str, int]] = []
    spans: list[tuple[int, int, str]] = []
    for i, misc in enumerate(sent.misc):
        value = next((m[7:] for m in misc.split("|") if m.startswith("Entity=")), "")
        for bracket, kind, closing in re.findall(r"(\()\w+-(\w+)[^()]*(\))?", value):
            if closing:
                spans.append((i, i + 1, kind))
            elif bracket:
                opened.append((kind, i))
        plain_closings = len(re.findall(r"\)", re.sub(r"\([^()]*\)", "", value)))
        for _ in range(min(plain_closings, len(opened))):
            kind, start = opened.pop()
            spans.append((start, i + 1, kind))
    runs: set[tuple[int, int, str]] = set()
    for start, end, kind in spans:
        if kind not in GUM_NAMES:
            continue
        inside = range(start, end)
        head = next((i for i in inside if sent.heads[i] not in inside or sent.heads[i] == i), start)
        if sent.upos[head] != "PROPN":
            continue
        low = high = head
        while low - 1 >= start and sent.upos[low - 1] == "PROPN":
            low -= 1
        while high + 1 < end and (
            sent.upos[high + 1] == "PROPN"
            or (high + 2 < end and sent.words[high + 1] in {"of", "for", "-"} and sent.upos[high + 2] == "PROPN")
        ):
            high += 1
        runs.add((low, high + 1, GUM_NAMES[kind]))
    chosen: list[tuple[int, int, str]] = []
    for start, end, label in sorted(runs, key=lambda r: (r[0] - r[1], r)):
        if all(end <= s or start >= e for s, e, _ in chosen):
            chosen.append((start, end, label))
    return sorted(chosen)


def uner_names(path: Path) -> dict[str, list[tuple[int, int, str]]]:
    """Names by sentence id from the IOB2 files of Universal NER."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    current: list[tuple[int, int, str]] = []
    for line in _lines(path):
        if line.startswith("# sent_id"):
            current = found.setdefault(line.split("=")[-1].strip(), [])
        elif line.strip() and not line.startswith("#"):
            cells = line.split("\t")
            i, label = int(cells[0]) - 1, cells[2]
            if label.startswith("B-") and label[2:] in {"PER", "LOC", "ORG"}:
                current.append((i, i + 1, label[2:]))
            elif label.startswith("I-") and current and current[-1][1] == i:
                current[-1] = (current[-1][0], i + 1, current[-1][2])
    return found


def requote(sent: Sentence, rng: random.Random) -> None:
    """Give half the sentences typographic quotes: the web text of the treebanks hardly has any, the press does."""
    if rng.random() < 0.5:
        curly = {"``": "“", "''": "”"}
        for i, (word, tag) in enumerate(zip(sent.words, sent.tags, strict=True)):
            if word == '"':
                sent.words[i] = curly.get(tag, word)
            elif "'" in word and (tag in {"POS", "RB"} or sent.upos[i] in {"AUX", "VERB"}):
                sent.words[i] = word.replace("'", "’")


def documents(sents: list[Sentence], vocab: Vocab, limit: int) -> Iterator[Doc]:
    """Join neighbouring sentences, as a reader meets them; a heading never runs on into the text below it."""
    group: list[Sentence] = []
    for sent in sents:
        if group:
            last = group[-1]
            unfinished = sent.starts_paragraph and not TERMINAL.search(last.words[-1])
            if sent.doc != last.doc or len(group) >= limit or unfinished:
                yield joined(group, vocab)
                group = []
        group.append(sent)
    if group:
        yield joined(group, vocab)


def joined(group: list[Sentence], vocab: Vocab) -> Doc:
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    heads: list[int] = []
    deps: list[str] = []
    for sent in group:
        offset = len(words)
        words += sent.words
        spaces += [*sent.spaces[:-1], True]
        tags += sent.tags
        heads += [h + offset for h in sent.heads]
        deps += sent.deps
    doc = Doc(vocab, words=words, spaces=spaces, tags=tags, heads=heads, deps=deps)
    named = all(s.names is not None for s in group)
    spans, offset = [], 0
    for sent in group:
        spans += [Span(doc, a + offset, b + offset, label=label) for a, b, label in sent.names or ()]
        offset += len(sent.words)
    doc.set_ents(spans, default="outside" if named else "missing")
    return doc


def main(treebanks: Path, out: Path) -> None:
    rng, vocab = random.Random(20260208), spacy.blank("en").vocab
    out.mkdir(parents=True, exist_ok=True)
    ewt_names = uner_names(treebanks / "uner_en_ewt-dev.iob2.gz")
    ewt_dev = list(sentences(treebanks / "en_ewt-ud-dev.conllu.gz"))
    for sent in ewt_dev:
        sent.names = ewt_names.get(sent.sent_id)
    order = {doc: i for i, doc in enumerate(dict.fromkeys(s.doc for s in ewt_dev))}
    parts = ("train", "dev", "test")
    gum = {part: list(sentences(treebanks / f"en_gum-permissive-{part}.conllu.gz")) for part in parts}
    for sent in (s for part in gum.values() for s in part):
        sent.names = gum_names(sent)
    train = list(sentences(treebanks / "en_ewt-ud-train.reconstructed.conllu.gz")) + gum["train"]
    train += [s for s in ewt_dev if order[s.doc] % 2 == 0]
    for sent in train:
        requote(sent, rng)
    ewt_test = list(sentences(treebanks / "en_ewt-ud-test.conllu.gz"))
    test_names = uner_names(treebanks / "uner_en_ewt-test.iob2.gz")
    for sent in ewt_test:
        sent.names = test_names.get(sent.sent_id)
    pud = list(sentences(treebanks / "en_pud-ud-test.conllu.gz"))
    corpora = {
        "train": train,
        "dev": gum["dev"] + [s for s in ewt_dev if order[s.doc] % 2 == 1],
        "test-ewt": ewt_test,
        "test-gum": gum["test"],
        "test-pud": pud,
        "test-pud-news": [s for s in pud if s.sent_id.startswith("n")],
    }
    for name, sents in corpora.items():
        docs = list(documents(sents, vocab, SENTENCES_PER_DOC))
        DocBin(docs=docs).to_disk(out / f"{name}.spacy")
        names = sum(len(d.ents) for d in docs)
        words = sum(map(len, docs))
        sys.stdout.write(f"{name}: {len(docs)} docs, {len(sents)} sentences, {words} words, {names} names\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
