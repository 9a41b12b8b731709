r"""What would somebody say who knows nothing of who wants what: the middle, no change, or what is usual elsewhere?

    midpoint      (low + high) / 2                                                                                 (1)
    status quo    what holds now                                                                                   (2)
    climatology   w_k = n_k / sum_j n_j  at  low + (high - low) k / (K - 1),  k = 0 .. K - 1                       (3)

with n_k how many of the decisions of the past came nearest to the k-th of K levels spread evenly over their scale.

Source: climatology as the forecast that any other has to beat, Murphy (1973), "Hedging and skill scores for probability
forecasts", Journal of Applied Meteorology 12(1). The past decisions that come along are 351 of the European Union,
Arregui and Perarnaud (2021), doi:10.34810/data53. They speak for the scales on which they were coded: which end is
which is a convention there, and a body of another kind may decide otherwise. None of the three is a model of anything:
they stand beside the models, so that it is seen what the positions add.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from detente.boards.decision import Decision
from detente.boards.position_board import Positions
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.positions.past_decisions import EU_DECISIONS
from detente.search.positions.sound import require_body


@dataclass(frozen=True, slots=True, kw_only=True)
class Baselines:
    """What equations (1) to (3) say, issue by issue.

    ==========  ============  ==========================================================
    decision                  the climatology; point: its median
    midpoint    *draw issue   in the issue's unit
    status_quo  *draw issue   in the issue's unit
    ==========  ============  ==========================================================
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    decision: Decision
    midpoint: Float[np.ndarray, "*draw issue"]
    status_quo: Float[np.ndarray, "*draw issue"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def baselines(positions: Positions, *, past: Float[np.ndarray, " level"] | None = None) -> Baselines:
    """Say what the midpoint, the status quo and the past come to on every issue, equations (1) to (3).

    `past` counts past decisions at levels spread evenly over their scales, both ends included, or gives their shares;
    without it, those of the European Union.

    Raises AnalysisError for a body about which nothing can be said, and for counts that are none.

    >>> one = np.ones((2, 1))
    >>> board = Positions(parties=("a", "b"), issues=("cap",), at=one, salience=one, influence=one, low=np.zeros(1),
    ...     high=np.full(1, 10.0), status_quo=np.full(1, 2.0), stated=one > 0)
    >>> found = baselines(board, past=np.array([1.0, 0.0, 3.0]))
    >>> found.midpoint, found.status_quo, found.decision.weight, found.decision.point
    (array([5.]), array([2.]), array([[0.25, 0.  , 0.75]]), array([10.]))
    """
    require_body(positions)
    counts = np.array(EU_DECISIONS, dtype=np.float64) if past is None else past
    if len(counts) < 2 or not np.isfinite(counts).all() or (counts < 0).any() or counts.sum() <= 0:
        raise AnalysisError(
            "The counts of past decisions are not such. Give one for each of at least two levels from one end of the "
            "scale to the other: zero or more, and not all zero."
        )
    steps = np.linspace(0.0, 1.0, len(counts))
    low, width = positions.low, positions.high - positions.low
    size = (*positions.at.shape[:-2], len(positions.issues), len(counts))
    levels = np.broadcast_to(low[:, None] + width[:, None] * steps, size)
    weight = np.broadcast_to(counts / counts.sum(), size)
    middle = np.broadcast_to(low + width / 2, size[:-1])
    known = Decision(levels=levels, weight=weight, point=middle, path=positions.at[..., None, :, :])
    return Baselines(
        parties=positions.parties,
        issues=positions.issues,
        decision=Decision(levels=levels, weight=weight, point=known.quantile(0.5), path=known.path),
        midpoint=middle,
        status_quo=positions.status_quo,
        method="climatology",
        parameters={"past": "eu-decisions" if past is None else "given"},
        certificate=Certificate(
            claim="shares-add-up-to-one",
            checked=len(counts),
            holds=bool(abs(weight[..., 0, :].sum(-1) - 1).max() <= 1e-9),
        ),
    )
