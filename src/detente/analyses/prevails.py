r"""Where may the decision of a body lie, and how surely, as well as past decisions let it be said?

    F = b E + (1 - b) H,    b = 0.75                                                                               (1)

    E   the Markov-uniform election between 21 levels of the scale, proportional votes, linear chances of victory
    H   everybody's position, weighted by influence times salience

Source: the election is that of KAPSARC (2019), KTAB version 1.4; the mixture is ours, and so is its weight. What it
rests on: 351 issues that the European Union decided, Arregui and Perarnaud (2021), doi:10.34810/data53, on scales from
0 to 100. There the distribution misses the outcome by 15.70 on average (CRPS: the mean distance of a distribution from
what happens, less half its own spread), the election alone by 15.91, the positions alone by 18.14, and the mean of the
compromise model, taken as sure, by 22.99. As single values, its median and that mean are about as good. This speaks for
bodies that pass laws by weighing votes and seek consensus. It has not been tried on coercion, and where each party can
say no it is one lens, not a forecast of a deal. The compromise mean and the climatology belong beside it.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Float

from detente.boards.decision import Decision
from detente.boards.position_board import Positions
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.positions.candidates import Power, Rules, choices, on_levels, power_shares, side_by_side
from detente.search.positions.sound import require_body

Point: TypeAlias = Literal["median", "mean"]
# The middle share of the weight into which 80 % of those decisions fell: its width was chosen apart from the dossiers
# it was tried on, where it covers 80 % of outcomes (dossiers resampled: 76 to 85 %). Decision 0013.
INTERVAL = 0.70


@dataclass(frozen=True, slots=True, kw_only=True)
class Prevails:
    """What equation (1) says, issue by issue: a level for each that can be elected, and one for each party.

    ========  =================  ===============================================================================
    decision                     the mixture; point: its median, or its mean
    levels    *draw issue level  that can be elected, in the issue's unit; an issue with fewer repeats its last
    election  *draw issue level  E: the chance of each of them, 0 to 1, adding up to 1
    held      *draw party issue  H: the share of the weight of everybody's position, 0 to 1, adding up to 1
    ========  =================  ===============================================================================
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    decision: Decision
    levels: Float[np.ndarray, "*draw issue level"]
    election: Float[np.ndarray, "*draw issue level"]
    held: Float[np.ndarray, "*draw party issue"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def prevails(
    positions: Positions,
    *,
    grid: int = 21,
    blend: float = 0.75,
    power: Power = "influence-salience",
    point: Point = "median",
) -> Prevails:
    """Find the distribution of the decision on every issue, equation (1).

    The options of an issue that has some take the place of the `grid` levels. Where all that carry weight stand at one
    place, that has all of it.

    Raises AnalysisError for a body about which nothing can be said, a grid of one level, or a blend that is no share.

    >>> one = np.ones((2, 1))
    >>> board = Positions(parties=("a", "b"), issues=("cap",), at=np.array([[0.0], [100.0]]), salience=one,
    ...     influence=np.array([[3.0], [1.0]]), low=np.zeros(1), high=np.full(1, 100.0), status_quo=np.zeros(1),
    ...     stated=one > 0)
    >>> found = prevails(board, grid=3)
    >>> found.decision.levels, found.decision.weight.round(2), found.decision.point
    (array([[  0.,   0.,  50., 100., 100.]]), array([[0.45, 0.19, 0.19, 0.11, 0.06]]), array([0.]))
    """
    require_body(positions)
    if not 0.0 <= blend <= 1.0:
        raise AnalysisError(f"A blend of {blend:g} is no share. Give 0 for positions alone, 1 for the election alone.")
    held = power_shares(positions, power)
    levels, elected = _elected(positions, held, grid)
    return Prevails(
        parties=positions.parties,
        issues=positions.issues,
        decision=_mixed(positions, (levels, elected), held, (blend, point)),
        levels=levels,
        election=elected,
        held=held,
        method="mixture",
        parameters={"grid": grid, "blend": blend, "power": power, "point": point},
        certificate=_certificate(elected, held),
    )


def _elected(
    positions: Positions, share: Float[np.ndarray, "*draw party issue"], grid: int
) -> tuple[Float[np.ndarray, "*draw issue level"], Float[np.ndarray, "*draw issue level"]]:
    size = (-1, len(positions.parties), len(positions.issues))
    at, weighs = positions.at.reshape(size), share.reshape(size)
    options = choices(positions, grid)
    found = [on_levels(at[..., i], weighs[..., i], choice, Rules()) for i, choice in enumerate(options)]
    levels, chances = side_by_side([f[0] for f in found], [f[1] for f in found])
    shape = (*positions.at.shape[:-2], *levels.shape[1:])
    return levels.reshape(shape), chances.reshape(shape)


def _mixed(
    positions: Positions,
    elected: tuple[Float[np.ndarray, "*draw issue level"], Float[np.ndarray, "*draw issue level"]],
    held: Float[np.ndarray, "*draw party issue"],
    how: tuple[float, Point],
) -> Decision:
    (levels, chances), (blend, point) = elected, how
    every = np.concatenate([levels, np.swapaxes(positions.at, -1, -2)], axis=-1)
    shares = np.concatenate([blend * chances, (1 - blend) * np.swapaxes(held, -1, -2)], axis=-1)
    order = np.argsort(every, axis=-1, kind="stable")
    placed, weight = (np.take_along_axis(a, order, axis=-1) for a in (every, shares))
    known = Decision(levels=placed, weight=weight, point=placed[..., 0], path=positions.at[..., None, :, :])
    value = known.mean if point == "mean" else known.quantile(0.5)
    return Decision(levels=placed, weight=weight, point=value, path=known.path)


def _certificate(
    elected: Float[np.ndarray, "*draw issue level"], held: Float[np.ndarray, "*draw party issue"]
) -> Certificate:
    """Check that both parts are shares of one whole."""
    sums = np.concatenate([elected.sum(axis=-1).ravel(), held.sum(axis=-2).ravel()])
    holds = bool((np.abs(sums - 1.0) <= 1e-9).all() and (elected >= 0).all() and (held >= 0).all())
    return Certificate(claim="parts-are-shares", checked=sums.size, holds=holds)
