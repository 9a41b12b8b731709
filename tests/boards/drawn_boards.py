"""Random boards with everything on them, in every draw, and loops over their packages that compute the same slowly."""

import itertools
import math
from dataclasses import dataclass, replace

import numpy as np

from detente.boards import Cross, Deals, Watchers, scored


@dataclass(frozen=True)
class Size:
    parties: int = 3
    issues: int = 3
    draws: int = 4
    ratifiers: int = 1
    greatest: int = 9


def random_board(seed: int, size: Size = Size()) -> Deals:
    """A board with draws, interactions, ratifiers, closed levels and listing costs, small numbers and many ties."""
    rng = np.random.default_rng(seed)
    shape = (size.draws,) if size.draws else ()
    options = rng.integers(1, 4, size.issues)
    low, high = -size.greatest, size.greatest + 1

    def some(*more: int) -> np.ndarray:
        return rng.integers(low, high, (*shape, *more))

    base = scored(
        {f"i{k}": [[0] * n] * size.parties for k, n in enumerate(options)},
        parties=[f"p{k}" for k in range(size.parties)],
    )
    pairs = [(a, b) for a, b in itertools.combinations(range(size.issues), 2) if rng.random() < 0.4]
    return replace(
        base,
        score=tuple(some(size.parties, n) for n in options),
        status_quo=tuple(int(rng.integers(n)) for n in options),
        no_deal=some(size.parties) - 3,
        listing_cost=abs(some(size.parties, size.issues)) // 4,
        listed=tuple(bool(x) for x in rng.random(size.issues) < 0.5),
        admits=tuple(rng.random((*shape, size.parties, n)) < 0.95 for n in options),
        open=tuple(rng.random((*shape, n)) < 0.9 for n in options),
        spared=tuple(bool(x) for x in rng.random(size.issues) < 0.5),
        meets=tuple(np.ones((*shape, 0, n), dtype=bool) for n in options),
        interactions=tuple(Cross(a, b, some(size.parties, options[a], options[b])) for a, b in pairs),
        watchers=Watchers(
            parties=("ally", *(f"r{k}" for k in range(size.ratifiers))),
            score=tuple(some(1 + size.ratifiers, n) for n in options),
            no_deal=some(1 + size.ratifiers) - 4,
            ratifies=(False, *[True] * size.ratifiers),
            admits=tuple(rng.random((*shape, 1 + size.ratifiers, n)) < 0.95 for n in options),
        ),
    )


@dataclass(frozen=True)
class Plain:
    """One draw of a board, and loops over its packages."""

    board: Deals
    draw: int

    def of(self, array: np.ndarray) -> np.ndarray:
        return np.asarray(array[self.draw] if self.board.draws else array)

    def agenda(self) -> list[tuple[int, ...]]:
        """The packages that are open and change something, red lines aside."""
        board = self.board
        every = itertools.product(*(range(at.size) for at in board.levels))
        return [
            k for k in every if k != board.status_quo and all(self.of(o)[x] for o, x in zip(board.open, k, strict=True))
        ]

    def within(self, package: tuple[int, ...]) -> list[bool]:
        """Whether the package crosses no red line, for each of those who consent and then those who ratify."""
        board, watchers = self.board, self.board.watchers
        assert watchers is not None
        rows = [
            [bool(self.of(a)[p, x]) for a, x in zip(board.admits, package, strict=True)]
            for p in range(len(board.parties))
        ]
        for w in [k for k, binds in enumerate(watchers.ratifies) if binds]:
            rows.append([bool(self.of(a)[w, x]) for a, x in zip(watchers.admits, package, strict=True)])
        free = [s and x == now for s, x, now in zip(board.spared, package, board.status_quo, strict=True)]
        return [all(a or f for a, f in zip(row, free, strict=True)) for row in rows]

    def accepts(self, package: tuple[int, ...]) -> list[bool]:
        """Who loses nothing by the package and has no red line against it."""
        return [g >= 0 and w for g, w in zip(self.gains(package), self.within(package), strict=True)]

    def admissible(self) -> list[tuple[int, ...]]:
        return [k for k in self.agenda() if all(self.within(k))]

    def gains(self, package: tuple[int, ...]) -> list[int]:
        board, watchers = self.board, self.board.watchers
        total = [-int(f) for f in self.of(board.floor())]
        for p in range(len(total)):
            total[p] += sum(int(self.of(s)[p, x]) for s, x in zip(board.score, package, strict=True))
            total[p] += sum(int(self.of(c.score)[p, package[c.first], package[c.second]]) for c in board.interactions)
        assert watchers is not None
        for w in [k for k, binds in enumerate(watchers.ratifies) if binds]:
            own = sum(int(self.of(s)[w, x]) for s, x in zip(watchers.score, package, strict=True))
            total.append(own - int(self.of(watchers.no_deal)[w]))
        return total

    def deals(self) -> list[tuple[int, ...]]:
        return [k for k in self.admissible() if min(self.gains(k)) >= 0]

    def nash(self) -> list[tuple[int, ...]]:
        count = len(self.board.parties)
        worth = {k: [g for g in self.gains(k)[:count] if g > 0] for k in self.deals()}
        keys = {k: (len(w), math.prod(w)) for k, w in worth.items()}
        return [k for k, key in keys.items() if key == max(keys.values())]
