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
        tag = _known_tag(words, word, ends) or _verb_tag(mended, word, ends, frames)
        if tag and tag != word.tag:
            mended[word.i] = replace(word, tag=tag)
    return mended


def _known_tag(words: Sequence[Word], word: Word, ends: dict[int, Name]) -> str:
    """Words that are always the same, names that were taken for something else, and events told as plurals."""
    if word.tag in _NOT_NAMES and word.text[:1].isupper() and word.i in ends:
        return "NNP"
    if word.low in _ADJECTIVES:
        return "JJ"
    if word.low in ("both", "each") and word.tag == "CC" and words[min(word.i + 1, len(words) - 1)].tag[:1] in "VM":
        return "DT"
    return "NNS" if word.low in _EVENTS and word.tag == "VBZ" and _compounded(words, word.i, ends) else ""


def _verb_tag(mended: Sequence[Word], word: Word, ends: dict[int, Name], frames: Frames) -> str | None:
    """A verb taken for something else, a past tense taken for a participle, or the other way round."""
    i = word.i
    if word.low in _SUFFERED and word.tag in ("VBD", "VBN") and _without_object(mended, i):
        return "VBN"
    if word.tag not in _MISTAGGED or not _verb_form(word.low, frames):
        return None
    if word.low in _EVENTS and word.tag == "NNS" and _listed(mended, i, ends):
        return None
    if word.tag == "VBN" and (_takes_object(mended, i) or _joined_past(mended, i) or _only_past(mended, i)):
        return "VBD"
    tag = _finite_tag(word.low) or _plural_tag(mended, i, ends)
    return tag if tag and (_after_name(mended, i, ends) or _joined(mended, i) or _second(mended, i)) else None


_NOT_NAMES = {"CC", "UH", "RB", "MD", "VB", "VBP", "VBZ", "SYM", "LS", "XX", ":"}
_ADJECTIVES = bag("indirect bilateral trilateral nuclear ballistic")
_EVENTS = bag("talks strikes attacks visits raids demands calls")


def _listed(words: Sequence[Word], i: int, ends: dict[int, Name]) -> bool:
    """'A, B talks in C end': the two names describe an event."""
    name = ends.get(i - 1)
    return name is not None and name.first > 1 and words[name.first - 1].tag == "," and name.first - 2 in ends


def _compounded(words: Sequence[Word], i: int, ends: dict[int, Name]) -> bool:
    """'indirect A-B talks', 'expand A talks': the name before is part of a compound."""
    name = ends.get(i - 1)
    if name is None or name.first == 0:
        return False
    before = words[name.first - 1]
    return _listed(words, i, ends) or before.tag in ("HYPH", "JJ", "IN", "DT", "VB", "VBG", "VBD", "VBN", "PRP$", "POS")


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


def _plural_tag(words: Sequence[Word], i: int, ends: dict[int, Name]) -> str | None:
    """'... while the Xs demand salaries': the plain form behind a plural, before what could be its object."""
    name, after = ends.get(i - 1), words[i + 1] if i + 1 < len(words) else None
    if name is None or after is None or not words[i - 1].low.endswith("s") or words[i].tag not in ("NN", "VB", "JJ"):
        return None
    return "VBP" if after.tag in ("NNS", "DT", "TO", "PRP$", "IN") or after.low == "that" else None


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


# What is done to people: without an object behind it, it was done to whoever stands before it.
_SUFFERED = bag(
    "killed wounded injured arrested detained jailed kidnapped abducted captured displaced imprisoned deported "
    "expelled assassinated executed sentenced evicted hurt seized"
)


def _without_object(words: Sequence[Word], i: int) -> bool:
    """'... soldiers killed in X': a passive, though no form of "be" stands before it."""
    if i == 0 or i + 1 >= len(words) or words[i - 1].tag not in ("NN", "NNS", "NNP", "NNPS"):
        return False
    return words[i + 1].tag in ("IN", ",", ".") or words[i + 1].low == "by"


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


_CLAUSE_ENDS = _OPENERS | bag("but and")


def _only_past(words: Sequence[Word], i: int) -> bool:
    """'X threatened on Monday to ...': a participle behind a noun, in a clause without any other verb."""
    k = i - 1
    while k > 0 and words[k].tag == "RB":
        k -= 1
    if k < 0 or words[k].tag not in ("NN", "NNS", "NNP", "NNPS") or i + 1 >= len(words) or words[i + 1].low == "by":
        return False
    return _verbless(words[:i]) and _ends_verbless(words[i + 1 :])


def _verbless(before: Sequence[Word]) -> bool:
    """No verb since the last comma."""
    for word in reversed(before):
        if word.tag == ",":
            return True
        if word.tag in _FINITE or word.tag in ("VBG", "VB", "TO", "VBN"):
            return False
    return True


def _ends_verbless(after: Sequence[Word]) -> bool:
    """No finite verb up to the end of the clause."""
    for word in after:
        if word.tag in (",", ".", ";", ":", "``", "''") or word.low in _CLAUSE_ENDS:
            return True
        if word.tag in _FINITE:
            return False
    return True


def _only_verb(words: Sequence[Word], i: int) -> bool:
    """'X, who ..., called for': no other verb stands before the parenthesis or after it."""
    first = next((w.i for w in words if w.tag == ","), i)
    stop = next((w.i for w in words[i + 1 :] if w.tag == "," or w.low in _CLAUSE_ENDS), len(words))
    outside = [*words[:first], *words[i + 1 : stop]]
    return first < i - 1 and not any(w.tag in _FINITE for w in outside)


_BEING = bag("be is are was were been being get got has have had")


def _takes_object(words: Sequence[Word], i: int) -> bool:
    """A participle with an object and no auxiliary is a past tense ("it shot down a drone", not "talks held in X")."""
    before = words[max(i - 4, 0) : i]
    if not before or words[i].dep == "amod" or any(w.low in _HELPERS and w.tag != "POS" for w in before):
        return False
    if before[-1].tag not in ("PRP", "NNP", "NNPS", "NN", "NNS", ",", "RB", "CC", "WDT", "WP", "HYPH"):
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
