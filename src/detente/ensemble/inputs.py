"""What could the inputs be, draw by draw?

The numbers of an input depend on the seed, the chunk and the path of the input only: editing, adding or removing
another input leaves them as they are, so that two versions of a situation share their draws.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from detente.errors import UsageError
from detente.situation.nouns import Situation
from detente.situation.paths import inputs
from detente.situation.values import Range

_WORD = 2**64
_BITS_DROPPED = np.uint64(11)


@dataclass(frozen=True, slots=True)
class Share:
    """In how many of the draws something holds: a share of the model's draws, not a probability of an event."""

    count: int
    draws: int

    @property
    def value(self) -> float:
        """The share, 0 to 1."""
        return self.count / self.draws


def share(holds: Bool[np.ndarray, "draw"]) -> Share:
    """Count the draws in which something holds.

    >>> share(np.array([True, False, True, True]))
    Share(count=3, draws=4)
    """
    return Share(int(holds.sum()), int(holds.size))


def draw_inputs(situation: Situation, draws: int, *, seed: int, chunk: int = 0) -> dict[str, Float[np.ndarray, "draw"]]:
    """Draw every input of a situation, and for each red line whether it is real.

    An input known as low, best, high follows the triangular distribution with these corners, drawn from a uniform u by
    its inverse: with m = (best - low) / (high - low),

        x = low  + sqrt(u (high - low) (best - low))          where u < m                                           (1)
        x = high - sqrt((1 - u) (high - low) (high - best))   elsewhere                                             (2)

    A point is the same in every draw. A red line of party P on issue I adds the uniform `P.I.real`: the red line is
    real in the draws where it lies below `P.I.hardness`. Where a path stands twice, the last value counts.

    ===============  =======  =================================
    name             axes     range
    ===============  =======  =================================
    value of a path  (draw)   low to high of the input
    `P.I.real`       (draw)   0 to 1, without 1
    ===============  =======  =================================

    Source of (1), (2): Devroye (1986), Non-Uniform Random Variate Generation, chapter II.2, inversion.

    Raises UsageError where the number of draws is below 1, or the seed or chunk below 0.

    >>> draw_inputs(Situation(title="Empty"), 3, seed=7)
    {}
    """
    if draws < 1:
        raise UsageError(f"{draws} draws were asked for. Ask for at least 1.")
    if seed < 0 or chunk < 0:
        raise UsageError(f"seed {seed} and chunk {chunk}: both count from 0. Give numbers of 0 or more.")
    found: dict[str, Float[np.ndarray, draw]] = {}
    for path, value in _columns(situation):
        found[path] = triangular(path, value, draws, seed=seed, chunk=chunk)
    for stance in situation.stances:
        if stance.red_line is not None:
            path = f"{stance.party}.{stance.issue}.real"
            found[path] = uniform(path, draws, seed=seed, chunk=chunk)
    return found


def stream(path: str, *, seed: int, chunk: int = 0) -> np.random.Generator:
    """Return random numbers that belong to one path, for a model that takes chances of its own.

    >>> bool(stream("a", seed=1).random() == stream("a", seed=1).random())
    True
    """
    return np.random.Generator(_philox(path, seed, chunk))


def uniform(path: str, draws: int, *, seed: int, chunk: int = 0) -> Float[np.ndarray, "draw"]:
    """Return uniform numbers in [0, 1) that belong to one path, whatever else is drawn.

    The stream is Philox4x64 (Salmon et al. 2011), its key the first 128 bits of the SHA-256 of seed, chunk and path;
    the raw 64-bit words are turned into numbers here, because numpy promises these words for good but not its floats.

    >>> bool(np.array_equal(uniform("a.b", 5, seed=1), uniform("a.b", 9, seed=1)[:5]))
    True
    """
    words = _philox(path, seed, chunk).random_raw(draws)
    return np.asarray((words >> _BITS_DROPPED) * 2.0**-53)


def triangular(path: str, value: Range, draws: int, *, seed: int, chunk: int = 0) -> Float[np.ndarray, "draw"]:
    """Draw one input by equations (1) and (2) of `draw_inputs`, from the stream that belongs to its path.

    >>> from detente.situation.values import Basis
    >>> known = Range(low=0, best=5, high=10, basis=Basis(kind="assumed", rule="swept"))
    >>> bool((triangular("a.cost", known, 100, seed=1) <= 10).all())
    True
    """
    if value.is_point:
        return np.full(draws, value.best)
    u = uniform(path, draws, seed=seed, chunk=chunk)
    # Shares of the width instead of eq. (1) and (2) as they stand, so that no product leaves the floats.
    width = value.high - value.low
    mode = (value.best - value.low) / width
    rise = value.low + width * np.sqrt(u * mode)
    fall = value.high - width * np.sqrt((1.0 - u) * (1.0 - mode))
    return np.clip(np.where(u < mode, rise, fall), value.low, value.high)


def _philox(path: str, seed: int, chunk: int) -> np.random.Philox:
    digest = hashlib.sha256(f"{seed}\n{chunk}\n{path}".encode()).digest()
    key = int.from_bytes(digest[:16], "little")
    return np.random.Philox(key=np.array([key % _WORD, key // _WORD], dtype=np.uint64))


def _columns(situation: Situation) -> Iterator[tuple[str, Range]]:
    for one in inputs(situation):
        yield one.path, one.value
