"""What could the inputs be, draw by draw?

The numbers of an input depend on the seed, the chunk and the path of the input only: editing, adding or removing
another input leaves them as they are, so that two versions of a situation share their draws.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from detente.ensemble.copula import correlated
from detente.ensemble.sampling import USUAL, Sampling
from detente.ensemble.shapes import shaped
from detente.ensemble.sobol import stratified
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


def draw_inputs(
    situation: Situation, draws: int, *, seed: int, chunk: int = 0, sampling: Sampling = USUAL
) -> dict[str, Float[np.ndarray, "draw"]]:
    """Draw every input of a situation, and for each red line whether it is real.

    An input known as low, best, high follows the distribution that `sampling` names (`detente.ensemble.shapes`). A
    point is the same in every draw. A red line of party P on issue I adds the uniform `P.I.real`: the red line is
    real in the draws where it lies below `P.I.hardness`. Where a path stands twice, the last value counts. Correlations
    that `sampling` names hold among the columns (`detente.ensemble.copula`).

    ===============  =======  =================================
    name             axes     range
    ===============  =======  =================================
    value of a path  (draw)   low to high of the input
    `P.I.real`       (draw)   0 to 1, without 1
    ===============  =======  =================================

    Raises UsageError where the number of draws is below 1, or the seed or chunk below 0, or a correlation cannot be.

    >>> draw_inputs(Situation(title="Empty"), 3, seed=7)
    {}
    """
    if draws < 1:
        raise UsageError(f"{draws} draws were asked for. Ask for at least 1.")
    if seed < 0 or chunk < 0:
        raise UsageError(f"seed {seed} and chunk {chunk}: both count from 0. Give numbers of 0 or more.")
    known = dict(_columns(situation))
    real = [f"{stance.party}.{stance.issue}.real" for stance in situation.stances if stance.red_line is not None]
    moved = _moved([*known, *real], draws, at=(seed, chunk), sampling=sampling)
    found = {
        path: shaped(value, moved[path], shape=sampling.shape)
        if path in moved
        else drawn(path, value, draws, seed=seed, chunk=chunk, sampling=sampling)
        for path, value in known.items()
    }
    for path in real:
        found[path] = moved[path] if path in moved else uniform(path, draws, seed=seed, chunk=chunk, sampling=sampling)
    return found


def _moved(
    paths: Sequence[str], draws: int, *, at: tuple[int, int], sampling: Sampling
) -> dict[str, Float[np.ndarray, "draw"]]:
    """Return the uniforms of the inputs that move together."""
    named = {name for pair in sampling.correlations for name in (pair.first, pair.second)}
    seed, chunk = at
    alone = {path: uniform(path, draws, seed=seed, chunk=chunk, sampling=sampling) for path in paths if path in named}
    return correlated(alone, sampling.correlations)


def drawn(
    path: str, value: Range, draws: int, *, seed: int, chunk: int = 0, sampling: Sampling = USUAL
) -> Float[np.ndarray, "draw"]:
    """Draw one input, in the shape that `sampling` names, from the numbers that belong to its path.

    >>> from detente.situation.values import Basis
    >>> known = Range(low=0, best=5, high=10, basis=Basis(kind="assumed", rule="swept"))
    >>> bool((drawn("a.cost", known, 100, seed=1, sampling=Sampling("sobol", "pert")) <= 10).all())
    True
    """
    if value.is_point:
        return np.full(draws, value.best)
    return shaped(value, uniform(path, draws, seed=seed, chunk=chunk, sampling=sampling), shape=sampling.shape)


def stream(path: str, *, seed: int, chunk: int = 0) -> np.random.Generator:
    """Return random numbers that belong to one path, for a model that takes chances of its own.

    >>> bool(stream("a", seed=1).random() == stream("a", seed=1).random())
    True
    """
    return np.random.Generator(_philox(path, seed, chunk))


def uniform(
    path: str, draws: int, *, seed: int, chunk: int = 0, sampling: Sampling = USUAL
) -> Float[np.ndarray, "draw"]:
    """Return uniform numbers in [0, 1) that belong to one path, whatever else is drawn.

    The stream is Philox4x64 (Salmon et al. 2011), its key the first 128 bits of the SHA-256 of seed, chunk and path;
    the raw 64-bit words are turned into numbers here, because numpy promises these words for good but not its floats.
    With the sampler "sobol" it is the sequence of `detente.ensemble.sobol`, from where the chunk begins.

    >>> bool(np.array_equal(uniform("a.b", 5, seed=1), uniform("a.b", 9, seed=1)[:5]))
    True
    """
    if sampling.sampler == "sobol":
        return stratified(path, draws, seed=seed, first=chunk * sampling.size)
    words = _philox(path, seed, chunk).random_raw(draws)
    return np.asarray((words >> _BITS_DROPPED) * 2.0**-53)


def triangular(path: str, value: Range, draws: int, *, seed: int, chunk: int = 0) -> Float[np.ndarray, "draw"]:
    """Draw one input as `drawn` does with the usual sampling: independent, in the triangular shape.

    >>> from detente.situation.values import Basis
    >>> known = Range(low=0, best=5, high=10, basis=Basis(kind="assumed", rule="swept"))
    >>> bool((triangular("a.cost", known, 100, seed=1) <= 10).all())
    True
    """
    return drawn(path, value, draws, seed=seed, chunk=chunk)


def _philox(path: str, seed: int, chunk: int) -> np.random.Philox:
    digest = hashlib.sha256(f"{seed}\n{chunk}\n{path}".encode()).digest()
    key = int.from_bytes(digest[:16], "little")
    return np.random.Philox(key=np.array([key % _WORD, key // _WORD], dtype=np.uint64))


def _columns(situation: Situation) -> Iterator[tuple[str, Range]]:
    for one in inputs(situation):
        yield one.path, one.value
