"""Which packages may still be best, cluster after cluster?

Every condition on a package is linear: a cut of `cuts` must reach its need, and who must have something has it. What
is still to come adds at most the sum of the greatest entries, so that a sum over some clusters that does not reach so
far is dropped with all its continuations. First single choices are dropped this way, then sums of several.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Bool, Int

from detente.errors import AnalysisError
from detente.search.packages.frontier import undominated
from detente.search.packages.optimum.aims import Search
from detente.search.packages.optimum.cuts import Cut

ROOM = 200_000  # sums that are held before some are dropped
MOST = 400_000  # sums that are held where none may be dropped, or only what others dominate
PAIRS = 2_000_000_000  # of two halves that are looked at
SLICE = 1 << 18  # sums that are formed at a time
NEVER = -(1 << 62)  # below any need

Dropped: TypeAlias = Literal["nothing", "dominated", "weaker"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The conditions on a package, as rows, and what each choice of each cluster adds to them.

    ========  ==============  =============================================================
    blocks    per cluster     row x choice
    kept      per cluster     which choices these are
    start     row             what the rows are before any choice
    need      row             what they must reach
    parties   a number        how many rows are gains of parties; the others are cuts
    best      a number        the row of the best cut
    ========  ==============  =============================================================
    """

    blocks: tuple[Int[np.ndarray, "row _choice"], ...]
    kept: tuple[Int[np.ndarray, " _choice"], ...]
    start: Int[np.ndarray, " row"]
    need: Int[np.ndarray, " row"]
    parties: int
    best: int

    @property
    def size(self) -> int:
        """How many packages its choices make."""
        return math.prod(k.size for k in self.kept)

    def most(self, clusters: Sequence[int]) -> Int[np.ndarray, " row"]:
        """Return the most that these clusters add to each row."""
        return np.asarray(sum((self.blocks[j].max(axis=1) for j in clusters), start=np.zeros_like(self.start)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Sums over the clusters that have been added, the choices that make them, and the work it took."""

    rows: Int[np.ndarray, "row sum"]
    choices: Int[np.ndarray, "sum cluster"]
    dropped: Dropped
    looked: int


def grid(search: Search, cuts: Sequence[Cut], goal: int | Fraction, *, beyond: bool = False) -> Grid:
    """Set out what a package must reach to be worth `goal`, or more than that; the last cut is taken for the best."""
    terms = search.terms
    who = sorted({*search.over, *search.must})
    least = search.each(goal)
    needs = [c.need(search, goal, beyond=beyond) for c in cuts]
    heavy = np.array([c.weights for c in cuts], dtype=np.int64).reshape(-1, len(terms.parties))
    own = [least.get(p, NEVER) for p in who]
    limits = [max(NEVER, min(-NEVER, n)) for n in needs]
    return Grid(
        blocks=tuple(np.concatenate([t[who], heavy @ t]) for t in terms.tables),
        kept=tuple(np.arange(t.shape[1]) for t in terms.tables),
        start=-np.concatenate([terms.floor[who], heavy @ terms.floor]),
        need=np.array(own + limits, dtype=np.int64),
        parties=len(who),
        best=len(who) + len(cuts) - 1,
    )


def thinned(laid: Grid) -> Grid:
    """Drop the choices with which no package reaches what it must, as long as there are any."""
    while laid.size:
        sizes = [k.size for k in laid.kept]
        starts = np.cumsum([0, *sizes[:-1]])
        columns = np.concatenate(laid.blocks, axis=1)
        most = np.maximum.reduceat(columns, starts, axis=1)
        lacking = (laid.need - laid.start - most.sum(axis=1))[:, None] + most
        fine = np.asarray((columns >= np.repeat(lacking, sizes, axis=1)).all(axis=0))
        if fine.all():
            break
        stays = np.split(fine, starts[1:])
        laid = replace(
            laid,
            blocks=tuple(b[:, s] for b, s in zip(laid.blocks, stays, strict=True)),
            kept=tuple(k[s] for k, s in zip(laid.kept, stays, strict=True)),
        )
    return laid


def folded(
    laid: Grid,
    unchanged: tuple[int, ...] | None,
    *,
    over: Dropped,
    room: int = ROOM,
    clusters: Sequence[int] | None = None,
) -> Sums:
    """Add cluster after cluster and keep the sums that may still reach what they must.

    Where there are too many, `over` says what else is dropped: sums that another dominates, which loses packages of
    equal worth, or all but the best by the best cut, which may lose the best.
    """
    these = range(len(laid.blocks)) if clusters is None else clusters
    order = sorted(these, key=lambda j: (laid.kept[j].size, _step(laid, j)))
    rest = laid.most(range(len(laid.blocks)))
    sums = Sums(rows=laid.start[:, None], choices=np.zeros((1, 0), dtype=np.int64), dropped="nothing", looked=0)
    for at, j in enumerate(order):
        rest = rest - laid.blocks[j].max(axis=1)
        sums = _added(sums, laid, j, laid.need - rest, room if over == "weaker" else None)
        if sums.rows.shape[1] > room and over == "dominated":
            same = None if unchanged is None else [unchanged[k] for k in order[: at + 1]]
            sums = _undominated(sums, laid, same)
    back = np.argsort(order)
    return replace(sums, choices=sums.choices[:, back])


def _step(laid: Grid, j: int) -> int:
    """Return, negative, how much the second best choice of a cluster loses: great steps first keep sums few."""
    worth = np.sort(laid.blocks[j][laid.best])
    return int(worth[-2] - worth[-1]) if worth.size > 1 else 0


def _added(sums: Sums, laid: Grid, j: int, need: Int[np.ndarray, " row"], most: int | None) -> Sums:
    """Add a cluster; of more than `most` sums keep the strongest, as they come."""
    block, kept = laid.blocks[j], laid.kept[j]
    step = max(1, SLICE // max(1, kept.size))
    rows, choices = [sums.rows[:, :0]], [np.zeros((0, sums.choices.shape[1] + 1), dtype=np.int64)]
    added = replace(sums, looked=sums.looked + sums.rows.shape[1] * kept.size)
    for first in range(0, sums.rows.shape[1], step):
        part = sums.rows[:, first : first + step]
        joined = (part[:, :, None] + block[:, None, :]).reshape(len(part), part.shape[1] * kept.size)
        fine = np.flatnonzero((joined >= need[:, None]).all(axis=0))
        parent, choice = np.divmod(fine, max(1, kept.size))
        rows.append(joined[:, fine])
        choices.append(np.column_stack([sums.choices[first + parent], kept[choice]]))
        held = sum(len(c) for c in choices)
        if most is not None and held > most:
            added = replace(added, rows=np.concatenate(rows, axis=1), choices=np.concatenate(choices))
            added = _strongest(added, laid, most // 8)
            rows, choices = [added.rows], [added.choices]
        elif held > MOST:
            raise AnalysisError(
                f"An exact search holds more than {MOST:,} sums over issues, because very many packages are nearly "
                "as good as the best. Ask for method 'milp', or take issues or levels off."
            )
    return replace(added, rows=np.concatenate(rows, axis=1), choices=np.concatenate(choices))


def _strongest(sums: Sums, laid: Grid, count: int) -> Sums:
    keep = np.argpartition(-sums.rows[laid.best], count)[:count]
    return replace(sums, rows=sums.rows[:, keep], choices=sums.choices[keep], dropped="weaker")


def _undominated(sums: Sums, laid: Grid, same: list[int] | None) -> Sums:
    # What changes nothing so far may end as no deal, so it must not drive out what ends as one.
    apart = _equal(sums.choices, same)
    others = np.flatnonzero(~apart)
    keep = np.append(others[undominated(sums.rows[: laid.parties, others], ties=False)], np.flatnonzero(apart))
    dropped: Dropped = "dominated" if keep.size < sums.rows.shape[1] else sums.dropped
    return replace(sums, rows=sums.rows[:, keep], choices=sums.choices[keep], dropped=dropped)


def _equal(choices: Int[np.ndarray, "sum cluster"], same: list[int] | None) -> Bool[np.ndarray, " sum"]:
    if same is None:
        return np.zeros(len(choices), dtype=bool)
    return np.asarray((choices == same).all(axis=1))


def crossed(laid: Grid, unchanged: tuple[int, ...] | None) -> Sums:
    """Meet in the middle: fold two halves, drop what another sum dominates, and look at every pair that may do."""
    count = len(laid.blocks)
    order = sorted(range(count), key=lambda j: -laid.kept[j].size)
    halves = [sorted(order[0::2]), sorted(order[1::2])]
    first, second = (_half(laid, unchanged, half) for half in halves)
    first = replace(first, rows=first.rows - laid.start[:, None])  # the start is in both
    one, two = (np.argsort(-side.rows[laid.best], kind="stable") for side in (first, second))
    a, b = first.rows[:, one], second.rows[:, two]
    pairs: list[Int[np.ndarray, "2 pair"]] = [np.zeros((2, 0), dtype=np.int64)]
    looked, step = first.looked + second.looked, max(1, SLICE // max(1, b.shape[1]))
    for start in range(0, a.shape[1], step):
        part = a[:, start : start + step]
        reach = int(np.searchsorted(-b[laid.best], part[laid.best, 0] - laid.need[laid.best], side="right"))
        if not reach:
            break
        if looked > PAIRS:
            raise AnalysisError(
                f"An exact search looks at more than {PAIRS:,} pairs of halves, because very many packages are nearly "
                "as good as the best. Ask for method 'milp', or take issues or levels off."
            )
        fine = part[laid.best][:, None] + b[laid.best, :reach] >= laid.need[laid.best]
        i, k = np.nonzero(fine)
        good = (part[:, i] + b[:, k] >= laid.need[:, None]).all(axis=0)
        pairs.append(np.stack([i[good] + start, k[good]]))
        looked += fine.size
    at, to = np.concatenate(pairs, axis=1)
    choices = np.zeros((at.size, count), dtype=np.int64)
    choices[:, halves[0]], choices[:, halves[1]] = first.choices[one[at]], second.choices[two[to]]
    whole = first.dropped == second.dropped == "nothing"
    return Sums(rows=a[:, at] + b[:, to], choices=choices, dropped="nothing" if whole else "dominated", looked=looked)


def _half(laid: Grid, unchanged: tuple[int, ...] | None, clusters: list[int]) -> Sums:
    if not clusters:
        return Sums(rows=laid.start[:, None], choices=np.zeros((1, 0), dtype=np.int64), dropped="nothing", looked=0)
    sums = folded(laid, unchanged, over="dominated", clusters=clusters)
    if sums.rows.shape[1] <= ROOM // 100:
        return sums
    same = None if unchanged is None else [unchanged[j] for j in clusters]
    return _undominated(sums, laid, same)
