"""What does every party expect from challenging every other, and how ready to take risks does that make it?

Arrays run party first and case last, so that every step is one pass over cases that lie side by side in memory.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
from jaxtyping import Float

Dialect: TypeAlias = Literal["masad-2014", "scholz-code", "scholz-paper"]
DIALECTS: tuple[Dialect, ...] = get_args(Dialect)
# Below this a difference of worths, chances or shares of the range is rounding, and counts as none.
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where everybody stands before a round.

    ========  =============  ===================================================================
    at        party case     in the issue's unit
    salience  party case     0 to 1
    weight    party case     influence times salience
    width     case           the range of the positions before the first round; 1 where it is 0
    ========  =============  ===================================================================
    """

    at: Float[np.ndarray, "party case"]
    salience: Float[np.ndarray, "party case"]
    weight: Float[np.ndarray, "party case"]
    width: Float[np.ndarray, " case"]

    @property
    def apart(self) -> Float[np.ndarray, "party other case"]:
        """How far every two parties stand apart, as a share of the range, 0 to 1."""
        gaps = self.at[:, None] - self.at
        np.abs(gaps, out=gaps)
        gaps /= self.width
        return np.asarray(np.minimum(gaps, 1.0, out=gaps))


def weighted_median(
    at: Float[np.ndarray, "*lead party"], weight: Float[np.ndarray, "*lead party"]
) -> Float[np.ndarray, "*lead"]:
    """Return the lowest position at or below which half of the weight lies: it beats every other in pairs.

    >>> weighted_median(np.array([10.0, 4.0, 7.0]), np.array([1.0, 2.0, 2.0]))
    array(7.)
    """
    order = np.argsort(at, axis=-1, kind="stable")
    upto = np.cumsum(np.take_along_axis(weight, order, axis=-1), axis=-1)
    half = (upto >= upto[..., -1:] * (0.5 - ROUNDING)).argmax(axis=-1)
    return np.asarray(np.take_along_axis(np.take_along_axis(at, order, axis=-1), half[..., None], axis=-1)[..., 0])


def chances(
    distance: Float[np.ndarray, "place party case"], weight: Float[np.ndarray, "party case"], dialect: Dialect
) -> Float[np.ndarray, "party other case"]:
    """Find the chance that `party` prevails over `other` if it challenges it: by who is nearer to which, by weight.

    `distance[a, k]` is how far `k` finds the position of `a` from its own, raised to k's risk exponent where the
    dialect does so. With V_k = w_k (distance[j, k] - distance[i, k]):

        scholz-paper   sum of the positive V_k / sum_k |V_k|
        masad-2014     the sum of all V_k where it is positive, else 0, / sum_k |V_k|
        scholz-code    sum of the positive V_k / sum_k sum over all ordered pairs of parties |V_k|

    >>> line, one = np.array([0.0, 0.5, 1.0]), np.ones((3, 1))
    >>> chances(np.abs(line[:, None] - line)[..., None], one, "scholz-paper")[0, :, 0].round(3).tolist()
    [0.5, 0.333, 0.5]
    """
    felt = distance * weight
    missed = felt.sum(axis=1)
    split = np.zeros_like(distance)
    for i in range(len(split) - 1):
        gaps = felt[i + 1 :] - felt[i]
        split[i, i + 1 :] = np.abs(gaps, out=gaps).sum(axis=1)
        split[i + 1 :, i] = split[i, i + 1 :]
    net = missed - missed[:, None]
    if dialect == "scholz-code":
        every = split.sum(axis=0).sum(axis=0)
        net += split
        net *= 0.5 / np.where(every > 0, every, 1.0)
        return np.asarray(net)
    # Where nobody who weighs anything minds which of the two it is, neither has an edge.
    minded = split > ROUNDING * weight.sum(axis=0)
    net /= np.where(minded, split, np.inf)
    if dialect == "masad-2014":
        return np.asarray(np.maximum(net, 0.0, out=net))
    net *= 0.5
    net += 0.5
    return np.asarray(net)


def expected(
    standing: Standing,
    apart: Float[np.ndarray, "party other case"],
    risk: Float[np.ndarray, "party case"],
    *,
    dialect: Dialect,
    quiet: float,
) -> tuple[Float[np.ndarray, "party other case"], Float[np.ndarray, "party other case"]]:
    """Find what challenging each other party is worth to a party, and what being challenged by it is worth to that one.

    With d = |x_i - x_j| / R, the risk exponent r and the chance P that i prevails over j:

        success U_s = 2 - 4 (0.5 - 0.5 d)^r,  failure U_f = 2 - 4 (0.5 + 0.5 d)^r,  nothing happens U_q = 2 - 4 (0.5)^r
        E(i challenges j) = s_j (P U_s + (1 - P) U_f) + (1 - s_j) U_s - Q U_q - (1 - Q) U_m

    where U_m, what i expects of j's move to the weighted median m if i leaves it alone, is 2 - 4 (0.5 - 0.25 D)^r
    where m is nearer to i than j is, else 2 - 4 (0.5 + 0.25 D)^r, with D = (|x_i - m| + |x_i - x_j|) / R; `scholz-code`
    leaves U_m out. In `scholz-code` both challenges of a pair are seen with the exponent of the party in whose row they
    stand, in the others each with the challenger's own. `apart` is what `standing` says; it is worked out once a round.

    >>> standing = Standing(at=np.array([[0.0], [1.0]]), salience=np.ones((2, 1)), weight=np.array([[2.0], [1.0]]),
    ...     width=np.ones(1))
    >>> own, their = expected(standing, standing.apart, np.ones((2, 1)), dialect="scholz-paper", quiet=1.0)
    >>> own[..., 0].round(3).tolist()
    [[0.0, 0.667], [-0.667, 0.0]]
    """
    felt = _raised(apart, risk[None]) if dialect == "scholz-code" else apart
    lost = np.subtract(1.0, chances(felt, standing.weight, dialect))
    half = np.multiply(apart, 0.5)
    won = _raised(0.5 - half, risk[:, None])
    half += 0.5
    at_stake = _raised(half, risk[:, None])
    at_stake -= won
    at_stake *= 4
    won *= -4
    won += (2 - quiet * (2 - 4 * 0.5**risk))[:, None]
    if quiet < 1 and dialect != "scholz-code":
        won -= (1 - quiet) * _left_alone(standing, apart, risk)
    own = _resisted(won, at_stake, lost, standing.salience[None])
    if dialect != "scholz-code":
        return own, own.transpose(1, 0, 2)
    return own, _resisted(won, at_stake, lost.transpose(1, 0, 2), standing.salience[:, None])


def risks(
    standing: Standing, apart: Float[np.ndarray, "party other case"], *, dialect: Dialect, quiet: float
) -> Float[np.ndarray, "party case"]:
    """Find the risk exponents: R_i = (2 T_i - max T - min T) / (max T - min T), r_i = (1 - R_i/3) / (1 + R_i/3).

    T_i is what all others together expect of challenging i, with every exponent at 1. Who is threatened most shuns
    risk, 1/2; who is threatened least seeks it, 2. Where all are threatened alike, everybody has 1.

    >>> standing = Standing(at=np.array([[0.0], [1.0]]), salience=np.ones((2, 1)), weight=np.array([[2.0], [1.0]]),
    ...     width=np.ones(1))
    >>> risks(standing, standing.apart, dialect="scholz-paper", quiet=1.0)[:, 0].round(6).tolist()
    [2.0, 0.5]
    """
    lost = np.subtract(1.0, chances(apart, standing.weight, dialect))
    won = 2 * apart
    if quiet < 1 and dialect != "scholz-code":
        won -= (1 - quiet) * _left_alone(standing, apart, np.ones_like(standing.at))
    threats = _resisted(won, 4 * apart, lost, standing.salience[None])
    faced = threats.sum(axis=0) - np.einsum("iic->ic", threats)
    top, bottom = faced.max(axis=0), faced.min(axis=0)
    differs = top - bottom > ROUNDING * len(threats)
    third = (2 * faced - top - bottom) / (3 * np.where(differs, top - bottom, np.inf))
    return np.asarray((1 - third) / (1 + third))


def _resisted(
    won: Float[np.ndarray, "party other case"],
    at_stake: Float[np.ndarray, "party other case"],
    lost: Float[np.ndarray, "party other case"],
    salience: Float[np.ndarray, "#party #other case"],
) -> Float[np.ndarray, "party other case"]:
    """Take off what is lost if the one that is challenged cares enough to resist, and wins."""
    toll = lost * salience
    toll *= at_stake
    return np.asarray(np.subtract(won, toll, out=toll))


def _left_alone(
    standing: Standing, apart: Float[np.ndarray, "party other case"], risk: Float[np.ndarray, "party case"]
) -> Float[np.ndarray, "party other case"]:
    median = weighted_median(standing.at.T, standing.weight.T)
    off = (np.abs(standing.at - median) / standing.width)[:, None]
    quarter = 0.25 * np.minimum(off + apart, 2.0)
    better = off < apart - ROUNDING
    return np.asarray(2 - 4 * _raised(np.where(better, 0.5 - quarter, 0.5 + quarter), risk[:, None]))


def _raised(
    share: Float[np.ndarray, "party other case"], risk: Float[np.ndarray, "#party #other case"]
) -> Float[np.ndarray, "party other case"]:
    """Raise to an exponent: three times as fast as `power` in one step, and as exact but for the last place or two."""
    with np.errstate(divide="ignore"):
        logs = np.log(share)
    logs *= risk
    return np.asarray(np.exp(logs, out=logs))
