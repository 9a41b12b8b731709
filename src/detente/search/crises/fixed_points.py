r"""Where are all the fixed points of a monotone map, and is it sure that there are no others?

For a map g that rises, a stretch [l, u] holds fixed points only within [max(l, g(l)), min(u, g(u))], and none where
that is empty. Stretches are halved and cut in this way until each that is left is narrow; g is then steeper or flatter
than the diagonal all over it, with one crossing, or the search goes on. What is still open at the last width is told:
two fixed points there have all but met. A map that falls has just one fixed point.

Source: the cut is that of interval analysis, Moore (1966); that fixed points of a rising map can be boxed in from both
sides is Tarski (1955), Pacific Journal of Mathematics 5(2).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from jaxtyping import Bool, Float, Int

Rows: TypeAlias = Int[np.ndarray, " cell"]
Points: TypeAlias = Float[np.ndarray, " cell"]
Map: TypeAlias = Callable[[Rows, Points], Points]

FIRST = 16  # stretches of equal width per draw before any is halved
WIDE = 1e-3  # a stretch narrower than this is settled if it holds one plain crossing
NARROW = 1e-7  # and given up as open below this
PLAIN = 1e-6  # the slope keeps off 1 by at least so much at a plain crossing
NOISE = 1e-11  # how exactly the map is known, relative to 1 + |z|
_ROUNDS = 80
_CELLS = 400  # undecided stretches per draw at one time: beyond it g hugs the diagonal, and the draw is open


@dataclass(frozen=True, slots=True)
class FixedPoints:
    """All fixed points of every draw: ascending, NaN beyond the last; `open` where it is not sure these are all."""

    z: Float[np.ndarray, "draw point"]
    count: Int[np.ndarray, " draw"]
    open: Bool[np.ndarray, " draw"]


@dataclass(frozen=True, slots=True)
class _Cells:
    """Stretches, and the values of the map at both ends."""

    row: np.ndarray
    low: np.ndarray
    high: np.ndarray
    at_low: np.ndarray
    at_high: np.ndarray

    def take(self, keep: np.ndarray) -> "_Cells":
        return _Cells(self.row[keep], self.low[keep], self.high[keep], self.at_low[keep], self.at_high[keep])


def fixed_points(
    g: Map,
    slope: Map,
    low: Float[np.ndarray, " draw"],
    high: Float[np.ndarray, " draw"],
    *,
    rising: Bool[np.ndarray, " draw"],
) -> FixedPoints:
    """Find all z with g(z) = z between `low` and `high`, for maps that rise or fall.

    `g(rows, z)` and `slope(rows, z)` are asked about draw `rows[k]` at `z[k]`. Where the map falls there is one.

    >>> def cubic(rows, z):
    ...     return z + 0.1 * (z + 1) * z * (1 - z)
    >>> ends = np.array([2.0])
    >>> found = fixed_points(cubic, lambda r, z: 1.1 - 0.3 * z**2, -ends, ends, rising=np.array([True]))
    >>> found.z.round(9).tolist(), found.open.tolist()
    ([[-1.0, 0.0, 1.0]], [False])
    """
    everyone = np.arange(len(low))
    low, high = low - 1e-6 * (1 + np.abs(low)), high + 1e-6 * (1 + np.abs(high))
    rows, starts, ends, unsure = [everyone[~rising]], [low[~rising]], [high[~rising]], []
    cells = _first(g, everyone[rising], low[rising], high[rising])
    for _ in range(_ROUNDS):
        cells = _cut(g, cells)
        if not len(cells.row):
            break
        crossing, cells, lost = _settle(slope, cells, WIDE)
        rows.append(crossing.row)
        starts.append(crossing.low)
        ends.append(crossing.high)
        unsure.append(lost)
        cells = _halved(g, cells)
    row, start, end = np.concatenate(rows), np.concatenate(starts), np.concatenate(ends)
    z = _polished(g, slope, row, (start, end))
    return _gathered(len(low), row, z, np.concatenate([*unsure, cells.row]).astype(np.int64))


def _first(g: Map, row: np.ndarray, low: np.ndarray, high: np.ndarray) -> _Cells:
    edges = low[:, None] + (high - low)[:, None] * np.linspace(0.0, 1.0, FIRST + 1)
    edges[:, -1] = high
    rows = np.repeat(row, FIRST + 1)
    values = g(rows, edges.ravel()).reshape(edges.shape) if len(row) else edges
    inner = np.repeat(row, FIRST)
    parts = (edges[:, :-1], edges[:, 1:], values[:, :-1], values[:, 1:])
    return _Cells(inner, *(part.ravel() for part in parts))


def _cut(g: Map, cells: _Cells) -> _Cells:
    """Drop the stretches that hold no fixed point, and cut the others to where there may be some."""
    slack = NOISE * (1.0 + np.abs(cells.high) + np.abs(cells.low))  # rounding of g must not lose one
    with np.errstate(invalid="ignore"):
        low = np.maximum(cells.low, cells.at_low - slack)
        high = np.minimum(cells.high, cells.at_high + slack)
    keep = low <= high
    cells, low, high = cells.take(keep), low[keep], high[keep]
    at_low, at_high = cells.at_low.copy(), cells.at_high.copy()
    for moved, at, ends in ((low > cells.low, at_low, low), (high < cells.high, at_high, high)):
        if moved.any():
            at[moved] = g(cells.row[moved], ends[moved])
    return _Cells(cells.row, low, high, at_low, at_high)


def _settle(slope: Map, cells: _Cells, width: float) -> tuple[_Cells, _Cells, np.ndarray]:
    """Tell plain crossings, stretches to go on with, and draws given up.

    Neighbouring stretches are joined to a clump first: all of them narrow, the slope on one side of 1 all over.
    """
    order = np.lexsort((cells.low, cells.row))
    cells = cells.take(order)
    first = np.ones(len(order), dtype=bool)
    touch = NOISE * (1.0 + np.abs(cells.low[1:]))
    first[1:] = (cells.row[1:] != cells.row[:-1]) | (cells.low[1:] > cells.high[:-1] + touch)
    clump = np.cumsum(first) - 1
    start = np.flatnonzero(first)
    last = np.append(start[1:], len(order)) - 1
    joined = _Cells(cells.row[start], cells.low[start], cells.high[last], cells.at_low[start], cells.at_high[last])
    rate = np.column_stack([slope(cells.row, end) for end in (cells.low, cells.high)])
    least, most = np.minimum.reduceat(rate.min(axis=1), start), np.maximum.reduceat(rate.max(axis=1), start)
    plain = (joined.high - joined.low < width) & _keeps_off(least, most)
    crosses = np.sign(joined.at_low - joined.low) * np.sign(joined.at_high - joined.high) <= 0
    held = np.bincount(cells.row)[joined.row] > _CELLS
    lost = (
        (~plain & (joined.high - joined.low < NARROW))
        | held
        | (plain & ~crosses & (np.abs(joined.at_low - joined.low) < 10 * NOISE))
    )
    done = plain | lost
    return joined.take(crosses & plain), cells.take(~done[clump]), joined.row[lost]


def _keeps_off(least: np.ndarray, most: np.ndarray) -> np.ndarray:
    """Does the slope keep off 1 from end to end, by more than it changes, so that it may bend between them?"""
    with np.errstate(invalid="ignore", over="ignore"):
        bend = np.maximum(PLAIN, most - least)
        steep = (least - 1 > bend) | (least * (least / most) > 1 + PLAIN)
    return np.asarray(steep | (1 - most > bend))


def _halved(g: Map, cells: _Cells) -> _Cells:
    if not len(cells.row):
        return cells
    middle = (cells.low + cells.high) / 2
    value = g(cells.row, middle)
    left = _Cells(cells.row, cells.low, middle, cells.at_low, value)
    right = _Cells(cells.row, middle, cells.high, value, cells.at_high)
    return _Cells(*(np.concatenate(pair) for pair in zip(_arrays(left), _arrays(right), strict=True)))


def _arrays(cells: _Cells) -> tuple[np.ndarray, ...]:
    return cells.row, cells.low, cells.high, cells.at_low, cells.at_high


def _polished(g: Map, slope: Map, row: np.ndarray, ends: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Close in on the fixed point of each stretch by Newton's steps, halving where a step leaves the stretch."""
    low, high = ends[0].copy(), ends[1].copy()
    side = np.sign(g(row, low) - low)
    z = (low + high) / 2
    active = np.arange(len(row))
    for _ in range(120):
        here = z[active]
        off = g(row[active], here) - here
        same = (off > 0) == (side[active] > 0)
        low[active], high[active] = np.where(same, here, low[active]), np.where(same, high[active], here)
        with np.errstate(divide="ignore", invalid="ignore"):
            new = here - off / (slope(row[active], here) - 1.0)
        inside = (new > low[active]) & (new < high[active])
        new = np.where(off == 0, here, np.where(inside, new, (low[active] + high[active]) / 2))
        z[active] = new
        active = active[np.abs(new - here) > 4e-16 * (1.0 + np.abs(here))]
        if not len(active):
            break
    return np.asarray(z)


def _gathered(draws: int, row: np.ndarray, z: np.ndarray, unsure: np.ndarray) -> FixedPoints:
    order = np.lexsort((z, row))
    row, z = row[order], z[order]
    count = np.bincount(row, minlength=draws)
    place = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    table = np.full((draws, max(1, int(count.max(initial=0)))), np.nan)
    table[row, place] = z
    still = np.zeros(draws, dtype=bool)
    still[unsure] = True
    return FixedPoints(table, count, still)
