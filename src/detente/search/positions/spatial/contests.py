r"""Who would win a contest between two parties in which all others may take sides, and what is it worth to start one?

Party i contests j's position; everybody's utilities U are as one viewer sees them, w_n = c_n S_n is the capability of
n times its attention, and v = vote(w, x) how strongly a difference x makes it act:

    a = 1e-10 + what of v_i(U_ii - U_ij) and v_j(U_ji - U_jj) is above zero, b = 1e-10 + what of them is below       (1)
    p_n = a' / (a' + b'): a' and b' are a and b with v_n(U_ni - U_nj) added to its side                              (2)
    v_n = vote(w_n, p_n (2 U_ni + U_nn) + (1 - p_n) 3 U_nj - p_n 3 U_ni - (1 - p_n) (2 U_nj + U_nn))                 (3)
    p_ij = C / (C + D): C and D are a and b with every v_n added to its side                                         (4)
    gain = (1 - S_j) 2 U_ki + S_j (p_ij 2 U_ki + (1 - p_ij) 2 U_kj) - (U_ki + U_kj)                                  (5)

Equation (2) is the small contest that a third party n has in mind: the two and itself. Equation (3) is its vote when
it commits itself to the side it takes: it then shares what that side wins or loses. Where it commits itself to both
sides or to none, both outcomes come to the same and it stays out. In (5), what the contest is worth to k, the receiver
fights with its attention S_j to the matter and gives in with the rest. The chance in (4) is linear whatever law of
victory holds in elections.

Source: the Spatial Model of Politics of KAPSARC (2019), KAPSARC Toolkit for Behavioral Analysis (KTAB), version 1.4.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from detente.search.positions.elections import Vote, votes
from detente.search.positions.spatial.settings import ThirdParty
from detente.search.positions.spatial.views import Members

_FLOOR = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class Contests:
    """What contests come to, as one viewer each sees them.

    =======  ================  =======================================================
    chance   view receiver     equation (4): that the initiator wins
    gain     view receiver     equation (5), to the initiator, in utility, -2 to 2
    =======  ================  =======================================================
    """

    chance: Float[np.ndarray, "view receiver"]
    gain: Float[np.ndarray, "view receiver"]


def contests(
    seen: Float[np.ndarray, "actor view option"],
    initiator: Int[np.ndarray, " view"],
    receiver: Int[np.ndarray, "view receiver"],
    *,
    parties: Members,
    vote: Vote,
    third_party: ThirdParty,
) -> Contests:
    """Work out contests of one initiator with some receivers in each view, equations (1) to (5).

    `parties` has one row for each view. A contest with oneself has no meaning, and is worked out all the same.

    >>> from detente.search.positions.spatial.views import members
    >>> seen = np.array([[[1.0, 0.0]], [[0.0, 1.0]]])
    >>> found = contests(seen, np.array([0]), np.array([[1]]), parties=members(np.array([[3.0, 1.0]]),
    ...     np.array([[[0.5], [0.5]]])), vote="proportional", third_party="semi")
    >>> found.chance.round(6), found.gain.round(6)
    (array([[0.75]]), array([[0.75]]))
    """
    every = np.arange(len(initiator))
    weight = parties.capability * parties.care
    own = seen.diagonal(axis1=0, axis2=2)  # view actor
    first, second = (seen[initiator, every, initiator])[:, None], seen[initiator[:, None], every[:, None], receiver]
    cast = votes(weight[every, initiator][:, None], first - second, vote)
    back = seen[receiver, every[:, None], initiator[:, None]] - own[every[:, None], receiver]
    answer = votes(weight[every[:, None], receiver], back, vote)
    ahead = (_FLOOR + np.maximum(cast, 0)) + np.maximum(answer, 0)
    behind = (_FLOOR + np.maximum(-cast, 0)) + np.maximum(-answer, 0)
    if third_party == "semi":
        sides = _sides(seen, initiator, receiver, weight=weight, principals=(ahead, behind), vote=vote)
        ahead, behind = sides
    whole = ahead + behind
    chance, loss = ahead / whole, behind / whole
    fights = parties.care[every[:, None], receiver]
    contest = chance * (first + first) + loss * (second + second)
    gain = ((1 - fights) * (first + first) + fights * contest) - (first + second)
    return Contests(chance=chance, gain=gain)


def _sides(
    seen: Float[np.ndarray, "actor view option"],
    initiator: Int[np.ndarray, " view"],
    receiver: Int[np.ndarray, "view receiver"],
    *,
    weight: Float[np.ndarray, "view actor"],
    principals: tuple[Float[np.ndarray, "view receiver"], Float[np.ndarray, "view receiver"]],
    vote: Vote,
) -> tuple[Float[np.ndarray, "view receiver"], Float[np.ndarray, "view receiver"]]:
    """Let the third parties take sides, equations (2) to (4), one after the other in the order they are listed."""
    every = np.arange(len(initiator))
    weighs = np.ascontiguousarray(weight.T)[:, :, None]
    mine = np.ascontiguousarray(seen.diagonal(axis1=0, axis2=2).T)[:, :, None]
    for_first = seen[:, every, initiator][:, :, None]
    for_second = seen[:, every[:, None], receiver]
    ahead, behind = principals
    small = votes(weighs, for_first - for_second, vote)
    helped = np.maximum(small, 0)
    against = behind + (helped - small)
    helped += ahead
    against += helped
    win = np.divide(helped, against, out=helped)
    lose = np.subtract(1, win, out=against)
    cast = votes(weighs, _stake(win, lose, for_first, for_second, mine), vote)
    cast[initiator, every] = 0
    cast[receiver, every[:, None], np.arange(receiver.shape[1])] = 0
    # Row by row along the first axis: numpy adds these in their order, as the source does.
    plus, minus = np.empty((2, len(cast) + 1, *ahead.shape))
    plus[0], minus[0] = ahead, behind
    np.maximum(cast, 0, out=plus[1:])
    np.subtract(plus[1:], cast, out=minus[1:])
    return np.add.reduce(plus, axis=0), np.add.reduce(minus, axis=0)


def _stake(win: np.ndarray, lose: np.ndarray, first: np.ndarray, second: np.ndarray, mine: np.ndarray) -> np.ndarray:
    """The difference in equation (3), in the source's order of additions, on which ties between twins hang."""
    twice = second + second
    joined = twice + second
    joined *= lose
    joined += win * (first + first + mine)
    twice += mine
    twice *= lose
    twice += win * (first + first + first)
    return np.asarray(np.subtract(joined, twice, out=joined))
