"""Which pictures does a brief hold, and how do they leave it?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detente.brief.document import Block, Brief, Figure
from detente.formats.svg_alone import alone, png

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture that stands alone: its name, made for a file, and the two forms it takes."""

    name: str
    svg: str
    png: bytes


def pictures(brief: Brief) -> tuple[Drawn, ...]:
    """Draw every picture of a brief, numbered in reading order; those of the text alone say so in their name.

    Raises FormatError where one cannot be drawn.

    >>> from detente.brief.document import Brief
    >>> pictures(Brief("Dam talks", "Two states", (), (), (), ()))
    ()
    """
    return tuple(drawn(name, figure) for name, figure in named(brief))


def named(brief: Brief) -> tuple[tuple[str, Figure], ...]:
    """Return every picture of a brief with the name of its file, in reading order."""
    return tuple((_name(k, id), figure) for k, (id, figure) in enumerate(_figures(brief), start=1))


def _figures(brief: Brief) -> Iterator[tuple[str, Figure]]:
    for section in brief.sections:
        yield from ((figure.id, figure) for figure in _among(section.blocks))
        yield from ((f"{figure.id}-text-alone", figure) for figure in _among(section.text_only or ()))


def _among(blocks: tuple[Block, ...]) -> Iterator[Figure]:
    return (block for block in blocks if isinstance(block, Figure))


def drawn(name: str, figure: Figure) -> Drawn:
    """Draw one picture so that it stands alone.

    Raises FormatError where it cannot be drawn.
    """
    svg = alone(figure.svg)
    return Drawn(name, svg, png(svg))


def _name(number: int, id: str) -> str:
    told = re.sub(r"[^A-Za-z0-9]+", "-", id).strip("-").lower()[:_LONGEST] or "figure"
    return f"{number:02d}-{told}"
