r"""How precisely do players choose who were seen to choose so often this and so often that?

    log L(lambda) = sum over sets s and actions a of n_sa log p_sa(lambda)                                           (1)

p(lambda) is the quantal response on the principal branch, and n_sa how often action a was seen at set s. The likelihood
is worked out on a grid of precisions and then closer and closer around its highest point; the interval holds all
precisions at which log L is within 1.92 of the highest, which is where 95 in 100 such intervals hold the true one if
the model does. Beside it stand chance (lambda = 0) and the shares as they were seen, which no model can beat.

Source: McKelvey and Palfrey (1995), "Quantal response equilibria for normal form games", Games and Economic Behavior
10(1). Precision is per unit of payoff, so that precisions of games in different units are not comparable.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from detente.boards.crisis import Crisis
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.crises.agents import Plan, plan, work
from detente.search.crises.branch import follow

GRID = 161  # precisions at first
_CLOSER = 21  # and in each round after
_ROUNDS = 9
DROP = 1.920729410347062  # half the 95th percentile of chi-squared with one degree of freedom


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """The precision under which what was seen is likeliest.

    ==============  ===========  ===================================================================
    precision       -            lambda
    low, high       -            the interval; its upper end is the bound searched, where `open_above`
    log_likelihood  -            equation (1)
    chance, seen    -            the same at lambda 0, and if every set's shares were the model's
    choice          set action   the response there; NaN beyond a set's last action
    share           set action   what was seen
    peaks           -            how many peaks the likelihood has on the grid: above 1, look at it
    open_above      -            the likelihood is within the interval still at the bound
    followed        -            share of the grid to which the principal branch could be followed
    ==============  ===========  ===================================================================
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    sets: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]
    precision: float
    low: float
    high: float
    log_likelihood: float
    chance: float
    seen: float
    choice: Float[np.ndarray, "set action"]
    share: Float[np.ndarray, "set action"]
    peaks: int
    open_above: bool
    followed: float
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def precision(game: Crisis, seen: Float[np.ndarray, "set action"], *, most: float = 50.0) -> Precision:
    """Find the precision that makes what was seen likeliest, between 0 and `most`.

    `seen` counts actions, set by set; beyond a set's last action it is 0.

    Raises AnalysisError for a game over draws, counts that do not fit it or are all 0, or a bound that is not above 0.

    >>> from detente.boards.crisis import four_outcomes
    >>> game = four_outcomes("a", "b", np.array([[0, 0], [1, -1], [-0.5, 0.5], [-0.2, -0.3]]))
    >>> found = precision(game, np.array([[72.0, 28.0], [1, 27], [6, 21]]))
    >>> 3 < found.precision < 5, found.low < found.precision < found.high
    (True, True)
    """
    how, counts = plan(game), np.asarray(seen, dtype=float)
    _able(game, counts, most)
    grid = np.concatenate([[0.0], np.geomspace(most * 1e-4, most, GRID - 1)])
    height, _ = _heights(how, counts, grid)
    best = int(np.nanargmax(height))
    top = _closer(how, counts, grid[max(best - 1, 0)], grid[min(best + 1, GRID - 1)])
    value, choice = _heights(how, counts, np.array([top]))
    inside = np.flatnonzero(height >= value[0] - DROP)
    first, last = (min(grid[inside[0]], top), max(grid[inside[-1]], top)) if len(inside) else (top, top)
    low, high = (
        _crossing(how, counts, (float(inner), beyond), float(value[0] - DROP))
        for inner, beyond in ((first, grid[grid < first][-1:]), (last, grid[grid > last][:1]))
    )
    return Precision(
        table=game.table,
        parties=game.players,
        issues=(),
        sets=game.labels,
        actions=game.actions,
        precision=top,
        low=low,
        high=high,
        log_likelihood=float(value[0]),
        chance=float(height[0]),
        seen=_entropy(counts),
        choice=choice[0],
        share=_share(game, counts),
        peaks=_peaks(height),
        open_above=bool(height[-1] >= value[0] - DROP),
        followed=float(np.isfinite(height).mean()),
        method="likelihood-on-the-principal-branch",
        parameters={"most": most},
        certificate=_certificate(how, counts, (top, float(value[0])), height),
    )


def _able(game: Crisis, counts: np.ndarray, most: float) -> None:
    wide = (len(game.labels), game.child.shape[1])
    if game.draws or counts.shape != wide or not np.isfinite(counts).all() or (counts < 0).any() or not counts.any():
        raise AnalysisError(
            f"Counts of shape {counts.shape} are not what was seen in '{game.table}', one case. "
            f"Give how often each of up to {wide[1]} actions was chosen at each of {wide[0]} sets."
        )
    beyond = [s for s, names in enumerate(game.actions) if counts[s, len(names) :].any()]
    if beyond:
        raise AnalysisError(f"'{game.labels[beyond[0]]}' has fewer actions than were counted. Leave out the rest.")
    if not (np.isfinite(most) and most > 0):
        raise AnalysisError(f"The greatest precision searched is {most}. Give one above 0.")


def _heights(how: Plan, counts: np.ndarray, grid: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return equation (1) and the choices at every precision: the payoffs times lambda, at precision 1."""
    payoff = how.game.payoff[..., None] * grid
    branch = follow(how, payoff, 1.0)
    worked = work(how, payoff, (branch.theta, np.ones(len(grid))))
    found, choice = np.zeros(len(grid)), np.full((len(grid), *counts.shape), np.nan)
    for s, log in enumerate(worked.log_choice):
        if log is not None:
            width = len(log)
            each = np.broadcast_to(log, (width, len(grid)))
            choice[:, s, :width] = np.exp(each).T
            found += counts[s, :width] @ each
    found[~branch.reached] = np.nan
    return found, choice


def _closer(how: Plan, counts: np.ndarray, low: float, high: float) -> float:
    """Look ever closer around the highest point between two precisions."""
    best = low
    for _ in range(_ROUNDS):
        grid = np.linspace(low, high, _CLOSER)
        height, _ = _heights(how, counts, grid)
        k = int(np.nanargmax(height))
        best, low, high = float(grid[k]), float(grid[max(k - 1, 0)]), float(grid[min(k + 1, _CLOSER - 1)])
    return best


def _crossing(how: Plan, counts: np.ndarray, ends: tuple[float, np.ndarray], level: float) -> float:
    """Return where the likelihood comes to a level beyond a point, before the next of the grid if there is any."""
    inner, beyond = ends
    if not len(beyond):
        return inner
    outer = float(beyond[0])
    for _ in range(40):
        middle = (inner + outer) / 2
        above = bool(_heights(how, counts, np.array([middle]))[0][0] >= level)
        inner, outer = (middle, outer) if above else (inner, middle)
    return inner


def _share(game: Crisis, counts: np.ndarray) -> np.ndarray:
    total = counts.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        found = counts / total
    for s, names in enumerate(game.actions):
        found[s, len(names) :] = np.nan
    return np.asarray(found)


def _entropy(counts: np.ndarray) -> float:
    total = np.broadcast_to(counts.sum(axis=1, keepdims=True), counts.shape)
    there = counts > 0
    return float((counts[there] * np.log(counts[there] / total[there])).sum())


def _peaks(height: np.ndarray) -> int:
    told = height[np.isfinite(height)]
    inner = (told[1:-1] > told[:-2]) & (told[1:-1] >= told[2:])
    return int(inner.sum() + (told[0] > told[1]) + (told[-1] > told[-2])) if len(told) > 1 else 1


def _certificate(how: Plan, counts: np.ndarray, top: tuple[float, float], height: np.ndarray) -> Certificate:
    """Is it no likelier anywhere on the grid, nor just beside?"""
    beside, _ = _heights(how, counts, np.maximum(top[0] * np.array([1 - 1e-4, 1 + 1e-4]), 0.0))
    every = np.concatenate([height, beside])
    return Certificate(
        claim="no-precision-is-likelier", checked=len(every), holds=bool(np.nanmax(every) <= top[1] + 1e-7)
    )
