"""What was found out about the world without a deal, before it is put into words."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool

from detente.analyses.paths import Paths
from detente.analyses.stability import Stability
from detente.analyses.steady import Steady
from detente.boards.outside.lay import Outside
from detente.outlook.crises import Escalation
from detente.outlook.no_deal import NoDealValues
from detente.situation.nouns import Situation, World


@dataclass(frozen=True, slots=True)
class Covered:
    """One action by one actor, and the threats that answer it."""

    action: str
    actor: str
    against: str | None
    assumed: bool
    answered_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InWorld:
    """What follows in one of the named worlds, at the best guess and over the draws.

    `kept` marks the draws that agree with what parties are said to prefer: only those count. `stability` speaks of
    every state, its reasons of the one that is asked about, from which `ways` lead: today's, unless another is named.
    `steady` says in which draws a state holds, and is None where there are too many states to ask draw by draw, or
    no draws were made.
    """

    world: World
    outside: Outside
    kept: Bool[np.ndarray, " draw"]
    stability: Stability
    ways: Paths
    steady: Steady | None

    @property
    def at(self) -> int:
        """The state that is asked about."""
        return self.ways.start

    @property
    def is_today(self) -> bool:
        """Whether that is the state that stands today."""
        return self.at == self.outside.today


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAgreement:
    """Everything that is said about the world without a deal.

    `situation` is the one that was asked about, `drafted` the same with every move and effect written out. `ruled_out`
    are worlds that the stated preferences leave nothing of. `crises` hold every dyad in every world. `unbound` are
    threats whose condition names no act by anybody.
    """

    situation: Situation
    drafted: Situation
    table: str | None
    concept: str
    worlds: tuple[InWorld, ...]
    ruled_out: tuple[World, ...]
    crises: tuple[Escalation, ...]
    values: NoDealValues | None
    coverage: tuple[Covered, ...]
    unbound: tuple[str, ...]
    draws: int
    seed: int
    version: str
    fingerprint: str


def in_force(board: Outside, state: int) -> tuple[str, ...]:
    """Return the moves that are in force in a state."""
    levels = (int(board.conflict.states.level(k)[state]) for k in range(len(board.moves)))
    return tuple(move for move, level in zip(board.moves, levels, strict=True) if level)
