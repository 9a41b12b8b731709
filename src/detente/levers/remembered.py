"""Which of the many questions about draws were answered before, so that none is asked twice?

What moves an answer is found by asking it about many sets of draws, one after the other, always in the same order. Each
is one part of the work: it is kept under its number, with the digest of the draws that it was asked about, and found
again only where that is the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from detente.boards import Draws
from detente.ensemble import Chunk, Keeper, digest
from detente.levers.factors import Over, Scalars, size_of


def remembered(asked: Scalars, kept: Keeper) -> Scalars:
    """Return the same question, its answers kept and found again in the order in which they are asked for.

    >>> class Shelf(dict):
    ...     def load(self, chunk): return self.get(chunk.index)
    ...     def store(self, chunk, found): self[chunk.index] = found
    >>> shelf = Shelf()
    >>> twice = Scalars((), lambda draws, _: 2 * draws["a"][:, None])
    >>> [len(remembered(twice, shelf).of({"a": np.ones(3)}, 0)) for _ in range(2)], len(shelf)
    ([3, 3], 1)
    """
    return replace(asked, of=_Remembered(asked.of, kept))


@dataclass(slots=True)
class _Remembered:
    """Asks, and counts what is asked."""

    of: Over
    kept: Keeper
    asked: int = 0

    def __call__(self, draws: Draws, chances: int) -> Float[np.ndarray, "draw answer"]:
        chunk = Chunk(self.asked, size_of(draws))
        self.asked += 1
        about = digest((dict(draws), chances))
        known = self.kept.load(chunk)
        if isinstance(known, Mapping) and known.get("about") == about:
            return np.asarray(known["values"], dtype=np.float64)
        values = np.asarray(self.of(draws, chances), dtype=np.float64)
        self.kept.store(chunk, {"about": about, "values": values})
        return values
