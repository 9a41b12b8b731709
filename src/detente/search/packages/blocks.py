"""How are the gains of many packages in many draws formed quickly, and exactly?

A block is a few draws by so many packages that it stays in the processor's cache. Gains are whole numbers kept as
floats that hold them exactly, because products of floats are quick and sums of them are as exact as those of integers.
"""

import math
import operator
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple, TypeAlias

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.errors import AnalysisError
from detente.search.packages.buffer import short_rows
from detente.search.packages.space import Space, allowed_levels
from detente.search.packages.stakes import Stakes

CELLS = 1 << 16  # draws x packages of one block
WIDE = 1 << 16  # numbers in the halves that are formed at once
INNER = 2048  # packages whose sums are formed once per draw and reused
OUTER = 8  # times that they are, where there are so many packages
EXACT = {"float32": 2.0**24, "float64": 2.0**53}  # whole numbers below are held exactly
GREATEST = {"float32": 1e37, "float64": 1e300}  # products below are held

Real: TypeAlias = Float[np.ndarray, "..."]
Flags: TypeAlias = Bool[np.ndarray, "row outer inner"]
Levels: TypeAlias = list[Bool[np.ndarray, "_draw _kept"]]  # per issue; one row where it is the same in every draw
Pair: TypeAlias = tuple[Bool[np.ndarray, "_row _outer"], Bool[np.ndarray, "_row _inner"]]


class Precision(NamedTuple):
    """The float that holds every gain, and whether it holds the product of all gains too."""

    kind: str
    products: bool


def precision(stakes: Stakes) -> Precision:
    """Choose the smallest float that is exact.

    Raises AnalysisError where scores are too great for any.
    """
    bound = [float(b) for b in stakes.bound()]
    product = math.prod(max(1.0, b) for b in bound[: stakes.bargaining])
    for kind, exact in EXACT.items():
        if max(bound, default=0.0) < exact and product < GREATEST[kind]:
            return Precision(kind, products=True)
    if max(bound, default=0.0) < EXACT["float64"]:
        return Precision("float64", products=False)
    raise AnalysisError(
        "The scores add up to more than 9,007,199,254,740,991 basis points, which is not held exactly. "
        "Give scores in smaller numbers: 10,000 stands for a full-scale move on an issue of salience 100."
    )


class Part(NamedTuple):
    """One interaction in a block: its tables, and which of their cells each package takes."""

    table: Real
    cell: Int[np.ndarray, "outer inner"]


@dataclass(frozen=True, slots=True)
class Block:
    """Packages `start` to `start + outer x inner` in some draws.

    ======  ==================  =============================================
    draws   row                 which draws
    fine    row outer inner     open, within every red line, and a change
    agenda  row outer inner     open and a change, red lines aside; None where there are none, or nobody asked
    within  needed              row outer inner, within the party's own red lines; None where it has none
    first   needed row outer    sums over the first issues, floor taken off
    second  needed row inner    sums over the last issues
    ======  ==================  =============================================
    """

    start: int
    draws: Int[np.ndarray, " row"]
    fine: Flags
    agenda: Flags | None
    within: tuple[Flags | None, ...]
    first: Float[np.ndarray, "needed row outer"]
    second: Float[np.ndarray, "needed row inner"]
    parts: tuple[Part, ...]

    def gains(self, party: int, out: Float[np.ndarray, "row outer inner"]) -> Float[np.ndarray, "row outer inner"]:
        """Write one party's gains into `out`."""
        _add(self.first[party][:, :, None], self.second[party][:, None, :], out)
        for table, cell in self.parts:
            out += table[party][:, cell]
        return out


def blocks(
    packages: Space,
    stakes: Stakes,
    rows: Int[np.ndarray, " draw"],
    *,
    kind: str,
    cells: int = CELLS,
    lines: bool = False,
) -> Iterator[Block]:
    """Go through the packages of some draws: all blocks of a group of draws, then those of the next group.

    With `lines` each block also says whose red line excludes what.
    """
    sizes = [k.size for k in packages.kept]
    if not packages.size or not rows.size:
        return
    split, opened = _split(sizes), _open_levels(packages, stakes, lines=lines)
    outer, inner = math.prod(sizes[:split]), math.prod(sizes[split:])
    group, step = max(1, cells // packages.size), max(1, cells // inner)
    # The halves of many draws are formed at once, because small sums are all overhead.
    wide = group * max(1, WIDE // (len(stakes.parties) * (outer + inner) * group))
    for begin in range(0, rows.size, wide):
        halves = _Halves.of((packages, stakes), opened, rows[begin : begin + wide], split, kind)
        for at in range(0, min(wide, rows.size - begin), group):
            for first in range(0, outer, step):
                yield halves.block(packages, slice(at, at + group), slice(first, min(outer, first + step)))


@dataclass(frozen=True, slots=True)
class _Halves:
    """What blocks are cut from: sums and open levels of the first and the last issues, and what lies across.

    `open` says of the levels: within all red lines, then red lines aside, then within each party's own.
    """

    draws: Int[np.ndarray, " row"]
    open: tuple[Pair | None, ...]
    first: Float[np.ndarray, "needed row outer"]
    second: Float[np.ndarray, "needed row inner"]
    tables: tuple[Real, ...]
    rows: tuple[Int[np.ndarray, " outer"], ...]
    columns: tuple[Int[np.ndarray, " inner"], ...]

    @staticmethod
    def of(
        source: tuple[Space, Stakes],
        opened: tuple[Levels | None, ...],
        draws: Int[np.ndarray, " row"],
        split: int,
        kind: str,
    ) -> "_Halves":
        """Form them."""
        stakes, kept = source[1], source[0].kept
        scores = [_party_first(s[draws][:, :, k], kind) for s, k in zip(stakes.score, kept, strict=True)]
        floor = _party_first(stakes.floor[draws], kind)
        first, second = _sums(scores[:split], -floor), _sums(scores[split:], np.zeros_like(floor))
        tables: list[Real] = []
        rows: list[Int[np.ndarray, " outer"]] = []
        columns: list[Int[np.ndarray, " inner"]] = []
        for cross in stakes.crosses:
            a, b = kept[cross.first], kept[cross.second]
            table = _party_first(cross.score[draws][:, :, a][:, :, :, b], kind)
            table = table.reshape(*table.shape[:2], -1)
            row, column = _digit(kept, cross.first, split) * b.size, _digit(kept, cross.second, split)
            if cross.second < split:
                first += table[:, :, row + column]
            elif cross.first >= split:
                second += table[:, :, row + column]
            else:
                tables.append(table)
                rows.append(row)
                columns.append(column)
        halves = tuple(None if levels is None else _pair(levels, draws, split) for levels in opened)
        return _Halves(draws, halves, first, second, tuple(tables), tuple(rows), tuple(columns))

    def _flags(self, pair: Pair, group: slice, outer: slice) -> Flags:
        first, second = (o if len(o) == 1 else o[group] for o in pair)
        flags = np.empty((self.draws[group].size, outer.stop - outer.start, self.second.shape[-1]), dtype=bool)
        return np.asarray(np.logical_and(first[:, outer, None], second[:, None, :], out=flags))

    def block(self, packages: Space, group: slice, outer: slice) -> Block:
        """Cut out the block of some draws and some outer packages."""
        draws, start = self.draws[group], outer.start * self.second.shape[-1]
        fine, agenda, *within = (None if pair is None else self._flags(pair, group, outer) for pair in self.open)
        assert fine is not None  # the first pair is always there
        for flags in (fine, agenda):
            at = None if packages.unchanged is None else packages.unchanged - start
            if flags is not None and at is not None and 0 <= at < flags[0].size:
                flags.reshape(draws.size, -1)[:, at] = False
        return Block(
            start=start,
            draws=draws,
            fine=fine,
            agenda=agenda,
            within=tuple(within),
            first=self.first[:, group, outer],
            second=self.second[:, group],
            parts=tuple(
                Part(table[:, group], row[outer, None] + column)
                for table, row, column in zip(self.tables, self.rows, self.columns, strict=True)
            ),
        )


def _open_levels(packages: Space, stakes: Stakes, *, lines: bool) -> tuple[Levels | None, ...]:
    """Return the kept levels within all red lines; those open, red lines aside; and those within each party's own."""
    deals, kept = packages.deals, packages.kept
    allowed = [allowed_levels(deals, i).reshape(stakes.draws, -1)[:, k] for i, k in enumerate(kept)]
    within = [[a[:, p][:, k] for a, k in zip(stakes.admits, kept, strict=True)] for p in range(len(stakes.parties))]
    drawn_in = [None if not lines or all(f.all() for f in levels) else _narrow(levels) for levels in within]
    if not any(levels is not None for levels in drawn_in):
        return (_narrow(allowed), None, *drawn_in)
    opened = [o.reshape(stakes.draws, -1)[:, k] for o, k in zip(deals.open, kept, strict=True)]
    return (_narrow(allowed), _narrow(opened), *drawn_in)


def _narrow(levels: Levels) -> Levels:
    """Keep one row where every draw has the same."""
    return [f[:1] for f in levels] if all((f == f[:1]).all() for f in levels) else levels


def _pair(levels: Levels, draws: Int[np.ndarray, " row"], split: int) -> Pair:
    here = [o if len(o) == 1 else o[draws] for o in levels]
    return _alls(here[:split], draws.size), _alls(here[split:], draws.size)


def _party_first(values: Int[np.ndarray, "row needed *rest"], kind: str) -> Real:
    return np.ascontiguousarray(values.swapaxes(0, 1), dtype=kind)


def _split(sizes: list[int]) -> int:
    """Return the first issue of the inner half: as many last issues as fit and leave some outer rows."""
    products: list[int] = list(accumulate(reversed(sizes), operator.mul))
    room = min(INNER, products[-1] // OUTER) if products else 0
    return len(sizes) - sum(p <= room for p in products)


def _digit(kept: tuple[Int[np.ndarray, " _kept"], ...], issue: int, split: int) -> Int[np.ndarray, " half"]:
    """Return which of its kept levels an issue takes in each package of its half."""
    half = kept[:split] if issue < split else kept[split:]
    sizes = [k.size for k in half]
    digits = np.unravel_index(np.arange(math.prod(sizes)), sizes)
    return np.asarray(digits[issue if issue < split else issue - split])


def _sums(tables: list[Real], start: Float[np.ndarray, "needed row"]) -> Float[np.ndarray, "needed row package"]:
    """Add up issue by issue from the last, so that the innermost loop is the long one."""
    total = start[:, :, None]
    for table in reversed(tables):
        wide = np.empty((*table.shape, total.shape[-1]), dtype=total.dtype)
        total = _add(table[:, :, :, None], total[:, :, None, :], wide).reshape(*start.shape, -1)
    return total if tables else total.copy()


def _add(first: Real, second: Real, out: Real) -> Real:
    with short_rows(out.shape[-1]):
        return np.asarray(np.add(first, second, out=out))


def _alls(allowed: list[Bool[np.ndarray, "row _kept"]], rows: int) -> Bool[np.ndarray, "row package"]:
    every = np.ones((rows if len({len(a) for a in allowed} - {1}) else 1, 1), dtype=bool)
    for levels in reversed(allowed):
        every = (levels[:, :, None] & every[:, None, :]).reshape(len(every), -1)
    return every
