"""Which offers does a party get, which one does it take, and where does that move it?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.search.positions.challenge.worth import ROUNDING, Dialect, Standing

# What stands between two parties, seen by the first. Where both expect equally much, neither prevails: a stalemate.
OCTANTS = (
    "same-position",
    "stalemate",
    "confrontation-lost",
    "confrontation-won",
    "compromise-lost",
    "compromise-won",
    "capitulation",
    "compulsion",
)


@dataclass(frozen=True, slots=True)
class Taken:
    """The offer that each party takes in one round: from whom, and where it moves to; who takes none stays.

    ======  ===========  ============================================================
    moves   party case   whether it takes one
    by      party case   whose offer, a number of a party; meaningless where none
    to      party case   where it stands after the round, in the issue's unit
    ======  ===========  ============================================================
    """

    moves: Bool[np.ndarray, "party case"]
    by: Int[np.ndarray, "party case"]
    to: Float[np.ndarray, "party case"]


def octants(
    own: Float[np.ndarray, "*lead party other"],
    their: Float[np.ndarray, "*lead party other"],
    apart: Bool[np.ndarray, "*lead party other"],
) -> Int[np.ndarray, "*lead party other"]:
    """Name what stands between every two parties, as a number of `OCTANTS`; `apart` says which pairs differ at all.

    >>> own, their = np.array([[0.0, -0.2]]), np.array([[0.0, 0.5]])
    >>> [OCTANTS[k] for k in octants(own, their, np.array([[False, True]]))[0]]
    ['same-position', 'compromise-lost']
    """
    mine, theirs = own > ROUNDING, their > ROUNDING
    stronger = np.abs(own) > np.abs(their)
    found = np.ones(own.shape, dtype=np.int8)
    found[mine & theirs & (their - own > ROUNDING)] = 2
    found[mine & theirs & (own - their > ROUNDING)] = 3
    found[~mine & theirs] = 4
    found[mine & ~theirs] = 5
    found[~mine & theirs & stronger] = 6
    found[mine & ~theirs & ~stronger] = 7
    found[~apart] = 0
    return found


def taken(
    standing: Standing,
    apart: Float[np.ndarray, "party other case"],
    own: Float[np.ndarray, "party other case"],
    their: Float[np.ndarray, "party other case"],
    dialect: Dialect,
) -> Taken:
    """Choose the offer each party takes, by the rules of the dialect; among equals that of the party listed first.

    A party that expects less from a challenge than the other does, who expects to gain, either loses the confrontation
    (it hoped for a gain too) and goes all the way, or, fearing a loss, gives way by |own / their| of the distance, at
    most all of it: a compromise, or a capitulation.

        scholz-code    the nearest confrontation lost; without any, of the compromises the one with the lowest value of
                       (|own| x_i + |their| x_j) / (|own| + |their|), a position and not a move; no capitulation
        scholz-paper   the offer that moves it least, whatever its kind; then the one of who expects most
        masad-2014     it hears only who expects most, the nearest of those, and does nothing if that offer moves nobody

    >>> standing = Standing(at=np.array([[0.0], [1.0]]), salience=np.ones((2, 1)), weight=np.ones((2, 1)),
    ...     width=np.ones(1))
    >>> own = np.array([[[0.0], [0.6]], [[-0.3], [0.0]]])
    >>> taken(standing, standing.apart, own, own.transpose(1, 0, 2), "scholz-paper").to[:, 0].tolist()
    [0.0, 0.5]
    """
    yields = _yields(own, their, apart)
    if dialect == "scholz-code":
        key, second = _code_order(standing, apart, own, their, yields), None
    elif dialect == "scholz-paper":
        key, second = np.where(yields, apart * _given(own, their), np.inf), -their
    else:
        key, second = np.where((their > ROUNDING) & (apart > 0), -their, np.inf), apart
    by = _first_best(key, second)
    each, case = np.arange(by.shape[0])[:, None], np.arange(by.shape[1])
    moves = yields[each, by, case] & (key[each, by, case] < np.inf)
    share = np.where(moves, _given(own[each, by, case], their[each, by, case]), 0.0)
    target = standing.at[by, case]
    to = np.where(share < 1, standing.at + (target - standing.at) * share, target)
    return Taken(moves=moves, by=by, to=to)


def _yields(
    own: Float[np.ndarray, "party other case"],
    their: Float[np.ndarray, "party other case"],
    apart: Float[np.ndarray, "party other case"],
) -> Bool[np.ndarray, "party other case"]:
    """Say where the other expects to gain, and more than the party does, which expects a gain or a loss."""
    found = np.asarray((their > ROUNDING) & (np.abs(own) > ROUNDING))
    found &= their - own > ROUNDING
    found &= apart > 0
    return found


def _given(own: Float[np.ndarray, "*cases"], their: Float[np.ndarray, "*cases"]) -> Float[np.ndarray, "*cases"]:
    """Return the share of the way that a party goes: all of it when it hoped for a gain, else |own / their|."""
    share = np.divide(own, their, out=np.full(own.shape, -1.0), where=their > ROUNDING)
    return np.asarray(np.where(own < 0, np.minimum(-share, 1.0), 1.0))


def _code_order(
    standing: Standing,
    apart: Float[np.ndarray, "party other case"],
    own: Float[np.ndarray, "party other case"],
    their: Float[np.ndarray, "party other case"],
    yields: Bool[np.ndarray, "party other case"],
) -> Float[np.ndarray, "party other case"]:
    key = np.where(yields & (own > 0), apart, np.inf)
    place = (standing.at - standing.at.min(axis=0)) / standing.width
    # Above every confrontation, whose key is at most 1.
    pulled = np.divide(their, np.where(yields, their - own, 1.0))
    pulled *= place - place[:, None]
    pulled += 2 + place[:, None]
    np.copyto(key, pulled, where=yields & (own < 0) & (their + own > ROUNDING))
    return key


def _first_best(
    key: Float[np.ndarray, "party other case"], second: Float[np.ndarray, "party other case"] | None
) -> Int[np.ndarray, "party case"]:
    """Find the lowest key of every row, then the lowest second one, then the first."""
    best = key <= key.min(axis=1)[:, None] + ROUNDING
    if second is not None:
        rest = np.where(best, second, np.inf)
        best = rest <= rest.min(axis=1)[:, None] + ROUNDING
    return np.asarray(best.argmax(axis=1))
