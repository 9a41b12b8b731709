r"""How often does the event come about in a class, when a small class borrows from the larger ones around it?

    p_0 = (k_0 + 1) / (n_0 + 2),       p_c = (k_c + m p_parent) / (n_c + m),      m = 15                            (1)

down a chain of classes of which each lies in the one before. The interval is that of the beta distribution with
k_c + m p_parent events and n_c - k_c + m (1 - p_parent) others, for the first class k_0 + 1 and n_0 - k_0 + 1.

Source: the beta-binomial shrinkage of Good (1965), The Estimation of Probabilities, with the parent as the prior. That
m is 15 is a convention: on crises of 1950 to 2017 anything from 5 to 40 does about as well (`detente backtest icb`).
The cases of a class count in its parent too, so that shrinking is weaker than m says. The interval takes the parent's
rate as known, and the class as the right one: which class a case belongs to is mostly the larger doubt.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from detente.errors import AnalysisError
from detente.outlook.classes.intervals import Bounds, beta_bounds
from detente.outlook.classes.table import ReferenceClass

PRIOR_CASES = 15.0


@dataclass(frozen=True, slots=True)
class Nested:
    """One class of a chain with its rate by equation (1), next to the plain k of n that `of` holds."""

    of: ReferenceClass
    rate: float
    bounds: Bounds


def shrunk(k: float, n: float, parent: float | None, *, prior: float = PRIOR_CASES) -> float:
    """Return equation (1) for one class; without a parent, for the first one.

    Raises AnalysisError where events are more than cases, a parent's rate is none, or the prior counts less than 0.

    >>> round(shrunk(43, 101, None), 4), shrunk(5, 10, 0.5)
    (0.4272, 0.5)
    """
    yes, no = _weights(k, n, parent, prior)
    return yes / (yes + no)


def nested(chain: Sequence[ReferenceClass], *, prior: float = PRIOR_CASES) -> tuple[Nested, ...]:
    """Go down a chain of classes, the widest first.

    Raises AnalysisError where the classes count different events, or come from different data sets.

    >>> from detente.outlook.classes.table import rate
    >>> chain = [rate(f"icb/1946-2017/{c}", "agreement") for c in ("all", "mediated", "mediated+protracted")]
    >>> [round(one.rate, 3) for one in nested(chain)]
    [0.361, 0.596, 0.626]
    """
    if len({(c.source.id, c.event.id) for c in chain}) > 1:
        raise AnalysisError(
            f"The classes {', '.join(c.id for c in chain)} do not count the same event in the same data set, so none "
            "lies in another. Put them side by side."
        )
    found: list[Nested] = []
    for one in chain:
        parent = found[-1].rate if found else None
        found.append(
            Nested(one, shrunk(one.k, one.n, parent, prior=prior), beta_bounds(*_weights(one.k, one.n, parent, prior)))
        )
    return tuple(found)


def _weights(k: float, n: float, parent: float | None, prior: float) -> tuple[float, float]:
    if not (0 <= k <= n and prior >= 0 and (parent is None or 0 < parent < 1)):
        raise AnalysisError(
            f"{k:g} of {n:g} cases beside a parent at {parent} that counts {prior:g} cases is no rate. Give no more "
            "events than cases, a parent between 0 and 1, and a prior of 0 or more."
        )
    if parent is None:
        return k + 1.0, n - k + 1.0
    return k + prior * parent, n - k + prior * (1 - parent)
