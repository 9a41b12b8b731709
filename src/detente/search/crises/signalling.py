r"""How likely is it to challenge, to resist and to stand firm when neither side knows how much the other minds a war?

    c = V_A + (S_A - V_A) / p_R                       what its own war or retreat must be worth for A to challenge   (1)
    p_C = 1 - Phi(c - W_A) Phi(c - a)                 A challenges                                                   (2)
    p_F = P(W_A + e > a + e', W_A + e > c) / p_C      A stands firm if resisted                                      (3)
    p_R = Phi(g),  g = W_B - V_B + (V_B - C_B) / p_F  B resists                                                      (4)

e, e' and B's shock on W_B are independent standard normal. p_F is monotone in c: that A's war beats its retreat at the
greater of the two, m, has the odds r(m - W_A) / r(m - a) with r = phi / Phi, and x + r(x) grows with x. So g is
monotone in p_R, and a search for equilibria can exclude what it does not look into.

Source: Lewis and Schultz (2003), "Revealing preferences", Political Analysis 11(4), for the game.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float
from scipy.special import log_ndtr, ndtr, owens_t

from detente.search.crises.fixed_points import FixedPoints, fixed_points

SMALL = 1e-3  # below it a probability is integrated, because the closed form keeps no digits of it
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(64)
_REACH = 9.0  # standard deviations: beyond it a normal integrand is below the last digit
EDGE = 45.0  # standard deviations: p_R is 0 or 1 to all digits beyond
_FAR = 1e100  # a threshold beyond it is infinite
_TAIL = 12.0  # standard deviations beyond which the tails' hazards are taken at their limit
_DECAY = 42.0  # natural logarithms: likewise for one that falls exponentially


@dataclass(frozen=True, slots=True)
class Stakes:
    """What seven outcomes are worth, in standard deviations of the shocks, one number per draw; equations (1) to (4).

    `status_quo`, `conceded`, `war`, `retreat` are A's; `concedes`, `resists` (its war) and `spared` (A backs down) B's.
    """

    status_quo: Float[np.ndarray, " draw"]
    conceded: Float[np.ndarray, " draw"]
    war: Float[np.ndarray, " draw"]
    retreat: Float[np.ndarray, " draw"]
    concedes: Float[np.ndarray, " draw"]
    resists: Float[np.ndarray, " draw"]
    spared: Float[np.ndarray, " draw"]

    def at(self, rows: np.ndarray) -> "Stakes":
        """Return the stakes of some draws, in the order given and as often as given."""
        return Stakes(*(value[rows] for value in self.columns))

    @property
    def columns(self) -> tuple[np.ndarray, ...]:
        """The seven arrays in the order of the fields."""
        return (
            self.status_quo,
            self.conceded,
            self.war,
            self.retreat,
            self.concedes,
            self.resists,
            self.spared,
        )

    @property
    def rising(self) -> Bool[np.ndarray, " draw"]:
        """Whether g rises with p_R, so that there may be several equilibria; where not, there is just one."""
        turn = np.sign(self.spared - self.concedes) * np.sign(self.conceded - self.status_quo)
        return np.asarray(turn * np.sign(self.war - self.retreat) < 0)


def equilibria(stakes: Stakes) -> FixedPoints:
    """Where are all the fixed points of equation (4), as z = Phi^-1(p_R), for every draw?

    They lie between the values of g at both ends of p_R, as far as these are finite. Beyond z = 45 on either side p_R
    is 0 or 1 to all digits, so that what lies there is told at the edge. Where g falls without end as p_R does, it is
    minus infinity there, and nothing lies below.
    """
    far = np.full(len(stakes.war), EDGE)
    bottom, top = _bounded(reply(stakes, firm(stakes, threshold(stakes, -far)))), _bounded(answer(stakes, far))
    low = np.where(np.isfinite(bottom), bottom, -EDGE)
    return fixed_points(
        lambda rows, z: _bounded(answer(stakes.at(rows), z)),
        lambda rows, z: _bounded_slope(stakes.at(rows), z),
        np.where(stakes.rising, np.minimum(low, top), -far),
        np.where(stakes.rising, top, far),
        rising=stakes.rising,
    )


def _bounded(value: np.ndarray) -> np.ndarray:
    return np.where(np.isinf(value), value, np.clip(value, -EDGE, EDGE))


def _bounded_slope(stakes: Stakes, z: np.ndarray) -> np.ndarray:
    value = answer(stakes, z)
    return np.where(np.isfinite(value) & (np.abs(value) >= EDGE), 0.0, slope(stakes, z))


def threshold(stakes: Stakes, z: Float[np.ndarray, " draw"]) -> Float[np.ndarray, " draw"]:
    """How much must war or retreat be worth to A for it to challenge, at p_R = Phi(z)? Equation (1)."""
    with np.errstate(over="ignore", invalid="ignore"):
        apart = stakes.status_quo - stakes.conceded
        found = stakes.conceded + apart * np.exp(-log_ndtr(z))
    found = np.where(np.abs(found) > _FAR, np.copysign(np.inf, found), found)
    return np.where(apart == 0, stakes.conceded, found)


def challenge(stakes: Stakes, c: Float[np.ndarray, " draw"]) -> Float[np.ndarray, " draw"]:
    """How likely is a challenge? Equation (2), written so that small probabilities keep their digits."""
    return np.asarray(ndtr(stakes.war - c) + ndtr(c - stakes.war) * ndtr(stakes.retreat - c))


def firm(stakes: Stakes, c: Float[np.ndarray, " draw"]) -> Float[np.ndarray, " draw"]:
    """How likely is it that A stands firm once it has challenged and been resisted? Equation (3).

    >>> one = np.array([0.0])
    >>> game = Stakes(one, one + 1, one - 1.9, one - 1.2, one, one - 2.9, one + 1)
    >>> round(float(firm(game, threshold(game, one - 0.6709))[0]), 4)
    0.3097
    """
    both = stands_firm(stakes, c)
    whole = challenge(stakes, c)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = both / whole
    tail = ~(both > SMALL) | ~(whole > SMALL)
    if tail.any():
        found[tail] = _firm_by_integral(stakes.war[tail], stakes.retreat[tail], c[tail])
    return np.asarray(np.clip(found, 0.0, 1.0))


def answer(stakes: Stakes, z: Float[np.ndarray, " draw"]) -> Float[np.ndarray, " draw"]:
    """To which z' = g does B's resisting with probability Phi(z) lead back? Equations (1), (3), (4)."""
    return reply(stakes, firm(stakes, threshold(stakes, z)))


def reply(stakes: Stakes, stands: Float[np.ndarray, " draw"]) -> Float[np.ndarray, " draw"]:
    """What is g when A stands firm with probability `stands`? Equation (4)."""
    gain, base = stakes.spared - stakes.concedes, stakes.resists - stakes.spared
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        return np.asarray(np.where(gain == 0, base, base + gain / stands))


def slope(stakes: Stakes, z: Float[np.ndarray, " draw"]) -> Float[np.ndarray, " draw"]:
    """How much does g move per unit of z?"""
    c = threshold(stakes, z)
    stands, whole = firm(stakes, c), challenge(stakes, c)
    war, back = c - stakes.war, c - stakes.retreat
    with np.errstate(all="ignore"):
        fights = np.exp(-(war**2) / 2) / np.sqrt(2 * np.pi) * ndtr(back)
        yields = np.exp(-(back**2) / 2) / np.sqrt(2 * np.pi) * ndtr(war)
        # Far out, where both parts vanish, their hazards differ by what war is worth beyond retreat.
        far = np.minimum(war, back) > _TAIL
        gap = stakes.war - stakes.retreat
        moved = (stands * yields - (1 - stands) * fights) / whole
        rate = -(stakes.status_quo - stakes.conceded) * np.exp(-(z**2) / 2 - 2 * log_ndtr(z)) / np.sqrt(2 * np.pi)
        by_firm = np.where(far, (1 - stands) / stands * gap, moved / stands**2)
        found = -(stakes.spared - stakes.concedes) * by_firm * rate
    return np.where(np.isfinite(found), found, np.where(np.isfinite(reply(stakes, stands)), 0.0, np.inf))


def never(stakes: Stakes) -> Bool[np.ndarray, " draw"]:
    """Is there besides a limit in which A never challenges, and B would concede if it did?

    It takes S_A > V_A (a concession does not pay A), a > W_A (the readiest to challenge are bluffers) and C_B > V_B (B
    likes to concede better than to see A back down). Then p_C, p_F and p_R go to nought together.
    """
    return (stakes.status_quo > stakes.conceded) & (stakes.retreat > stakes.war) & (stakes.concedes > stakes.spared)


def stands_firm(stakes: Stakes, c: Float[np.ndarray, " draw"]) -> Float[np.ndarray, " draw"]:
    """How likely is it that A challenges and would stand firm: that its war beats its retreat and `c`, both?

    By Owen's function, of a bivariate normal with correlation 1 / sqrt 2; small ones keep no digits.
    """
    h, k = (stakes.war - stakes.retreat) / np.sqrt(2.0), stakes.war - c
    # Owen's formula divides by both; a shift far below the last digit of the answer keeps it off nought.
    h, k = np.where(np.abs(h) < 1e-150, 1e-150, h), np.where(np.abs(k) < 1e-150, 1e-150, k)
    with np.errstate(over="ignore", invalid="ignore"):
        lean_h, lean_k = np.sqrt(2.0) * k / h - 1.0, np.sqrt(2.0) * h / k - 1.0
        found = (ndtr(h) + ndtr(k)) / 2 - owens_t(h, lean_h) - owens_t(k, lean_k) - 0.5 * ((h > 0) != (k > 0))
    return np.asarray(np.where(np.isposinf(k), ndtr(h), np.where(np.isneginf(k), 0.0, found)))


def _firm_by_integral(war: np.ndarray, back: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Return equation (3) from the logarithms of both of its parts, which may be as small as they like."""
    stand, high = _log_part(c - war, back - war)
    turn, other = _log_part(c - back, war - back)
    with np.errstate(over="ignore", invalid="ignore"):
        # Far out both references are c less a payoff, and their difference would lose all its digits.
        apart = np.where((high == c - war) & (other == c - back), back - war, high - other)
        odds = turn - stand + apart * (high + other) / 2
        found = 1.0 / (1.0 + np.exp(odds))
    limit = (1.0 + np.sign(war - back)) / 2  # as c goes to infinity
    return np.asarray(np.where(np.isposinf(c), limit, found))


def _log_part(low: np.ndarray, gap: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return r and log of the integral from `low` of exp(-(t^2 - r^2) / 2) Phi(t - gap), r near its peak."""
    peak = np.maximum(0.0, gap / 2)
    low = np.where(np.isfinite(low), low, np.where(low > 0, 1e150, -1e150))
    reference = np.maximum(low, peak)
    before = reference - np.maximum(low, peak - _REACH)
    after = np.minimum(_REACH, _DECAY / np.maximum(1.0, reference - peak))
    half = (before + after) / 2
    off = half[:, None] * (1.0 + _NODES) - before[:, None]
    with np.errstate(over="ignore", invalid="ignore"):
        inside = -off * (off + 2 * reference[:, None]) / 2 + log_ndtr(off + (reference - gap)[:, None])
        most = inside.max(axis=1)
        total = np.exp(inside - most[:, None]) @ _WEIGHTS
    return most + np.log(half * total), reference
