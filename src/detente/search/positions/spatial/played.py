"""How does the spatial model of politics go for every draw of a body, and how strong is everybody in every round?"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.search.positions.spatial.settings import Settings
from detente.search.positions.spatial.standing import standing
from detente.search.positions.spatial.turns import Run, Turn, run
from detente.search.positions.spatial.views import Members

_DRAWS = 1 << 18  # numbers in the largest array of one block of draws: parties to the third power for each
_STATES = 1 << 17  # and of one block of states: parties squared for each


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """All rounds of every draw; a draw that rests early keeps what it had at its end.

    =======  =======================  =====================================================================
    at       draw round actor issue   0 to 1, before the first round and after each
    risk     draw round actor         attitudes to risk
    chance   draw round actor         the chance of the position that an actor shows
    share    draw actor               at the end: chances of the positions that count, adding up to 1
    near     draw actor option        at the end: whether an actor's position is as close as one to one that counts
    rounds   draw                     how many rounds there were
    settled  draw                     whether they ended because all was quiet
    =======  =======================  =====================================================================

    `turns` are the rounds where there is a single draw.
    """

    at: Float[np.ndarray, "draw round actor issue"]
    risk: Float[np.ndarray, "draw round actor"]
    chance: Float[np.ndarray, "draw round actor"]
    share: Float[np.ndarray, "draw actor"]
    near: Bool[np.ndarray, "draw actor option"]
    rounds: Int[np.ndarray, " draw"]
    settled: Bool[np.ndarray, " draw"]
    turns: tuple[Turn, ...]


def played(
    parties: Members,
    start: Float[np.ndarray, "draw actor issue"],
    *,
    settings: Settings,
    rounds: int,
    affinity: Float[np.ndarray, "actor actor"] | None = None,
    rng: np.random.Generator | None = None,
) -> Played:
    """Play all draws, some at a time; the numbers of a lot go to draws, rounds and parties in that order.

    `rng` is needed where bargains go by lot. A draw's numbers are then the same whatever stands behind it.

    >>> from detente.search.positions.spatial.views import members
    >>> at = np.array([[[0.0], [0.4], [1.0]]])
    >>> done = played(members(np.ones((1, 3)), np.full((1, 3, 1), 0.5)), at, settings=Settings(), rounds=100)
    >>> done.rounds, done.share.round(2)
    (array([3]), array([[1., 0., 0.]]))
    """
    draws, actors, _ = start.shape
    lot = settings.transitions == "stochastic" and rng is not None
    found = []
    for block in _blocks(draws, actors**3, _DRAWS):
        here = _of(parties, block)
        size = len(start[block])
        lots = rng.random((size, rounds, actors)) if lot and rng is not None else None
        done = run(here, start[block], settings=settings, rounds=rounds, affinity=affinity, lots=lots)
        found.append(_told(here, done, settings))
    if len(found) == 1:
        return found[0]
    most = max(part.at.shape[1] for part in found)
    return Played(
        at=np.concatenate([_longer(part.at, most) for part in found]),
        risk=np.concatenate([_longer(part.risk, most) for part in found]),
        chance=np.concatenate([_longer(part.chance, most) for part in found]),
        share=np.concatenate([part.share for part in found]),
        near=np.concatenate([part.near for part in found]),
        rounds=np.concatenate([part.rounds for part in found]),
        settled=np.concatenate([part.settled for part in found]),
        turns=(),
    )


def _told(parties: Members, done: Run, settings: Settings) -> Played:
    """Say how strong everybody was in every round that there was."""
    most = done.at.shape[1]
    there = np.arange(most) <= done.rounds[:, None]
    draw, number = np.nonzero(there)
    chance = np.empty(done.risk.shape)
    share, near = np.empty(done.risk.shape[::2]), np.empty((*done.risk.shape[::2], done.risk.shape[2]), dtype=bool)
    for block in _blocks(len(draw), done.risk.shape[2] ** 2, _STATES):
        d, t = draw[block], number[block]
        strong = standing(_of(parties, d), done.at[d, t], done.ideal[d, t], done.risk[d, t], settings)
        chance[d, t] = strong.chance
        last = t == done.rounds[d]
        share[d[last]], near[d[last]] = strong.share[last], strong.near[last]
    after = np.minimum(np.arange(most), done.rounds[:, None])
    return Played(
        at=done.at,
        risk=done.risk,
        chance=chance[np.arange(len(chance))[:, None], after],
        share=share,
        near=near,
        rounds=done.rounds,
        settled=done.settled,
        turns=done.turns,
    )


def _of(parties: Members, rows: slice | Int[np.ndarray, " row"]) -> Members:
    return Members(capability=parties.capability[rows], salience=parties.salience[rows], care=parties.care[rows])


def _blocks(count: int, each: int, whole: int) -> Iterator[slice]:
    size = max(1, whole // each)
    return (slice(begin, begin + size) for begin in range(0, count, size))


def _longer(values: np.ndarray, rounds: int) -> np.ndarray:
    """Let the last round stand until there are as many as elsewhere."""
    return values[:, np.minimum(np.arange(rounds), values.shape[1] - 1)]
