r"""What deals does this agenda allow, which are worth having, and which would the Nash product choose?

    k* = argmax_k  prod_p ( u_p(k) - d_p )     over the packages with u_p(k) >= d_p for every party p               (1)

u_p(k) is the sum of the scores of its levels less the listing costs, d_p what p has without a deal. Exact: whole basis
points, every package looked at, products compared as integers, all ties counted.

Source: Nash (1950), "The Bargaining Problem", Econometrica 18(2); on a finite set of packages the product need not
have one maximum, so that ties are listed. The frontier is Pareto's, among the acceptable packages. It holds for
additive scores. It does not say that parties will bargain well, nor that they weigh alike: gains of different parties
are not compared, and the product is one reading of what is reasonable, not a forecast.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.boards.choice import Choice, choose
from detente.boards.deal_board import Deals
from detente.boards.frontier import undominated
from detente.boards.results import Certificate, Parameter
from detente.boards.space import LIMIT, Space, admissible_count, chunks, space


@dataclass(frozen=True, slots=True, kw_only=True)
class Packages:
    """What equation (1) says, and what it chose from. Packages are option indices, one per issue.

    ==============  ==================  ======================================================================
    levels          per issue: option   in the issue's unit, ascending
    packages        a number            what the agenda leaves open and changes something
    admissible      *draw               packages that no red line excludes
    acceptable      *draw               of these, the ones that gain no party less than nothing: the deals
    found           *draw               whether there is a deal
    chosen          *draw issue         the Nash choice, first of equals; the status quo where there is no deal
    gains           *draw party         at the choice, basis points beyond no deal; 0 where there is no deal
    tied            *draw               deals with the same product
    ties            tie issue           those deals (one case only)
    best            *draw party issue   the deal each party likes best; the status quo where there is none
    best_gain       *draw party         what it gains there
    frontier        point issue         the undominated deals (one case only)
    frontier_gains  point party         what they gain
    ==============  ==================  ======================================================================
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    levels: tuple[Float[np.ndarray, " _option"], ...]
    packages: int
    admissible: Int[np.ndarray, "*draw"]
    acceptable: Int[np.ndarray, "*draw"]
    found: Bool[np.ndarray, "*draw"]
    chosen: Int[np.ndarray, "*draw issue"]
    gains: Int[np.ndarray, "*draw party"]
    tied: Int[np.ndarray, "*draw"]
    ties: Int[np.ndarray, "tie issue"]
    best: Int[np.ndarray, "*draw party issue"]
    best_gain: Int[np.ndarray, "*draw party"]
    frontier: Int[np.ndarray, "point issue"]
    frontier_gains: Int[np.ndarray, "point party"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def packages(deals: Deals, *, limit: int = LIMIT) -> Packages:
    """Count the deals, draw their frontier and find the Nash choice, for one case or per draw.

    Raises AnalysisError where there are more packages x draws than `limit`.

    >>> from detente.boards import scored, with_modes
    >>> board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    >>> found = packages(with_modes(board, {"cap": ("option", None), "relief": ("option", None)}))
    >>> found.chosen, found.gains, found.certificate.holds
    (array([1, 1]), array([20, 50]), True)
    """
    laid = space(deals)
    choice = choose(laid, limit=limit)
    opened = space(deals, red_lines=False)
    numbers, points = _frontier(laid, limit) if not deals.draws else _nothing(deals)
    found = choice.found[..., None]
    return Packages(
        table=deals.table,
        parties=deals.parties,
        issues=deals.issues,
        levels=deals.levels,
        packages=opened.size - (opened.unchanged is not None),
        admissible=admissible_count(deals),
        acceptable=choice.acceptable,
        found=choice.found,
        chosen=choice.chosen,
        gains=choice.gains,
        tied=choice.tied,
        ties=choice.ties,
        best=np.where(found[..., None], choice.reached, np.array(deals.status_quo)),
        best_gain=np.where(found, choice.reach, 0),
        frontier=laid.decode(numbers),
        frontier_gains=np.ascontiguousarray(points.T),
        method="enumeration",
        parameters={"no_deal": deals.no_deal_kind},
        certificate=_certificate(laid, choice, limit),
    )


def _nothing(deals: Deals) -> tuple[Int[np.ndarray, " point"], Int[np.ndarray, "party point"]]:
    return np.zeros(0, dtype=np.int64), np.zeros((len(deals.parties), 0), dtype=np.int64)


def _frontier(laid: Space, limit: int) -> tuple[Int[np.ndarray, " point"], Int[np.ndarray, "party point"]]:
    """Keep the undominated deals seen so far, chunk after chunk."""
    numbers, points = _nothing(laid.deals)
    for chunk in chunks(laid, limit=limit):
        deals = np.flatnonzero(chunk.admissible & (chunk.gains >= 0).all(axis=0))
        seen = np.concatenate([points, chunk.gains[:, deals]], axis=1)
        numbered = np.concatenate([numbers, deals + chunk.start])
        keep = undominated(seen)
        numbers, points = numbered[keep], seen[:, keep]
    return numbers, points


def _certificate(laid: Space, choice: Choice, limit: int) -> Certificate:
    """Compute the choice's gains anew, and look through every admissible package for one that dominates it."""
    deals = laid.deals
    again = -deals.floor()
    for i, score in enumerate(deals.score):
        level = choice.chosen[..., None, i, None]
        again = again + np.take_along_axis(score, np.broadcast_to(level, (*score.shape[:-1], 1)), axis=-1)[..., 0]
    same = np.where(choice.found[..., None], again == choice.gains, True).all()
    dominated = np.zeros(deals.draws, dtype=bool)
    checked = 0
    for chunk in chunks(laid, limit=limit):
        chosen = choice.gains[..., None]
        better = chunk.admissible & (chunk.gains >= chosen).all(axis=-2) & (chunk.gains > chosen).any(axis=-2)
        dominated |= better.any(axis=-1)
        checked += int(chunk.admissible.sum())
    holds = bool(same and not (dominated & choice.found).any() and not (dominated & ~choice.found).any())
    return Certificate(claim="no-admissible-package-dominates", checked=checked, holds=holds)
