"""Which payment, or which level at a linked table, would make a party that presses prefer the narrow deal to none?

With u(N) its worth of the narrow deal and d what it has without one, the least payment is

    t(d) = max(0, d - u(N))                                                                                          (1)
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.boards.deal_board import Deals
from detente.errors import AnalysisError
from detente.search.packages.terms import terms
from detente.search.pressing.bids import Presser
from detente.search.pressing.offers import Offered

TRANSFERS = ("points",)


@dataclass(frozen=True, slots=True)
class Payer:
    """A party, and the most it can pay and still not lose by the narrow deal, where points can be paid over."""

    party: str
    most: int


@dataclass(frozen=True, slots=True)
class LinkedLevel:
    """A level of an issue at a linked table that is worth something to the presser, taken alone.

    Together with the narrow deal it is enough up to a no-deal value of `enough_up_to`. `refused_by` names who would
    lose by that level alone, or whose red line excludes it: who would have to be given something for it.
    """

    table: str
    issue: str
    option: int
    level: float
    worth: int
    enough_up_to: int
    refused_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SidePayment:
    """The least payment is 0 up to a no-deal value of `narrow`, and above it the difference, equation (1).

    `payers` and `payable_up_to`, the no-deal value up to which they could pay together, are given only where points can
    be paid over. `levels` come from the linked table, the most valuable first.
    """

    narrow: int
    transfer: str | None
    payers: tuple[Payer, ...]
    payable_up_to: int | None
    levels: tuple[LinkedLevel, ...]

    def least(self, no_deal: int) -> int:
        """Return the least payment at a no-deal value, equation (1)."""
        return max(0, no_deal - self.narrow)


def side_payment(
    narrow: Deals, presser: Presser, offers: Sequence[Offered], *, linked: Deals | None, transfer: str | None
) -> SidePayment | None:
    """What would switch the presser to the narrow deal, and who could pay for it? None where there is no such deal.

    Raises AnalysisError for an unknown kind of transfer, and for a linked table at which the presser does not consent.

    >>> from detente.boards.scored import scored
    >>> from detente.search.pressing.bids import presser_of
    >>> board = scored({"cap": [[0, 40], [0, -10]]}, parties=("usa", "iran"))
    >>> offer = Offered("narrow", (1,), 0, -10)
    >>> side_payment(board, presser_of(board, "iran"), [offer], linked=None, transfer="points").payers
    (Payer(party='usa', most=40),)
    """
    if transfer is not None and transfer not in TRANSFERS:
        raise AnalysisError(
            f"Gains cannot be paid over in '{transfer}'. Choose one of: {', '.join(TRANSFERS)}; or none."
        )
    if linked is not None and presser.name not in linked.parties:
        raise AnalysisError(
            f"'{presser.name}' does not consent at table '{linked.table}', so nothing can be given to it there. "
            f"Name a table at which it does; there consent: {', '.join(linked.parties)}."
        )
    offer = next((o for o in offers if o.name == "narrow"), None)
    if offer is None:
        return None
    worth = offer.pressed + offer.rest
    gains = terms(narrow).gains(offer.package)
    able = [Payer(p, int(g)) for p, g in zip(narrow.parties, gains, strict=False) if g > 0 and p != presser.name]
    payers = tuple(sorted(able, key=lambda row: -row.most)) if transfer else ()
    levels = () if linked is None else _levels(linked, linked.parties.index(presser.name), worth)
    together = worth + sum(row.most for row in payers) if transfer else None
    return SidePayment(worth, transfer, payers, together, levels)


def _levels(linked: Deals, row: int, worth: int) -> tuple[LinkedLevel, ...]:
    if linked.draws:
        raise AnalysisError(f"The linked table '{linked.table}' is given in draws. Build its board without draws.")
    found = []
    for i, (score, levels) in enumerate(zip(linked.score, linked.levels, strict=True)):
        loses = (score < 0) | ~linked.admits[i]
        for option in np.flatnonzero(score[row] > 0).tolist():
            against = tuple(p for p, no in zip(linked.parties, loses[:, option], strict=True) if no)
            own = int(score[row, option])
            found.append(
                LinkedLevel(linked.table, linked.issues[i], option, float(levels[option]), own, worth + own, against)
            )
    return tuple(sorted(found, key=lambda level: (-level.worth, level.issue, level.option)))
