"""Which pictures show what moves an answer? The results, handed to the figures with the tables behind them."""

from itertools import pairwise

from detente import figures as draw
from detente.brief.document import Block, Figure, Grid, Sentence
from detente.brief.levers import Levers
from detente.brief.sections.levers.telling import Telling
from detente.brief.words import capital
from detente.figures import written
from detente.levers.flips import Flips, FlipSquare

BARS = 8
BANDS = (
    (0.9, "nine tenths of draws or more", "good"), (0.75, "three quarters of draws or more", "better"),
    (0.5, "half of draws or more", "neutral"), (0.25, "a quarter of draws or more", "doubtful"),
    (0.1, "a tenth of draws or more", "worse"), (-1.0, "less than a tenth of draws", "bad"),
)  # fmt: skip
SWEPT = "the mean over draws of everything else with the input held there, sampled, {:,} draws"
OVER = "the mean of the answer over the draws at either end of the input; bottom and top fifth, or not real and real"
ALONE = "the answer with one input at either end of its range, all others at their best guess"


def swings(found: Levers, told: Telling) -> tuple[Figure, ...]:
    """Draw the tornado: over draws for an answer that holds or does not, else one input at a time."""
    share = found.answer.kind == "holds"
    paths, data = swung(found, told)
    rows = data.rows
    if not rows:
        return ()
    title, desc = "Which inputs swing the answer", "A pair of bars for each input, the greatest swing first."
    how = OVER if share else ALONE
    grid = Grid(
        told.say(f"{title}.", how, paths),
        ("input", "its low end", "answer there", "its high end", "answer there"),
        tuple(told.row(_cells(row, data), how, [path]) for path, row in zip(paths, rows, strict=True)),
    )
    svg = draw.tornado(data, id="fig-tornado", title=title, desc=desc)
    svg += draw.tornado(data, id="fig-tornado-narrow", title=title, desc=desc, width=draw.NARROW)
    aside = "Shares are of the model's draws." if share else "All other inputs stand at their best guess."
    caption = told.say(f"{title}. {aside}", how, paths)
    return (Figure("tornado", svg, caption, grid, draw.tornado_as_text(data)),)


def swung(found: Levers, told: Telling) -> tuple[list[str], draw.Swings]:
    """Return the inputs that swing the answer most, by path, and how far each takes it."""
    share, best = found.answer.kind == "holds", found.tornado.at_best
    rows = _over(found, told) if share else _alone(found, told)
    middle, name = (found.drift.mean, "all draws") if share or best is None else (best, "best guess")
    data = draw.Swings(capital(told.answer(found.answer)), middle, name, rows, shares=share)
    return _paths(found, share=share), data


def _paths(found: Levers, *, share: bool) -> list[str]:
    if share:
        return [m.path for m in found.drift.moves if m.seen][:BARS]
    return [bar.path for bar in found.tornado.bars[:BARS]]


def _over(found: Levers, told: Telling) -> tuple[draw.Swing, ...]:
    return tuple(
        draw.Swing(capital(told.input(m.path)), m.basis, _fifths(m.path), m.low, m.high)
        for m in found.drift.moves
        if m.seen
    )[:BARS]


def _fifths(path: str) -> tuple[str, str]:
    return ("not real", "real") if path.endswith(".hardness") else ("lowest fifth", "highest fifth")


def _alone(found: Levers, told: Telling) -> tuple[draw.Swing, ...]:
    return tuple(
        draw.Swing(
            capital(told.input(bar.path)), bar.basis,
            (told.value(bar.path, bar.low), told.value(bar.path, bar.high)), bar.at_low, bar.at_high,
        )
        for bar in found.tornado.bars[:BARS]
    )  # fmt: skip


def _cells(row: draw.Swing, data: draw.Swings) -> tuple[str, ...]:
    unit = " of draws" if data.shares else ""
    low, high = (data.number(at) + unit for at in (row.low, row.high))
    return (row.name, row.ends[0], low, row.ends[1], high)


def strips(found: Levers, told: Telling) -> tuple[Figure, ...]:
    """Draw how the answer goes along the inputs that matter most."""
    moving = [one for one in found.flips if one.spread > 0]
    if not moving:
        return ()
    share = found.answer.kind == "holds"
    data = draw.Strips(
        capital(told.answer(found.answer)), moving[0].level, tuple(_strip(one, told) for one in moving), shares=share
    )
    how = SWEPT.format(moving[0].draws)
    paths = [one.path for one in moving]
    title = "The answer along single inputs"
    rows = tuple(
        told.row(_turned(one, strip, data), how, [one.path]) for one, strip in zip(moving, data.strips, strict=True)
    )
    heads = ("input", "from", "to", "where it crosses")
    unit = "half of the draws" if share else f"{written(data.level)}, its mean over all draws"
    grid = Grid(told.say(f"{title}; what is crossed is {unit}.", how, paths), heads, rows)
    desc = "One strip for each input, from the low to the high end of its range."
    svg = draw.flips(data, id="fig-flips", title=title, desc=desc)
    svg += draw.flips(data, id="fig-flips-narrow", title=title, desc=desc, width=draw.NARROW)
    caption = told.say(f"{title}, everything else as drawn (sampled, {moving[0].draws:,} draws).", how, paths)
    return (Figure("flips", svg, caption, grid, draw.flips_as_text(data)),)


def _strip(one: Flips, told: Telling) -> draw.Strip:
    return draw.Strip(
        name=capital(told.input(one.path)),
        ends=(told.value(one.path, one.values[0]), told.value(one.path, one.values[-1])),
        guess=one.guess,
        values=one.values,
        means=one.means,
        turns=tuple(draw.Turn(f.at, f.rises) for f in one.flips),
        jump=(one.steep.low + one.steep.high) / 2 if one.steep is not None and not one.flips else None,
    )


def _turned(one: Flips, strip: draw.Strip, data: draw.Strips) -> tuple[str, ...]:
    unit = " of draws" if data.shares else ""
    ends = [
        f"{data.number(m)}{unit} at {end}" for m, end in zip((one.means[0], one.means[-1]), strip.ends, strict=True)
    ]
    crossed = turns(one)
    if one.steep is not None and not one.flips:
        way = "rises" if one.steep.change > 0 else "falls"
        crossed = f"nowhere; it {way} from {data.number(_before(one))} to {data.number(_after(one))}{unit} at about "
        crossed += written((one.steep.low + one.steep.high) / 2)
    return (strip.name, *ends, crossed or "nowhere")


def turns(one: Flips) -> str:
    """Say where an answer crosses its level as an input grows; empty where it does not."""
    return "; ".join(f"{'up' if f.rises else 'down'} at {written(f.at)}" for f in one.flips)


def _before(one: Flips) -> float:
    """The mean at the last value of the grid before the steepest place."""
    at = one.steep.low if one.steep is not None else one.values[0]
    return next((m for v, m in zip(reversed(one.values), reversed(one.means), strict=True) if v <= at), one.means[0])


def _after(one: Flips) -> float:
    at = one.steep.high if one.steep is not None else one.values[-1]
    return next((m for v, m in zip(one.values, one.means, strict=True) if v >= at), one.means[-1])


def square(found: Levers, told: Telling) -> tuple[Block, ...]:
    """Draw the answer over two inputs at once."""
    data = found.square
    if data is None:
        return ()
    kinds = [[_band(mean) for mean in row] for row in data.means]
    order = sorted({kind for row in kinds for kind in row})
    if len(order) < 2:
        return ()
    axes = [_axis(data, k, told) for k in (0, 1)]
    cells = tuple(tuple(order.index(kind) for kind in row) for row in kinds)
    labels = tuple(BANDS[k][1] for k in order)
    region = draw.Region(
        axes[0], axes[1], labels, cells, today=data.guess, tones=tuple(BANDS[k][2] for k in order)
    )  # fmt: skip
    how = SWEPT.format(data.draws)
    title = f"Over {axes[0].name} and {axes[1].name}"
    says = f"{title}: in how many draws {told.clause(found.answer)}; the cross is the best guess."
    rows = tuple(_row(data, r, told, how) for r in range(len(data.up)))
    heads = (axes[1].name, *(written(at) for at in data.across))
    grid = Grid(told.say(f"{title}: shares of draws.", how, data.paths), heads, rows)
    svg = draw.region(region, id="fig-square", title=title, desc="Each cell filled by the share of draws in it.")
    return (Figure("square", svg, told.say(says, how, data.paths), grid, draw.region_as_text(region)),)


def _band(mean: float) -> int:
    return next(k for k, (least, _, _) in enumerate(BANDS) if mean >= least)


def _axis(data: FlipSquare, which: int, told: Telling) -> draw.RegionAxis:
    values = data.across if which == 0 else data.up
    middles = [(a + b) / 2 for a, b in pairwise(values)]
    marks = tuple((at, written(at)) for at in dict.fromkeys((values[0], data.guess[which], values[-1])))
    return draw.RegionAxis(told.input(data.paths[which]), (values[0], *middles, values[-1]), marks)


def _row(data: FlipSquare, row: int, told: Telling, how: str) -> tuple[Sentence, ...]:
    cells = [written(data.up[row]), *(f"{mean:.0%} of draws" for mean in data.means[row])]
    return told.row(cells, how, data.paths)
