"""What is a package worth to everybody whose acceptance it needs, draw by draw?

The consenting parties come first, then the ratifiers; one case counts as one draw.
"""

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Int

from detente.boards.deal_board import Cross, Deals
from detente.search.packages.consent import admitted, needed, ratifiers


@dataclass(frozen=True, slots=True)
class Stakes:
    """The scores of a board with a draw axis that is always there and a party axis that includes the ratifiers.

    ==========  ==========================  ==========================================
    score       per issue: draw needed      option, basis points beside the status quo
    floor       draw needed                 what the scores must reach
    crosses     pairs: draw needed          what two levels are worth together
    admits      per issue: draw needed      option, whether the red line leaves the level acceptable on this agenda
    bargaining  a number                    how many of them bargain: the first ones
    ==========  ==========================  ==========================================
    """

    parties: tuple[str, ...]
    bargaining: int
    score: tuple[Int[np.ndarray, "draw needed _option"], ...]
    floor: Int[np.ndarray, "draw needed"]
    crosses: tuple[Cross, ...]
    admits: tuple[Bool[np.ndarray, "draw needed _option"], ...]

    @property
    def draws(self) -> int:
        """How many draws; one for one case."""
        return int(self.floor.shape[0])

    def bound(self) -> Int[np.ndarray, " needed"]:
        """Return per party a number that no gain and no partial sum exceeds in size, in any draw."""
        total = np.abs(self.floor).max(axis=0)
        for score in self.score:
            total = total + np.abs(score).max(axis=(0, 2), initial=0)
        for cross in self.crosses:
            total = total + np.abs(cross.score).max(axis=(0, 2, 3), initial=0)
        return np.asarray(total)

    def worth(
        self, draw: Int[np.ndarray, " case"], package: Int[np.ndarray, "case issue"]
    ) -> Int[np.ndarray, "case needed"]:
        """Add up what packages given by option indices, each in a draw of its own, are worth beside the status quo."""
        total = np.zeros((len(draw), len(self.parties)), dtype=np.int64)
        for score, level in zip(self.score, package.T, strict=True):
            total += score[draw, :, level]
        for cross in self.crosses:
            total += cross.score[draw, :, package[:, cross.first], package[:, cross.second]]
        return total

    def gains(
        self, draw: Int[np.ndarray, " case"], package: Int[np.ndarray, "case issue"]
    ) -> Int[np.ndarray, "case needed"]:
        """Return what everybody gains in packages given by option indices, each in a draw of its own."""
        return np.asarray(self.worth(draw, package) - self.floor[draw])


def stakes(deals: Deals) -> Stakes:
    """Set out what is at stake for the consenting parties and the ratifiers."""
    watchers = deals.watchers
    theirs = (None,) * len(deals.issues) if watchers is None else watchers.score
    return Stakes(
        parties=needed(deals),
        bargaining=len(deals.parties),
        score=tuple(_everybody(deals, own, other) for own, other in zip(deals.score, theirs, strict=True)),
        floor=_everybody(deals, deals.floor(), None if watchers is None else watchers.no_deal),
        admits=tuple(_flat(deals, admitted(deals, i)) for i in range(len(deals.issues))),
        crosses=tuple(Cross(c.first, c.second, score=_flat(deals, c.score)) for c in deals.valued()),
    )


def _everybody(deals: Deals, own: np.ndarray, other: np.ndarray | None) -> np.ndarray:
    rows = ratifiers(deals)
    if other is None or not rows:
        return _flat(deals, own)
    return np.concatenate([_flat(deals, own), _flat(deals, other)[:, rows]], axis=1)


def _flat(deals: Deals, array: np.ndarray) -> np.ndarray:
    return array.reshape(math.prod(deals.draws), *array.shape[len(deals.draws) :])
