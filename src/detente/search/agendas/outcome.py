"""What comes of one agenda at one table: is there a deal, which does the Nash product choose, who stands in the way?

A deal is a package that the rule of the table carries; where that is not everybody's consent, the one chosen is what
most of those who bargain accept, and of several the one with the greatest product of the gains of these.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Int

from detente.boards.agendas import Modes, with_modes
from detente.boards.deal_board import Deals
from detente.boards.staged import with_status_quo
from detente.search.packages.choice import choose
from detente.search.packages.consent import by_votes, carrying
from detente.search.packages.optimum import optimum
from detente.search.packages.reach import reach, spared
from detente.search.packages.refusals import Refusal, minimal_refusals
from detente.search.packages.solutions import carried
from detente.search.packages.space import LIMIT, Space, admissible_count, space
from detente.search.packages.tally import tally
from detente.search.packages.terms import terms
from detente.search.packages.worth import in_draws, worth

FIXED, REOPENED = "fixed", "reopened"
LATER = (FIXED, REOPENED)
SETTLING = frozenset({"in", "option", "precondition"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one agenda leads to.

    ===========  ================  =====================================================================
    packages     a number          what the agenda leaves open and changes something
    admissible   *draw             of these, what no red line excludes
    acceptable   *draw             of these, the ones that those carry who gain no less than nothing: the deals
    feasible     *draw             whether there is a deal
    chosen       *draw issue       the choice; the status quo where there is no deal
    tied         *draw             packages that are as good
    gains        *draw party       at the choice, basis points; 0 where there is no deal
    ends         *draw party       whether some listing cost would end the talks that go on without it; never that
                                   of a party whose consent the rule can do without
    ends_at      *draw party       above this one they end; 0 where `ends` is false
    ===========  ================  =====================================================================

    `blocked` holds every minimal set of refusals that, set aside together, would open a deal, shortest first; empty
    where there is a deal, where no package at all is on this agenda, and over draws. Where there are too many packages
    to look at each, `counted` is false: the choice is still exact, but `acceptable` is an estimate from a sample, and
    ties are not counted (0).
    """

    table: str
    parties: tuple[str, ...]
    counted: bool
    packages: int
    admissible: Int[np.ndarray, "*draw"]
    acceptable: Int[np.ndarray, "*draw"]
    feasible: Bool[np.ndarray, "*draw"]
    chosen: Int[np.ndarray, "*draw issue"]
    tied: Int[np.ndarray, "*draw"]
    gains: Int[np.ndarray, "*draw party"]
    ends: Bool[np.ndarray, "*draw party"]
    ends_at: Int[np.ndarray, "*draw party"]
    blocked: tuple[tuple[Refusal, ...], ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What an outcome needs of a pass over all packages, or of a search that does without one."""

    acceptable: Int[np.ndarray, "*draw"]
    found: Bool[np.ndarray, "*draw"]
    chosen: Int[np.ndarray, "*draw issue"]
    tied: Int[np.ndarray, "*draw"]
    gains: Int[np.ndarray, "*draw party"]
    reachable: Bool[np.ndarray, "*draw party"]
    spared: Bool[np.ndarray, "*draw party"]
    reach: Int[np.ndarray, "*draw party"]


def outcome(deals: Deals, *, added: Sequence[str] = (), limit: int = LIMIT) -> Outcome:
    """What does the agenda that is set on this board lead to?

    The listing cost that ends the talks is that of the `added` issues together, as far as they are listed. One case
    with more packages than `limit` is searched without looking at each.

    Raises AnalysisError where there are more packages x draws than `limit`.

    >>> from detente.boards.scored import scored
    >>> board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    >>> outcome(board).gains
    array([20, 50])
    """
    laid, opened = space(deals), space(deals, red_lines=False)
    whole = bool(deals.draws) or laid.size <= limit
    choice = _passed(laid, limit) if whole else _searched(deals)
    new = [i for i in (deals.issues.index(issue) for issue in added) if deals.listed[i]]
    ends_at = choice.reach + deals.listing_cost[..., new].sum(axis=-1)
    ends = choice.reachable & ~choice.spared & (ends_at >= 0) & bool(new)
    stuck = not deals.draws and not choice.found.any() and opened.size > (opened.unchanged is not None)
    return Outcome(
        table=deals.table,
        parties=deals.parties,
        counted=whole,
        packages=opened.size - (opened.unchanged is not None),
        admissible=admissible_count(deals),
        acceptable=choice.acceptable,
        feasible=choice.found,
        chosen=choice.chosen,
        tied=choice.tied,
        gains=choice.gains,
        ends=ends,
        ends_at=np.where(ends, ends_at, 0),
        blocked=minimal_refusals(deals, limit=limit) if stuck else (),
    )


def _passed(laid: Space, limit: int) -> _Found:
    """Look at every package."""
    seen = choose(laid, limit=limit)
    return _Found(
        acceptable=seen.acceptable,
        found=seen.found,
        chosen=seen.chosen,
        tied=seen.tied,
        gains=seen.gains,
        reachable=seen.reachable,
        spared=seen.spared,
        reach=seen.reach,
    )


def _searched(deals: Deals) -> _Found:
    """Find the choice and each party's reach by search, and estimate how many deals there are."""
    held = terms(deals)
    counts = tally(held)
    best = carried(held, deals.rule, counts) if by_votes(deals) else optimum(held, "nash")
    far = [reach(held, p) for p in range(held.consenting)]
    share = counts.interval(carrying(deals))[0]
    none = np.zeros(held.consenting, dtype=np.int64)
    return _Found(
        acceptable=np.array(max(round(share * held.changes), int(best.found)), dtype=np.int64),
        found=np.array(best.found),
        chosen=np.array(best.package if best.found else deals.status_quo, dtype=np.int64),
        tied=np.array(0, dtype=np.int64),
        gains=np.array(best.gains[: held.consenting], dtype=np.int64) if best.found else none,
        reachable=np.array([r is not None for r in far]),
        spared=np.array([spared(held, p) for p in range(held.consenting)]),
        reach=np.array([0 if r is None else r.value for r in far], dtype=np.int64),
    )


def second(deals: Deals, first: Outcome, *, base: Modes, later: Sequence[str], reading: str) -> Outcome:
    """What does a second package add, once the first is banked and stays if nothing more is agreed?

    With the `reading` "fixed" the first deal stands and the later issues are options; with "reopened" the issues of the
    first agenda may be moved again too, the first deal being what every party falls back on. Gains are beyond the first
    deal. Without a first deal no second one can start.
    """
    count = len(deals.issues)
    packages, started = first.chosen.reshape(-1, count), first.feasible.reshape(-1)
    found = []
    for package in np.unique(packages[started], axis=0):
        rows = np.flatnonzero(started & (packages == package).all(axis=1))
        board = with_status_quo(in_draws(deals, rows), package.tolist())
        found.append((rows, outcome(second_agenda(board, base=base, later=later, reading=reading), added=later)))
    return _joined(deals, first, found)


def second_agenda(deals: Deals, *, base: Modes, later: Sequence[str], reading: str) -> Deals:
    """Set the agenda of a second package; what the first agenda cost to list is paid and does not count again."""
    again = {issue: _again(stands) for issue, stands in base.items() if stands[0] in SETTLING}
    board = with_modes(deals, {**(again if reading == REOPENED else {}), **{i: ("option", None) for i in later}})
    return replace(board, listed=tuple(issue in later for issue in deals.issues))


def _again(stands: tuple[str, str | None]) -> tuple[str, str | None]:
    """A precondition still binds when its issue is reopened; what had to be settled has been."""
    return stands if stands[0] == "precondition" else ("option", None)


def _joined(deals: Deals, first: Outcome, found: list[tuple[Int[np.ndarray, " _row"], Outcome]]) -> Outcome:
    """Put the draws together again; where no second package could start, the first table's choice stands."""
    if not deals.draws and found:
        return found[0][1]
    size = first.feasible.size
    parties, issues = len(deals.parties), len(deals.issues)
    whole = {
        "admissible": np.zeros(size, dtype=np.int64),
        "acceptable": np.zeros(size, dtype=np.int64),
        "feasible": np.zeros(size, dtype=bool),
        "chosen": first.chosen.reshape(size, issues).copy(),
        "tied": np.zeros(size, dtype=np.int64),
        "gains": np.zeros((size, parties), dtype=np.int64),
        "ends": np.zeros((size, parties), dtype=bool),
        "ends_at": np.zeros((size, parties), dtype=np.int64),
    }
    for rows, part in found:
        for name, array in whole.items():
            array[rows] = getattr(part, name)
    shaped = {name: array.reshape((*deals.draws, *array.shape[1:])) for name, array in whole.items()}
    packages = max((part.packages for _, part in found), default=0)
    return Outcome(table=deals.table, parties=deals.parties, counted=True, packages=packages, blocked=(), **shaped)


def own_table(deals: Deals, issues: Sequence[str]) -> Deals:
    """Set the agenda of a table at which the same parties settle only these issues.

    Without a deal there, these issues stay where they are: what the parties have without a deal at the first table is
    not at stake, and nobody watches or ratifies.
    """
    now = np.broadcast_to(np.array(deals.status_quo, dtype=np.int64), (*deals.draws, len(deals.issues)))
    apart = replace(deals, no_deal=worth(deals, now), no_deal_kind="status-quo", watchers=None)
    return with_modes(apart, {issue: ("option", None) for issue in issues})


def beyond_both(
    deals: Deals, one: Int[np.ndarray, "*draw issue"], other: Int[np.ndarray, "*draw issue"]
) -> Int[np.ndarray, "*draw party"]:
    """What is it worth beyond each alone that two packages on different issues of one board stand together?

    That is what interactions between an issue of the one and an issue of the other are worth, which neither of the two
    tables weighs.
    """
    now = np.broadcast_to(np.array(deals.status_quo, dtype=np.int64), one.shape)
    both = np.where(one == now, other, one)
    return np.asarray(worth(deals, both) - worth(deals, one) - worth(deals, other) + worth(deals, now))
