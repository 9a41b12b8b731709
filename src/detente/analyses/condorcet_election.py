r"""How probably would each option come out on top in a body that decides, if every two met in an uncertain vote?

    v_k(i, j) = w_k f(u_ki - u_kj)              how strongly party k votes for option i against j
    c_ij = 1e-8 + sum_k max(0, v_k(i, j))       the coalition for i against j
    p_ij = g(c_ij) / (g(c_ij) + g(c_ji))        how probably i beats j
    u_ki = 1 - |x_k - o_i| / width              what option i is worth to party k

with w_k the share of influence times salience (`power`; KTAB takes influence alone), and the chance of option i of N

    conditional        P_i = prod_j p_ij / sum_k prod_j p_kj
    markov-uniform     P_i = (1/N) sum_j p_ij (P_i + P_j)
    markov-incentive   P_i = sum_j p_ij (P_i A_ji + P_j A_ij), with A_ij = c_ij p_ij / sum_k c_kj p_kj

Source: the probabilistic Condorcet election of KAPSARC (2019), the KAPSARC Toolkit for Behavioral Analysis (KTAB),
version 1.4. Its laws, votes, floors and tolerances are kept; here it is about one issue at a time, weights are shares,
and a party may be without salience. It holds where a body decides by weighing one proposal against another. It does not
say whether a decision is taken at all, and where each party can say no it is no forecast of a deal.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Float

from detente.boards.decision import Decision
from detente.boards.position_board import Positions
from detente.boards.results import Certificate, Parameter
from detente.search.positions.candidates import (
    Choice,
    Power,
    Rules,
    choices,
    nearest,
    on_levels,
    on_positions,
    power_shares,
    side_by_side,
)
from detente.search.positions.elections import Kind, Victory, Vote
from detente.search.positions.sound import require_body

Candidates: TypeAlias = Literal["grid", "positions"]
_Chances: TypeAlias = tuple[np.ndarray, np.ndarray, np.ndarray]  # levels, the chance of each, and of each party's own


@dataclass(frozen=True, slots=True, kw_only=True)
class CondorcetElection:
    """How probably each option comes out on top, issue by issue.

    ========  =================  ==============================================================================
    decision                     levels: the options; point: the lowest option with half the chance at or below
    chance    *draw party issue  of the option nearest to the party, 0 to 1, the lower of two as near
    power     *draw party issue  share of the votes, 0 to 1, adding up to 1 over parties
    ========  =================  ==============================================================================

    With the parties' own positions as candidates, those nearer than 0.001 of the scale to an earlier one are the same
    option, and `chance` is what KTAB shows: the chance of the last option that near. It may add up to more than 1.
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    decision: Decision
    chance: Float[np.ndarray, "*draw party issue"]
    power: Float[np.ndarray, "*draw party issue"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def condorcet_election(  # noqa: PLR0913 - one question with its few switches, each of which has a default
    positions: Positions,
    *,
    kind: Kind = "markov-uniform",
    law: Victory = "linear",
    vote: Vote = "proportional",
    candidates: Candidates = "grid",
    grid: int = 21,
    power: Power = "influence-salience",
) -> CondorcetElection:
    """Find the chance of every option on every issue.

    The options are `grid` levels evenly over the scale, the options of an issue that has some, or the parties' own
    positions. Under the asymmetric vote the order of the options matters: upwards on a grid, else that of the parties.

    Where all that have votes stand at one place, that is chosen.

    Raises AnalysisError for a body about which nothing can be said, a grid of one level, or chances that do not settle.

    >>> one = np.ones((3, 1))
    >>> board = Positions(parties=("a", "b", "c"), issues=("cap",), at=np.array([[0.0], [50.0], [100.0]]),
    ...     salience=one, influence=one, low=np.zeros(1), high=np.full(1, 100.0), status_quo=np.zeros(1),
    ...     stated=one > 0)
    >>> condorcet_election(board, kind="conditional", candidates="positions").decision.weight.round(3)
    array([[0.214, 0.571, 0.214]])
    """
    require_body(positions)
    rules = Rules(kind=kind, law=law, vote=vote)
    share = power_shares(positions, power)
    count, issues = len(positions.parties), range(len(positions.issues))
    at, weighs = positions.at.reshape(-1, count, len(issues)), share.reshape(-1, count, len(issues))
    options = choices(positions, grid)
    found = [
        _on_grid(at[..., i], weighs[..., i], options[i], rules)
        if candidates == "grid"
        else _among(at[..., i], weighs[..., i], (positions.stated[:, i], options[i].width), rules)
        for i in issues
    ]
    draws = positions.at.shape[:-2]
    places, chances = side_by_side([f[0] for f in found], [f[1] for f in found])
    return CondorcetElection(
        parties=positions.parties,
        issues=positions.issues,
        decision=_decision(
            positions, places.reshape(*draws, *places.shape[1:]), chances.reshape(*draws, *chances.shape[1:])
        ),
        chance=np.stack([f[2] for f in found], axis=-1).reshape(positions.at.shape),
        power=share,
        method=kind,
        parameters={"law": law, "vote": vote, "candidates": candidates, "grid": grid, "power": power},
        certificate=_certificate(chances),
    )


def _on_grid(at: np.ndarray, share: np.ndarray, choice: Choice, rules: Rules) -> _Chances:
    levels, chance = on_levels(at, share, choice, rules)
    return levels, chance, np.take_along_axis(chance, nearest(at, choice.levels), axis=1)


def _among(at: np.ndarray, share: np.ndarray, about: tuple[np.ndarray, float], rules: Rules) -> _Chances:
    """Choose between the positions of those that have one; the others have no option and vote for none."""
    stated, width = about
    chance, shown = on_positions(at[:, stated], share[:, stated], width, rules)
    order = np.argsort(at[:, stated], axis=1, kind="stable")
    own = np.zeros(at.shape)
    own[:, stated] = shown
    return np.take_along_axis(at[:, stated], order, axis=1), np.take_along_axis(chance, order, axis=1), own


def _decision(positions: Positions, levels: np.ndarray, weight: np.ndarray) -> Decision:
    blank = Decision(levels=levels, weight=weight, point=levels[..., 0], path=positions.at[..., None, :, :])
    return Decision(levels=levels, weight=weight, point=blank.quantile(0.5), path=blank.path)


def _certificate(chances: Float[np.ndarray, "draw issue level"]) -> Certificate:
    """Check that what was found are shares of one whole."""
    whole = np.abs(chances.sum(axis=-1) - 1.0) <= 1e-9
    return Certificate(claim="chances-are-shares", checked=whole.size, holds=bool(whole.all() and (chances >= 0).all()))
