r"""How far are the probabilities of several answers from the one that came true?

With p_1 .. p_n the chances of the n choices of a case, k the one that came true, and o_j 1 for j = k and else 0,

    Brier = c sum_j (p_j - o_j)^2,       c = 1 as in 1950 ("original"), or c = 1/2 ("half")                        (1)
    log loss = -ln p_k                                                                                             (2)
    RPS = c sum_{j<n} (sum_{i<=j} p_i - sum_{i<=j} o_i)^2,       c = 1, or 1 / (n - 1) ("normalised")              (3)

all of which are 0 for certainty about what happened, and proper. (1) and (2) know no order of the choices; the ranked
probability score (3) is for choices in ascending order, and is milder to a forecast that was off by one place. With two
choices the half Brier score and the normalised RPS are the Brier score of a yes or no question, so that these are what
is returned unless asked otherwise: kinds of questions are then on one scale, 0 to 1.

Cases may have unlike numbers of choices: the table is as wide as the largest needs, with chances of 0 behind the last
choice of the others, and `choices` says how many each has.

Source: Brier (1950), Monthly Weather Review 78; Good (1952), Journal of the Royal Statistical Society B 14; Epstein
(1969), Journal of Applied Meteorology 8; Murphy (1971) on its properness, the same journal 10.
"""

from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Float, Int

from detente.errors import AnalysisError
from detente.scores.chances import clipped, require_chances

Convention: TypeAlias = Literal["half", "original"]
_SUM_SLACK = 1e-6


def brier_of_choices(
    chance: Float[np.ndarray, "*case choice"], outcome: Int[np.ndarray, "*case"], *, convention: Convention = "half"
) -> Float[np.ndarray, "*case"]:
    """Return the Brier score of several choices, equation (1), 0 to 1, or to 2 by the original; less is better.

    =======  ============  =================================
    chance   *case choice  0 to 1, adding up to 1
    outcome  *case         which choice came true, from 0 on
    =======  ============  =================================

    Raises AnalysisError where chances are no shares of 1, or an outcome is no choice.

    >>> brier_of_choices(np.array([[0.5, 0.3, 0.2]]), np.array([0])).round(2)
    array([0.19])
    >>> brier_of_choices(np.array([[0.5, 0.3, 0.2]]), np.array([0]), convention="original").round(2)
    array([0.38])
    """
    of_outcome = chance_of_outcome(chance, outcome)
    # (p_k - 1)^2 in the place of p_k^2.
    total = np.einsum("...c,...c->...", chance, chance) + 1 - 2 * of_outcome
    return np.asarray(np.maximum(total, 0) * (0.5 if convention == "half" else 1.0))


def chance_of_outcome(
    chance: Float[np.ndarray, "*case choice"], outcome: Int[np.ndarray, "*case"]
) -> Float[np.ndarray, "*case"]:
    """Return the chance that was given to what came true.

    Raises AnalysisError where chances are no shares of 1, or an outcome is no choice.

    >>> chance_of_outcome(np.array([[0.5, 0.3, 0.2], [0.1, 0.9, 0.0]]), np.array([2, 1]))
    array([0.2, 0.9])
    """
    require_chances(chance)
    if (np.abs(chance.sum(axis=-1) - 1) > _SUM_SLACK).any():
        raise AnalysisError("The chances of a case's choices do not add up to 1. Divide them by their sum.")
    if ((outcome < 0) | (outcome >= chance.shape[-1])).any():
        raise AnalysisError(
            f"An outcome is none of the {chance.shape[-1]} choices, which are counted from 0. Leave the case out."
        )
    return np.asarray(np.take_along_axis(chance, outcome[..., None], axis=-1)[..., 0])


def log_of_choices(
    chance: Float[np.ndarray, "*case choice"], outcome: Int[np.ndarray, "*case"], *, clip: float = 0.0
) -> Float[np.ndarray, "*case"]:
    """Return the log loss of several choices, equation (2), the chance of the outcome within `clip` and 1 - `clip`.

    Raises AnalysisError where chances are no shares of 1, or an outcome is no choice.

    >>> log_of_choices(np.array([[0.5, 0.3, 0.2]]), np.array([0])).round(3)
    array([0.693])
    """
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(clipped(chance_of_outcome(chance, outcome), clip)))


def rps(
    chance: Float[np.ndarray, "*case choice"],
    outcome: Int[np.ndarray, "*case"],
    *,
    choices: Int[np.ndarray, "*case"] | None = None,
    normalised: bool = True,
) -> Float[np.ndarray, "*case"]:
    """Return the ranked probability score of ordered choices, equation (3); less is better.

    =======  ============  =================================================================
    chance   *case choice  0 to 1, adding up to 1, choices in ascending order
    outcome  *case         which choice came true, from 0 on
    choices  *case         how many choices the case has: 2 or more; without it as many as the table is wide
    returns  *case         0 to 1; not normalised, to one less than there are choices
    =======  ============  =================================================================

    Raises AnalysisError where chances are no shares of 1, an outcome is no choice, or a case has fewer than two.

    >>> rps(np.array([[0.5, 0.3, 0.2], [0.5, 0.3, 0.2]]), np.array([0, 2])).round(3)
    array([0.145, 0.445])
    """
    of_outcome = chance_of_outcome(chance, outcome)
    many = np.full(of_outcome.shape, chance.shape[-1]) if choices is None else choices
    if (many < 2).any() or (many > chance.shape[-1]).any() or (outcome >= many).any():
        raise AnalysisError(
            "A case has fewer than two ordered choices, more than its table, or an outcome beyond them. Leave it out."
        )
    reached = np.arange(chance.shape[-1]) >= outcome[..., None]
    apart = np.cumsum(chance, axis=-1)[..., :-1] - reached[..., :-1]
    total = np.einsum("...c,...c->...", apart, apart)
    return np.asarray(total / (many - 1) if normalised else total)
