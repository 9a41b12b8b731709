"""Which words did the tagger take for nouns although they are verbs, and what else does it often get wrong?

"If X orders strikes" looks like three nouns to a small parser. A form of a known verb right behind a name, after a word
that opens a clause with no other verb in it, is a verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.read.extract.words import Name, Word, bag
from detente.read.frames import Frames

_OPENERS = bag("if unless while as whether that because when until once although though after before which whom where")
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_MISTAGGED = {"NN", "NNS", "JJ", "VBN", "NNP", "NNPS", "VB"}
_SURE = bag(
    "signalled signaled urged warned vowed pledged insisted demanded denied rejected refused threatened seeks wants "
    "says urges demands rejects refuses denies warns insists accuses vows halts agrees"
)


def repaired(words: Sequence[Word], names: Sequence[Name], frames: Frames) -> list[Word]:
    """Which words have which tags, once the common mistakes are mended?"""
    mended = list(words)
    ends = {n.last: n for n in names}
    for word in words:
        if word.tag in _MISTAGGED and _verb_form(word.low, frames):
            tag = _finite_tag(word.low)
            if tag and (_after_name(mended, word.i, ends) or _joined(mended, word.i) or _second(mended, word.i)):
                mended[word.i] = replace(word, tag=tag)
        past = _takes_object(mended, word.i) or _joined_past(mended, word.i)
        if word.tag == "VBN" and past and _verb_form(word.low, frames):
            mended[word.i] = replace(word, tag="VBD")
        if word.low in ("both", "each") and word.tag == "CC" and words[min(word.i + 1, len(words) - 1)].tag[:1] in "VM":
            mended[word.i] = replace(word, tag="DT")
        if word.low in _ADJECTIVES:
            mended[word.i] = replace(word, tag="JJ")
        if word.low in _EVENTS and word.tag == "VBZ" and _compounded(words, word.i, ends):
            mended[word.i] = replace(word, tag="NNS")
    return mended


_ADJECTIVES = bag("indirect bilateral trilateral nuclear ballistic")
_EVENTS = bag("talks strikes attacks visits raids demands calls")


def _compounded(words: Sequence[Word], i: int, ends: dict[int, Name]) -> bool:
    """'indirect A-B talks', 'expand A talks': the name before is part of a compound."""
    name = ends.get(i - 1)
    if name is None or name.first == 0:
        return False
    before = words[name.first - 1]
    if before.tag == "," and name.first > 1 and name.first - 2 in ends:
        return True
    return before.tag in ("HYPH", "JJ", "IN", "DT", "VB", "VBG", "VBD", "VBN", "PRP$", "POS")


def _verb_form(low: str, frames: Frames) -> bool:
    return any(e.part == "verb" and e.form in ("s", "past", "part", "base") for e in frames.of(low)) or low in _PLAIN


# Verbs of common conditions that no frame needs.
_PLAIN = bag(
    "orders violates crosses breaks carries takes makes shows goes complies acts walks gives comes fails stops ends "
    "launches leaves abandons drops returns dismantles stays halts attacks strikes invades annexes cancels"
)


def _finite_tag(low: str) -> str | None:
    if low.endswith("ed"):
        return "VBD"
    return "VBZ" if low.endswith("s") and not low.endswith("ss") else None


def _after_name(words: Sequence[Word], i: int, ends: dict[int, Name]) -> bool:
    name = ends.get(i - 1)
    if name is None:
        return words[i - 1].tag == "PRP" and words[i].low in _SURE if i else False
    before = name.first - 1
    while before >= 0 and words[before].tag in ("DT", "JJ", "NNP", "NN") and before > name.first - 4:
        before -= 1
    opened = before < 0 or words[before].low in _OPENERS or words[before].tag in (",", "``", ":", "WDT")
    return opened and _needs_verb(words, i) and _can_follow(words, i)


def _needs_verb(words: Sequence[Word], i: int) -> bool:
    """No finite verb up to the end of the clause."""
    for word in words[i + 1 :]:
        if word.tag in (",", ".", ";", ":") or word.low in ("while", "but", "although", "that", "which"):
            return True
        if word.tag in _FINITE:
            return False
    return True


def _can_follow(words: Sequence[Word], i: int) -> bool:
    after = words[i + 1] if i + 1 < len(words) else None
    return after is None or after.tag != "POS"


_HELPERS = bag("be is are was were been being am get got has have had having 's 're 've 'd ' by as")


def _joined_past(words: Sequence[Word], i: int) -> bool:
    """'X rejected it and called for ...': joined to a verb that is no passive, it is a past tense too."""
    if i > 2 and words[i - 1].tag == ",":
        return _only_verb(words, i)
    if i < 2 or words[i - 1].low not in ("and", "but"):
        return False
    for word in reversed(words[: i - 1]):
        if word.tag in ("VBD", "VBZ", "VBP"):
            return word.low not in _BEING or words[word.i + 1].tag == "VBG"
        if word.tag == "MD":
            return False
    return False


def _only_verb(words: Sequence[Word], i: int) -> bool:
    """'X, who ..., called for': no other verb stands before the parenthesis or after it."""
    first = next((w.i for w in words if w.tag == ","), i)
    outside = [*words[:first], *words[i + 1 :]]
    return first < i - 1 and not any(w.tag in _FINITE for w in outside)


_BEING = bag("be is are was were been being get got has have had")


def _takes_object(words: Sequence[Word], i: int) -> bool:
    """A participle with an object and no auxiliary is a past tense ("it shot down a drone", not "talks held in X")."""
    before = words[max(i - 4, 0) : i]
    if not before or words[i].dep == "amod" or any(w.low in _HELPERS and w.tag != "POS" for w in before):
        return False
    if before[-1].tag not in ("PRP", "NNP", "NNPS", "NN", "NNS", ",", "RB", "CC", "WDT", "WP"):
        return False
    k = i + 1 + (i + 1 < len(words) and words[i + 1].tag == "RP")
    return k < len(words) and words[k].tag in ("DT", "PRP$", "PRP", "NN", "NNS", "NNP", "JJ", "CD")


def _second(words: Sequence[Word], i: int) -> bool:
    """'..., and declines to': a verb form after "and", before "to" or "that"."""
    after = words[i + 1] if i + 1 < len(words) else None
    return (
        i > 0
        and words[i - 1].low in ("and", "but")
        and after is not None
        and (after.tag == "TO" or after.low == "that")
    )


def _joined(words: Sequence[Word], i: int) -> bool:
    """'... and signalled plans': a sure verb form after "and", before a noun."""
    before = words[i - 1].low if i else ""
    return words[i].low in _SURE and before in ("and", "but") and i + 1 < len(words) and words[i + 1].tag[:2] in (
        "NN", "DT", "PR", "IN", "JJ", "TO")  # fmt: skip
