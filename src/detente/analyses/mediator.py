r"""How far must a mediator lean to a side before that side can believe its advice to hold out, or to concede?

    b [ (1 - e) x_t + e w - x_s ] >= e c                                                                            (1)
    b* = e c / [ (1 - e) x_t + e w - x_s ]                                                                          (2)

x_t is what the party gets by holding out, x_s by conceding, w what it has of a war; e is the risk of war in holding out
although the mediator has reason to advise it, c what war costs the mediator, and b what the party's share is worth to
it. A mediator that leans less than b* advises conceding whatever it knows, to be spared a war: so that its advice to
concede says nothing. Only one that would say "hold out" when that is right is believed when it says "concede".

Source: a reduced form of Kydd (2003), "Which side are you on? Bias, credibility, and mediation", American Journal of
Political Science 47(4). That a go-between who knows nothing of its own adds nothing: Fey and Ramsay (2010), World
Politics 62(4). It is about belief in advice alone; mediators also propose terms, carry messages and pay.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from detente.boards.counsel import Counsel
from detente.boards.results import Certificate, Parameter

CLOSE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediator:
    """What equations (1) and (2) say.

    ==========  ======  =====================================================================================
    worth       *draw   what holding out when the mediator advises it gains the party over conceding
    least_lean  *draw   equation (2); infinite where holding out gains nothing, so that none is far enough
    believed    *draw   equation (1): the mediator leans far enough
    lacks       *draw   by how much it leans too little; 0 where it is believed
    bears       *draw   the highest cost of war to the mediator at which it would be believed as it leans
    ==========  ======  =====================================================================================
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    worth: Float[np.ndarray, "*draw"]
    least_lean: Float[np.ndarray, "*draw"]
    believed: Bool[np.ndarray, "*draw"]
    lacks: Float[np.ndarray, "*draw"]
    bears: Float[np.ndarray, "*draw"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def mediator(counsel: Counsel) -> Mediator:
    """Find how far a mediator must lean for its advice to be believed, and whether it does.

    >>> from detente.boards.counsel import counsel
    >>> found = mediator(counsel(("m", "a"), shares=(0.8, 0.5, 0.4), risk=0.1, cost=0.3, lean=[0.0, 0.2]))
    >>> found.least_lean.round(4).tolist(), found.believed.tolist()
    ([0.1154, 0.1154], [False, True])
    """
    worth = (1 - counsel.risk) * counsel.hold + counsel.risk * counsel.war - counsel.concede
    fears = counsel.risk * counsel.cost
    gains = worth > 0
    least = np.where(gains, fears / np.where(gains, worth, 1.0), np.where(fears > 0, np.inf, 0.0))
    least = np.where(~gains & (worth < 0), np.inf, least)
    believed = counsel.lean >= least
    with np.errstate(divide="ignore", invalid="ignore"):
        bears = np.where(counsel.risk > 0, np.maximum(counsel.lean * worth, 0.0) / counsel.risk, np.inf)
    return Mediator(
        table=counsel.table,
        parties=counsel.parties,
        issues=(),
        worth=np.asarray(worth),
        least_lean=np.asarray(least),
        believed=np.asarray(believed),
        lacks=np.where(believed, 0.0, least - counsel.lean),
        bears=np.asarray(bears),
        method="closed-form",
        parameters={},
        certificate=_certificate(counsel, least),
    )


def _certificate(counsel: Counsel, least: np.ndarray) -> Certificate:
    """Is a mediator that leans just so far as well off with either advice?"""
    finite = np.isfinite(least)
    lean = np.where(finite, least, 0.0)
    held = (1 - counsel.risk) * lean * counsel.hold + counsel.risk * (lean * counsel.war - counsel.cost)
    level = np.abs(held - lean * counsel.concede) <= CLOSE * (1 + np.abs(held))
    return Certificate(
        claim="at-the-least-lean-either-advice-is-as-good",
        checked=int(finite.sum()),
        holds=bool(np.where(finite, level, True).all()),
    )
