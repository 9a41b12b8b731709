"""Do the models agree on where a body's decision lies on one issue? One row a model, all on the issue's own scale."""

from dataclasses import dataclass
from typing import Literal

from detente.errors import UsageError
from detente.figures.interval import Interval, bracket, diamond, guides, numbered, span_of, wash, written
from detente.figures.landmarks import Landmark, Scale, level_names
from detente.figures.legend import legend
from detente.figures.svg import INK, LINE, PAPER, SOFT_INK, USUAL, group, hint, number, picture, tag, text
from detente.figures.text import text_width, wrap

EDGE = 10.0
ROOMY = 500.0
LEADING = 14.5
LensPart = Literal["default", "model", "baseline"]


@dataclass(frozen=True, slots=True)
class LensRow:
    """What one model says: its one value, where most of its weight lies, or in words why it says nothing."""

    name: str
    part: LensPart
    point: float | None
    band: Interval | None = None
    why_not: str = ""

    def told(self, width: float | None = None) -> str:
        """Return the row in words, its numbers as fine as a scale of this width asks for."""
        if self.point is None and self.band is None:
            return f"{self.name}: says nothing" + (f": {self.why_not}" if self.why_not else "")
        words = [written(self.point, width)] if self.point is not None else []
        if self.band is not None:
            words.append(f"most {span_of(self.band, width)}, median {written(self.band.median, width)}")
        return f"{self.name}: {'; '.join(words)}"


@dataclass(frozen=True, slots=True)
class Lenses:
    """One issue as every model sees it: the default first, the baselines last."""

    issue: str
    low: float
    high: float
    landmarks: tuple[Landmark, ...]
    rows: tuple[LensRow, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    width: float
    scale: Scale

    @property
    def gutter(self) -> float:
        return self.scale.left - 2 * EDGE

    @property
    def wide(self) -> float:
        """How wide the scale of the issue is."""
        return self.scale.high - self.scale.low


def lenses(data: Lenses, *, id: str, title: str, desc: str, width: float = USUAL) -> str:
    """Draw a row for every model: a bracket around most of its weight, a mark at the value it names.

    Raises UsageError where no model is given.

    >>> rows = (LensRow("default", "default", 40, Interval(20, 41, 70)), LensRow("compromise mean", "model", 44))
    >>> lenses(Lenses("Fill", 0, 100, (), rows), id="f", title="Models", desc="Two.").count("<title")
    3
    """
    if not data.rows:
        raise UsageError(f"On '{data.issue}' no model is given. Give one view at least: the default forecast.")
    roomy = width > ROOMY
    longest = max(text_width(v.name, 12.5) for v in data.rows)
    gutter = min(max(longest + 6, 120.0), 200.0) if roomy else 104.0
    sheet = _Sheet(width, Scale(data.low, data.high, EDGE + gutter + EDGE, width - EDGE - (44.0 if roomy else 40.0)))
    name = wrap(data.issue, width - 2 * EDGE, 14.5, lines=2)
    heading = [text(line, EDGE, 18 + 17 * k, font_size=14, font_weight=650) for k, line in enumerate(name)]
    top = 18.0 + 17 * len(name)
    rows, y = _rows(data, sheet, top)
    marks = numbered(data.landmarks, (data.low, data.high))
    names, deep = level_names(marks, sheet.scale, y)
    behind = [wash(v.band, sheet.scale, top, y) for v in data.rows[:1] if v.band]
    lines = guides(marks, sheet.scale, top, y)
    ruler = tag("path", d=f"M{number(sheet.scale.left)} {number(y)}H{number(sheet.scale.right)}", stroke=INK,
                stroke_width=1.5)  # fmt: skip
    samples, bottom = legend(_samples(data), y + deep + 26, width)
    return picture(*heading, *behind, lines, rows, ruler, names, samples, id=id, title=title, desc=desc,
                   size=(width, bottom))  # fmt: skip


def _rows(data: Lenses, sheet: _Sheet, top: float) -> tuple[str, float]:
    parts, y, before = [], top, data.rows[0].part
    for view in data.rows:
        if view.part != before:
            parts.append(tag("path", d=f"M{EDGE} {number(y + 2)}H{number(sheet.width - EDGE)}", stroke=LINE))
            y, before = y + 4, view.part
        drawn, y = _row(view, sheet, y)
        parts.append(drawn)
    return group(*parts), y + 4


def _row(view: LensRow, sheet: _Sheet, top: float) -> tuple[str, float]:
    scale, strong = sheet.scale, view.part == "default"
    names = wrap(view.name, sheet.gutter, 12.5 * (1.06 if strong else 1.0), lines=3)
    silent = view.point is None and view.band is None
    why = (
        wrap(view.told().removeprefix(f"{view.name}: "), scale.right - scale.left - 12, 11.5, lines=3) if silent else ()
    )
    tall = max(LEADING * max(len(names), len(why)) + 8, 24.0)
    middle = top + tall / 2
    first = middle - LEADING / 2 * (len(names) - 1) + 4
    words = [
        text(line, scale.left - EDGE - 4, first + LEADING * k, font_size=12.5, text_anchor="end",
             font_weight=700 if strong else None, fill=SOFT_INK if view.part == "baseline" else INK)
        for k, line in enumerate(names)
    ]  # fmt: skip
    first = middle - LEADING / 2 * (len(why) - 1) + 4
    words += [
        text(line, scale.left + 6, first + LEADING * k, font_size=11.5, fill=SOFT_INK, stroke=PAPER, stroke_width=3,
             paint_order="stroke")
        for k, line in enumerate(why)
    ]  # fmt: skip
    return group(hint(view.told(sheet.wide)), *words, _marks(view, sheet, middle)), top + tall


def _marks(view: LensRow, sheet: _Sheet, y: float) -> str:
    """Draw the bracket and the value of one model, and write the value at the right."""
    scale, faint = sheet.scale, view.part == "baseline"
    parts = [bracket(view.band, scale, y, weight=_strength(view.part))] if view.band else []
    if view.point is not None:
        parts.append(diamond(scale.x(view.point), y, reach=7 if view.part == "default" else 6, hollow=faint))
    shown = view.point if view.point is not None else view.band.median if view.band else None
    if shown is not None:
        parts.append(
            text(written(shown, sheet.wide), sheet.width - EDGE, y + 4.5, font_size=12, text_anchor="end",
                 font_weight=700 if view.part == "default" else None, fill=SOFT_INK if faint else INK)
        )  # fmt: skip
    return group(*parts)


def _strength(part: LensPart) -> Literal["strong", "plain", "faint"]:
    return "strong" if part == "default" else "faint" if part == "baseline" else "plain"


def _samples(data: Lenses) -> list[tuple[str, str]]:
    flat, half = Scale(0, 1, 2, 28), Interval(0, 0.5, 1)
    parts = {v.part for v in data.rows}
    entries = [(diamond(15, 0), "the value that a model names")]
    if any(v.band for v in data.rows):
        entries.append((bracket(half, flat, 0), "most of its weight, and the median"))
    if "baseline" in parts:
        entries.append(
            (bracket(half, flat, 0, weight="faint") + diamond(15, 0, hollow=True), "the same by a rule of thumb")
        )
    if data.rows[0].band:
        entries.append((wash(half, Scale(0, 1, 3, 27), -7, 7), "where the default forecast lies"))
    return entries
