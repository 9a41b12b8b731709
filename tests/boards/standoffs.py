"""Small random boards with interactions, red lines, ratifiers and rules, and slow code that says who blocks them."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from detente.boards import Cross, Deals, Rule, Watchers, scored

TIES = 3  # scores are few whole numbers, so that many packages gain the same


def board(seed: int) -> Deals:
    """A board of two to four parties and two or three issues, on which a deal is as likely as not."""
    rng = np.random.default_rng(seed)
    parties, issues = int(rng.integers(2, 5)), int(rng.integers(2, 4))
    names = [f"p{k}" for k in range(parties)]
    sizes = [int(n) for n in rng.integers(2, 5, issues)]
    rows = {f"i{k}": rng.integers(-TIES, TIES + 1, (parties, size)).tolist() for k, size in enumerate(sizes)}
    plain = scored(rows, parties=names, no_deal=rng.integers(-3, 4, parties).tolist())
    return replace(
        plain,
        admits=tuple(_lines(rng, a.shape) for a in plain.admits),
        open=tuple(_open(rng, size) for size in sizes),
        spared=tuple(bool(b) for b in rng.random(issues) < 0.4),
        listed=tuple(bool(b) for b in rng.random(issues) < 0.5),
        listing_cost=rng.integers(0, 2, (parties, issues)),
        interactions=_crosses(rng, parties, sizes),
        rule=_rule(rng, parties),
        watchers=_watchers(rng, sizes),
    )


def _lines(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    admits = np.ones(shape, dtype=bool)
    for row in admits:
        if rng.random() < 0.15:
            keep = int(rng.integers(0, row.size))
            row[...] = np.arange(row.size) < keep if rng.random() < 0.5 else np.arange(row.size) >= row.size - keep
    return admits


def _open(rng: np.random.Generator, size: int) -> np.ndarray:
    kind = rng.random()
    levels = np.arange(size)
    return levels == 0 if kind < 0.15 else levels > 0 if kind < 0.4 else levels >= 0


def _crosses(rng: np.random.Generator, parties: int, sizes: list[int]) -> tuple[Cross, ...]:
    if rng.random() < 0.5:
        return ()
    return (Cross(0, 1, rng.integers(-2, 3, (parties, sizes[0], sizes[1]))),)


def _rule(rng: np.random.Generator, parties: int) -> Rule | None:
    kind = rng.random()
    if kind < 0.5:
        return None
    if kind < 0.75:
        return Rule(weights=(1.0,) * parties, need=float(rng.integers(1, parties + 1)), vetoes=())
    weights = tuple(float(w) for w in rng.integers(1, 4, parties))
    return Rule(weights=weights, need=float(sum(weights) // 2 + 1), vetoes=(int(rng.integers(parties)),))


def _watchers(rng: np.random.Generator, sizes: list[int]) -> Watchers | None:
    if rng.random() < 0.6:
        return None
    return Watchers(
        parties=("w0", "w1"),
        score=tuple(rng.integers(-TIES, TIES + 1, (2, size)) for size in sizes),
        no_deal=rng.integers(-1, 3, 2),
        ratifies=(False, True),
        admits=tuple(_lines(rng, (2, size)) for size in sizes) if rng.random() < 0.7 else (),
    )


@dataclass(frozen=True)
class Slow:
    """A board as plain lists, asked in the most obvious way."""

    deals: Deals

    @property
    def names(self) -> list[str]:
        watching = self.deals.watchers
        extra = [p for p, r in zip(watching.parties, watching.ratifies, strict=True) if r] if watching else []
        return [*self.deals.parties, *extra]

    def packages(self) -> list[tuple[int, ...]]:
        """Every package that the agenda leaves open, red lines aside."""
        every = itertools.product(*(np.flatnonzero(levels).tolist() for levels in self.deals.open))
        return [k for k in every if k != self.deals.status_quo]

    def gains(self, package: tuple[int, ...]) -> list[int]:
        deals = self.deals
        own = [
            sum(int(s[p, o]) for s, o in zip(deals.score, package, strict=True))
            + sum(int(c.score[p, package[c.first], package[c.second]]) for c in deals.interactions)
            - int(deals.floor()[p])
            for p in range(len(deals.parties))
        ]
        watching = deals.watchers
        if watching is None:
            return own
        return own + [
            sum(int(s[w, o]) for s, o in zip(watching.score, package, strict=True)) - int(watching.no_deal[w])
            for w in np.flatnonzero(watching.ratifies)
        ]

    def crossed(self, package: tuple[int, ...]) -> list[tuple[int, int]]:
        """The red lines a package crosses, as (party, issue)."""
        deals = self.deals
        return [
            (p, i)
            for p in range(len(self.names))
            for i, o in enumerate(package)
            if not self.admits(i)[p][o] and not (deals.spared[i] and o == deals.status_quo[i])
        ]

    def admits(self, issue: int) -> list[list[bool]]:
        """Which levels each of those who must accept leaves, ratifiers last."""
        rows: list[list[bool]] = self.deals.admits[issue].tolist()
        watching = self.deals.watchers
        if watching is not None:
            free = [True] * self.deals.levels[issue].size
            rows += [
                watching.admits[issue][w].tolist() if watching.admits else free
                for w in np.flatnonzero(watching.ratifies)
            ]
        return rows

    def carried(self, accepting: set[int]) -> bool:
        """Is it enough when these accept?"""
        count, rule = len(self.deals.parties), self.deals.rule
        if not set(range(count, len(self.names))) <= accepting:
            return False
        if rule is None:
            return set(range(count)) <= accepting
        weight = sum(w for p, w in enumerate(rule.weights) if p in accepting)
        return weight >= rule.need and set(rule.vetoes) <= accepting

    def is_deal(self, package: tuple[int, ...], *, aside: frozenset[object] = frozenset()) -> bool:
        """Is it a deal when these refusals, parties or (party, issue), are set aside?"""
        if any(line not in aside for line in self.crossed(package)):
            return False
        return self.carried({p for p, g in enumerate(self.gains(package)) if g >= 0 or p in aside})

    def opens(self, aside: frozenset[object] = frozenset()) -> bool:
        return any(self.is_deal(k, aside=aside) for k in self.packages())

    def admissible(self) -> list[tuple[int, ...]]:
        return [k for k in self.packages() if not self.crossed(k)]


def minimal(sets: Iterator[frozenset[object]]) -> set[frozenset[object]]:
    """The sets that have no other inside them."""
    every = set(sets)
    return {s for s in every if not any(t < s for t in every)}


def subsets(of: list[object]) -> Iterator[frozenset[object]]:
    return (frozenset(s) for size in range(len(of) + 1) for s in itertools.combinations(of, size))
