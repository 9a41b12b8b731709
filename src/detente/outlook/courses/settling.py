r"""How many rounds of talks does it take until one side gives way, and which?

    x_i = (reach_i - nash_i) / reach_i,   a_i = (1 + x_i) / 2                                                      (1)

Each side claims the best deal that the others would accept; by it i gains reach_i, by the deal of the Nash product
nash_i. The whole counts 1, the Nash division one half for each: a convention. Who then gives in when is the war of
attrition of `detente.analyses.war_of_attrition`, as it goes on once nobody has given in at its start: the talks that
are asked about are on, and not settled. Then i gives in at the rate lambda_i = r_j (1 - a_i) / (a_i + a_j - 1) until
T_0, when both would be known to be stubborn, and never after it. Counted in rounds of talks, its time is

    t_i = -log(1 - u_i) / lambda_i   up to T_0 = min_i (-log z_i / lambda_i), else never                           (2)

for a uniform u_i, and the talks take the shorter of the two times. Where nobody claims more than the Nash division
there is nothing to hold out for. At a table of more than two the two that claim most hold out against each other.

The demands set the pace and not the terms: what is agreed is the deal of the Nash product, whoever gives way.

Source: Abreu and Gul (2000), Econometrica 68(1), with the demands given.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from detente.analyses.war_of_attrition import war_of_attrition
from detente.boards.holdout import holdout

MOST = 1 - 1e-6  # of the whole: who claims all of it never gives in, which is nobody's to say
LEAST_SPREAD = 1e-6  # claims closer to the Nash division leave nothing to hold out for
NEVER = np.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """When the talks settle, in rounds of talks, and who gives way then (-1: nobody); infinite where never."""

    clock: Float[np.ndarray, " draw"]
    yields: Int[np.ndarray, " draw"]


def claims(
    reach: Int[np.ndarray, "draw party"], nash: Int[np.ndarray, "draw party"]
) -> Float[np.ndarray, "draw party"]:
    """Return what each side claims of the whole, equation (1).

    >>> claims(np.array([[100, 80]]), np.array([[50, 80]])).tolist()
    [[0.75, 0.5]]
    """
    beyond = np.where(reach > 0, (reach - nash) / np.maximum(reach, 1), 0.0)
    return np.asarray(np.minimum((1 + np.clip(beyond, 0.0, 1.0)) / 2, MOST))


def timing_stage(
    claimed: Float[np.ndarray, "draw party"],
    *,
    impatience: Float[np.ndarray, "draw party"],
    stubbornness: Float[np.ndarray, "draw party"],
    lots: Float[np.ndarray, "draw party"],
) -> Settling:
    """Find when the first of two sides gives in, equation (2).

    ============  ==========  =====================================
    claimed       draw party  a of equation (1), one half to 1
    impatience    draw party  r, per round of talks
    stubbornness  draw party  z
    lots          draw party  u, uniform
    ============  ==========  =====================================

    >>> half = np.full((1, 2), 0.5)
    >>> found = timing_stage(half + [0.2, 0.1], impatience=half / 5, stubbornness=half / 10, lots=half + 0.3)
    >>> found.clock.round(1).tolist(), found.yields.tolist()
    ([12.1], [1])
    """
    two = np.argsort(-claimed, axis=1, kind="stable")[:, :2]
    a, r, z, u = (np.take_along_axis(v, two, axis=1) for v in (claimed, impatience, stubbornness, lots))
    clock, yields = np.zeros(len(a)), np.full(len(a), -1)
    held = np.flatnonzero(a.sum(axis=1) > 1 + LEAST_SPREAD)
    if held.size:
        time = _times((a[held], r[held], z[held]), u[held])
        first = time.argmin(axis=1)
        clock[held] = time.min(axis=1)
        yields[held] = np.where(np.isfinite(clock[held]), two[held, first], -1)
    return Settling(clock=clock, yields=yields.astype(np.int8))


def _times(of: tuple[np.ndarray, np.ndarray, np.ndarray], lots: np.ndarray) -> Float[np.ndarray, "draw side"]:
    demand, impatience, stubborn = of
    found = war_of_attrition(holdout(("one", "other"), demand=demand, impatience=impatience, stubborn=stubborn))
    time = -np.log1p(-lots) / found.rate
    return np.asarray(np.where(time <= found.end[:, None], time, NEVER))
