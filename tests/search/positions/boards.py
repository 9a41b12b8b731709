"""Bodies from plain numbers."""

import numpy as np
from numpy.typing import ArrayLike

from detente.boards import Positions


def body(
    at: ArrayLike,
    salience: ArrayLike = 50.0,
    influence: ArrayLike = 1.0,
    *,
    scale: tuple[float, float] = (0.0, 100.0),
    options: tuple[float, ...] = (),
) -> Positions:
    """One issue; numbers are per party, or per draw and party."""
    place = np.asarray(at, dtype=float)[..., None]
    return Positions(
        parties=tuple(f"p{k}" for k in range(place.shape[-2])),
        issues=("cap",),
        at=place,
        salience=_like(place, salience),
        influence=_like(place, influence),
        low=np.array([scale[0]]),
        high=np.array([scale[1]]),
        status_quo=np.full((*place.shape[:-2], 1), scale[0]),
        stated=np.ones((place.shape[-2], 1), dtype=bool),
        options=(options,) if options else (),
    )


def random_body(seed: int, *, draws: int | None = None, parties: int = 6) -> Positions:
    """A body of parties anywhere, some of them at the same place, some without salience."""
    rng = np.random.default_rng(seed)
    size = (parties,) if draws is None else (draws, parties)
    salience = rng.integers(0, 5, size) * 20.0
    salience[..., 0] = 10.0
    return body(rng.integers(0, 11, size) * 10.0, salience, rng.random(size) + 0.1)


def _like(place: np.ndarray, values: ArrayLike) -> np.ndarray:
    found = np.asarray(values, dtype=float)
    return np.broadcast_to(found if found.ndim == 0 else found[..., None], place.shape).copy()
