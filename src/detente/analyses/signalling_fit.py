r"""How likely are past threats and their ends if each was a crisis whose sides knew only their own resolve?

    log L(theta) = sum over cases of sum over ends of n log P(end | theta, equilibrium)                              (1)

What each outcome is worth in a case is a sum of coefficients times what is known of the case; the ends' probabilities
are those of an equilibrium of the crisis (Lewis and Schultz). All equilibria of every case are found. Where there are
several, the one told is the likeliest for that case, and how many cases that concerns is told beside, with the log L if
each time the least likely were played: the data do not say which was.

Source: Lewis and Schultz (2003), Political Analysis 11(4); Crisman-Cox and Gibilisco (2021), "Estimating signaling
games in international relations: problems and solutions", Political Science Research and Methods 9(3), for several
equilibria, and for the pseudo-likelihood whose maximum can be checked here. Coefficients are taken as given.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int
from scipy.special import log_ndtr, ndtr

from detente.boards.cases import Cases
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.crises.signalling import Stakes, answer, challenge, equilibria, firm, threshold

UTILITIES = ("SA", "VA", "WA", "a", "CB", "WB", "VB")
ENDS = ("status quo", "concession", "war", "back down")
CLOSE = 1e-8


@dataclass(frozen=True, slots=True, kw_only=True)
class SignallingFit:
    """How likely the cases are at given coefficients.

    ==============  =====  =========================================================================
    log_likelihood  -      equation (1), each case at its likeliest equilibrium
    least           -      the same at each case's least likely one: alike where all have just one
    count           case   equilibria
    several         -      cases with more than one
    open            -      cases of which it is not sure that all equilibria were found
    resist, firm    case   p_R and p_F at the equilibrium told
    probability     case end   of each end
    ==============  =====  =========================================================================
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    names: tuple[str, ...]
    log_likelihood: float
    least: float
    count: Int[np.ndarray, " case"]
    several: int
    open: int
    resist: Float[np.ndarray, " case"]
    firm: Float[np.ndarray, " case"]
    probability: Float[np.ndarray, "case outcome"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def signalling_fit(cases: Cases, coefficients: Float[np.ndarray, " coefficient"]) -> SignallingFit:
    """Tell how likely the cases are at given coefficients, all equilibria counted.

    Utilities are SA, VA, WA, a (of the challenger: status quo, concession, war, backing down) and CB, WB, VB (of the
    target: conceding, war, being spared), outcomes status quo, concession, war and back down, in that order.

    Raises AnalysisError for other utilities or outcomes, a wrong number of coefficients, or a case without equilibrium
    in the interior.

    >>> from detente.boards.cases import cases
    >>> fixed = {"SA": 0, "VA": 1, "WA": -1.9, "a": -1.2, "CB": 0, "VB": 1}
    >>> board = cases(ENDS, np.array([[3, 1, 1, 1]]), {"WB": {"const": 1}}, fixed=fixed)
    >>> found = signalling_fit(board, np.array([-2.9]))
    >>> found.several, round(found.log_likelihood, 3), round(found.least, 3)
    (1, -7.977, -20.383)
    """
    at = np.asarray(coefficients, dtype=float)
    _able(cases, at)
    stakes = Stakes(*(cases.worth(at)[:, cases.utilities.index(u)] for u in ("SA", "VA", "WA", "a", "CB", "WB", "VB")))
    found = equilibria(stakes)
    if (found.count == 0).any():
        where = int(np.flatnonzero(found.count == 0)[0]) + 1
        raise AnalysisError(f"Case {where} has no equilibrium in which anything is ever pressed. Leave it out.")
    rows, places = np.nonzero(~np.isnan(found.z))
    each, z = stakes.at(rows), found.z[rows, places]
    logs = _log_ends(each, z)
    with np.errstate(invalid="ignore"):
        height = np.where(cases.counts[rows] > 0, cases.counts[rows] * logs, 0.0).sum(axis=1)
    best, worst = (np.full(len(found.count), fill) for fill in (-np.inf, np.inf))
    np.maximum.at(best, rows, height)
    np.minimum.at(worst, rows, height)
    told = np.zeros(len(best), dtype=np.int64)
    told[rows[height == best[rows]]] = np.flatnonzero(height == best[rows])
    off = np.abs(ndtr(answer(each, z)) - ndtr(z))
    return SignallingFit(
        table=cases.table,
        parties=(),
        issues=(),
        names=cases.names,
        log_likelihood=float(best.sum()),
        least=float(worst.sum()),
        count=found.count,
        several=int((found.count > 1).sum()),
        open=int(found.open.sum()),
        resist=ndtr(z[told]),
        firm=firm(each.at(told), threshold(each.at(told), z[told])),
        probability=np.exp(logs[told]),
        method="all-equilibria",
        parameters={},
        certificate=Certificate("every-equilibrium-answers-itself", len(z), bool((off <= CLOSE).all())),
    )


def _able(cases: Cases, at: np.ndarray) -> None:
    missing = [u for u in UTILITIES if u not in cases.utilities]
    if missing or len(cases.utilities) != len(UTILITIES) or cases.outcomes != ENDS:
        raise AnalysisError(
            f"'{cases.table}' is not about a crisis. Give it the utilities {', '.join(UTILITIES)}, fixed or with "
            f"regressors, and the outcomes {', '.join(ENDS)}."
        )
    if at.shape != (len(cases.names),) or not np.isfinite(at).all():
        raise AnalysisError(f"'{cases.table}' has {len(cases.names)} coefficients. Give a finite number for each.")


def _log_ends(each: Stakes, z: np.ndarray) -> np.ndarray:
    """Return the logarithms of the ends' probabilities at equilibria."""
    c = threshold(each, z)
    p_c, p_f = challenge(each, c), firm(each, c)
    with np.errstate(divide="ignore"):
        pressed, stands, yields = np.log(p_c), np.log(p_f), np.log1p(-p_f)
    calm = log_ndtr(c - each.war) + log_ndtr(c - each.retreat)
    resisted = pressed + log_ndtr(z)
    return np.column_stack([calm, pressed + log_ndtr(-z), resisted + stands, resisted + yields])
