"""Which source moves which hypothesis, how far, and which way? Hypotheses by evidence, the most diagnostic first."""

import textwrap
from dataclasses import dataclass
from typing import Literal

from detente.figures.legend import legend
from detente.figures.svg import COLOURS, INK, LINE, PAPER, SOFT_INK, WASH, group, hint, number, picture, tag, text
from detente.figures.text import one_line, wrap

EDGE = 10.0
LINE_HEIGHT = 14.0
MOST_LINES = 6
UP, DOWN = COLOURS["read"], COLOURS["assumed"]  # blue and orange: told apart by every kind of eye, and by their signs
State = Literal["moved", "turned", "still", "raised"]
MEANINGS: dict[State, str] = {
    "moved": "draws of 100 more (+) or fewer (\u2212) with it",
    "turned": "\u2260 the verdict is another one without it",
    "still": "\u00b7 nothing moves",
    "raised": "\u25c7 without it, nobody would ask",
}


@dataclass(frozen=True, slots=True)
class EvidenceCell:
    """What one source does to one hypothesis: by how many draws in a hundred it is more frequent with the source.

    `turned` says that the verdict is another one without it, `raised` that the question could not be asked.
    """

    points: float
    turned: bool = False
    raised: bool = False

    def sign(self) -> str:
        """Return the cell in characters."""
        if self.raised:
            return "\u25c7"
        moved = f"{self.points:+.0f}".replace("-", "\u2212") if abs(self.points) >= 0.5 else ""
        return (moved + ("\u2260" if self.turned else "")) or ("~" if self.points else "\u00b7")

    def words(self) -> str:
        """Return the cell as a reader would say it."""
        if self.raised:
            return "without it, nobody would ask"
        way = "more" if self.points > 0 else "fewer"
        size = f"{abs(self.points):.0f}" if abs(self.points) >= 0.5 else "less than 1"
        moved = f"{size} {way} of 100 draws with it" if self.points else "no draw moves"
        return moved + ("; the verdict is another one without it" if self.turned else "")


@dataclass(frozen=True, slots=True)
class EvidenceMatrix:
    """Hypotheses down the side with how they stand, sources across, each under its number; cells row by row."""

    rows: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[EvidenceCell, ...], ...]


def evidence_matrix(data: EvidenceMatrix, *, id: str, title: str, desc: str, width: float = 720) -> str:
    """Draw which source moves which hypothesis.

    >>> one = EvidenceMatrix((("A deal", "87%"),), ("Four terms",), ((EvidenceCell(-13, turned=True),),))
    >>> svg = evidence_matrix(one, id="f", title="Sources", desc="One source.")
    >>> "\u221213\u2260" in svg, "1 Four terms" in svg
    (True, True)
    """
    head = min(300.0, width * 0.44)
    many = max(len(data.columns), 1)
    wide = min((width - 2 * EDGE - head) / many, 76.0)
    y = EDGE + 18
    heads = [
        group(
            hint(name),
            text(str(k), EDGE + head + wide * (k - 0.5), y - 4, font_size=12.5, font_weight=650, text_anchor="middle"),
        )
        for k, name in enumerate(data.columns, 1)
    ]
    parts = [group(*heads)]
    for (name, stands), cells in zip(data.rows, data.cells, strict=True):
        drawn, y = _row((name, stands), cells, (head, wide, width), (y, data.columns))
        parts.append(drawn)
    key, y = _key(data.columns, y + 20, width)
    samples, y = legend(_samples(data), y + 10, width)
    return picture(*parts, key, samples, id=id, title=title, desc=desc, size=(width, y))


def evidence_matrix_as_text(data: EvidenceMatrix, *, columns: int = 78) -> tuple[str, ...]:
    """Set the matrix in characters, the sources by their numbers.

    >>> one = EvidenceMatrix((("A deal", "87%"),), ("Four terms",), ((EvidenceCell(-13),),))
    >>> print(*evidence_matrix_as_text(one, columns=30), sep="\\n")
    in draws of 100              1
    A deal (87%)               \u221213
    1 Four terms
    """
    wide = 6
    head = max(16, columns - wide * len(data.columns))
    lines = ["in draws of 100".ljust(head) + "".join(str(k + 1).rjust(wide) for k in range(len(data.columns)))]
    for (name, stands), cells in zip(data.rows, data.cells, strict=True):
        first, *rest = textwrap.wrap(one_line(f"{name} ({stands})" if stands else name), head - 1)
        lines += [first.ljust(head) + "".join(c.sign().rjust(wide) for c in cells), *(f"  {more}" for more in rest)]
    names = [textwrap.wrap(one_line(f"{k} {name}"), columns) for k, name in enumerate(data.columns, 1)]
    return (*lines, *(line for name in names for line in name))


def _row(
    named: tuple[str, str],
    cells: tuple[EvidenceCell, ...],
    frame: tuple[float, float, float],
    at: tuple[float, tuple[str, ...]],
) -> tuple[str, float]:
    (name, stands), (head, wide, width), (top, columns) = named, frame, at
    lines = [(line, INK) for line in wrap(name, head - 12, 12.5, lines=MOST_LINES)]
    lines += [(line, SOFT_INK) for line in wrap(stands, head - 12, 12.5, lines=MOST_LINES) if line]
    tall = max(30.0, LINE_HEIGHT * len(lines) + 10)
    rule = tag("path", d=f"M{number(EDGE)} {number(top)}H{number(width - EDGE)}", stroke=LINE)
    words = [
        text(line, EDGE, top + 17 + LINE_HEIGHT * k, font_size=12.5, fill=fill) for k, (line, fill) in enumerate(lines)
    ]
    boxes = [
        _cell(cell, (EDGE + head + wide * k + 1, top + 2, wide - 2, tall - 4), f"{name}; {source}: {cell.words()}")
        for k, (cell, source) in enumerate(zip(cells, columns, strict=True))
    ]
    return group(rule, *words, *boxes), top + tall


def _cell(cell: EvidenceCell, box: tuple[float, float, float, float], told: str) -> str:
    x, y, width, height = box
    sign = cell.sign()
    size = 12.5 if width > 34 else 10.0
    words = text(
        sign, x + width / 2, y + height / 2 + 4.5, font_size=size, text_anchor="middle",
        font_weight=650 if cell.turned else None, fill=SOFT_INK if sign in "\u00b7~\u25c7" else INK,
    )  # fmt: skip
    return group(
        hint(told), tag("rect", x=x, y=y, width=width, height=height, rx=3, fill=WASH), _tint(cell, box), words
    )


def _tint(cell: EvidenceCell, box: tuple[float, float, float, float]) -> str:
    """Lay the colour over a cell: stronger the more it moves, an outline where the verdict turns."""
    x, y, width, height = box
    strength = (
        0.0 if abs(cell.points) < 0.5 else 0.14 if abs(cell.points) < 5 else 0.28 if abs(cell.points) < 20 else 0.42
    )
    parts = []
    if strength and not cell.raised:
        fill = UP if cell.points > 0 else DOWN
        parts.append(tag("rect", x=x, y=y, width=width, height=height, rx=3, fill=fill, fill_opacity=f"{strength:g}"))
    if cell.turned:
        inner = {"x": x + 1, "y": y + 1, "width": width - 2, "height": height - 2}
        parts.append(tag("rect", **inner, rx=3, fill="none", stroke=INK, stroke_width=1.6))
    return "".join(parts)


def _key(columns: tuple[str, ...], top: float, width: float) -> tuple[str, float]:
    """List the sources under their numbers."""
    parts, y = [], top
    for k, name in enumerate(columns, 1):
        for n, line in enumerate(wrap(f"{k} {name}", width - 2 * EDGE, 12, lines=2)):
            parts.append(text(line, EDGE + (14 if n else 0), y, font_size=12))
            y += 16
    return group(*parts), y - 8


def _samples(data: EvidenceMatrix) -> list[tuple[str, str]]:
    cells = [cell for row in data.cells for cell in row]
    used: dict[State, bool] = {
        "moved": any(abs(c.points) >= 0.5 for c in cells),
        "turned": any(c.turned for c in cells),
        "still": any(c.sign() == "\u00b7" for c in cells),
        "raised": any(c.raised for c in cells),
    }
    both = tag("rect", x=0.7, y=-7, width=14, height=14, rx=3, fill=UP, fill_opacity="0.28")
    both += tag("rect", x=16, y=-7, width=14, height=14, rx=3, fill=DOWN, fill_opacity="0.28")
    blank = tag("rect", x=0.7, y=-7, width=29, height=14, rx=3, fill=WASH)
    outlined = tag("rect", x=1.5, y=-6.5, width=28, height=13, rx=3, fill=PAPER, stroke=INK, stroke_width=1.6)
    samples: dict[State, str] = {
        "moved": both,
        "turned": outlined + text("\u2260", 15, 4.5, font_size=12, font_weight=650, text_anchor="middle"),
        "still": blank + text("\u00b7", 15, 4.5, font_size=12, text_anchor="middle", fill=SOFT_INK),
        "raised": blank + text("\u25c7", 15, 4.5, font_size=12, text_anchor="middle", fill=SOFT_INK),
    }
    return [(samples[s], MEANINGS[s].lstrip("\u2260\u00b7\u25c7 ")) for s in MEANINGS if used[s]]
