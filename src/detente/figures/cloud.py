"""Where do the packages lie between two parties, which of them are deals, and which does each solution choose?"""

from dataclasses import dataclass
from typing import Literal

from detente.figures.legend import legend
from detente.figures.placed import Box, placed
from detente.figures.scale import tick, ticks
from detente.figures.svg import ALARM, GAIN, INK, LINE, PAPER, SOFT_INK, WASH, group, hint, number, picture, tag, text
from detente.figures.text import gain, shorten

LEFT, RIGHT, TOP, BOTTOM = 62.0, 24.0, 18.0, 48.0
HEIGHT = 430.0
SHAPES: tuple[str, ...] = ("triangle", "diamond", "square", "star")
REACH = 6.5  # of a solution's sign from its middle
WIDER = 6.0  # by which a sign grows where another lies in it
FONT_SIZE = 12.0
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Solved:
    """A package that one or several solutions choose, by their names."""

    at: Place
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cloud:
    """Packages by what two parties gain beyond no deal, in points.

    Only one in `every` is drawn; `frontier` are the deals that no other beats for both.
    """

    parties: tuple[str, str]
    packages: tuple[Place, ...]
    excluded: tuple[Place, ...] = ()  # by a red line
    frontier: tuple[Place, ...] = ()
    solutions: tuple[Solved, ...] = ()
    every: int = 1


@dataclass(frozen=True, slots=True)
class _Frame:
    low: Place
    high: Place
    width: float

    def x(self, value: float) -> float:
        span = self.high[0] - self.low[0] or 1.0
        return LEFT + (value - self.low[0]) / span * (self.width - LEFT - RIGHT)

    def y(self, value: float) -> float:
        span = self.high[1] - self.low[1] or 1.0
        return HEIGHT - BOTTOM - (value - self.low[1]) / span * (HEIGHT - BOTTOM - TOP)

    def at(self, place: Place) -> Place:
        return self.x(place[0]), self.y(place[1])


def cloud(data: Cloud, *, id: str, title: str, desc: str, width: float = 720) -> str:
    """Draw the packages as dots; the corner in which both gain is the zone of possible agreement.

    >>> drawn = cloud(Cloud(("Karun", "Delta"), ((1.0, 2.0), (-1.0, 3.0))), id="f", title="Packages", desc="Two.")
    >>> "zone of agreement" in drawn
    True
    """
    frame = _frame(data, width)
    parts = [_zone(frame), _axes(data, frame)]
    parts += [_dot(at, frame, "excluded") for at in data.excluded]
    parts += [_dot(at, frame, "deal" if min(at) >= 0 else "package") for at in data.packages]
    parts += [_frontier(data, frame), _signs(data, frame), _labels(data, frame)]
    samples, y = legend(_samples(data), HEIGHT + 8, width)
    return picture(*parts, samples, id=id, title=title, desc=desc, size=(width, y))


def _frame(data: Cloud, width: float) -> _Frame:
    shown = [*data.packages, *data.excluded, *data.frontier, *(s.at for s in data.solutions), (0.0, 0.0)]
    ends = [(min(p[k] for p in shown), max(p[k] for p in shown)) for k in (0, 1)]
    pads = [0.06 * (high - low) or 1.0 for low, high in ends]
    low = (ends[0][0] - pads[0], ends[1][0] - pads[1])
    return _Frame(low, (ends[0][1] + pads[0], ends[1][1] + pads[1]), width)


def _zone(frame: _Frame) -> str:
    x, y = frame.x(0), frame.y(0)
    wide = max(frame.width - RIGHT - x, 0)
    return tag("rect", x=x, y=TOP, width=wide, height=max(y - TOP, 0), fill=GAIN, fill_opacity="0.09")


def _axes(data: Cloud, frame: _Frame) -> str:
    x, y = frame.x(0), frame.y(0)
    bottom, right = HEIGHT - BOTTOM, frame.width - RIGHT
    lines = tag("path", d=f"M{number(LEFT)} {number(y)}H{number(right)}M{number(x)} {TOP}V{number(bottom)}", stroke=INK)
    border = tag("path", d=f"M{LEFT} {TOP}V{number(bottom)}H{number(right)}", stroke=LINE, fill="none")
    marks = [
        text(tick(value), frame.x(value), bottom + 15, font_size=11, fill=SOFT_INK, text_anchor="middle")
        for value in ticks(frame.low[0], frame.high[0])
    ]
    marks += [
        text(tick(value), LEFT - 6, frame.y(value) + 4, font_size=11, fill=SOFT_INK, text_anchor="end")
        for value in ticks(frame.low[1], frame.high[1])
    ]
    first, second = (shorten(f"{p}: gain beside no deal, points", 380, FONT_SIZE) for p in data.parties)
    across = text(first, (LEFT + right) / 2, bottom + 35, font_size=FONT_SIZE, text_anchor="middle")
    turned = f"translate(14 {number((TOP + bottom) / 2)}) rotate(-90)"
    up = text(second, 0, 0, font_size=FONT_SIZE, text_anchor="middle", transform=turned)
    return group(border, lines, *marks, across, up)


def _dot(at: Place, frame: _Frame, kind: Literal["deal", "package", "excluded"]) -> str:
    x, y = frame.at(at)
    if kind == "excluded":
        return tag("path", d=f"M{number(x - 2.5)} {number(y - 2.5)}l5 5m0 -5l-5 5", stroke=ALARM, stroke_width=1)
    if kind == "deal":
        return tag("circle", cx=x, cy=y, r=3, fill=GAIN, fill_opacity="0.75")
    return tag("circle", cx=x, cy=y, r=2.4, fill=WASH, stroke=SOFT_INK, stroke_width=0.8)


def _frontier(data: Cloud, frame: _Frame) -> str:
    if not data.frontier:
        return ""
    along = [frame.at(place) for place in sorted(set(data.frontier))]
    path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in along)
    line = tag("path", d=path, fill="none", stroke=INK, stroke_width=1.4)
    rings = [tag("circle", cx=x, cy=y, r=4, fill="none", stroke=INK, stroke_width=1.2) for x, y in along]
    return group(line, *rings)


def _signs(data: Cloud, frame: _Frame) -> str:
    """Draw the sign of every solution; one that would hide another is a larger, hollow shape around it."""
    reaches: list[float] = []
    for k, one in enumerate(data.solutions):
        x, y = frame.at(one.at)
        near = [
            reach + WIDER
            for reach, other in zip(reaches, data.solutions[:k], strict=True)
            if max(abs(frame.x(other.at[0]) - x), abs(frame.y(other.at[1]) - y)) < reach + REACH
        ]
        reaches.append(max(near, default=REACH))
    order = sorted(range(len(reaches)), key=lambda k: -reaches[k])
    return group(*(_sign(data.solutions[k], frame, k, reaches[k]) for k in order))


def _sign(one: Solved, frame: _Frame, at: int, reach: float) -> str:
    told = f"{', '.join(one.names)}: {gain(one.at[0])} and {gain(one.at[1])} points"
    path = _outline(SHAPES[at % len(SHAPES)], *frame.at(one.at), reach)
    if reach > REACH or SHAPES[at % len(SHAPES)] == "star":
        halo = tag("path", d=path, fill="none", stroke=PAPER, stroke_width=4.5)
        return group(hint(told), halo, tag("path", d=path, fill="none", stroke=INK, stroke_width=2))
    return group(hint(told), tag("path", d=path, fill=INK, stroke=PAPER, stroke_width=2, paint_order="stroke"))


def _outline(kind: str, x: float, y: float, reach: float) -> str:
    high, wide = number(reach * 1.25), number(reach * 1.15)
    return {
        "triangle": f"M{number(x)} {number(y - 1.25 * reach)}"
        f"L{number(x + 1.15 * reach)} {number(y + 0.75 * reach)}H{number(x - 1.15 * reach)}z",
        "diamond": f"M{number(x)} {number(y - 1.25 * reach)}l{wide} {high}l-{wide} {high}l-{wide} -{high}z",
        "square": f"M{number(x - reach)} {number(y - reach)}h{number(2 * reach)}v{number(2 * reach)}"
        f"h-{number(2 * reach)}z",
        "star": f"M{number(x - reach)} {number(y)}h{number(2 * reach)}M{number(x)} {number(y - reach)}"
        f"v{number(2 * reach)}",
    }[kind]


def _labels(data: Cloud, frame: _Frame) -> str:
    """Name every solution beside its sign, clear of the signs, of one another and of the edges."""
    inside: Box = (LEFT + 4, TOP, frame.width - 6, HEIGHT - BOTTOM - 4)
    spots = [frame.at(one.at) for one in data.solutions]
    taken: list[Box] = [(x - 9, y - 9, x + 9, y + 9) for x, y in spots]
    drawn = []
    for one, spot in zip(data.solutions, spots, strict=True):
        label = placed(", ".join(one.names), spot, inside=inside, taken=taken, size=FONT_SIZE)
        taken.append(label.box)
        before = label.box[2] <= spot[0]
        x, y = label.box[2 if before else 0], label.box[1] + FONT_SIZE
        lines = [
            text(line, x, y + label.leading * k, font_size=FONT_SIZE, font_weight=650, stroke=PAPER, stroke_width=3,
                 paint_order="stroke", text_anchor="end" if before else None)
            for k, line in enumerate(label.lines)
        ]  # fmt: skip
        lead = label.lead(spot)
        tie = tag("path", d=lead, stroke=INK, stroke_width=0.9) if lead else ""
        drawn.append(group(tie, *lines))
    return group(*drawn)


def _samples(data: Cloud) -> list[tuple[str, str]]:
    """Explain what is to be seen: a deal under the sign of a solution is not."""
    told = f" (one in {data.every:,} is drawn)" if data.every > 1 else ""
    covered = {one.at for one in data.solutions}
    entries: list[tuple[str, str]] = []
    if any(min(at) >= 0 for at in data.packages if at not in covered):
        dot = tag("circle", cx=15, cy=0, r=3, fill=GAIN, fill_opacity="0.75")
        entries.append((dot, f"a deal: nobody loses by it{told}"))
    if any(min(at) < 0 for at in data.packages):
        ring = tag("circle", cx=15, cy=0, r=2.4, fill=WASH, stroke=SOFT_INK)
        entries.append((ring, f"a package by which somebody loses{told}"))
    if data.excluded:
        entries.append((tag("path", d="M12.5 -2.5l5 5m0 -5l-5 5", stroke=ALARM), "excluded by a red line"))
    line = tag("path", d="M1 0h28", stroke=INK, stroke_width=1.4) if len(set(data.frontier)) > 1 else ""
    ring = tag("circle", cx=15, cy=0, r=4, fill="none", stroke=INK, stroke_width=1.2)
    if line or set(data.frontier) - covered:
        sample = line + (ring if set(data.frontier) - covered else "")
        entries.append((sample, "frontier: no other deal is better for one and no worse for the other"))
    zone = tag("rect", x=0.7, y=-7, width=29, height=14, fill=GAIN, fill_opacity="0.09", stroke=LINE)
    return [*entries, (zone, "zone of agreement: both gain")]
