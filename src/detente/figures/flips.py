"""From which value of an input on is the answer another? A strip for each input, over its range."""

from dataclasses import dataclass

from detente.errors import UsageError
from detente.figures.interval import written
from detente.figures.legend import legend
from detente.figures.svg import ALARM, INK, LINE, PAPER, SOFT_INK, USUAL, WASH, group, hint, number, picture, tag, text
from detente.figures.text import text_width, wrap

EDGE = 10.0
ROOMY = 500.0
GUTTER = 230.0
TALL = 62.0
NAME_SIZE = 12.0
LEADING = 14.5
FULL = 1.0


@dataclass(frozen=True, slots=True)
class Turn:
    """A value at which the answer crosses the level, and whether it rises there as the input grows."""

    at: float
    rises: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """One input: values over its range with the mean of the answer at each, and where it turns.

    `ends` are its low and high end as they are written, `guess` its best guess, `jump` where most of a change comes at
    once though it crosses nothing.
    """

    name: str
    ends: tuple[str, str]
    guess: float
    values: tuple[float, ...]
    means: tuple[float, ...]
    turns: tuple[Turn, ...]
    jump: float | None = None

    def told(self, data: "Strips") -> str:
        """Return the strip in words."""
        over = f"from {data.number(self.means[0])} at {self.ends[0]} to {data.number(self.means[-1])} at {self.ends[1]}"
        if self.jump is not None:
            return f"{self.name}: {over}; most of it at {written(self.jump)}"
        if not self.turns:
            return f"{self.name}: {over}; never crosses {data.number(data.level)}"
        crosses = " and ".join(f"{'up' if t.rises else 'down'} at {written(t.at)}" for t in self.turns)
        return f"{self.name}: {over}; crosses {data.number(data.level)} {crosses}"


@dataclass(frozen=True, slots=True)
class Strips:
    """The mean of one answer along several inputs, one at a time; `shares` are of draws, 0 to 1."""

    answer: str
    level: float
    strips: tuple[Strip, ...]
    shares: bool = False

    def number(self, value: float) -> str:
        """Write a value of the answer."""
        return f"{value:.0%}" if self.shares else written(value)

    def ends(self) -> tuple[float, float]:
        """Return the ends of the scale on which all strips are drawn: of a share, none and all."""
        if self.shares:
            return 0.0, FULL
        means = [m for one in self.strips for m in (*one.means, self.level)]
        low, high = min(means), max(means)
        return (low, high) if high > low else (low - 0.5, high + 0.5)


def flips(data: Strips, *, id: str, title: str, desc: str, width: float = USUAL) -> str:
    """Draw a strip for every input: the mean of the answer over the range of the input, and where it crosses the level.

    Raises UsageError where there is no input.

    >>> one = Strip("the cap", ("0", "50"), 10, (0, 25, 50), (0.9, 0.6, 0.2), (Turn(31, False),))
    >>> "31" in flips(Strips("Deal", 0.5, (one,), shares=True), id="f", title="t", desc="d")
    True
    """
    if not data.strips:
        raise UsageError(f"No input is swept for '{data.answer}', so there is nothing to draw. Name one.")
    heading = wrap(data.answer, width - 2 * EDGE, 14.5, lines=3)
    parts = [text(line, EDGE, 18 + 17 * k, font_size=14, font_weight=650) for k, line in enumerate(heading)]
    y = 22.0 + 17 * len(heading)
    for one in data.strips:
        drawn, y = _strip(one, data, y, width)
        parts.append(drawn)
    samples, bottom = legend(_samples(data), y + 4, width)
    return picture(*parts, samples, id=id, title=title, desc=desc, size=(width, bottom))


def _strip(one: Strip, data: Strips, top: float, width: float) -> tuple[str, float]:
    roomy = width > ROOMY
    name = wrap(one.name, GUTTER - EDGE - 8 if roomy else width - 2 * EDGE, NAME_SIZE, lines=4 if roomy else 2)
    begin = top if roomy else top + LEADING * len(name) + 2
    first = top + 14 + (max(TALL - LEADING * len(name), 0) / 2 - 6 if roomy else 0)
    words = [text(line, EDGE, first + LEADING * k, font_size=NAME_SIZE) for k, line in enumerate(name)]
    left, right = (GUTTER if roomy else EDGE) + 38.0, width - EDGE - 14
    drawn = _curve(one, data, (left, right, begin + 6, begin + TALL - 18))
    return group(hint(one.told(data)), *words, drawn), begin + TALL + 14


def _curve(one: Strip, data: Strips, box: tuple[float, float, float, float]) -> str:
    left, right, top, bottom = box
    low, high = data.ends()
    span = one.values[-1] - one.values[0] or 1.0
    places = [left + (v - one.values[0]) / span * (right - left) for v in one.values]
    heights = [bottom - (m - low) / (high - low) * (bottom - top) for m in one.means]
    level = bottom - (data.level - low) / (high - low) * (bottom - top)
    ground = tag("rect", x=left, y=top, width=right - left, height=bottom - top, fill=WASH)
    line = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in zip(places, heights, strict=True))
    guess = left + (one.guess - one.values[0]) / span * (right - left)
    parts = [
        ground,
        tag("path", d=f"M{number(left)} {number(level)}H{number(right)}", stroke=SOFT_INK, stroke_dasharray="4 3"),
        tag("path", d=f"M{number(guess)} {number(top)}V{number(bottom)}", stroke=LINE, stroke_width=1.4),
        tag("path", d=line, fill="none", stroke=INK, stroke_width=2, stroke_linejoin="round"),
        *(tag("circle", cx=x, cy=y, r=2.2, fill=INK) for x, y in zip(places, heights, strict=True)),
    ]
    for at, value in ((top + 4, high), (bottom + 3, low)):
        parts.append(text(data.number(value), left - 5, at, font_size=10.5, fill=SOFT_INK, text_anchor="end"))
    return group(*parts, *_turns(one, (left, right, bottom, level)), *_ends(one, left, right, bottom))


def _turns(one: Strip, box: tuple[float, float, float, float]) -> list[str]:
    """Mark where the level is crossed, and write the value under it."""
    left, right, bottom, level = box
    span = one.values[-1] - one.values[0] or 1.0
    parts = []
    if one.jump is not None:
        x = left + (one.jump - one.values[0]) / span * (right - left)
        parts.append(tag("path", d=f"M{number(x)} {number(bottom)}l-5 8h10z", fill=ALARM))
        parts.append(text(written(one.jump), x + 9, bottom + 12, font_size=11, font_weight=650))
    for turn in one.turns:
        x = left + (turn.at - one.values[0]) / span * (right - left)
        corners = f"M{number(x)} {number(level - 6)}l6 6l-6 6l-6 -6z"
        parts.append(tag("path", d=corners, fill=ALARM, stroke=PAPER, stroke_width=1.2))
        parts.append(
            text(written(turn.at), x, bottom + 13, font_size=11, font_weight=650, text_anchor="middle", stroke=PAPER,
                 stroke_width=3, paint_order="stroke")
        )  # fmt: skip
    return parts


def _ends(one: Strip, left: float, right: float, bottom: float) -> list[str]:
    """Write the ends of the range where no turn stands already."""
    span = one.values[-1] - one.values[0] or 1.0
    marked = [t.at for t in one.turns] + ([one.jump] if one.jump is not None else [])
    taken = [left + (at - one.values[0]) / span * (right - left) for at in marked]
    found = []
    for x, name, anchor in ((left, one.ends[0], "start"), (right, one.ends[1], "end")):
        if all(abs(x - at) > text_width(name, 11) + 16 for at in taken):
            found.append(text(name, x, bottom + 13, font_size=11, fill=SOFT_INK, text_anchor=anchor))
    return found


def _samples(data: Strips) -> list[tuple[str, str]]:
    what = "share of draws" if data.shares else "mean over the draws"
    line = tag("path", d="M2 4L15 -3L28 -5", fill="none", stroke=INK, stroke_width=2)
    level = tag("path", d="M2 0H28", stroke=SOFT_INK, stroke_dasharray="4 3")
    guess = tag("path", d="M15 -7V7", stroke=LINE, stroke_width=1.4)
    mark = tag("path", d="M15 -6l6 6l-6 6l-6 -6z", fill=ALARM)
    found = [(line, f"{what}, the input held there"), (level, data.number(data.level)), (guess, "best guess")]
    jump = tag("path", d="M15 -4l-5 8h10z", fill=ALARM)
    found += [(mark, "crossed here")] if any(one.turns for one in data.strips) else []
    return found + ([(jump, "most of the change at once")] if any(one.jump is not None for one in data.strips) else [])
