"""Were the forecasts of what happened higher than the forecasts of what did not?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from detente.errors import UsageError
from detente.figures.interval import diamond
from detente.figures.legend import legend
from detente.figures.svg import INK, LINE, PAPER, SOFT_INK, USUAL, group, hint, number, picture, tag
from detente.figures.svg import text as words_at
from detente.figures.text import wrap

EDGE = 10.0
HEAD = 178.0  # for names at the left
ROOMY = 500.0
PLACES = 50  # into which forecasts from never to always are sorted
HIGHEST = 6  # signs on top of one another; beyond, each stands for several questions
STEP = 7.6
REACH = 3.2
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
HAPPENED, NOT = "happened", "did not happen"


@dataclass(frozen=True, slots=True)
class DiscriminationRow:
    """What one forecaster said of questions that came out yes, and of those that came out no; `words` sum it up."""

    name: str
    yes: tuple[float, ...]
    no: tuple[float, ...]
    words: str = ""

    @property
    def means(self) -> tuple[float | None, float | None]:
        """The mean forecast of what happened, and of what did not; None where there is none."""
        return _mean_of(self.yes), _mean_of(self.no)


@dataclass(frozen=True, slots=True)
class _Sheet:
    width: float
    left: float
    right: float

    def x(self, share: float) -> float:
        return self.left + (self.right - self.left) * share


def discrimination(rows: Sequence[DiscriminationRow], *, id: str, title: str, desc: str, width: float = USUAL) -> str:
    """Draw the forecasts of every forecaster on a line: above it those of what happened, below those of what did not.

    Raises UsageError where there is no row, or a forecast is no share.

    >>> row = DiscriminationRow("A. Analyst", (0.7, 0.8), (0.1,), "0.75 and 0.10")
    >>> "A. Analyst, happened: 2 questions, mean 0.75" in discrimination((row,), id="d", title="Apart", desc="One.")
    True
    """
    with_forecasts(rows)
    roomy = width > ROOMY
    left = EDGE + (HEAD if roomy else 0) + 8
    sheet = _Sheet(width, left, width - EDGE - 12)
    y, drawn = EDGE, []
    for row in rows:
        part, y = _row(row, sheet, y, roomy=roomy)
        drawn.append(part)
    axis = _axis(sheet, EDGE, y)
    samples, y = legend(_samples(any(per_sign(row) > 1 for row in rows)), y + 44, width)
    return picture(axis, *drawn, samples, id=id, title=title, desc=desc, size=(width, y))


def with_forecasts(rows: Sequence[DiscriminationRow]) -> None:
    """Check that there is something to draw, all of it shares.

    Raises UsageError where that is not so.
    """
    if not rows or not all(0 <= p <= 1 for row in rows for p in (*row.yes, *row.no)):
        raise UsageError(
            "A picture of forecasts has no forecaster, or a forecast that is no share from 0 to 1. Give one row for "
            "each forecaster, and forecasts as shares."
        )


def per_sign(row: DiscriminationRow, *, places: int = PLACES, highest: int = HIGHEST) -> int:
    """Return for how many questions a sign of a row stands, at most, so that no pile is higher than there is room.

    >>> per_sign(DiscriminationRow("A", (0.5,) * 13, ()))
    3
    """
    most = max((n for some in (row.yes, row.no) for n in piles(some, places).values()), default=1)
    return max(ceil(most / highest), 1)


def piles(forecasts: Sequence[float], places: int = PLACES) -> dict[int, int]:
    """Count forecasts by their place on the line.

    >>> piles((0.0, 0.005, 1.0), 50)
    {0: 2, 49: 1}
    """
    return dict(sorted(Counter(min(int(p * places), places - 1) for p in forecasts).items()))


def _mean_of(some: Sequence[float]) -> float | None:
    return sum(some) / len(some) if some else None


def _row(row: DiscriminationRow, sheet: _Sheet, top: float, *, roomy: bool) -> tuple[str, float]:
    per = per_sign(row)
    room = HEAD if roomy else sheet.width - 2 * EDGE
    names = wrap(row.name, room, 13, lines=3)
    notes = [line for note in (row.words, _each(per)) if note for line in wrap(note, room, 11.5, lines=2)]
    heads = [words_at(n, EDGE, top + 16 + 15 * k, font_size=12.5, font_weight=650) for k, n in enumerate(names)]
    below = top + 16 + 15 * len(names)
    heads += [words_at(n, EDGE, below + 14 * k, font_size=11, fill=SOFT_INK) for k, n in enumerate(notes)]
    start = top if roomy else below + 14 * len(notes)
    above, under = (_height(some, per) for some in (row.yes, row.no))
    line = start + above + 24
    course = tag("path", d=f"M{number(sheet.x(0))} {number(line)}H{number(sheet.x(1))}", stroke=SOFT_INK)
    sides = (_side(row, sheet, (line, above), up=True), _side(row, sheet, (line, under), up=False))
    return group(*heads, course, *sides), max(line + under + 24, below + 14 * len(notes) + 4)


def _each(per: int) -> str:
    return f"a sign: up to {per:,} questions" if per > 1 else ""


def _height(forecasts: Sequence[float], per: int) -> float:
    return STEP * max((ceil(n / per) for n in piles(forecasts).values()), default=0)


def _side(row: DiscriminationRow, sheet: _Sheet, place: tuple[float, float], *, up: bool) -> str:
    """Pile up the signs of one outcome, away from the line, and set their mean beyond them."""
    some, mean = (row.yes, row.means[0]) if up else (row.no, row.means[1])
    if mean is None:
        return ""
    line, height = place
    many = "1 question" if len(some) == 1 else f"{len(some):,} questions"
    told = f"{row.name}, {HAPPENED if up else NOT}: {many}, mean {mean:.2f}"
    sign, per = -1 if up else 1, per_sign(row)
    signs = [
        _sign(sheet.x((at + 0.5) / PLACES), line + sign * (STEP * k + REACH + 3), happened=up)
        for at, n in piles(some).items()
        for k in range(ceil(n / per))
    ]
    return group(hint(told), _mean(sheet.x(mean), line, sign * (height + 12)), *signs)


def _sign(x: float, y: float, *, happened: bool) -> str:
    if happened:
        return tag("circle", cx=x, cy=y, r=REACH, fill=INK)
    return tag("circle", cx=x, cy=y, r=REACH - 0.4, fill=PAPER, stroke=INK, stroke_width=1.2)


def _mean(x: float, line: float, away: float) -> str:
    """A post from the line, through the signs, with a diamond beyond them."""
    post = tag("path", d=f"M{number(x)} {number(line)}v{number(away)}", stroke=SOFT_INK, stroke_width=1.6)
    return post + diamond(x, line + away, reach=5.5, hollow=away > 0)


def _axis(sheet: _Sheet, top: float, bottom: float) -> str:
    parts = []
    for share in TICKS:
        x = sheet.x(share)
        parts.append(tag("path", d=f"M{number(x)} {number(top)}V{number(bottom)}", stroke=LINE, stroke_width=0.8))
        anchor = "start" if share == 0 else "end" if share == 1 else "middle"
        parts.append(words_at(f"{share:g}", x, bottom + 14, font_size=10.5, text_anchor=anchor, fill=SOFT_INK))
    middle = sheet.x(0.5)
    parts.append(words_at("forecast", middle, bottom + 29, font_size=10.5, text_anchor="middle", fill=SOFT_INK))
    return group(*parts)


def _samples(several: bool) -> list[tuple[str, str]]:
    each = "questions" if several else "a question"
    return [
        (_sign(15, 0, happened=True), f"{each} that came out yes"),
        (_sign(15, 0, happened=False), "that came out no"),
        (diamond(15, 0, reach=5.5), "mean forecast of what happened"),
        (diamond(15, 0, reach=5.5, hollow=True), "of what did not"),
    ]


def spread_of(forecasts: Sequence[float], places: int) -> Iterator[str]:
    """Walk the places from never to always: how full each is, as a digit, `+` from ten on, blank where it is empty.

    >>> "".join(spread_of((0.0, 0.1, 0.1, 1.0), 10))
    '12       1'
    """
    found = piles(forecasts, places)
    for place in range(places):
        n = found.get(place, 0)
        yield " " if not n else str(n) if n < 10 else "+"
