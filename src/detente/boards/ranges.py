"""Over all values in the ranges, what is every level worth to every party at least, and at most?

For every party, issue and level the box holds the least and the most favourable score, red line, listing cost,
no-deal value and condition. Each single number is attained somewhere in the ranges. What is accepted at the least
favourable values is accepted everywhere; what is refused at the most favourable is refused everywhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from jaxtyping import Bool, Int

from detente.boards.deal_board import Deals, Worth, board
from detente.boards.frame import Frame, NoDealChoice, frame, no_deal_kind
from detente.boards.scoring import distance_score, rounded
from detente.errors import BoardError
from detente.situation.nouns import Situation
from detente.situation.paths import inputs, score_path

Span: TypeAlias = tuple[float, float]
Pins: TypeAlias = Mapping[str, Span]
Cell: TypeAlias = tuple[str, int, int]  # which kind of number, whose, on which issue
LOW, HIGH = 0, 1  # the two sides of a box: least and most favourable


@dataclass(frozen=True, slots=True)
class Box:
    """The least (`low`) and the most (`high`) favourable board over all values in the ranges."""

    low: Deals
    high: Deals


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges:
    """A table compiled for many boxes: `ranges(situation, table)` once, then `.box(pins)` thousands of times.

    `paths` are the inputs that bear on this table: pinning any other input leaves every box as it is.
    """

    paths: tuple[str, ...]
    known: frozenset[str]
    spans: dict[str, Span]
    users: dict[str, tuple[Cell, ...]]
    laid: Frame
    whole: Box

    def box(self, pins: Pins | None = None) -> Box:
        """Return the box in which some inputs are held to narrower (or other) ranges.

        Raises BoardError for a path that is no input of the situation, and for a range upside down.
        """
        return _repinned(self, pins) if pins else self.whole


def box(situation: Situation, table: str, *, pins: Pins | None = None, no_deal: NoDealChoice = "auto") -> Box:
    """What is every level worth to every party at least, and at most? Compiles the table, for one box.

    Raises BoardError as `ranges` and `Ranges.box` do.
    """
    return ranges(situation, table, no_deal=no_deal).box(pins)


def ranges(situation: Situation, table: str, *, no_deal: NoDealChoice = "auto") -> Ranges:
    """Compile a table for many boxes.

    Raises BoardError where the table is unknown, has nothing to bargain over, or lacks the no-deal values asked for.
    """
    laid = frame(situation, table)
    kind = no_deal_kind(laid.table, no_deal)
    known = {i.path: (i.value.low, i.value.high) for i in inputs(situation)}
    users = _users(laid, kind)
    spans = {path: known[path] for path in users}
    size = len(laid.parties), len(laid.issues)
    sides = tuple(_empty(laid) for _ in (LOW, HIGH))
    if not isinstance(no_deal, str):
        for side in sides:
            side.no_deal[...] = no_deal
    cells: list[Cell] = [("stance", p, i) for p in range(size[0]) for i in range(size[1])]
    cells += [("condition", k, i) for k in range(len(laid.pressers)) for i in range(size[1])]
    cells += [cell for used in users.values() for cell in used if cell[0] in ("no_deal", "listing_cost")]
    for cell in cells:
        _fill(laid, spans, cell, sides)
    low, high = (board(laid, kind, side) for side in sides)
    return Ranges(
        paths=tuple(users),
        known=frozenset(known),
        spans=spans,
        users=users,
        laid=laid,
        whole=Box(low=low, high=high),
    )


def _users(laid: Frame, kind: str) -> dict[str, tuple[Cell, ...]]:
    """Which cells of the board does each input fill?"""
    used: dict[str, list[Cell]] = {}
    for path, cell in (*_stance_users(laid), *_condition_users(laid), *_value_users(laid, kind)):
        used.setdefault(path, []).append(cell)
    return {path: tuple(cells) for path, cells in used.items()}


def _stance_users(laid: Frame) -> Iterator[tuple[str, Cell]]:
    for i, issue in enumerate(laid.issues):
        for p, party in enumerate(laid.parties):
            for path in [*_stance_paths(laid, party, issue.id), f"{issue.id}.status_quo"]:
                yield path, ("stance", p, i)
    for p, i, _, row in laid.scores:
        yield score_path(row), ("stance", p, i)


def _condition_users(laid: Frame) -> Iterator[tuple[str, Cell]]:
    for i, issue in enumerate(laid.issues):
        for k, presser in enumerate(laid.pressers):
            yield f"{issue.id}.status_quo", ("condition", k, i)
            if laid.conditions[i][k].basis == "red_line":
                yield f"{presser}.{issue.id}.red_line", ("condition", k, i)


def _value_users(laid: Frame, kind: str) -> Iterator[tuple[str, Cell]]:
    names = [i.id for i in laid.issues]
    for cost in laid.table.listing_costs:
        if cost.party in laid.parties and cost.issue in names:
            cell = ("listing_cost", laid.parties.index(cost.party), names.index(cost.issue))
            yield f"{laid.table.id}.{cost.issue}.listing_cost.{cost.party}", cell
    for value in laid.table.no_deal if kind == "entered" else ():
        if value.party in laid.parties:
            yield f"{laid.table.id}.no_deal.{value.party}", ("no_deal", laid.parties.index(value.party), 0)


def _stance_paths(laid: Frame, party: str, issue: str) -> list[str]:
    stance = laid.stances.get((party, issue))
    if stance is None:
        return []
    fields = ["position", "salience"] + (["red_line", "hardness"] if stance.red_line is not None else [])
    return [f"{party}.{issue}.{field}" for field in fields]


def _empty(laid: Frame) -> Worth:
    parties, pressers = len(laid.parties), len(laid.pressers)
    return Worth(
        score=tuple(np.zeros((parties, at.size), dtype=np.int64) for at in laid.levels),
        admits=tuple(np.ones((parties, at.size), dtype=bool) for at in laid.levels),
        meets=tuple(np.ones((pressers, at.size), dtype=bool) for at in laid.levels),
        no_deal=np.zeros(parties, dtype=np.int64),
        listing_cost=np.zeros((parties, len(laid.issues)), dtype=np.int64),
    )


def _repinned(base: Ranges, pins: Pins) -> Box:
    for path, (low, high) in pins.items():
        if path not in base.known:
            raise BoardError(f"'{path}' is not an input of this situation, so it cannot be held to a range.")
        if low > high:
            raise BoardError(f"The range for '{path}' is upside down: {low:g} to {high:g}. Give the lower end first.")
    cells = dict.fromkeys(cell for path in pins for cell in base.users.get(path, ()))
    sides = tuple(_copied(side, cells) for side in (base.whole.low, base.whole.high))
    spans = {**base.spans, **pins}
    for cell in cells:
        _fill(base.laid, spans, cell, sides)
    return Box(low=_with(base.whole.low, sides[LOW]), high=_with(base.whole.high, sides[HIGH]))


def _copied(side: Deals, cells: Iterable[Cell]) -> Worth:
    """Copy what the cells will overwrite, and share the rest."""
    moved = {i for kind, _, i in cells if kind == "stance"}
    asked = {i for kind, _, i in cells if kind == "condition"}
    return Worth(
        score=tuple(a.copy() if i in moved else a for i, a in enumerate(side.score)),
        admits=tuple(a.copy() if i in moved else a for i, a in enumerate(side.admits)),
        meets=tuple(a.copy() if i in asked else a for i, a in enumerate(side.meets)),
        no_deal=side.no_deal.copy(),
        listing_cost=side.listing_cost.copy(),
    )


def _with(side: Deals, worth: Worth) -> Deals:
    return replace(
        side,
        score=worth.score,
        admits=worth.admits,
        meets=worth.meets,
        no_deal=worth.no_deal,
        listing_cost=worth.listing_cost,
    )


def _fill(laid: Frame, spans: Mapping[str, Span], cell: Cell, sides: tuple[Worth, ...]) -> None:
    """Write the least and the most favourable values of one cell into the two sides."""
    kind, who, i = cell
    if kind == "stance":
        _fill_stance(laid, spans, who, i, sides)
    elif kind == "condition":
        _fill_condition(laid, spans, who, i, sides)
    elif kind == "no_deal":
        worst, best = spans[f"{laid.table.id}.no_deal.{laid.parties[who]}"][::-1]
        sides[LOW].no_deal[who], sides[HIGH].no_deal[who] = rounded(np.array([worst, best]))
    else:
        worst, best = spans[f"{laid.table.id}.{laid.issues[i].id}.listing_cost.{laid.parties[who]}"][::-1]
        sides[LOW].listing_cost[who, i], sides[HIGH].listing_cost[who, i] = rounded(np.array([worst, best]))


def _fill_stance(laid: Frame, spans: Mapping[str, Span], p: int, i: int, sides: tuple[Worth, ...]) -> None:
    party, issue = laid.parties[p], laid.issues[i].id
    stance = laid.stances.get((party, issue))
    if stance is not None:
        low, high = _score_extremes(laid, spans, f"{party}.{issue}", i)
        sides[LOW].score[i][p], sides[HIGH].score[i][p] = low, high
        if stance.red_line is not None:
            line = spans[f"{party}.{issue}.red_line"]
            within = _within_extremes(laid, spans, i, line, stance.red_line.accepts)
            hardness = spans[f"{party}.{issue}.hardness"]
            sides[LOW].admits[i][p] = within[LOW] if hardness[1] > 0 else True
            sides[HIGH].admits[i][p] = within[HIGH] if hardness[0] >= 1 else True
    for at, on, option, row in laid.scores:
        if (at, on) == (p, i):
            worth = rounded(np.array(spans[score_path(row)]))
            sides[LOW].score[i][p, option], sides[HIGH].score[i][p, option] = worth


def _score_extremes(
    laid: Frame, spans: Mapping[str, Span], path: str, i: int
) -> tuple[Int[np.ndarray, " _option"], Int[np.ndarray, " _option"]]:
    """Find the exact extremes of equation (1) over position, salience and status quo.

    In position and salience it is monotone; in the status quo it falls until the position and rises after it, so that
    its least value may lie inside: at the status quo nearest to an end of the position's range.
    """
    issue = laid.issues[i]
    at, salience, now = spans[f"{path}.position"], spans[f"{path}.salience"], spans[f"{issue.id}.status_quo"]
    turning = {min(max(x, now[0]), now[1]) for x in at}
    corners = np.array([(x, s, q) for x in {*at} for s in {*salience} for q in turning.union(now)])
    level = np.broadcast_to(laid.levels[i], (len(corners), laid.levels[i].size)).copy()
    level[:, laid.status_quo[i]] = corners[:, 2]
    score = distance_score(
        corners[:, [0]],
        corners[:, [1]],
        status_quo=corners[:, [2]],
        level=level,
        width=max(issue.scale) - min(issue.scale),
    )
    return score.min(axis=0), score.max(axis=0)


def _within_extremes(
    laid: Frame, spans: Mapping[str, Span], i: int, line: Span, accepted: str
) -> tuple[Bool[np.ndarray, " _option"], Bool[np.ndarray, " _option"]]:
    """Return the levels within a line at its strictest and at its laxest."""
    levels, now = laid.levels[i], laid.status_quo[i]
    span = spans[f"{laid.issues[i].id}.status_quo"]
    if accepted == "anything":
        return np.ones(levels.shape, dtype=bool), np.ones(levels.shape, dtype=bool)
    if accepted == "at_most":
        strict, lax = levels <= line[0], levels <= line[1]
        strict[now], lax[now] = span[1] <= line[0], span[0] <= line[1]
    else:
        strict, lax = levels >= line[1], levels >= line[0]
        strict[now], lax[now] = span[0] >= line[1], span[1] >= line[0]
    return strict, lax


def _fill_condition(laid: Frame, spans: Mapping[str, Span], k: int, i: int, sides: tuple[Worth, ...]) -> None:
    asks = laid.conditions[i][k]
    line = (asks.at, asks.at)
    if asks.basis == "red_line":
        line = spans[f"{laid.pressers[k]}.{laid.issues[i].id}.red_line"]
    sides[LOW].meets[i][k], sides[HIGH].meets[i][k] = _within_extremes(laid, spans, i, line, asks.accepts)
