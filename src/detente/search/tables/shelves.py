"""Which packages does each linked table have, what do they gain for everybody concerned, and what do they mandate?

Packages are listed once, in the order of their option indices, so that the first of equals is the same everywhere. A
*row* is one consequence of a mandate: the first numbers are the bindings of the board, the others say of each mandate
that nothing may be agreed at the table it binds.
"""

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Int

from detente.boards.deal_board import Deals
from detente.boards.linked import Interest, Tables
from detente.errors import AnalysisError
from detente.search.packages.optimum import Aim, optimum
from detente.search.packages.space import allowed_levels
from detente.search.packages.terms import terms
from detente.search.tables.acceptance import Needed, approval

PACKAGES = 1 << 20  # of one table, times draws, that are listed
AIMS: dict[str, Aim] = {"nash": "nash", "egalitarian": "least"}  # what an exact search calls a rule of choice
READINGS = ("status_quo", "no_deal")
Rows = frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The packages of one table.

    ==========  =====================  ======================================================================
    options     package issue          option indices, ascending
    gains       draw concerned package basis points beyond no deal at this table
    fine        draw package           the agenda leaves it open, no red line excludes it, it is a change
    group       package                packages that give the same mandates have the same number
    fired       per group              the rows they set off
    unmoved     -                      the rows that are set off where there is no deal
    who         concerned              index among everybody at all tables; those that consent come first
    ==========  =====================  ======================================================================

    `listed` is false for a table with too many packages to list: its options are then the best package under each set
    of mandates that it might get, each found by an exact search.
    """

    options: Int[np.ndarray, "package issue"]
    gains: Int[np.ndarray, "draw concerned package"]
    fine: Bool[np.ndarray, "draw package"]
    group: Int[np.ndarray, " package"]
    fired: tuple[Rows, ...]
    unmoved: Rows
    who: Int[np.ndarray, " concerned"]
    no_deal: Int[np.ndarray, "draw concerned"]
    consenting: int
    needed: Needed
    listed: bool

    def fires(self, number: int) -> Rows:
        """Return the rows that a package sets off, or no deal: -1."""
        return self.unmoved if number < 0 else self.fired[int(self.group[number])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelves:
    """The packages of all tables, the rows of their mandates and whom those bind.

    `binds` has per row the table it binds, `order` the tables in groups, mandating ones first, `reach` per table those
    that its deal bears on, itself included.
    """

    board: Tables
    tables: tuple[Shelf, ...]
    binds: tuple[int, ...]
    order: tuple[tuple[int, ...], ...]
    reach: tuple[frozenset[int], ...]
    people: tuple[str, ...]
    draws: int
    rows: slice

    def ahead(self, row: int, position: int) -> bool:
        """Return whether a row binds a table of this group or of one that comes after it."""
        return any(self.binds[row] in group for group in self.order[position:])

    def allowed(self, table: int, rows: Rows) -> Bool[np.ndarray, "draw package"]:
        """Return which packages of a table the mandates leave open."""
        shelf = self.tables[table]
        left = np.ones(shelf.fine.shape, dtype=bool)
        for row in rows:
            if self.binds[row] != table:
                continue
            if row >= len(self.board.bindings):
                return np.zeros(shelf.fine.shape, dtype=bool)
            binding = self.board.bindings[row]
            levels = binding.allowed if not self.board.draws else binding.allowed[self.rows]
            left &= np.broadcast_to(levels[..., shelf.options[:, binding.of]], left.shape)
        return left

    def value(self, table: int, number: Int[np.ndarray, " draw"]) -> Int[np.ndarray, "draw person"]:
        """Return what everybody has at a table once this is agreed: the no-deal value and the gain."""
        shelf = self.tables[table]
        worth = np.zeros((self.draws, len(self.people)), dtype=np.int64)
        worth[:, shelf.who] = shelf.no_deal
        agreed = np.flatnonzero(number >= 0)
        if agreed.size:
            worth[np.ix_(agreed, shelf.who)] += shelf.gains[agreed, :, number[agreed]]
        return worth


def shelves(
    board: Tables,
    *,
    rule: str = "nash",
    without: str = "status_quo",
    closed: Iterable[int] = (),
    draws: slice = slice(None),
    bind: bool = True,
) -> Shelves:
    """List the packages of linked tables, and what each mandates; `bind=False` passes over all mandates.

    Of a table with too many packages to list, that mandates none and whose parties must all accept, the best packages
    by the `rule` of choice are searched for.

    Raises AnalysisError for an unknown reading of "no deal", and where another table has too many packages to list.
    """
    if without not in READINGS:
        raise AnalysisError(
            f"'{without}' is not a reading of no deal at a mandating table. Choose one of: {', '.join(READINGS)}."
        )
    shut = set(closed)
    count = len(range(board.draws[0])[draws]) if board.draws else 1
    arrows = {(m.mandate, m.bound) for m in board.mandates} if bind else set()
    fires: dict[int, list[Rows]] = {}
    laid: dict[int, Shelf] = {}
    for t in sorted(range(len(board.names)), key=lambda t: (_is_large(board, t, count), t)):
        large = _is_large(board, t, count)
        options = _answers(board, t, rule, fires) if large and t not in shut else _options(board, t, large=large)
        laid[t] = _shelf(board, t, without, draws, options, bind=bind, shut=t in shut)
        fires[t] = [*laid[t].fired, laid[t].unmoved]
    return Shelves(
        board=board,
        tables=tuple(laid[t] for t in range(len(board.names))),
        binds=(*(b.bound for b in board.bindings), *(m.bound for m in board.mandates)),
        order=board.order if bind else tuple((t,) for t in range(len(board.names))),
        reach=_reach(len(board.names), arrows),
        people=board.people,
        draws=count,
        rows=draws,
    )


def largest(board: Tables) -> int:
    """Return how many packages the table with the most of them has."""
    return max(math.prod(max(1, k.size) for k in _kept(deals)) for deals in board.boards)


def _kept(deals: Deals) -> list[Int[np.ndarray, " _kept"]]:
    """Which levels of each issue are possible in some draw?"""
    every = [_fine(deals, i) for i in range(len(deals.issues))]
    return [np.flatnonzero(levels.reshape(-1, levels.shape[-1]).any(axis=0)) for levels in every]


def _reach(count: int, arrows: set[tuple[int, int]]) -> tuple[frozenset[int], ...]:
    reach = [{t} for t in range(count)]
    for _ in range(count):
        for a, b in arrows:
            reach[a] |= reach[b]
    return tuple(frozenset(r) for r in reach)


def _is_large(board: Tables, table: int, draws: int) -> bool:
    return math.prod(k.size for k in _kept(board.boards[table])) * draws > PACKAGES


def _options(board: Tables, table: int, *, large: bool) -> Int[np.ndarray, "package issue"]:
    """List the packages of a table; of a large one that is closed, none."""
    kept = [k[:0] if large else k for k in _kept(board.boards[table])]
    return np.stack([g.reshape(-1) for g in np.meshgrid(*kept, indexing="ij")], axis=1)


def _answers(
    board: Tables, table: int, rule: str, fires: Mapping[int, Sequence[Rows]]
) -> Int[np.ndarray, "package issue"]:
    """Search a large table for the best package under every set of mandates that it might get."""
    _searchable(board, table)
    deals = board.boards[table]
    sources = sorted({m.mandate for m in board.mandates if m.bound == table} & set(fires))
    own = {r for r, b in enumerate(board.bindings) if b.bound == table}
    given = {frozenset().union(*rows) & own for rows in itertools.product(*(fires[s] for s in sources))}
    found = set()
    for rows in given:
        levels = list(deals.open)
        for binding in (board.bindings[r] for r in rows):
            levels[binding.of] = levels[binding.of] & binding.allowed
        best = optimum(terms(replace(deals, open=tuple(levels))), AIMS[rule])
        if best.found:
            found.add(best.package)
    return np.array(sorted(found), dtype=np.int64).reshape(len(found), len(deals.issues))


def _searchable(board: Tables, table: int) -> None:
    deals = board.boards[table]
    size = math.prod(k.size for k in _kept(deals))
    why = ""
    if deals.draws:
        why = "over draws"
    elif any(m.mandate == table for m in board.mandates):
        why = "at a table that mandates others"
    elif any(r.bound == table for r in board.ratifications) or (deals.rule is not None and not deals.rule.unanimous):
        why = "where not just everybody's consent decides"
    if why:
        raise AnalysisError(
            f"Table '{deals.table}' has {size:,} packages; {PACKAGES:,} (times draws) are listed for linked tables, "
            f"and more cannot be searched {why}. Take levels or issues off its agenda, or ask for fewer draws."
        )


def _shelf(  # noqa: PLR0913 - one table, what is asked of it, and its packages
    board: Tables,
    table: int,
    without: str,
    draws: slice,
    options: Int[np.ndarray, "package issue"],
    *,
    bind: bool,
    shut: bool,
) -> Shelf:
    deals, interest = board.boards[table], board.interests[table]
    fine_levels = [_cut(_fine(deals, i), draws, deals.draws) for i in range(len(deals.issues))]
    count = fine_levels[0].shape[0]
    fine = np.ones((count, len(options)), dtype=bool) & ~(options == np.array(deals.status_quo)).all(axis=1)
    for i, levels in enumerate(fine_levels):
        fine &= levels[:, options[:, i]]
    group, fired = _fired(board, table, options) if bind else _fired(board, -1, options)
    return Shelf(
        options=options,
        gains=_gains(interest, deals, options, draws),
        fine=fine & (not shut),
        group=group,
        fired=fired,
        unmoved=_unmoved(board, table, without) if bind else frozenset(),
        who=np.array([board.people.index(p) for p in interest.people]),
        no_deal=_cut(interest.no_deal, draws, deals.draws),
        consenting=len(deals.parties),
        needed=_needed(board, table),
        listed=not _is_large(board, table, count),
    )


def _fine(deals: Deals, issue: int) -> Bool[np.ndarray, "*draw _option"]:
    return allowed_levels(deals, issue)


def _cut(array: np.ndarray, draws: slice, shape: tuple[int, ...]) -> np.ndarray:
    """Give an array its draw axis, and take the draws asked for."""
    return array[draws] if shape else array[None]


def _gains(
    interest: Interest, deals: Deals, options: Int[np.ndarray, "package issue"], draws: slice
) -> Int[np.ndarray, "draw concerned package"]:
    shape = deals.draws
    total = -_cut(interest.floor, draws, shape)[..., None]
    for i, score in enumerate(interest.score):
        total = total + _cut(score, draws, shape)[..., options[:, i]]
    for cross in interest.crosses:
        total = total + _cut(cross.score, draws, shape)[..., options[:, cross.first], options[:, cross.second]]
    return np.asarray(np.broadcast_to(total, (*total.shape[:-1], len(options))))


def _fired(
    board: Tables, table: int, options: Int[np.ndarray, "package issue"]
) -> tuple[Int[np.ndarray, " package"], tuple[Rows, ...]]:
    """Group the packages of a table by the rows they set off."""
    rows = [(r, b) for r, b in enumerate(board.bindings) if b.mandate == table]
    hits = np.array([options[:, b.issue] == b.option for _, b in rows], dtype=bool).reshape(len(rows), len(options))
    kinds, group = np.unique(hits.T, axis=0, return_inverse=True) if rows else (np.zeros((1, 0), bool), 0)
    if not rows:
        return np.zeros(len(options), dtype=np.int64), (frozenset(),) if len(options) else ()
    fired = tuple(frozenset(r for (r, _), hit in zip(rows, kind, strict=True) if hit) for kind in kinds)
    return np.asarray(group, dtype=np.int64).reshape(-1), fired


def _unmoved(board: Tables, table: int, without: str) -> Rows:
    """Which rows are set off where this table has no deal?"""
    now = board.boards[table].status_quo
    stands = {r for r, b in enumerate(board.bindings) if b.mandate == table and now[b.issue] == b.option}
    first = len(board.bindings)
    shuts = {
        first + m
        for m, mandate in enumerate(board.mandates)
        if mandate.mandate == table and (not mandate.rows or without == "no_deal")
    }
    return frozenset(stands | shuts)


def _needed(board: Tables, table: int) -> Needed:
    deals, people = board.boards[table], board.interests[table].people
    watch = deals.watchers
    ratifying = [p for p, yes in zip(watch.parties, watch.ratifies, strict=True) if yes] if watch is not None else []
    return Needed(
        consenting=len(deals.parties),
        rule=deals.rule,
        ratifiers=tuple(people.index(p) for p in ratifying),
        approvals=tuple(approval(people, r.parties, r.rule) for r in board.ratifications if r.bound == table),
    )
