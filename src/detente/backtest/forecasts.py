"""What does every model say of every past decision?"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from jaxtyping import Bool

from detente.backtest.models import Model
from detente.backtest.past import PastDecision, board, boards
from detente.boards.decision import Decision
from detente.boards.position_board import Positions
from detente.ensemble.chunks import Chunk, chunks, gathered
from detente.errors import AnalysisError


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What one model says of all decisions: a draw for each, one issue, and no path.

    ========  ====  ==========================================================
    decision        where the model says nothing, weight 0 and the point missing
    said      case  whether it says anything
    ========  ====  ==========================================================

    `failures` are the issues on which it ended in an error, with the reason; what it was not asked about is none.
    """

    decision: Decision
    said: Bool[np.ndarray, " case"]
    failures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """What models say of the decisions of one board, or of one of them where the model failed on some."""

    places: tuple[int, ...]
    decision: Decision | None
    why: str = ""


def forecasts(decisions: Sequence[PastDecision], models: Sequence[Model], *, workers: int = 1) -> dict[str, Forecast]:
    """Ask models about decisions, those with equally many actors at once; the same with any number of workers.

    Raises UsageError where there is no decision, or no worker.

    >>> from detente.backtest.models import models
    >>> one = PastDecision(issue="a", dossier="a", year=2001, actors=("x", "y"), position=(0, 80), salience=(50, 50),
    ...     capability=(1, 3), status_quo=None, outcome=60)
    >>> float(forecasts([one], [models()[1]])["compromise"].decision.point[0, 0])
    60.0
    """
    asked = [model for model in models if model.ask is not None]
    groups = boards(decisions)
    each = list(gathered(partial(_asked, tuple(decisions), asked), chunks(len(groups), 1), workers=workers))
    return {
        model.name: _joined([part for found in each for part in found[k]], decisions) for k, model in enumerate(asked)
    }


def _asked(decisions: Sequence[PastDecision], asked: Sequence[Model], chunk: Chunk) -> list[list[_Part]]:
    places, positions = boards(decisions)[chunk.index]
    return [_told(model, [decisions[k] for k in places], places, positions) for model in asked]


def _told(model: Model, decisions: Sequence[PastDecision], places: Sequence[int], positions: Positions) -> list[_Part]:
    """Ask one model about one board; where it fails, ask about each decision alone, so that only those are lost."""
    known = [(k, one) for k, one in zip(places, decisions, strict=True) if one.status_quo is not None]
    if model.needs_status_quo and len(known) < len(places):
        if not known:
            return []
        places, decisions = [k for k, _ in known], [one for _, one in known]
        positions = board(decisions)
    if model.ask is None:
        return []
    try:
        return [_Part(tuple(places), model.ask(positions))]
    except AnalysisError as fault:
        if len(places) == 1:
            return [_Part(tuple(places), None, str(fault))]
    return [found for k, one in zip(places, decisions, strict=True) for found in _told(model, [one], [k], board([one]))]


def _joined(parts: Sequence[_Part], decisions: Sequence[PastDecision]) -> Forecast:
    """Put boards together again, each decision at its place; short rows repeat their last level with no weight."""
    most = max((part.decision.levels.shape[-1] for part in parts if part.decision is not None), default=1)
    count = len(decisions)
    levels, weight = np.zeros((count, 1, most)), np.zeros((count, 1, most))
    point, said = np.full((count, 1), np.nan), np.zeros(count, dtype=bool)
    failures = []
    for part in parts:
        at = list(part.places)
        if part.decision is None:
            failures += [(decisions[k].issue, part.why) for k in at]
            continue
        wide = part.decision.levels.shape[-1]
        levels[at, :, :wide], weight[at, :, :wide] = part.decision.levels, part.decision.weight
        levels[at, :, wide:] = part.decision.levels[..., -1:]
        point[at], said[at] = part.decision.point, True
    return Forecast(
        decision=Decision(levels=levels, weight=weight, point=point, path=np.zeros((count, 0, 0, 1))),
        said=said,
        failures=tuple(failures),
    )
