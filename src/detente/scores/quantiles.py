r"""How far is a forecast that was told by some of its quantiles from what happened?

Between the quantiles that were told, and the ends of the scale, chance is spread evenly: the distribution function F is
linear between (l, 0), (x_1, s_1) .. (x_m, s_m) and (u, 1). Where several quantiles have one value, F jumps there. Then

    CRPS = int (F(x) - 1[x >= y])^2 dx                                                                             (1)

is a sum over pieces: a linear one from F_a to F_b over a width w contributes w (F_a^2 + F_a F_b + F_b^2) / 3 below y,
and the same with 1 - F above. An outcome beyond the ends of the scale is scored by the distance as well.
The quantile ("pinball") score of one quantile x for the share s is

    Q = (1[y <= x] - s) (x - y)                                                                                    (2)

of which twice the mean over all shares is (1). For a log score the scale is cut into `cells` equal cells, and

    f(y) = (F(b) - F(a)) / (b - a),       [a, b] the cell that holds y                                             (3)

so that it stays finite where F jumps, and does not depend on which side of a quantile an outcome fell.

Source: Matheson and Winkler (1976), Management Science 22; Gneiting and Raftery (2007), Journal of the American
Statistical Association 102, sections 4.2 and 6.1; Koenker and Bassett (1978), Econometrica 46. Cells: Metaculus scores
a question by 200 of them, within the scale.
"""

import numpy as np
from jaxtyping import Float

from detente.errors import AnalysisError

CELLS = 200
_SLACK = 1e-9


def quantile_score(
    value: Float[np.ndarray, "*case"], outcome: Float[np.ndarray, "*case"], *, share: float
) -> Float[np.ndarray, "*case"]:
    """Score quantiles for one share by equation (2); less is better.

    =======  =====  =========================
    value    *case  the quantile
    outcome  *case  what happened
    returns  *case  in the unit of the outcome
    =======  =====  =========================

    Raises AnalysisError where the share is not between 0 and 1.

    >>> quantile_score(np.array([10.0, 10.0]), np.array([14.0, 6.0]), share=0.9).round(2)
    array([3.6, 0.4])
    """
    if not 0 < share < 1:
        raise AnalysisError(f"A quantile for a share of {share:g} is none. Give a share between 0 and 1.")
    return np.asarray(((outcome <= value) - share) * (value - outcome))


def crps_of_quantiles(
    share: Float[np.ndarray, "*case quantile"],
    value: Float[np.ndarray, "*case quantile"],
    outcome: Float[np.ndarray, "*case"],
    low: Float[np.ndarray, "*case"],
    high: Float[np.ndarray, "*case"],
) -> Float[np.ndarray, "*case"]:
    """Score distributions told by quantiles, by equation (1), exactly; less is better.

    =========  ==============  =========================================================================
    share      *case quantile  0 to 1, ascending; nan in share and value where a case has fewer of them
    value      *case quantile  in the unit of the outcome, never descending, from low to high
    outcome    *case           what happened
    low, high  *case           the ends of the scale
    returns    *case           in the unit of the outcome
    =========  ==============  =========================================================================

    Raises AnalysisError where quantiles descend or leave the scale, or the outcome is no finite number.

    >>> whole = np.array([0.0]), np.array([100.0])
    >>> crps_of_quantiles(np.array([[0.5]]), np.array([[50.0]]), np.array([50.0]), *whole).round(4)
    array([8.3333])
    >>> crps_of_quantiles(np.array([[0.0, 1.0]]), np.array([[30.0, 30.0]]), np.array([50.0]), *whole)
    array([20.])
    """
    if not np.isfinite(outcome).all():
        raise AnalysisError("An outcome is not a finite number, and cannot be scored. Leave the case out.")
    x, upto = _knots(share, value, low, high)
    y = outcome[..., None]
    begin, end, first, last = x[..., :-1], x[..., 1:], upto[..., :-1], upto[..., 1:]
    at = np.clip(y, begin, end)
    width = end - begin
    part = np.divide(at - begin, width, out=np.zeros_like(width), where=width > 0)
    there = first + part * (last - first)
    below = (at - begin) * (first**2 + first * there + there**2)
    rest, none = 1 - there, 1 - last
    above = (end - at) * (rest**2 + rest * none + none**2)
    beyond = np.maximum(low - outcome, 0) + np.maximum(outcome - high, 0)
    return np.asarray((below + above).sum(axis=-1) / 3 + beyond)


def density_at(
    share: Float[np.ndarray, "*case quantile"],
    value: Float[np.ndarray, "*case quantile"],
    outcome: Float[np.ndarray, "*case"],
    low: Float[np.ndarray, "*case"],
    high: Float[np.ndarray, "*case"],
    *,
    cells: int = CELLS,
) -> Float[np.ndarray, "*case"]:
    """Return the density that was given to what happened, equation (3): per unit, 0 beyond the ends of the scale.

    The arrays are those of `crps_of_quantiles`.

    Raises AnalysisError where quantiles descend or leave the scale, or there is no cell.

    >>> whole = np.array([0.0]), np.array([100.0])
    >>> density_at(np.array([[0.5]]), np.array([[20.0]]), np.array([10.0]), *whole)
    array([0.025])
    """
    if cells < 1:
        raise AnalysisError(f"A scale cannot be cut into {cells} cells. Give at least 1; 200 are usual.")
    x, upto = _knots(share, value, low, high)
    span = high - low
    at = _in_cells((x - low[..., None]) / span[..., None] * cells)
    y = _in_cells((outcome - low) / span * cells)
    cell = np.clip(np.floor(y), 0, cells - 1)
    upper = np.where(cell == cells - 1, 1.0, _before(at, upto, cell + 1))
    lower = np.where(cell == 0, 0.0, _before(at, upto, cell))
    return np.where((outcome >= low) & (outcome <= high), (upper - lower) * cells / span, 0.0)


def _knots(
    share: Float[np.ndarray, "*case quantile"],
    value: Float[np.ndarray, "*case quantile"],
    low: Float[np.ndarray, "*case"],
    high: Float[np.ndarray, "*case"],
) -> tuple[Float[np.ndarray, "*case knot"], Float[np.ndarray, "*case knot"]]:
    """The corners of F, its ends included; a quantile that is missing repeats the one before, which changes nothing."""
    x = np.concatenate([low[..., None], value, high[..., None]], axis=-1)
    upto = np.concatenate([np.zeros_like(low)[..., None], share, np.ones_like(high)[..., None]], axis=-1)
    told = ~np.isnan(x)
    filled, reached = np.fmax.accumulate(x, axis=-1), np.fmax.accumulate(upto, axis=-1)
    descends = told & ((filled != x) | (reached != upto))
    if descends.any() or (told == np.isnan(upto)).any() or not (np.isfinite(low) & np.isfinite(high - low)).all():
        raise AnalysisError(
            "Quantiles descend or leave their scale, or a share or value of one is missing. Give shares from 0 to 1 "
            "in ascending order, and with them values that do not descend, from the lower end to the upper."
        )
    if not (high > low).all():
        raise AnalysisError("A scale ends before it begins. Give its lower end first.")
    return filled, reached


def _in_cells(at: Float[np.ndarray, "..."]) -> Float[np.ndarray, "..."]:
    """A place counted in cells; one that rounding has moved off the border between two is put back on it."""
    border = np.rint(at)
    return np.where(np.abs(at - border) < _SLACK, border, at)


def _before(
    x: Float[np.ndarray, "*case knot"], upto: Float[np.ndarray, "*case knot"], at: Float[np.ndarray, "*case"]
) -> Float[np.ndarray, "*case"]:
    """The chance of anything below `at`, which is itself above the lowest knot wherever it matters."""
    after = np.clip((x < at[..., None]).sum(axis=-1), 1, x.shape[-1] - 1)[..., None]
    (begin, end), (first, last) = (
        [np.take_along_axis(of, after - 1 + step, axis=-1)[..., 0] for step in (0, 1)] for of in (x, upto)
    )
    width = end - begin
    part = np.divide(at - begin, width, out=np.zeros_like(width), where=width > 0)
    return np.asarray(first + part * (last - first))
