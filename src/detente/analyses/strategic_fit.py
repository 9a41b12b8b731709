r"""What made states press and others resist, if each chose with an eye to what the other would do?

    first: hold (u11), or act; second: yield (u13), or resist (u14 for the first, u24 for itself; 0 if it yields)    (1)
    p4 = Phi( u24 / (s sqrt 2) ),  p3 = 1 - p4                                                                       (2)
    p2 = Phi( (p3 u13 + p4 u14 - u11) / (s q) ),  q = sqrt 2 (errors)  or  sqrt(p3^2 + p4^2 + 1) (private)           (3)
    log L = sum over cases of n_1 log(1 - p2) + n_2 log(p2 p3) + n_3 log(p2 p4)                                      (4)

Either each side errs in acting, or it knows of its own payoffs what nobody else does; the two readings are different
models and need not agree. Payoffs are in units of the shocks' standard deviation s, which is 1 unless regressors are
given for its logarithm. The likelihood may have several peaks: it is climbed from several starts, and every one's end
is told. The derivative is exact.

Source: Signorino (1999), American Political Science Review 93(2), and (2003), Political Analysis 11(4); Leblang (2003),
International Studies Quarterly 47(4), for the best known use; Bas, Signorino and Walker (2008), Political Analysis
16(1), for the start that fits the second mover first. Coefficients are associations within these cases, not effects.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from jaxtyping import Float
from scipy.optimize import minimize
from scipy.special import log_ndtr, ndtr

from detente.boards.cases import Cases
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError

FIRST = ("first holds", "first, second yields", "first, second resists")
SECOND = "second resists"
SPREAD = "log spread"
Height: TypeAlias = Callable[[Cases, np.ndarray, str], tuple[float, np.ndarray]]
SHOCKS = ("errors", "private")
FLAT = 1e-4  # of the derivative, per case: what counts as a peak


@dataclass(frozen=True, slots=True)
class Climb:
    """One climb: where it began, how high it came, how steep it is there, and whether that is a peak."""

    start: str
    log_likelihood: float
    steepest: float
    peak: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategicFit:
    """The coefficients that make the cases likeliest, and how sure it is that there are none better.

    ==============  ===========  =======================================================================
    coefficient     coefficient  at the highest peak found
    error           coefficient  standard error there; NaN where the cases do not tell a coefficient
    log_likelihood  -            equation (4)
    without         -            the same if every outcome had its overall share in every case
    probability     case x outcome  of each outcome in each case
    climbs          per start    highest first; other peaks among them are told by their heights
    identified      -            whether the likelihood falls in every direction from the peak
    ==============  ===========  =======================================================================
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    names: tuple[str, ...]
    coefficient: Float[np.ndarray, " coefficient"]
    error: Float[np.ndarray, " coefficient"]
    log_likelihood: float
    without: float
    probability: Float[np.ndarray, "case outcome"]
    climbs: tuple[Climb, ...]
    identified: bool
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def strategic_fit(
    cases: Cases,
    *,
    rng: np.random.Generator,
    shocks: str = "private",
    starts: int = 4,
    begin: Sequence[float] | None = None,
) -> StrategicFit:
    """Look for the coefficients that make the cases likeliest.

    Climbs begin where the second mover is fitted first, at nought, at `begin` where given, and at `starts` places
    drawn around the first.

    Raises AnalysisError for an unknown kind of shocks, other utilities than those of equation (1), or nothing to fit.

    >>> from detente.boards.cases import cases
    >>> power = np.linspace(-2, 2, 60)
    >>> ends = np.eye(3, dtype=int)[(power > -0.9).astype(int) + (np.sin(9 * power) > 0.2) * (power > -0.9)]
    >>> ends[::7] = [1, 0, 0]
    >>> terms = {"first, second yields": {"power": power}, "second resists": {"const": 1}}
    >>> board = cases(("calm", "conceded", "war"), ends, terms, fixed={"first, second resists": 0.0})
    >>> found = strategic_fit(board, rng=np.random.default_rng(0))
    >>> found.log_likelihood > found.without, found.climbs[0].peak, found.identified
    (True, True, True)
    """
    _able(cases, shocks)
    size = len(cases.names)
    first = _second_first(cases, shocks)
    begins = [("second mover first", first), ("nought", np.zeros(size))]
    begins += [("given", np.asarray(begin, dtype=float))] if begin is not None else []
    begins += [(f"drawn {k + 1}", first + rng.normal(0, 0.5, size) * (1 + np.abs(first))) for k in range(starts)]
    ends = [(name, _ascended(_height, cases, shocks, start, np.ones(size, dtype=bool))) for name, start in begins]
    climbs = [_climb(cases, shocks, name, at) for name, at in ends]
    order = sorted(range(len(climbs)), key=lambda k: -climbs[k].log_likelihood)
    best = ends[order[0]][1]
    error, identified = _errors(cases, shocks, best)
    told = tuple(climbs[k] for k in order)
    return StrategicFit(
        table=cases.table,
        parties=(),
        issues=(),
        names=cases.names,
        coefficient=best,
        error=error,
        log_likelihood=told[0].log_likelihood,
        without=_without(cases),
        probability=probabilities(cases, best, shocks=shocks),
        climbs=told,
        identified=identified,
        method="climb-from-several-starts",
        parameters={"shocks": shocks, "starts": starts},
        certificate=_certificate(cases, shocks, best, told),
    )


def probabilities(
    cases: Cases, coefficients: Float[np.ndarray, " coefficient"], *, shocks: str = "private"
) -> Float[np.ndarray, "case outcome"]:
    """How likely is each outcome in each case? Equations (2) and (3).

    Raises AnalysisError as `strategic_fit` does.

    >>> from detente.boards.cases import cases
    >>> board = cases(("sq", "yield", "war"), np.eye(3, dtype=int), {"second resists": {"const": 1}})
    >>> probabilities(board, np.array([0.0])).round(2)[0].tolist()
    [0.5, 0.25, 0.25]
    """
    _able(cases, shocks)
    a, b = _indices(cases, np.asarray(coefficients, dtype=float), shocks)[:2]
    return np.column_stack([ndtr(-b), ndtr(b) * ndtr(-a), ndtr(b) * ndtr(a)])


def log_likelihood(
    cases: Cases, coefficients: Float[np.ndarray, " coefficient"], *, shocks: str = "private"
) -> tuple[float, Float[np.ndarray, " coefficient"]]:
    """How likely are the cases at given coefficients, equation (4), and which way is up?

    Raises AnalysisError as `strategic_fit` does.

    >>> from detente.boards.cases import cases
    >>> board = cases(("sq", "yield", "war"), np.eye(3, dtype=int), {"second resists": {"const": 1}})
    >>> round(log_likelihood(board, np.array([0.0]))[0], 4)
    -3.4657
    """
    _able(cases, shocks)
    return _height(cases, np.asarray(coefficients, dtype=float), shocks)


def _able(cases: Cases, shocks: str) -> None:
    if shocks not in SHOCKS:
        raise AnalysisError(f"'{shocks}' is no kind of shocks. Choose one of: {', '.join(SHOCKS)}.")
    strange = [u for u in cases.utilities if u not in (*FIRST, SECOND, SPREAD)]
    if strange or len(cases.outcomes) != 3:
        named = f"'{strange[0]}' is none of the utilities" if strange else f"'{cases.table}' has not three outcomes"
        raise AnalysisError(f"{named}. Name them {', '.join((*FIRST, SECOND, SPREAD))}, for outcomes in that order.")
    if not cases.names:
        raise AnalysisError(f"No coefficient of '{cases.table}' is left to look for. Give some utility a regressor.")


def _worth(cases: Cases, at: np.ndarray, name: str) -> np.ndarray:
    """Return one utility in every case: nought where it is not given."""
    if name not in cases.utilities:
        return np.zeros(len(cases.counts))
    return np.asarray(cases.worth(at)[:, cases.utilities.index(name)])


def _indices(cases: Cases, at: np.ndarray, shocks: str) -> tuple[np.ndarray, ...]:
    """Return both arguments of Phi, then p3, p4, s and q of equations (2) and (3)."""
    hold, yields, war, resists = (_worth(cases, at, n) for n in (*FIRST, SECOND))
    s = np.exp(np.clip(_worth(cases, at, SPREAD), -200.0, 200.0))
    a = resists / (s * np.sqrt(2.0))
    p3, p4 = ndtr(-a), ndtr(a)
    q = np.sqrt(p3**2 + p4**2 + 1) if shocks == "private" else np.full(len(a), np.sqrt(2.0))
    b = (p3 * yields + p4 * war - hold) / (s * q)
    return a, b, p3, p4, s, q


def _height(cases: Cases, at: np.ndarray, shocks: str) -> tuple[float, np.ndarray]:
    a, b, p3, p4, s, q = _indices(cases, at, shocks)
    n1, n2, n3 = cases.counts.T
    total = n1 * log_ndtr(-b) + (n2 + n3) * log_ndtr(b) + n2 * log_ndtr(-a) + n3 * log_ndtr(a)
    by_b = (n2 + n3) * _hazard(b) - n1 * _hazard(-b)
    yields, war = (_worth(cases, at, n) for n in FIRST[1:])
    bend = (p4 - p3) / q if shocks == "private" else 0.0
    through = (war - yields) / (s * q) - b / q * bend
    by_a = n3 * _hazard(a) - n2 * _hazard(-a) + by_b * through * np.exp(-(a**2) / 2) / np.sqrt(2 * np.pi)
    parts = {
        FIRST[0]: -by_b / (s * q),
        FIRST[1]: by_b * p3 / (s * q),
        FIRST[2]: by_b * p4 / (s * q),
        SECOND: by_a / (s * np.sqrt(2.0)),
        SPREAD: -a * by_a - b * by_b,
    }
    return float(total.sum()), cases.gradient(np.column_stack([parts[u] for u in cases.utilities]))


def _hazard(x: np.ndarray) -> np.ndarray:
    return np.asarray(np.exp(-(x**2) / 2 - log_ndtr(x)) / np.sqrt(2 * np.pi))


def _second_height(cases: Cases, at: np.ndarray, shocks: str) -> tuple[float, np.ndarray]:
    """Return the part of equation (4) that tells what the second mover does once it has to move."""
    a, _, _, _, s, _ = _indices(cases, at, shocks)
    n2, n3 = cases.counts[:, 1], cases.counts[:, 2]
    up = (n3 * _hazard(a) - n2 * _hazard(-a)) / (s * np.sqrt(2.0))
    by_worth = np.column_stack([up if u == SECOND else np.zeros(len(a)) for u in cases.utilities])
    return float((n2 * log_ndtr(-a) + n3 * log_ndtr(a)).sum()), cases.gradient(by_worth)


def _second_first(cases: Cases, shocks: str) -> np.ndarray:
    """Fit what the second mover does where it has to move, then the first mover to that."""
    sizes = [x.shape[1] for x in cases.regressor]
    second = np.repeat([u == SECOND for u in cases.utilities], sizes)
    at = _ascended(_second_height, cases, shocks, np.zeros(len(second)), second)
    return _ascended(_height, cases, shocks, at, ~second)


def _ascended(height: Height, cases: Cases, shocks: str, at: np.ndarray, free: np.ndarray) -> np.ndarray:
    """Climb as far as the derivative leads, moving the coefficients that are free."""
    if not free.any():
        return at

    def down(x: np.ndarray) -> tuple[float, np.ndarray]:
        here = at.copy()
        here[free] = x
        value, slope = height(cases, here, shocks)
        return -value / weight, -slope[free] / weight

    weight = float(cases.counts.sum())
    here = at.copy()
    for _ in range(3):  # a climb that stops for want of digits goes on with a fresh idea of the curvature
        found = minimize(down, here[free], jac=True, method="BFGS", options={"maxiter": 400, "gtol": 1e-9})
        here[free] = found.x
        if np.abs(found.jac).max() < 1e-8:
            break
    return here


def _climb(cases: Cases, shocks: str, start: str, at: np.ndarray) -> Climb:
    value, slope = _height(cases, at, shocks)
    steepest = float(np.abs(slope).max()) / float(cases.counts.sum())
    return Climb(start, value, steepest, steepest < FLAT)


def _errors(cases: Cases, shocks: str, at: np.ndarray) -> tuple[np.ndarray, bool]:
    """Return standard errors from the curvature, differences of the exact derivative; NaN where it is not a peak."""
    step = 1e-5 * (1 + np.abs(at))
    rows = [
        (_height(cases, at + one, shocks)[1] - _height(cases, at - one, shocks)[1]) / (2 * step[k])
        for k, one in enumerate(np.diag(step))
    ]
    bent = -(np.array(rows) + np.array(rows).T) / 2
    least = np.linalg.eigvalsh(bent)
    if not least[0] > 1e-9 * max(1.0, least[-1]):
        return np.full(len(at), np.nan), False
    return np.sqrt(np.diag(np.linalg.inv(bent))), True


def _without(cases: Cases) -> float:
    total = cases.counts.sum(axis=0)
    share = total[total > 0] / total.sum()
    return float((total[total > 0] * np.log(share)).sum())


def _certificate(cases: Cases, shocks: str, best: np.ndarray, climbs: tuple[Climb, ...]) -> Certificate:
    """Is the highest point a peak, is the height that of the probabilities told, and does no climb come higher?"""
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(probabilities(cases, best, shocks=shocks))
        again = float(np.where(cases.counts > 0, cases.counts * logs, 0.0).sum())
    holds = climbs[0].peak and bool(np.isclose(again, climbs[0].log_likelihood, rtol=1e-9))
    return Certificate(claim="no-climb-comes-higher", checked=len(climbs), holds=holds)
