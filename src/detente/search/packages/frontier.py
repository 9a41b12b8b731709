"""Which points does no other point dominate, and which packages make them?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Int, UInt64

from detente.errors import AnalysisError
from detente.search.packages.terms import Terms

LIMIT = 4_000_000  # sums that are formed at a time
LISTED = 1 << 26  # packages that are looked through for others of equal gains
LEADERS = 64  # points with the greatest sums: what they dominate is struck out first
CHUNK = 512  # points whose dominance is looked up at a time
SLICE = 1 << 14  # points that are looked up at a time: their rows of bits stay in the cache
BLOCK = 1 << 18  # packages that are looked through at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontier:
    """The undominated packages of a table.

    ========  ============  ====================================================================
    packages  point issue   option indices, ascending; one package per vector of gains, or all
    gains     point party   basis points beyond no deal
    distinct  a number      different vectors of gains
    method    -             how they were found
    looked    a number      sums over some clusters, and packages, that were looked at
    ========  ============  ====================================================================
    """

    packages: Int[np.ndarray, "point issue"]
    gains: Int[np.ndarray, "point party"]
    distinct: int
    method: str
    looked: int


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums over the first clusters, with their choices; `same` is the one that changes nothing so far, if kept."""

    gains: Int[np.ndarray, "party sum"]
    choices: Int[np.ndarray, "sum cluster"]
    same: int | None


@dataclass(frozen=True, slots=True)
class _Bits:
    """For each place in the order of a chunk a row of bits, who has at least so much; and the place of each rank."""

    rows: UInt64[np.ndarray, "place word"]
    place: Int[np.ndarray, " rank"]


def frontier(terms: Terms, *, must: Sequence[int] | None = None, ties: bool = False, limit: int = LIMIT) -> Frontier:
    """Find the packages that no other package dominates, among those in which nobody in `must` loses.

    Cluster after cluster is added, and a sum that another dominates is dropped, because whatever follows leaves it
    dominated. `must` are indices of parties, by default all of them; `()` asks for nobody's consent. With `ties`
    every package of an undominated vector of gains is kept, else one, the first in the order of the clusters.

    Raises AnalysisError where more than `limit` sums are formed at a time, and with `ties` in a large space.

    >>> from detente.boards import scored
    >>> from detente.search.packages.terms import terms
    >>> board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    >>> frontier(terms(board)).gains.tolist(), frontier(terms(board), must=()).gains.tolist()
    ([[20, 50]], [[-20, 60], [40, -10], [20, 50]])
    """
    asked = tuple(range(len(terms.parties))) if must is None else tuple(must)
    least = np.full(len(terms.parties), -(1 << 62), dtype=np.int64)
    least[list(asked)] = 0
    none = np.zeros((1, 0), dtype=np.int64)
    sums, looked = _Sums(-terms.floor[:, None], none, 0), 0
    for j, table in enumerate(terms.tables):
        looked += sums.gains.shape[1] * table.shape[1]
        if looked > limit and sums.gains.shape[1] * table.shape[1] > limit:
            raise AnalysisError(
                f"The frontier of table '{terms.deals.table}' has too many packages: its first {j + 1} issues alone "
                f"make more than {limit:,} sums to compare. Take issues or levels off, or ask for the solutions only."
            )
        sums = _kept(_added(sums, table, terms.now[j]), least - _most(terms, j + 1))
    return _told(terms, _changed(sums), ties=ties, looked=looked)


def _changed(sums: _Sums) -> _Sums:
    """Leave out what changes nothing, now that nothing follows; what only it dominated was kept."""
    if sums.same is None:
        return sums
    rest = np.delete(np.arange(len(sums.choices)), sums.same)
    return _Sums(sums.gains[:, rest], sums.choices[rest], None)


def _told(terms: Terms, sums: _Sums, *, ties: bool, looked: int) -> Frontier:
    choices = _equals(terms, sums) if ties else sums.choices
    packages = terms.decode(choices)
    order = np.lexsort(packages.T[::-1]) if packages.shape[1] else np.arange(len(packages))
    return Frontier(
        packages=packages[order],
        gains=np.ascontiguousarray(_gains(terms, choices[order]).T),
        distinct=sums.gains.shape[1],
        method="fold",
        looked=looked + terms.size * ties,
    )


def _most(terms: Terms, j: int) -> Int[np.ndarray, " party"]:
    """Return the most that the clusters from the j-th add, party by party."""
    nothing = np.zeros(len(terms.parties), dtype=np.int64)
    return np.asarray(sum((t.max(axis=1, initial=-(1 << 50)) for t in terms.tables[j:]), start=nothing))


def _gains(terms: Terms, choices: Int[np.ndarray, "package cluster"]) -> Int[np.ndarray, "party package"]:
    start = np.repeat(-terms.floor[:, None], len(choices), axis=1)
    return np.asarray(sum((t[:, choices[:, j]] for j, t in enumerate(terms.tables)), start=start))


def _added(sums: _Sums, table: Int[np.ndarray, "party choice"], now: int | None) -> _Sums:
    count, sizes = sums.gains.shape[1], table.shape[1]
    gains = (sums.gains[:, :, None] + table[:, None, :]).reshape(len(table), count * sizes)
    parents, choices = np.divmod(np.arange(count * sizes), max(1, sizes))
    same = None if sums.same is None or now is None else sums.same * sizes + now
    return _Sums(gains, np.column_stack([sums.choices[parents], choices]), same)


def _kept(sums: _Sums, need: Int[np.ndarray, " party"]) -> _Sums:
    """Drop the sums that cannot reach what they must any more, and those that another dominates.

    What changes nothing so far is kept apart: it may end as no deal, and so must not drive out what ends as one.
    """
    hopeful = np.asarray((sums.gains >= need[:, None]).all(axis=0))
    apart = sums.same is not None and bool(hopeful[sums.same])
    if sums.same is not None:
        hopeful[sums.same] = False
    some = np.flatnonzero(hopeful)
    keep = some[undominated(sums.gains[:, some], ties=False)]
    same = None
    if apart and sums.same is not None:
        same = int(np.searchsorted(keep, sums.same))
        keep = np.insert(keep, same, sums.same)
    return _Sums(sums.gains[:, keep], sums.choices[keep], same)


def _equals(terms: Terms, sums: _Sums) -> Int[np.ndarray, "package cluster"]:
    """Return all packages whose gains are among those of the sums."""
    if terms.size > LISTED:
        raise AnalysisError(
            f"Table '{terms.deals.table}' has {terms.size:,} packages, more than the {LISTED:,} that are looked "
            "through for packages of equal gains. Ask for one package for each vector of gains (`ties=False`)."
        )
    shape = [t.shape[1] for t in terms.tables]
    # Whole numbers times odd constants, added up modulo 2^64, tell vectors apart; what agrees is compared in full.
    odd = (
        np.random.Generator(np.random.Philox(key=1)).integers(1 << 62, size=len(terms.parties), dtype=np.int64) * 2 + 1
    )
    wanted = np.sort((sums.gains * odd[:, None]).sum(axis=0))
    marks = [(t * odd[:, None]).sum(axis=0) for t in terms.tables]
    base = -(terms.floor * odd).sum()
    found = [np.zeros((0, len(shape)), dtype=np.int64)]
    for first in range(0, terms.size if wanted.size else 0, BLOCK):
        numbers = np.arange(first, min(first + BLOCK, terms.size))
        choices = np.stack(np.unravel_index(numbers, shape), axis=1)
        mark = base + sum(m[choices[:, j]] for j, m in enumerate(marks))
        at = np.minimum(np.searchsorted(wanted, mark), wanted.size - 1)
        found.append(choices[wanted[at] == mark])
    every = np.concatenate(found)
    if terms.unchanged is not None:
        every = every[(every != terms.unchanged).any(axis=1)]
    gains = np.concatenate([sums.gains, _gains(terms, every)], axis=1)
    _, which = distinct(gains)
    return np.asarray(every[np.isin(which[sums.gains.shape[1] :], which[: sums.gains.shape[1]])])


def undominated(points: Int[np.ndarray, "party point"], *, ties: bool = True) -> Int[np.ndarray, " kept"]:
    """Return the indices, ascending, of the points that no other point dominates.

    A point dominates another when it is at least as good for every party and better for one. Of equal points all are
    kept, or with `ties=False` the first.

    >>> undominated(np.array([[3, 1, 2, 3], [1, 3, 1, 1]]))
    array([0, 1, 3])
    """
    alive = _likely(points)
    first, which = distinct(points[:, alive])
    vectors = points[:, alive[first]]
    good = _staircase(vectors) if len(points) <= 2 else _looked_up(vectors)
    if not ties:
        return np.sort(alive[first[good]])
    best = np.zeros(first.size, dtype=bool)
    best[good] = True
    return np.asarray(alive[best[which]])


def distinct(points: Int[np.ndarray, "party point"]) -> tuple[Int[np.ndarray, " vector"], Int[np.ndarray, " point"]]:
    """Return the first point of each different vector, and which of these vectors each point is."""
    order = np.lexsort(points)
    ordered = points[:, order]
    new = np.ones(order.size, dtype=bool)
    new[1:] = (ordered[:, 1:] != ordered[:, :-1]).any(axis=0)
    which = np.empty(order.size, dtype=np.int64)
    which[order] = np.cumsum(new) - 1
    return order[new], which


def _likely(points: Int[np.ndarray, "party point"]) -> Int[np.ndarray, " alive"]:
    """Strike out what the points with the greatest sums dominate: most, where there are many."""
    count = points.shape[1]
    if count <= 4 * LEADERS:
        return np.arange(count)
    total = points.sum(axis=0)
    beaten = np.zeros(count, dtype=bool)
    for at in np.argpartition(-total, LEADERS)[:LEADERS]:
        beaten |= (points <= points[:, at, None]).all(axis=0) & (total < total[at])
    return np.flatnonzero(~beaten)


def _staircase(points: Int[np.ndarray, "party point"]) -> Int[np.ndarray, " kept"]:
    """One or two parties, different points: the first gains less and less only where the second gains more."""
    if not points.shape[1]:
        return np.zeros(0, dtype=np.int64)
    order = np.lexsort(-points[::-1])
    last = points[-1, order] if len(points) == 2 else np.zeros(order.size, dtype=np.int64)
    highest = np.maximum.accumulate(last)
    new = np.ones(order.size, dtype=bool)
    new[1:] = last[1:] > highest[:-1]
    return np.asarray(order[new])


def _looked_up(points: Int[np.ndarray, "party point"]) -> Int[np.ndarray, " kept"]:
    """Three parties or more, different points: look up, chunk after chunk of the greatest sums, who dominates whom.

    For each party a chunk's points are put in order, and a row of bits says who of them has at least so much. A point
    is dominated where the rows of all parties have a bit in common other than its own.
    """
    order = np.argsort(-points.sum(axis=0), kind="stable")
    ranks = np.stack([np.unique(row, return_inverse=True)[1].reshape(-1) for row in points[:, order]])
    alive, kept = np.arange(order.size), [np.zeros(0, dtype=np.int64)]
    while alive.size:
        chunk = alive[:CHUNK]
        tables = [_bits(row[chunk], int(row.max())) for row in ranks]
        stays = [
            ~_common(tables, ranks[:, alive[k : k + SLICE]], chunk.size if not k else 0)
            for k in range(0, alive.size, SLICE)
        ]
        good = np.concatenate(stays)
        kept.append(chunk[good[: chunk.size]])
        alive = alive[chunk.size :][good[chunk.size :]]
    return np.asarray(order[np.concatenate(kept)])


def _bits(ranks: Int[np.ndarray, " chunk"], most: int) -> _Bits:
    order = np.argsort(ranks, kind="stable")
    return _Bits(suffixes(order), np.searchsorted(ranks[order], np.arange(most + 1)))


def suffixes(order: Int[np.ndarray, " n"]) -> UInt64[np.ndarray, "place word"]:
    """Return, for each k from 0 to n, a row of bits: set for all but the first k of an order.

    >>> suffixes(np.array([2, 0, 1])).ravel().tolist()
    [7, 3, 2, 0]
    """
    rows = np.zeros((order.size + 1, -(-order.size // 64)), dtype=np.uint64)
    rows[np.arange(order.size), order // 64] = np.uint64(1) << (order % 64).astype(np.uint64)
    return np.bitwise_or.accumulate(rows[::-1], axis=0)[::-1]


def _common(tables: Sequence[_Bits], ranks: Int[np.ndarray, "party point"], own: int) -> Bool[np.ndarray, " point"]:
    """Which points does some point of the chunk dominate? The first `own` points are the chunk itself."""
    common = tables[0].rows[tables[0].place[ranks[0]]]
    for bits, row in zip(tables[1:], ranks[1:], strict=True):
        common &= bits.rows[bits.place[row]]
    me = np.arange(own)
    common[me, me // 64] &= ~(np.uint64(1) << (me % 64).astype(np.uint64))
    return np.asarray(common.any(axis=1))
