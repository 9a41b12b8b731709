"""What does each issue do to the deal in each mode: what is agreed, what depends, what is blocked?"""

from dataclasses import dataclass
from typing import Literal

from detente.figures.legend import legend
from detente.figures.svg import (
    ALARM,
    COLOURS,
    GAIN,
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

HEAD = 150.0
NARROW = 102.0  # the least width of a column
HEAD_LINES = 6
EDGE = 10.0
LINE_HEIGHT = 13.5
State = Literal["holds", "depends", "none", "clash", "same"]
WORDS: dict[State, str] = {
    "holds": "a deal for all values",
    "depends": "it depends",
    "none": "no deal for any value",
    "clash": "against a red line",
    "same": "the deal of today's agenda",
}
COLOUR: dict[State, str] = {
    "holds": GAIN, "depends": COLOURS["assumed"], "none": ALARM, "clash": ALARM, "same": SOFT_INK
}  # fmt: skip
SIGNS: dict[State, str] = {"holds": "✓", "depends": "?", "none": "✕", "clash": "✕", "same": "="}


@dataclass(frozen=True, slots=True)
class AgendaCell:
    """One way of treating one set of issues: whether there is a deal, and a few words on who gains or blocks.

    `share` is in how much of the draws there is a deal, on today's agenda and on this one, written out.
    """

    row: str
    mode: str
    state: State
    words: tuple[str, ...] = ()
    share: tuple[str, str] | None = None

    def told(self) -> tuple[str, ...]:
        """Return the small print: the words, and the share of draws from that of today's agenda to that of this one."""
        if self.share is None:
            return self.words
        return (*self.words, f"{self.share[0].removesuffix('%')} → {self.share[1]} of draws")


@dataclass(frozen=True, slots=True)
class AgendaMatrix:
    """Sets of issues down the side, modes across; a pair without a cell was not asked."""

    rows: tuple[str, ...]
    modes: tuple[str, ...]
    cells: tuple[AgendaCell, ...]


def agendas(matrix: AgendaMatrix, *, id: str, title: str, desc: str, width: float = 720) -> str:
    """Draw the agendas side by side.

    >>> one = AgendaMatrix(("Missiles",), ("option",), (AgendaCell("Missiles", "option", "depends", ("Iran +4",)),))
    >>> "it depends" in agendas(one, id="f", title="Agendas", desc="One.")
    True
    """
    columns = max(len(matrix.modes), 1)
    wide = min(max((width - HEAD - 2 * EDGE) / columns, NARROW), 200.0)
    width = max(width, HEAD + 2 * EDGE + wide * columns)
    heads, y = _heads(matrix.modes, wide)
    parts = [heads]
    found = {(cell.row, cell.mode): cell for cell in matrix.cells}
    for row in matrix.rows:
        drawn, y = _row(row, tuple(found.get((row, mode)) for mode in matrix.modes), wide, y)
        parts.append(drawn)
    samples, y = legend(_samples(matrix), y + 12, width)
    return picture(*parts, samples, id=id, title=title, desc=desc, size=(width, y))


def _heads(modes: tuple[str, ...], wide: float) -> tuple[str, float]:
    """Set the modes over their columns, the last lines level with one another; heavy letters run wide."""
    heads = [wrap(mode, wide - 8, 12.8, lines=HEAD_LINES) for mode in modes]
    y = EDGE + LINE_HEIGHT * max((len(head) for head in heads), default=1) + 6
    parts = [
        group(
            hint(mode),
            *(
                text(line, HEAD + EDGE + wide * (at + 0.5), y - 6 - LINE_HEIGHT * (len(head) - 1 - k), font_size=12,
                     font_weight=650, text_anchor="middle")
                for k, line in enumerate(head)
            ),
        )
        for at, (mode, head) in enumerate(zip(modes, heads, strict=True))
    ]  # fmt: skip
    return group(*parts), y


def _samples(matrix: AgendaMatrix) -> list[tuple[str, str]]:
    used = [(_sample(s), WORDS[s]) for s in WORDS if any(c.state == s for c in matrix.cells)]
    if len({(c.row, c.mode) for c in matrix.cells}) < len(set(matrix.rows)) * len(set(matrix.modes)):
        box = tag("rect", x=0.7, y=-7, width=29, height=14, rx=3, fill=WASH)
        used.append((box + text("–", 15, 4.5, font_size=12, fill=SOFT_INK, text_anchor="middle"), "not asked"))
    if any(c.share is not None for c in matrix.cells):
        arrow = text("→", 15, 4.5, font_size=13, fill=SOFT_INK, text_anchor="middle")
        used.append((arrow, "share of the model's draws with a deal: today's agenda → this one"))
    return used


def _row(name: str, cells: tuple[AgendaCell | None, ...], wide: float, top: float) -> tuple[str, float]:
    words = wrap(name, HEAD - 14, 12.5, lines=4)
    told = [
        tuple(line for word in cell.told() for line in wrap(word, wide - 14, 11, lines=3)) if cell else ()
        for cell in cells
    ]
    tall = max(LINE_HEIGHT * len(words) + 12, 30.0 + 13 * max((len(t) for t in told), default=0))
    first = top + 19
    head = [text(line, EDGE, first + LINE_HEIGHT * at, font_size=12.5) for at, line in enumerate(words)]
    rule = tag("path", d=f"M{EDGE} {number(top)}h{number(HEAD - 4)}", stroke=LINE)
    boxes = [
        _cell(cell, told[at], (HEAD + EDGE + wide * at + 2, top + 2, wide - 4, tall - 4))
        for at, cell in enumerate(cells)
    ]
    return group(rule, *head, *boxes), top + tall


def _cell(cell: AgendaCell | None, told: tuple[str, ...], box: tuple[float, float, float, float]) -> str:
    x, y, width, height = box
    if cell is None:
        blank = tag("rect", x=x, y=y, width=width, height=height, rx=3, fill=WASH)
        return blank + text("–", x + width / 2, y + height / 2 + 4, text_anchor="middle", fill=SOFT_INK)
    colour = COLOUR[cell.state]
    fill = tag("rect", x=x, y=y, width=width, height=height, rx=3, fill=PAPER)
    tint = tag(
        "rect", x=x + 0.7, y=y + 0.7, width=width - 1.4, height=height - 1.4, rx=3, fill=colour, fill_opacity="0.1",
        stroke=colour, stroke_width=1.4, stroke_dasharray="4 3" if cell.state in ("depends", "clash") else None,
    )  # fmt: skip
    sign = text(SIGNS[cell.state], x + 8, y + 17, font_size=13, font_weight=700, fill=colour)
    word = text(_short(cell.state), x + 24, y + 17, font_size=12, fill=INK)
    lines = [text(line, x + 8, y + 33 + 13 * at, font_size=11, fill=SOFT_INK) for at, line in enumerate(told)]
    return group(hint(f"{cell.row}, {cell.mode}: {WORDS[cell.state]}"), fill, tint, sign, word, *lines)


def _short(state: State) -> str:
    return {"holds": "deal", "depends": "depends", "none": "no deal", "clash": "red line", "same": "as today"}[state]


def _sample(state: State) -> str:
    colour = COLOUR[state]
    box = tag("rect", x=0.7, y=-7, width=29, height=14, rx=3, fill=colour, fill_opacity="0.1", stroke=colour)
    return box + text(SIGNS[state], 15, 4.5, font_size=12, font_weight=700, fill=colour, text_anchor="middle")
