"""What is a mention, and what does the reader carry from one sentence to the next?"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from spacy.tokens import Token

from detente.read.language import Sentence
from detente.read.parties.words import Word, words

How = Literal[
    "name",
    "office+nation",
    "demonym",
    "capital",
    "metonym",
    "person",
    "armed_group",
    "place",
    "pronoun",
    "role",
    "list",
]
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "obl:agent"})


@dataclass(frozen=True, slots=True)
class Mention:
    """Which party do these words mean, and how was that found?

    start, end   offsets into the document's text
    head         index (in the sentence's Doc) of the token that heads the words
    tokens       first and one past the last token of the words
    how          name, office+nation, demonym, capital, metonym, person, armed_group, place, pronoun, role, list
    sector       GOV, MIL, LEG, MED, CVL, REB, IGO ... of a role noun, where there is one
    is_place     the words say where, not who ("in Muscat")
    tie          the participle a name is joined to ("backed" in "Iran-backed"), or pro, anti
    of           the class of the role noun: person, body, group
    confidence   0 to 1: an order of trust, not a probability
    """

    start: int
    end: int
    text: str
    party_id: str
    head: int
    tokens: tuple[int, int]
    how: How
    sector: str | None = None
    confidence: float = 1.0
    is_place: bool = False
    person: str | None = None
    office: str | None = None
    tie: str | None = None
    of: str | None = None
    plural: bool = False
    woman: bool | None = None


class Learned(NamedTuple):
    """Who was introduced by the text itself, as in "China's Li Chenggang"?"""

    name: str
    party: str
    office: str | None


class Trace(NamedTuple):
    """What is remembered of an earlier mention: which sentence, which part it played there."""

    mention: Mention
    sentence: int
    subject: bool
    speaker: bool


@dataclass(frozen=True, slots=True)
class Context:
    """What does the reader carry into a sentence?

    when        the day the document is read as of (its date), if known
    seen        parties named anywhere in the document
    full_names  persons of the lexicon whose full name stands anywhere in the document
    learned     persons whom the document introduces, by folded short and full name
    principals  the parties named most often, most often first
    regulars    in a civil war, the army that fights for a country's government, by country: one side, not two
    sites       capitals that the document speaks of as places, folded
    trail       mentions of earlier sentences, oldest first
    pair        the two parties last named together
    pair_at     the number of the sentence that did
    number      how many sentences were read
    """

    when: datetime.date | None = None
    seen: frozenset[str] = frozenset()
    full_names: frozenset[str] = frozenset()
    learned: Mapping[str, Learned] = field(default_factory=dict)
    principals: tuple[str, ...] = ()
    regulars: Mapping[str, str] = field(default_factory=dict)
    sites: frozenset[str] = frozenset()
    trail: tuple[Trace, ...] = ()
    pair: tuple[str, ...] = ()
    pair_at: int = -9
    number: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """A sentence with its words set against the parser's tokens: `at[i]` is the token of word i."""

    sentence: Sentence
    words: tuple[Word, ...]
    at: tuple[int, ...]

    def token(self, word: int) -> Token:
        """Which token does a word belong to?"""
        return self.sentence.span.doc[self.at[word]]

    def tokens(self, first: int, end: int) -> tuple[int, int]:
        """Which tokens do words `first` up to `end` cover?"""
        return self.at[first], self.at[end - 1] + 1

    def root(self, first: int, end: int) -> int:
        """Which token heads words `first` up to `end`?"""
        low, high = self.tokens(first, end)
        doc = self.sentence.span.doc
        outside = [t.i for t in doc[low:high] if not low <= t.head.i < high or t.head.i == t.i]
        heads = [i for i in outside if doc[i].dep_ not in {"case", "punct", "det"}]
        return (heads or outside or [high - 1])[0]

    def joins(self, word: int) -> bool:
        """Does a word follow the one before it in the same phrase: no comma, bracket or stop between?"""
        return word < len(self.words) and self.words[word].gap.strip() in {"", "-", "–", "'", "’"}

    def possessive(self, end: int) -> int:
        """Where do words go on after a possessive that ends at word `end`? `end` itself where there is none.

        For a possessive without s ("the Houthis' drones") the next word's gap begins with the apostrophe.
        """
        if end < len(self.words) and self.words[end].key == "s" and self.words[end].gap in {"'", "’"}:
            return end + 1
        return end

    def owns(self, end: int) -> bool:
        """Is what ends at word `end` followed by a possessive mark?"""
        if self.possessive(end) != end:
            return True
        return end < len(self.words) and self.words[end].gap[:1] in {"'", "’"} and self.words[end].gap[1:] == " "


def view(sentence: Sentence) -> View:
    """Which tokens do the words of a sentence belong to?"""
    found = words(sentence.text)
    tokens = list(sentence.span)
    ends = [sentence.base + token.idx + len(token) - sentence.start for token in tokens]
    at, i = [], 0
    for word in found:
        while i + 1 < len(tokens) and ends[i] <= word.start:
            i += 1
        at.append(tokens[i].i)
    return View(sentence, found, tuple(at))
