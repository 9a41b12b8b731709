"""What are the words, noun groups and names of one sentence, as the rules need them?

The parser's tokens are copied once into plain records: rules then run on strings and integers, which is faster than
asking the parser's objects, and lets a repaired tag or a test sentence stand in for a parsed one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

_QUOTES = {"``", "''", '"'}
_DETERMINERS = {"DT", "PDT", "PRP$"}
NOUNS = {"NN", "NNS", "NNP", "NNPS"}
_INSIDE = NOUNS | {"JJ", "JJR", "JJS", "CD", "POS", "HYPH", "$", "#", "AFX", "FW", "VBG", "VBN", "ADD"}
_DASHES = {"-", "\u2010", "\u2011", "\u2013", "\u2014", "/"}
_HAVE = {"have", "has", "had", "having", "'ve", "'d"}
_MODIFIERS = {"amod", "compound", "nmod:desc", "flat"}


def bag(words: str) -> frozenset[str]:
    """Which words are listed here, one blank apart?"""
    return frozenset(words.split())


TALK_WORDS = bag(
    "talks negotiation negotiations meeting meetings summit discussion discussions consultations dialogue dialog round "
    "rounds engagement contact contacts session conference encounter deal agreement framework arrangement accord pact "
    "treaty diplomacy process track"
)


@dataclass(frozen=True, slots=True)
class Word:
    """Which word, with which tag, under which head, and where in the document?"""

    i: int
    text: str
    low: str
    tag: str
    dep: str
    head: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Group:
    """Which words make one noun group (first to last, inclusive), and which of them is its head?"""

    first: int
    last: int
    head: int


@dataclass(frozen=True, slots=True)
class Name:
    """Which words name which party?"""

    first: int
    last: int
    party: str
    how: str
    is_place: bool = False
    confidence: float = 1.0
    sector: str | None = None
    person: str | None = None
    office: str | None = None
    tie: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """Which words name which issue, and whose is it? `counts` is False for what is an issue only where disputed."""

    first: int
    last: int
    issue: str
    owner: str | None = None
    proposed: bool = False
    counts: bool = True
    kind: str = "file"


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence ready for the rules: words, noun groups, names and issues, all by word index."""

    id: str
    start: int
    end: int
    block: str
    text: str
    words: tuple[Word, ...]
    groups: tuple[Group, ...]
    group_of: tuple[int, ...]
    names: tuple[Name, ...] = ()
    hits: tuple[Hit, ...] = ()

    def group_at(self, i: int) -> Group | None:
        """Which noun group holds word i?"""
        return self.groups[self.group_of[i]] if 0 <= i < len(self.words) and self.group_of[i] >= 0 else None

    def names_in(self, first: int, last: int) -> tuple[Name, ...]:
        """Which names lie within these words?"""
        return tuple(n for n in self.names if first <= n.first and n.last <= last)

    def low(self, i: int) -> str:
        """Which word, in lower case, stands here? Empty beyond the sentence."""
        return self.words[i].low if 0 <= i < len(self.words) else ""

    def tag(self, i: int) -> str:
        """Which tag stands here? Empty beyond the sentence."""
        return self.words[i].tag if 0 <= i < len(self.words) else ""

    def lows(self, first: int, last: int) -> str:
        """Which words stand between these two, in lower case, one blank apart?"""
        return " ".join(w.low for w in self.words[max(first, 0) : last + 1])

    def offsets(self, first: int, last: int) -> tuple[int, int]:
        """Where in the document do these words begin and end?"""
        return self.words[first].start, self.words[last].end


def words_of(tokens: Sequence[Token], *, base: int) -> list[Word]:
    """Which words has a sentence? White space is dropped; offsets are those of the document."""
    kept = [token for token in tokens if not token.is_space]
    place = {token.i: k for k, token in enumerate(kept)}
    words = [
        Word(
            i=k,
            text=token.text,
            low=token.text.lower().replace("\u2019", "'"),
            tag=token.tag_,
            dep=token.dep_,
            head=place.get(token.head.i, k),
            start=base + token.idx,
            end=base + token.idx + len(token.text),
        )
        for k, token in enumerate(kept)
    ]
    return [replace(w, tag="HYPH") if _joins(words, w.i) else w for w in words]


def _joins(words: Sequence[Word], i: int) -> bool:
    """A dash without blanks around it joins two names, whatever the tagger took it for."""
    if words[i].text not in _DASHES or not 0 < i < len(words) - 1:
        return False
    return words[i - 1].end == words[i].start and words[i].end == words[i + 1].start


def noun_groups(words: Sequence[Word]) -> tuple[Group, ...]:
    """Which noun groups are there? Found from tags left to right, since attachment errors then do no harm."""
    groups: list[Group] = []
    first = -1
    for i in range(len(words) + 1):
        if i < len(words) and _continues(words, i, first):
            first = i if first < 0 else first
            continue
        if first >= 0:
            _close(words, first, i - 1, groups)
        first = i if i < len(words) and _opens(words, i) else -1
    return tuple(groups)


def _opens(words: Sequence[Word], i: int) -> bool:
    word = words[i]
    if word.tag == "POS":
        return False
    if word.tag in ("VBG", "VBN"):
        followed = i + 1 < len(words) and words[i + 1].tag in _INSIDE
        return followed and word.dep in _MODIFIERS and word.dep != "flat" and not _perfect(words, i)
    return word.tag in _DETERMINERS or word.tag in _INSIDE or word.tag in ("PRP", "EX")


def _perfect(words: Sequence[Word], i: int) -> bool:
    """Is this participle part of a perfect ("has imposed sanctions"), whatever the parser attached it to?"""
    k = i - 1
    while k >= 0 and words[k].tag == "RB":
        k -= 1
    return k >= 0 and words[k].low in _HAVE and words[k].tag.startswith("V")


def _continues(words: Sequence[Word], i: int, first: int) -> bool:
    if first < 0:
        return False
    word, before = words[i], words[i - 1]
    if before.tag in ("PRP", "EX") or word.tag in ("PRP", "EX"):
        return False
    if word.tag in _DETERMINERS:
        return before.tag == "PDT" or before.low in ("all", "both", "half")
    if word.tag in ("VBG", "VBN"):
        follows = i + 1 < len(words) and words[i + 1].tag in _INSIDE
        return follows and word.dep in _MODIFIERS and before.tag not in NOUNS
    if word.tag in _QUOTES:
        return (
            before.tag in _INSIDE and i + 1 < len(words) and words[i + 1].tag in NOUNS and words[i].start > before.end
        )
    if before.tag in _QUOTES and word.tag in NOUNS:
        return True
    if word.tag == "RB":
        return before.tag in _DETERMINERS and i + 1 < len(words) and words[i + 1].tag in ("JJ", "VBN")
    return word.tag in _INSIDE


def _close(words: Sequence[Word], first: int, last: int, groups: list[Group]) -> None:
    while last > first and words[last].tag in ("HYPH", "POS", "RB") and words[last].low != "'s":
        last -= 1
    nouns = [i for i in range(first, last + 1) if words[i].tag in NOUNS]
    groups.append(Group(first, last, nouns[-1] if nouns and words[last].tag != "PRP" else last))


def build_line(words: Sequence[Word], *, sentence: tuple[str, int, int, str, str]) -> Line:
    """Which line do these words make? `sentence` is (id, start, end, block, text)."""
    groups = noun_groups(words)
    group_of = [-1] * len(words)
    for k, group in enumerate(groups):
        for i in range(group.first, group.last + 1):
            group_of[i] = k
    key, start, end, block, text = sentence
    return Line(key, start, end, block, text, tuple(words), groups, tuple(group_of))


def word_range(words: Sequence[Word], start: int, end: int) -> tuple[int, int] | None:
    """Which words (first, last) do these document offsets cover?"""
    inside = [w.i for w in words if w.start < end and start < w.end]
    return (inside[0], inside[-1]) if inside else None
