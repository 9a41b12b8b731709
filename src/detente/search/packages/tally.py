"""How many packages does each set of parties accept?"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int, UInt64

from detente.search.packages.frontier import suffixes
from detente.search.packages.terms import Terms

LIMIT = 2_000_000_000  # packages that are counted; where there are more, they are sampled
SAMPLE = 1_000_000
INNER = 1024  # packages of the half whose acceptance is looked up as bits
OUTER = 1024  # packages of the other half that are looked up at a time
SUBSETS = 8  # parties up to which all sets of them are counted by their bits in common
WIDE = 1.959963984540054  # standard deviations on either side of a 95 % interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many packages are accepted by exactly which parties? A set of parties is a bit mask: party p is bit p.

    ===========  ========  ======================================================================================
    accepted_by  mask      packages that leave exactly these parties with no loss, of those looked at
    share        mask      of the packages looked at
    low, high    mask      95 % interval of the share among all packages; the share itself where all are counted
    packages     a number  packages that change something
    counted      a number  of these, the ones looked at
    method       -         "count" or "sample"
    ===========  ========  ======================================================================================
    """

    parties: tuple[str, ...]
    accepted_by: Int[np.ndarray, " mask"]
    share: Float[np.ndarray, " mask"]
    low: Float[np.ndarray, " mask"]
    high: Float[np.ndarray, " mask"]
    packages: int
    counted: int
    method: str

    @property
    def exact(self) -> bool:
        """Whether every package was counted."""
        return self.method == "count"

    def accepted(self, sets: Bool[np.ndarray, " mask"]) -> int:
        """How many of the packages looked at are accepted by one of these sets of parties? See `consent.passes`."""
        return int(self.accepted_by[sets].sum())

    def interval(self, sets: Bool[np.ndarray, " mask"]) -> tuple[float, float, float]:
        """Return the share of packages that one of these sets accepts, and its 95 % interval (Wilson 1927)."""
        share = self.accepted(sets) / max(1, self.counted)
        if self.exact:
            return share, share, share
        low, high = _wilson(np.array([share]), self.counted)
        return share, float(low[0]), float(high[0])


def tally(terms: Terms, *, limit: int = LIMIT, seed: int = 0) -> Tally:
    """Count the packages by who accepts them; sample them, by `seed`, where there are more than `limit`.

    >>> from detente.boards import scored
    >>> from detente.search.packages.terms import terms
    >>> board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    >>> tally(terms(board)).accepted_by.tolist()
    [0, 1, 1, 1]
    """
    exact = terms.size <= limit
    counts = _counted(terms) if exact else _sampled(terms, seed)
    looked = int(counts.sum())
    share = counts / max(1, looked)
    low, high = (share, share) if exact else _wilson(share, looked)
    return Tally(
        parties=terms.parties,
        accepted_by=counts,
        share=share,
        low=low,
        high=high,
        packages=terms.changes,
        counted=looked,
        method="count" if exact else "sample",
    )


def _wilson(share: Float[np.ndarray, " n"], count: int) -> tuple[Float[np.ndarray, " n"], Float[np.ndarray, " n"]]:
    square = WIDE**2 / max(1, count)
    middle = (share + square / 2) / (1 + square)
    half = WIDE * np.sqrt(share * (1 - share) / max(1, count) + square / count / 4) / (1 + square)
    return np.maximum(0.0, middle - half), np.minimum(1.0, middle + half)


def _counted(terms: Terms) -> Int[np.ndarray, " mask"]:
    parties = len(terms.parties)
    inner, outer = _halves(terms)
    counts = np.zeros(1 << parties, dtype=np.int64)
    if inner.size and outer.size:
        several = _subsets if parties <= SUBSETS else _masks
        counts += several(inner, outer)
    if terms.unchanged is not None:
        gains = sum(
            (t[:, [q]] for t, q in zip(terms.tables, terms.unchanged, strict=True)), start=-terms.floor[:, None]
        )
        counts[_mask(np.asarray(gains))[0]] -= 1
    return counts


def _halves(terms: Terms) -> tuple[Int[np.ndarray, "party inner"], Int[np.ndarray, "party outer"]]:
    """Return the sums over some clusters, few enough to be looked up, and what the others leave to be made up."""
    inner, outer = np.zeros((len(terms.parties), 1), dtype=np.int64), terms.floor[:, None]
    for table in sorted(terms.tables, key=lambda t: -t.shape[1]):
        if inner.shape[1] * table.shape[1] <= INNER or inner.shape[1] == 1:
            inner = (inner[:, :, None] + table[:, None, :]).reshape(len(inner), -1)
        else:
            outer = (outer[:, :, None] - table[:, None, :]).reshape(len(outer), -1)
    return inner, outer


def _subsets(inner: Int[np.ndarray, "party inner"], need: Int[np.ndarray, "party outer"]) -> Int[np.ndarray, " mask"]:
    """Count, for every set of parties, the packages that all of them accept; then who accepts exactly.

    A row of bits says which packages of the inner half give a party at least so much; the row for what a package of
    the outer half needs is looked up, and the rows of several parties have in common what they all accept.
    """
    parties = len(inner)
    together = np.zeros(1 << parties, dtype=np.int64)
    together[0] = inner.shape[1] * need.shape[1]
    for first in range(0, inner.shape[1], INNER):
        order = np.argsort(inner[:, first : first + INNER], axis=1, kind="stable")
        part = np.take_along_axis(inner[:, first : first + INNER], order, axis=1)
        tables = [suffixes(row) for row in order]
        for start in range(0, need.shape[1], OUTER):
            block = need[:, start : start + OUTER]
            rows = [t[np.searchsorted(p, n)] for t, p, n in zip(tables, part, block, strict=True)]
            _add_common(together, rows)
    # Sets that contain a set are counted in it: take them off, party after party.
    cube = together.reshape((2,) * parties)
    for axis in range(parties):
        without, with_it = np.take(cube, 0, axis=axis), np.take(cube, 1, axis=axis)
        cube = np.stack([without - with_it, with_it], axis=axis)
    return np.asarray(cube.reshape(-1))


def _add_common(together: Int[np.ndarray, " mask"], rows: list[UInt64[np.ndarray, "outer word"]]) -> None:
    """Add to every set's count the bits that its parties have in common; supersets of none have none."""
    held: list[tuple[int, int, UInt64[np.ndarray, "outer word"] | None]] = [(0, 0, None)]
    while held:
        mask, first, common = held.pop()
        for p in range(first, len(rows)):
            both = rows[p] if common is None else common & rows[p]
            count = int(np.bitwise_count(both).sum(dtype=np.int64))
            together[mask | 1 << p] += count
            if count and p + 1 < len(rows):
                held.append((mask | 1 << p, p + 1, both))


def _masks(inner: Int[np.ndarray, "party inner"], need: Int[np.ndarray, "party outer"]) -> Int[np.ndarray, " mask"]:
    """Count by forming every package's mask: better where there are many parties, and so very many sets."""
    counts = np.zeros(1 << len(inner), dtype=np.int64)
    step = max(1, (1 << 17) // inner.shape[1])
    for start in range(0, need.shape[1], step):
        mask = np.zeros((need[0, start : start + step].size, inner.shape[1]), dtype=np.int32)
        for p, row in enumerate(inner):
            mask |= (row >= need[p, start : start + step, None]).astype(np.int32) << p
        counts += np.bincount(mask.reshape(-1), minlength=counts.size)
    return counts


def _mask(gains: Int[np.ndarray, "party package"]) -> Int[np.ndarray, " package"]:
    return np.asarray(((gains >= 0) << np.arange(len(gains))[:, None]).sum(axis=0))


def _sampled(terms: Terms, seed: int) -> Int[np.ndarray, " mask"]:
    rng = np.random.Generator(np.random.Philox(key=seed))
    counts = np.zeros(1 << len(terms.parties), dtype=np.int64)
    for size in _chunks(SAMPLE):
        choices = np.stack([rng.integers(t.shape[1], size=size) for t in terms.tables], axis=1)
        if terms.unchanged is not None:
            choices = choices[(choices != terms.unchanged).any(axis=1)]
        gains = sum((t[:, choices[:, j]] for j, t in enumerate(terms.tables)), start=-terms.floor[:, None])
        counts += np.bincount(_mask(np.asarray(gains)), minlength=counts.size)
    return counts


def _chunks(count: int) -> Iterator[int]:
    for start in range(0, count, 1 << 16):
        yield min(1 << 16, count - start)
