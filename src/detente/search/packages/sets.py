"""How many packages does every set of parties accept, and which sets stand against them all?

A set of parties is a bit mask: bit p stands for party p. Packages are counted 64 at a time, one bit each.
"""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool, Int, UInt64

from detente.search.packages.buffer import short_rows

WORD = 64


def ones(flags: Bool[np.ndarray, "row package"]) -> Int[np.ndarray, " row"]:
    """Count the true ones in each row.

    >>> ones(np.array([[True, False, True], [False, False, False]]))
    array([2, 0])
    """
    return np.asarray(np.bitwise_count(_packed(flags)).sum(axis=-1, dtype=np.int64))


def accepted_by_all_of(
    fine: Bool[np.ndarray, "row package"], content: Sequence[Bool[np.ndarray, "row package"]]
) -> Int[np.ndarray, "set row"]:
    """Count, per set of parties, the fine packages that all of the set accept; the empty set accepts every one.

    >>> fine = np.array([[True, True, True]])
    >>> accepted_by_all_of(fine, [np.array([[True, True, False]]), np.array([[False, True, False]])])[:, 0]
    array([3, 2, 1, 1])
    """
    first = _packed(fine)
    words = np.empty((1 << len(content), *first.shape), dtype=np.uint64)
    words[0] = first
    with short_rows(first.size):
        for p, flags in enumerate(content):
            half = 1 << p
            np.bitwise_and(words[:half], _packed(flags), out=words[half : 2 * half])
    return np.asarray(np.bitwise_count(words).sum(axis=-1, dtype=np.uint32).astype(np.int64))


def by_exactly(counts: Int[np.ndarray, "set *rest"]) -> Int[np.ndarray, "set *rest"]:
    """Turn counts of packages that all of a set accept into counts of those that nobody else accepts.

    >>> by_exactly(np.array([3, 2, 1, 1]))
    array([1, 1, 0, 1])
    """
    return _halved(counts, -1)


def by_at_least(counts: Int[np.ndarray, "set *rest"]) -> Int[np.ndarray, "set *rest"]:
    """Turn counts of packages accepted by exactly a set into counts of those that all of the set accept.

    >>> by_at_least(np.array([1, 1, 0, 1]))
    array([3, 2, 1, 1])
    """
    return _halved(counts, 1)


def minimal_blocking(at_least: Int[np.ndarray, "set *rest"]) -> Bool[np.ndarray, "set *rest"]:
    """Return which sets of parties stand together against every package, while no smaller set of them does.

    The empty set does where there is no package at all.

    >>> minimal_blocking(np.array([3, 2, 0, 0]))
    array([False, False,  True, False])
    """
    blocks = at_least == 0
    smaller = np.zeros_like(blocks)
    for p in range(_parties(at_least)):
        without, having = _split(blocks, p)
        _split(smaller, p)[1][...] |= without & having
    return np.asarray(blocks & ~smaller)


def _parties(counts: Int[np.ndarray, "set *rest"]) -> int:
    return int(counts.shape[0]).bit_length() - 1


def _split(
    counts: Int[np.ndarray, "set *rest"] | Bool[np.ndarray, "set *rest"], p: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return views of the sets without party p, and of the same sets with it."""
    paired = counts.reshape(-1, 2, 1 << p, *counts.shape[1:])
    return paired[:, 0], paired[:, 1]


def _halved(counts: Int[np.ndarray, "set *rest"], sign: int) -> Int[np.ndarray, "set *rest"]:
    result = np.array(counts)
    for p in range(_parties(result)):
        without, having = _split(result, p)
        without += sign * having
    return result


def _packed(flags: Bool[np.ndarray, "row package"]) -> UInt64[np.ndarray, "row word"]:
    """Put 64 packages into one word, the last one filled up with false."""
    rows, packages = flags.shape
    wide = np.zeros((rows, -(-packages // WORD) * (WORD // 8)), dtype=np.uint8)
    wide[:, : -(-packages // 8)] = np.packbits(flags, axis=1)
    return wide.view(np.uint64)
