r"""Is there a package that everybody accepts, whatever the values in the ranges?

    certain    max_k min_p  low_p(k) - floor_p  >= 0        one package, accepted at the least favourable values     (1)
    possible   max_k min_p high_p(k) - floor_p  >= 0        some package, accepted at the most favourable values     (2)

over the packages k whose levels no red line excludes, taken at its strictest in (1) and not at all, unless it is
certain, in (2). If (1) holds, that one package is accepted for all values in the ranges; if (2) fails, no package is
accepted for any. In between the answer depends on the values.

Source: worst-case and best-case bounds of interval analysis (Moore 1966, Interval Analysis); the zone of possible
agreement is Raiffa's (1982, The Art and Science of Negotiation). It holds for additive scores. It does not say that
each set of values leaves some package when no single package survives them all, nor that a possible zone is reached
by values that fit together when two parties' scores share an uncertain status quo.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Bool, Int

from detente.boards.deal_board import Deals
from detente.boards.frontier import undominated
from detente.boards.ranges import Box
from detente.boards.results import Certificate, Parameter
from detente.boards.space import allowed_levels
from detente.errors import AnalysisError

SCAN = 1 << 18  # packages up to which a scan of two halves is quicker than a fold
NEVER = -(1 << 40)  # below any gain, and safe to multiply by the sum of the weights
ROUNDS = 60  # of weighing before a fold
WHOLE = 1 << 16  # what the weights of a bound add up to


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """What equations (1) and (2) say.

    `package` is the certain package, else a possible one, as option indices; empty where there is none. The margins
    are the left sides of (1) and (2) in basis points: how much the worst-off party keeps, or lacks; None where red
    lines or the agenda leave no package at all. `low` and `high` are that package's gains per party.
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    verdict: Literal["certain", "possible", "none"]
    package: tuple[int, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]
    certain_margin: int | None
    possible_margin: int | None
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate

    @property
    def certain(self) -> bool:
        """Whether one package is accepted for all values in the ranges."""
        return self.verdict == "certain"

    @property
    def possible(self) -> bool:
        """Whether some package may be accepted for some values."""
        return self.verdict != "none"


def zone(box: Box, *, method: Literal["auto", "scan", "fold"] = "auto") -> Zone:
    """Find out whether a deal is certain, possible or ruled out over all values in the ranges.

    Raises AnalysisError for a board with draws: a box has the whole ranges in it already.

    >>> from detente.boards import scored
    >>> low = scored({"cap": [[0, 10, 5], [0, -10, 0]]}, parties=("usa", "iran"))
    >>> high = scored({"cap": [[0, 40, 20], [0, 5, 0]]}, parties=("usa", "iran"))
    >>> found = zone(Box(low, high))
    >>> found.verdict, found.package, found.certain_margin, found.possible_margin
    ('certain', (2,), 0, 5)
    """
    if box.low.draws:
        raise AnalysisError("A zone is proved over ranges, not over draws. Build the box without draws.")
    sure, may = _best(box.low, method), _best(box.high, method)
    certain = sure.margin is not None and sure.margin >= 0
    possible = may.margin is not None and may.margin >= 0
    package = sure.package if certain else may.package if possible else ()
    low, high = (_gains(side, package) for side in (box.low, box.high))
    holds = min(low) >= 0 if certain else not possible or min(high) >= 0
    return Zone(
        table=box.low.table,
        parties=box.low.parties,
        issues=box.low.issues,
        verdict="certain" if certain else "possible" if possible else "none",
        package=package,
        low=low,
        high=high,
        certain_margin=sure.margin,
        possible_margin=may.margin,
        method=may.method,
        parameters={"no_deal": box.low.no_deal_kind},
        certificate=Certificate(
            claim="the-package-is-accepted" if package else "no-package-is-accepted",
            checked=may.size,
            holds=holds,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Best:
    """The package that leaves the worst-off party most, and how much that is."""

    margin: int | None
    package: tuple[int, ...]
    method: str
    size: int


Tables = list[Int[np.ndarray, "party _kept"]]


def _best(deals: Deals, method: str) -> _Best:
    """Find the package with the greatest least gain: equations (1) and (2) for one side of the box."""
    kept = [np.flatnonzero(allowed_levels(deals, i)) for i in range(len(deals.issues))]
    size = math.prod(k.size for k in kept)
    tables = [score[:, k] for score, k in zip(deals.score, kept, strict=True)]
    now = [int(np.searchsorted(k, q)) if q in k else None for k, q in zip(kept, deals.status_quo, strict=True)]
    chosen = method if method != "auto" else "scan" if size <= SCAN else "fold"
    if size <= (None not in now):
        return _Best(margin=None, package=(), method=chosen, size=size)
    look = _scan if chosen == "scan" else _fold
    margin, digits = look(tables, now, deals.floor())
    package = tuple(int(k[d]) for k, d in zip(kept, digits, strict=True))
    return _Best(margin=margin, package=package, method=chosen, size=size)


def _scan(tables: Tables, now: list[int | None], floor: Int[np.ndarray, " party"]) -> tuple[int, tuple[int, ...]]:
    """Form the sums of two halves and look at every pair."""
    shape = [t.shape[1] for t in tables]
    split = _halfway(shape)
    first, second = _sums(tables[:split], -floor), _sums(tables[split:], np.zeros_like(floor))
    if max(np.abs(first).max(), np.abs(second).max()) < 1 << 29:  # half the memory, half the time
        first, second = first.astype(np.int32), second.astype(np.int32)
    least = first[0][:, None] + second[0]
    for a, b in zip(first[1:], second[1:], strict=True):
        np.minimum(least, a[:, None] + b, out=least)
    flat = least.reshape(-1)
    digits = [q for q in now if q is not None]
    if len(digits) == len(now):
        flat[np.ravel_multi_index(digits, shape)] = np.iinfo(
            flat.dtype
        ).min  # the package that changes nothing is no deal
    at = int(flat.argmax())
    return int(flat[at]), tuple(int(d) for d in np.unravel_index(at, shape))


def _halfway(shape: list[int]) -> int:
    split, size = 0, 1
    while size * size < math.prod(shape):
        size *= shape[split]
        split += 1
    return split


def _sums(tables: Tables, start: Int[np.ndarray, " party"]) -> Int[np.ndarray, "party package"]:
    total = start[:, None]
    for table in tables:
        total = (total[:, :, None] + table[:, None, :]).reshape(len(start), -1)
    return total


def _fold(tables: Tables, now: list[int | None], floor: Int[np.ndarray, " party"]) -> tuple[int, tuple[int, ...]]:
    """Add issue after issue and keep the sums that no other sum dominates and that may still beat the best found.

    A dominated part can be replaced by the one that dominates it, whatever comes after. Packages that change nothing
    so far are kept apart, because the one that never does is no deal.
    """
    found, weights = _found(tables, now, floor)
    changed, traces = np.zeros((len(floor), 0), dtype=np.int64), np.zeros((0, 0), dtype=np.int64)
    same: Int[np.ndarray, "party 1"] | None = -floor[:, None]
    trace = np.zeros((1, 0), dtype=np.int64)
    for j, (table, q) in enumerate(zip(tables, now, strict=True)):
        options = np.arange(table.shape[1])
        sums, paths = [_added(changed, table)], [_extended(traces, options)]
        if same is not None:
            moves = options[options != q] if q is not None else options
            sums.append(_added(same, table[:, moves]))
            paths.append(_extended(trace, moves))
            same = None if q is None else same + table[:, [q]]
            trace = trace if q is None else _extended(trace, options[[q]])
        joined, walked = np.concatenate(sums, axis=1), np.concatenate(paths)
        hopeful = np.flatnonzero(_may_beat(joined, tables[j + 1 :], found.margin, weights))
        joined, walked = joined[:, hopeful], walked[hopeful]
        keep = undominated(joined, ties=False)
        changed, traces = joined[:, keep], walked[keep]
    least = changed.min(axis=0)
    if not least.size or least.max() <= found.margin:
        return found.margin, found.digits
    at = int(least.argmax())
    return int(least[at]), tuple(int(d) for d in traces[at])


@dataclass(frozen=True, slots=True)
class _Found:
    """A package, as digits, and what it leaves the worst-off party."""

    margin: int
    digits: tuple[int, ...]


def _found(
    tables: Tables, now: list[int | None], floor: Int[np.ndarray, " party"]
) -> tuple[_Found, Int[np.ndarray, "bound party"]]:
    """Look for a good package by weighing the parties, the worse off the more; also return weights that bound well.

    For any weights no package's least gain exceeds its weighted mean gain, and the greatest weighted mean is found
    issue by issue. Whole-number weights keep the bound exact.
    """
    parties = len(floor)
    best, mean = _Found(NEVER, ()), np.full(parties, 1.0 / parties)
    tightest, bound = np.ones(parties, dtype=np.int64), np.inf
    scale = max(1, max(int(np.abs(t).max()) for t in tables) * len(tables))
    for step in range(1, ROUNDS + 1):
        weight = np.rint(mean * WHOLE).astype(np.int64)
        values = [weight @ t for t in tables]
        upper = (sum(int(v.max()) for v in values) - int(weight @ floor)) / max(1, int(weight.sum()))
        if upper < bound:
            tightest, bound = weight, upper
        digits = tuple(int(v.argmax()) for v in values)
        gains = sum((t[:, d] for t, d in zip(tables, digits, strict=True)), start=-floor)
        if list(digits) != now and int(gains.min()) > best.margin:
            best = _Found(int(gains.min()), digits)
        mean = mean * np.exp(-gains / scale * 8 / np.sqrt(step))
        mean = mean / mean.sum()
    return best, np.concatenate([tightest[None], np.ones((1, parties), np.int64), np.eye(parties, dtype=np.int64)])


def _may_beat(
    sums: Int[np.ndarray, "party package"], rest: Tables, margin: int, weights: Int[np.ndarray, "bound party"]
) -> Bool[np.ndarray, " package"]:
    """Which parts could still leave the worst-off party more than `margin`, by every bound?"""
    hopeful = np.ones(sums.shape[1], dtype=bool)
    for weight in weights:
        to_come = sum(int((weight @ t).max()) for t in rest)
        hopeful &= weight @ sums + to_come > margin * int(weight.sum())
    return hopeful


def _added(sums: Int[np.ndarray, "party a"], table: Int[np.ndarray, "party b"]) -> Int[np.ndarray, "party ab"]:
    return np.asarray((sums[:, :, None] + table[:, None, :]).reshape(len(sums), -1))


def _extended(traces: Int[np.ndarray, "a issue"], options: Int[np.ndarray, " b"]) -> Int[np.ndarray, "ab longer"]:
    rows, columns = np.repeat(traces, options.size, axis=0), np.tile(options, len(traces))
    return np.concatenate([rows, columns[:, None]], axis=1)


def _gains(deals: Deals, package: tuple[int, ...]) -> tuple[int, ...]:
    """Compute a package's gains anew, from the board alone."""
    if not package:
        return ()
    total = sum((score[:, o] for score, o in zip(deals.score, package, strict=True)), start=-deals.floor())
    return tuple(int(g) for g in total)
