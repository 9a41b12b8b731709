"""Do events come about as often as was forecast, and how many questions are behind each point?"""

from collections.abc import Sequence
from dataclasses import dataclass

from detente.errors import UsageError
from detente.figures.interval import diamond
from detente.figures.legend import legend
from detente.figures.svg import ALARM, LINE, PAPER, SEAT, SOFT_INK, USUAL, group, hint, number, picture, tag
from detente.figures.svg import text as words_at
from detente.figures.text import text_width, wrap

EDGE = 10.0
LEFT = 34.0  # for the numbers of the upright scale
RIGHT = 12.0
STRIP = 46.0  # for the number of questions below the square
SMALL = 10.5
MOST_COLUMNS = 2
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
NEVER_FORECAST = "nothing was forecast here"


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Forecasts from `low` to `high`: how many, their mean, the share that happened, and what had to be expected.

    `band` is where that share would lie nine times in ten if the forecasts were right.
    """

    low: float
    high: float
    n: int
    mean: float
    rate: float
    band: tuple[float, float]

    @property
    def inside(self) -> bool:
        """Whether what happened is within what had to be expected."""
        return self.band[0] - 1e-9 <= self.rate <= self.band[1] + 1e-9


@dataclass(frozen=True, slots=True)
class CalibrationPanel:
    """One forecaster, with a line about the questions, and the bins in ascending order; empty ones may be left out."""

    name: str
    note: str
    bins: tuple[CalibrationBin, ...]


@dataclass(frozen=True, slots=True)
class _Square:
    left: float
    top: float
    side: float

    def x(self, share: float) -> float:
        return self.left + self.side * share

    def y(self, share: float) -> float:
        return self.top + self.side * (1 - share)


def calibration(panels: Sequence[CalibrationPanel], *, id: str, title: str, desc: str, width: float = USUAL) -> str:
    """Draw the share that happened against what was forecast, a square for every forecaster, with N below every bin.

    Raises UsageError where there is no panel, or a bin holds what is no share.

    >>> one = CalibrationBin(0.2, 0.3, 8, 0.25, 0.5, (0.0, 0.5))
    >>> drawn = calibration((CalibrationPanel("A. Analyst", "", (one,)),), id="c", title="Calibration", desc="One.")
    >>> "0.20 to 0.30: 8 questions, mean forecast 0.25, happened 0.50; expected 0.00 to 0.50" in drawn
    True
    """
    with_shares(panels)
    columns = min(MOST_COLUMNS, len(panels)) if width > USUAL / 2 else 1
    room = (width - 2 * EDGE) / max(columns, MOST_COLUMNS if width > USUAL / 2 else 1)
    parts: list[str] = []
    y = EDGE
    for first in range(0, len(panels), columns):
        row = panels[first : first + columns]
        heads = [wrap(panel.name, room - RIGHT, 13.5, lines=2) for panel in row]
        deep = max(len(lines) for lines in heads) * 17.0
        ends = []
        for k, (panel, lines) in enumerate(zip(row, heads, strict=True)):
            drawn, end = _panel(panel, lines, (EDGE + k * room, y, room), deep)
            parts.append(drawn)
            ends.append(end)
        y = max(ends) + 16
    samples, y = legend(_samples(panels), y, width)
    return picture(*parts, samples, id=id, title=title, desc=desc, size=(width, y))


def with_shares(panels: Sequence[CalibrationPanel]) -> None:
    """Check that there is something to draw, all of it shares.

    Raises UsageError where that is not so.
    """
    shares = [s for p in panels for b in p.bins for s in (b.low, b.high, b.mean, b.rate, *b.band)]
    if not panels or not all(0 <= share <= 1 for share in shares) or any(b.n < 0 for p in panels for b in p.bins):
        raise UsageError(
            "A calibration picture has no forecaster, or a bin whose ends, mean, rate or band is no share from 0 to 1. "
            "Give one panel for each forecaster, and bins made of forecasts."
        )


def told(one: CalibrationBin) -> str:
    """Say one bin in words.

    >>> told(CalibrationBin(0.0, 0.1, 1, 0.05, 0.0, (0.0, 0.1)))
    '0.00 to 0.10: 1 question, mean forecast 0.05, happened 0.00; expected 0.00 to 0.10'
    """
    many = "1 question" if one.n == 1 else f"{one.n:,} questions"
    return (
        f"{one.low:.2f} to {one.high:.2f}: {many}, mean forecast {one.mean:.2f}, happened {one.rate:.2f}; "
        f"expected {one.band[0]:.2f} to {one.band[1]:.2f}"
    )


def many(n: int) -> str:
    """Write how many questions there are in the room of a bin.

    >>> many(7), many(1958), many(12_400)
    ('7', '1958', '12k')
    """
    return str(n) if n < 10_000 else f"{n / 1000:.0f}k"


def _panel(
    panel: CalibrationPanel, lines: tuple[str, ...], place: tuple[float, float, float], deep: float
) -> tuple[str, float]:
    left, top, room = place
    name = [words_at(line, left, top + 14 + 17 * k, font_size=13, font_weight=650) for k, line in enumerate(lines)]
    notes = wrap(panel.note, room - RIGHT, 11.5, lines=2) if panel.note else ()
    y = top + deep + 14
    note = [words_at(line, left, y + 14 * k, font_size=11, fill=SOFT_INK) for k, line in enumerate(notes)]
    y += 14 * len(notes) + 9
    axis = words_at("share that happened", left, y, font_size=SMALL, fill=SOFT_INK)
    square = _Square(left + LEFT, y + 8, room - LEFT - RIGHT)
    kept = [one for one in panel.bins if one.n]
    drawn = group(*name, *note, axis, _frame(square), *(_point(one, square) for one in kept), _counts(kept, square))
    return drawn, square.top + square.side + 34 + STRIP


def _frame(square: _Square) -> str:
    box = tag("rect", x=square.left, y=square.top, width=square.side, height=square.side, fill=PAPER, stroke=LINE)
    course = f"M{number(square.x(0))} {number(square.y(0))}L{number(square.x(1))} {number(square.y(1))}"
    parts = [box]
    for share in TICKS:
        x, y = square.x(share), square.y(share)
        if 0 < share < 1:
            grid = f"M{number(x)} {number(square.y(0))}V{number(square.y(1))}M{number(square.x(0))} {number(y)}"
            parts.append(tag("path", d=f"{grid}H{number(square.x(1))}", stroke=LINE, stroke_width=0.7))
        parts.append(words_at(f"{share:g}", square.left - 6, y + 4, font_size=SMALL, text_anchor="end", fill=SOFT_INK))
        anchor = "end" if share == 1 else "middle"
        at = x + (4 if share == 1 else 0)
        parts.append(words_at(f"{share:g}", at, square.y(0) + 17, font_size=SMALL, text_anchor=anchor, fill=SOFT_INK))
    parts.append(tag("path", d=course, stroke=SOFT_INK, stroke_width=1.2, stroke_dasharray="5 4"))
    return group(*parts)


def _point(one: CalibrationBin, square: _Square) -> str:
    """Draw what had to be expected as a box as wide as the bin, and what happened as a sign on it."""
    left, right = square.x(one.low) + 1.5, square.x(one.high) - 1.5
    top, bottom = square.y(one.band[1]), square.y(one.band[0])
    box = tag("rect", x=left, y=top, width=max(right - left, 2.0), height=max(bottom - top, 2.0), fill=SEAT,
              fill_opacity="0.75", stroke=SOFT_INK, stroke_width=0.8)  # fmt: skip
    x, y = square.x(one.mean), square.y(one.rate)
    return group(hint(told(one)), box, _sign(x, y, inside=one.inside))


def _sign(x: float, y: float, *, inside: bool) -> str:
    """A diamond where what happened was to be expected, a ringed cross where it was not: told apart by their form."""
    if inside:
        return diamond(x, y, reach=5.5)
    ring = tag("circle", cx=x, cy=y, r=6.0, fill=PAPER, stroke=ALARM, stroke_width=1.8)
    cross = f"M{number(x - 3)} {number(y - 3)}l6 6M{number(x - 3)} {number(y + 3)}l6 -6"
    return ring + tag("path", d=cross, stroke=ALARM, stroke_width=1.8)


def _counts(bins: Sequence[CalibrationBin], square: _Square) -> str:
    """Draw below the square how many questions are in each bin: which forecasts were made at all."""
    base = square.top + square.side + 30 + STRIP - 14
    most = max((one.n for one in bins), default=1)
    tall = STRIP - 24
    parts = [words_at("N", square.left - 6, base, font_size=SMALL, text_anchor="end", fill=SOFT_INK)]
    for one in bins:
        left, right = square.x(one.low) + 1.5, square.x(one.high) - 1.5
        high = max(tall * one.n / most, 1.5)
        bar = tag("rect", x=left, y=base - high, width=max(right - left, 2.0), height=high, fill=SOFT_INK,
                  fill_opacity="0.6")  # fmt: skip
        size = SMALL if text_width(many(one.n), SMALL) <= right - left + 3 else SMALL - 1.5
        figure = words_at(many(one.n), (left + right) / 2, base - high - 3, font_size=size, text_anchor="middle")
        parts.append(group(hint(told(one)), bar, figure))
    course = tag("path", d=f"M{number(square.left)} {number(base)}H{number(square.x(1))}", stroke=LINE)
    label = words_at(
        "forecast" if bins else NEVER_FORECAST, square.x(0.5), base + 13, font_size=SMALL, text_anchor="middle",
        fill=SOFT_INK,
    )  # fmt: skip
    return group(course, *parts, label)


def _samples(panels: Sequence[CalibrationPanel]) -> list[tuple[str, str]]:
    bins = [one for panel in panels for one in panel.bins if one.n]
    entries = [(tag("path", d="M2 6L28 -6", stroke=SOFT_INK, stroke_width=1.2, stroke_dasharray="5 4"), "as forecast")]
    if any(one.inside for one in bins):
        entries.append((_sign(15, 0, inside=True), "what happened"))
    if not all(one.inside for one in bins):
        entries.append((_sign(15, 0, inside=False), "the same, outside of the box"))
    if bins:
        box = tag("rect", x=4, y=-7, width=22, height=14, fill=SEAT, fill_opacity="0.75", stroke=SOFT_INK,
                  stroke_width=0.8)  # fmt: skip
        entries.append((box, "where it would lie nine times in ten"))
        strip = tag("rect", x=4, y=-5, width=22, height=10, fill=SOFT_INK, fill_opacity="0.6")
        entries.append((strip, "N, the number of questions"))
    return entries
