"""Which single change of a red line, of a level or of the agenda opens a deal, and what would payments do?

Each change is made on the board, all else left as it is, and the board is asked anew whether there is a deal; of
several the package is told that leaves the worst-off of those who must accept it most.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from detente.boards.deal_board import Deals
from detente.search.packages.consent import admitted as lines_leave
from detente.search.packages.consent import needed, red_lines, without_lines
from detente.search.packages.reach import Reach, paid, widest
from detente.search.packages.refusals import crossing
from detente.search.packages.terms import terms


@dataclass(frozen=True, slots=True)
class Opened:
    """A package that a change opens: option indices, and what it gains every party, its own concessions not made up."""

    package: tuple[int, ...]
    gains: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Parties whose red lines together leave no level of an issue that the agenda wants settled."""

    issue: str
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What a red line does: whether a deal comes when it alone goes, and to which level it must move at least."""

    party: str
    issue: str
    opens: bool
    option: int | None
    opened: Opened | None


@dataclass(frozen=True, slots=True)
class Admitted:
    """A level that red lines of `parties`, or the agenda, exclude: whether a deal comes when it alone is admitted."""

    issue: str
    option: int
    parties: tuple[str, ...]
    by_agenda: bool
    opens: bool
    opened: Opened | None


@dataclass(frozen=True, slots=True)
class Added:
    """An issue that is left out: whether a deal comes when it is added as an option, its listing costs paid."""

    issue: str
    opens: bool
    opened: Opened | None


@dataclass(frozen=True, slots=True)
class Payment:
    """The smallest payment from one party to another that opens a deal, one point being worth the same to both.

    The giver must not lose by what it pays, also where the rule of the table could do without its consent: nobody pays
    for a deal that leaves it worse off than none. Of the others only those are asked that carry the deal.
    """

    giver: str
    taker: str
    amount: int
    opened: Opened


def opened(found: Reach | None) -> Opened | None:
    """Return the package of a search for its greatest least gain, where it is a deal."""
    return Opened(found.package, found.gains) if found is not None and found.value >= 0 else None


def contradictions(deals: Deals) -> tuple[Contradiction, ...]:
    """For each issue of which red lines leave no level: which parties, and nobody of them less, exclude them all?"""
    found = []
    for i, issue in enumerate(deals.issues):
        excluded = ~lines_leave(deals, i)[:, deals.open[i]]
        if not excluded.shape[1] or not excluded.any(axis=0).all():
            continue
        for mask in crossing(_mask(column) for column in excluded.T.tolist()):
            found.append(Contradiction(issue, tuple(name for p, name in enumerate(needed(deals)) if mask >> p & 1)))
    return tuple(found)


def _mask(bits: list[bool]) -> int:
    return sum(1 << p for p, yes in enumerate(bits) if yes)


def lines(deals: Deals) -> tuple[Line, ...]:
    """What does each red line do alone: drop it, and then move it level by level?"""
    return tuple(_line(deals, p, i) for p, i in red_lines(deals))


def _line(deals: Deals, p: int, i: int) -> Line:
    dropped = without_lines(deals, [(p, i)])
    opens = opened(widest(terms(dropped))) is not None
    # There is no deal with the line, so that the first level beyond it with a deal is where it must move to.
    for option in _beyond(deals, p, i) if opens else ():
        found = opened(widest(terms(_at_level(dropped, i, option))))
        if found is not None:
            return Line(needed(deals)[p], deals.issues[i], True, option, found)
    return Line(needed(deals)[p], deals.issues[i], False, None, None)


def _beyond(deals: Deals, p: int, i: int) -> list[int]:
    """Return the open levels a red line excludes, nearest to what it admits first (nothing: to the status quo)."""
    at, kept = deals.levels[i], lines_leave(deals, i)[p]
    home = at[kept] if kept.any() else at[[deals.status_quo[i]]]
    away = np.abs(at[:, None] - home).min(axis=1)
    out = np.flatnonzero(deals.open[i] & ~kept).tolist()
    return sorted(out, key=lambda option: (float(away[option]), option))


def _at_level(deals: Deals, i: int, option: int) -> Deals:
    """Return the agenda with an issue open at one level only."""
    only = np.arange(deals.levels[i].size) == option
    return replace(deals, open=tuple(only if j == i else levels for j, levels in enumerate(deals.open)))


def admitted(deals: Deals) -> tuple[Admitted, ...]:
    """What would each level of the agenda's issues do that red lines or the agenda exclude, if it were admitted?"""
    return tuple(_admitted(deals, i, option) for i, option in _excluded(deals))


def _excluded(deals: Deals) -> Iterator[tuple[int, int]]:
    for i in range(len(deals.issues)):
        if i not in _left_out(deals):
            allowed = deals.open[i] & lines_leave(deals, i).all(axis=0)
            yield from ((i, int(option)) for option in np.flatnonzero(~allowed))


def _admitted(deals: Deals, i: int, option: int) -> Admitted:
    barring = np.flatnonzero(~lines_leave(deals, i)[:, option]).tolist()
    found = opened(widest(terms(_at_level(without_lines(deals, [(p, i) for p in barring]), i, option))))
    return Admitted(
        issue=deals.issues[i],
        option=option,
        parties=tuple(needed(deals)[p] for p in barring),
        by_agenda=not deals.open[i][option],
        opens=found is not None,
        opened=found,
    )


def _left_out(deals: Deals) -> list[int]:
    """Which issues are off the agenda: nothing but the status quo is open?"""
    only = [np.flatnonzero(levels).tolist() for levels in deals.open]
    return [i for i, now in enumerate(deals.status_quo) if only[i] == [now]]


def added(deals: Deals) -> tuple[Added, ...]:
    """What would each issue do that is left out, if it were an option: any level, its listing costs paid?"""
    return tuple(_added(deals, i) for i in _left_out(deals))


def _added(deals: Deals, i: int) -> Added:
    wider = replace(
        deals,
        open=tuple(np.ones_like(at) if j == i else at for j, at in enumerate(deals.open)),
        spared=tuple(j == i or spared for j, spared in enumerate(deals.spared)),
        listed=tuple(j == i or listed for j, listed in enumerate(deals.listed)),
    )
    found = opened(widest(terms(wider)))
    return Added(deals.issues[i], found is not None, found)


def payments(deals: Deals) -> tuple[Payment, ...]:
    """Which payment from one party to another opens a deal, the smallest first? Points of both are worth the same."""
    count = range(len(deals.parties))
    pairs = [(giver, taker, paid(deals, giver, taker)) for giver in count for taker in count if giver != taker]
    found = [
        Payment(deals.parties[giver], deals.parties[taker], -best.value, Opened(best.package, best.gains))
        for giver, taker, best in pairs
        if best is not None
    ]
    return tuple(sorted(found, key=lambda pay: (pay.amount, pay.giver, pay.taker)))
