"""How strong is everybody's position, as the model reports it: which positions count as one, and what chance has each?

Positions closer than 0.001 count as one, which stands where the first party holding it in the order of the list does.
The election is held between those that remain, with everybody's own attitude to risk. A party shows the chance of the
last of them that is as close to its own position: the shown chances can therefore add up to more than 1.

Source: the Spatial Model of Politics of KAPSARC (2019), KAPSARC Toolkit for Behavioral Analysis (KTAB), version 1.4.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from detente.search.positions.candidates import MERGED, brought
from detente.search.positions.elections import chances, coalitions, victory
from detente.search.positions.spatial.settings import Settings
from detente.search.positions.spatial.views import Members, distances, in_order, utility


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How strong the positions of some states are.

    ======  ====================  ====================================================================
    single  state actor           whether an actor's position is one of those that count
    near    state actor option    whether an actor's position is as close as one, to a position that counts
    chance  state actor           the chance of the position that an actor shows
    share   state actor           the chances of the positions that count, adding up to 1; 0 elsewhere
    ======  ====================  ====================================================================
    """

    single: Bool[np.ndarray, "state actor"]
    near: Bool[np.ndarray, "state actor option"]
    chance: Float[np.ndarray, "state actor"]
    share: Float[np.ndarray, "state actor"]


def standing(
    parties: Members,
    at: Float[np.ndarray, "state actor issue"],
    ideal: Float[np.ndarray, "state actor issue"],
    risk: Float[np.ndarray, "state actor"],
    settings: Settings,
) -> Standing:
    """Hold the election between the positions that count, in every state.

    >>> from detente.search.positions.spatial.views import members
    >>> at = np.array([[[0.0], [0.0005], [1.0]]])
    >>> found = standing(members(np.array([[1.0, 1.0, 1.0]]), np.full((1, 3, 1), 0.5)), at, at, np.zeros((1, 3)),
    ...     Settings())
    >>> found.single, found.chance.round(2)
    (array([[ True, False,  True]]), array([[0.67, 0.67, 0.33]]))
    """
    single, near = _single(at)
    worth = utility(distances(ideal, at, parties.salience), risk[..., None])
    behind = coalitions(worth, parties.capability, settings.vote)
    beats = victory(behind, settings.victory)
    share = np.zeros(single.shape)
    counts = single.sum(axis=1)
    for size in np.flatnonzero(np.bincount(counts)):
        states = np.flatnonzero(counts == size)
        which = np.nonzero(single[states])[1].reshape(-1, size)
        pair = (states[:, None, None], which[:, :, None], which[:, None])
        share[states[:, None], which] = chances(beats[pair], behind[pair], settings.kind)
    actors = at.shape[1]
    shown = actors - 1 - near[..., ::-1].argmax(axis=2)
    return Standing(single=single, near=near, chance=np.take_along_axis(share, shown, axis=1), share=share)


def _single(
    at: Float[np.ndarray, "state actor issue"],
) -> tuple[Bool[np.ndarray, "state actor"], Bool[np.ndarray, "state actor option"]]:
    """Say which positions count, and to which of these each position is close."""
    gap = at[:, :, None] - at[:, None]
    close = np.sqrt(in_order(gap * gap)) < MERGED
    single = brought(close)
    return single, close & single[:, None]
