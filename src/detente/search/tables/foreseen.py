r"""What is agreed at every table, when each foresees what its deal lets the others agree on?

Backwards from the tables that bind nobody. A package k of a table that mandates others is worth to party p

    w_p(k) = u_p(k) + v_p(what follows elsewhere after k)         without a deal  d_p + v_p(what follows then)       (1)

and the table's rule of choice is applied to w_p(k) less what p has without a deal. What follows depends on k only
through the mandates it gives, so that packages with the same mandates share it. Tables that mandate one another in a
circle each choose with the deals of the others given, all at once, again and again until nothing changes.
"""

import itertools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Bool, Int

from detente.boards.linked import Tables
from detente.search.tables.acceptance import accepted, picked
from detente.search.tables.shelves import Rows, Shelves, largest, shelves

ROUNDS = 200  # of a circle of mandates before it is given up
BLOCK = 1 << 18  # packages x draws of one table that are worked on at a time
FIXED_LIMIT = 4096  # states of a circle that are all tried
State = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """How tables that mandate one another came to rest, or did not.

    States are package numbers, one per table of `members`, -1 for no deal. `residual` counts the tables that would
    still change; `cycle` are the states that recur; `fixed` are all the states in which no table would change, None
    where there are too many to try.
    """

    members: tuple[int, ...]
    rounds: int
    residual: int
    cycle: tuple[State, ...]
    fixed: tuple[State, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequel:
    """What is agreed from one table on, with what was agreed before given; a draw axis throughout.

    ===========  ==================  ======================================================
    number       per table: draw     the package agreed, -1 for none
    count        per table: draw     packages that are accepted there
    value        draw person         sum over these tables of what everybody has then
    settled      draw                every circle met on the way came to rest
    ===========  ==================  ======================================================
    """

    number: Mapping[int, Int[np.ndarray, " draw"]]
    count: Mapping[int, Int[np.ndarray, " draw"]]
    value: Int[np.ndarray, "draw person"]
    settled: Bool[np.ndarray, " draw"]
    circles: tuple[Circle, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What one table agrees on when these rows of mandates bind it and the tables it leads to.

    ==========  =====================  =================================================================
    number      draw                   the package, -1 for none
    count       draw                   packages that are accepted
    accepted    deal                   their numbers (first draw only)
    total       concerned deal         what they gain, sequel included, beyond no deal (first draw only)
    after       per set of mandates    the sequel after each; the last one after no deal
    which       draw                   the set of mandates given by the package
    ==========  =====================  =================================================================
    """

    table: int
    rows: Rows
    number: Int[np.ndarray, " draw"]
    count: Int[np.ndarray, " draw"]
    accepted: Int[np.ndarray, " deal"]
    total: Int[np.ndarray, "concerned deal"]
    after: tuple[Sequel, ...]
    which: Int[np.ndarray, " draw"]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The answer, what each table would have done under every mandate it might have got, and the packages."""

    sequel: Sequel
    responses: tuple[Response, ...]
    shelves: Shelves


def foreseen(
    tables: Tables,
    *,
    rule: str = "nash",
    without: str = "status_quo",
    closed: Iterable[int] = (),
    draws: slice = slice(None),
    bind: bool = True,
) -> Foreseen:
    """Solve a set of linked tables.

    `rule` is "nash" or "egalitarian"; `without` says what binds when a mandating table has no deal: what its mandate
    asks of the levels that then stand ("status_quo"), or nothing is agreed at the bound table either ("no_deal").
    At `closed` tables nothing is agreed. `draws` picks some of the draws; `bind=False` passes over all mandates.

    Raises AnalysisError where a table has too many packages to look at.
    """
    shut = tuple(closed)
    picked_draws = range(*draws.indices(tables.draws[0])) if tables.draws else range(1)
    step = 1 if bind and tables.circular else max(1, BLOCK // largest(tables))
    if len(picked_draws) > step:
        parts = [
            foreseen(
                tables, rule=rule, without=without, closed=shut, draws=_slice(picked_draws[k : k + step]), bind=bind
            )
            for k in range(0, len(picked_draws), step)
        ]
        return Foreseen(_one_after_another([p.sequel for p in parts]), parts[0].responses, parts[0].shelves)
    laid = shelves(tables, rule=rule, without=without, closed=shut, draws=draws, bind=bind)
    game = _Game(laid, rule)
    return Foreseen(_solved(game, 0, frozenset()), tuple(game.responses.values()), laid)


def _slice(draws: range) -> slice:
    return slice(draws.start, draws.stop)


@dataclass(slots=True)
class _Game:
    """The packages, and what has been worked out so far; only the two mappings change."""

    laid: Shelves
    rule: str
    sequels: dict[tuple[int, Rows], Sequel] = field(default_factory=dict)
    responses: dict[tuple[int, Rows], Response] = field(default_factory=dict)


def _solved(game: _Game, position: int, rows: Rows) -> Sequel:
    """Solve from one group of tables on; `rows` are the mandates given so far."""
    laid = game.laid
    if position == len(laid.order):
        shape = laid.draws, len(laid.people)
        return Sequel(number={}, count={}, value=np.zeros(shape, np.int64), settled=np.ones(shape[0], bool))
    group = laid.order[position]
    key = (position, _ahead(laid, position, rows))
    if key not in game.sequels:
        game.sequels[key] = _alone(game, position, key[1]) if len(group) == 1 else _circle(game, position, key[1])
    return game.sequels[key]


def _ahead(laid: Shelves, position: int, rows: Rows) -> Rows:
    """Keep the rows that bind tables still to come."""
    return frozenset(r for r in rows if laid.ahead(r, position))


def _alone(game: _Game, position: int, rows: Rows) -> Sequel:
    (table,) = game.laid.order[position]
    found = _response(game, position, table, rows)
    after = _chosen(found.after, found.which)
    return Sequel(
        number={table: found.number, **after.number},
        count={table: found.count, **after.count},
        value=after.value + game.laid.value(table, found.number),
        settled=np.logical_and.reduce([s.settled for s in found.after]),
        circles=after.circles,
    )


def _response(game: _Game, position: int, table: int, rows: Rows) -> Response:
    """What does this table agree on, given the mandates, foreseeing what each package of its own leads to?"""
    laid = game.laid
    given = _ahead(laid, position, rows)
    known = game.responses.get((table, given))
    if known is not None:
        return known
    shelf = laid.tables[table]
    after = tuple(_solved(game, position + 1, rows | fired) for fired in (*shelf.fired, shelf.unmoved))
    beyond = np.stack([s.value[:, shelf.who] - after[-1].value[:, shelf.who] for s in after], axis=-1)
    total = shelf.gains + beyond[:, :, shelf.group]
    fine = shelf.fine & laid.allowed(table, given) & accepted(total, shelf.needed)
    number = picked(total[:, : shelf.consenting], fine, rule=game.rule)
    deals = np.flatnonzero(fine[0])
    found = Response(
        table=table,
        rows=frozenset(r for r in given if laid.binds[r] in laid.reach[table]),
        number=number,
        count=fine.sum(axis=1),
        accepted=deals,
        total=total[0][:, deals],
        after=after,
        which=np.where(number < 0, len(shelf.fired), np.append(shelf.group, 0)[number]),
    )
    game.responses[table, given] = found
    return found


def _chosen(after: tuple[Sequel, ...], which: Int[np.ndarray, " draw"]) -> Sequel:
    """Take each draw from the sequel that its package leads to."""
    at = np.arange(which.size)
    return Sequel(
        number={t: np.stack([s.number[t] for s in after])[which, at] for t in after[0].number},
        count={t: np.stack([s.count[t] for s in after])[which, at] for t in after[0].count},
        value=np.stack([s.value for s in after])[which, at],
        settled=np.stack([s.settled for s in after])[which, at],
        circles=after[int(which[0])].circles,
    )


def _circle(game: _Game, position: int, rows: Rows) -> Sequel:
    """Let every table of a circle choose with the others' deals given, all at once, until nothing changes.

    It begins with each table bound by none of the others.
    """
    laid, members = game.laid, game.laid.order[position]
    state = tuple(int(_response(game, position, m, rows).number[0]) for m in members)
    seen = [state]
    while len(seen) <= ROUNDS:
        state = _answers(game, position, rows, state)
        if state in seen:
            break
        seen.append(state)
    cycle = tuple(seen[seen.index(state) :]) if state in seen else ()
    last = seen[-1]
    again = _answers(game, position, rows, last)
    circle = Circle(
        members=members,
        rounds=len(seen),
        residual=sum(a != b for a, b in zip(again, last, strict=True)),
        cycle=cycle if len(cycle) > 1 else (),
        fixed=_fixed(game, position, rows),
    )
    given = rows.union(*(laid.tables[m].fires(k) for m, k in zip(members, last, strict=True)))
    after = _solved(game, position + 1, given)
    number = {m: np.array([k]) for m, k in zip(members, last, strict=True)}
    count = {m: _given_others(game, position, rows, last, m).count for m in members}
    return Sequel(
        number={**number, **after.number},
        count={**count, **after.count},
        value=after.value + sum(laid.value(m, number[m]) for m in members),
        settled=after.settled & (circle.residual == 0),
        circles=(circle, *after.circles),
    )


def _given_others(game: _Game, position: int, rows: Rows, state: State, member: int) -> Response:
    members = game.laid.order[position]
    others = [game.laid.tables[m].fires(k) for m, k in zip(members, state, strict=True) if m != member]
    return _response(game, position, member, rows.union(*others))


def _answers(game: _Game, position: int, rows: Rows, state: State) -> State:
    members = game.laid.order[position]
    return tuple(int(_given_others(game, position, rows, state, m).number[0]) for m in members)


def _fixed(game: _Game, position: int, rows: Rows) -> tuple[State, ...] | None:
    """Try every combination of mandates that the tables of a circle can give one another."""
    members = game.laid.order[position]
    given = [(*game.laid.tables[m].fired, game.laid.tables[m].unmoved) for m in members]
    if math.prod(len(g) for g in given) > FIXED_LIMIT:
        return None
    found: set[State] = set()
    for combination in itertools.product(*given):
        state = []
        for m in members:
            others = [fired for o, fired in zip(members, combination, strict=True) if o != m]
            state.append(int(_response(game, position, m, rows.union(*others)).number[0]))
        if all(game.laid.tables[m].fires(k) == fired for m, k, fired in zip(members, state, combination, strict=True)):
            found.add(tuple(state))
    return tuple(sorted(found))


def _one_after_another(parts: list[Sequel]) -> Sequel:
    """Put the draws of circular tables, solved one by one, together again."""
    return Sequel(
        number={t: np.concatenate([p.number[t] for p in parts]) for t in parts[0].number},
        count={t: np.concatenate([p.count[t] for p in parts]) for t in parts[0].count},
        value=np.concatenate([p.value for p in parts]),
        settled=np.concatenate([p.settled for p in parts]),
        circles=tuple(circle for p in parts for circle in p.circles),
    )
