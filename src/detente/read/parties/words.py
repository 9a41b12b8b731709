"""Which words does a stretch of text hold, and do they spell a known name?"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?|[^\W_]+")
_JOINS = frozenset({"", "-", "–", "/", "+", "&", "'", "’"})
_VOWELS = frozenset("aeiouy")


class Word(NamedTuple):
    """One word of a text: as written, as compared, where it stands, and what stands before it."""

    text: str
    key: str
    start: int
    end: int
    gap: str


class Pattern(NamedTuple):
    """How a name is compared: its keys, and what each word must look like (U upper case, C capital first, x any)."""

    keys: tuple[str, ...]
    shape: str


def bag(words: str) -> frozenset[str]:
    """Which words does a blank-separated list hold?"""
    return frozenset(words.split())


def fold(text: str) -> str:
    """How is a word compared? Without accents, dots and case.

    >>> fold("Élysée"), fold("U.S."), fold("ŞAHİN")
    ('elysee', 'us', 'sahin')
    """
    if text.isascii():
        return text.replace(".", "").lower()
    plain = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ł", "l").replace("ø", "o"))
    return "".join(c for c in plain if not unicodedata.combining(c)).replace(".", "").lower()


def words(text: str) -> tuple[Word, ...]:
    """Which words does a text hold, in order?

    >>> [word.text for word in words("The U.S.–Iran talks, Sana'a said")]
    ['The', 'U.S.', 'Iran', 'talks', 'Sana', 'a', 'said']
    """
    found, end = [], 0
    for match in _WORD.finditer(text):
        found.append(Word(match[0], fold(match[0]), match.start(), match.end(), text[end : match.start()]))
        end = match.end()
    return tuple(found)


def pattern(name: str) -> Pattern:
    """How is a name of the lexicon compared with the words of a text?

    >>> pattern("al-Shabaab"), pattern("US")
    (Pattern(keys=('al', 'shabaab'), shape='xC'), Pattern(keys=('us',), shape='U'))
    """
    if name.isalpha() and name.isascii():
        return Pattern((name.lower(),), _shape(name))
    parts = _WORD.findall(name)
    return Pattern(tuple(map(fold, parts)), "".join(map(_shape, parts)))


def _shape(word: str) -> str:
    if word.isupper() and len(word.replace(".", "")) > 1:
        return "U"
    return "C" if word[0].isupper() else "x"


def spells(pattern: Pattern, text: tuple[Word, ...], at: int) -> bool:
    """Do the words of a text spell this name from word `at` on?"""
    keys = pattern.keys
    if at + len(keys) > len(text):
        return False
    for offset, key in enumerate(keys):
        word = text[at + offset]
        if word.key != key or not _looks(word.text, pattern.shape[offset]):
            return False
        if offset and not joined(word, text[at + offset - 1]):
            return False
    return True


def joined(word: Word, before: Word) -> bool:
    """May this word go on a name that the word before it belongs to?"""
    gap = word.gap.strip()
    if gap == ".":
        return len(before.text) <= 3
    return gap in _JOINS and (not gap or gap == word.gap or word.gap in {"' ", "’ "})


def _looks(text: str, shape: str) -> bool:
    if shape == "U":
        return text.isupper()
    return shape == "x" or text[0].isupper() or text[0].isdigit()


def stem(word: str) -> str:
    """What is left of an English word without its common endings? A rough key, used on both sides of a comparison.

    >>> {stem("travel"), stem("travelled"), stem("travelling")}, {stem("visit"), stem("visits"), stem("visited")}
    ({'travel'}, {'visit'})
    """
    key = word.lower()
    if key.endswith(("ies", "ied")) and len(key) > 4:
        return key[:-3] + "y"
    for ending in ("ing", "ed", "es", "s"):
        rest = key[: -len(ending)]
        if key.endswith(ending) and len(rest) > 2 and not key.endswith("ss") and not _VOWELS.isdisjoint(rest):
            key = rest
            break
    if len(key) > 3 and key[-1] == key[-2] and key[-1] not in "se":
        key = key[:-1]
    return key[:-1] if key.endswith("e") and len(key) > 3 else key


def stems(words: str) -> frozenset[str]:
    """Which stems does a blank-separated list of words have?"""
    return frozenset(map(stem, words.split()))


def plurals(name: str) -> Iterator[str]:
    """Which forms does a name for a person or body take: itself, and its plural at the end or at its first noun?

    >>> sorted(plurals("secretary of state")), sorted(plurals("envoy"))
    (['secretaries of state', 'secretary of state'], ['envoy', 'envoys'])
    """
    yield name
    head, _, rest = name.partition(" of ") if " of " in name else (name, "", "")
    if head.endswith(("s", "people", "police", "media")):
        return
    many = head[:-1] + "ies" if head.endswith("y") and head[-2] not in _VOWELS else head + "s"
    many = head[:-3] + "men" if head.endswith(("man",)) else many
    yield f"{many} of {rest}" if rest else many
