"""The pictures of a body that decides in characters, for a terminal."""

import textwrap
from itertools import pairwise

from detente.figures.decision import Decided, share_of, today_of, whole
from detente.figures.interval import Interval, numbered, written
from detente.figures.landmarks import Landmark, Level, Scale
from detente.figures.landmarks_text import BEST_LETTER, RANGE_LETTER, cut, flow, ruler, span_row
from detente.figures.lenses import Lenses, LensRow
from detente.figures.rounds import Courses, same_rounds
from detente.figures.text import one_line

COLUMNS = 78
NAME = 20
VALUE = 6  # what stands at the right of a row
HILL = 4  # rows
BLOCKS = " ▁▂▃▄▅▆▇█"


def decision_as_text(data: Decided) -> tuple[str, ...]:
    """Set the shares as a hill over the scale, and a row for what is beside them and for every member.

    Raises UsageError where there are fewer than two shares, or a share or a weight is below 0.

    >>> from detente.figures.decision import Member
    >>> from detente.figures.landmarks import Span
    >>> karun = Member(Span("Karun", 10, 20, 30, "read"), 1.0, "assumed")
    >>> one = Decided("Fill", 0, 100, (), (1.0,) * 4, Interval(5, 50, 95), 40, Interval(0, 50, 100), None, (karun,))
    >>> print(decision_as_text(one)[-4])
                   Karun      ━━━━━●━━━━━                                     1.00
    """
    whole(data)
    scale = Scale(data.low, data.high, 0, COLUMNS - NAME - VALUE - 3)
    rows = [*textwrap.wrap(one_line(data.issue), COLUMNS), _forecast(data, scale)]
    hill = _hill(data.shares, int(scale.right) + 1)
    rows += [_row("share of the model" if k == 0 else "", line) for k, line in enumerate(hill)]
    rows += [_row("", line) for line in _axis(data.landmarks, scale)]
    rows.append(_row("compromise mean", _at("◇", data.compromise, scale), data.number(data.compromise)))
    rows.append(_row("past decisions", _bracket(data.climatology, scale, "╌"), data.number(data.climatology.median)))
    if data.today is not None:
        rows.append(_row("today", _today(data.today, scale), data.number(data.today.best)))
    rows.append(_row("", "", "weight"))
    for member in data.ordered():
        rows.append(_row(member.span.party, span_row(member.span, scale), share_of(member.weight)))
    present = {m.span.basis for m in data.members} | {m.weighed for m in data.members}
    known = [f"{RANGE_LETTER[b]}{BEST_LETTER[b]} {b}" for b in RANGE_LETTER if b in present]
    words = [f"├──┼──┤ most of the weight: {data.between(data.forecast)}", "┼ median", "◇ compromise mean"]
    words += [f"past decisions elsewhere: {data.between(data.climatology)}"]
    words += [today_of(data.today, data.high - data.low).lower()] if data.today else []
    return (*(row.rstrip() for row in rows), *flow([*words, *known, "weight: share of the body's"], COLUMNS))


def _forecast(data: Decided, scale: Scale) -> str:
    return _row("the model", _bracket(data.forecast, scale), data.number(data.forecast.median))


def lenses_as_text(data: Lenses) -> tuple[str, ...]:
    """Set a row for every model: most of its weight as a bracket, the value it names, and its number at the right.

    >>> rows = (LensRow("default", "default", 40, Interval(20, 44, 70)), LensRow("exchange", "default", None))
    >>> print(*lenses_as_text(Lenses("Fill", 0, 100, (), rows))[1:3], sep="\\n")
                 default           ├─────────◆─┼───────────┤                    40
                exchange says nothing
    """
    scale = Scale(data.low, data.high, 0, COLUMNS - NAME - VALUE - 3)
    rows = textwrap.wrap(one_line(data.issue), COLUMNS)
    before = data.rows[0].part if data.rows else "default"
    for one in data.rows:
        rows += [_row("", "·" * (int(scale.right) + 1))] if one.part != before else []
        before = one.part
        rows += _lens(one, scale)
    rows += [_row("", line) for line in _axis(data.landmarks, scale)]
    words = ["◆ the value that a model names", "├──┼──┤ most of its weight, and the median"]
    words += ["◇ ╌ by a rule of thumb"] if any(one.part == "baseline" for one in data.rows) else []
    return (*(row.rstrip() for row in rows), *flow(words, COLUMNS))


def _lens(one: LensRow, scale: Scale) -> list[str]:
    if one.point is None and one.band is None:
        said = textwrap.wrap(one_line(one.told().partition(": ")[2]), COLUMNS - NAME - 1)
        return [_row(one.name if k == 0 else "", line) for k, line in enumerate(said)]
    faint = one.part == "baseline"
    drawn = list(_bracket(one.band, scale, "╌" if faint else "─") if one.band else " " * (int(scale.right) + 1))
    if one.point is not None:
        drawn[round(scale.x(one.point))] = "◇" if faint else "◆"
    shown = one.point if one.point is not None else one.band.median if one.band else 0.0
    return [_row(one.name, "".join(drawn), written(shown, scale.high - scale.low))]


def courses_as_text(data: Courses) -> tuple[str, ...]:
    """Set a row for every member, from the highest to the lowest at the end, and a column for some of the rounds.

    Raises UsageError where there is no member, or the members do not have the same number of rounds.

    >>> from detente.figures.rounds import Course
    >>> two = Courses("Fill", 0, 100, (), (Course("Delta", (20, 20)), Course("Karun", (80, 60))))
    >>> print(*courses_as_text(two), sep="\\n")
    Fill
                           start       1
    Karun                     80 ↘    60
    Delta                     20 →    20
    """
    same_rounds(data)
    last = len(data.courses[0].at) - 1
    wide = max(5, *(len(data.number(at)) for one in data.courses for at in one.at))
    step = max(-(-last // max((COLUMNS - NAME) // (wide + 3) - 1, 1)), 1)
    shown = sorted({0, *range(step, last + 1, step), last})
    heads = "".join(f"{'start' if r == 0 else r:>{wide + 3}}" for r in shown)
    rows = [*textwrap.wrap(one_line(data.issue), COLUMNS), " " * NAME + heads]
    for one in sorted(data.courses, key=lambda c: (-c.at[-1], -c.at[0], c.party)):
        places = [one.at[r] for r in shown]
        arrows = ["   ", *(f" {_arrow(b - a, data)} " for a, b in pairwise(places))]
        cells = "".join(f"{arrow}{data.number(at):>{wide}}" for arrow, at in zip(arrows, places, strict=True))
        rows.append(f"{cut(one.party, NAME):<{NAME}}{cells}")
    rows += [] if data.settled else ["It has not come to rest by the last round."]
    return tuple(row.rstrip() for row in rows)


def _arrow(step: float, data: Courses) -> str:
    least = 1e-3 * (data.high - data.low)
    return "→" if abs(step) <= least else "↗" if step > 0 else "↘"


def _axis(landmarks: tuple[Landmark, ...], scale: Scale) -> list[str]:
    """Draw the axis: with its landmarks numbered and named under it, or with plain numbers where it has none."""
    marks = numbered(landmarks, (scale.low, scale.high), last=True)
    if landmarks:
        return ruler(marks, scale, width=COLUMNS - NAME - 1)
    axis, words = ["─"] * (int(scale.right) + 1), [" "] * (COLUMNS - NAME - 1)
    for mark in marks:
        place = round(scale.x(mark.at))
        axis[place] = "┴"
        start = min(max(place - len(mark.name) // 2, 0), len(words) - len(mark.name))
        if all(letter == " " for letter in words[max(start - 1, 0) : start + len(mark.name) + 1]):
            words[start : start + len(mark.name)] = mark.name
    return ["".join(axis), "".join(words)]


def _row(name: str, drawn: str, value: str = "") -> str:
    return f"{cut(name, NAME):>{NAME}} {drawn:<{COLUMNS - NAME - VALUE - 2}} {value:>{VALUE}}"


def _at(letter: str, value: float, scale: Scale) -> str:
    return " " * round(scale.x(value)) + letter


def _bracket(found: Interval, scale: Scale, line: str = "─") -> str:
    """Draw an interval in characters, with its numbers where there is room beside it."""
    low, middle, high = (round(scale.x(v)) for v in (found.low, found.median, found.high))
    row = [" "] * (int(scale.right) + 1)
    row[low : high + 1] = [line] * (high + 1 - low)
    row[low], row[high] = "├", "┤"
    row[middle] = "┼"
    return "".join(row)


def _today(level: Level, scale: Scale) -> str:
    low, best, high = (round(scale.x(v)) for v in (level.low, level.best, level.high))
    row = [" "] * (int(scale.right) + 1)
    row[low : high + 1] = ["·"] * (high + 1 - low)
    row[best] = "▾"
    return "".join(row)


def _hill(shares: tuple[float, ...], wide: int) -> list[str]:
    """Draw the shares as columns of eighths of a character, so many characters high, the highest share in full."""
    columns = [shares[round(k * (len(shares) - 1) / (wide - 1))] for k in range(wide)]
    most = max(*columns, 1e-12)
    eighths = [round(share / most * HILL * 8) for share in columns]
    return ["".join(BLOCKS[min(max(e - 8 * level, 0), 8)] for e in eighths) for level in reversed(range(HILL))]
