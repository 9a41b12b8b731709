r"""What deals does this agenda allow, and which would the Nash product choose?

    k* = argmax_k  prod_p ( u_p(k) - d_p )     over the packages with u_p(k) >= d_p for every party p               (1)

u_p(k) is the sum of the scores of its levels, and of what they are worth together, less the listing costs; d_p is what
p has without a deal. Exact: whole basis points, products compared as integers. Three other ideas of a reasonable deal
stand beside (1), each over the same packages, with gains g_p(k) = u_p(k) - d_p:

    Kalai-Smorodinsky   max_k min_p g_p(k) / I_p          egalitarian   max_k min_p g_p(k)
    utilitarian         max_k sum_p g_p(k)                                                                          (2)

I_p is the most that p gains in any deal (`ideal="deals"`), or in any package that no red line excludes
(`ideal="all"`). Authors take the one or the other, and the choice can change with it. A party with I_p <= 0 is left
out of the minimum. The least share is made greatest; its spread is not made smallest, which can choose another deal.

A deal is a package that changes something, that no red line excludes, and that those carry who lose nothing by it:
under the rule of the table, or everybody where it has none, and whoever ratifies. The ideas in (1) and (2) are about
what everybody accepts, whatever the rule. Where it is not unanimity, `acceptable`, `found`, `chosen`, `gains` and
`best` are of what the rule carries, and the choice is `carried`: the package that passes with the most acceptors and,
among these, the greatest product of their gains; it can leave an outvoted party with a loss.

Source: Nash (1950), "The Bargaining Problem", Econometrica 18(2); Kalai and Smorodinsky (1975), "Other Solutions to
Nash's Bargaining Problem", Econometrica 43(3); Kalai (1977), "Proportional Solutions to Bargaining Situations",
Econometrica 45(7). On a finite set of packages none of them need have one maximum, so that ties are listed. The
frontier is Pareto's, among the deals. It does not say that parties will bargain well, nor that they weigh alike: the
egalitarian and the utilitarian choice compare gains of different parties; the other two do not, unless in every deal
somebody gains nothing.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.boards.deal_board import Deals
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.packages.choice import Choice, choose
from detente.search.packages.consent import by_votes, carrying, passes
from detente.search.packages.consent import carried as carried_by
from detente.search.packages.frontier import Frontier, frontier
from detente.search.packages.reach import Reach, reach, widest
from detente.search.packages.solutions import Solution, carried, dominating, ideal_gains, solutions
from detente.search.packages.space import LIMIT, Space, admissible_count, allowed_levels, space
from detente.search.packages.stakes import stakes
from detente.search.packages.tally import Tally, tally
from detente.search.packages.terms import Terms, terms
from detente.search.packages.worth import worth

FRONTIER_LIMIT = 100_000_000  # packages, of four parties or more, whose frontier is drawn
HELD = 200_000  # sums that drawing the frontier may compare at a time
TIES_LIMIT = 2_000_000  # packages among which all of one vector of gains are kept on the frontier
RECHECKED = 64  # draws in which the certificate looks for a package that dominates
CHECKED = 2_000_000  # packages, over all draws, that the certificate looks at


@dataclass(frozen=True, slots=True)
class Count:
    """How many packages: the number where each was looked at, else None; and their share with its 95 % interval."""

    number: int | None
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Packages:
    """What equations (1) and (2) say, and what they chose from. Packages are option indices, one per issue.

    ==============  ==================  ======================================================================
    ratifiers       per ratifier        who does not bargain and must not lose; last in masks and points
    rule            -                   "unanimity", or "weights" where the table decides otherwise
    levels          per issue: option   in the issue's unit, ascending
    packages        a number            what the agenda leaves open and changes something
    admissible      *draw               packages that no red line excludes
    acceptable      *draw               of these, the deals, which the rule carries; None where they were sampled
    found           *draw               whether there is a deal
    chosen          *draw issue         the Nash choice, or `carried`; first of equals; the status quo where no deal
    gains           *draw party         at the choice, basis points beyond no deal; 0 where there is no deal
    tied            *draw               deals that are as good; None where they were not counted
    ties            tie issue           those deals, up to 64 (one case only)
    best            *draw party issue   of the deals that the party accepts the one it likes best; the status quo
                                        where there is none
    best_gain       *draw party         what it gains there
    ==============  ==================  ======================================================================

    For one case only; empty or None over draws:

    ==============  ==================  ======================================================================
    frontier        point issue         what is undominated among the packages that everybody accepts
    frontier_gains  point party         what they gain, those that ratify last
    frontier_told   yes or no           whether the frontier was drawn: not where it would be too large
    solutions       four                nash, kalai_smorodinsky, egalitarian, utilitarian: of what everybody accepts
    carried         one                 what passes under the table's rule with the most acceptors: a deal; see (1)
    ideal           per party           ideal gains, basis points
    unable          parties             those that Kalai-Smorodinsky leaves out
    accepted_by     mask                admissible packages accepted by exactly these parties (party p is bit p);
                                        empty where they were sampled
    share           mask                the same as shares of the packages looked at
    accepted        a count             admissible packages that everybody accepts
    passed          a count             those that pass under the table's rule: the deals
    accepts         per party: count    those that the party accepts, those that ratify last
    ==============  ==================  ======================================================================
    """

    table: str
    parties: tuple[str, ...]
    ratifiers: tuple[str, ...]
    rule: str
    issues: tuple[str, ...]
    levels: tuple[Float[np.ndarray, " _option"], ...]
    packages: int
    admissible: Int[np.ndarray, "*draw"]
    acceptable: Int[np.ndarray, "*draw"] | None
    found: Bool[np.ndarray, "*draw"]
    chosen: Int[np.ndarray, "*draw issue"]
    gains: Int[np.ndarray, "*draw party"]
    tied: Int[np.ndarray, "*draw"] | None
    ties: Int[np.ndarray, "tie issue"]
    best: Int[np.ndarray, "*draw party issue"]
    best_gain: Int[np.ndarray, "*draw party"]
    frontier: Int[np.ndarray, "point issue"]
    frontier_gains: Int[np.ndarray, "point member"]
    frontier_told: bool
    solutions: tuple[Solution, ...]
    carried: Solution | None
    ideal: tuple[int, ...]
    unable: tuple[str, ...]
    accepted_by: Int[np.ndarray, " mask"]
    share: Float[np.ndarray, " mask_share"]
    accepted: Count | None
    passed: Count | None
    accepts: tuple[Count, ...]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate

    def solution(self, concept: str) -> Solution:
        """Return what one idea chooses.

        Raises AnalysisError where the idea is none of those asked, as over draws, which have the Nash choice alone.
        """
        for found in self.solutions:
            if found.concept == concept:
                return found
        known = ", ".join(s.concept for s in self.solutions) or "none, over draws"
        raise AnalysisError(f"'{concept}' was not asked of table '{self.table}'. What was: {known}.")


def packages(deals: Deals, *, ideal: str = "deals", limit: int = LIMIT) -> Packages:
    """Count the deals, draw their frontier and choose by each idea, for one case; over draws count and choose by Nash.

    `limit` is how many packages (x draws) are looked at one by one. One case with more has its counts sampled, with
    intervals, and its choices still exact. `ideal` is "deals" or "all", see equation (2).

    Raises AnalysisError for another `ideal`, and where there are more packages x draws than `limit`.

    >>> from detente.boards import scored, with_modes
    >>> board = scored({"cap": [[0, 40], [0, -10]], "relief": [[0, -20], [0, 60]]}, parties=("usa", "iran"))
    >>> found = packages(with_modes(board, {"cap": ("option", None), "relief": ("option", None)}))
    >>> found.chosen, found.gains, found.certificate.holds
    (array([1, 1]), array([20, 50]), True)
    >>> found.solution("egalitarian").value, found.accepted.number, [c.number for c in found.accepts]
    (20, 1, [2, 2])
    """
    return _over_draws(deals, ideal, limit) if deals.draws else _one_case(deals, ideal, limit)


def _one_case(deals: Deals, ideal: str, limit: int) -> Packages:
    laid = terms(deals)
    ideals = ideal_gains(laid, ideal=ideal)
    counts = tally(laid, limit=limit)
    points = _frontier(laid)
    chosen = solutions(laid, ideal=ideals, frontier=None if points is None else points.gains)
    nash, everyone = chosen[0], passes(None, len(laid.parties))
    best = [_liked(laid, p) for p in range(laid.consenting)]
    accepted, passed = _count(counts, everyone), _count(counts, carrying(deals))
    passing = carried(laid, deals.rule, counts)
    told = passing if by_votes(deals) else nash
    return Packages(
        table=deals.table,
        parties=deals.parties,
        ratifiers=laid.parties[laid.consenting :],
        rule=_rule(deals),
        issues=deals.issues,
        levels=deals.levels,
        packages=terms(deals, red_lines=False).changes,
        admissible=np.asarray(laid.changes),
        acceptable=None if passed.number is None else np.asarray(passed.number),
        found=np.asarray(told.found),
        chosen=np.array(told.package or deals.status_quo, dtype=np.int64),
        gains=np.array(told.gains or [0] * len(deals.parties), dtype=np.int64),
        tied=None if told.tied is None else np.asarray(told.tied),
        ties=np.array(told.ties, dtype=np.int64).reshape(-1, len(deals.issues)),
        best=np.array([deals.status_quo if b is None else b.package for b in best], dtype=np.int64),
        best_gain=np.array([0 if b is None else b.value for b in best], dtype=np.int64),
        frontier=_no_points(len(deals.issues)) if points is None else points.packages,
        frontier_gains=_no_points(len(laid.parties)) if points is None else points.gains,
        frontier_told=points is not None,
        solutions=chosen,
        carried=passing,
        ideal=ideals,
        unable=tuple(p for p, most in zip(deals.parties, ideals, strict=True) if most <= 0),
        accepted_by=counts.accepted_by if counts.exact else np.zeros(0, dtype=np.int64),
        share=counts.share,
        accepted=accepted,
        passed=passed,
        accepts=tuple(_count(counts, _with(laid, p)) for p in range(len(laid.parties))),
        method=f"{counts.method}, {told.method}",
        parameters={"no_deal": deals.no_deal_kind, "ideal": ideal},
        certificate=_certificate(laid, told),
    )


def _rule(deals: Deals) -> str:
    return "weights" if by_votes(deals) else "unanimity"


def _no_points(width: int) -> Int[np.ndarray, "point width"]:
    return np.zeros((0, width), dtype=np.int64)


def _frontier(laid: Terms) -> Frontier | None:
    """Draw the frontier where that takes seconds: with two or three parties it stays small in any space."""
    if laid.size > FRONTIER_LIMIT and len(laid.parties) > 3:
        return None
    try:
        return frontier(laid, ties=laid.size <= TIES_LIMIT, limit=HELD)
    except AnalysisError:  # more to compare than is worth waiting for: the choices do not need it
        return None


def _with(laid: Terms, party: int) -> Bool[np.ndarray, " mask"]:
    return np.asarray((np.arange(1 << len(laid.parties)) >> party) & 1 == 1)


def _liked(laid: Terms, party: int) -> Reach | None:
    """Find the deal that a party likes best, of those that it accepts."""
    best = reach(laid, party)
    return best if best is not None and best.value >= 0 else None


def _count(counts: Tally, sets: Bool[np.ndarray, " mask"]) -> Count:
    """Count the packages that one of these sets of parties accepts, or give their share among those looked at."""
    if counts.exact:
        number = counts.accepted(sets)
        share = number / max(1, counts.packages)
        return Count(number=number, share=share, low=share, high=share)
    share, low, high = counts.interval(sets)
    return Count(number=None, share=share, low=low, high=high)


def _certificate(laid: Terms, chosen: Solution) -> Certificate:
    """Look for a package that gives an acceptor more than the choice and none less; without a choice, for any deal."""
    claim = "no-admissible-package-dominates"
    if not chosen.found:
        best = widest(laid)
        return Certificate(claim=claim, checked=laid.changes, holds=best is None or best.value < 0)
    accept = [p for p, gain in enumerate(chosen.gains) if gain >= 0]
    more = dominating(laid, (*chosen.gains, *chosen.ratified), over=accept)
    return Certificate(claim=claim, checked=laid.changes, holds=chosen.certificate.holds and not more.value)


def _over_draws(deals: Deals, ideal: str, limit: int) -> Packages:
    if ideal != "deals":
        raise AnalysisError(
            f"Over draws there is the Nash choice alone, so that ideal gains cannot be taken as '{ideal}'. "
            "Ask about one case, or leave `ideal` as it is."
        )
    laid = space(deals)
    choice, opened = choose(laid, limit=limit), space(deals, red_lines=False)
    liked = choice.reachable & (choice.reach >= 0)
    return Packages(
        table=deals.table,
        parties=deals.parties,
        ratifiers=choice.needed[len(deals.parties) :],
        rule=_rule(deals),
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
        best=np.where(liked[..., None], choice.reached, np.array(deals.status_quo)),
        best_gain=np.where(liked, choice.reach, 0),
        frontier=_no_points(len(deals.issues)),
        frontier_gains=_no_points(len(choice.needed)),
        frontier_told=False,
        solutions=(),
        carried=None,
        ideal=(),
        unable=(),
        accepted_by=np.zeros(0, dtype=np.int64),
        share=np.zeros(0),
        accepted=None,
        passed=None,
        accepts=(),
        method="enumeration",
        parameters={"no_deal": deals.no_deal_kind, "ideal": ideal},
        certificate=_certificate_over_draws(laid, choice),
    )


def _certificate_over_draws(laid: Space, choice: Choice) -> Certificate:
    """Add up the gains of every choice anew; in the first draws look through all packages for one that dominates."""
    deals = laid.deals
    again = worth(deals, choice.chosen) - deals.floor()
    holds = bool(np.where(choice.found[..., None], again == choice.gains, True).all())
    held, packages = stakes(deals), laid.decode(np.arange(laid.size if laid.size <= CHECKED else 0))
    changes = (packages != np.array(deals.status_quo)).any(axis=-1)
    allowed = [allowed_levels(deals, i).reshape(held.draws, -1) for i in range(len(deals.issues))]
    checked = 0
    for draw in range(min(held.draws, RECHECKED, CHECKED // max(1, laid.size))):
        fine = changes.copy()
        for i, levels in enumerate(allowed):
            fine &= levels[draw, packages[:, i]]
        gains = held.gains(np.full(int(fine.sum()), draw), packages[fine])
        own = held.gains(np.array([draw]), choice.chosen.reshape(held.draws, -1)[[draw]])
        if choice.found.reshape(-1)[draw]:
            accept = own[0] >= 0  # whoever is outvoted is not asked
            more = (gains > own)[:, : held.bargaining][:, accept[: held.bargaining]].any(axis=1)
            holds = holds and not bool(((gains >= own)[:, accept].all(axis=1) & more).any())
        else:
            holds = holds and not bool(carried_by(deals, gains).any())
        checked += int(fine.sum())
    return Certificate(claim="no-admissible-package-dominates", checked=checked, holds=holds)
