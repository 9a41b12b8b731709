"""Which sets of refusals stand between the parties and a deal, and how often does each party block?"""

from dataclasses import dataclass

from detente.figures.legend import legend
from detente.figures.svg import ALARM, INK, LINE, SOFT_INK, WASH, group, hint, number, picture, tag, text
from detente.figures.text import shorten, wrap

HEAD = 230.0
EDGE = 10.0
ROW = 26.0
SHARE_ROOM = 215.0


@dataclass(frozen=True, slots=True)
class Blocker:
    """One refusal: whose, what for, in which of the sets it stands, and in what share of draws it blocks."""

    name: str
    sets: tuple[int, ...]
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Blockers:
    """The refusals down the side; each set is a column, and all of one column set aside would open a deal."""

    rows: tuple[Blocker, ...]
    sets: tuple[str, ...]


def blockers(data: Blockers, *, id: str, title: str, desc: str, width: float = 720) -> str:
    """Draw who would have to give way together.

    >>> data = Blockers((Blocker("Karun: red line", (0,)), Blocker("Delta: no gain", (0, 1))), ("1", "2"))
    >>> "Karun" in blockers(data, id="f", title="Who blocks", desc="Two ways.")
    True
    """
    shares = any(row.share is not None for row in data.rows)
    right = SHARE_ROOM if shares else 0.0
    column = min(max((width - HEAD - 2 * EDGE - right) / max(len(data.sets), 1), 26.0), 90.0)
    inner = HEAD + EDGE + column * len(data.sets)
    width = max(width, inner + right + EDGE)
    top = EDGE + 20
    bottom = top + ROW * len(data.rows)
    heads = [
        text(shorten(name, column - 4, 11.5), HEAD + EDGE + column * (at + 0.5), top - 8, font_size=11.5,
             text_anchor="middle", fill=SOFT_INK)
        for at, name in enumerate(data.sets)
    ]  # fmt: skip
    lines = [_tied(data, at, HEAD + EDGE + column * (at + 0.5), top) for at in range(len(data.sets))]
    rows = [_row(row, column, top + ROW * at, len(data.sets)) for at, row in enumerate(data.rows)]
    bars = (
        [_share(row, width - right - EDGE + 12, top + ROW * at) for at, row in enumerate(data.rows)] if shares else []
    )
    head = [
        text("stands in the way, share of draws", width - right - EDGE + 12, top - 8, font_size=11.5, fill=SOFT_INK)
    ] * shares
    samples, y = legend(_samples(), bottom + 12, width)
    return picture(*rows, *lines, *heads, *head, *bars, samples, id=id, title=title, desc=desc, size=(width, y))


def _row(row: Blocker, column: float, top: float, sets: int) -> str:
    middle = top + ROW / 2
    name = wrap(row.name, HEAD - 16, 12, lines=1)
    rule = tag("path", d=f"M{EDGE} {number(top)}H{number(HEAD + EDGE + column * sets)}", stroke=LINE)
    marks = [
        tag("circle", cx=HEAD + EDGE + column * (at + 0.5), cy=middle, r=6.5, fill=ALARM)
        if at in row.sets
        else tag("circle", cx=HEAD + EDGE + column * (at + 0.5), cy=middle, r=3.5, fill=WASH, stroke=LINE)
        for at in range(sets)
    ]
    return group(hint(row.name), rule, text(name[0], EDGE, middle + 4, font_size=12), *marks)


def _tied(data: Blockers, at: int, x: float, top: float) -> str:
    inside = [k for k, row in enumerate(data.rows) if at in row.sets]
    if len(inside) < 2:
        return ""
    first, last = (top + ROW * (k + 0.5) for k in (inside[0], inside[-1]))
    return tag("path", d=f"M{number(x)} {number(first)}V{number(last)}", stroke=ALARM, stroke_width=2)


def _share(row: Blocker, x: float, top: float) -> str:
    if row.share is None:
        return ""
    length = 80 * row.share
    frame = tag("rect", x=x, y=top + 7, width=80, height=12, fill="none", stroke=LINE)
    bar = tag("rect", x=x, y=top + 7, width=max(length, 0.5), height=12, fill=INK, fill_opacity="0.6")
    return group(frame, bar, text(f"{row.share:.0%}", x + 86, top + 17, font_size=11.5))


def _samples() -> list[tuple[str, str]]:
    dot = tag("circle", cx=15, cy=0, r=6.5, fill=ALARM)
    return [(dot, "in this set: all of one column set aside together would open a deal")]
