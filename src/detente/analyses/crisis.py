r"""Where does a threat lead when neither side knows how much the other minds a war, and is there one answer to that?

    hold: S_A | challenge, concede: V_A, C_B | challenge, resist, back down: a, V_B | stand firm: W_A, W_B           (1)
    status quo 1 - p_C,  concession p_C (1 - p_R),  back down p_C p_R (1 - p_F),  war p_C p_R p_F                    (2)

W_A, a and W_B carry a normal shock that only its owner knows; payoffs count in units of it. The probabilities of a
challenge, of resisting and of standing firm hang together, and one game may have several equilibria: in one B rarely
resists because those who challenge mean it, in another it does because they do not. All of them are found, over z =
Phi^-1(p_R), where roots next to 0 or 1 lie as far apart as the others. The map is monotone, so that what is excluded is
excluded for good: `closed` says that the list is whole.

Source: Lewis and Schultz (2003), "Revealing preferences: empirical estimation of a crisis bargaining game with
incomplete information", Political Analysis 11(4); its several equilibria: Jo (2011), Political Analysis 19(3), and
Crisman-Cox and Gibilisco (2021), Political Science Research and Methods 9(2). That a challenger picks one of them, and
which, the model does not say.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int
from scipy.special import ndtr

from detente.boards.crisis import OUTCOMES, Crisis
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.crises.signalling import EDGE, Stakes, answer, challenge, equilibria, firm, never, slope, threshold

CLOSE = 1e-8  # how near to its own answer every equilibrium is found


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisEquilibria:
    """All equilibria of the crisis; NaN beyond the last of a draw.

    ===========  ==========================  =================================================================
    count        *draw                       how many there are, `unchallenged` not counted
    closed       *draw                       whether it is sure that there are no others
    challenge    *draw equilibrium           p_C, ascending in p_R
    resist       *draw equilibrium           p_R
    firm         *draw equilibrium           p_F, if challenged and resisted
    outcome      *draw equilibrium outcome   probabilities, equation (2), outcomes as in the game
    slope        *draw equilibrium           how B's answer moves with what is expected of it: above 1, small doubts
                                             lead away from the equilibrium
    unchallenged *draw                       whether there is besides the limit in which A never challenges
    residual     *draw equilibrium           |Phi(g(p_R)) - p_R|
    ===========  ==========================  =================================================================
    """

    table: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    outcomes: tuple[str, ...]
    count: Int[np.ndarray, "*draw"]
    closed: Bool[np.ndarray, "*draw"]
    challenge: Float[np.ndarray, "*draw equilibrium"]
    resist: Float[np.ndarray, "*draw equilibrium"]
    firm: Float[np.ndarray, "*draw equilibrium"]
    outcome: Float[np.ndarray, "*draw equilibrium outcome"]
    slope: Float[np.ndarray, "*draw equilibrium"]
    unchallenged: Bool[np.ndarray, "*draw"]
    residual: Float[np.ndarray, "*draw equilibrium"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def crisis(game: Crisis, *, noise: float = 1.0) -> CrisisEquilibria:
    """Find every equilibrium of a crisis of four outcomes with private shocks of standard deviation `noise`.

    The target's payoff of the status quo plays no part: it has no move there.

    Raises AnalysisError for a game of another form, or a noise that is not above 0.

    >>> from detente.boards.crisis import four_outcomes
    >>> payoff = np.array([[0, 0], [1, 0], [-1.2, 1], [-1.9, -2.9]])
    >>> found = crisis(four_outcomes("sender", "target", payoff))
    >>> int(found.count), found.resist.round(4).tolist(), bool(found.closed)
    (3, [0.2511, 0.5947, 0.8133], True)
    """
    if not (np.isfinite(noise) and noise > 0):
        raise AnalysisError(f"A noise of {noise} is not above 0. Give the shocks' standard deviation.")
    stakes = _stakes(game, noise)
    found = equilibria(stakes)
    shape = game.draws
    rows, places = np.nonzero(~np.isnan(found.z))
    each, z = stakes.at(rows), found.z[rows, places]
    c = threshold(each, z)
    p_c, p_f, p_r = challenge(each, c), firm(each, c), ndtr(z)
    off = np.abs(ndtr(answer(each, z)) - p_r)
    calm = ndtr(c - each.war) * ndtr(c - each.retreat)
    ends = np.column_stack([calm, p_c * ndtr(-z), p_c * p_r * (1 - p_f), p_c * p_r * p_f])

    def spread(values: np.ndarray) -> np.ndarray:
        table = np.full((*found.z.shape, *values.shape[1:]), np.nan)
        table[rows, places] = values
        return table.reshape(*shape, *table.shape[1:])

    return CrisisEquilibria(
        table=game.table,
        parties=game.players,
        issues=(),
        outcomes=OUTCOMES,
        count=found.count.reshape(shape),
        closed=np.asarray(~found.open).reshape(shape),
        challenge=spread(p_c),
        resist=spread(p_r),
        firm=spread(p_f),
        outcome=spread(ends),
        slope=spread(slope(each, z)),
        unchallenged=never(stakes).reshape(shape),
        residual=spread(off),
        method="monotone-stretches",
        parameters={"noise": noise},
        certificate=_certificate(each, z, off, ends),
    )


def _stakes(game: Crisis, noise: float) -> Stakes:
    """Read the seven payoffs that count off the four outcomes, in units of the noise."""
    if set(game.outcomes) != set(OUTCOMES) or game.child.tolist() != [[3, 1], [4, 2], [5, 6]] or len(game.players) != 2:
        raise AnalysisError(
            f"'{game.table}' is no crisis of the outcomes {', '.join(OUTCOMES)}. Set one out with `four_outcomes`, or "
            "ask `quantal`, which takes any small game."
        )
    at = [game.outcomes.index(o) for o in OUTCOMES]
    a = int(game.mover[0])
    worth = game.payoff.reshape(-1, 4, 2)[:, at] / noise
    mine, theirs = worth[:, :, a], worth[:, :, 1 - a]
    return Stakes(mine[:, 0], mine[:, 1], mine[:, 3], mine[:, 2], theirs[:, 1], theirs[:, 3], theirs[:, 2])


def _certificate(each: Stakes, z: np.ndarray, off: np.ndarray, ends: np.ndarray) -> Certificate:
    """Does every equilibrium answer itself, cross the diagonal on the spot, and share out the whole probability?"""
    step = 1e-6 * (1.0 + np.abs(z))
    with np.errstate(over="ignore"):
        before, after = answer(each, z - step) - (z - step), answer(each, z + step) - (z + step)
        crosses = (np.sign(before) * np.sign(after) <= 0) | (np.abs(z) >= EDGE)
    whole = np.abs(ends.sum(axis=1) - 1) < CLOSE
    holds = bool((off <= CLOSE).all() and crosses.all() and whole.all())
    return Certificate(claim="every-equilibrium-answers-itself", checked=len(z), holds=holds)
