"""What does one package gain, who refuses it and why, and which packages near it would do better?

A board is laid out once, and any of its packages is then judged at once. *Near* is counted in issues that move, and
then in how far they move, as shares of their scales.
"""

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.boards.deal_board import Deals
from detente.errors import AnalysisError
from detente.search.packages.consent import carried, margin
from detente.search.packages.optimum import optimum
from detente.search.packages.reach import widest
from detente.search.packages.solutions import dominating
from detente.search.packages.space import space
from detente.search.packages.stakes import Stakes, stakes
from detente.search.packages.terms import terms

MOST = 100_000  # packages up to which every deal is kept, to be looked through
FAR = 2  # issues that are moved at once, beyond which a larger space is searched for the best instead


@dataclass(frozen=True, slots=True)
class Ground:
    """A board laid out: every deal with what it gains, where `complete`; else none, and deals are found when asked.

    ========  ==============  ======================================
    options   deal issue      option indices
    worth     deal needed     basis points beyond no deal
    ========  ==============  ======================================
    """

    deals: Deals
    held: Stakes
    options: Int[np.ndarray, "deal issue"]
    worth: Int[np.ndarray, "deal needed"]
    complete: bool

    def gains(self, packages: Int[np.ndarray, "package issue"]) -> Int[np.ndarray, "package needed"]:
        """Add up what packages gain everybody."""
        return self.held.gains(np.zeros(len(packages), dtype=np.int64), packages)


@dataclass(frozen=True, slots=True)
class Near:
    """A deal beside a package: which issues move, what it gains everybody, and how much more or less than there.

    `nearest` says that no such deal moves fewer issues; where it is false, the space is too large to tell.
    """

    package: tuple[int, ...]
    moved: tuple[int, ...]
    gains: tuple[int, ...]
    change: tuple[int, ...]
    nearest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One package. Parties are those that bargain, then those that ratify; issues and parties are indices.

    ===========  ===================================================================================
    gains        per party, basis points beyond no deal
    closed       issues at a level that the agenda does not leave open
    crossed      (party, issue): a red line that the package crosses
    losers       who would have less than without a deal
    unchanged    nothing changes: how things stand, and no deal
    is_deal      nothing of all that stands in its way, or the table's rule carries it in spite of the losers
    on_frontier  everybody accepts it, and no other deal is better for one and worse for none
    better       a deal near it that everybody prefers, or that is better for some and worse for none
    unblocked    the nearest deal, where it is none itself
    ===========  ===================================================================================

    `better` and `unblocked` keep the locked issues; `beyond_locks` is what there would be if these moved, too, where
    there is nothing with them.
    """

    package: tuple[int, ...]
    gains: tuple[int, ...]
    closed: tuple[int, ...]
    crossed: tuple[tuple[int, int], ...]
    losers: tuple[int, ...]
    unchanged: bool
    is_deal: bool
    on_frontier: bool
    better: Near | None
    unblocked: Near | None
    beyond_locks: Near | None


def ground(deals: Deals, *, most: int = MOST) -> Ground:
    """Lay a board out; up to `most` packages every deal is kept.

    Raises AnalysisError for a board with draws.
    """
    if deals.draws:
        raise AnalysisError(
            f"A package of table '{deals.table}' is judged in one case, and this board has {deals.draws[0]:,} draws. "
            "Build the board without draws."
        )
    held, laid = stakes(deals), space(deals)
    numbers = np.arange(laid.size if laid.size <= most else 0)
    options = laid.decode(numbers[numbers != laid.unchanged] if laid.unchanged is not None else numbers)
    worth = held.gains(np.zeros(len(options), dtype=np.int64), options)
    fine = carried(deals, worth) if len(options) else np.zeros(0, dtype=bool)
    return Ground(deals, held, options[fine], worth[fine], laid.size <= most)


def judged(on: Ground, package: Sequence[int], *, locked: Collection[int] = ()) -> Judged:
    """Judge a package, given as option indices, and look for deals near it that leave the `locked` issues as they are.

    Raises AnalysisError for what is no package of the board.

    >>> from detente.boards import scored, with_modes
    >>> board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    >>> on = ground(with_modes(board, {"cap": ("option", None), "relief": ("option", None)}))
    >>> found = judged(on, (1, 0))
    >>> found.gains, found.losers, found.unblocked.package
    ((40, -10), (1,), (1, 1))
    >>> judged(on, (1, 0), locked=(1,)).unblocked is None, judged(on, (1, 1)).on_frontier
    (True, True)
    """
    deals, at = on.deals, _checked(on.deals, package)
    gains = on.gains(np.array([at], dtype=np.int64))[0]
    closed = tuple(i for i, x in enumerate(at) if not deals.open[i][x])
    crossed = tuple((int(p), i) for i, x in enumerate(at) for p in np.flatnonzero(~on.held.admits[i][0, :, x]))
    unchanged = at == tuple(deals.status_quo)
    is_deal = not (closed or crossed or unchanged) and bool(carried(deals, gains))
    look = _Look(on, at, gains)
    near = _better(look, locked) if is_deal else _unblocked(look, locked)
    freed = (_better if is_deal else _unblocked)(look, ()) if near is None and locked else None
    return Judged(
        package=at,
        gains=tuple(gains.tolist()),
        closed=closed,
        crossed=crossed,
        losers=tuple(np.flatnonzero(gains < 0).tolist()),
        unchanged=unchanged,
        is_deal=is_deal,
        on_frontier=is_deal and bool((gains >= 0).all()) and near is None and freed is None,
        better=near if is_deal else None,
        unblocked=None if is_deal else near,
        beyond_locks=freed,
    )


def kept(deals: Deals, package: Sequence[int], locked: Collection[int]) -> Deals:
    """Return the board with the locked issues open at their level of a package only."""
    return replace(
        deals,
        open=tuple(at & (np.arange(at.size) == package[i]) if i in locked else at for i, at in enumerate(deals.open)),
    )


def _checked(deals: Deals, package: Sequence[int]) -> tuple[int, ...]:
    sizes = [at.size for at in deals.levels]
    if len(package) != len(sizes) or not all(0 <= x < n for x, n in zip(package, sizes, strict=True)):
        raise AnalysisError(
            f"{tuple(package)} is no package of table '{deals.table}'. Give one option index per issue: "
            + ", ".join(f"{i} (0 to {n - 1})" for i, n in zip(deals.issues, sizes, strict=True))
            + "."
        )
    return tuple(int(x) for x in package)


@dataclass(frozen=True, slots=True)
class _Look:
    """A package and where it is looked at from."""

    on: Ground
    at: tuple[int, ...]
    gains: Int[np.ndarray, " needed"]

    def deals(self, locked: Collection[int]) -> tuple[Int[np.ndarray, "deal issue"], Int[np.ndarray, "deal needed"]]:
        """Return the deals with the locked issues kept: all, or in a large space those that move at most two issues."""
        if not self.on.complete:
            return _moves(self, [i for i in range(len(self.at)) if i not in locked])
        fine = np.ones(len(self.on.options), dtype=bool)
        for i in locked:
            fine &= self.on.options[:, i] == self.at[i]
        fine &= (self.on.options != self.at).any(axis=1)
        return self.on.options[fine], self.on.worth[fine]

    def near(self, package: Sequence[int], *, nearest: bool = True) -> Near:
        """Tell what a deal is beside the package."""
        gains = self.on.gains(np.array([package], dtype=np.int64))[0]
        return Near(
            package=tuple(int(x) for x in package),
            moved=tuple(i for i, (x, y) in enumerate(zip(package, self.at, strict=True)) if x != y),
            gains=tuple(gains.tolist()),
            change=tuple((gains - self.gains).tolist()),
            nearest=nearest,
        )


def _better(look: _Look, locked: Collection[int]) -> Near | None:
    """Find a deal that everybody prefers, else one that is better for some and worse for none; near ones first."""
    options, worth = look.deals(locked)
    heads = look.on.held.bargaining
    change = worth - look.gains
    fine = (change >= 0).all(axis=1) & (change[:, :heads] > 0).any(axis=1)
    if fine.any():
        options, change = options[fine], change[fine]
        least = change[:, :heads].min(axis=1)
        order = np.lexsort((*options.T[::-1], _way(look, options), -least, _moved(look, options), least <= 0))
        return look.near(options[order[0]].tolist())
    if look.on.complete:
        return None
    laid = terms(kept(look.on.deals, look.at, locked))
    if not dominating(laid, look.gains.tolist(), over=range(heads)).value:
        return None
    best = optimum(replace(laid, floor=laid.floor + look.gains), "nash")
    return look.near(best.package, nearest=False) if best.found else None


def _unblocked(look: _Look, locked: Collection[int]) -> Near | None:
    """Find the deal that moves the fewest issues, those the shortest way, and serves the worst-off best."""
    options, worth = look.deals(locked)
    if len(options):
        worst = margin(look.on.deals, worth.T)
        order = np.lexsort((*options.T[::-1], -worst, _way(look, options), _moved(look, options)))
        return look.near(options[order[0]].tolist())
    if look.on.complete:
        return None
    best = widest(terms(kept(look.on.deals, look.at, locked)))
    return look.near(best.package, nearest=False) if best is not None and best.value >= 0 else None


def _moved(look: _Look, options: Int[np.ndarray, "deal issue"]) -> Int[np.ndarray, " deal"]:
    return np.asarray((options != look.at).sum(axis=1))


def _way(look: _Look, options: Int[np.ndarray, "deal issue"]) -> Float[np.ndarray, " deal"]:
    """Add up how far issues move, each as a share of its scale; rounded, so that equal ways are equal."""
    total = np.zeros(len(options))
    for i, (levels, x) in enumerate(zip(look.on.deals.levels, look.at, strict=True)):
        width = float(levels[-1] - levels[0]) or 1.0
        total += np.abs(levels - levels[x])[options[:, i]] / width
    return np.round(total, 9)


def _moves(look: _Look, free: Sequence[int]) -> tuple[Int[np.ndarray, "deal issue"], Int[np.ndarray, "deal needed"]]:
    """Return the deals that one or two free issues lead to."""
    rows = []
    sizes = [levels.size for levels in look.on.deals.levels]
    for group in itertools.chain.from_iterable(itertools.combinations(free, n) for n in range(1, FAR + 1)):
        picks = np.array(list(itertools.product(*(range(sizes[i]) for i in group))), dtype=np.int64)
        made = np.tile(np.array(look.at, dtype=np.int64), (len(picks), 1))
        made[:, list(group)] = picks
        rows.append(made[(picks != [look.at[i] for i in group]).all(axis=1)])
    options = np.concatenate(rows) if rows else np.zeros((0, len(look.at)), dtype=np.int64)
    options = options[_allowed(look.on, options)]
    worth = look.on.gains(options)
    fine = carried(look.on.deals, worth) if len(options) else np.zeros(0, dtype=bool)
    return options[fine], worth[fine]


def _allowed(on: Ground, options: Int[np.ndarray, "package issue"]) -> Bool[np.ndarray, " package"]:
    """Say which packages the agenda leaves open, no red line excludes, and that change something."""
    fine = (options != on.deals.status_quo).any(axis=1)
    for i, (opened, admits) in enumerate(zip(on.deals.open, on.held.admits, strict=True)):
        fine &= (opened & admits[0].all(axis=0))[options[:, i]]
    return np.asarray(fine)
