"""Where does the decision of a body lie over the draws of its inputs?

The distributions of the draws are averaged:

    F(x) = (1 / N) sum_d F_d(x)                                                                                    (1)

with F_d what a model says of draw d. Sums are kept on a fixed grid over the scale, so that memory does not grow with
the draws and parts may be merged.

Source of (1): the linear opinion pool, Stone (1961), Annals of Mathematical Statistics 32(4).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial, reduce
from typing import Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float

from detente.boards import Positions, positions
from detente.boards.body import Body
from detente.boards.decision import Decision
from detente.ensemble.chunks import Chunk, Drawing, chunks, gathered
from detente.ensemble.inputs import draw_inputs, stream
from detente.situation.nouns import Situation

BINS = 101  # one for every hundredth of the scale, the ends included


@runtime_checkable
class Decided(Protocol):
    """What every model of a body answers."""

    @property
    def decision(self) -> Decision:
        """Where the decision may lie."""


Model = Callable[..., Decided]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """What one model says over draws: sums, which may be added to those of other draws.

    ======  =========  ===============================================================
    mass    issue bin  the model's share of each hundredth of the scale, summed over draws
    total   issue      its one value, in the issue's unit, summed over draws
    square  issue      the same, squared
    ======  =========  ===============================================================
    """

    count: int
    low: Float[np.ndarray, " issue"]
    high: Float[np.ndarray, " issue"]
    mass: Float[np.ndarray, "issue bin"]
    total: Float[np.ndarray, " issue"]
    square: Float[np.ndarray, " issue"]

    def __add__(self, other: "Spread") -> "Spread":
        """Return the sums over the draws of both."""
        return Spread(
            count=self.count + other.count,
            low=self.low,
            high=self.high,
            mass=self.mass + other.mass,
            total=self.total + other.total,
            square=self.square + other.square,
        )

    @property
    def shares(self) -> Float[np.ndarray, "issue bin"]:
        """Equation (1) as shares of the bins, adding up to 1."""
        return np.asarray(self.mass / self.mass.sum(axis=-1, keepdims=True))

    @property
    def point(self) -> Float[np.ndarray, " issue"]:
        """The mean over draws of the one value, in the issue's unit."""
        return np.asarray(self.total / self.count)

    def quantile(self, share: float) -> Float[np.ndarray, " issue"]:
        """Return the lowest level of the grid at or below which at least `share` of the weight lies."""
        reached = (np.cumsum(self.shares, axis=-1) >= share - 1e-12).argmax(axis=-1)
        return np.asarray(self.low + reached * (self.high - self.low) / (self.mass.shape[-1] - 1))


def spread(
    situation: Situation,
    body: Body,
    models: Mapping[str, Model],
    *,
    drawing: Drawing,
    by_lot: frozenset[str] = frozenset(),
) -> dict[str, Spread]:
    """Ask models about a body in every draw, equation (1), on common draws; equal bytes for any number of workers.

    With several workers a model must be a function of a module, or a partial of one. `situation` is what
    `detente.boards.body.within` leaves of it: every input of it is drawn. Models in `by_lot` take chances of their own
    and get an `rng` of the chunk.

    Raises UsageError where draws, workers or size are below 1, and what a board or a model raises.
    """
    one = partial(_chunk, (situation, body), dict(models), by_lot, drawing)
    parts = chunks(drawing.draws, drawing.size)
    return reduce(_added, gathered(one, parts, workers=drawing.workers, executor=drawing.executor))


def _added(first: dict[str, Spread], second: dict[str, Spread]) -> dict[str, Spread]:
    return {name: first[name] + second[name] for name in first}


def _chunk(
    about: tuple[Situation, Body], models: Mapping[str, Model], by_lot: frozenset[str], drawing: Drawing, chunk: Chunk
) -> dict[str, Spread]:
    situation, body = about
    drawn = draw_inputs(situation, chunk.draws, seed=drawing.seed, chunk=chunk.index, sampling=drawing.sampling)
    board = positions(situation, parties=body.heard, table=body.table, draws=drawn)
    return {
        name: _summed(_asked(model, board, name in by_lot, (drawing.seed, chunk)), board, chunk.draws)
        for name, model in models.items()
    }


def _asked(model: Model, board: Positions, lots: bool, at: tuple[int, Chunk]) -> Decision:
    seed, chunk = at
    found = model(board, rng=stream("bodies.lots", seed=seed, chunk=chunk.index)) if lots else model(board)
    return found.decision


def _summed(found: Decision, board: Positions, draws: int) -> Spread:
    width = board.high - board.low
    place = np.clip((found.levels - board.low[:, None]) / width[:, None], 0.0, 1.0) * (BINS - 1)
    issues = len(board.issues)
    row = np.arange(issues)[:, None] * BINS
    at = np.broadcast_to(np.rint(place).astype(np.int64) + row, (draws, *place.shape[-2:]))
    mass = np.bincount(
        at.ravel(), weights=np.broadcast_to(found.weight, at.shape).ravel(), minlength=issues * BINS
    ).reshape(issues, BINS)
    point = np.broadcast_to(found.point, (draws, issues))
    return Spread(
        count=draws,
        low=board.low,
        high=board.high,
        mass=mass,
        total=point.sum(axis=0),
        square=(point**2).sum(axis=0),
    )
