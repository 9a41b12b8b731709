r"""Which option of several wins, when every two meet in a vote whose outcome is a matter of chance?

For actor k with weight w_k and utility u_ki of option i:

    v_k(i, j) = w_k f(u_ki - u_kj)                       how strongly k votes for i against j                     (1)
    c_ij = 1e-8 + sum_k max(0, v_k(i, j))                the coalition for i against j                            (2)
    p_ij = g(c_ij) / (g(c_ij) + g(c_ji))                 how probably i beats j; p_ii = 1/2                       (3)

and the chance of an option, of N, is one of

    conditional        P_i = prod_j p_ij / sum_k prod_j p_kj                                                      (4)
    markov-uniform     P_i = (1/N) sum_j p_ij (P_i + P_j)                                                         (5)
    markov-incentive   P_i = sum_j p_ij (P_i A_ji + P_j A_ij),   A_ij = n_ij / sum_k n_kj,   n_ij = c_ij p_ij     (6)

Equation (4): that i beats every other, given that some option does. Equations (5) and (6): how often i stands when a
challenger is drawn again and again, each as often as any other, or the more often the more is behind its success.

Source: KAPSARC (2019), the KAPSARC Toolkit for Behavioral Analysis (KTAB), version 1.4; the numbers in its code are
kept: the floors 1e-8 in (2) and 1e-10 on the diagonal of n, a binary vote that is linear within 1e-8, and the way (5)
and (6) are solved: from equal chances, by P <- (P + q)/2 with q the right side, until no q differs from P by more than
1e-6 in (5) and 1e-8 in (6). A draw is left alone once it is there, so that it does not hang on what else is asked.
"""

from collections.abc import Iterator
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Float

from detente.errors import AnalysisError

Vote: TypeAlias = Literal["binary", "prop-bin", "proportional", "prop-cubic", "cubic", "asymmetric"]
Victory: TypeAlias = Literal["linear", "square", "quartic", "octic", "binary"]
Kind: TypeAlias = Literal["conditional", "markov-uniform", "markov-incentive"]

VOTES: tuple[Vote, ...] = ("binary", "prop-bin", "proportional", "prop-cubic", "cubic", "asymmetric")
VICTORY: tuple[Victory, ...] = ("linear", "square", "quartic", "octic", "binary")
KINDS: tuple[Kind, ...] = ("conditional", "markov-uniform", "markov-incentive")

_FLOOR = 1e-8  # of a coalition
_SELF = 1e-10  # of the incentive to stay
_SHARP = 1e-8  # the difference in utility at which a binary vote is whole
_AHEAD = 1.10  # the ratio of coalitions that decides for sure under the binary law
_SURE = 1 / (1 + 1e-6)
_TOLERANCE: dict[Kind, float] = {"markov-uniform": 1e-6, "markov-incentive": 1e-8}
_DOUBLINGS: dict[Victory, int] = {"linear": 0, "square": 1, "quartic": 2, "octic": 3}
_ROUNDS = 100_000
_DIGITS = 512  # digits from 1/2 to 1 that can be multiplied before they underflow, by far
_BLOCK = 1 << 17  # numbers in one matrix per pair of options and draw: what stays in the cache beside two others


def votes(
    weight: Float[np.ndarray, "..."], difference: Float[np.ndarray, "..."], vote: Vote
) -> Float[np.ndarray, "..."]:
    """Say how strongly actors vote, equation (1), from how much more the first option is worth to them.

    ============  ==========================================================
    binary        all of the weight
    prop-bin      four fifths by the difference, one fifth whole
    proportional  by the difference
    prop-cubic    half by the difference, half by its cube
    cubic         by the cube of the difference
    asymmetric    a gain counts two thirds of what a loss counts
    ============  ==========================================================

    >>> votes(np.array([3.0, 3.0]), np.array([0.5, -0.5]), "asymmetric")
    array([ 1. , -1.5])
    """
    return np.asarray(weight * _response(difference, vote))


def coalitions(
    utility: Float[np.ndarray, "*draw actor option"], weight: Float[np.ndarray, "*draw actor"], vote: Vote
) -> Float[np.ndarray, "*draw option option"]:
    """Add up who stands for each option against each other, equation (2).

    Under the asymmetric vote the later option of a pair is on trial against the earlier: a gain from it counts two
    thirds, a loss in full, so that the order of the options matters.

    >>> coalitions(np.array([[1.0, 0.5], [0.0, 1.0]]), np.array([2.0, 1.0]), "proportional").round(3)
    array([[0., 1.],
           [1., 0.]])
    """
    flat, weights = _flat(utility, weight)
    count, _, options = flat.shape
    found = np.empty((count, options, options))
    for block in _blocks(count, options):
        found[block] = _coalitions(_last(flat[block]), _last(weights[block]), vote).transpose(2, 0, 1)
    return found.reshape(*utility.shape[:-2], options, options)


def victory(
    coalitions: Float[np.ndarray, "*draw option option"], law: Victory
) -> Float[np.ndarray, "*draw option option"]:
    """Say how probably each option beats each other, equation (3).

    The coalitions count as they are, squared, to the fourth or to the eighth power; under the binary law one that is
    larger by a tenth wins but for one time in a million, with a straight line between.

    >>> victory(np.array([[1.0, 3.0], [1.0, 1.0]]), "square")
    array([[0.5, 0.9],
           [0.1, 0.5]])
    """
    return _victory(coalitions, np.swapaxes(coalitions, -1, -2), law)


def chances(
    victory: Float[np.ndarray, "*draw option option"],
    coalitions: Float[np.ndarray, "*draw option option"],
    kind: Kind,
) -> Float[np.ndarray, "*draw option"]:
    """Find the chance of every option, equation (4), (5) or (6); the coalitions bear on the last alone.

    Raises AnalysisError where the chances do not settle.

    >>> even = np.full((2, 2), 0.5)
    >>> chances(even, even, "markov-uniform")
    array([0.5, 0.5])
    """
    options = victory.shape[-1]
    beats, behind = (a.reshape(-1, options, options) for a in (victory, coalitions))
    found = np.empty((len(beats), options))
    for block in _blocks(len(beats), options):
        found[block] = _chances(_last(beats[block]), _last(behind[block]), kind).T
    return found.reshape(victory.shape[:-1])


def election(
    utility: Float[np.ndarray, "*draw actor option"],
    weight: Float[np.ndarray, "*draw actor"],
    *,
    kind: Kind,
    law: Victory,
    vote: Vote,
) -> Float[np.ndarray, "*draw option"]:
    """Find the chance of every option from what it is worth to whom: equations (1) to (6) in one, in flat memory.

    Raises AnalysisError where the chances do not settle.

    >>> worth = np.array([[1.0, 0.5, 0.0], [0.5, 1.0, 0.5], [0.0, 0.5, 1.0]])
    >>> election(worth, np.array([1.0, 1.0, 1.0]), kind="conditional", law="linear", vote="proportional").round(3)
    array([0.214, 0.571, 0.214])
    """
    flat, weights = _flat(utility, weight)
    count, _, options = flat.shape
    found = np.empty((count, options))
    for block in _blocks(count, options):
        behind = _coalitions(_last(flat[block]), _last(weights[block]), vote)
        found[block] = _chances(_victory(behind, behind.swapaxes(0, 1), law), behind, kind).T
    return found.reshape(*utility.shape[:-2], options)


# Within a block the draws are the last axis, and sums over options or actors are made of whole-array additions: what a
# draw comes to is then the same to the last bit whatever stands beside it.


def _flat(utility: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    actors, options = utility.shape[-2:]
    return utility.reshape(-1, actors, options), weight.reshape(-1, actors)


def _last(block: np.ndarray) -> np.ndarray:
    """Move the draws, which come first, behind everything else."""
    return np.ascontiguousarray(block.transpose(*range(1, block.ndim), 0))


def _blocks(count: int, options: int) -> Iterator[slice]:
    size = max(1, _BLOCK // options**2)
    return (slice(start, start + size) for start in range(0, count, size))


def _response(difference: np.ndarray, vote: Vote) -> np.ndarray:
    if vote == "proportional":
        return difference
    if vote == "asymmetric":
        return np.where(difference > 0, difference * 2 / 3, difference)
    if vote in ("cubic", "prop-cubic"):
        cube = difference * difference * difference
        return np.asarray(cube if vote == "cubic" else 0.5 * difference + 0.5 * cube)
    whole = np.clip(difference / _SHARP, -1, 1)
    return np.asarray(whole if vote == "binary" else 0.8 * difference + 0.2 * whole)


def _coalitions(utility: np.ndarray, weight: np.ndarray, vote: Vote) -> np.ndarray:
    """Equation (2) on `actor option draw` and `actor draw`."""
    actors, options, count = utility.shape
    if actors * options**2 * count <= _BLOCK:  # in one sweep; numpy adds along the first axis in order, as below
        cast = np.empty((actors + 1, options, options, count))
        cast[0] = _FLOOR
        np.multiply(_one_side(utility[:, :, None] - utility[:, None], vote), weight[:, None, None], out=cast[1:])
        total = np.add.reduce(cast, axis=0)
    else:
        total, room = np.full((options, options, count), _FLOOR), np.empty((options, options, count))
        for worth, weighs in zip(utility, weight, strict=True):
            np.subtract(worth[:, None], worth[None], out=room)
            cast = _one_side(room, vote)
            cast *= weighs
            total += cast
    if vote == "asymmetric":
        later = np.tril_indices(options, -1)
        total[later] = (total[later] - _FLOOR) * (2 / 3) + _FLOOR
    return np.asarray(total)


def _one_side(difference: np.ndarray, vote: Vote) -> np.ndarray:
    """What is voted for the first option alone; `difference` is used up."""
    # Every vote but the asymmetric one is odd, and what that one adds depends on the side alone: see its caller.
    cast = difference if vote in ("proportional", "asymmetric") else _response(difference, vote)
    return np.asarray(np.maximum(cast, 0, out=cast))


def _victory(ahead: np.ndarray, behind: np.ndarray, law: Victory) -> np.ndarray:
    if law == "binary":
        share = ahead / (ahead + behind)
        return np.asarray(np.clip((share * (_AHEAD + 1) - 1) / (_AHEAD - 1), 1 - _SURE, _SURE))
    for _ in range(_DOUBLINGS[law]):
        ahead, behind = ahead * ahead, behind * behind
    return np.asarray(ahead / (ahead + behind))


def _chances(beats: np.ndarray, behind: np.ndarray, kind: Kind) -> np.ndarray:
    """Equations (4) to (6) on `option option draw`: the chances, `option draw`."""
    if kind == "conditional":
        return _conditional(np.ascontiguousarray(beats.swapaxes(0, 1)))
    step = _uniform(beats) if kind == "markov-uniform" else _incentive(beats, behind)
    return _settled(step, _TOLERANCE[kind])


def _conditional(beaten: np.ndarray) -> np.ndarray:
    """Equation (4), the option that is beaten first; digits and powers of two apart, so that nothing underflows.

    Multiplied and added in the order of the options, as the source does: on the last bit hang ties between twins.
    """
    digits, powers = np.frexp(beaten)
    power = powers.sum(axis=0)
    product = np.ones(digits.shape[1:])
    for start in range(0, len(digits), _DIGITS):
        digits[start] *= product
        product, more = np.frexp(np.multiply.reduce(digits[start : start + _DIGITS], axis=0))
        power = power + more
    alone = np.ldexp(product, power - power.max(axis=0))
    return np.asarray(alone / np.add.accumulate(alone, axis=0)[-1])


def _uniform(beats: np.ndarray) -> np.ndarray:
    """What equation (5) multiplies the chances by, the option that was there before first."""
    options = len(beats)
    step = np.ascontiguousarray(beats.swapaxes(0, 1))
    stays = _added(step.copy())
    step[np.arange(options), np.arange(options)] += stays
    step /= options
    return step


def _incentive(beats: np.ndarray, behind: np.ndarray) -> np.ndarray:
    """What equation (6) multiplies the chances by, the option that was there before first."""
    every = np.arange(len(beats))
    urge = behind * beats
    urge[every, every] += _SELF
    urge /= _added(urge.copy())
    taken = beats * urge
    held = _added(np.ascontiguousarray((beats * urge.swapaxes(0, 1)).swapaxes(0, 1)))
    taken[every, every] += held
    return np.ascontiguousarray(taken.swapaxes(0, 1))


def _settled(step: np.ndarray, tolerance: float) -> np.ndarray:
    """Repeat P <- (P + q)/2 from equal chances until q is P, draw by draw."""
    options, _, count = step.shape
    found = np.empty((options, count))
    shares = np.full((options, count), 1 / options)
    which = np.arange(count)
    open_ = np.ones(count, dtype=bool)
    for _ in range(_ROUNDS):
        after = np.einsum("jib,jb->ib", step, shares)
        still = np.abs(after - shares).max(axis=0) > tolerance
        shares = (shares + after) / 2
        done = open_ & ~still
        if done.any():
            found[:, which[done]] = shares[:, done]
            open_ &= still
            left = int(open_.sum())
            if not left:
                return found
            if 4 * left <= 3 * len(which):
                step, shares, which = step[:, :, open_], shares[:, open_], which[open_]
                open_ = np.ones(left, dtype=bool)
    raise AnalysisError(
        f"The chances of {options} options have not settled after {_ROUNDS:,} rounds. Ask for the conditional election."
    )


def _added(terms: np.ndarray) -> np.ndarray:
    """Add up along the first axis, the second half to the first half again and again; `terms` is used up."""
    while len(terms) > 1:
        half = (len(terms) + 1) // 2
        terms[: len(terms) - half] += terms[half:]
        terms = terms[:half]
    return np.asarray(terms[0])
