"""Linked tables: small random ones, and plain slow code that solves them."""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from detente.boards import Deals
from detente.boards.linked import Tables
from detente.situation.nouns import (
    AgendaItem,
    Issue,
    Link,
    NoDeal,
    Party,
    Requirement,
    Score,
    Situation,
    Table,
)
from detente.situation.values import Basis, Range

ENTERED = Basis(kind="entered", by="coder")


def point(at: float) -> Range:
    return Range.point(at, ENTERED)


def with_alliance(situation: Situation) -> Situation:
    """The same dispute with a second table, at which two parties that press agree on what binds the first."""
    pressing = tuple(dict.fromkeys(d.by for d in situation.demands))
    first, second = situation.issues[:2]
    asked = Requirement(issue=first.id, at=first.options[0], of=second.id, accepts="at_most", level=second.options[-2])
    hall = situation.tables[0]
    listed = (*hall.agenda, AgendaItem(issue=second.id, mode="option"))
    bound = hall.model_copy(
        update={"links": (Link(table="alliance", kind="mandate", requires=(asked,)),), "agenda": listed}
    )
    alliance = Table(
        id="alliance", name="Alliance", consent=pressing, agenda=(AgendaItem(issue=first.id, mode="option"),)
    )
    return situation.model_copy(update={"tables": (bound, alliance, *situation.tables[1:])})


def random_tables(seed: int, *, circular: bool = False) -> Situation:
    """Two or three tables of two or three parties and issues of two or three levels, linked at random."""
    rng = np.random.default_rng(seed)
    people = [f"p{k}" for k in range(4)]
    names = ["b", "m", "a"][: int(rng.integers(2, 4))] if not circular else ["b", "a"]
    issues = {n: [_random_issue(rng, f"{n}{k}") for k in range(int(rng.integers(1, 3)))] for n in names}
    every = [issue for row in issues.values() for issue in row]
    scores = tuple(
        Score(party=p, issue=i.id, at=at, value=point(int(rng.integers(-30, 31))))
        for p in people
        for i in every
        for at in i.options
        if at != i.status_quo.best and rng.random() < 0.85
    )
    tables = tuple(_random_table(rng, n, names, issues, circular=circular) for n in names)
    return Situation(
        title="Random tables",
        parties=tuple(Party(id=p, name=p) for p in people),
        issues=tuple(every),
        scores=scores,
        tables=tables,
    )


def _random_issue(rng: np.random.Generator, name: str) -> Issue:
    count = int(rng.integers(2, 4))
    options = tuple(float(k) for k in range(count))
    return Issue(id=name, name=name, scale=(0, count), status_quo=point(int(rng.integers(count))), options=options)


def _random_table(
    rng: np.random.Generator, name: str, names: list[str], issues: dict[str, list[Issue]], *, circular: bool
) -> Table:
    consent = sorted(str(p) for p in rng.choice([f"p{k}" for k in range(4)], int(rng.integers(2, 4)), replace=False))
    sources = [n for n in names if n != name] if circular else names[: names.index(name)]
    links = []
    for source in sources:
        kind = rng.random()
        if kind < 0.7 or circular:
            rows = tuple(_random_requirement(rng, issues[source], issues[name]) for _ in range(int(rng.integers(0, 4))))
            links.append(Link(table=source, kind="mandate", requires=rows))
        elif kind < 0.85:
            links.append(Link(table=source, kind="ratification"))
    rule = str(rng.choice(["unanimity", "unanimity", "majority"]))
    outsiders = [p for p in ("p0", "p1", "p2", "p3") if p not in consent]
    no_deal = tuple(NoDeal(party=p, value=point(int(rng.integers(-15, 6)))) for p in consent)
    return Table(
        id=name,
        name=name,
        consent=tuple(consent),
        rule=rule,
        ratifiers=tuple(outsiders[:1]) if rng.random() < 0.2 else (),
        no_deal=no_deal if rng.random() < 0.6 else (),
        agenda=tuple(AgendaItem(issue=i.id, mode="option" if rng.random() < 0.7 else "in") for i in issues[name]),
        links=tuple(links),
    )


def _random_requirement(rng: np.random.Generator, there: list[Issue], here: list[Issue]) -> Requirement:
    issue, of = there[int(rng.integers(len(there)))], here[int(rng.integers(len(here)))]
    asks = "at_most" if rng.random() < 0.5 else "at_least"
    at, level = (float(rng.choice(i.options)) for i in (issue, of))
    return Requirement(issue=issue.id, at=at, of=of.id, accepts=asks, level=level)


Package = tuple[int, ...]
Deal = Package | None


def two_houses(*, requires: bool) -> Situation:
    """Two tables of the same two parties that mandate each other.

    Without requirements each waits for the other's deal. With them one wants the level that the other has, and the
    other the one it has not: no pair of deals satisfies both.
    """
    issues = tuple(
        Issue(id=i, name=i, scale=(0, 3), status_quo=point(0), options=(0.0, 1.0, 2.0)) for i in ("left", "right")
    )
    worth = {"left": (10, 20), "right": (10, 20)}
    scores = tuple(
        Score(party=p, issue=i, at=float(k + 1), value=point(w))
        for p in ("p0", "p1")
        for i, row in worth.items()
        for k, w in enumerate(row)
    )
    chase = {
        "left": (_asks("right", 1, "left", "at_least", 2), _asks("right", 2, "left", "at_most", 1)),
        "right": (_asks("left", 1, "right", "at_most", 1), _asks("left", 2, "right", "at_least", 2)),
    }
    tables = tuple(
        Table(
            id=f"house-{own}",
            name=own,
            consent=("p0", "p1"),
            agenda=(AgendaItem(issue=own, mode="option"),),
            links=(Link(table=f"house-{other}", kind="mandate", requires=chase[own] if requires else ()),),
        )
        for own, other in (("left", "right"), ("right", "left"))
    )
    people = tuple(Party(id=p, name=p) for p in ("p0", "p1"))
    return Situation(title="Two houses", parties=people, issues=issues, scores=scores, tables=tables)


def _asks(issue: str, at: float, of: str, accepts: Literal["at_most", "at_least"], level: float) -> Requirement:
    return Requirement(issue=issue, at=at, of=of, accepts=accepts, level=level)


def ranged(situation: Situation) -> Situation:
    """The same tables with a range around every score."""
    return situation.model_copy(
        update={"scores": tuple(row.model_copy(update={"value": _wide(row.value)}) for row in situation.scores)}
    )


def _wide(value: Range) -> Range:
    return Range(low=value.best - 12, best=value.best, high=value.best + 12, basis=value.basis)


@dataclass(frozen=True)
class Plainly:
    """Linked tables solved by trying everything, straight from the boards and the links of the situation."""

    situation: Situation
    tables: Tables
    reading: str = "status_quo"

    def packages(self, table: int) -> list[Package]:
        board = self.tables.boards[table]
        every = itertools.product(*(range(at.size) for at in board.levels))
        return [k for k in every if k != board.status_quo and all(self._fine(board, i, o) for i, o in enumerate(k))]

    def _fine(self, board: Deals, issue: int, option: int) -> bool:
        return bool(board.open[issue][option] and board.admissible(issue)[:, option].all())

    def gain(self, table: int, person: str, package: Deal) -> int:
        """What a person has at a table: the no-deal value, or the scores of the package."""
        board = self.tables.boards[table]
        watch = board.watchers
        if person in board.parties:
            p = board.parties.index(person)
            if package is None:
                return int(board.no_deal[p])
            return sum(int(s[p, o]) for s, o in zip(board.score, package, strict=True))
        if watch is None or person not in watch.parties:
            return 0
        p = watch.parties.index(person)
        if package is None:
            return int(watch.no_deal[p])
        return sum(int(s[p, o]) for s, o in zip(watch.score, package, strict=True))

    def allowed(self, table: int, package: Package, deals: Mapping[int, Deal]) -> bool:
        here = self.tables.boards[table]
        for link in self.situation.table(here.table).links:
            if link.kind != "mandate":
                continue
            source = self.tables.names.index(link.table)
            there, deal = self.tables.boards[source], deals[source]
            if deal is None and (not link.requires or self.reading == "no_deal"):
                return False
            stands = there.status_quo if deal is None else deal
            for row in link.requires:
                i, j = there.issues.index(row.issue), here.issues.index(row.of)
                level = here.levels[j][package[j]]
                met = level <= row.level if row.accepts == "at_most" else level >= row.level
                if there.levels[i][stands[i]] == row.at and not met:
                    return False
        return True

    def carried(self, table: int, gains: Mapping[str, int]) -> bool:
        board = self.tables.boards[table]
        noun = self.situation.table(board.table)
        if any(gains[p] < 0 for p in noun.ratifiers):
            return False
        for link in noun.links:
            other = self.situation.table(link.table)
            if link.kind == "ratification" and not self._vote(other.rule, [gains[p] >= 0 for p in other.consent]):
                return False
        return self._vote(noun.rule, [gains[p] >= 0 for p in board.parties])

    def _vote(self, rule: str, votes: list[bool]) -> bool:
        return sum(votes) > len(votes) / 2 if rule == "majority" else all(votes)

    def solve(self, order: Sequence[int], deals: Mapping[int, Deal]) -> dict[int, Deal]:
        """Backwards: try every package of the first table, and what the others then do."""
        if not order:
            return {}
        first, later = order[0], order[1:]
        without = self.solve(later, {**deals, first: None})
        before = self._values({first: None, **without})
        best: tuple[tuple[int, int], dict[int, Deal]] | None = None
        for package in self.packages(first):
            if not self.allowed(first, package, deals):
                continue
            after = {first: package, **self.solve(later, {**deals, first: package})}
            values = self._values(after)
            gains = {p: values[p] - before[p] for p in values}
            if not self.carried(first, gains):
                continue
            gaining = [gains[p] for p in self.tables.boards[first].parties if gains[p] > 0]
            worth = len(gaining), math.prod(gaining)
            if best is None or worth > best[0]:
                best = worth, after
        return best[1] if best is not None else {first: None, **without}

    def _values(self, deals: Mapping[int, Deal]) -> dict[str, int]:
        people = [p.id for p in self.situation.parties]
        return {p: sum(self.gain(t, p, deal) for t, deal in deals.items()) for p in people}
