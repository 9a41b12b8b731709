r"""How much better is a forecast than knowing nothing, than the other forecasters, or than a reference?

With p the chance given to what came true among n choices, f the density given to it on a scale from l to u,

    baseline = 100 ln(p n) / ln n,       of a continuous question 100 ln(f (u - l)) / 2                            (1)
    peer_i = 100 mean over the others j of (ln p_i - ln p_j)  =  100 n / (n - 1) ln(p_i / geometric mean of all)   (2)
    skill = 1 - mean score / mean score of the reference                                                           (3)

where in (2) n is the number of forecasters of the case, and p may be a density, with (2) then halved. More is better in
all three, 0 is as good as saying that all choices are alike, as the others, as the reference. (1) is 100 at best for
choices; the peer scores of a case add up to 0. (1) and (2) are proper: each is a log score, stretched, plus something
that the forecaster cannot change. Skill (3) divides by what only the outcomes will tell, and so is not quite proper
over few cases; it is wild where the reference's mean is near 0, as on questions as good as settled.

Source: the baseline and peer scores as Metaculus publishes them (scores FAQ, and `score_math.py` of its open source);
skill: Murphy (1988), Monthly Weather Review 116.
"""

import numpy as np
from jaxtyping import Float, Int

from detente.errors import AnalysisError
from detente.scores.chances import clipped


def baseline_score(
    chance: Float[np.ndarray, "*case"], choices: Int[np.ndarray, "*#case"] | int = 2, *, clip: float = 0.0
) -> Float[np.ndarray, "*case"]:
    """Return the baseline score, equation (1); more is better, 100 at best, 0 for all choices alike.

    =======  =====  ===================================================
    chance   *case  what was given to the choice that came true, 0 to 1
    choices  *case  how many there were, 2 or more
    =======  =====  ===================================================

    Raises AnalysisError for what is no probability, or fewer than two choices.

    >>> baseline_score(np.array([0.5, 1.0, 0.25]), np.array([2, 3, 2])).round(1)
    array([   0.,  100., -100.])
    """
    if np.any(np.less(choices, 2)):
        raise AnalysisError("A case has fewer than two choices, and nothing was to be foreseen. Leave it out.")
    with np.errstate(divide="ignore"):
        return np.asarray(100 * (np.log(clipped(chance, clip)) / np.log(choices) + 1))


def baseline_continuous(
    density: Float[np.ndarray, "*case"],
    low: Float[np.ndarray, "*#case"] | float,
    high: Float[np.ndarray, "*#case"] | float,
    *,
    clip: float = 0.0,
) -> Float[np.ndarray, "*case"]:
    """Return the baseline score of a density, equation (1); more is better, 0 for an even density over the scale.

    =========  =====  =====================================================
    density    *case  what was given to the outcome, 0 or more, per unit
    low, high  *case  the ends of the scale
    =========  =====  =====================================================

    A density below `clip` times the even one counts as that.

    Raises AnalysisError where a density is below 0, or a scale ends before it begins.

    >>> baseline_continuous(np.array([0.01, 0.04]), 0.0, 100.0).round(1)
    array([ 0. , 69.3])
    """
    span = np.subtract(high, low)
    if not (density >= 0).all() or not np.all(span > 0):
        raise AnalysisError("A density is below 0, or a scale ends before it begins. Leave the case out.")
    with np.errstate(divide="ignore"):
        return np.asarray(50 * np.log(np.maximum(density * span, clip)))


def peer_score(
    said: Float[np.ndarray, "case forecaster"], *, clip: float = 0.0, densities: bool = False
) -> Float[np.ndarray, "case forecaster"]:
    """Return the peer scores, equation (2); more is better, nan where somebody said nothing or was alone.

    =======  ===============  ==========================================================================
    said     case forecaster  the chance or density given to what came true; nan where nothing was said
    returns  case forecaster  adding up to 0 in every case
    =======  ===============  ==========================================================================

    Raises AnalysisError for what is no probability or density, and where one is 0 and `clip` does not lift it: then
    everybody else is infinitely better.

    >>> peer_score(np.array([[0.8, 0.4, np.nan], [0.8, np.nan, np.nan]])).round(1)
    array([[ 69.3, -69.3,   nan],
           [  nan,   nan,   nan]])
    """
    there = ~np.isnan(said)
    given = np.where(there, said, 0.5)
    bounded = np.maximum(given, clip) if densities else clipped(given, clip)
    if not (bounded > 0).all():
        raise AnalysisError("Somebody gave no chance at all to what came true. Give a clip above 0, such as 0.01.")
    own = np.where(there, np.log(bounded), 0.0)
    others = there.sum(axis=-1, keepdims=True) - 1
    away = own - (own.sum(axis=-1, keepdims=True) - own) / np.maximum(others, 1)
    return np.where(there & (others > 0), away * (50 if densities else 100), np.nan)


def skill(score: Float[np.ndarray, "case"], reference: Float[np.ndarray, "case"]) -> float:
    """Return by how much a mean score is better than the reference's, equation (3); more is better, 1 at best.

    For scores of which less is better. For its interval see `cluster_skill`.

    Raises AnalysisError where there is no case, or the reference is without any error.

    >>> round(skill(np.array([0.1, 0.2]), np.array([0.25, 0.25])), 3)
    0.4
    """
    if score.size == 0 or not reference.any():
        raise AnalysisError(
            f"There is no skill over a reference without error ({score.size} cases). Give another reference or cases."
        )
    return float(1 - score.mean() / reference.mean())
