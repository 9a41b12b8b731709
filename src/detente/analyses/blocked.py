r"""Why is there no deal on this agenda, and what is the smallest change that opens one?

    opening     minimal T:  some package k is carried by  { p : g_p(k) >= 0 } and T                          (1)
    blocking    minimal S:  no package is carried when S insist on g_p(k) >= 0 and all others give way       (2)
    room of p   max g_p(k)  over the packages k that all the others p needs accept                           (3)
    together    min sum_p max(0, -g_p(k))      uniform    max min_p g_p(k)                                   (4)

over the packages k that no red line excludes; g_p(k) is what k gains p beyond no deal. Under unanimity a package is
carried by everybody and (2) is a set of parties no package is acceptable to. With red lines among the refusals, T and S
hold parties' values and red lines alike. A party can open a deal alone just when it is in every blocking of values.

Source: Sebenius (1983), "Negotiation arithmetic", International Organization 37(2), for what opens and closes a zone;
Berge (1989), Hypergraphs, for openings as what crosses every blocking; Chinneck (2008), Feasibility and Infeasibility
in Optimization, for the smallest change of an infeasible system. Exact, in whole basis points. It does not say who
ought to give way, nor who will: points of different parties are not compared, but where a sum of concessions or a
payment needs it, and there the answer says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Float

from detente.boards.deal_board import Deals
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.packages.changes import (
    Added,
    Admitted,
    Contradiction,
    Line,
    Opened,
    Payment,
    added,
    admitted,
    contradictions,
    lines,
    payments,
)
from detente.search.packages.consent import by_votes, carriers, red_lines
from detente.search.packages.reach import (
    ALWAYS,
    NEVER,
    Factors,
    Reach,
    cheapest,
    factors,
    options,
    reach,
    richest,
    spared,
    widest,
)
from detente.search.packages.refusals import RED_LINE, SCAN, Refusal, Standoff, standoff
from detente.search.packages.terms import Terms, terms

Reason: TypeAlias = Literal["deal", "no-package", "red-lines", "values"]
TRANSFERS = ("none", "points")


@dataclass(frozen=True, slots=True)
class Room:
    """How far one party's no-deal value can rise before the last deal goes, or must fall for one to come; equation (3).

    `kind` is "can_rise", "must_fall", "never_opens" (the others agree on nothing without it) or "never_closes" (the
    rule can do without it). `by` is how far, in basis points, and `threshold` the no-deal value it then has: there is
    a deal at it and none above it. `opened` is the package at the threshold.
    """

    party: str
    no_deal: int
    kind: str
    by: int | None
    threshold: int | None
    opened: Opened | None


@dataclass(frozen=True, slots=True)
class Joint:
    """What several give together: each party's concession on its no-deal value, and the package that opens.

    `amount` is the sum of the concessions, or for the uniform one the greatest of them, which all are ready to make.
    """

    amount: int
    concessions: tuple[int, ...]
    opened: Opened


@dataclass(frozen=True, slots=True)
class Flip:
    """For which factors on a party's scores of an issue there is a deal, all else as it is; see `Factors`."""

    party: str
    issue: str
    factors: Factors


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """Whether there is a deal, what stands in its way, and which changes open one.

    ==============  ==================  ======================================================================
    levels          per issue: option   in the issue's unit, ascending
    reason          -                   "deal"; "no-package": the agenda leaves none; "red-lines": they exclude
                                        every one; "values": somebody refuses each of the rest
    packages        a number            what the agenda leaves open and changes something
    admissible      a number            of these, what no red line excludes
    empty           issues              on which the agenda leaves no level at all
    contradictions  -                   red lines that leave no level of an issue that must be settled
    coalitions      per coalition       minimal blockings of values, red lines binding, equation (2); one of
                                        nobody where no package is left to accept
    blockings       per blocking        the same with each red line a refusal of its own
    openings        per opening         minimal sets of refusals to set aside, equation (1), shortest first
    complete        yes or no           whether all of these are listed; else only the shortest
    fewest_lines    refusals            the smallest set of red lines whose dropping opens; None: no such
    room            per party           equation (3), one party at a time
    together        -                   the cheapest concessions in all, equation (4); None where nobody blocks
    uniform         -                   the smallest concession that, made by all, opens
    lines           per red line        what dropping or moving it alone does
    admitted        per excluded level  what admitting it alone does
    added           per issue left out  what adding it as an option does
    payments        per pair            smallest first; only where points are taken as comparable
    surplus         a number            the greatest sum of gains: below 0, no payments open a deal; else None
    flips           party x issue       where a deal comes or goes as one weight alone changes
    ==============  ==================  ======================================================================

    Parties are those that bargain, then those that ratify; packages are option indices, amounts basis points.
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    levels: tuple[Float[np.ndarray, " _option"], ...]
    reason: Reason
    packages: int
    admissible: int
    empty: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    coalitions: tuple[tuple[str, ...], ...]
    blockings: tuple[tuple[Refusal, ...], ...]
    openings: tuple[tuple[Refusal, ...], ...]
    complete: bool
    fewest_lines: tuple[Refusal, ...] | None
    room: tuple[Room, ...]
    together: Joint | None
    uniform: Joint | None
    lines: tuple[Line, ...]
    admitted: tuple[Admitted, ...]
    added: tuple[Added, ...]
    payments: tuple[Payment, ...]
    surplus: int | None
    flips: tuple[Flip, ...]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate

    @property
    def is_blocked(self) -> bool:
        """Whether there is no deal."""
        return self.reason != "deal"

    @property
    def alone(self) -> tuple[Room, ...]:
        """Who can open a deal alone, by the smallest concession first."""
        able = [r for r in self.room if r.kind == "must_fall"]
        return tuple(sorted(able, key=lambda r: (r.by or 0, r.party)))


def blocked(deals: Deals, *, transfer: str = "none", weights: bool | None = None, limit: int = SCAN) -> Blocked:
    """Find who blocks, and what would have to change for a deal, one change at a time and together.

    With `transfer="points"` payments are looked for, one point of a party being worth one of any other; that is a
    statement of whoever asks. Flip points of `weights` are worked out where it is true, or None and no more than
    `limit` packages. Up to `limit` packages are looked at one by one.

    Raises AnalysisError for a board with draws, or an unknown transfer.

    >>> from detente.boards import scored
    >>> found = blocked(scored({"cap": [[0, 40, -5], [0, -30, 10]]}, parties=("usa", "iran")))
    >>> found.reason, found.coalitions
    ('values', (('usa', 'iran'),))
    >>> [(room.party, room.by, room.opened.gains) for room in found.alone]
    [('usa', 5, (-5, 10)), ('iran', 30, (40, -30))]
    """
    if transfer not in TRANSFERS:
        raise AnalysisError(f"'{transfer}' is no way to compare points. Choose one of: {', '.join(TRANSFERS)}.")
    bound, opened = terms(deals), terms(deals, red_lines=False)
    best = widest(bound)
    reason = _reason(opened, bound, best)
    stuck = reason != "deal"
    values = standoff(deals, lines="keep", limit=limit)
    refusing = standoff(deals, limit=limit) if stuck and red_lines(deals) else values
    swept = bound.size <= limit if weights is None else weights
    room = tuple(_room(bound, p, best) for p in range(len(bound.parties)))
    cheap = cheapest(bound) if stuck else None
    found = Blocked(
        table=deals.table,
        parties=bound.parties,
        issues=deals.issues,
        levels=deals.levels,
        reason=reason,
        packages=opened.changes,
        admissible=bound.changes,
        empty=tuple(i for i, at in zip(deals.issues, deals.open, strict=True) if not at.any()),
        contradictions=contradictions(deals),
        coalitions=tuple(tuple(r.party for r in s) for s in values.blockings),
        blockings=refusing.blockings,
        openings=refusing.openings if stuck else (),
        complete=values.complete and refusing.complete,
        fewest_lines=_fewest_lines(deals, refusing, limit) if stuck else None,
        room=room,
        together=_joint(cheap),
        uniform=_joint(best) if stuck else None,
        lines=lines(deals) if stuck else (),
        admitted=admitted(deals) if stuck else (),
        added=added(deals) if stuck else (),
        payments=payments(deals) if stuck and transfer == "points" else (),
        surplus=_surplus(bound) if stuck and transfer == "points" else None,
        flips=tuple(_flips(bound, room)) if swept else (),
        method="search" if "search" in (values.method, refusing.method) else "scan",
        parameters={"no_deal": deals.no_deal_kind, "transfer": transfer, "rule": _rule(deals), "weights": swept},
        certificate=Certificate(claim="", checked=0, holds=True),
    )
    return replace(found, certificate=_certificate(bound, found))


def _rule(deals: Deals) -> str:
    return "weights" if by_votes(deals) else "unanimity"


def _reason(opened: Terms, bound: Terms, best: Reach | None) -> Reason:
    if not opened.changes:
        return "no-package"
    if best is None:
        return "red-lines"
    return "deal" if best.value >= 0 else "values"


def _room(bound: Terms, p: int, best: Reach | None) -> Room:
    """Find how far one party's no-deal value can move, all others fixed; equation (3)."""
    party, kept = bound.parties[p], _no_deal(bound, p)
    if best is not None and best.value >= 0 and spared(bound, p):
        return Room(party, kept, "never_closes", None, None, None)
    most = reach(bound, p)
    if most is None:
        return Room(party, kept, "never_opens", None, None, None)
    kind = "can_rise" if most.value >= 0 else "must_fall"
    return Room(party, kept, kind, abs(most.value), kept + most.value, Opened(most.package, most.gains))


def _no_deal(bound: Terms, p: int) -> int:
    """Return a party's no-deal value without its listing costs."""
    if p < bound.consenting:
        return int(bound.deals.no_deal[p])
    return int(bound.floor[p])


def _joint(found: Reach | None) -> Joint | None:
    """Say what each of those who must accept a package lacks in it."""
    if found is None:
        return None
    lacks = tuple(max(0, -gain) if p in found.accept else 0 for p, gain in enumerate(found.gains))
    return Joint(-found.value, lacks, Opened(found.package, found.gains))


def _fewest_lines(deals: Deals, refusing: Standoff, limit: int) -> tuple[Refusal, ...] | None:
    asked = refusing if refusing.complete else standoff(deals, values=False, limit=limit, most=1)
    return next((s for s in asked.openings if all(r.reason == RED_LINE for r in s)), None)


def _surplus(bound: Terms) -> int | None:
    best = richest(bound)
    return None if best is None else best.value


def _flips(bound: Terms, room: Sequence[Room]) -> Iterator[Flip]:
    """Sweep the weight of each issue that a party scores and the agenda leaves open."""
    deals = bound.deals
    for p in range(bound.consenting):
        for i, issue in enumerate(deals.issues):
            if deals.score[i][p, options(bound, i)].any():
                settled = {"never_opens": NEVER, "never_closes": ALWAYS}.get(room[p].kind)
                yield Flip(bound.parties[p], issue, factors(bound, p, i) if settled is None else settled)


def _certificate(bound: Terms, found: Blocked) -> Certificate:
    """Is each package told a deal once its change is made, and do just those in every blocking open alone?"""
    told = list(_told(found))
    sets = carriers(bound.deals)
    holds = True
    for opened, gives in told:
        fine = {p for p, gain in enumerate(bound.gains(opened.package) + np.array(gives)) if gain >= 0}
        holds &= tuple(bound.gains(opened.package).tolist()) == opened.gains
        holds &= any(fine.issuperset(who) for who in sets)
    if found.is_blocked and found.complete:
        alone = {room.party for room in found.alone}
        holds &= alone == {p for p in found.parties if all(p in s for s in found.coalitions)}
    return Certificate(claim="every-change-opens", checked=len(told), holds=holds)


def _told(found: Blocked) -> Iterator[tuple[Opened, list[int]]]:
    """List the packages that changes open on this agenda's listing, each with what every party gives or is given."""
    parties = found.parties
    for room in found.room:
        if room.opened is not None and room.by is not None:
            yield (
                room.opened,
                [-min(0, gain) * (p == room.party) for p, gain in zip(parties, room.opened.gains, strict=True)],
            )
    for joint in (found.together, found.uniform):
        if joint is not None:
            yield joint.opened, list(joint.concessions)
    for change in [line.opened for line in found.lines] + [level.opened for level in found.admitted]:
        if change is not None:
            yield change, [0] * len(parties)
    for pay in found.payments:
        yield pay.opened, [pay.amount * ((p == pay.taker) - (p == pay.giver)) for p in parties]
