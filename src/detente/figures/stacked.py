"""Of how many cases, or draws, came what: a bar for every row, and side by side for every column?"""

from dataclasses import dataclass

from detente.errors import UsageError
from detente.figures.decision import share_of
from detente.figures.fills import Fill, fill_patterns, fill_sample, filled
from detente.figures.legend import legend
from detente.figures.svg import INK, LINE, PAPER, SOFT_INK, USUAL, group, hint, number, picture, tag, text
from detente.figures.text import shorten, text_width, wrap

EDGE = 10.0
ROOMY = 500.0
BAR = 15.0
LEADING = 14.5


@dataclass(frozen=True, slots=True)
class StackedCell:
    """The shares of all parts, adding up to 1 or less; a few words below; the interval of the first share."""

    shares: tuple[float, ...]
    words: str = ""
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Stacked:
    """Rows of bars of the same parts; `columns` are named where there are several."""

    parts: tuple[tuple[str, Fill], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[StackedCell, ...]], ...]
    interval: str = "95% interval of the first part"


@dataclass(frozen=True, slots=True)
class _Sheet:
    id: str
    width: float
    head: float
    wide: float

    def left(self, column: int) -> float:
        return EDGE + self.head + self.wide * column

    @property
    def bar(self) -> float:
        return self.wide - 12


def stacked(data: Stacked, *, id: str, title: str, desc: str, width: float = USUAL) -> str:
    """Draw a bar in parts for every row and column; on a narrow page the name of a row stands above its bars.

    Raises UsageError where a row has not one cell for every column, or a cell not one share for every part.

    >>> bars = Stacked((("agreed", "settled"),), ("drift",), (("today's agenda", (StackedCell((0.4,), "0.40"),)),))
    >>> "0.40" in stacked(bars, id="f", title="Agendas", desc="One.")
    True
    """
    full_rows(data)
    roomy = width > ROOMY
    longest = max(text_width(name, 12.5) for name, _ in data.rows) + 12
    head = min(max(longest, 70.0), 224.0) if roomy else 0.0
    sheet = _Sheet(id, width, head, (width - 2 * EDGE - head) / len(data.columns))
    drawn, y = _heads(data, sheet)
    parts = [fill_patterns(id), drawn]
    for name, cells in data.rows:
        drawn, y = _row(data, (name, cells), sheet, y)
        parts.append(drawn)
    samples, y = legend(_samples(data, id), y + 10, width)
    return picture(*parts, samples, id=id, title=title, desc=desc, size=(width, y))


def full_rows(data: Stacked) -> None:
    """Check that every row has a cell for every column, and every cell a share for every part.

    Raises UsageError where that is not so.
    """
    cells = {len(row) for _, row in data.rows}
    shares = {len(cell.shares) for _, row in data.rows for cell in row}
    if cells != {len(data.columns)} or shares != {len(data.parts)}:
        raise UsageError(
            f"Not every row has {len(data.columns)} cells with {len(data.parts)} shares each. "
            "Give each row one cell for every column, and each cell one share for every part."
        )


def _heads(data: Stacked, sheet: _Sheet) -> tuple[str, float]:
    if not any(data.columns):
        return "", EDGE
    told = [wrap(name, sheet.bar, 13, lines=2) for name in data.columns]
    deep = max(len(lines) for lines in told)
    parts = [
        text(line, sheet.left(k), EDGE + 14 + 15 * (deep - len(lines) + at), font_size=12.5, font_weight=650)
        for k, lines in enumerate(told)
        for at, line in enumerate(lines)
    ]
    return group(*parts), EDGE + 14 + 15 * (deep - 1) + 8


def _row(data: Stacked, row: tuple[str, tuple[StackedCell, ...]], sheet: _Sheet, top: float) -> tuple[str, float]:
    name, cells = row
    room = sheet.head - 12 if sheet.head else sheet.width - 2 * EDGE
    names = wrap(name, room, 12.5, lines=6 if sheet.head else 3)
    parts = [tag("path", d=f"M{EDGE} {number(top)}H{number(sheet.width - EDGE)}", stroke=LINE)]
    parts += [text(line, EDGE, top + 19 + LEADING * k, font_size=12.5) for k, line in enumerate(names)]
    y = top + 8 if sheet.head else top + 8 + LEADING * len(names) + 2
    parts += [_cell(data, cell, sheet, (k, y), name) for k, cell in enumerate(cells)]
    tall = BAR + (LEADING if any(cell.words for cell in cells) else 0) + 12
    return group(*parts), max(y + tall, top + LEADING * len(names) + 14)


def _cell(data: Stacked, cell: StackedCell, sheet: _Sheet, place: tuple[int, float], row: str) -> str:
    column, y = place
    x = sheet.left(column)
    start, parts = x, []
    for (name, fill), share in zip(data.parts, cell.shares, strict=True):
        if share > 0:
            parts.append(group(
                hint(f"{row}{', ' if data.columns[column] else ''}{data.columns[column]}: {name} {share_of(share)}"),
                filled(sheet.id, fill, (start, y, share * sheet.bar, BAR)),
            ))  # fmt: skip
            start += share * sheet.bar
    parts.append(tag("rect", x=x, y=y, width=sheet.bar, height=BAR, fill="none", stroke=INK, stroke_width=0.8))
    if cell.interval is not None:
        parts.append(_interval(cell.interval, (x, y), sheet.bar))
    if cell.words:
        words = shorten(cell.words, sheet.wide - 2, 11)
        parts.append(text(words, x, y + BAR + 13, font_size=11, fill=SOFT_INK))
    return group(*parts)


def _interval(ends: tuple[float, float], spot: tuple[float, float], wide: float) -> str:
    """Draw an interval across a bar, readable on any filling."""
    (x, y), (low, high) = spot, ends
    middle = y + BAR / 2
    line = f"M{number(x + low * wide)} {number(middle)}H{number(x + high * wide)}"
    posts = "".join(f"M{number(x + at * wide)} {number(middle - 4)}v8" for at in (low, high))
    under = tag("path", d=line + posts, stroke=PAPER, stroke_width=4)
    return under + tag("path", d=line + posts, stroke=INK, stroke_width=1.6)


def _samples(data: Stacked, id: str) -> list[tuple[str, str]]:
    met = [any(cell.shares[k] > 0 for _, row in data.rows for cell in row) for k in range(len(data.parts))]
    entries = [(fill_sample(id, fill), name) for (name, fill), seen in zip(data.parts, met, strict=True) if seen]
    if any(cell.interval for _, row in data.rows for cell in row):
        entries.append((_interval((0.1, 0.9), (1.0, -BAR / 2), 28.0), data.interval))
    return entries
