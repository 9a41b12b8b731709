"""The pictures of levers in characters, for a terminal."""

import textwrap

from detente.figures.flips import Strip, Strips
from detente.figures.interval import written
from detente.figures.landmarks_text import flow
from detente.figures.text import one_line
from detente.figures.tornado import Swing, Swings

COLUMNS = 78
BAR = 40
CURVE = 36
BLOCKS = "▁▂▃▄▅▆▇█"


def tornado_as_text(data: Swings) -> tuple[str, ...]:
    """Set a pair of bars for every input: ░ with it low, █ with it high, │ where the answer stands.

    >>> rows = (Swing("the cap", "assumed", ("0", "50"), 0.9, 0.4),)
    >>> print(*tornado_as_text(Swings("Deal", 0.7, "all draws", rows, shares=True)), sep="\\n")
    Deal
    the cap
                             │░░░░░░░░░░░░░░░░ 0: 90%
      ███████████████████████│                 50: 40%
    │ all draws: 70% · ░ the input low · █ the input high
    """
    known = [v for row in data.rows for v in (row.low, row.high) if v is not None]
    low, high = min([data.middle, *known]), max([data.middle, *known])
    span = high - low or 1.0
    middle = round((data.middle - low) / span * (BAR - 1))
    rows = textwrap.wrap(one_line(data.answer), COLUMNS)
    for one in data.rows:
        rows += textwrap.wrap(one_line(one.name), COLUMNS)
        rows += [_bar(one, k, data, (low, span, middle)) for k in (0, 1)]
    told = f"│ {data.middle_name}: {data.number(data.middle)}"
    return (*(row.rstrip() for row in rows), *flow([told, "░ the input low", "█ the input high"], COLUMNS))


def _bar(one: Swing, which: int, data: Swings, frame: tuple[float, float, int]) -> str:
    low, span, middle = frame
    at, letter = (one.low, "░") if which == 0 else (one.high, "█")
    row = [" "] * BAR
    if at is not None:
        place = round((at - low) / span * (BAR - 1))
        begin, end = sorted((place, middle))
        row[begin : end + 1] = [letter] * (end + 1 - begin)
    row[middle] = "│"
    return f"  {''.join(row)} {one.ends[which]}: {data.number(at)}"


def flips_as_text(data: Strips) -> tuple[str, ...]:
    """Set a row of blocks for every input, from its low to its high end, and the values where the level is crossed.

    >>> one = Strip("the cap", ("0", "50"), 10, (0, 25, 50), (1.0, 0.6, 0.0), ())
    >>> print(*flips_as_text(Strips("Deal", 0.5, (one,), shares=True))[:3], sep="\\n")
    Deal
    the cap
      0 ████████████▅▅▅▅▅▅▅▅▅▅▅▅▁▁▁▁▁▁▁▁▁▁▁▁ 50  100% to 0%
    """
    rows = textwrap.wrap(one_line(data.answer), COLUMNS)
    for one in data.strips:
        rows += textwrap.wrap(one_line(one.name), COLUMNS)
        rows.append(_curve(one, data))
        rows += [f"  {'rises above' if t.rises else 'falls below'} {data.number(data.level)} at {written(t.at)}"
                 for t in one.turns]  # fmt: skip
        rows += [f"  most of the change at {written(one.jump)}"] if one.jump is not None else []
    low, high = data.ends()
    what = "share of draws" if data.shares else "mean over the draws"
    return (*rows, *flow([f"height: {what}, {data.number(low)} to {data.number(high)}"], COLUMNS))


def _curve(one: Strip, data: Strips) -> str:
    low, high = data.ends()
    heights = [round((m - low) / (high - low) * (len(BLOCKS) - 1)) for m in one.means]
    many = len(heights)
    drawn = "".join(BLOCKS[heights[min(k * many // CURVE, many - 1)]] for k in range(CURVE))
    over = f"{data.number(one.means[0])} to {data.number(one.means[-1])}"
    return f"  {one.ends[0]} {drawn} {one.ends[1]}  {over}"
