"""For which values does something hold? Two inputs as axes, labelled regions between them."""

from dataclasses import dataclass

from detente.figures.legend import legend
from detente.figures.svg import (
    ALARM,
    COLOURS,
    GAIN,
    INK,
    LINE,
    PAPER,
    SOFT_INK,
    group,
    hint,
    number,
    picture,
    tag,
    text,
)
from detente.figures.text import shorten, text_width

LEFT, RIGHT, TOP, BOTTOM = 88.0, 20.0, 16.0, 50.0
HEIGHT = 360.0
# Colour never stands alone: each kind has a filling of its own, and its letter stands in its regions.
TONES = {
    "good": (GAIN, "M0 8L8 0"),
    "bad": (ALARM, "M0 0L8 8"),
    "doubtful": (COLOURS["assumed"], "M0 4H8"),
    "neutral": (SOFT_INK, "M4 0V8"),
    "better": (COLOURS["read"], "M0 0L8 8M0 8L8 0"),
    "worse": (COLOURS["supplied"], "M2 2h1M6 6h1"),
}


@dataclass(frozen=True, slots=True)
class RegionAxis:
    """One swept input: its name, where each cell begins and ends, and how its ends are written."""

    name: str
    edges: tuple[float, ...]  # ascending, one more than there are cells
    marks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """Which kind each cell is: `cells[row][column]` are indices into `kinds`, the first row being the lowest.

    `tones` says how each kind is filled, a key of TONES; without them they follow one another. With `exact` edges
    the kinds are outlined; `turns` are values across at which the kind changes in the row `level`, to be written down.
    """

    across: RegionAxis
    up: RegionAxis
    kinds: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]
    today: tuple[float, float] | None = None
    tones: tuple[str, ...] = ()
    turns: tuple[tuple[float, str], ...] = ()
    level: float = 0.0
    exact: bool = False

    def only(self) -> str | None:
        """Return the kind that fills everything, where there is only one: then there is nothing to draw."""
        found = {kind for row in self.cells for kind in row}
        return self.kinds[found.pop()] if len(found) == 1 else None

    def tone(self, kind: int) -> tuple[str, str]:
        """Return the colour and the filling of a kind."""
        names = list(TONES)
        return TONES[self.tones[kind] if self.tones else names[kind % len(names)]]


@dataclass(frozen=True, slots=True)
class _Frame:
    data: Region
    width: float

    def x(self, value: float) -> float:
        low, high = self.data.across.edges[0], self.data.across.edges[-1]
        return LEFT + (value - low) / (high - low or 1.0) * (self.width - LEFT - RIGHT)

    def y(self, value: float) -> float:
        low, high = self.data.up.edges[0], self.data.up.edges[-1]
        return HEIGHT - BOTTOM - (value - low) / (high - low or 1.0) * (HEIGHT - BOTTOM - TOP)


def region(data: Region, *, id: str, title: str, desc: str, width: float = 720) -> str:
    """Draw a map of two inputs, each cell filled by what holds there.

    >>> axis = RegionAxis("value", (0.0, 1.0, 2.0))
    >>> drawn = region(Region(axis, axis, ("deal", "none"), ((0, 1), (1, 1))), id="f", title="Map", desc="Two kinds.")
    >>> drawn.count("A = deal"), drawn.count("B = none")
    (1, 1)
    """
    frame = _Frame(data, width)
    fillings = tag("defs", "".join(_filling(id, at, data.tone(at)) for at in range(len(data.kinds))))
    runs = [_run(id, frame, run) for row in range(len(data.cells)) for run in _runs(data.cells[row], row)]
    letters = [_letter(frame, kind) for kind in range(len(data.kinds))]
    samples, y = legend(
        [_sample(id, at, kind, data.tone(at)[0]) for at, kind in enumerate(data.kinds)], HEIGHT + 6, width
    )
    outlines = _outlines(frame) if data.exact else ""
    parts = (fillings, *runs, outlines, _turns(frame), *letters, _axes(frame), _today(frame), samples)
    return picture(*parts, id=id, title=title, desc=desc, size=(width, y))


def _filling(id: str, at: int, tone: tuple[str, str]) -> str:
    colour, drawn = tone
    ground = tag("rect", width=8, height=8, fill=colour, fill_opacity="0.14")
    marks = tag("path", d=drawn, stroke=colour, stroke_width=0.9, stroke_opacity="0.7")
    return tag("pattern", ground + marks, id=f"{id}-k{at}", width=8, height=8, patternUnits="userSpaceOnUse")


def _runs(row: tuple[int, ...], at: int) -> list[tuple[int, int, int, int]]:
    """Return kind, row, first and last column of the runs of equal cells: fewer shapes than cells."""
    found: list[tuple[int, int, int, int]] = []
    for column, kind in enumerate(row):
        if found and found[-1][0] == kind:
            found[-1] = (kind, at, found[-1][2], column)
        else:
            found.append((kind, at, column, column))
    return found


def _run(id: str, frame: _Frame, run: tuple[int, int, int, int]) -> str:
    kind, row, first, last = run
    data = frame.data
    x, right = frame.x(data.across.edges[first]), frame.x(data.across.edges[last + 1])
    y, bottom = frame.y(data.up.edges[row + 1]), frame.y(data.up.edges[row])
    return tag("rect", x=x, y=y, width=right - x, height=bottom - y, fill=f"url(#{id}-k{kind})")


def _outlines(frame: _Frame) -> str:
    """Draw the line between what differs: along the rows upright, between the rows level."""
    data = frame.data
    drawn = []
    for row, kinds in enumerate(data.cells):
        bottom, top = frame.y(data.up.edges[row]), frame.y(data.up.edges[row + 1])
        for _, _, _, last in _runs(kinds, row)[:-1]:
            drawn.append(f"M{number(frame.x(data.across.edges[last + 1]))} {number(bottom)}V{number(top)}")
        above = data.cells[row + 1] if row + 1 < len(data.cells) else kinds
        differs = tuple(int(a != b) for a, b in zip(kinds, above, strict=True))
        for kind, _, first, last in _runs(differs, row):
            if kind:
                left, right = (frame.x(data.across.edges[k]) for k in (first, last + 1))
                drawn.append(f"M{number(left)} {number(top)}H{number(right)}")
    return tag("path", d="".join(drawn), fill="none", stroke=INK, stroke_width=1.4, stroke_linecap="square")


def _turns(frame: _Frame) -> str:
    """Lead from the line between two kinds down to its value on the axis."""
    y, bottom = frame.y(frame.data.level), HEIGHT - BOTTOM
    down = "".join(f"M{number(frame.x(at))} {number(y)}V{number(bottom)}" for at, _ in frame.data.turns)
    return tag("path", d=down, stroke=INK, stroke_width=1.2, stroke_dasharray="2 3") if down else ""


def _letter(frame: _Frame, kind: int) -> str:
    """Write a kind's letter in the middle of its longest run in the middle of the rows it fills."""
    data = frame.data
    runs = [run for row in range(len(data.cells)) for run in _runs(data.cells[row], row) if run[0] == kind]
    if not runs:
        return ""
    longest = max(_long(data, run) for run in runs)
    wide = [run for run in runs if _long(data, run) > 0.7 * longest]
    _, row, first, last = wide[len(wide) // 2]
    x = (frame.x(data.across.edges[first]) + frame.x(data.across.edges[last + 1])) / 2
    y = (frame.y(data.up.edges[row]) + frame.y(data.up.edges[row + 1])) / 2
    disc = tag("circle", cx=x, cy=y, r=11, fill=PAPER, stroke=data.tone(kind)[0], stroke_width=1.6)
    return disc + text(chr(65 + kind), x, y + 4.5, font_size=12.5, font_weight=700, text_anchor="middle")


def _long(data: Region, run: tuple[int, int, int, int]) -> float:
    return data.across.edges[run[3] + 1] - data.across.edges[run[2]]


def _axes(frame: _Frame) -> str:
    data, bottom, right = frame.data, HEIGHT - BOTTOM, frame.width - RIGHT
    border = tag("rect", x=LEFT, y=TOP, width=right - LEFT, height=bottom - TOP, fill="none", stroke=LINE)
    turns = {at for at, _ in data.turns}
    marks = [
        group(
            tag("path", d=f"M{number(frame.x(at))} {number(bottom)}v5", stroke=INK),
            text(word, frame.x(at), bottom + 17, font_size=11, fill=INK if at in turns else SOFT_INK,
                 font_weight=650 if at in turns else None, text_anchor="middle"),
        )
        for at, word in _apart((*data.turns, *sorted(data.across.marks)), frame)
    ]  # fmt: skip
    marks += [
        group(
            tag("path", d=f"M{number(LEFT)} {number(frame.y(at))}h-5", stroke=INK),
            text(word, LEFT - 8, frame.y(at) + 4, font_size=11, fill=SOFT_INK, text_anchor="end"),
        )
        for at, word in data.up.marks
    ]
    across = text(
        shorten(data.across.name, right - LEFT, 12), (LEFT + right) / 2, bottom + 37, font_size=12, text_anchor="middle"
    )
    turned = f"translate(14 {number((TOP + bottom) / 2)}) rotate(-90)"
    up = text(shorten(data.up.name, bottom - TOP + 30, 12), 0, 0, font_size=12, text_anchor="middle", transform=turned)
    return group(border, *marks, across, up)


def _apart(marks: tuple[tuple[float, str], ...], frame: _Frame) -> list[tuple[float, str]]:
    """Leave out marks whose words would run into those of one before it in the list."""
    kept: list[tuple[float, str]] = []
    ends: list[tuple[float, float]] = []
    for at, word in marks:
        half = text_width(word, 11) / 2 + 2
        left, right = frame.x(at) - half, frame.x(at) + half
        if all(right <= low or left >= high for low, high in ends):
            kept.append((at, word))
            ends.append((left, right))
    return kept


def _today(frame: _Frame) -> str:
    if frame.data.today is None:
        return ""
    x, y = frame.x(frame.data.today[0]), frame.y(frame.data.today[1])
    cross = tag("path", d=f"M{number(x - 7)} {number(y)}h14M{number(x)} {number(y - 7)}v14", stroke=INK, stroke_width=2)
    return group(hint("the best guess"), cross)


def _sample(id: str, at: int, kind: str, colour: str) -> tuple[str, str]:
    box = tag("rect", x=0.7, y=-7, width=29, height=14, fill=f"url(#{id}-k{at})", stroke=colour)
    return box, f"{chr(65 + at)} = {kind}"
