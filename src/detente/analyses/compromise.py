r"""Where does the weight lie, issue by issue, inside a body that decides?

    x*_i = sum_p c_pi s_pi x_pi / W_i,    W_i = sum_p c_pi s_pi                                                    (1)

for party p and issue i, with position x, influence c and salience s: the weighted mean position. What one input more
does to it, exactly:

    dx*/dx_p = c_p s_p / W        dx*/ds_p = c_p (x_p - x*) / W        dx*/dc_p = s_p (x_p - x*) / W               (2)

Source: the compromise model, Van den Bos (1991), Dutch EC Policy Making; read as a first-order stand-in for the Nash
bargaining solution by Achen (2006), in Thomson et al., The European Union Decides, chapter 4. It holds where every
party prefers almost any decision to none. It does not say whether there is a decision at all, and where each party
can say no it is not a forecast of a deal.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from detente.boards.decision import Decision
from detente.boards.position_board import Positions
from detente.boards.results import Certificate, Parameter
from detente.search.positions.sound import require_body


@dataclass(frozen=True, slots=True, kw_only=True)
class Compromise:
    """What equations (1) and (2) say, issue by issue.

    ============  =================  ===========================================================================
    decision                         point: the mean; levels: everybody's position, weighted by the pull
    pull          *draw party issue  share of the weight, 0 to 1, adding up to 1 over parties; also dx*/dx
    by_salience   *draw party issue  dx*/ds, in the issue's unit per point of salience; 0 where there is no stance
    by_influence  *draw party issue  dx*/dc, in the issue's unit per unit of influence; 0 where there is no stance
    ============  =================  ===========================================================================
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    decision: Decision
    pull: Float[np.ndarray, "*draw party issue"]
    by_salience: Float[np.ndarray, "*draw party issue"]
    by_influence: Float[np.ndarray, "*draw party issue"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def compromise(positions: Positions) -> Compromise:
    """Find the weighted mean position on every issue, and what moves it: equations (1) and (2).

    Raises AnalysisError for a body about which nothing can be said: see `require_body`.

    >>> one = np.ones((2, 1))
    >>> board = Positions(parties=("a", "b"), issues=("cap",), at=np.array([[0.0], [30.0]]), salience=one * 50,
    ...     influence=np.array([[2.0], [1.0]]), low=np.zeros(1), high=np.full(1, 100.0), status_quo=np.zeros(1),
    ...     stated=one > 0)
    >>> found = compromise(board)
    >>> found.decision.point, found.by_influence[:, 0].round(2)
    (array([10.]), array([-3.33,  6.67]))
    """
    require_body(positions)
    weight = positions.weight
    total = weight.sum(axis=-2, keepdims=True)
    pull = weight / total
    mean = (pull * positions.at).sum(axis=-2)
    lever = np.where(positions.stated, (positions.at - mean[..., None, :]) / total, 0.0)
    return Compromise(
        parties=positions.parties,
        issues=positions.issues,
        decision=_decision(positions, pull, mean),
        pull=pull,
        by_salience=positions.influence * lever,
        by_influence=positions.salience * lever,
        method="weighted-mean",
        parameters={},
        certificate=_certificate(positions, weight, mean),
    )


def _decision(
    positions: Positions, pull: Float[np.ndarray, "*draw party issue"], mean: Float[np.ndarray, "*draw issue"]
) -> Decision:
    at, share = np.swapaxes(positions.at, -1, -2), np.swapaxes(pull, -1, -2)
    order = np.argsort(at, axis=-1)
    levels, weight = (np.take_along_axis(a, order, axis=-1) for a in (at, share))
    return Decision(levels=levels, weight=weight, point=mean, path=positions.at[..., None, :, :])


def _certificate(
    positions: Positions,
    weight: Float[np.ndarray, "*draw party issue"],
    mean: Float[np.ndarray, "*draw issue"],
) -> Certificate:
    """Check that the weighted pulls towards either side cancel at the mean: its defining property."""
    pulls = weight * (positions.at - mean[..., None, :])
    scale = np.abs(weight * positions.at).sum(axis=-2) + np.abs(mean) * weight.sum(axis=-2)
    holds = bool((np.abs(pulls.sum(axis=-2)) <= 1e-9 * scale + 1e-300).all())
    return Certificate(claim="pulls-cancel", checked=mean.size, holds=holds)
