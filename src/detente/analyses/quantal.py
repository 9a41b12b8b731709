r"""How does a crisis go if everybody chooses the better the more often, and where would it end if nobody ever erred?

    p_a = exp(lambda u_a) / sum_b exp(lambda u_b)       u_a given where one is, and what all others do              (1)

lambda is the precision, per unit of the payoffs: at 0 all is chance, and the greater it is the rarer an error. Where
everybody sees what was done before, (1) has one solution and is worked out from the end; what follows without error is
then counted exactly, ties and all. With hidden moves (1) may have several solutions. The one told is on the principal
branch, which leads there from chance as precision grows; how many others there are is told beside it.

Source: McKelvey and Palfrey (1995), Games and Economic Behavior 10(1), and (1998), Experimental Economics 1; Signorino
(1999), "Strategic interaction and the statistical analysis of international conflict", American Political Science
Review 93(2). Subgame perfection: Selten (1965). Precision is not observed: an answer that turns on it should be asked
for over a range.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.boards.crisis import Crisis, ways
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.crises.agents import Plan, Worked, plan, work
from detente.search.crises.branch import checked, follow
from detente.search.crises.induction import perfect_end, perfect_ends
from detente.search.crises.responses import responses

CLOSE = 1e-9  # how well every choice must answer the others, in log odds
FEW = 32  # draws for which other solutions are looked for where nothing is said


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantal:
    """How often what is done, and where it ends.

    ============  ======================  ==================================================================
    choice        *draw set action        equation (1); NaN beyond a set's last action
    outcome       *draw outcome           how often the game ends so
    value         *draw party             what it is worth on average
    regret        *draw set               what the best action would gain beyond the usual mix
    found         *draw                   solutions of (1) at this precision; 0: not looked for
    whole         yes or no               whether `found` is sure to be all of them: nothing is hidden
    perfect       *draw                   subgame-perfect equilibria in pure strategies; 0: moves are hidden
    ends          *draw outcome           in which outcomes these end
    turned        *draw                   the principal branch turns back on the way: there are several for some lambda
    split         *draw                   another branch crosses it: which one play would follow is open
    reached       *draw                   whether the branch was followed all the way; if not, all above is NaN
    residual      *draw                   how far (1) is missed, in log odds
    ============  ======================  ==================================================================
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    outcomes: tuple[str, ...]
    sets: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]
    choice: Float[np.ndarray, "*draw set action"]
    outcome: Float[np.ndarray, "*draw outcome"]
    value: Float[np.ndarray, "*draw party"]
    regret: Float[np.ndarray, "*draw set"]
    found: Int[np.ndarray, "*draw"]
    whole: bool
    perfect: Int[np.ndarray, "*draw"]
    ends: Bool[np.ndarray, "*draw outcome"]
    turned: Bool[np.ndarray, "*draw"]
    split: Bool[np.ndarray, "*draw"]
    reached: Bool[np.ndarray, "*draw"]
    residual: Float[np.ndarray, "*draw"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def quantal(game: Crisis, *, precision: float = 1.0, others: bool | None = None) -> Quantal:
    """Work out the quantal response of a game at one precision, and what follows without error.

    Other solutions are looked for where `others` is true, or None and no more than `FEW` draws.

    Raises AnalysisError for a precision below 0 or not finite.

    >>> from detente.boards.crisis import four_outcomes
    >>> game = four_outcomes("a", "b", np.array([[0, 0], [1, -1], [-0.5, 0.5], [-0.2, -0.3]]))
    >>> found = quantal(game, precision=4)
    >>> found.choice.round(3).tolist()
    [[0.718, 0.282], [0.028, 0.972], [0.231, 0.769]]
    >>> [o for o, at in zip(found.outcomes, found.ends, strict=True) if at], int(found.perfect)
    (['status quo'], 1)
    """
    if not (np.isfinite(precision) and precision >= 0):
        raise AnalysisError(f"A precision of {precision} is not 0 or above. Give a finite one, such as 1.")
    how, shape = plan(game), game.draws
    each = game.payoff.reshape(-1, *game.payoff.shape[-2:])
    payoff = np.ascontiguousarray(each.transpose(1, 2, 0))
    branch = follow(how, payoff, precision)
    worked = work(how, payoff, (branch.theta, np.full(len(each), precision)))
    off = checked(how, payoff, branch.theta, precision)
    choice = _choice(worked, len(each))
    lost = ~branch.reached | ~(off <= CLOSE * (1 + np.abs(branch.theta).max(axis=0, initial=0.0)))
    choice[lost] = np.nan
    found = _found(how, each, precision, len(each) <= FEW if others is None else others)
    perfect, ends = _perfect(game, each)

    def shaped(values: np.ndarray) -> np.ndarray:
        return np.asarray(values).reshape((*shape, *np.shape(values)[1:]))

    outcome = _outcomes(game, choice)
    return Quantal(
        table=game.table,
        parties=game.players,
        issues=(),
        outcomes=game.outcomes,
        sets=game.labels,
        actions=game.actions,
        choice=shaped(choice),
        outcome=shaped(outcome),
        value=shaped(np.einsum("dk,dkp->dp", outcome, each)),
        regret=shaped(_regret(worked, choice)),
        found=shaped(found),
        whole=how.size == 0,
        perfect=shaped(perfect),
        ends=shaped(ends),
        turned=shaped(branch.turned),
        split=shaped(branch.split),
        reached=shaped(~lost),
        residual=shaped(off),
        method="from-the-end" if how.size == 0 else "principal-branch",
        parameters={"precision": precision},
        certificate=_certificate(how, worked, choice, precision),
    )


def _choice(worked: Worked, draws: int) -> np.ndarray:
    width = max(len(log) for log in worked.log_choice if log is not None)
    table = np.full((draws, len(worked.log_choice), width), np.nan)
    for s, log in enumerate(worked.log_choice):
        if log is not None:
            table[:, s, : len(log)] = np.exp(log).T
    return table


def _outcomes(game: Crisis, choice: np.ndarray) -> np.ndarray:
    """Multiply along the way to every outcome."""
    count = len(game.mover)
    found = np.ones((len(choice), len(game.outcomes)))
    for way, end in ways(game):
        if end >= count:
            for s, a in way:
                found[:, end - count] *= choice[:, s, a]
    return found


def _regret(worked: Worked, choice: np.ndarray) -> np.ndarray:
    found = np.zeros(choice.shape[:2])
    for s, worth in enumerate(worked.worth):
        if worth is not None:
            mixed = (choice[:, s, : len(worth)].T * worth).sum(axis=0)
            found[:, s] = np.maximum(worth.max(axis=0) - mixed, 0.0)
    return found


def _found(how: Plan, each: np.ndarray, precision: float, wanted: bool) -> np.ndarray:
    if how.size == 0:
        return np.ones(len(each), dtype=np.int64)
    if not wanted:
        return np.zeros(len(each), dtype=np.int64)
    return np.array([max(1, len(responses(how, payoff, precision))) for payoff in each], dtype=np.int64)


def _perfect(game: Crisis, each: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Count what follows without error: draw by draw only where somebody is indifferent."""
    count, ends = np.zeros(len(each), dtype=np.int64), np.zeros((len(each), len(game.outcomes)), dtype=bool)
    if not game.perfect:
        return count, ends
    end, tied = perfect_end(game)
    count[:] = 1
    ends[np.arange(len(each)), end] = True
    for d in np.flatnonzero(tied).tolist():
        several = perfect_ends(game, each[d])
        count[d] = sum(several.values())
        ends[d] = [k in several for k in range(len(game.outcomes))]
    return count, ends


def _certificate(how: Plan, worked: Worked, choice: np.ndarray, precision: float) -> Certificate:
    """Does every choice, set against what its actions are worth, come back from equation (1)?"""
    told = np.flatnonzero(~np.isnan(choice[:, 0, 0]))
    holds = True
    for s, worth in enumerate(worked.worth):
        if worth is not None:
            value = np.broadcast_to(worth, (len(worth), len(choice)))[:, told]
            weight = np.exp(precision * (value - value.max(axis=0)))
            wanted = (weight / weight.sum(axis=0)).T
            holds &= bool(np.allclose(choice[told, s, : len(worth)], wanted, rtol=1e-6, atol=1e-9))
    return Certificate(claim="every-choice-answers-the-others", checked=len(told) * len(how.nodes), holds=holds)
