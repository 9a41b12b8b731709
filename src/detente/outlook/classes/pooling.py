r"""What is the pool of a reference class and a model, at the weight that the model has earned?

    logit p = logit p_ref + w (logit p_model - logit p_model,ref),     the shift no more than 1 either way          (1)
    p_i ~ p_ref,i^(1-w) p_model,i^w                                   over several ends of which one happens       (2)

p_model,ref is the model's own mean over past cases: taking it off removes a bias for or against the event. w is 0 until
past cases with both a class and inputs for the model have shown that it adds something; at 0 the pool is the class.

Source: logarithmic pooling, Genest and Zidek (1986), Statistical Science 1(1). The cap is a convention: no model of
talks is trusted to change the odds by more than e.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from scipy.special import expit, logit

from detente.errors import AnalysisError

EARNED = 0.0  # what the model's weight is until past cases say otherwise
MOST_SHIFT = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """The pool (1), and what went into it.

    `contrast` is what the model says beside its own mean, in log odds; `shift` is what of it counts.
    """

    probability: float
    reference: float
    contrast: float
    shift: float
    weight: float
    capped: bool


def pooled(class_p: float, model_p: float, model_reference: float, *, weight: float = EARNED) -> Pooled:
    """Move the rate of a class by a model's contrast, equation (1).

    ===============  =======================================================
    class_p          the rate of the class, between 0 and 1
    model_p          the model's share for this case, between 0 and 1
    model_reference  its mean share over past cases, between 0 and 1
    weight           0 to 1, what it has earned
    ===============  =======================================================

    Raises AnalysisError for a probability that is not between 0 and 1, or a weight outside 0 to 1.

    >>> pooled(0.4, 0.9, 0.6).probability
    0.4
    >>> found = pooled(0.5, 0.99, 0.5, weight=0.5)
    >>> found.shift, found.capped, round(found.probability, 3)
    (1.0, True, 0.731)
    """
    given = np.array([class_p, model_p, model_reference])
    _require(given, weight)
    contrast = float(logit(model_p) - logit(model_reference))
    shift = float(np.clip(weight * contrast, -MOST_SHIFT, MOST_SHIFT))
    return Pooled(
        probability=class_p if shift == 0 else float(expit(logit(class_p) + shift)),
        reference=class_p,
        contrast=contrast,
        shift=shift,
        weight=weight,
        capped=abs(weight * contrast) > MOST_SHIFT,
    )


def log_pool(
    reference: Float[np.ndarray, "*case end"], model: Float[np.ndarray, "*case end"], *, weight: float = EARNED
) -> Float[np.ndarray, "*case end"]:
    """Pool two distributions over the same ends, equation (2).

    ================  ==========  =====================================
    reference, model  *case end   above 0, adding up to 1 over ends
    ================  ==========  =====================================

    Raises AnalysisError for anything that is no distribution, or a weight outside 0 to 1.

    >>> log_pool(np.array([0.35, 0.65]), np.array([0.15, 0.85]), weight=0.4).round(4)
    array([0.2563, 0.7437])
    """
    for one in (reference, model):
        _require(one, weight)
        if (np.abs(one.sum(axis=-1) - 1) > 1e-9).any():
            raise AnalysisError("The shares of the ends do not add up to 1. Divide them by their sum.")
    logs = (1 - weight) * np.log(reference) + weight * np.log(model)
    found = np.exp(logs - logs.max(axis=-1, keepdims=True))
    return np.asarray(found / found.sum(axis=-1, keepdims=True))


def _require(shares: Float[np.ndarray, "..."], weight: float) -> None:
    if not (0 <= weight <= 1):
        raise AnalysisError(f"A weight of {weight:g} is not between 0 and 1. Give one that is.")
    if not ((shares > 0) & (shares < 1)).all():
        raise AnalysisError(
            "A probability is 0, 1 or no probability at all, and has no finite odds. Give one between 0 and 1."
        )
