"""Which words of a sentence call up which frame?"""

from __future__ import annotations

from dataclasses import dataclass

from detente.read.extract.verbs import BE, Verb, is_helper, verb_at
from detente.read.extract.words import NOUNS, TALK_WORDS, Line, bag
from detente.read.frames import Entry, Frame, Frames

_PREDICATIVE = {"JJ", "JJR", "VBN", "VBD", "RB", "IN", "VB", "NN"}


@dataclass(frozen=True, slots=True)
class Trigger:
    """Which frame stands where (first to last word), as which part of speech?"""

    first: int
    last: int
    frame: Frame
    entry: Entry
    verb: Verb | None = None

    @property
    def part(self) -> str:
        """Is it a verb, noun, adjective or phrase?"""
        return self.entry.part


def find_triggers(line: Line, frames: Frames) -> tuple[Trigger, ...]:
    """Which frames does this sentence call up, in order? The longest expression at each word wins."""
    found: list[Trigger] = []
    taken = -1
    for word in line.words:
        if word.i <= taken:
            continue
        for entry in frames.of(word.low):
            last = _last_word(line, word.i, entry)
            if last is not None and _fits(line, word.i, entry) and not _leaves_land(line, last, entry):
                verb = verb_at(line, word.i) if entry.part == "verb" else None
                found.append(Trigger(word.i, last, entry.frame, entry, verb))
                taken = last if last - word.i == len(entry.rest) else word.i
                break
    return tuple(found)


_BODIES = TALK_WORDS | bag(
    "union organisation organization council court convention alliance bloc league community convention treaties "
    "agreements accords deals pacts commission committee race contest vote coalition government ceasefire truce charter"
)


def _leaves_land(line: Line, last: int, entry: Entry) -> bool:
    """Is it ground that is left ("withdraw from the city"), and no treaty, talks or body?"""
    group = line.group_at(last + 1)
    if entry.lemma != "withdraw_from" or group is None:
        return False
    names = line.names_in(group.first, group.last)
    if names:
        return any(n.is_place and not line.words[n.last].text.isupper() for n in names)
    return line.tag(group.head) in ("NN", "NNS") and line.low(group.head) not in _BODIES


def _last_word(line: Line, i: int, entry: Entry) -> int | None:
    if not entry.rest:
        return i
    if all(_same(line.low(i + k), word) for k, word in enumerate(entry.rest, 1)):
        return i + len(entry.rest)
    if entry.part == "verb" and len(entry.rest) == 1:
        return _detached(line, i, entry.rest[0])
    return None


_OWN = {"its", "his", "her", "their", "the", "our", "my"}


def _same(low: str, word: str) -> bool:
    """Does the word of the text stand for that of the lexicon? "its" stands for any possessor or article."""
    return low == word or (word == "its" and low in _OWN)


_PARTICLES = {"on", "off", "up", "out", "down", "in", "away", "back"}


def _detached(line: Line, i: int, particle: str) -> int | None:
    """The particle after an adverb ("called publicly for") or after a short object ("turned it down")."""
    if line.low(i + 1) in _PARTICLES:  # "go on after" is no "go after"
        return None
    for k in range(i + 2, min(i + 6, len(line.words))):
        word = line.words[k]
        if word.low == particle and (line.tag(k - 1) == "RB" or word.dep == "compound:prt"):
            return i
        if word.tag in ("VBD", "VBZ", "VBP", "MD", ",", ".", "IN") and word.low != particle:
            return None
    return None


def _fits(line: Line, i: int, entry: Entry) -> bool:
    tag = line.tag(i)
    if entry.part == "verb":
        return _verb_fits(line, i, entry)
    if entry.lemma == "march" and tag == "NNP":  # the month
        return False
    if entry.part == "noun":
        return (
            tag in NOUNS | {"VBG", "JJ"}
            and _heads_its_group(line, i, len(entry.rest))
            and (tag in NOUNS or bool(entry.rest))
        )
    if entry.part == "adj":
        return tag in _PREDICATIVE and _is_predicate(line, i)
    return True


def _verb_fits(line: Line, i: int, entry: Entry) -> bool:
    tag = line.tag(i)
    if tag == "MD":
        return entry.frame.does == "obligation"
    if not tag.startswith("V") or (entry.frame.does == "light" and is_helper(line, i)):
        return False
    group = line.group_at(i)
    if group is not None and group.first < i <= group.last:
        return False
    return not (group is not None and group.head != i and tag in ("VBN", "VBG"))


def _heads_its_group(line: Line, i: int, more: int) -> bool:
    group = line.group_at(i)
    return group is None or i <= group.head <= i + more or line.tag(i + more + 1) == "POS"


def _is_predicate(line: Line, i: int) -> bool:
    group = line.group_at(i)
    inside = group is not None and group.head != i and i < group.last
    before = line.low(i - 1)
    return not inside or before in BE
