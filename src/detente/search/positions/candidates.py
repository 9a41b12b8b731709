"""Between which options does a body choose: levels spread over the scale, or what its members stand for?

In either case an option o is worth 1 - |x - o| / width to a party that stands at x, and weights are made shares, so
that the unit of influence changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.boards.position_board import Positions
from detente.errors import AnalysisError
from detente.search.positions.elections import Kind, Victory, Vote, election

Power: TypeAlias = Literal["influence-salience", "influence"]

MERGED = 0.001  # of the scale: positions nearer than that are one option, as in KTAB
_BLOCK = 1024  # draws whose utilities are laid out at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How an election is held: see `detente.search.positions.elections`."""

    kind: Kind = "markov-uniform"
    law: Victory = "linear"
    vote: Vote = "proportional"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The levels of one issue, ascending, and the width of its scale; `fixed` where nothing between them can be had."""

    levels: Float[np.ndarray, " level"]
    width: float
    fixed: bool


def power_shares(positions: Positions, power: Power) -> Float[np.ndarray, "*draw party issue"]:
    """Return each party's share of the votes: by influence times salience, or by influence alone."""
    alone = power == "influence"
    weight = np.where(positions.stated, positions.influence, 0.0) if alone else positions.weight
    return np.asarray(weight / weight.sum(axis=-2, keepdims=True))


def choices(positions: Positions, grid: int) -> tuple[Choice, ...]:
    """Return what can be chosen on every issue: its options, else so many levels evenly over its scale.

    Raises AnalysisError for fewer than two levels.
    """
    if grid < 2:
        raise AnalysisError(f"A grid of {grid} leaves nothing to choose between. Ask for at least 2 levels.")
    given = positions.options or ((),) * len(positions.issues)
    return tuple(
        Choice(
            levels=np.array(sorted(options)) if options else np.linspace(low, high, grid),
            width=float(high - low),
            fixed=bool(options),
        )
        for options, low, high in zip(given, positions.low, positions.high, strict=True)
    )


def side_by_side(
    levels: Sequence[Float[np.ndarray, "draw _level"]], weights: Sequence[Float[np.ndarray, "draw _level"]]
) -> tuple[Float[np.ndarray, "draw issue level"], Float[np.ndarray, "draw issue level"]]:
    """Put the issues beside each other; one with fewer levels repeats its last, with no weight."""
    most = max(row.shape[1] for row in levels)
    gaps = [((0, 0), (0, most - row.shape[1])) for row in levels]
    filled = [np.pad(row, gap, mode="edge") for row, gap in zip(levels, gaps, strict=True)]
    weighed = [np.pad(row, gap) for row, gap in zip(weights, gaps, strict=True)]
    return np.stack(filled, axis=1), np.stack(weighed, axis=1)


def nearest(at: Float[np.ndarray, "draw party"], levels: Float[np.ndarray, " level"]) -> Int[np.ndarray, "draw party"]:
    """Return which level is nearest to every position, the lower of two that are as near."""
    return np.asarray(np.searchsorted((levels[1:] + levels[:-1]) / 2, at, side="left"))


def on_levels(
    at: Float[np.ndarray, "draw party"], share: Float[np.ndarray, "draw party"], choice: Choice, rules: Rules
) -> tuple[Float[np.ndarray, "draw level"], Float[np.ndarray, "draw level"]]:
    """Find the chance of every level, and the levels: where all that have votes stand at one place, that is one.

    >>> at, share = np.array([[0.0, 100.0], [30.0, 30.0]]), np.array([[0.75, 0.25]] * 2)
    >>> choice = Choice(levels=np.array([0.0, 50.0, 100.0]), width=100.0, fixed=False)
    >>> levels, chance = on_levels(at, share, choice, Rules(kind="conditional"))
    >>> levels[1], chance.round(3)
    (array([  0.,  30., 100.]), array([[0.692, 0.231, 0.077],
           [0.   , 1.   , 0.   ]]))
    """
    chance = np.empty((len(at), len(choice.levels)))
    for start in range(0, len(at), _BLOCK):
        block = slice(start, start + _BLOCK)
        utility = 1.0 - np.abs(at[block, :, None] - choice.levels) / choice.width
        chance[block] = election(utility, share[block], kind=rules.kind, law=rules.law, vote=rules.vote)
    levels = np.broadcast_to(choice.levels, chance.shape)
    place = np.where(share > 0, at, -np.inf).max(axis=1)
    agreed = np.flatnonzero(place == np.where(share > 0, at, np.inf).min(axis=1))
    if choice.fixed or not len(agreed):
        return levels, chance
    levels = levels.copy()
    there = nearest(place[agreed, None], choice.levels)[:, 0]
    levels[agreed, there] = place[agreed]
    chance[agreed] = np.arange(len(choice.levels)) == there[:, None]
    return levels, chance


def on_positions(
    at: Float[np.ndarray, "draw party"], share: Float[np.ndarray, "draw party"], width: float, rules: Rules
) -> tuple[Float[np.ndarray, "draw party"], Float[np.ndarray, "draw party"]]:
    """Find the chance of what every party stands for: as an option of its own, and as KTAB would show it.

    In order, a party brings a new option unless it stands nearer than `MERGED` to one already there; then it has no
    chance of its own. What KTAB shows for a party is the chance of the last option that near, so that what it shows
    may add up to more than 1.

    >>> at, share = np.array([[0.0, 100.0, 100.0]]), np.full((1, 3), 1 / 3)
    >>> own, shown = on_positions(at, share, 100.0, Rules())
    >>> own.round(3), shown.round(3)
    (array([[0.333, 0.667, 0.   ]]), array([[0.333, 0.667, 0.667]]))
    """
    near = np.abs(at[:, :, None] - at[:, None, :]) / width < MERGED
    own = brought(near)
    chance = np.zeros(at.shape)
    counts = own.sum(axis=1)
    first = np.argsort(~own, axis=1, kind="stable")
    for count in np.unique(counts):
        rows = np.flatnonzero(counts == count)
        for start in range(0, len(rows), _BLOCK):
            some = rows[start : start + _BLOCK]
            which = first[some, :count]
            option = np.take_along_axis(at[some], which, axis=1)
            utility = 1.0 - np.abs(at[some][:, :, None] - option[:, None, :]) / width
            won = election(utility, share[some], kind=rules.kind, law=rules.law, vote=rules.vote)
            chance[some[:, None], which] = won
    parties = at.shape[1]
    matching = near & own[:, None, :]
    last = parties - 1 - matching[:, :, ::-1].argmax(axis=2)
    return chance, np.take_along_axis(chance, last, axis=1)


def brought(near: Bool[np.ndarray, "draw party party"]) -> Bool[np.ndarray, "draw party"]:
    """Say which parties bring an option of their own: in order, those that are not near to one already there.

    >>> brought(np.array([[[True, True, False], [True, True, True], [False, True, True]]]))
    array([[ True, False,  True]])
    """
    own = np.ones(near.shape[:2], dtype=bool)
    for p in range(1, near.shape[1]):
        own[:, p] = ~(near[:, p, :p] & own[:, :p]).any(axis=1)
    return own
