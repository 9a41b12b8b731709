"""Where do the packages lie between two parties, which of them are deals, and which does each solution choose?"""

from dataclasses import dataclass
from typing import Literal

from detente.figures.legend import legend
from detente.figures.svg import ALARM, GAIN, INK, LINE, PAPER, SOFT_INK, WASH, group, hint, number, picture, tag, text
from detente.figures.text import shorten, text_width

LEFT, RIGHT, TOP, BOTTOM = 62.0, 24.0, 18.0, 48.0
HEIGHT = 430.0
SHAPES: tuple[str, ...] = ("triangle", "diamond", "square", "star")
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Solved:
    """A package that one or several solutions choose, by their names."""

    at: Place
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cloud:
    """Packages by what two parties gain beyond no deal, in points.

    `of` says how many there are where not all are drawn; `frontier` are the deals that no other beats for both.
    """

    parties: tuple[str, str]
    packages: tuple[Place, ...]
    excluded: tuple[Place, ...] = ()  # by a red line
    frontier: tuple[Place, ...] = ()
    solutions: tuple[Solved, ...] = ()
    of: int | None = None


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
    parts.append(_frontier(data, frame))
    parts += [_solution(one, frame, at) for at, one in enumerate(data.solutions)]
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
    right, top = frame.width - RIGHT, TOP
    box = tag("rect", x=x, y=top, width=max(right - x, 0), height=max(y - top, 0), fill=GAIN, fill_opacity="0.09")
    word = text("zone of agreement: both gain", right - 6, top + 14, font_size=11.5, fill=SOFT_INK, text_anchor="end")
    return box + word


def _axes(data: Cloud, frame: _Frame) -> str:
    x, y = frame.x(0), frame.y(0)
    bottom, right = HEIGHT - BOTTOM, frame.width - RIGHT
    lines = tag("path", d=f"M{number(LEFT)} {number(y)}H{number(right)}M{number(x)} {TOP}V{number(bottom)}", stroke=INK)
    border = tag("path", d=f"M{LEFT} {TOP}V{number(bottom)}H{number(right)}", stroke=LINE, fill="none")
    ticks = [
        text(_signed(value), frame.x(value), bottom + 15, font_size=11, fill=SOFT_INK, text_anchor="middle")
        for value in _ticks(frame.low[0], frame.high[0])
    ]
    ticks += [
        text(_signed(value), LEFT - 6, frame.y(value) + 4, font_size=11, fill=SOFT_INK, text_anchor="end")
        for value in _ticks(frame.low[1], frame.high[1])
    ]
    first, second = (shorten(f"{p}: gain beside no deal, points", 380, 12) for p in data.parties)
    across = text(first, (LEFT + right) / 2, bottom + 35, font_size=12, text_anchor="middle")
    up = text(
        second,
        0,
        0,
        font_size=12,
        text_anchor="middle",
        transform=f"translate(14 {number((TOP + bottom) / 2)}) rotate(-90)",
    )
    return group(border, lines, *ticks, across, up)


def _signed(value: float) -> str:
    return f"{value:+.0f}" if value else "0"


def _ticks(low: float, high: float) -> tuple[float, ...]:
    """Return round values between two ends, about five of them."""
    span = high - low
    step = 1.0
    for base in (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10_000, 100_000, 1_000_000):
        step = float(base)
        if span / step <= 7:
            break
    first = int(low // step) + 1
    return tuple(step * k for k in range(first, int(high // step) + 1))


def _dot(at: Place, frame: _Frame, kind: Literal["deal", "package", "excluded"]) -> str:
    x, y = frame.x(at[0]), frame.y(at[1])
    if kind == "excluded":
        return tag("path", d=f"M{number(x - 2.5)} {number(y - 2.5)}l5 5m0 -5l-5 5", stroke=ALARM, stroke_width=1)
    if kind == "deal":
        return tag("circle", cx=x, cy=y, r=3, fill=GAIN, fill_opacity="0.75")
    return tag("circle", cx=x, cy=y, r=2.4, fill=WASH, stroke=SOFT_INK, stroke_width=0.8)


def _frontier(data: Cloud, frame: _Frame) -> str:
    if not data.frontier:
        return ""
    along = sorted(set(data.frontier))
    path = "M" + "L".join(f"{number(frame.x(x))} {number(frame.y(y))}" for x, y in along)
    line = tag("path", d=path, fill="none", stroke=INK, stroke_width=1.4)
    rings = [
        tag("circle", cx=frame.x(x), cy=frame.y(y), r=4, fill="none", stroke=INK, stroke_width=1.2) for x, y in along
    ]
    return group(line, *rings)


def _solution(one: Solved, frame: _Frame, at: int) -> str:
    x, y = frame.x(one.at[0]), frame.y(one.at[1])
    words = ", ".join(one.names)
    wide = text_width(words, 12)
    before = x + 12 + wide > frame.width - 4
    label = text(
        words, x - 11 if before else x + 11, y - 7 - 1.5 * (at % 2), font_size=12, font_weight=650,
        text_anchor="end" if before else "start", stroke=PAPER, stroke_width=3, paint_order="stroke",
    )  # fmt: skip
    told = f"{words}: {one.at[0]:+.1f} and {one.at[1]:+.1f} points"
    return group(hint(told), _shape(SHAPES[at % len(SHAPES)], x, y), label)


def _shape(kind: str, x: float, y: float) -> str:
    paths = {
        "triangle": f"M{number(x)} {number(y - 8)}l7 12h-14z",
        "diamond": f"M{number(x)} {number(y - 8)}l7 8l-7 8l-7 -8z",
        "square": f"M{number(x - 6)} {number(y - 6)}h12v12h-12z",
        "star": f"M{number(x - 7)} {number(y)}h14M{number(x)} {number(y - 7)}v14",
    }
    fill = "none" if kind == "star" else INK
    return tag("path", d=paths[kind], fill=fill, stroke=INK if kind == "star" else PAPER, stroke_width=2)


def _samples(data: Cloud) -> list[tuple[str, str]]:
    told = f" ({len(data.packages):,} of {data.of:,} drawn)" if data.of and data.of > len(data.packages) else ""
    entries = [(tag("circle", cx=15, cy=0, r=3, fill=GAIN, fill_opacity="0.75"), "a deal: nobody loses by it")]
    entries.append((tag("circle", cx=15, cy=0, r=2.4, fill=WASH, stroke=SOFT_INK), f"a package{told}"))
    if data.excluded:
        cross = tag("path", d="M12.5 -2.5l5 5m0 -5l-5 5", stroke=ALARM)
        entries.append((cross, "excluded by a red line"))
    if data.frontier:
        ring = tag("circle", cx=15, cy=0, r=4, fill="none", stroke=INK, stroke_width=1.2)
        entries.append((ring, "frontier: no deal is better for both"))
    return entries
