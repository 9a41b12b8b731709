"""Small random boards with everything on them, and the most obvious code that searches them."""

import itertools
import math
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.random import Generator

from detente.boards import Cross, Deals, Watchers, scored

Package = tuple[int, ...]


def spread(seed: int, *, parties: int = 5, issues: int = 5, high: int = 1000) -> Deals:
    """One to five parties and issues; interactions, red lines, closed levels, ratifiers and hopeless floors happen."""
    rng = np.random.default_rng(seed)
    size = int(rng.choice([3, 20, high]))
    who = [f"p{k}" for k in range(int(rng.integers(1, parties + 1)))]
    shapes = [int(rng.integers(1, 5)) for _ in range(int(rng.integers(1, issues + 1)))]
    rows = {f"i{j}": rng.integers(-size, size + 1, size=(len(who), n)).tolist() for j, n in enumerate(shapes)}
    now = {f"i{j}": int(rng.integers(n)) for j, n in enumerate(shapes)}
    floor = rng.integers(-size, size, size=len(who)).tolist() if rng.random() < 0.7 else None
    board = scored(rows, parties=who, status_quo=now, no_deal=floor)
    return replace(
        board,
        admits=tuple(rng.random(a.shape) < (0.95 if rng.random() < 0.5 else 1.0) for a in board.admits),
        open=tuple(rng.random(o.shape) < (0.9 if rng.random() < 0.3 else 1.0) for o in board.open),
        spared=tuple(bool(s) for s in rng.random(len(shapes)) < 0.5),
        listed=tuple(bool(s) for s in rng.random(len(shapes)) < 0.3),
        listing_cost=rng.integers(0, size, size=(len(who), len(shapes))),
        interactions=_crosses(rng, len(who), shapes, size),
        watchers=_watchers(rng, shapes, size),
    )


def _crosses(rng: Generator, parties: int, shapes: list[int], size: int) -> tuple[Cross, ...]:
    pairs = [pair for pair in itertools.combinations(range(len(shapes)), 2) if rng.random() < 0.15]
    return tuple(
        Cross(i, j, rng.integers(-size, size + 1, size=(parties, shapes[i], shapes[j])) * int(rng.random() < 0.8))
        for i, j in pairs
    )


def _watchers(rng: Generator, shapes: list[int], size: int) -> Watchers | None:
    if rng.random() < 0.6:
        return None
    return Watchers(
        parties=("w0", "w1"),
        score=tuple(rng.integers(-size, size + 1, size=(2, n)) for n in shapes),
        no_deal=rng.integers(-2 * size, size, size=2),
        ratifies=(bool(rng.random() < 0.5), bool(rng.random() < 0.8)),
    )


@dataclass(frozen=True)
class Plainly:
    """Every admissible package that changes something, and what it gains for those who bargain and who ratify."""

    gains: dict[Package, list[int]]
    bargaining: int
    parties: int

    def content(self, must: list[int]) -> dict[Package, list[int]]:
        return {k: g for k, g in self.gains.items() if all(g[p] >= 0 for p in must)}

    def best(
        self, aim: str, over: list[int], must: list[int], factors: list[int]
    ) -> tuple[Fraction | None, list[Package]]:
        """The best value, and all packages of it."""
        must = sorted({*must, *over}) if aim == "nash" else must
        keys = {k: _key(aim, [g[p] for p in over], factors) for k, g in self.content(must).items()}
        if not keys:
            return None, []
        top = max(keys.values())
        return Fraction(top[1]), sorted(k for k, key in keys.items() if key == top)

    def frontier(self, must: list[int]) -> list[Package]:
        found = self.content(must)
        return [k for k, g in found.items() if not any(dominates(other, g) for other in found.values())]

    def masks(self) -> list[int]:
        counts = [0] * (1 << self.parties)
        for g in self.gains.values():
            counts[sum(1 << p for p, gain in enumerate(g) if gain >= 0)] += 1
        return counts


def dominates(better: list[int], worse: list[int]) -> bool:
    return better != worse and all(a >= b for a, b in zip(better, worse, strict=True))


def _key(aim: str, own: list[int], factors: list[int]) -> tuple[int, Fraction]:
    if aim == "nash":
        return sum(g > 0 for g in own), Fraction(math.prod(g for g in own if g > 0))
    if aim == "least":
        return 0, min((Fraction(g, f) for g, f in zip(own, factors, strict=True)), default=Fraction(0))
    if aim == "sum":
        return 0, Fraction(sum(g * f for g, f in zip(own, factors, strict=True)))
    return 0, Fraction(-sum(max(0, -g) for g in own))


def plainly(board: Deals, *, red_lines: bool = True) -> Plainly:
    ratifying = [] if board.watchers is None else [k for k, yes in enumerate(board.watchers.ratifies) if yes]
    floor = [int(n) for n in board.no_deal]
    for p in range(len(floor)):
        floor[p] += sum(int(board.listing_cost[p, i]) for i, listed in enumerate(board.listed) if listed)
    gains = {}
    for package in itertools.product(*(range(at.size) for at in board.levels)):
        if package == board.status_quo or not _allowed(board, package, red_lines=red_lines):
            continue
        own = [sum(int(s[p, o]) for s, o in zip(board.score, package, strict=True)) for p in range(len(floor))]
        for cross in board.interactions:
            for p in range(len(floor)):
                own[p] += int(cross.score[p, package[cross.first], package[cross.second]])
        heard = [own[p] - floor[p] for p in range(len(floor))]
        for k in ratifying:
            assert board.watchers is not None
            watched = sum(int(s[k, o]) for s, o in zip(board.watchers.score, package, strict=True))
            heard.append(watched - int(board.watchers.no_deal[k]))
        gains[package] = heard
    return Plainly(gains=gains, bargaining=len(floor), parties=len(floor) + len(ratifying))


def _allowed(board: Deals, package: Package, *, red_lines: bool) -> bool:
    for i, option in enumerate(package):
        if not board.open[i][option]:
            return False
        spared = board.spared[i] and option == board.status_quo[i]
        if red_lines and not spared and not board.admits[i][:, option].all():
            return False
    return True
