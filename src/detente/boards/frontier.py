"""Which points does no other point dominate?"""

import numpy as np
from jaxtyping import Int


def undominated(points: Int[np.ndarray, "party point"], *, ties: bool = True) -> Int[np.ndarray, " kept"]:
    """Return the indices, ascending, of the points that no other point dominates.

    A point dominates another when it is at least as good for every party and better for one. Of equal points all are
    kept, or with `ties=False` one.

    >>> undominated(np.array([[3, 1, 2, 3], [1, 3, 1, 1]]))
    array([0, 1, 3])
    """
    # The point with the greatest sum is undominated; it strikes out all it dominates, and so on with what is left.
    alive = np.argsort(-points.sum(axis=0), kind="stable")
    left = points[:, alive]
    found: list[Int[np.ndarray, " _"]] = []
    while alive.size:
        best = left[:, :1]
        beaten = (left <= best).all(axis=0)
        if ties:
            found.append(alive[(left == best).all(axis=0)])
        else:
            found.append(alive[:1])
        stays = ~beaten
        alive, left = alive[stays], left[:, stays]
    return np.sort(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)
