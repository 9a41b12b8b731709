"""What could each table agree on under every mandate it might get, and what does each mandate lead to?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Int

from detente.search.tables.foreseen import Circle, Foreseen, Response, Sequel
from detente.search.tables.shelves import Rows

LISTED = 64  # deals that are listed under one mandate
PACKAGES = 10_000  # packages of a mandating table that are listed with what they lead to


@dataclass(frozen=True, slots=True)
class Held:
    """What a mandate asks of one issue: to stand at a level at most, or at least."""

    issue: str
    accepts: str
    level: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a table can agree on under one set of mandates.

    `shut` says that nothing may be agreed there. `deals` counts what is carried, `packages` lists the first of them and
    `gains` what each party gains by them there; `package` is the one chosen, empty where there is none.
    """

    table: str
    held: tuple[Held, ...]
    shut: bool
    deals: int
    packages: tuple[tuple[int, ...], ...]
    gains: tuple[tuple[int, ...], ...]
    package: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class After:
    """What another table then agrees on; empty where nothing."""

    table: str
    package: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Induced:
    """One package of a table that mandates others: what follows, and what each of its parties then has in all.

    `package` is empty for no deal. `values` are basis points over this table and all that it leads to, no-deal values
    included; `carried` says whether the table's rule carries the package.
    """

    table: str
    package: tuple[int, ...]
    after: tuple[After, ...]
    values: tuple[int, ...]
    carried: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """How one circle of mandates came to rest, or did not, in one case.

    A state is one package per table, empty for no deal. `residual` counts the tables that would still change their
    deal; `cycle` are the states that recur, `fixed` those in which no table would change; `tried` says whether all
    combinations of mandates were looked through for them.
    """

    tables: tuple[str, ...]
    rounds: int
    residual: int
    cycle: tuple[tuple[tuple[int, ...], ...], ...]
    fixed: tuple[tuple[tuple[int, ...], ...], ...]
    tried: bool


def givens(solved: Foreseen) -> tuple[Given, ...]:
    """What can each bound table agree on, mandate by mandate? One case only: of several draws, the first.

    In the order of the tables, and of the rows that bind them.
    """
    bound = {m.bound for m in solved.shelves.board.mandates}
    found = {(r.table, tuple(sorted(r.rows))): r for r in solved.responses if r.table in bound}
    return tuple(_given(solved, found[key]) for key in sorted(found))


def _given(solved: Foreseen, response: Response) -> Given:
    board, table = solved.shelves.board, response.table
    rows = sorted(r for r in response.rows if solved.shelves.binds[r] == table)
    held = dict.fromkeys(
        Held(board.boards[table].issues[b.of], b.accepts, b.level)
        for b in (board.bindings[r] for r in rows if r < len(board.bindings))
    )
    shelf = solved.shelves.tables[table]
    listed = response.accepted[:LISTED]
    gains = shelf.gains[0][: shelf.consenting, listed].T
    return Given(
        table=board.names[table],
        held=tuple(held),
        shut=any(r >= len(board.bindings) for r in rows),
        deals=int(response.count[0]),
        packages=_options(solved, table, listed.tolist()),
        gains=tuple(tuple(row) for row in gains.tolist()),
        package=_package(solved, table, int(response.number[0])),
    )


def induced(solved: Foreseen) -> tuple[Induced, ...]:
    """What does each package of a mandating table lead to, given what was agreed before it? One case only."""
    board = solved.shelves.board
    mandating = sorted({m.mandate for m in board.mandates})
    return tuple(row for t in mandating for row in _induced(solved, _on_the_way(solved, t)))


def _on_the_way(solved: Foreseen, table: int) -> Response:
    """Find how a table answered the mandates that it did get."""
    laid, number = solved.shelves, solved.sequel.number
    group = next(k for k, tables in enumerate(laid.order) if table in tables)
    before = [t for tables in laid.order[: group + 1] for t in tables if t != table]
    rows: Rows = frozenset().union(*(laid.tables[t].fires(int(number[t][0])) for t in before))
    bearing = frozenset(r for r in rows if laid.binds[r] in laid.reach[table] and laid.ahead(r, group))
    return next(r for r in solved.responses if r.table == table and r.rows == bearing)


def _induced(solved: Foreseen, response: Response) -> list[Induced]:
    laid, table = solved.shelves, response.table
    shelf = laid.tables[table]
    possible = np.flatnonzero(shelf.fine[0] & laid.allowed(table, response.rows)[0])[:PACKAGES]
    carried = set(response.accepted.tolist())
    rows = []
    for k in [-1, *possible.tolist()]:
        after = response.after[int(shelf.group[k]) if k >= 0 else -1]
        worth = laid.value(table, np.array([k]))[0, shelf.who] + _worth_after(solved, table, after)
        rows.append(
            Induced(
                table=laid.board.names[table],
                package=_package(solved, table, k),
                after=_after(solved, table, after),
                values=tuple(worth[: shelf.consenting].tolist()),
                carried=k in carried,
            )
        )
    return rows


def totals(
    solved: Foreseen, table: int
) -> tuple[Int[np.ndarray, "package issue"], Int[np.ndarray, "concerned package"]]:
    """Which packages can a table agree on, and what do they gain everybody concerned, sequel included?

    Given what was agreed before it; beyond no deal at this table. One case only: of several draws, the first.
    """
    response, laid = _on_the_way(solved, table), solved.shelves
    shelf = laid.tables[table]
    possible = np.flatnonzero(shelf.fine[0] & laid.allowed(table, response.rows)[0])
    after = np.stack([_worth_after(solved, table, sequel) for sequel in response.after], axis=-1)
    beyond = after[:, shelf.group[possible]] - after[:, -1:]
    return shelf.options[possible], np.asarray(shelf.gains[0][:, possible] + beyond)


def _worth_after(solved: Foreseen, table: int, sequel: Sequel) -> Int[np.ndarray, " concerned"]:
    """Add up what those at a table have at the tables that it leads to."""
    laid = solved.shelves
    led_to = [t for t in laid.reach[table] if t != table and t in sequel.number]
    total = sum((laid.value(t, sequel.number[t][:1])[0] for t in led_to), start=np.zeros(len(laid.people), np.int64))
    return np.asarray(total[laid.tables[table].who])


def _after(solved: Foreseen, table: int, sequel: Sequel) -> tuple[After, ...]:
    led_to = sorted(t for t in solved.shelves.reach[table] if t != table and t in sequel.number)
    names = solved.shelves.board.names
    return tuple(After(names[t], _package(solved, t, int(sequel.number[t][0]))) for t in led_to)


def capped(solved: Foreseen) -> tuple[str, ...]:
    """Which mandating tables have more packages than are listed? All of them are looked at in any case."""
    board = solved.shelves.board
    mandating = sorted({m.mandate for m in board.mandates})
    return tuple(board.names[t] for t in mandating if int(solved.shelves.tables[t].fine[0].sum()) > PACKAGES)


def rested(solved: Foreseen) -> tuple[Round, ...]:
    """How did each circle of mandates come to rest? One case only."""
    return tuple(_round(solved, circle) for circle in solved.sequel.circles)


def _round(solved: Foreseen, circle: Circle) -> Round:
    def shown(states: tuple[tuple[int, ...], ...]) -> tuple[tuple[tuple[int, ...], ...], ...]:
        return tuple(
            tuple(_package(solved, t, k) for t, k in zip(circle.members, state, strict=True)) for state in states
        )

    return Round(
        tables=tuple(solved.shelves.board.names[t] for t in circle.members),
        rounds=circle.rounds,
        residual=circle.residual,
        cycle=shown(circle.cycle),
        fixed=shown(circle.fixed or ()),
        tried=circle.fixed is not None,
    )


def _options(solved: Foreseen, table: int, numbers: list[int]) -> tuple[tuple[int, ...], ...]:
    return tuple(_package(solved, table, k) for k in numbers)


def _package(solved: Foreseen, table: int, number: int) -> tuple[int, ...]:
    return tuple(solved.shelves.tables[table].options[number].tolist()) if number >= 0 else ()
