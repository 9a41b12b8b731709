"""What is a mediator's advice worth to the one it leans to, and what does war cost the mediator itself?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from detente.boards.lottery import Given
from detente.errors import BoardError


@dataclass(frozen=True, slots=True)
class Counsel:
    """A mediator that knows how firm the other side is, and a party that it may advise to hold out or to concede.

    ==========  ======  ===================================================================================
    hold        *draw   what the party gets by holding out, where that does not end in war, 0 to 1
    concede     *draw   what it gets by conceding, 0 to 1
    war         *draw   what it has of a war, 0 to 1
    risk        *draw   how probably holding out ends in war although the mediator advises it, 0 to 1
    cost        *draw   what a war costs the mediator, 0 or more
    lean        *draw   what a unit of the party's share is worth to the mediator, 0 or more
    ==========  ======  ===================================================================================
    """

    table: str
    parties: tuple[str, str]
    hold: Float[np.ndarray, "*draw"]
    concede: Float[np.ndarray, "*draw"]
    war: Float[np.ndarray, "*draw"]
    risk: Float[np.ndarray, "*draw"]
    cost: Float[np.ndarray, "*draw"]
    lean: Float[np.ndarray, "*draw"]


def counsel(
    parties: tuple[str, str],
    *,
    shares: tuple[Given, Given, Given],
    risk: Given,
    cost: Given,
    lean: Given = 0.0,
    table: str = "talks",
) -> Counsel:
    """Set out who mediates and whom it advises; `shares` are what the party has by holding out, conceding, and war.

    Raises BoardError for a share or risk outside 0 to 1, a cost or lean below 0, or a mediator that advises itself.

    >>> counsel(("m", "a"), shares=(0.8, 0.5, 0.4), risk=0.1, cost=0.3).hold.tolist()
    0.8
    """
    mediator, party = parties
    if mediator == party:
        raise BoardError(f"'{party}' cannot mediate for itself. Name another mediator.")
    arrays = [np.asarray(v, dtype=float) for v in (*shares, risk, cost, lean)]
    hold, concede, war, chance, price, bent = (np.array(a) for a in np.broadcast_arrays(*arrays))
    within = np.stack([hold, concede, war, chance])
    if not ((within >= 0) & (within <= 1)).all():
        raise BoardError(f"A share of '{party}', or the risk of war, is not between 0 and 1. Give another.")
    if not (np.isfinite(np.stack([price, bent])).all() and (price >= 0).all() and (bent >= 0).all()):
        raise BoardError(f"What war costs '{mediator}', or how far it leans, is below 0. Give 0 or more.")
    return Counsel(table, parties, hold, concede, war, chance, price, bent)
