r"""What is everybody's position worth to everybody, and to whom does that look how?

With positions theta and ideals q on scales from 0 to 1, saliences s and a party's attitude to risk R:

    d_ij = sqrt(sum_k (s_ik (q_ik - theta_jk))^2 / sum_k s_ik^2)          how far j's position is from i's ideal     (1)
    u(d, R) = (1 - d)(1 + R d)                                            what a position at distance d is worth     (2)
    R_i = (3 P_i - (max P + 2 min P)) / (2 (max P - min P))               from the chances P of a first election     (3)
    r_hi = (2 R_h + R_i) / 3                                              how h sees i's attitude                    (4)

Equation (3) is the middle one of three ranges, (4) the least but one of five estimates. The first election is held
between all positions, twins included, with utilities at R = 0. Ours: where all chances are the same nobody has an
attitude to risk, and a party to which no issue matters finds every position as good as its own.

Source: the Spatial Model of Politics of KAPSARC (2019), KAPSARC Toolkit for Behavioral Analysis (KTAB), version 1.4.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from detente.search.positions.elections import election
from detente.search.positions.spatial.settings import RiskEstimate, RiskRange, Settings

_EVEN = 1e-12  # a spread of chances that is rounding, and no attitude


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """The parties of a body as the model takes them.

    ==========  ================  ==========================================================
    capability  draw actor        any unit: what weighs in elections
    salience    draw actor issue  0 to 1, adding up to at most 1 over issues
    care        draw actor        the sum of that: how much of a party's attention is here
    ==========  ================  ==========================================================
    """

    capability: Float[np.ndarray, "draw actor"]
    salience: Float[np.ndarray, "draw actor issue"]
    care: Float[np.ndarray, "draw actor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """What a state of positions looks like.

    ========  ===================  =============================================================
    distance  draw actor option    equation (1): from an actor's ideal to another's position
    risk      draw actor           equation (3)
    worth     draw actor option    equation (2), with the actor's own attitude
    ========  ===================  =============================================================
    """

    distance: Float[np.ndarray, "draw actor option"]
    risk: Float[np.ndarray, "draw actor"]
    worth: Float[np.ndarray, "draw actor option"]


def members(capability: Float[np.ndarray, "draw actor"], salience: Float[np.ndarray, "draw actor issue"]) -> Members:
    """Set out the parties of a body.

    >>> members(np.ones((1, 2)), np.array([[[0.25, 0.5], [0.125, 0.0]]])).care
    array([[0.75 , 0.125]])
    """
    return Members(capability=capability, salience=salience, care=in_order(salience))


def distances(
    ideal: Float[np.ndarray, "draw actor issue"],
    at: Float[np.ndarray, "draw option issue"],
    salience: Float[np.ndarray, "draw actor issue"],
) -> Float[np.ndarray, "draw actor option"]:
    """Say how far every option is from every actor's ideal, equation (1).

    >>> at = np.array([[[0.0, 0.0], [1.0, 0.0]]])
    >>> distances(at, at, np.array([[[0.3, 0.4], [0.3, 0.0]]])).round(2)
    array([[[0. , 0.6],
            [1. , 0. ]]])
    """
    total = np.zeros((*ideal.shape[:2], at.shape[1]))
    for k in range(at.shape[2]):
        gap = (ideal[:, :, None, k] - at[:, None, :, k]) * salience[:, :, None, k]
        total += gap * gap
    whole = in_order(salience * salience)
    return np.asarray(np.sqrt(total / np.where(whole > 0, whole, 1.0)[..., None]))


def utility(distance: Float[np.ndarray, "..."], risk: Float[np.ndarray, "..."]) -> Float[np.ndarray, "..."]:
    """Say what a position at some distance is worth, equation (2); beyond a distance of 1 the second part stays.

    >>> utility(np.array([0.0, 0.5, 1.0]), np.array([1.0, 1.0, 1.0]))
    array([1.  , 0.75, 0.  ])
    """
    return np.asarray((1 - distance) * (1 + np.minimum(distance, 1.0) * risk))


def attitudes(chance: Float[np.ndarray, "draw actor"], risk_range: RiskRange) -> Float[np.ndarray, "draw actor"]:
    """Read the attitudes to risk from the chances of the first election, equation (3).

    >>> attitudes(np.array([[0.1, 0.3, 0.6], [1 / 3, 1 / 3, 1 / 3]]), "mid")
    array([[-0.5,  0.1,  1. ],
           [ 0. ,  0. ,  0. ]])
    """
    low, high = chance.min(axis=1, keepdims=True), chance.max(axis=1, keepdims=True)
    spread = high - low
    even = spread <= _EVEN
    spread = np.where(even, 1.0, spread)
    if risk_range == "min":
        risk = (chance - low) / spread
    elif risk_range == "mid":
        risk = (3 * chance - (high + 2 * low)) / (2 * spread)
    else:
        risk = (2 * chance - (high + low)) / spread
    return np.where(even, 0.0, risk)


def estimates(
    risk: Float[np.ndarray, "draw actor"], risk_estimate: RiskEstimate
) -> Float[np.ndarray, "draw viewer actor"]:
    """Say which attitude every viewer sees in every actor, equation (4).

    >>> estimates(np.array([[0.0, 0.75]]), "one-third")
    array([[[0.  , 0.25],
            [0.5 , 0.75]]])
    """
    mine, theirs = risk[:, :, None], risk[:, None, :]
    if risk_estimate == "no":
        return np.broadcast_to(mine, (*risk.shape, risk.shape[1]))
    if risk_estimate == "full":
        return np.broadcast_to(theirs, (*risk.shape, risk.shape[1]))
    if risk_estimate == "half":
        return np.asarray((mine + theirs) / 2)
    return np.asarray((2 * mine + theirs) / 3 if risk_estimate == "one-third" else (mine + 2 * theirs) / 3)


def views(
    parties: Members,
    at: Float[np.ndarray, "draw actor issue"],
    ideal: Float[np.ndarray, "draw actor issue"],
    settings: Settings,
) -> Views:
    """See a state of positions with everybody's own eyes: distances, attitudes to risk, and worths.

    >>> at = np.array([[[0.0], [1.0]]])
    >>> seen = views(members(np.ones((1, 2)), np.ones((1, 2, 1))), at, at, Settings())
    >>> seen.risk, seen.worth
    (array([[0., 0.]]), array([[[1., 0.],
            [0., 1.]]]))
    """
    far = distances(ideal, at, parties.salience)
    first = election(1 - far, parties.capability, kind=settings.kind, law=settings.victory, vote=settings.vote)
    risk = attitudes(first, settings.risk_range)
    return Views(distance=far, risk=risk, worth=utility(far, risk[..., None]))


def seen_by(
    distance: Float[np.ndarray, "view actor option"], estimate: Float[np.ndarray, "view actor"]
) -> Float[np.ndarray, "actor view option"]:
    """Say what every option is worth to every actor in some views; actors first, to be added up in their order.

    >>> seen_by(np.array([[[0.0, 0.5], [0.5, 0.0]]]), np.array([[0.0, 1.0]])).tolist()
    [[[1.0, 0.5]], [[0.75, 1.0]]]
    """
    far = np.ascontiguousarray(distance.swapaxes(0, 1))
    return utility(far, estimate.T[..., None])


def in_order(terms: Float[np.ndarray, "*some term"]) -> Float[np.ndarray, "*some"]:
    """Add up along the last axis from first to last, so that what comes out is the same whatever stands beside it.

    >>> in_order(np.array([[1.0, 2.0, 3.0]]))
    array([6.])
    """
    return np.asarray(np.add.accumulate(terms, axis=-1)[..., -1])
