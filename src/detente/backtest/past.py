"""What does one decision that was taken tell: who stood where before it, and what was decided?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.boards.position_board import Positions
from detente.errors import UsageError

ISSUE = "decision"  # the one issue of a board of past decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDecision:
    """One issue that a body decided, as experts told it beforehand and as it was decided.

    ==========  ======  ==========================================================
    position    actor   0 to 100
    salience    actor   0 to 100
    capability  actor   more than 0, in any unit
    status_quo  -       0 to 100: what holds without a decision; None: not known
    outcome     -       0 to 100: what was decided
    ==========  ======  ==========================================================

    Issues of one dossier were decided together, and are never counted as independent.
    """

    issue: str
    dossier: str
    year: int
    actors: tuple[str, ...]
    position: tuple[float, ...]
    salience: tuple[float, ...]
    capability: tuple[float, ...]
    status_quo: float | None
    outcome: float


def boards(decisions: Sequence[PastDecision]) -> tuple[tuple[tuple[int, ...], Positions], ...]:
    """Set decisions out as boards: those with equally many actors on one, a draw for each decision.

    Each board comes with the places of its decisions among those given. The parties of a board are numbered, because
    they are others in every draw; where the status quo is not known it stands in the middle of the scale.

    Raises UsageError where there is no decision.

    >>> one = PastDecision(issue="a", dossier="a", year=2001, actors=("x", "y"), position=(0, 80), salience=(50, 50),
    ...     capability=(1, 3), status_quo=None, outcome=60)
    >>> [(places, board.weight[0, :, 0].tolist()) for places, board in boards([one])]
    [((0,), [50.0, 150.0])]
    """
    if not decisions:
        raise UsageError("There is no past decision to ask about. Give at least one.")
    sizes = sorted({len(one.actors) for one in decisions})
    groups = [tuple(k for k, one in enumerate(decisions) if len(one.actors) == size) for size in sizes]
    return tuple((places, board([decisions[k] for k in places])) for places in groups)


def board(decisions: Sequence[PastDecision]) -> Positions:
    """Set out decisions with equally many actors as one board, a draw for each, in their order."""
    actors = len(decisions[0].actors)
    return Positions(
        parties=tuple(f"actor {k}" for k in range(1, actors + 1)),
        issues=(ISSUE,),
        at=np.array([one.position for one in decisions], dtype=np.float64)[..., None],
        salience=np.array([one.salience for one in decisions], dtype=np.float64)[..., None],
        influence=np.array([one.capability for one in decisions], dtype=np.float64)[..., None],
        low=np.zeros(1),
        high=np.full(1, 100.0),
        status_quo=np.array([[50.0 if one.status_quo is None else one.status_quo] for one in decisions]),
        stated=np.ones((actors, 1), dtype=bool),
    )
