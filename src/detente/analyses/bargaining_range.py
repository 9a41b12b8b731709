r"""Which divisions do both sides prefer to war, and how much risk of war does the one that makes the offer run?

    range   [ max(0, p - c_A), min(1, p + c_B) ]                                                                     (1)
    offer   x* = argmax_x  x P(c_B >= x - p) + (p - c_A) P(c_B < x - p),    0 <= x <= 1                              (2)
    c_B spread evenly over [l, h]:   x* = p + l  if h - l <= c_A + l,  else p + (h - c_A) / 2                        (3)

A's share x of what is divided lies in [0, 1]; p is the probability that A wins a war, c_A and c_B what it costs. With
costs known there is always a range, and a war has to be explained by something else: here, that A does not know how
much B minds it. P(war) = P(c_B < x* - p): the more than A stands to lose, the less it risks.

Source: Fearon (1995), "Rationalist explanations for war", International Organization 49(3); (3) follows from (2). Both
sides are taken not to mind risk. p is not known from text, nor from counts of arms: sweep it.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from detente.boards.lottery import Lottery
from detente.boards.results import Certificate, Parameter

STEPS = 64  # other demands that the certificate tries


@dataclass(frozen=True, slots=True, kw_only=True)
class BargainingRange:
    """What both prefer to war, and what A does that does not know B's costs.

    =========  ======  ==================================================================================
    low, high  *draw   the range in A's share, equation (1), at the middle of B's costs
    width      *draw   its width: c_A + c_B where neither end is cut
    sure       *draw   the greatest demand that B accepts whatever its costs are
    demand     *draw   what A asks for, equation (2)
    war        *draw   the probability of war that it runs
    gain       *draw   what A expects beyond war
    cut        *draw   whether the demand is the whole: x* = 1
    =========  ======  ==================================================================================
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    low: Float[np.ndarray, "*draw"]
    high: Float[np.ndarray, "*draw"]
    width: Float[np.ndarray, "*draw"]
    sure: Float[np.ndarray, "*draw"]
    demand: Float[np.ndarray, "*draw"]
    war: Float[np.ndarray, "*draw"]
    gain: Float[np.ndarray, "*draw"]
    cut: Bool[np.ndarray, "*draw"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def bargaining_range(lottery: Lottery) -> BargainingRange:
    """Work out the range, and the demand of a side that makes one offer and does not know the other's costs.

    >>> from detente.boards.lottery import lottery
    >>> found = bargaining_range(lottery("a", "b", win=0.5, cost=0.1, other_cost=(0.0, 0.4)))
    >>> round(float(found.demand), 6), round(float(found.war), 6)
    (0.65, 0.375)
    """
    p, cost, least, most = lottery.win, lottery.cost, lottery.other_least, lottery.other_most
    middle = (least + most) / 2
    low, high = np.maximum(p - cost, 0.0), np.minimum(p + middle, 1.0)
    sure = np.minimum(p + least, 1.0)
    free = np.where(most - least > cost + least, p + (most - cost) / 2, p + least)
    demand = np.asarray(np.minimum(free, 1.0))
    war = lottery.refused(demand)
    return BargainingRange(
        table=lottery.table,
        parties=lottery.parties,
        issues=(),
        low=np.asarray(low),
        high=np.asarray(high),
        width=np.asarray(high - low),
        sure=np.asarray(sure),
        demand=demand,
        war=war,
        gain=np.asarray((demand - (p - cost)) * (1 - war)),
        cut=np.asarray(demand >= 1.0),
        method="closed-form",
        parameters={},
        certificate=_certificate(lottery, demand),
    )


def _certificate(lottery: Lottery, demand: np.ndarray) -> Certificate:
    """Does no other demand between 0 and 1 bring A more? And none just beside the one told?"""
    p, cost = lottery.win, lottery.cost
    best = demand * (1 - lottery.refused(demand)) + (p - cost) * lottery.refused(demand)
    holds = True
    for other in [*np.linspace(0.0, 1.0, STEPS), *(np.clip(demand + d, 0, 1) for d in (-1e-4, 1e-4))]:
        asked = np.array(np.broadcast_to(other, demand.shape))
        risk = lottery.refused(asked)
        holds &= bool((asked * (1 - risk) + (p - cost) * risk <= best + 1e-12).all())
    return Certificate(claim="no-other-demand-brings-more", checked=(STEPS + 2) * int(demand.size), holds=holds)
