"""Which trigger by which actor does a threat answer, and which does none?"""

from dataclasses import dataclass
from typing import Literal

from detente.figures.legend import LABEL_SIZE, legend
from detente.figures.svg import (
    ALARM,
    COLOURS,
    INK,
    LINE,
    PAPER,
    SOFT_INK,
    WASH,
    group,
    hint,
    number,
    picture,
    tag,
    text,
)
from detente.figures.text import wrap
from detente.situation.values import BasisKind

HEAD = 190.0
EDGE = 10.0
LINE_HEIGHT = 14.0


@dataclass(frozen=True, slots=True)
class Cell:
    """What happens if this actor does this: who has threatened to answer, or that nobody has, or that it cannot be."""

    trigger: str
    actor: str
    state: Literal["covered", "open", "none"]
    by: tuple[str, ...] = ()
    basis: BasisKind = "read"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Triggers down the side, actors across; a pair without a cell does not arise."""

    triggers: tuple[str, ...]
    actors: tuple[str, ...]
    cells: tuple[Cell, ...]


def coverage(matrix: Coverage, *, id: str, title: str, desc: str, width: float = 720) -> str:
    """Draw the triggers and actors that a threat covers, and those that none covers.

    >>> answered = Cell("closing the gates", "Karun", "covered", ("Delta",))
    >>> matrix = Coverage(("closing the gates",), ("Karun",), (answered,))
    >>> "covered" in coverage(matrix, id="f", title="Threats", desc="One threat.")
    True
    """
    columns = max(len(matrix.actors), 1)
    wide = min(max((width - HEAD - 2 * EDGE) / columns, 64.0), 150.0)
    width = max(width, HEAD + 2 * EDGE + wide * columns)
    heads = [wrap(actor, wide - 8, 12, lines=3) for actor in matrix.actors]
    y = EDGE + LINE_HEIGHT * max((len(head) for head in heads), default=1) + 6
    parts = [_head(head, HEAD + EDGE + wide * (at + 0.5), y) for at, head in enumerate(heads)]
    found = {(cell.trigger, cell.actor): cell for cell in matrix.cells}
    for trigger in matrix.triggers:
        row = tuple(found.get((trigger, actor)) for actor in matrix.actors)
        drawn, y = _row(trigger, row, wide, y)
        parts.append(drawn)
    samples, y = legend(_samples(matrix), y + 12, width)
    return picture(*parts, samples, id=id, title=title, desc=desc, size=(width, y))


def _head(lines: tuple[str, ...], x: float, bottom: float) -> str:
    first = bottom - 6 - LINE_HEIGHT * (len(lines) - 1)
    return group(
        *(
            text(line, x, first + LINE_HEIGHT * at, font_size=12, font_weight=650, text_anchor="middle")
            for at, line in enumerate(lines)
        )
    )


def _row(trigger: str, cells: tuple[Cell | None, ...], wide: float, top: float) -> tuple[str, float]:
    name = wrap(trigger, HEAD - 14, 12.5, lines=3)
    answers = [wrap(", ".join(cell.by), wide - 12, 11, lines=2) if cell and cell.by else () for cell in cells]
    tall = max(LINE_HEIGHT * len(name) + 12, 34.0 + 13 * max((len(answer) for answer in answers), default=0))
    first = top + tall / 2 + 4.5 - LINE_HEIGHT * (len(name) - 1) / 2
    words = [text(line, EDGE, first + LINE_HEIGHT * at, font_size=12.5) for at, line in enumerate(name)]
    rule = tag("path", d=f"M{EDGE} {number(top)}h{number(HEAD - 4)}", stroke=LINE)
    boxes = [
        _cell(cell, answer, (HEAD + EDGE + wide * at + 2, top + 2, wide - 4, tall - 4))
        for at, (cell, answer) in enumerate(zip(cells, answers, strict=True))
    ]
    return group(rule, *words, *boxes), top + tall


def _cell(cell: Cell | None, answer: tuple[str, ...], box: tuple[float, float, float, float]) -> str:
    x, y, width, height = box
    middle, centre = x + width / 2, y + height / 2
    if cell is None or cell.state == "none":
        blank = tag("rect", x=x, y=y, width=width, height=height, rx=3, fill=WASH)
        return blank + text("–", middle, centre + 4, text_anchor="middle", fill=SOFT_INK)
    if cell.state == "open":
        frame = tag(
            "rect", x=x + 1, y=y + 1, width=width - 2, height=height - 2, rx=3, fill=PAPER, stroke=ALARM,
            stroke_width=1.5, stroke_dasharray="4 3",
        )  # fmt: skip
        word = text("open", middle, centre + 4, text_anchor="middle", font_size=12, fill=ALARM, font_weight=650)
        return group(hint(f"{cell.trigger}, by {cell.actor}: no threat covers it"), frame, word)
    return _covered(cell, answer, box)


def _covered(cell: Cell, answer: tuple[str, ...], box: tuple[float, float, float, float]) -> str:
    x, y, width, height = box
    middle = x + width / 2
    fill = tag("rect", x=x, y=y, width=width, height=height, rx=3, fill=COLOURS[cell.basis], fill_opacity="0.16")
    frame = tag(
        "rect", x=x + 0.7, y=y + 0.7, width=width - 1.4, height=height - 1.4, rx=3, fill="none",
        stroke=COLOURS[cell.basis], stroke_width=1.4, stroke_dasharray=_frame_dash(cell.basis),
    )  # fmt: skip
    line = y + height / 2 + 4 - 6.5 * len(answer)
    tick = tag(
        "path", d=f"M{number(middle - 33)} {number(line - 4)}l3.5 4l6.5 -8.5", fill="none", stroke=INK, stroke_width=2
    )
    word = text("covered", middle - 18, line, font_size=12)
    by = [
        text(name, middle, line + 14 + 13 * at, font_size=11, fill=SOFT_INK, text_anchor="middle")
        for at, name in enumerate(answer)
    ]
    told = f"{cell.trigger}, by {cell.actor}: covered by {', '.join(cell.by) or 'a threat'} ({cell.basis})"
    return group(hint(told), fill, frame, tick, word, *by)


def _frame_dash(basis: BasisKind) -> str | None:
    return {"read": None, "entered": "11 3 2 3", "supplied": "1.5 2.5", "assumed": "5 4"}[basis]


def _samples(matrix: Coverage) -> list[tuple[str, str]]:
    bases: tuple[BasisKind, ...] = ("read", "entered", "supplied", "assumed")
    present = {cell.basis for cell in matrix.cells if cell.state == "covered"}
    entries = [
        (_sample(COLOURS[basis], _frame_dash(basis), "0.16"), f"a threat answers ({basis})")
        for basis in bases
        if basis in present
    ]
    entries.append((_sample(ALARM, "4 3", "0"), "no threat answers"))
    entries.append((tag("rect", x=0, y=-7, width=30, height=14, rx=3, fill=WASH), "does not arise"))
    return entries


def _sample(colour: str, dash: str | None, opacity: str) -> str:
    return tag(
        "rect", x=0.7, y=-7, width=29, height=14, rx=3, fill=colour, fill_opacity=opacity, stroke=colour,
        stroke_width=1.4, stroke_dasharray=dash, font_size=LABEL_SIZE,
    )  # fmt: skip
