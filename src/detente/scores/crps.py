r"""How far is a forecast distribution from what happened?

    CRPS(F, y) = E|X - y| - 1/2 E|X - X'|                                                                          (1)

with X and X' drawn independently from the forecast F, and y what happened: the continuous ranked probability score, in
the unit of the outcome, 0 for certainty about what happened. For a forecast of one value it is the absolute error. With
F the cumulated weight up to each level in ascending order, the second term is

    1/2 E|X - X'| = sum_i (x_{i+1} - x_i) F_i (1 - F_i)                                                            (2)

so that it takes a sort rather than all pairs. Of a sample of n members, equation (1) scores the distribution that the
members are, with 1/n each; a sample that stands for a wider distribution is then punished for being small. The fair
score divides the second term by n (n - 1) instead of n^2.

Source: Matheson and Winkler (1976), Management Science 22; form (1): Gneiting and Raftery (2007), Journal of the
American Statistical Association 102, section 4.2; the fair score: Ferro (2014), Quarterly Journal of the Royal
Meteorological Society 140. The score is proper: nobody gains by saying another distribution than the one believed in.
It does not say whether a forecast is off by its place or by its width.
"""

import numpy as np
from jaxtyping import Float

from detente.errors import AnalysisError


def crps(
    levels: Float[np.ndarray, "*case level"],
    weight: Float[np.ndarray, "*case level"],
    outcome: Float[np.ndarray, "*case"],
) -> Float[np.ndarray, "*case"]:
    """Score distributions over levels by equations (1) and (2), case by case.

    =======  ===========  ====================================================
    levels   *case level  in any order, in the unit of the outcome
    weight   *case level  0 to 1, adding up to 1 over levels
    outcome  *case        what happened
    returns  *case        0 or more, in the unit of the outcome; less is better
    =======  ===========  ====================================================

    Raises AnalysisError where weights are no shares of 1, or anything is not a finite number.

    >>> crps(np.array([[0.0, 100.0], [40.0, 40.0]]), np.array([[0.5, 0.5], [0.3, 0.7]]), np.array([100.0, 50.0]))
    array([25., 10.])
    """
    _require_finite(levels, weight, outcome)
    if (weight < 0).any() or (np.abs(weight.sum(axis=-1) - 1) > 1e-6).any():
        raise AnalysisError(
            "A forecast's weights are not shares of 1: some are negative, or they do not add up to it. "
            "Divide them by their sum."
        )
    away = (weight * np.abs(levels - outcome[..., None])).sum(axis=-1)
    order = np.argsort(levels, axis=-1, kind="stable")
    ascending = np.take_along_axis(levels, order, axis=-1)
    below = np.cumsum(np.take_along_axis(weight, order, axis=-1), axis=-1)[..., :-1]
    apart = (np.diff(ascending, axis=-1) * below * (1 - below)).sum(axis=-1)
    return np.asarray(np.maximum(away - apart, 0.0))


def crps_of_sample(
    sample: Float[np.ndarray, "*case member"], outcome: Float[np.ndarray, "*case"], *, fair: bool = False
) -> Float[np.ndarray, "*case"]:
    """Score samples by equation (1), case by case; `fair` is for samples that stand for a wider distribution.

    =======  ============  =================================================================
    sample   *case member  in the unit of the outcome
    outcome  *case         what happened
    returns  *case         in the unit of the outcome; less is better; fair, it can be below 0
    =======  ============  =================================================================

    Raises AnalysisError where anything is not a finite number, or a fair score is asked of less than two members.

    >>> crps_of_sample(np.array([0.0, 100.0]), np.array(100.0))
    array(25.)
    >>> crps_of_sample(np.array([0.0, 100.0]), np.array(100.0), fair=True)
    array(0.)
    """
    _require_finite(sample, outcome)
    members = sample.shape[-1]
    if members < (2 if fair else 1):
        raise AnalysisError("A fair score needs two members, any other one. Give a larger sample.")
    below = np.arange(1, members) / members
    apart = (np.diff(np.sort(sample, axis=-1), axis=-1) * below * (1 - below)).sum(axis=-1)
    away = np.abs(sample - outcome[..., None]).mean(axis=-1)
    return np.asarray(away - apart * (members / (members - 1) if fair else 1.0))


def _require_finite(*given: Float[np.ndarray, "..."]) -> None:
    if not all(np.isfinite(one).all() for one in given):
        raise AnalysisError(
            "A forecast or an outcome is not a finite number, and cannot be scored. Leave the case out."
        )
