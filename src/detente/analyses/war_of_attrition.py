r"""Who gives in when, if each side holds out because the other might never yield at all?

    lambda_i = r_j (1 - a_i) / (a_i + a_j - 1)          the rate at which i gives in                                 (1)
    T_i = -log(z_i) / lambda_i,   T_0 = min(T_1, T_2)   i would be known to be stubborn at T_i                       (2)
    F_i(t) = 1 - (1 - F_i(0)) exp(-lambda_i t),   1 - F_i(0) = z_i exp(lambda_i T_0)                                 (3)
    v_i = F_j(0) a_i + (1 - F_j(0)) (1 - a_j)           what i expects at the start, if it is not stubborn           (4)

i demands the share a_i and gets 1 - a_j by giving in; r_i is how fast it discounts, z_i the probability that it is
stubborn and never gives in. Both must be known to be stubborn at the same time, so the one that would take longer gives
in at once with probability F_i(0): weakness is shown at the start. Both are stubborn with probability z_1 z_2, and then
nobody ever yields.

Source: Abreu and Gul (2000), "Bargaining and reputation", Econometrica 68(1), with the demands given; Fearon (1994),
American Political Science Review 88(3), for crises as such a contest. Demands, patience and stubbornness are not known
from text: sweep them. Time is in the unit of the discount rates.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from detente.boards.holdout import Holdout
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError

MOMENTS = (0.0, 0.25, 0.5, 0.75, 0.95)  # of T_0, at which the certificate asks whether each is indifferent
CLOSE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class WarOfAttrition:
    """Who gives in at what rate, how likely at once, and when both are known to be stubborn.

    =======  ============  ======================================================================
    rate     *draw party   equation (1)
    alone    *draw party   T_i of equation (2)
    end      *draw         T_0: later nobody gives in any more
    at_once  *draw party   F_i(0): the probability of giving in at the start
    value    *draw party   equation (4)
    never    *draw         the probability that both are stubborn, z_1 z_2
    times    moment        asked for
    yielded  *draw moment party   F_i: the probability that i has given in by then, if the other has not
    =======  ============  ======================================================================
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    rate: Float[np.ndarray, "*draw party"]
    alone: Float[np.ndarray, "*draw party"]
    end: Float[np.ndarray, "*draw"]
    at_once: Float[np.ndarray, "*draw party"]
    value: Float[np.ndarray, "*draw party"]
    never: Float[np.ndarray, "*draw"]
    times: Float[np.ndarray, " moment"]
    yielded: Float[np.ndarray, "*draw moment party"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def war_of_attrition(holdout: Holdout, *, times: tuple[float, ...] = ()) -> WarOfAttrition:
    """Work out when each side gives in; `times` are moments at which to tell how likely it has by then.

    Raises AnalysisError for a moment before the start.

    >>> from detente.boards.holdout import holdout
    >>> found = war_of_attrition(holdout(("a", "b"), demand=(0.7, 0.6), impatience=(0.1, 0.1), stubborn=(0.1, 0.05)))
    >>> found.at_once.round(4).tolist(), round(float(found.end), 4)
    ([0.0543, 0.0], 22.468)
    """
    if not all(np.isfinite(t) and t >= 0 for t in times):
        raise AnalysisError(f"Among the moments {times} is one before the start, or no number. Give times from 0 on.")
    demand, other = holdout.demand, holdout.demand[..., ::-1]
    rate = holdout.impatience[..., ::-1] * (1 - demand) / (demand + other - 1)
    with np.errstate(divide="ignore"):
        certain = -np.log(holdout.stubborn)
    alone = certain / rate
    end = np.asarray(alone.min(axis=-1))
    # Written as a difference of times, so that whoever takes just as long gives in with probability nought at once.
    at_once = -np.expm1(-rate * (alone - end[..., None]))
    value = at_once[..., ::-1] * demand + (1 - at_once[..., ::-1]) * (1 - other)
    moments = np.asarray(times, dtype=float)
    return WarOfAttrition(
        table=holdout.table,
        parties=holdout.parties,
        issues=(),
        rate=rate,
        alone=alone,
        end=end,
        at_once=at_once,
        value=value,
        never=np.asarray(holdout.stubborn.prod(axis=-1)),
        times=moments,
        yielded=_yielded(at_once, rate, end, moments),
        method="closed-form",
        parameters={"times": ", ".join(f"{t:g}" for t in times)},
        certificate=_certificate(holdout, at_once, rate, end),
    )


def _yielded(at_once: np.ndarray, rate: np.ndarray, end: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Return equation (3) at moments, standing still after the end: draw x moment x party."""
    passed = np.minimum(times, end[..., None])[..., None]
    return np.asarray(1 - (1 - at_once)[..., None, :] * np.exp(-rate[..., None, :] * passed))


def _certificate(holdout: Holdout, at_once: np.ndarray, rate: np.ndarray, end: np.ndarray) -> Certificate:
    """Does each side get the same by giving in at any moment up to the end, and is each then known to be stubborn?"""
    demand, other = holdout.demand, holdout.demand[..., ::-1]
    theirs = rate[..., ::-1]
    wait = holdout.impatience + theirs
    start = at_once[..., ::-1] * demand
    holds = True
    for part in MOMENTS:
        t = (part * end)[..., None]
        # The integral of exp(-r_i s) a_i over the other's giving in until t, and then giving in.
        paid = (1 - at_once[..., ::-1]) * theirs * demand * -np.expm1(-wait * t) / wait
        then = (1 - at_once[..., ::-1]) * np.exp(-wait * t) * (1 - other)
        now = start + (1 - at_once[..., ::-1]) * (1 - other)
        holds &= bool(np.allclose(start + paid + then, now, rtol=0, atol=CLOSE))
    last = 1 - _yielded(at_once, rate, end, np.array([np.inf]))[..., 0, :]
    holds &= bool(np.allclose(last, holdout.stubborn, rtol=1e-9))
    return Certificate(claim="each-is-indifferent-until-the-end", checked=len(MOMENTS) * demand.size, holds=holds)
