"""How do several inputs fill the room between them evenly, all at once?

Where an answer rests on how inputs work together, as Sobol indices do, columns that are even one by one are not
enough. Here one scrambled Sobol sequence has as many dimensions as there are paths. This is the one place where the
numbers of an input depend on which others are drawn with it, and where they are those of the installed scipy.

Source: Sobol (1967); Joe and Kuo (2008), SIAM Journal on Scientific Computing 30(5); Matousek (1998).
"""

import hashlib
from collections.abc import Sequence

import numpy as np
from jaxtyping import Float
from scipy.stats import qmc

from detente.errors import UsageError

BITS = 32
MOST_PATHS = qmc.Sobol.MAXDIM


def joint(paths: Sequence[str], draws: int, *, seed: int, first: int = 0) -> dict[str, Float[np.ndarray, "draw"]]:
    """Return uniform numbers in [0, 1) for paths that are drawn together, from draw `first` on.

    Powers of two fill the room best; two requests agree where their paths, in order, and their seed do.

    Raises UsageError where there is no path or draw, a path stands twice, or more is asked for than the sequence has.

    >>> columns = joint(["a", "b"], 4, seed=1)
    >>> sorted(zip(*(np.floor(column * 2).astype(int).tolist() for column in columns.values())))
    [(0, 0), (0, 1), (1, 0), (1, 1)]
    """
    if not 1 <= len(paths) <= MOST_PATHS or len(set(paths)) < len(paths):
        raise UsageError(f"{len(paths)} paths cannot be drawn together. Name 1 to {MOST_PATHS:,}, each once.")
    if draws < 1 or first < 0 or first + draws > 2**BITS:
        raise UsageError(
            f"{draws} draws from draw {first} on: the sequence has {2**BITS:,}, counted from 0. Ask for some of them."
        )
    digest = hashlib.sha256("\n".join(("joint", str(seed), *paths)).encode()).digest()
    sequence = qmc.Sobol(
        len(paths), scramble=True, bits=BITS, seed=np.random.default_rng(int.from_bytes(digest, "little"))
    )
    if first:
        sequence.fast_forward(first)
    # The first one apart, because scipy warns where a sequence begins with a number that is no power of two.
    drawn = np.concatenate([sequence.random(1), sequence.random(draws - 1)]) if draws > 1 else sequence.random(1)
    return {path: np.ascontiguousarray(drawn[:, k]) for k, path in enumerate(paths)}
