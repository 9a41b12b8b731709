"""Which preconditions stand against somebody's red line, whatever else is on the table?

A precondition clashes with a red line where that line excludes every level that meets the condition. That is a sentence
about two statements, not about scores: it is computed from the levels alone, and said even where a deal on the other
issues would be worth much to everybody.
"""

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool

from detente.boards.deal_board import Deals
from detente.boards.scoring import Condition
from detente.search.packages.consent import admitted, needed


@dataclass(frozen=True, slots=True)
class Clash:
    """A precondition that a red line rules out: `by` asks `asks` of the issue, `against` accepts no more than `line`.

    `line` is read off the levels: the last of them that the red line leaves; None where it leaves none.
    """

    issue: str
    by: str
    asks: Condition
    against: str
    line: Condition | None


def clashes(deals: Deals, preconditions: tuple[tuple[str, str], ...]) -> tuple[Clash, ...]:
    """List who asks what against whose red line, for (issue, presser) pairs; over draws, what clashes in all of them.

    A level where things stand is never excluded, because a red line binds moves away from it.

    >>> from detente.boards.scored import scored
    >>> clashes(scored({"cap": [[0, 40], [0, -10]]}, parties=("usa", "iran")), ())
    ()
    """
    found = []
    for issue, by in preconditions:
        i, k = deals.issues.index(issue), deals.pressers.index(by)
        met = deals.meets[i][..., k, :]
        if not met.any():
            continue
        for against, admits in _lines(deals, i):
            left = admits.copy()
            left[..., deals.status_quo[i]] = True
            if not (met & left).any():
                line = _line(deals, i, admits.reshape(-1, met.shape[-1])[0], met.reshape(-1, met.shape[-1])[0])
                found.append(Clash(issue, by, deals.conditions[i][k], against, line))
    return tuple(found)


def _lines(deals: Deals, i: int) -> list[tuple[str, Bool[np.ndarray, "*draw _option"]]]:
    """Whose red lines bind, and which levels of an issue they leave: the parties', then the ratifiers'."""
    leaves = admitted(replace(deals, spared=(False,) * len(deals.issues)), i)
    return [(party, leaves[..., p, :]) for p, party in enumerate(needed(deals))]


def _line(
    deals: Deals, i: int, left: Bool[np.ndarray, " _option"], met: Bool[np.ndarray, " _option"]
) -> Condition | None:
    """Read a red line off the levels it leaves; they lie on one side of the levels that meet the condition."""
    levels = deals.levels[i]
    if not left.any() or not met.any():
        return None
    if levels[left].max() < levels[met].min():
        return Condition(accepts="at_most", at=float(levels[left].max()), basis="red_line")
    return Condition(accepts="at_least", at=float(levels[left].min()), basis="red_line")
