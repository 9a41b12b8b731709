r"""Where does the weight lie, issue by issue, inside a body that decides?

    x*_i = sum_p c_pi s_pi x_pi / sum_p c_pi s_pi                                                                  (1)

for party p and issue i, with position x, influence c and salience s: the weighted mean position.

Source: the compromise model, Van den Bos (1991), Dutch EC Policy Making; read as a first-order stand-in for the Nash
bargaining solution by Achen (2006), in Thomson et al., The European Union Decides, chapter 4. It holds where every
party prefers almost any decision to none. It does not say whether there is a decision at all, and where each party
can say no it is not a forecast of a deal.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from detente.boards.position_board import Positions
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError


@dataclass(frozen=True, slots=True, kw_only=True)
class Compromise:
    """What equation (1) says, issue by issue.

    =======  =================  ========================================================
    outcome  *draw issue        in the issue's unit
    pull     *draw party issue  share of the weight, 0 to 1, adding up to 1 over parties
    =======  =================  ========================================================
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    outcome: Float[np.ndarray, "*draw issue"]
    pull: Float[np.ndarray, "*draw party issue"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def compromise(positions: Positions) -> Compromise:
    """Find the weighted mean position on every issue, equation (1).

    Raises AnalysisError where nobody carries weight on an issue.

    >>> one = np.ones((2, 1))
    >>> board = Positions(parties=("a", "b"), issues=("cap",), at=np.array([[0.0], [30.0]]), salience=one * 50,
    ...     influence=np.array([[2.0], [1.0]]), low=np.zeros(1), high=np.full(1, 100.0), status_quo=np.zeros(1),
    ...     stated=one > 0)
    >>> compromise(board).outcome
    array([10.])
    """
    weight = positions.influence * positions.salience
    total = weight.sum(axis=-2, keepdims=True)
    idle = (total <= 0).reshape(-1, len(positions.issues)).any(axis=0)
    if idle.any():
        listed = ", ".join(issue for issue, none in zip(positions.issues, idle, strict=True) if none)
        raise AnalysisError(
            f"No party carries weight on {listed}, so no compromise is defined there. "
            "Give at least one party a salience and an influence above zero, or leave the issue out."
        )
    pull = weight / total
    outcome = (pull * positions.at).sum(axis=-2)
    return Compromise(
        parties=positions.parties,
        issues=positions.issues,
        outcome=outcome,
        pull=pull,
        method="weighted-mean",
        parameters={},
        certificate=_certificate(positions, weight, outcome),
    )


def _certificate(
    positions: Positions,
    weight: Float[np.ndarray, "*draw party issue"],
    outcome: Float[np.ndarray, "*draw issue"],
) -> Certificate:
    """Check that the weighted pulls towards either side cancel at the outcome: its defining property."""
    pulls = weight * (positions.at - outcome[..., None, :])
    scale = np.abs(weight * positions.at).sum(axis=-2) + np.abs(outcome) * weight.sum(axis=-2)
    holds = bool((np.abs(pulls.sum(axis=-2)) <= 1e-9 * scale + 1e-300).all())
    return Certificate(claim="pulls-cancel", checked=outcome.size, holds=holds)
