r"""Is there a deal, whatever the values in the ranges?

    certain    max_S max_k min_{p in S}  low_p(k) - floor_p  >= 0     one package, at the least favourable values    (1)
    possible   max_S max_k min_{p in S} high_p(k) - floor_p  >= 0     some package, at the most favourable values    (2)

over the sets S that carry a package under the rule of the table and could spare nobody: under unanimity everybody, and
whoever ratifies in each; and over the packages k whose levels no red line excludes, taken at its strictest in (1) and
not at all, unless it is certain, in (2). If (1) holds, that one package is carried for all values in the ranges; if (2)
fails, no package is carried for any. In between the answer depends on the values.

Source: worst-case and best-case bounds of interval analysis (Moore 1966, Interval Analysis); the zone of possible
agreement is Raiffa's (1982, The Art and Science of Negotiation). It holds for scores that add up over issues and
interactions; `parties` are those that bargain, then those that ratify. It does not say that each set of values leaves
some package when no single package survives them all, nor that a possible zone is reached by values that fit together
when two parties' scores share an uncertain status quo. Weights of votes are taken at their best guess.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Int

from detente.boards.ranges import Box
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.packages.consent import carried
from detente.search.packages.optimum import Method
from detente.search.packages.reach import Reach, widest
from detente.search.packages.terms import Terms, terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """What equations (1) and (2) say.

    `package` is the certain package, else a possible one, as option indices; empty where there is none. The margins
    are the left sides of (1) and (2) in basis points: how much the worst-off of those who carry it keeps, or lacks;
    None where red lines or the agenda leave no package at all. `low` and `high` are that package's gains per party, and
    `carried_by` the set S that accepts it; whoever is not in it may lose.
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    verdict: Literal["certain", "possible", "none"]
    package: tuple[int, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]
    carried_by: tuple[str, ...]
    certain_margin: int | None
    possible_margin: int | None
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate

    @property
    def certain(self) -> bool:
        """Whether one package is carried for all values in the ranges."""
        return self.verdict == "certain"

    @property
    def possible(self) -> bool:
        """Whether some package may be carried for some values."""
        return self.verdict != "none"


def zone(box: Box, *, method: Method = "auto") -> Zone:
    """Find out whether a deal is certain, possible or ruled out over all values in the ranges.

    Raises AnalysisError for a board with draws: a box has the whole ranges in it already; and where the rule of the
    table lets too many sets of parties carry a package to ask each.

    >>> from detente.boards import scored
    >>> low = scored({"cap": [[0, 10, 5], [0, -10, 0]]}, parties=("usa", "iran"))
    >>> high = scored({"cap": [[0, 40, 20], [0, 5, 0]]}, parties=("usa", "iran"))
    >>> found = zone(Box(low, high))
    >>> found.verdict, found.package, found.certain_margin, found.possible_margin
    ('certain', (2,), 0, 5)
    """
    if box.low.draws:
        raise AnalysisError("A zone is proved over ranges, not over draws. Build the box without draws.")
    low, high = terms(box.low), terms(box.high)
    sure, may = widest(low, method=method), widest(high, method=method)
    certain, possible = (best is not None and best.value >= 0 for best in (sure, may))
    best = sure if certain else may if possible else None
    package = best.package if best is not None else ()
    low_gains, high_gains = (_gains(side, package) for side in (low, high))
    told = np.array(low_gains if certain else high_gains)
    return Zone(
        table=box.low.table,
        parties=low.parties,
        issues=box.low.issues,
        verdict="certain" if certain else "possible" if possible else "none",
        package=package,
        low=low_gains,
        high=high_gains,
        carried_by=tuple(low.parties[p] for p in best.accept) if best is not None else (),
        certain_margin=sure.value if sure is not None else None,
        possible_margin=may.value if may is not None else None,
        method=may.method if may is not None else "scan",
        parameters={"no_deal": box.low.no_deal_kind},
        certificate=Certificate(
            claim="the-package-is-carried" if package else "no-package-is-carried",
            checked=high.size,
            holds=all(b is None or b.proved for b in (sure, may)) and (best is None or _is_carried(low, best, told)),
        ),
    )


def _is_carried(side: Terms, best: Reach, gains: Int[np.ndarray, " party"]) -> bool:
    """Whether the gains, added up anew, leave nobody in the set with a loss, and the set is one that carries."""
    return bool((gains[list(best.accept)] >= 0).all() and carried(side.deals, gains))


def _gains(side: Terms, package: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(int(g) for g in side.gains(package)) if package else ()
