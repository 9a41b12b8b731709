r"""How would two parties divide the issues so that both win as much, with at most one issue shared?

Every issue goes to the party that it is worth more points to. Then issues pass from the party that leads to the one
that trails, in the order of

    points of the one that leads / points of the one that trails        smallest first                              (1)

the last of them only in part, until both hold the same number of points. Points are normalised to 100 per party and
kept as exact fractions throughout.

An issue is won when it is settled at the winner's best level. It is worth the difference between winning and losing it:

    stakes (default)   score at one's own best level less score at the other's best level                           (2)
    spread             score at one's best level less score at one's worst                                          (3)

Both are the same where an issue has two levels and each party prefers another one. Equation (3) counts more than is at
stake where the other's best level is not one's own worst, as between two parties that both stand near the middle of a
scale. Under (2) an issue on which both like the same level best has nothing to divide and is settled there; where one
of them likes others as well, the issue is the other's, and counts for it what the worst of those would take from it.

Source: Brams and Taylor (1996), Fair Division: From Cake-Cutting to Dispute Resolution. It holds for two parties,
scores that add up over issues, and issues that can be shared or taken in turns. It does not ask what the parties have
without a deal (`gains` tells), and it takes the points as true: a party that knows the other's can gain by lying.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from jaxtyping import Int

from detente.boards.deal_board import Deals
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.packages.space import allowed_levels

READINGS = ("stakes", "spread")
TIES = ("trailing", "first")

Pair = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Winner:
    """The adjusted winner. Pairs are in the order of `parties`; fractions are exact.

    ==========  ===============  =========================================================================
    found       -                whether there is a division
    reason      -                why there is none: no-level-open, nothing-at-stake; else empty
    of          -                the issues or parties that the reason names
    best        per issue: pair  option index of each party's best level; empty where there is no division
    points      per issue: pair  what the issue is worth to each, of 100
    initial     pair             points held before anything passes over
    order       -                the issues that pass over, in that order
    share       per issue: pair  which part of the issue each party wins; 0 and 0 where nothing is at stake
    split       -                the issue that is shared, else None
    agreed      -                issues at which both have their best at one level: settled there
    totals      pair             points held in the end
    gains       pair             basis points beyond no deal, shared issues counted in proportion
    ==========  ===============  =========================================================================
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    found: bool
    reason: str
    of: tuple[str, ...]
    best: tuple[tuple[int, int], ...]
    points: tuple[Pair, ...]
    initial: Pair
    order: tuple[str, ...]
    share: tuple[Pair, ...]
    split: str | None
    agreed: tuple[str, ...]
    totals: Pair
    gains: Pair
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def winner(deals: Deals, *, ties: str = "trailing", points: str = "stakes") -> Winner:
    """Divide the issues of a table between two parties by adjusted winner.

    `ties` says who first gets an issue that is worth the same to both: the party that trails so far (the second where
    they are level), or the first one. The totals do not depend on it, the shares may. `points` is the reading of an
    issue's worth, equation (2) or (3).

    Raises AnalysisError for more or fewer than two parties, over draws, and where issues interact.

    >>> from detente.boards import scored, with_modes
    >>> board = scored({"land": [[0, 60, 0], [0, 0, 30]], "water": [[0, 40, 0], [0, 0, 70]]}, parties=("up", "down"))
    >>> found = winner(with_modes(board, {"land": ("in", None), "water": ("in", None)}))
    >>> found.split, found.share[1], found.totals
    ('water', (Fraction(1, 11), Fraction(10, 11)), (Fraction(700, 11), Fraction(700, 11)))
    """
    _check(deals, ties, points)
    kept = [np.flatnonzero(allowed_levels(deals, i)) for i in range(len(deals.issues))]
    worth = _worth(deals, kept)
    closed = tuple(name for name, levels in zip(deals.issues, kept, strict=True) if not levels.size)
    if closed:
        return _none(deals, ties, points, ("no-level-open", closed))
    best = tuple(_best(table) for table in worth)
    stakes = [_points(table, at, points) for table, at in zip(worth, best, strict=True)]
    whole = [sum(row[p] for row in stakes) for p in (0, 1)]
    if not all(whole):
        idle = tuple(p for p, most in zip(deals.parties, whole, strict=True) if not most)
        return _none(deals, ties, points, ("nothing-at-stake", idle))
    normal = tuple((Fraction(100 * a, whole[0]), Fraction(100 * b, whole[1])) for a, b in stakes)
    initial, order, share = _divide(normal, ties)
    levels = tuple((int(k[a]), int(k[b])) for k, (a, b) in zip(kept, best, strict=True))
    return Winner(
        table=deals.table,
        parties=deals.parties,
        issues=deals.issues,
        found=True,
        reason="",
        of=(),
        best=levels,
        points=normal,
        initial=initial,
        order=tuple(deals.issues[i] for i in order),
        share=share,
        split=next((name for name, (a, b) in zip(deals.issues, share, strict=True) if a and b), None),
        agreed=tuple(n for n, row, k in zip(deals.issues, normal, kept, strict=True) if not any(row) and k.size > 1),
        totals=_totals(normal, share),
        gains=_gains(deals, worth, best, share),
        method="adjusted winner",
        parameters={"ties": ties, "points": points, "no_deal": deals.no_deal_kind},
        certificate=_certificate(normal, share),
    )


def _check(deals: Deals, ties: str, points: str) -> None:
    if deals.draws:
        raise AnalysisError(
            f"Adjusted winner divides one case, and table '{deals.table}' has draws. Ask for the best values alone."
        )
    if len(deals.parties) != 2:
        raise AnalysisError(
            f"Adjusted winner divides issues between two parties; table '{deals.table}' has {len(deals.parties)}: "
            f"{', '.join(deals.parties)}. Ask for the packages of the table, or name a table of two."
        )
    for name, said, known in (("ties", ties, TIES), ("points", points, READINGS)):
        if said not in known:
            raise AnalysisError(f"Adjusted winner knows no {name} '{said}'. Choose one of: {', '.join(known)}.")


def _worth(deals: Deals, kept: Sequence[Int[np.ndarray, " _kept"]]) -> list[Int[np.ndarray, "party _kept"]]:
    """Return what each level that is left is worth to each party, beside the issues that have one level left."""
    worth = [score[:, levels] for score, levels in zip(deals.score, kept, strict=True)]
    for cross in deals.interactions:
        i, j = cross.first, cross.second
        joint = cross.score[:, kept[i][:, None], kept[j]]
        if joint.shape[2] == 1:
            worth[i] = worth[i] + joint[:, :, 0]
        elif joint.shape[1] == 1:
            worth[j] = worth[j] + joint[:, 0]
        elif joint.any():
            raise AnalysisError(
                f"'{deals.issues[i]}' and '{deals.issues[j]}' of table '{deals.table}' are worth something together, "
                "so that neither can be won alone. Take one of them off the agenda, or make them one issue."
            )
    return worth


def _best(table: Int[np.ndarray, "party _kept"]) -> tuple[int, int]:
    """Return each party's best level; of equally good ones the one that is best for the other party."""
    first, second = (max(range(table.shape[1]), key=lambda k: (table[p, k], table[1 - p, k])) for p in (0, 1))
    return first, second


def _points(table: Int[np.ndarray, "party _kept"], best: tuple[int, int], points: str) -> tuple[int, int]:
    if points == "spread":
        return int(np.ptp(table[0])), int(np.ptp(table[1]))
    if best[0] != best[1]:
        return int(table[0, best[0]] - table[0, best[1]]), int(table[1, best[1]] - table[1, best[0]])
    first, second = (int(table[p].max() - table[p][table[1 - p] == table[1 - p].max()].min()) for p in (0, 1))
    return (0, 0) if first and second else (first, second)


def _divide(points: Sequence[Pair], ties: str) -> tuple[Pair, list[int], tuple[Pair, ...]]:
    """Return the points held at first, the issues that pass over in order, and the shares in the end."""
    held = [Fraction(0), Fraction(0)]
    share: list[Pair] = [(Fraction(0), Fraction(0))] * len(points)
    for i in sorted(range(len(points)), key=lambda i: points[i][0] == points[i][1]):  # tied issues come last
        a, b = points[i]
        if a or b:
            to = _first_holder(points[i], held, ties)
            held[to] += points[i][to]
            share[i] = (Fraction(1 - to), Fraction(to))
    initial = (held[0], held[1])
    leads = 0 if held[0] >= held[1] else 1
    order = []
    for i in sorted((i for i, s in enumerate(share) if s[leads]), key=lambda i: _ratio(points[i], leads)):
        gap = held[leads] - held[1 - leads]
        if not gap:
            break
        part = min(Fraction(1), gap / (points[i][0] + points[i][1]))
        held[leads] -= part * points[i][leads]
        held[1 - leads] += part * points[i][1 - leads]
        share[i] = (1 - part, part) if leads == 0 else (part, 1 - part)
        order.append(i)
    return initial, order, tuple(share)


def _first_holder(points: Pair, held: Sequence[Fraction], ties: str) -> int:
    if points[0] != points[1]:
        return 0 if points[0] > points[1] else 1
    return 0 if ties == "first" or held[0] < held[1] else 1


def _ratio(points: Pair, leads: int) -> tuple[bool, Fraction]:
    """Return equation (1) so that it can be put in order; an issue worth nothing to the other passes over last."""
    given, taken = points[leads], points[1 - leads]
    return (not taken, given / taken if taken else Fraction(0))


def _totals(points: Sequence[Pair], share: Sequence[Pair]) -> Pair:
    first, second = (
        sum((row[p] * part[p] for row, part in zip(points, share, strict=True)), start=Fraction(0)) for p in (0, 1)
    )
    return first, second


def _gains(
    deals: Deals,
    worth: Sequence[Int[np.ndarray, "party _kept"]],
    best: Sequence[tuple[int, int]],
    share: Sequence[Pair],
) -> Pair:
    """Count what the division is worth on the board: a shared issue lies between both best levels, in proportion."""
    floor = deals.floor()
    gains = []
    for p in (0, 1):
        total = -Fraction(int(floor[p]))
        for table, (a, b), (part, other) in zip(worth, best, share, strict=True):
            own = part if part or other else Fraction(1)  # nothing at stake: both best levels are worth the same
            total += own * int(table[p, a]) + (1 - own) * int(table[p, b])
        gains.append(total)
    return gains[0], gains[1]


def _certificate(points: Sequence[Pair], share: Sequence[Pair]) -> Certificate:
    """Check from points and shares alone that the division is equitable, efficient and envy-free, and splits one issue.

    Efficient: there is no pair of issues of which each party would rather hold what the other holds, that is, no issue
    held by the second party has a higher ratio of points than one held by the first.
    """
    totals = _totals(points, share)
    rows = list(zip(points, share, strict=True))
    first = [row for row, part in rows if part[0]]
    second = [row for row, part in rows if part[1]]
    efficient = all(a[0] * b[1] >= b[0] * a[1] for a in first for b in second)
    whole = all(part[0] + part[1] == 1 for row, part in rows if any(row))
    splits = sum(1 for _, part in rows if part[0] and part[1])
    holds = efficient and whole and splits <= 1 and totals[0] == totals[1] and totals[0] >= 50
    return Certificate(claim="equitable-efficient-envy-free-one-split", checked=len(first) * len(second), holds=holds)


def _none(deals: Deals, ties: str, points: str, why: tuple[str, tuple[str, ...]]) -> Winner:
    nothing = (Fraction(0), Fraction(0))
    return Winner(
        table=deals.table,
        parties=deals.parties,
        issues=deals.issues,
        found=False,
        reason=why[0],
        of=why[1],
        best=(),
        points=(),
        initial=nothing,
        order=(),
        share=(),
        split=None,
        agreed=(),
        totals=nothing,
        gains=nothing,
        method="adjusted winner",
        parameters={"ties": ties, "points": points, "no_deal": deals.no_deal_kind},
        certificate=Certificate(claim="equitable-efficient-envy-free-one-split", checked=0, holds=True),
    )
