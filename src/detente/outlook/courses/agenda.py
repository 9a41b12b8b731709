r"""Which agenda is agreed on, if the one who puts them forward chooses with errors and the others may refuse?

    P(m is put forward next) = exp(lambda V(m)) / sum over the agendas m' not yet refused of exp(lambda V(m'))     (1)

with V(m) what the proposer gains, in points, by the deal that the Nash product chooses on agenda m; 0 where there is
none. The others take part in an agenda that has a deal, by which nobody does worse than without one, and refuse any
other. After a refusal the proposer stands by what was refused with probability q, and the talks are at an impasse;
else it puts the next agenda forward.

Equation (1) is drawn by adding to every lambda V(m) a number of its own, -log(-log(u_m)): the agendas in the order of
these sums are the ones put forward. Luck then belongs to an agenda, not to its place in a list.

Source: quantal response, McKelvey and Palfrey (1995), Games and Economic Behavior 10; the order in (1) is Plackett
(1975), Applied Statistics 24(2). That others take part in whatever has a deal is a convention of ours.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.outlook.courses.result import IMPASSE

_LEAST = 2.0**-54  # below any uniform but nought


@dataclass(frozen=True, slots=True, kw_only=True)
class Agendas:
    """Which agendas were put forward, in their order, and which one was agreed on; as in `Courses`."""

    proposed: Int[np.ndarray, "*draw mode"]
    mode: Int[np.ndarray, "*draw"]


def agenda_stage(
    value: Float[np.ndarray, "*draw mode"],
    *,
    feasible: Bool[np.ndarray, "*draw mode"],
    precision: Float[np.ndarray, " last"],
    insistence: Float[np.ndarray, " last"],
    lots: tuple[Float[np.ndarray, "last mode"], Float[np.ndarray, " last"]],
) -> Agendas:
    """Put agendas forward until one is taken up or the proposer stops, equation (1).

    =========  ==========  ====================================================================
    value      *draw mode  V, in points
    feasible   *draw mode  there is a deal on the agenda
    precision  draw        lambda, per point
    insistence draw        q
    lots       draw mode   uniform numbers, one per agenda; draw: one for when the proposer stops
    =========  ==========  ====================================================================

    >>> one = np.ones(1)
    >>> never = {"precision": one, "insistence": 0 * one, "lots": (np.full((1, 2), 0.5), one / 2)}
    >>> agenda_stage(np.array([[5.0, 9.0]]), feasible=np.array([[True, False]]), **never).proposed.tolist()
    [[1, 0]]
    """
    luck, stop = lots
    order = np.argsort(-(precision[:, None] * value - np.log(-np.log(np.maximum(luck, _LEAST)))), axis=-1)
    modes = order.shape[-1]
    taken = np.take_along_axis(feasible, order, axis=-1)
    place = np.where(taken.any(axis=-1), taken.argmax(axis=-1), modes)
    borne = _refusals_borne(insistence, stop)
    agreed = place <= np.minimum(borne, modes - 1)
    put = np.minimum(np.where(agreed, place, borne) + 1, modes)
    proposed = np.where(np.arange(modes) < put[..., None], order, -1)
    at = np.take_along_axis(order, np.minimum(place, modes - 1)[..., None], axis=-1)[..., 0]
    return Agendas(proposed=proposed.astype(np.int8), mode=np.where(agreed, at, IMPASSE).astype(np.int8))


def held(feasible: Bool[np.ndarray, "*draw mode"], agenda: int) -> Agendas:
    """Put one agenda forward in every draw, and no other.

    >>> held(np.array([[True, False]]), 1).mode.tolist()
    [-1]
    """
    proposed = np.full(feasible.shape, -1, dtype=np.int8)
    proposed[..., 0] = agenda
    return Agendas(proposed=proposed, mode=np.where(feasible[..., agenda], agenda, IMPASSE).astype(np.int8))


def _refusals_borne(insistence: Float[np.ndarray, " draw"], lot: Float[np.ndarray, " draw"]) -> np.ndarray:
    """How many refusals does the proposer put up with before it stops? With probability (1 - q)^k at least k."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.floor(np.log1p(-lot) / np.log1p(-insistence))
    return np.asarray(np.where(np.isfinite(found), np.minimum(found, 1e6), np.where(insistence > 0, 0, 1e6)), np.int64)
