"""Which packages does an agenda allow, and what does each gain for whom?

A package takes one level per issue. It is a deal only if it changes something: the package with every issue at its
status quo is counted nowhere. Packages are numbered as digits, the last issue running fastest, and enumerated in
chunks, so that no array over draws and all packages is ever kept.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Int

from detente.boards.deal_board import Cross, Deals
from detente.errors import AnalysisError
from detente.search.packages.consent import admitted

INNER = 4096  # packages whose sums are formed once and reused
BLOCK = 1 << 19  # numbers in one chunk: a few megabytes, so that a chunk stays in the cache
COUNTED = 2**62  # packages that a whole number of the board can hold
LIMIT = 50_000_000  # packages x draws that an enumeration accepts


@dataclass(frozen=True, slots=True)
class Space:
    """The packages of one agenda: which levels of each issue are enumerated.

    `kept` holds, per issue, the option indices of the board; `unchanged` is the number of the package in which nothing
    changes, where it is among them.
    """

    deals: Deals
    kept: tuple[Int[np.ndarray, " _kept"], ...]
    unchanged: int | None

    @property
    def size(self) -> int:
        """How many packages are enumerated, the unchanged one included."""
        return math.prod(k.size for k in self.kept)

    def decode(self, numbers: Int[np.ndarray, "*package"]) -> Int[np.ndarray, "*package issue"]:
        """Return the option indices of packages given by number."""
        if not numbers.size:
            return np.zeros((*numbers.shape, len(self.kept)), dtype=np.int64)
        digits = np.unravel_index(numbers, tuple(k.size for k in self.kept))
        return np.stack([k[d] for k, d in zip(self.kept, digits, strict=True)], axis=-1)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Packages `start` to `start + package` of a space.

    ===========  =====================  =================================================================
    gains        *draw party package    basis points beyond no deal, interactions counted, listing costs paid
    admissible   *draw package          the agenda leaves it open, no red line excludes it, it is a change
    ===========  =====================  =================================================================
    """

    start: int
    gains: Int[np.ndarray, "*draw party package"]
    admissible: Bool[np.ndarray, "*draw package"]


def space(deals: Deals, *, red_lines: bool = True) -> Space:
    """Lay out the packages of an agenda; `red_lines=False` keeps the levels that only red lines exclude."""
    kept = []
    for i in range(len(deals.issues)):
        allowed = allowed_levels(deals, i) if red_lines else deals.open[i]
        kept.append(np.flatnonzero(allowed.reshape(-1, allowed.shape[-1]).any(axis=0)))
    unchanged = 0
    for levels, now in zip(kept, deals.status_quo, strict=True):
        at = np.flatnonzero(levels == now)
        if not at.size:
            return Space(deals=deals, kept=tuple(kept), unchanged=None)
        unchanged = unchanged * levels.size + int(at[0])
    return Space(deals=deals, kept=tuple(kept), unchanged=unchanged)


def allowed_levels(deals: Deals, issue: int) -> Bool[np.ndarray, "*draw _option"]:
    """Return the levels that the agenda leaves open and that no party's or ratifier's red line excludes."""
    return np.asarray(deals.open[issue] & admitted(deals, issue).all(axis=-2))


def admissible_count(deals: Deals, *, red_lines: bool = True) -> Int[np.ndarray, "*draw"]:
    """Count the packages that are admissible, or with `red_lines=False` open, per draw, without enumerating them.

    Raises AnalysisError where there are more than can be counted.
    """
    most = math.prod(at.shape[-1] for at in deals.open)
    if most > COUNTED:
        raise AnalysisError(
            f"Table '{deals.table}' has {len(deals.issues)} issues with {most:.3g} packages, more than can be counted. "
            "Leave issues off the agenda, or take levels off them."
        )
    allowed = [allowed_levels(deals, i) if red_lines else deals.open[i] for i in range(len(deals.issues))]
    count = np.ones(deals.draws, dtype=np.int64)
    still = np.ones(deals.draws, dtype=bool)
    for levels, now in zip(allowed, deals.status_quo, strict=True):
        count = count * levels.sum(axis=-1)
        still = still & levels[..., now]
    return np.asarray(count - still, dtype=np.int64)


def chunks(packages: Space, *, limit: int = LIMIT) -> Iterator[Chunk]:
    """Enumerate the packages of a space.

    Raises AnalysisError where there are more packages x draws than `limit`.
    """
    deals = packages.deals
    draws = math.prod(deals.draws)
    if packages.size * draws > limit:
        raise AnalysisError(
            f"Table '{deals.table}' has {packages.size:,} packages in {draws:,} draws, more than the {limit:,} that "
            "are enumerated. Take levels or issues off, or ask for fewer draws."
        )
    if not packages.size:
        return
    tables = [score[..., kept] for score, kept in zip(deals.score, packages.kept, strict=True)]
    allowed = [allowed_levels(deals, i)[..., None, kept] for i, kept in enumerate(packages.kept)]
    split = _split(packages, draws * len(deals.parties))
    inner, inner_ok = _sums(tables[split:], deals, 0), _alls(allowed[split:], deals)
    outer, outer_ok = _sums(tables[:split], deals, deals.floor()), _alls(allowed[:split], deals)
    parts = _options(packages, slice(0, split)), _options(packages, slice(split, None))
    across = _add_together(deals, parts, outer, inner)
    step = max(1, BLOCK // max(1, inner.size))
    for first in range(0, outer.shape[-1], step):
        rows = slice(first, first + step)
        gains = outer[..., rows, None] + inner[..., None, :]
        for cross in across:
            gains += cross.score[..., parts[0][cross.first][rows, None], parts[1][cross.second]]
        fine = outer_ok[..., 0, rows, None] & inner_ok[..., 0, None, :]
        start = first * inner.shape[-1]
        yield _chunk(packages, start, gains, fine)


def _chunk(
    packages: Space,
    start: int,
    gains: Int[np.ndarray, "*draw party outer inner"],
    fine: Bool[np.ndarray, "*draw outer inner"],
) -> Chunk:
    flat = fine.reshape(*fine.shape[:-2], -1)
    at = None if packages.unchanged is None else packages.unchanged - start
    if at is not None and 0 <= at < flat.shape[-1]:
        flat[..., at] = False
    return Chunk(start=start, gains=gains.reshape(*gains.shape[:-2], -1), admissible=flat)


def _options(packages: Space, part: slice) -> dict[int, Int[np.ndarray, " package"]]:
    """Return, for some issues, which option each of their packages takes."""
    issues = range(len(packages.kept))[part]
    sizes = tuple(packages.kept[i].size for i in issues)
    digits = np.unravel_index(np.arange(math.prod(sizes)), sizes) if sizes else ()
    return {i: packages.kept[i][digit] for i, digit in zip(issues, digits, strict=True)}


def _add_together(
    deals: Deals,
    parts: tuple[dict[int, Int[np.ndarray, " _outer"]], dict[int, Int[np.ndarray, " _inner"]]],
    outer: Int[np.ndarray, "*draw party outer"],
    inner: Int[np.ndarray, "*draw party inner"],
) -> list[Cross]:
    """Add the interactions within each half to its sums; return those between an outer and an inner issue."""
    for at, sums in zip(parts, (outer, inner), strict=True):
        for cross in deals.interactions:
            if cross.first in at and cross.second in at:
                sums += cross.score[..., at[cross.first], at[cross.second]]
    return [c for c in deals.interactions if c.first in parts[0] and c.second in parts[1]]


def _split(packages: Space, width: int) -> int:
    """Return the first issue of the inner half: as many last issues as fit."""
    room = max(1, min(INNER, BLOCK // max(1, width)))
    split, size = len(packages.kept), 1
    while split and size * packages.kept[split - 1].size <= room:
        split -= 1
        size *= packages.kept[split].size
    return split


def _sums(
    tables: list[Int[np.ndarray, "*draw party _kept"]], deals: Deals, floor: Int[np.ndarray, "*draw party"] | int
) -> Int[np.ndarray, "*draw party package"]:
    total = np.zeros((*deals.draws, len(deals.parties), 1), dtype=np.int64)
    total -= np.asarray(floor)[..., None]
    for table in tables:
        total = (total[..., :, None] + table[..., None, :]).reshape(*total.shape[:-1], -1)
    return total


def _alls(allowed: list[Bool[np.ndarray, "*draw 1 _kept"]], deals: Deals) -> Bool[np.ndarray, "*draw 1 package"]:
    every = np.ones((*deals.draws, 1, 1), dtype=bool)
    for levels in allowed:
        every = (every[..., :, None] & levels[..., None, :]).reshape(*every.shape[:-1], -1)
    return every
