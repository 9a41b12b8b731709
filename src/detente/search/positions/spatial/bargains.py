r"""Where would two parties meet, and which of the meetings it is part of does a party take?

On every issue, with salience s, position t and the initiator's chance p to win (q = 1 - p):

    w_i = s_i^2 p^2,  w_j = s_j^2 q^2                              s2p2; without the squares s1p1                    (1)
    b_i = ((w_i + 1e-6) t_i + w_j t_j) / (w_i + 1e-6 + w_j)        and b_j with the 1e-6 on the other side           (2)
    b_i = t_i + f (t_j - t_i),  f = d s_j^2 / (d s_j^2 + 1e-6 + (1 - d) s_i^2),  d = max(0, q - p)     s2pmax        (3)

and likewise b_j in (3). What (2) comes to is rounded to four decimals, a half upwards; what (3) comes to is not.

A party's queue is how things are and every bargain that it is part of, in the order of their initiators. A bargain is
worth to anybody the mean worth of all positions once both have moved. The queue is voted on by all, with their
capabilities; the party takes its own side of what it chooses, and the other may take another.

Source: the Spatial Model of Politics of KAPSARC (2019), KAPSARC Toolkit for Behavioral Analysis (KTAB), version 1.4.
Ours: a meeting place off the scale, which a receiver's view can lead to, is put at the end of the scale.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.search.positions.elections import chances, coalitions, victory
from detente.search.positions.spatial.settings import Interpolation, Settings
from detente.search.positions.spatial.views import Members, Views, distances, utility

_LEAST = 1e-6
_DIGITS = 10_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bargains:
    """What is proposed in a round: option 0 is how things are, which nobody proposes.

    =========  ===================  ===================================================
    who        option               the initiator
    whom       draw option          the receiver
    real       draw option          whether there is such a bargain
    first      draw option issue    where the initiator is to go, 0 to 1
    second     draw option issue    where the receiver is to go, 0 to 1
    =========  ===================  ===================================================
    """

    who: Int[np.ndarray, " option"]
    whom: Int[np.ndarray, "draw option"]
    real: Bool[np.ndarray, "draw option"]
    first: Float[np.ndarray, "draw option issue"]
    second: Float[np.ndarray, "draw option issue"]


def meeting(
    at: tuple[Float[np.ndarray, "*some issue"], Float[np.ndarray, "*some issue"]],
    salience: tuple[Float[np.ndarray, "*some issue"], Float[np.ndarray, "*some issue"]],
    chance: Float[np.ndarray, "*some"],
    interpolation: Interpolation,
) -> tuple[Float[np.ndarray, "*some issue"], Float[np.ndarray, "*some issue"]]:
    """Say where initiator and receiver would go, equations (1) to (3).

    >>> one = np.ones(1)
    >>> meeting((0 * one, one), (one, one), np.array(0.75), "s2p2")
    (array([0.1]), array([0.1]))
    """
    (mine, theirs), (care, cares) = at, salience
    win = chance[..., None]
    lose = 1 - win
    if interpolation == "s2pmax":
        return _by_excess(at, (care * care, cares * cares), (win, lose))
    if interpolation == "s2p2":
        care, cares, win, lose = care * care, cares * cares, win * win, lose * lose
    pull, drag = care * win, cares * lose
    whole = pull + _LEAST + drag
    # A receiver's view may be no chance, and the two may then cancel: nobody is moved by that.
    sound = whole > 0
    whole = np.where(sound, whole, 1.0)
    first = ((pull + _LEAST) * mine + drag * theirs) / whole
    second = (pull * mine + (_LEAST + drag) * theirs) / whole
    return np.where(sound, _rounded(first), mine), np.where(sound, _rounded(second), theirs)


def mixed(
    mine: tuple[Float[np.ndarray, "*some issue"], Float[np.ndarray, "*some issue"]],
    theirs: tuple[Float[np.ndarray, "*some issue"], Float[np.ndarray, "*some issue"]],
    weight: tuple[Float[np.ndarray, "*some"], Float[np.ndarray, "*some"]],
) -> tuple[Float[np.ndarray, "*some issue"], Float[np.ndarray, "*some issue"]]:
    """Make one bargain of the initiator's and the receiver's, each by its weight.

    >>> one = np.ones(1)
    >>> mixed((0 * one, 0 * one), (one, one), (np.array(3.0), np.array(1.0)))
    (array([0.25]), array([0.25]))
    """
    ours, other = weight[0][..., None], weight[1][..., None]
    none = ours + other <= 0  # then each counts as much as the other
    ours, other = np.where(none, 1.0, ours), np.where(none, 1.0, other)
    whole = ours + other
    first, second = ((ours * a + other * b) / whole for a, b in zip(mine, theirs, strict=True))
    return first, second


def worths(
    bargains: Bargains,
    parties: Members,
    seen: Views,
    ideal: Float[np.ndarray, "draw actor issue"],
) -> Float[np.ndarray, "draw actor option"]:
    """Say what every bargain is worth to everybody: the mean worth of all positions once it is carried out.

    >>> from detente.search.positions.spatial.views import members, views
    >>> at = np.array([[[0.0], [1.0]]])
    >>> two = members(np.ones((1, 2)), np.ones((1, 2, 1)))
    >>> half = Bargains(who=np.array([0, 0]), whom=np.array([[0, 1]]), real=np.array([[True, True]]),
    ...     first=np.full((1, 2, 1), 0.5), second=np.full((1, 2, 1), 0.5))
    >>> worths(half, two, views(two, at, at, Settings()), at)
    array([[[0.5, 0.5],
            [0.5, 0.5]]])
    """
    count, actors = seen.risk.shape
    options = len(bargains.who)
    places = np.concatenate((bargains.first, bargains.second), axis=1)
    there = utility(distances(ideal, places, parties.salience), seen.risk[..., None])
    total = there[..., :options] + there[..., options:]
    every, draws = np.arange(options), np.arange(count)[:, None]
    stays = np.ones((actors, count, 1, options))
    stays[bargains.who[None], draws, 0, every] = 0
    stays[bargains.whom, draws, 0, every] = 0
    total[:, :, 0], stays[..., 0] = 0, 1
    room = np.empty(total.shape)
    for other in range(actors):
        total += np.multiply(seen.worth[:, :, other, None], stays[other], out=room)
    return np.asarray(total / actors)


def taken(
    bargains: Bargains,
    worth: Float[np.ndarray, "draw actor option"],
    capability: Float[np.ndarray, "draw actor"],
    settings: Settings,
    lot: Float[np.ndarray, "draw actor"] | None,
) -> Int[np.ndarray, "draw actor"]:
    """Say which option every party takes out of its queue: the likeliest, or the one its number in the lot falls on.

    >>> half = Bargains(who=np.array([0, 0]), whom=np.array([[0, 1]]), real=np.array([[True, True]]),
    ...     first=np.full((1, 2, 1), 0.5), second=np.full((1, 2, 1), 0.5))
    >>> taken(half, np.array([[[0.5, 0.6], [0.5, 0.4]]]), np.array([[2.0, 1.0]]), Settings(), None)
    array([[1, 1]])
    """
    behind = coalitions(worth, capability, settings.vote)
    beats = victory(behind, settings.victory)
    own = np.arange(capability.shape[1])[:, None]
    queue = bargains.real[:, None] & ((bargains.who == own) | (bargains.whom[:, None] == own))
    queue[:, :, 0] = True
    length = queue.sum(axis=-1)
    chosen = np.zeros(length.shape, dtype=np.int64)
    for size in 2 + np.flatnonzero(np.bincount(length.ravel())[2:]):
        draw, actor = np.nonzero(length == size)
        lined = np.nonzero(queue[draw, actor])[1].reshape(-1, size)
        pair = (draw[:, None, None], lined[:, :, None], lined[:, None])
        chance = chances(beats[pair], behind[pair], settings.kind)
        best = chance.argmax(axis=1) if lot is None else _drawn(chance, lot[draw, actor])
        chosen[draw, actor] = lined[np.arange(len(best)), best]
    return chosen


def _by_excess(
    at: tuple[np.ndarray, np.ndarray], care: tuple[np.ndarray, np.ndarray], chance: tuple[np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Equation (3): who is likelier to lose goes further than it is likely to win."""
    (mine, theirs), (win, lose) = at, chance
    moves = []
    for d, (own, other) in ((np.maximum(lose - win, 0), care), (np.maximum(win - lose, 0), care[::-1])):
        share = d * other
        whole = share + _LEAST + (1 - d) * own
        moves.append(np.where(whole > 0, share / np.where(whole > 0, whole, 1.0), 0.0))
    first, second = mine + moves[0] * (theirs - mine), theirs + moves[1] * (mine - theirs)
    return np.clip(first, 0, 1), np.clip(second, 0, 1)


def _rounded(place: np.ndarray) -> np.ndarray:
    return np.asarray(np.clip(np.floor(0.5 + place * _DIGITS) / _DIGITS, 0, 1))


def _drawn(chance: Float[np.ndarray, "queue option"], lot: Float[np.ndarray, " queue"]) -> Int[np.ndarray, " queue"]:
    reached = lot[:, None] <= np.cumsum(chance, axis=1)
    return np.asarray(np.where(reached.any(axis=1), reached.argmax(axis=1), chance.shape[1] - 1))
