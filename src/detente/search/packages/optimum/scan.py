"""Which package serves an aim best, when every package is looked at?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Int

from detente.search.packages.frontier import distinct
from detente.search.packages.optimum.aims import Key, Search

TIES = 64  # packages of equal worth that are listed
CLOSE = 1e-9  # keys closer than this, as a share of their size, are compared again exactly
INNER = 2048  # packages of the half whose sums are formed once
BLOCK = 1 << 17  # packages that are looked at in one go: their gains stay in the cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """What a search has found, and all packages of equal worth among those it compared."""

    key: Key
    package: tuple[int, ...]
    gains: tuple[int, ...]
    tied: int
    ties: tuple[tuple[int, ...], ...]


def best_of(search: Search, choices: Int[np.ndarray, "package cluster"]) -> Best | None:
    """Compare packages exactly, and keep the best; of equals the one with the smallest option indices."""
    terms = search.terms
    if terms.unchanged is not None:
        choices = choices[(choices != terms.unchanged).any(axis=1)]
    gains = sum((t[:, choices[:, j]] for j, t in enumerate(terms.tables)), start=-terms.floor[:, None])
    fine = search.content(gains)
    choices, gains = choices[fine], gains[:, fine]
    if not len(choices):
        return None
    equal, vector = _equal(search, gains)
    packages = _first(search, choices[equal])
    first = tuple(packages[0].tolist())
    return Best(
        key=search.key(vector),
        package=first,
        gains=tuple(int(g) for g in terms.gains(first)),
        tied=int(equal.sum()),
        ties=tuple(tuple(row) for row in packages.tolist()),
    )


def _equal(search: Search, gains: Int[np.ndarray, "party package"]) -> tuple[Bool[np.ndarray, " package"], list[int]]:
    """Which packages have the greatest key, exactly, and what does one of them gain?"""
    near = search.near(gains)
    if search.whole:  # and so exact: whole numbers that a float holds
        equal = np.asarray(near == near.max())
        return equal, gains[:, int(equal.argmax())].tolist()
    close = np.flatnonzero(near >= near.max() - CLOSE * max(1.0, abs(float(near.max()))))
    first, which = distinct(gains[:, close])
    vectors = gains[:, close[first]].T.tolist()
    keys = [search.key(vector) for vector in vectors]
    best = max(range(len(keys)), key=lambda k: keys[k])
    equal = np.zeros(near.size, dtype=bool)
    equal[close] = np.array([key == keys[best] for key in keys])[which]
    return equal, vectors[best]


def _first(search: Search, choices: Int[np.ndarray, "package cluster"]) -> Int[np.ndarray, "listed issue"]:
    """Return the packages with the smallest option indices, as many as are listed."""
    packages = search.terms.decode(choices)
    for issue in range(packages.shape[1]):  # the first issue's option decides, except among equals
        if len(packages) <= TIES:
            break
        last = np.partition(packages[:, issue], TIES - 1)[TIES - 1]
        if (packages[:, issue] < last).any():
            below = packages[packages[:, issue] < last]
            same = packages[packages[:, issue] == last]
            return np.concatenate([_sorted(below), _sorted(same)])[:TIES]
        packages = packages[packages[:, issue] == last]
    return _sorted(packages)[:TIES]


def _sorted(packages: Int[np.ndarray, "package issue"]) -> Int[np.ndarray, "package issue"]:
    return packages[np.lexsort(packages.T[::-1])] if packages.shape[1] else packages


def scanned(search: Search) -> Int[np.ndarray, "package cluster"]:
    """Look at every package, sums of two halves, block after block; return those that are best, or nearly."""
    terms = search.terms
    shape = [t.shape[1] for t in terms.tables]
    split, size = len(shape), 1
    while split and size * shape[split - 1] <= INNER:
        split -= 1
        size *= shape[split]
    inner = summed(terms.tables[split:], np.zeros_like(terms.floor))
    outer = summed(terms.tables[:split], -terms.floor)
    if terms.greatest < 1 << 30:  # half the memory, half the time
        inner, outer = inner.astype(np.int32), outer.astype(np.int32)
    unchanged = None if terms.unchanged is None else int(np.ravel_multi_index(terms.unchanged, shape))
    step = max(1, BLOCK // max(1, inner.shape[1]))
    top, found = -np.inf, [np.zeros(0, dtype=np.int64)]
    for first in range(0, outer.shape[1], step):
        gains = (outer[:, first : first + step, None] + inner[:, None, :]).reshape(len(outer), -1)
        start = first * inner.shape[1]
        fine = search.content(gains)
        if unchanged is not None and 0 <= unchanged - start < fine.size:
            fine[unchanged - start] = False
        numbers = np.flatnonzero(fine)
        near = search.near(gains if numbers.size == fine.size else gains[:, numbers])
        if near.max(initial=-np.inf) > top + CLOSE * max(1.0, abs(top)):
            found = []  # all that was found before is clearly worse
        top = max(top, float(near.max(initial=-np.inf)))
        found.append(numbers[near >= top - CLOSE * max(1.0, abs(top))] + start)
    return np.stack(np.unravel_index(np.concatenate(found), shape), axis=1)


def summed(
    tables: tuple[Int[np.ndarray, "party _choice"], ...], start: Int[np.ndarray, " party"]
) -> Int[np.ndarray, "party package"]:
    """Add up what some clusters are worth, for every combination of their choices; the last cluster runs fastest."""
    total = start[:, None]
    for table in tables:
        total = (total[:, :, None] + table[:, None, :]).reshape(len(start), -1)
    return total
