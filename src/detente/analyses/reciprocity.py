r"""Does each side do to the other what was done to it, and does that help to tell what comes next?

    y_t = c + A_1 y_{t-1} + ... + A_p y_{t-p} + e_t                                                                 (1)
    AIC = ln det(E'E / T) + 2 k / T,   k = 2 (1 + 2p)                                                               (2)
    F = ((R - U) / p) / (U / (T - 2p - 1))                                                                          (3)

y_t is what both did in week t, fitted by least squares over T weeks; E are the errors of (1). In (3) U is the sum of
squares that (1) leaves in one side's equation, and R what is left without the other side's weeks: a large F says that
what the other did before tells something of what this side does. It moves on its own when the greatest root of (1) is
near 1, so that no half-life is told: with one week of memory it comes out a fraction of what it is with six.

Whether it helps is asked of weeks that were not fitted: forecasts one week ahead by (1) with the weeks of both, with a
side's own alone, with its last week, and with the mean of the weeks before; refitted every so often.

Source: Goldstein and Freeman (1990), Three-Way Street; Granger (1969), Econometrica 37(3), for (3); the weekly series
it is checked on: Brandt, Colaresi and Freeman (2008), Journal of Conflict Resolution 52(3). Weeks or months give other
answers, and so do other scales; F says what comes before what, not why.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float
from scipy.special import fdtrc

from detente.boards.dealings import Dealings
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError

FORECASTERS = ("both", "own", "last week", "mean of weeks")
CLOSE = 1e-7


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Equation (1) with one number of lags.

    ========  =============  ==============================================================
    constant  party          c
    effect    lag to from    A: what a point done by `from` so many weeks ago does to `to`
    ========  =============  ==============================================================

    `aic` is (2), less is better; `root` the greatest root, below 1 where disturbances fade.
    """

    lags: int
    weeks: int
    constant: Float[np.ndarray, " party"]
    effect: Float[np.ndarray, "lag party party"]
    aic: float
    root: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reciprocity:
    """Fits of (1), whether the other side's weeks count, and what they bring to a forecast.

    ==========  =================  =================================================================
    answers     party              equation (3): how strongly it answers the other's weeks
    chance      party              how probably F would be as large if it did not
    error       forecaster party   root mean square error one week ahead, of the weeks held out
    helped      party              whether the other's weeks made the forecast of this side better
    ==========  =================  =================================================================
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    fits: tuple[Fit, ...]
    answers: Float[np.ndarray, " party"]
    chance: Float[np.ndarray, " party"]
    forecasters: tuple[str, ...]
    error: Float[np.ndarray, "forecaster party"]
    helped: Bool[np.ndarray, " party"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def reciprocity(
    dealings: Dealings,
    *,
    lags: int = 6,
    beside: Sequence[int] = (1, 2),
    held_out: int = 260,
    refit: int = 26,
    span: int = 52,
) -> Reciprocity:
    """Fit what two sides did to each other, and forecast the last `held_out` weeks one week ahead.

    `lags` are the weeks of memory, those of `beside` are fitted too; fits are renewed every `refit` weeks, and `span`
    are the weeks of the mean.

    Raises AnalysisError where there are too few weeks, or they do not tell the parts of (1) apart.

    >>> from detente.boards.dealings import dealings
    >>> week = np.arange(90)
    >>> board = dealings(("a", "b"), np.stack([np.sin(week), np.sin(week - 1.0) + np.cos(week**2)], axis=-1))
    >>> found = reciprocity(board, lags=1, beside=(), held_out=20, refit=5, span=10)
    >>> found.fits[0].effect.shape, found.error.shape, bool(found.answers[1] > found.answers[0])
    ((1, 2, 2), (4, 2), True)
    """
    done, longest = dealings.done, max([lags, *beside])
    if min([lags, *beside, held_out, refit, span]) < 1 or len(done) < held_out + max(5 * longest + 10, span):
        raise AnalysisError(
            f"{len(done)} weeks are too few to fit {longest} weeks of memory and to hold {held_out} weeks out. Give "
            "more weeks, or hold fewer out; all numbers must be 1 or more."
        )
    answers = np.array([_answers(done, lags, party) for party in range(2)])
    error = np.stack([_errors(done, lags, span, start=len(done) - held_out, refit=refit, name=f) for f in FORECASTERS])
    fits = tuple(_fit(done, p) for p in sorted({lags, *beside}))
    return Reciprocity(
        table=dealings.table,
        parties=dealings.parties,
        issues=(),
        fits=fits,
        answers=answers,
        chance=np.asarray(fdtrc(lags, len(done) - 3 * lags - 1, answers)),
        forecasters=FORECASTERS,
        error=error,
        helped=np.asarray(error[0] < error[1]),
        method="least-squares",
        parameters={"lags": lags, "held_out": held_out, "refit": refit, "span": span},
        certificate=_certificate(done, fits),
    )


def _before(done: np.ndarray, lags: int, parties: Sequence[int]) -> np.ndarray:
    """Return for each week from the first that has them a 1 and the weeks before it, the nearest first."""
    rows = len(done) - lags
    columns = [done[lags - j : lags - j + rows, p] for j in range(1, lags + 1) for p in parties]
    return np.column_stack([np.ones(rows), *columns])


def _solved(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    found, _, rank, _ = np.linalg.lstsq(x, y, rcond=None)
    if int(rank) < x.shape[1]:
        raise AnalysisError("Some weeks repeat others, so that what they do cannot be told apart. Use fewer lags.")
    return np.asarray(found)


def _fit(done: np.ndarray, lags: int) -> Fit:
    x, y = _before(done, lags, (0, 1)), done[lags:]
    found = _solved(x, y)
    off = y - x @ found
    spread = (off[:, :, None] * off[:, None, :]).mean(axis=0)
    effect = found[1:].reshape(lags, 2, 2).transpose(0, 2, 1)
    companion = np.eye(2 * lags, k=-2)
    companion[:2] = effect.transpose(1, 0, 2).reshape(2, 2 * lags)
    return Fit(
        lags=lags,
        weeks=len(y),
        constant=found[0],
        effect=effect,
        aic=float(np.log(np.linalg.det(spread)) + 2 * 2 * (1 + 2 * lags) / len(y)),
        root=float(np.abs(np.linalg.eigvals(companion)).max()),
    )


def _answers(done: np.ndarray, lags: int, party: int) -> float:
    """Return equation (3) for one side."""
    y = done[lags:, party]
    left = []
    for used in ((party,), (party, 1 - party)):
        x = _before(done, lags, used)
        left.append(float(((y - x @ _solved(x, y)) ** 2).sum()))
    freedom = len(y) - 2 * lags - 1
    return (left[0] - left[1]) / lags / (left[1] / freedom)


def _errors(done: np.ndarray, lags: int, span: int, *, start: int, refit: int, name: str) -> np.ndarray:
    """Return one forecaster's root mean square error over the weeks from `start` on, by side."""
    if name == "last week":
        said = done[start - 1 : -1]
    elif name == "mean of weeks":
        said = np.stack([done[t - span : t].mean(axis=0) for t in range(start, len(done))])
    else:
        sides = [((0, 1), p) if name == "both" else ((p,), p) for p in range(2)]
        said = np.column_stack([_ahead(done, lags, *side, start=start, refit=refit) for side in sides])
    return np.asarray(np.sqrt(((said - done[start:]) ** 2).mean(axis=0)))


def _ahead(done: np.ndarray, lags: int, used: tuple[int, ...], party: int, *, start: int, refit: int) -> np.ndarray:
    """Forecast one side one week ahead, with what was fitted on all weeks before the last refit."""
    x, said = _before(done, lags, used), []
    for since in range(start, len(done), refit):
        known = since - lags
        fitted = _solved(x[:known], done[lags:since, party])
        said.append(x[known : known + refit] @ fitted)
    return np.concatenate(said)


def _certificate(done: np.ndarray, fits: tuple[Fit, ...]) -> Certificate:
    """Are the errors of every fit unrelated to the weeks it was fitted to, as least squares leaves them?"""
    holds = True
    for fit in fits:
        x = _before(done, fit.lags, (0, 1))
        taken = fit.effect.transpose(0, 2, 1).reshape(2 * fit.lags, 2)
        off = done[fit.lags :] - x @ np.vstack([fit.constant, taken])
        size = np.abs(x).T @ np.abs(done[fit.lags :]) + 1.0
        holds &= bool((np.abs(x.T @ off) <= CLOSE * size).all())
    return Certificate(claim="errors-are-unrelated-to-weeks", checked=len(fits), holds=holds)
