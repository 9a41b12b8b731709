"""Which models are tried on past decisions, and how is each asked?

A model that names one value is taken at its word: all its weight lies there, and its score is its absolute error.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

import numpy as np
from jaxtyping import Float

from detente.analyses.baselines import baselines
from detente.analyses.challenge import challenge
from detente.analyses.compromise import compromise
from detente.analyses.condorcet_election import Candidates, condorcet_election
from detente.analyses.median import median
from detente.analyses.prevails import prevails
from detente.analyses.spatial_bargaining import spatial_bargaining
from detente.boards.decision import Decision
from detente.boards.position_board import Positions
from detente.errors import UsageError
from detente.search.positions.challenge.worth import Dialect
from detente.search.positions.elections import Kind

Ask: TypeAlias = Callable[[Positions], Decision]

DEFAULT = "prevails"
PLAIN = "compromise"
CLIMATOLOGY = "climatology"
ALWAYS = (DEFAULT, PLAIN, CLIMATOLOGY)  # beside whatever else is asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model: `ask` turns a board of decisions, a draw for each, into where they may lie.

    `sure` says that it names one value. `needs_status_quo` leaves out decisions whose status quo is not known. Without
    `ask` the model is the climatology: what the decisions of all other dossiers were. A model with `blends` is a
    mixture of two others, the share of the first chosen on other dossiers.
    """

    name: str
    what: str
    ask: Ask | None = None
    sure: bool = False
    needs_status_quo: bool = False
    blends: tuple[str, str] | None = None


def models(names: Sequence[str] | None = None) -> tuple[Model, ...]:
    """Return the models of these names in the order of the catalogue, with those that always stand beside them.

    Raises UsageError where there is no such model.

    >>> [model.name for model in models(["midpoint"])]
    ['prevails', 'compromise', 'midpoint', 'climatology']
    """
    known = [model.name for model in MODELS]
    unknown = [name for name in names or () if name not in known]
    if unknown:
        raise UsageError(f"There is no model '{unknown[0]}' to try. Choose from: {', '.join(known)}.")
    wanted = {*known} if names is None else {*names, *ALWAYS}
    return tuple(model for model in MODELS if model.name in wanted)


def part(name: str) -> Model:
    """Return the model of the catalogue that a mixture names."""
    return next(model for model in MODELS if model.name == name)


def _prevails(board: Positions) -> Decision:
    return prevails(board).decision


def _election(board: Positions, *, kind: Kind, candidates: Candidates) -> Decision:
    return condorcet_election(board, kind=kind, candidates=candidates).decision


def _spatial(board: Positions) -> Decision:
    return spatial_bargaining(board).decision


def _held(board: Positions) -> Decision:
    return compromise(board).decision


def _mean(board: Positions) -> Decision:
    return _sure(board, compromise(board).decision.point)


def _mean_of(board: Positions, *, alike: str) -> Decision:
    """Take the mean as if everybody had as much influence, or cared as much."""
    one = np.ones_like(board.at)
    return _mean(replace(board, influence=one) if alike == "influence" else replace(board, salience=one))


def _median(board: Positions, *, weighted: bool) -> Decision:
    # Of an even number of actors the middle of two is meant where the figure is published: 28.37.
    return median(board, weighted=weighted, tie="lower" if weighted else "midpoint").decision


def _challenge(board: Positions, *, dialect: Dialect) -> Decision:
    return _sure(board, challenge(board, dialect=dialect).decision.point)


def _midpoint(board: Positions) -> Decision:
    return _sure(board, baselines(board).midpoint)


def _status_quo(board: Positions) -> Decision:
    return _sure(board, baselines(board).status_quo)


def _sure(board: Positions, point: Float[np.ndarray, "*draw issue"]) -> Decision:
    return Decision(
        levels=point[..., None],
        weight=np.ones((*point.shape, 1)),
        point=np.asarray(point),
        path=board.at[..., None, :, :],
    )


def _elected(kind: Kind, candidates: Candidates) -> Ask:
    return partial(_election, kind=kind, candidates=candidates)


MODELS: tuple[Model, ...] = (
    Model(name=DEFAULT, what="the default: 3/4 election on the scale, 1/4 weighted positions", ask=_prevails),
    Model(name=PLAIN, what="mean position, weighted by influence and salience", ask=_mean, sure=True),
    Model(name="salience-mean", what="mean by salience alone", ask=partial(_mean_of, alike="influence"), sure=True),
    Model(name="influence-mean", what="mean by influence alone", ask=partial(_mean_of, alike="salience"), sure=True),
    Model(name="positions", what="everybody's position, weighted by influence and salience", ask=_held),
    Model(name="median-actor", what="middle of the actors", ask=partial(_median, weighted=False), sure=True),
    Model(name="median", what="weighted median voter", ask=partial(_median, weighted=True), sure=True),
    Model(
        name="election", what="Markov-uniform election, 21 levels of the scale", ask=_elected("markov-uniform", "grid")
    ),
    Model(name="election-incentive", what="Markov-incentive, 21 levels", ask=_elected("markov-incentive", "grid")),
    Model(name="election-conditional", what="conditional, 21 levels", ask=_elected("conditional", "grid")),
    Model(
        name="election-positions",
        what="Markov-uniform election, actors' positions",
        ask=_elected("markov-uniform", "positions"),
    ),
    Model(
        name="incentive-positions",
        what="Markov-incentive, actors' positions",
        ask=_elected("markov-incentive", "positions"),
    ),
    Model(
        name="conditional-positions",
        what="conditional, actors' positions (KTAB's default)",
        ask=_elected("conditional", "positions"),
    ),
    Model(name="spatial-bargaining", what="KTAB's spatial model after its last turn", ask=_spatial),
    Model(
        name="challenge", what="challenge model, scholz-code", ask=partial(_challenge, dialect="scholz-code"), sure=True
    ),
    Model(
        name="challenge-paper",
        what="challenge model, scholz-paper",
        ask=partial(_challenge, dialect="scholz-paper"),
        sure=True,
    ),
    Model(
        name="challenge-masad",
        what="challenge model, masad-2014",
        ask=partial(_challenge, dialect="masad-2014"),
        sure=True,
    ),
    Model(name="midpoint", what="the middle of the scale", ask=_midpoint, sure=True),
    Model(name="status-quo", what="no change, where known", ask=_status_quo, sure=True, needs_status_quo=True),
    Model(name=CLIMATOLOGY, what="how the decisions of all other dossiers ended"),
    Model(
        name="prevails-in-folds",
        what="the default, its share chosen on other dossiers",
        blends=("election", "positions"),
    ),
    Model(
        name="two-elections",
        what="elections on the scale and on positions, share likewise",
        blends=("election", "election-positions"),
    ),
)
