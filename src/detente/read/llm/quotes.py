"""Where do quoted words stand, if they stand in the sentences that were named for them?

Exactly as quoted they are verified; alike but for white space and the kind of quotation marks they are repaired, and
the text's own words take their place; otherwise they are not there. No distance between words is ever measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.read.items import SentenceFacts, Span

_MARKS = "'‘’‚‛`´\"“”„‟«»"
_ANY_MARK = f"[{_MARKS}]"
_SPACE = r"\s+"


@dataclass(frozen=True, slots=True)
class Found:
    """Where do the words stand, in which sentence, and had white space or quotation marks to be repaired?"""

    span: Span
    sentence: str
    repaired: bool


def find(quote: str, places: Sequence[SentenceFacts], text: str, *, near: Span | None = None) -> Found | None:
    """Where in these sentences does the quote stand: as it is, else repaired; `near` a clause where it can be?

    >>> place = SentenceFacts(id="s1", start=0, end=21, block="text")
    >>> find("the  dam", [place], "He said ‘the dam’ is."), find("a dam", [place], "He said ‘the dam’ is.")
    (Found(span=Span(start=9, end=16, quote='the dam'), sentence='s1', repaired=True), None)
    """
    for words, repaired in ((_exactly(quote), False), (_alike(quote), True)):
        hits = list(_hits(words, places, text, repaired)) if words is not None else []
        inside = [h for h in hits if near is not None and near.start <= h.span.start and h.span.end <= near.end]
        if hits:
            return (inside or hits)[0]
    return None


def _hits(words: re.Pattern[str], places: Iterable[SentenceFacts], text: str, repaired: bool) -> Iterable[Found]:
    for place in places:
        for hit in words.finditer(text, place.start, place.end):
            yield Found(Span(start=hit.start(), end=hit.end(), quote=hit[0]), place.id, repaired)


def _exactly(quote: str) -> re.Pattern[str] | None:
    return re.compile(_whole_words(quote, re.escape(quote))) if quote and quote == quote.strip() else None


def _alike(quote: str) -> re.Pattern[str] | None:
    bare = quote.strip().strip(_MARKS).strip()
    if not bare:
        return None
    return re.compile(_whole_words(bare, _SPACE.join(map(_word, bare.split()))))


def _word(word: str) -> str:
    return "".join(_ANY_MARK if character in _MARKS else re.escape(character) for character in word)


def _whole_words(quote: str, pattern: str) -> str:
    """A quote neither begins nor ends inside a word: "Iran" does not stand in "Iranian"."""
    before = r"(?<!\w)" if quote[:1].isalnum() else ""
    after = r"(?!\w)" if quote[-1:].isalnum() else ""
    return f"{before}{pattern}{after}"
