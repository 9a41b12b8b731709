"""How often did an event come about in which class of cases: the chosen classes, others beside them, kindred events?"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from detente.errors import UsageError
from detente.figures.interval import diamond
from detente.figures.legend import legend
from detente.figures.svg import INK, LINE, SOFT_INK, USUAL, WASH, group, hint, number, picture, tag, text
from detente.figures.text import text_width, wrap

EDGE = 10.0
ROOMY = 500.0
LEADING = 14.0
ClassPart: TypeAlias = Literal["chosen", "beside", "kindred"]
HEADINGS: dict[ClassPart, str] = {
    "chosen": "the classes that the case is put in, the narrowest last",
    "beside": "classes that can be defended as well",
    "kindred": "kindred events, each counted by a definition of its own",
}
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class: `k` of `n` cases with the event, the rate that is told with its interval, and both in words.

    `deciding` is whether the rate is the one that is said, `taken_over` whether its counts were not recomputed.
    """

    name: str
    part: ClassPart
    k: int
    n: int
    rate: float
    interval: tuple[float, float]
    words: str
    deciding: bool = False
    taken_over: bool = False

    @property
    def plain(self) -> float:
        """The share of the cases of this class alone."""
        return self.k / self.n

    @property
    def counted(self) -> str:
        """The cases in words."""
        return f"{self.k:,} of {self.n:,}{'*' if self.taken_over else ''}"


@dataclass(frozen=True, slots=True)
class ClassPanel:
    """One event and the classes in which it was counted, part by part."""

    event: str
    rows: tuple[ClassRow, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    width: float
    head: float  # the room for names at the left; 0 where they stand above their row
    left: float
    right: float

    def x(self, share: float) -> float:
        return self.left + (self.right - self.left) * share


def class_panel(data: ClassPanel, *, id: str, title: str, desc: str, width: float = USUAL) -> str:
    """Draw a row for every class: an interval, the rate that is told, the plain share, and the cases.

    Raises UsageError where no class is given, or a row has no cases.

    >>> one = ClassRow("crises, mediated", "chosen", 84, 135, 0.6, (0.5, 0.7), "60% (50% to 70%)", deciding=True)
    >>> "84 of 135" in class_panel(ClassPanel("ends in agreement", (one,)), id="f", title="Classes", desc="One.")
    True
    """
    with_cases(data)
    sheet = _sheet(data, width)
    parts = [text(line, EDGE, 20 + 17 * k, font_size=14, font_weight=650)
             for k, line in enumerate(wrap(data.event, width - 2 * EDGE, 14.5, lines=3))]  # fmt: skip
    y = 20.0 + 17 * (len(parts) - 1) + 10
    top, rows, before = y, [], None
    for row in data.rows:
        if row.part != before:
            drawn, y = _heading(row.part, sheet, y)
            rows.append(drawn)
        before = row.part
        drawn, y = _row(row, sheet, y)
        rows.append(drawn)
    axis = _axis(sheet, top + 22, y)
    samples, y = legend(_samples(data), y + 30, width)
    return picture(*parts, axis, *rows, samples, id=id, title=title, desc=desc, size=(width, y))


def with_cases(data: ClassPanel) -> None:
    """Check that there are classes, each with cases.

    Raises UsageError where that is not so.
    """
    if not data.rows or any(not 0 <= row.k <= row.n or row.n < 1 for row in data.rows):
        raise UsageError(
            f"'{data.event}' has no class, or a class without cases. Give every class the number of its cases, and of "
            "those with the event."
        )


def _sheet(data: ClassPanel, width: float) -> _Sheet:
    roomy = width > ROOMY
    told = max(text_width(row.words, 12) for row in data.rows) + 8
    counts = max(text_width(row.counted, 12) for row in data.rows) + 16
    if not roomy:
        return _Sheet(width, 0.0, EDGE + 4, width - EDGE - 4)
    return _Sheet(width, 236.0, EDGE + 236.0 + 8, width - EDGE - told - counts)


def _heading(part: ClassPart, sheet: _Sheet, top: float) -> tuple[str, float]:
    lines = wrap(HEADINGS[part], sheet.width - 2 * EDGE, 11.5, lines=2)
    y = top + 8
    band = tag("rect", x=EDGE, y=y, width=sheet.width - 2 * EDGE, height=LEADING * len(lines) + 5, fill=WASH)
    words = [text(line, EDGE + 4, y + 13 + LEADING * k, font_size=11, fill=SOFT_INK) for k, line in enumerate(lines)]
    return group(band, *words), y + LEADING * len(lines) + 9


def _row(row: ClassRow, sheet: _Sheet, top: float) -> tuple[str, float]:
    room = sheet.head if sheet.head else sheet.width - 2 * EDGE
    size = 12.0
    names = wrap(row.name, room, size * (1.06 if row.deciding else 1.0), lines=4)
    heavy = 700 if row.deciding else None
    deep = LEADING * len(names)
    first = top + 14
    words = [text(line, EDGE, first + LEADING * k, font_size=size, font_weight=heavy) for k, line in enumerate(names)]
    tall = max(deep + 7, 24.0) if sheet.head else deep + 50
    middle = top + tall / 2 if sheet.head else top + deep + 17
    told = f"{row.name}: {row.words}; {row.counted.rstrip('*')} cases"
    base = middle + 4 if sheet.head else middle + 23
    numbers = [
        text(row.counted, sheet.width - EDGE, base, font_size=size, text_anchor="end", fill=SOFT_INK),
        text(row.words, sheet.right + 12 if sheet.head else EDGE, base, font_size=size, font_weight=heavy),
    ]
    track = "" if sheet.head else _track(sheet, middle)
    return group(hint(told), *words, track, _mark(row, sheet, middle), *numbers), top + tall


def _track(sheet: _Sheet, y: float) -> str:
    """Draw the scale behind a row whose name stands above it."""
    posts = "".join(f"M{number(sheet.x(share))} {number(y - 7)}v14" for share in TICKS)
    return tag("path", d=f"M{number(sheet.x(0))} {number(y)}H{number(sheet.x(1))}{posts}", stroke=LINE)


def _mark(row: ClassRow, sheet: _Sheet, y: float) -> str:
    """Draw the interval, the plain share as a tick below it, and the rate that is told."""
    low, high = sheet.x(row.interval[0]), sheet.x(row.interval[1])
    dash = "4 3" if row.taken_over else None
    line = tag("path", d=f"M{number(low)} {number(y)}H{number(high)}", stroke=INK, stroke_dasharray=dash,
               stroke_width=2.6 if row.deciding else 1.6)  # fmt: skip
    posts = tag("path", d=f"M{number(low)} {number(y - 4)}v8M{number(high)} {number(y - 4)}v8", stroke=INK,
                stroke_width=1.6)  # fmt: skip
    plain = tag("path", d=f"M{number(sheet.x(row.plain))} {number(y - 9)}v18", stroke=SOFT_INK, stroke_width=1.6,
                stroke_dasharray="2 2")  # fmt: skip
    point = diamond(sheet.x(row.rate), y, reach=7 if row.deciding else 5.5, hollow=not row.deciding)
    return group(line, posts, plain, point)


def _axis(sheet: _Sheet, top: float, bottom: float) -> str:
    parts = []
    for share in TICKS:
        x = sheet.x(share)
        if sheet.head:
            parts.append(tag("path", d=f"M{number(x)} {number(top)}V{number(bottom + 4)}", stroke=LINE))
        anchor = "start" if share == 0 else "end" if share == 1 else "middle"
        parts.append(text(f"{share:.0%}", x, bottom + 17, font_size=11, text_anchor=anchor, fill=SOFT_INK))
    return group(*parts)


def _samples(data: ClassPanel) -> list[tuple[str, str]]:
    entries = [(diamond(15, 0, reach=7), "the rate that is said")] if any(row.deciding for row in data.rows) else []
    entries.append((diamond(15, 0, reach=5.5, hollow=True), "a rate"))
    bare = tag("path", d="M2 0H28M2 -4v8M28 -4v8", stroke=INK, stroke_width=1.6)
    entries.append((bare, "its 95% interval"))
    if any(abs(row.plain - row.rate) > 0.005 for row in data.rows):
        tick = tag("path", d="M15 -9v18", stroke=SOFT_INK, stroke_width=1.6, stroke_dasharray="2 2")
        entries.append((tick, "the cases of that class alone"))
    if any(row.taken_over for row in data.rows):
        dashed = tag("path", d="M2 0H28", stroke=INK, stroke_width=1.6, stroke_dasharray="4 3")
        entries.append((dashed, "* counts taken over, not recomputed"))
    return entries
