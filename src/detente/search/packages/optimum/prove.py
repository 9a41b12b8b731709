"""How is the best package of a table found, and proved to be it, without looking at every one?

Weights bound what any package is worth; a climb from what is best under them gives a package to beat; and what the
bound does not rule out is looked at. Where few packages come near the bound, as in large spaces, that is little.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Protocol, runtime_checkable

import numpy as np
from jaxtyping import Int

from detente.search.packages.optimum.aims import Search
from detente.search.packages.optimum.climb import Held, better, climbed, held
from detente.search.packages.optimum.cuts import Cut, cut
from detente.search.packages.optimum.fold import Grid, Sums, crossed, folded, grid, thinned
from detente.search.packages.optimum.weigh import weigh

FEW = 8_000  # packages that are quicker looked at than ruled out by better weights
FEWER = 0.7  # where less than that share of packages is left by better weights, still better ones are worth it
MANY = 100_000  # packages of equal worth that are looked for once the best is known
CUTS = 3  # that are kept: the last, and best, ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What is left to look at, and what is known about the rest.

    ========  ============================================================================
    held      the best package seen so far; None where none gives everybody the least
    choices   packages, as choices: all that are as good as the best, and some others
    counted   whether they are all there
    bound     what no package is worth more than, by the best cut, as it is compared
    looked    sums that were formed
    stopped   whether the search ended early, at a package good enough
    ========  ============================================================================
    """

    held: Held | None
    choices: Int[np.ndarray, "package cluster"]
    counted: bool
    bound: int | Fraction | None
    looked: int
    stopped: bool = False


@runtime_checkable
class Solve(Protocol):
    """A way to search: for the best package, or for one worth `enough`, as it is compared."""

    def __call__(self, search: Search, enough: int | None) -> Proof:
        """Search; `held` is None exactly where no package gives everybody the least."""
        ...


def proved(search: Search, enough: int | None, *, method: str) -> Proof:
    """Rule out all packages but a few, or stop at one that is good enough; `enough` as it is compared."""
    best: Held | None = None
    cuts: list[Cut] = []
    digits: tuple[int, ...] = (0,) * len(search.terms.tables)
    seen: tuple[int, ...] = ()
    size = search.terms.size
    for weighed in weigh(search):
        cuts = [*cuts, cut(search, weighed.weights)][-CUTS:]
        digits = tuple(weighed.digits.tolist())
        if digits != seen:
            best, seen = better(best, climbed(search, digits, weighed.weights)), digits
        if _enough(best, enough):
            return _stopped(search, cuts, best)
        goal = _goal(best, enough)
        before, size = size, size if goal is None else thinned(grid(search, cuts, goal)).size
        if size <= FEW or FEWER * before < size < search.terms.size:
            break
    if best is None:
        weights = cuts[-1].weights.astype(np.float64) if cuts else np.zeros(len(search.terms.parties))
        best = climbed(search, digits, weights)
    if best is None and search.must:
        best = _content(search, cuts, method=method)
    if best is None or _enough(best, enough):
        return _stopped(search, cuts, best)
    return _ruled_out(search, cuts, best, method=method, enough=enough)


def _enough(best: Held | None, enough: int | None) -> bool:
    return best is not None and enough is not None and best.key[1] >= enough


def _goal(best: Held | None, enough: int | None) -> int | Fraction | None:
    if enough is not None:
        return enough
    return None if best is None else best.key[1]


def _bound(search: Search, cuts: Sequence[Cut]) -> int | Fraction | None:
    """Return the least of what the cuts say that no package exceeds."""
    terms = search.terms
    bounds = []
    for c in cuts:
        total = sum(int((c.weights @ t).max()) for t in terms.tables) - int(c.weights @ terms.floor)
        bounds.append(c.most(search, total))
    return min(bounds, default=None)


def _stopped(search: Search, cuts: Sequence[Cut], best: Held | None) -> Proof:
    return Proof(
        held=best,
        choices=_alone(search, best),
        counted=best is None,
        bound=_bound(search, cuts),
        looked=len(cuts),
        stopped=best is not None,
    )


def _alone(search: Search, best: Held | None) -> Int[np.ndarray, "package cluster"]:
    rows = [] if best is None else [best.choices]
    return np.array(rows, dtype=np.int64).reshape(len(rows), len(search.terms.tables))


def _content(search: Search, cuts: Sequence[Cut], *, method: str) -> Held | None:
    """Find any package that gives everybody the least: the one that leaves the worst-off most, if that is enough."""
    terms = search.terms
    floor = terms.floor.copy()
    floor[list(search.must)] += np.array(search.least, dtype=np.int64)
    easier = Search(
        terms=replace(terms, floor=floor),
        aim="least",
        over=search.must,
        scale=(1,) * len(search.must),
        weights=(1,) * len(search.must),
        must=(),
        least=(),
    )
    found = proved(easier, 0, method=method)
    best = _best(easier, found.choices, found.held)
    if best is None or best.key[1] < 0:
        return None
    return climbed(search, best.choices, cuts[-1].weights.astype(np.float64)) if cuts else held(search, best.choices)


def _best(search: Search, choices: Int[np.ndarray, "package cluster"], best: Held | None) -> Held | None:
    """Return the best of some packages, or the one given where none is better."""
    if not len(choices):
        return best
    terms = search.terms
    gains = sum((t[:, choices[:, j]] for j, t in enumerate(terms.tables)), start=-terms.floor[:, None])
    fine = np.flatnonzero(search.content(gains))
    keys = search.near(gains[:, fine])
    for at in fine[np.argsort(-keys, kind="stable")[:2]]:  # the very best may be the package that changes nothing
        best = better(best, held(search, tuple(choices[at].tolist())))
    return best


def _ruled_out(search: Search, cuts: Sequence[Cut], best: Held, *, method: str, enough: int | None) -> Proof:
    """Look at what no cut rules out; where that is too much, at the most promising, and raise the goal by it."""
    bound, looked, beyond = _bound(search, cuts), 0, False
    while True:
        goal = best.key[1] if enough is None else enough
        laid = thinned(grid(search, cuts, goal, beyond=beyond))
        proved_best = enough is None and bound is not None and bound <= goal
        if not laid.size or (proved_best and laid.size > MANY):
            return Proof(held=best, choices=_alone(search, best), counted=False, bound=bound, looked=looked)
        sums = _narrowed(search, laid, method, first=True)
        looked += sums.looked
        if sums.dropped != "weaker":
            break
        raised = _best(search, sums.choices, best) or best
        stuck, best = raised.key == best.key, raised
        if _enough(best, enough):
            return replace(_stopped(search, cuts, best), looked=looked)
        if stuck and (beyond or enough is not None):
            sums = _narrowed(search, laid, method, first=False)
            looked += sums.looked
            break
        beyond = stuck
    counted = sums.dropped == "nothing" and (not beyond or len(sums.choices) > 0)
    return Proof(held=best, choices=sums.choices, counted=counted, bound=bound, looked=looked)


def _narrowed(search: Search, laid: Grid, method: str, *, first: bool) -> Sums:
    unchanged = search.terms.unchanged
    if method == "halves" or (method == "auto" and not first):
        return crossed(laid, unchanged)
    return folded(laid, unchanged, over="weaker" if first else "dominated")
