r"""Which position is beaten by no other, when everybody in a body votes for what is nearer to it?

    lower = the least x with W(<= x) >= 1/2        upper = the least x with W(<= x) > 1/2                          (1)

with W(<= x) the share of the votes of those that stand at x or below: influence times salience, or one vote each.
Where exactly half stands at or below `lower` the two differ, every place between them is as good, and authors differ
on which is meant: the lower one (`tie="lower"`) or the middle between them (`tie="midpoint"`).

Source: the median voter, Black (1948), "On the rationale of group decision-making", Journal of Political Economy 56(1):
on one dimension, where everybody prefers what is nearer, a weighted median beats or ties every other place, and is the
only one that does. It holds where single issues are put to a vote, one against one. It does not say how probable
another decision is.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Bool, Float

from detente.boards.decision import Decision
from detente.boards.position_board import Positions
from detente.boards.results import Certificate, Parameter
from detente.search.positions.sound import require_body

Tie: TypeAlias = Literal["lower", "midpoint"]
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Median:
    """What equation (1) says, issue by issue; the decision is one level, the median, with all the weight.

    ========  =================  ===================================================================
    lower     *draw issue        in the issue's unit
    upper     *draw issue        in the issue's unit; as `lower` unless the votes are split in halves
    below     *draw issue        share of the votes below the median
    above     *draw issue        share of the votes above it
    unbeaten  *draw party issue  whether no other position beats that of the party
    ========  =================  ===================================================================
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    decision: Decision
    lower: Float[np.ndarray, "*draw issue"]
    upper: Float[np.ndarray, "*draw issue"]
    below: Float[np.ndarray, "*draw issue"]
    above: Float[np.ndarray, "*draw issue"]
    unbeaten: Bool[np.ndarray, "*draw party issue"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def median(positions: Positions, *, tie: Tie = "lower", weighted: bool = True) -> Median:
    """Find the position that no other beats on every issue, equation (1).

    Unweighted, everybody who has a stance has one vote, however little it cares.

    Raises AnalysisError for a body about which nothing can be said: see `require_body`.

    >>> one = np.ones((3, 1))
    >>> board = Positions(parties=("a", "b", "c"), issues=("cap",), at=np.array([[0.0], [40.0], [100.0]]),
    ...     salience=np.array([[10.0], [10.0], [90.0]]), influence=one, low=np.zeros(1), high=np.full(1, 100.0),
    ...     status_quo=np.zeros(1), stated=one > 0)
    >>> median(board).decision.point, median(board, weighted=False).decision.point
    (array([100.]), array([40.]))
    """
    require_body(positions)
    votes = positions.weight if weighted else np.broadcast_to(positions.stated * 1.0, positions.at.shape)
    share = votes / votes.sum(axis=-2, keepdims=True)
    lower, upper = _medians(positions.at, share)
    point = lower if tie == "lower" else (lower + upper) / 2
    at, here = positions.at, point[..., None, :]
    return Median(
        parties=positions.parties,
        issues=positions.issues,
        decision=Decision(
            levels=point[..., None], weight=np.ones((*point.shape, 1)), point=point, path=at[..., None, :, :]
        ),
        lower=lower,
        upper=upper,
        below=(share * (at < here)).sum(axis=-2),
        above=(share * (at > here)).sum(axis=-2),
        unbeaten=(at >= lower[..., None, :]) & (at <= upper[..., None, :]) & positions.stated,
        method="weighted-median" if weighted else "median",
        parameters={"tie": tie, "weighted": weighted},
        certificate=_certificate(positions, share, point),
    )


def _medians(
    at: Float[np.ndarray, "*draw party issue"], share: Float[np.ndarray, "*draw party issue"]
) -> tuple[Float[np.ndarray, "*draw issue"], Float[np.ndarray, "*draw issue"]]:
    order = np.argsort(at, axis=-2, kind="stable")
    placed = np.take_along_axis(at, order, axis=-2)
    reached = np.cumsum(np.take_along_axis(share, order, axis=-2), axis=-2)
    first = (reached >= 0.5 - _ROUNDING).argmax(axis=-2)[..., None, :]
    second = (reached > 0.5 + _ROUNDING).argmax(axis=-2)[..., None, :]
    lower, upper = (np.take_along_axis(placed, which, axis=-2)[..., 0, :] for which in (first, second))
    return lower, upper


def _certificate(
    positions: Positions, share: Float[np.ndarray, "*draw party issue"], point: Float[np.ndarray, "*draw issue"]
) -> Certificate:
    """Put the median to the vote against everybody's position: the votes of those that are nearer to the other."""
    at = positions.at
    rounding = 1e-9 * (positions.high - positions.low)
    away = np.abs(at - point[..., None, :]) - rounding
    holds = True
    for p in range(len(positions.parties)):
        against = (share * (np.abs(at - at[..., p : p + 1, :]) < away)).sum(axis=-2)
        holds &= bool((against <= 0.5 + 1e-9).all())
    return Certificate(claim="no-position-beats-it", checked=point.size * len(positions.parties), holds=holds)
