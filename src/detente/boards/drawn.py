"""Which number does an input take: its best value, or one per draw?"""

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from jaxtyping import Float

from detente.errors import BoardError
from detente.situation.values import Range

Draws: TypeAlias = Mapping[str, Float[np.ndarray, " draw"]]


def draw_shape(draws: Draws | None) -> tuple[int, ...]:
    """Return the leading axes that draws give to a board: none, or one of their common length.

    Raises BoardError where columns differ in length, naming two of them.

    >>> draw_shape(None), draw_shape({"iran.missiles.salience": np.array([1.0, 2.0])})
    ((), (2,))
    """
    if not draws:
        return ()
    lengths = {path: column.shape[0] for path, column in draws.items()}
    first = next(iter(lengths))
    other = next((p for p in lengths if lengths[p] != lengths[first]), None)
    if other is not None:
        raise BoardError(
            f"The draws differ in length: '{first}' has {lengths[first]} and '{other}' has {lengths[other]}. "
            "Draw every input the same number of times."
        )
    return (lengths[first],)


def drawn(path: str, value: Range, draws: Draws | None) -> Float[np.ndarray, "*draw"]:
    """Return an input's draws where it has some, else its best value."""
    if draws and path in draws:
        return np.asarray(draws[path], dtype=np.float64)
    return np.asarray(value.best, dtype=np.float64)
