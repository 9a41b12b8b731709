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

from detente.boards.deal_board import Deals, Worth, board, with_worth
from detente.boards.frame import Frame, NoDealChoice, empty_pairs, frame, no_deal_kind, no_deal_rows
from detente.boards.scoring import distance_score, rounded
from detente.errors import BoardError
from detente.situation.nouns import Situation
from detente.situation.paths import inputs, score_path, together_path

Span: TypeAlias = tuple[float, float]
Pins: TypeAlias = Mapping[str, Span]
Cell: TypeAlias = tuple[str, int, int]  # which kind of number, whose, on which issue or pair of issues
LOW, HIGH = 0, 1  # the two sides of a box: least and most favourable


@dataclass(frozen=True, slots=True)
class Box:
    """The least (`low`) and the most (`high`) favourable board over all values in the ranges."""

    low: Deals
    high: Deals


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges:
    """A table compiled for many boxes: `ranges(situation, table)` once, then `.box(pins)` thousands of times.

    `paths` are the inputs that bear on what the parties and the ratifiers accept: pinning any other input leaves their
    numbers as they are. `watched` are those that bear on the other watchers alone.
    """

    paths: tuple[str, ...]
    watched: tuple[str, ...]
    known: frozenset[str]
    spans: dict[str, Span]
    users: dict[str, tuple[Cell, ...]]
    laid: Frame
    whole: Box
    sides: tuple[Worth, Worth]

    def box(self, pins: Pins | None = None) -> Box:
        """Return the box in which some inputs are held to narrower (or other) ranges.

        Raises BoardError for a path that is no input of the situation, and for a range upside down.
        """
        return _repinned(self, pins).whole if pins else self.whole

    def held(self, pins: Pins) -> "Ranges":
        """Return the same table with some inputs held to their pins for good: later pins come on top.

        Raises BoardError as `box` does.
        """
        return _repinned(self, pins)

    def on_agenda(self, issues: Iterable[str]) -> tuple[str, ...]:
        """Return those of `paths` that bear on what is agreed where only these issues can move from the status quo."""
        named = set(issues)
        moving = {i for i, issue in enumerate(self.laid.issues) if issue.id in named}
        return tuple(path for path in self.paths if any(_moves(cell, moving) for cell in self.users[path]))


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
    users = _users(laid, no_deal)
    spans = {path: known[path] for path in users}
    issues = range(len(laid.issues))
    sides = _empty(laid), _empty(laid)
    if not isinstance(no_deal, str):
        for side in sides:
            side.no_deal[: len(laid.parties)] = no_deal
    cells: list[Cell] = [("stance", p, i) for p in range(len(laid.voices)) for i in issues]
    cells += [("condition", k, i) for k in range(len(laid.pressers)) for i in issues]
    cells += [cell for used in users.values() for cell in used if cell[0] not in ("stance", "condition")]
    for cell in dict.fromkeys(cells):
        _fill(laid, spans, cell, sides)
    low, high = (board(laid, kind, side) for side in sides)
    bears = {path: any(_bears(laid, cell) for cell in cells) for path, cells in users.items()}
    return Ranges(
        paths=tuple(path for path, binding in bears.items() if binding),
        watched=tuple(path for path, binding in bears.items() if not binding),
        known=frozenset(known),
        spans=spans,
        users=users,
        laid=laid,
        whole=Box(low=low, high=high),
        sides=sides,
    )


def _bears(laid: Frame, cell: Cell) -> bool:
    """Whether a cell is one of a party's or a ratifier's, or a condition that may bind them."""
    kind, who, _ = cell
    if kind in ("condition", "listing_cost"):
        return True
    return who < len(laid.parties) or laid.voices[who] in laid.table.ratifiers


def _users(laid: Frame, no_deal: NoDealChoice) -> dict[str, tuple[Cell, ...]]:
    """Which cells of the board does each input fill?"""
    used: dict[str, list[Cell]] = {}
    for path, cell in (*_stance_users(laid), *_condition_users(laid), *_value_users(laid, no_deal)):
        used.setdefault(path, []).append(cell)
    return {path: tuple(cells) for path, cells in used.items()}


def _stance_users(laid: Frame) -> Iterator[tuple[str, Cell]]:
    for i, issue in enumerate(laid.issues):
        for p, party in enumerate(laid.voices):
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


def _value_users(laid: Frame, no_deal: NoDealChoice) -> Iterator[tuple[str, Cell]]:
    names = [i.id for i in laid.issues]
    for cost in laid.table.listing_costs:
        if cost.party in laid.parties and cost.issue in names:
            cell = ("listing_cost", laid.parties.index(cost.party), names.index(cost.issue))
            yield f"{laid.table.id}.{cost.issue}.listing_cost.{cost.party}", cell
    for voice, value in no_deal_rows(laid, no_deal):
        yield f"{laid.table.id}.no_deal.{value.party}", ("no_deal", voice, 0)
    for voice, pair, _, row in laid.together:
        yield together_path(row), ("together", voice, pair)


def _stance_paths(laid: Frame, party: str, issue: str) -> list[str]:
    stance = laid.stances.get((party, issue))
    if stance is None:
        return []
    fields = ["position", "salience"] + (["red_line", "hardness"] if stance.red_line is not None else [])
    return [f"{party}.{issue}.{field}" for field in fields]


def _empty(laid: Frame) -> Worth:
    voices, pressers = len(laid.voices), len(laid.pressers)
    return Worth(
        score=tuple(np.zeros((voices, at.size), dtype=np.int64) for at in laid.levels),
        admits=tuple(np.ones((voices, at.size), dtype=bool) for at in laid.levels),
        meets=tuple(np.ones((pressers, at.size), dtype=bool) for at in laid.levels),
        no_deal=np.zeros(voices, dtype=np.int64),
        listing_cost=np.zeros((len(laid.parties), len(laid.issues)), dtype=np.int64),
        together=empty_pairs(laid, ()),
    )


def _moves(cell: Cell, moving: set[int]) -> bool:
    """Whether a cell counts on an agenda; pairs of issues and what is not of an issue always may."""
    return cell[0] not in ("stance", "condition") or cell[2] in moving


def _repinned(base: Ranges, pins: Pins) -> Ranges:
    for path, (low, high) in pins.items():
        if path not in base.known:
            raise BoardError(f"'{path}' is not an input of this situation, so it cannot be held to a range.")
        if low > high:
            raise BoardError(f"The range for '{path}' is upside down: {low:g} to {high:g}. Give the lower end first.")
    cells = dict.fromkeys(cell for path in pins for cell in base.users.get(path, ()))
    sides = _copied(base.sides[LOW], cells), _copied(base.sides[HIGH], cells)
    spans = {**base.spans, **pins}
    for cell in cells:
        _fill(base.laid, spans, cell, sides)
    whole = Box(
        low=with_worth(base.whole.low, base.laid, sides[LOW]),
        high=with_worth(base.whole.high, base.laid, sides[HIGH]),
    )
    return replace(base, spans=spans, whole=whole, sides=sides)


def _copied(side: Worth, cells: Iterable[Cell]) -> Worth:
    """Copy what the cells will overwrite, and share the rest."""
    touched: dict[str, set[int]] = {}
    for kind, _, at in cells:
        touched.setdefault(kind, set()).add(at)
    moved, asked, paired = (touched.get(kind, set()) for kind in ("stance", "condition", "together"))
    return Worth(
        score=tuple(a.copy() if i in moved else a for i, a in enumerate(side.score)),
        admits=tuple(a.copy() if i in moved else a for i, a in enumerate(side.admits)),
        meets=tuple(a.copy() if i in asked else a for i, a in enumerate(side.meets)),
        no_deal=side.no_deal.copy(),
        listing_cost=side.listing_cost.copy(),
        together=tuple(a.copy() if i in paired else a for i, a in enumerate(side.together)),
    )


def _fill(laid: Frame, spans: Mapping[str, Span], cell: Cell, sides: tuple[Worth, ...]) -> None:
    """Write the least and the most favourable values of one cell into the two sides."""
    kind, who, i = cell
    if kind == "stance":
        _fill_stance(laid, spans, who, i, sides)
    elif kind == "condition":
        _fill_condition(laid, spans, who, i, sides)
    elif kind == "together":
        _fill_together(laid, spans, who, i, sides)
    elif kind == "no_deal":
        worst, best = spans[f"{laid.table.id}.no_deal.{laid.voices[who]}"][::-1]
        sides[LOW].no_deal[who], sides[HIGH].no_deal[who] = rounded(np.array([worst, best]))
    else:
        worst, best = spans[f"{laid.table.id}.{laid.issues[i].id}.listing_cost.{laid.parties[who]}"][::-1]
        sides[LOW].listing_cost[who, i], sides[HIGH].listing_cost[who, i] = rounded(np.array([worst, best]))


def _fill_stance(laid: Frame, spans: Mapping[str, Span], p: int, i: int, sides: tuple[Worth, ...]) -> None:
    party, issue = laid.voices[p], laid.issues[i].id
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


def _fill_together(laid: Frame, spans: Mapping[str, Span], p: int, pair: int, sides: tuple[Worth, ...]) -> None:
    for voice, on, (a, b), row in laid.together:
        if (voice, on) == (p, pair):
            worth = rounded(np.array(spans[together_path(row)]))
            sides[LOW].together[pair][p, a, b], sides[HIGH].together[pair][p, a, b] = worth


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
