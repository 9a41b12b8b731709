r"""Has a side that grows weaker reason to fight now, whatever it is offered today?

    war now    W = p_1 / (1 - d) - c_A                                                                               (1)
    peace      P = 1 + d ( p_2 / (1 - d) + c_B )                                                                     (2)
    fights     just when W > P,   that is  p_1 - p_2 > (1 - d) (1 + c_A + d c_B - p_2)                               (3)

Each round brings 1 to divide. A war is won by A with probability p_1 now and p_2 from the next round on, and whoever
wins has the whole for good. In peace A can be given no more than all of today, and later what just keeps B from war:
B cannot bind itself to more. War comes not from what anybody wants but from that.

Source: Fearon (1995), "Rationalist explanations for war", International Organization 49(3); Powell (2006), "War as a
commitment problem", International Organization 60(1). p_1 and p_2 are not known from text: `flip` is the p_2 below
which A would fight, all else as it is.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from detente.boards.results import Certificate, Parameter
from detente.boards.shift import Shift


@dataclass(frozen=True, slots=True, kw_only=True)
class PreventiveWar:
    """Whether the shift of power is too fast for any bargain.

    =======  ======  =========================================================================
    war      *draw   equation (1)
    peace    *draw   equation (2)
    fights   *draw   whether (1) is above (2)
    margin   *draw   peace less war: how much more costly it would have to be, or less
    flip     *draw   the p_2 below which A fights; below 0: at no p_2
    =======  ======  =========================================================================
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    war: Float[np.ndarray, "*draw"]
    peace: Float[np.ndarray, "*draw"]
    fights: Bool[np.ndarray, "*draw"]
    margin: Float[np.ndarray, "*draw"]
    flip: Float[np.ndarray, "*draw"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def preventive_war(shift: Shift) -> PreventiveWar:
    """Compare a war now with the best peace that the other side can keep to.

    >>> from detente.boards.shift import shift
    >>> found = preventive_war(shift(("a", "b"), win=(0.7, 0.3), discount=0.9, costs=(0.5, 0.5)))
    >>> round(float(found.war), 6), round(float(found.peace), 6), bool(found.fights)
    (6.5, 4.15, True)
    """
    d, rest = shift.discount, 1 - shift.discount
    war = np.asarray(shift.now / rest - shift.cost)
    peace = np.asarray(1 + d * (shift.later / rest + shift.other_cost))
    with np.errstate(divide="ignore", invalid="ignore"):
        flip = np.where(d > 0, ((war - 1) / d - shift.other_cost) * rest, np.where(war > 1, np.inf, -np.inf))
    return PreventiveWar(
        table=shift.table,
        parties=shift.parties,
        issues=(),
        war=war,
        peace=peace,
        fights=np.asarray(war > peace),
        margin=np.asarray(peace - war),
        flip=np.asarray(flip),
        method="closed-form",
        parameters={},
        certificate=_certificate(shift, war, peace),
    )


def _certificate(shift: Shift, war: np.ndarray, peace: np.ndarray) -> Certificate:
    """Does the condition on the speed of the shift, equation (3), say the same wherever rounding leaves a doubt out?"""
    d = shift.discount
    speed = (shift.now - shift.later) - (1 - d) * (1 + shift.cost + d * shift.other_cost - shift.later)
    clear = np.abs(speed) > 1e-12
    holds = bool(((speed > 0) == (war > peace))[clear].all())
    return Certificate(claim="the-speed-of-the-shift-says-the-same", checked=int(clear.sum()), holds=holds)
