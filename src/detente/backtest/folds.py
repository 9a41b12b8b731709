"""How is a choice made on other dossiers than the one it is tried on?

Dossiers are dealt into folds, whole ones, so that no issue is forecast with the help of another one of its dossier.
What is chosen for a fold is chosen on all other folds.
"""

import numpy as np
from jaxtyping import Float, Int, Shaped

FOLDS = 10
_BITS_DROPPED = np.uint64(11)


def folds(dossier: Shaped[np.ndarray, "case"], *, seed: int, count: int = FOLDS) -> Int[np.ndarray, "case"]:
    """Deal dossiers into folds of as equal a number as can be; the same seed deals the same.

    >>> dealt = folds(np.array(["a", "b", "a", "c"]), seed=1, count=3)
    >>> bool(dealt[0] == dealt[2]), sorted(set(dealt.tolist()))
    (True, [0, 1, 2])
    """
    names, of_case = np.unique(dossier, return_inverse=True)
    order = np.argsort(np.random.Philox(key=seed).random_raw(len(names)) >> _BITS_DROPPED, kind="stable")
    fold = np.empty(len(names), dtype=np.int64)
    fold[order] = np.arange(len(names)) % count
    return np.asarray(fold[of_case.reshape(-1)])


def nearest(
    score: Float[np.ndarray, "setting case"], aim: float, fold: Int[np.ndarray, "case"]
) -> Int[np.ndarray, "case"]:
    """Choose for every case the setting whose mean score on the other folds is nearest to the aim, the first of equals.

    >>> nearest(np.array([[0.0, 0.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0]]), 1.0, np.array([0, 0, 1, 1])).tolist()
    [0, 0, 1, 1]
    """
    chosen = np.empty(len(fold), dtype=np.int64)
    for one in np.unique(fold):
        others = fold != one if (fold != one).any() else fold == one
        chosen[fold == one] = int(np.abs(score[:, others].mean(axis=1) - aim).argmin())
    return chosen
