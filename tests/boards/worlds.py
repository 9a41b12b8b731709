"""Small random disputes, and plain slow code that computes the same answers in the most obvious way."""

import itertools
import math
from dataclasses import dataclass

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from detente.boards import Deals, Draws
from detente.situation.nouns import (
    AgendaItem,
    Demand,
    Issue,
    ListingCost,
    NoDeal,
    Party,
    RedLine,
    Score,
    Situation,
    Stance,
    Table,
)
from detente.situation.paths import inputs
from detente.situation.values import Basis, Range

SEEDS = st.integers(0, 2**32 - 1)
tried = settings(max_examples=40, deadline=None)
ENTERED = Basis(kind="entered", by="coder")


def span(low: float, best: float | None = None, high: float | None = None) -> Range:
    middle = low if best is None else best
    return Range(low=low, best=middle, high=middle if high is None else high, basis=ENTERED)


@dataclass(frozen=True)
class Shape:
    parties: int = 3
    issues: int = 3
    levels: int = 3
    costs: bool = True


def world(seed: int, shape: Shape = Shape()) -> Situation:
    """A dispute at table `hall`: parties p0.., an outsider `ally` that presses for `i0`, ranges on everything."""
    rng = np.random.default_rng(seed)
    parties = [f"p{k}" for k in range(shape.parties)]
    issues = tuple(_issue(rng, f"i{k}", shape.levels) for k in range(shape.issues))
    stances = [
        _stance(rng, p, i.id) for p in [*parties, "ally"] for i in issues if p in ("ally", "p0") or rng.random() < 0.9
    ]
    scores = [
        Score(party=p, issue=i.id, at=i.options[0], value=some(rng, -60, 60))
        for p in parties
        for i in issues
        if rng.random() < 0.1
    ]
    return Situation(
        title="World",
        parties=tuple(Party(id=p, name=p.upper()) for p in [*parties, "ally"]),
        issues=issues,
        stances=tuple(stances),
        scores=tuple(scores),
        demands=(
            Demand(id="d-ally", by="ally", issue="i0", table="hall"),
            Demand(id="d-p0", by="p0", issue="i1" if shape.issues > 1 else "i0", table="hall", status="condition"),
        ),
        tables=(_table(rng, parties, issues, costs=shape.costs),),
    )


def some(rng: np.random.Generator, low: int, high: int) -> Range:
    """A range of whole numbers, a point one time in four."""
    ends = sorted(int(n) for n in rng.integers(low, high + 1, 3))
    return span(ends[1]) if rng.random() < 0.25 else span(*ends)


def _issue(rng: np.random.Generator, name: str, levels: int) -> Issue:
    now = some(rng, 0, 100) if rng.random() < 0.3 else span(int(rng.choice([0, 50, 100])))
    options = sorted({int(n) for n in rng.choice(101, levels, replace=False)})
    return Issue(id=name, name=name, status_quo=now, options=tuple(float(o) for o in options))


def _stance(rng: np.random.Generator, party: str, issue: str) -> Stance:
    line = None
    if rng.random() < 0.35:
        hardness = [span(0), span(1), span(0, 0.5, 1), span(0.4, 0.5, 1)][int(rng.integers(4))]
        line = RedLine(at=some(rng, 0, 100), accepts=("at_most", "at_least")[int(rng.integers(2))], hardness=hardness)
    at, cares = some(rng, 0, 100), some(rng, 0, 100)
    return Stance(party=party, issue=issue, position=at, salience=cares, red_line=line)


def _table(rng: np.random.Generator, parties: list[str], issues: tuple[Issue, ...], *, costs: bool) -> Table:
    listing = [ListingCost(party=p, issue=i.id, cost=some(rng, 0, 20)) for p in parties for i in issues]
    agenda = (AgendaItem(issue=issues[-1].id, mode="in"),)
    no_deal = tuple(NoDeal(party=p, value=some(rng, -20, 20)) for p in parties)
    return Table(
        id="hall",
        name="Hall",
        consent=tuple(parties),
        agenda=agenda,
        listing_costs=tuple(c for c in listing if costs and rng.random() < 0.5),
        no_deal=no_deal if rng.random() < 0.5 else (),
    )


def sample(situation: Situation, seed: int, count: int = 40) -> Draws:
    """Values inside the ranges, with the ends and the best values among them more often than chance would."""
    rng = np.random.default_rng(seed)
    drawn: dict[str, np.ndarray] = {}
    for put in inputs(situation):
        low, best, high = put.value.low, put.value.best, put.value.high
        inside = rng.uniform(low, high, count)
        ends = rng.choice([low, best, high], count)
        drawn[put.path] = np.where(rng.random(count) < 0.6, ends, inside)
        if put.path.endswith(".hardness"):
            drawn[put.path.removesuffix("hardness") + "real"] = rng.random(count)
    return drawn


def one_draw(draws: Draws, k: int) -> Draws:
    return {path: column[[k]] for path, column in draws.items()}


def case(board: Deals, k: int) -> "Case":
    """The k-th draw of a board as plain lists; k is ignored for a single case."""

    def pick(array: np.ndarray) -> np.ndarray:
        return np.asarray(array[k]) if board.draws else array

    admissible = [pick(board.admissible(i)).all(axis=0) & pick(board.open[i]) for i in range(len(board.issues))]
    return Case(
        levels=[list(range(len(at))) for at in board.levels],
        now=list(board.status_quo),
        score=[pick(s).tolist() for s in board.score],
        allowed=[a.tolist() for a in admissible],
        floor=pick(board.floor()).tolist(),
    )


@dataclass(frozen=True)
class Case:
    """One board without draws, as plain lists."""

    levels: list[list[int]]
    now: list[int]
    score: list[list[list[int]]]
    allowed: list[list[bool]]
    floor: list[int]

    def admissible(self) -> list[tuple[int, ...]]:
        every = itertools.product(*self.levels)
        return [k for k in every if list(k) != self.now and all(a[o] for a, o in zip(self.allowed, k, strict=True))]

    def gains(self, package: tuple[int, ...]) -> list[int]:
        return [
            sum(score[p][o] for score, o in zip(self.score, package, strict=True)) - floor
            for p, floor in enumerate(self.floor)
        ]

    def deals(self) -> list[tuple[int, ...]]:
        return [k for k in self.admissible() if min(self.gains(k)) >= 0]

    def nash(self) -> list[tuple[int, ...]]:
        """All deals with the greatest product; over those who gain, where somebody cannot."""

        def worth(k: tuple[int, ...]) -> tuple[int, int]:
            gaining = [g for g in self.gains(k) if g > 0]
            return len(gaining), math.prod(gaining)

        deals = self.deals()
        return [k for k in deals if worth(k) == max(worth(d) for d in deals)]

    def frontier(self) -> list[tuple[int, ...]]:
        deals = {k: self.gains(k) for k in self.deals()}
        return [k for k, g in deals.items() if not any(_dominates(other, g) for other in deals.values())]

    def margin(self) -> int | None:
        return max((min(self.gains(k)) for k in self.admissible()), default=None)


def _dominates(better: list[int], worse: list[int]) -> bool:
    return better != worse and all(a >= b for a, b in zip(better, worse, strict=True))
