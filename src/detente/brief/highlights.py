"""Which stretches of a source are quoted, when quotes may nest and overlap?"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text, the quotes that cover it (the last begun is innermost), and those that begin with it."""

    text: str
    covering: tuple[str, ...]
    beginning: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote claims to stand."""

    id: str
    start: int
    end: int
    quote: str


def stands(text: str, place: Place) -> bool:
    """Tell whether a quote is where it says it is.

    >>> stands("No release.", Place("e1", 3, 10, "release"))
    True
    """
    return 0 <= place.start < place.end <= len(text) and text[place.start : place.end] == place.quote


def stretches(text: str, places: Iterable[Place]) -> tuple[Stretch, ...]:
    """Split a text at every border of a quote; joined again, the stretches are the text.

    >>> [(s.text, s.covering) for s in stretches("abcd", (Place("e1", 0, 3, "abc"), Place("e2", 1, 2, "b")))]
    [('a', ('e1',)), ('b', ('e1', 'e2')), ('c', ('e1',)), ('d', ())]
    """
    kept = sorted((place for place in places if stands(text, place)), key=lambda p: (p.start, -p.end, p.id))
    borders = sorted({0, len(text), *(p.start for p in kept), *(p.end for p in kept)})
    found: list[Stretch] = []
    for start, end in pairwise(borders):
        covering = tuple(p.id for p in kept if p.start <= start and end <= p.end)
        found.append(Stretch(text[start:end], covering, tuple(p.id for p in kept if p.start == start)))
    return tuple(found)
