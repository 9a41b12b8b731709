"""What was found out about a conflict: the results as the analyses gave them."""

from dataclasses import dataclass

from detente.analyses.coalition import Coalition
from detente.analyses.inverse import Inverse
from detente.analyses.paths import Paths
from detente.analyses.stability import Stability
from detente.boards.conflict import Conflict
from detente.search.conflicts.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictTold:
    """Every answer about one conflict; None or empty where a question does not arise or was not asked.

    `concept` is the idea of stability by which reasons, coalitions, ways and changes are told, one of those in
    `stability`. States count from 0; `start` is the one the ways begin at. `reasons` are told of the states in `about`.
    `left_out` says in sentences which questions were not asked, and why.
    """

    file: str
    title: str
    source: str | None
    conflict: Conflict
    concept: str
    start: int | None
    stability: Stability
    about: tuple[int, ...] = ()
    reasons: tuple[Reason, ...] = ()
    coalition: Coalition | None = None
    paths: Paths | None = None
    inverse: tuple[Inverse, ...] = ()
    left_out: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    version: str = ""
    sha256: str = ""

    def equilibria(self, concept: str) -> tuple[int, ...]:
        """Return the states that hold by one concept, counted from 0."""
        return tuple(label - 1 for label in self.stability.labels(concept))

    def reason(self, player: str, state: int) -> Reason | None:
        """Return why a state holds for a player by the concept told, or not; None where that was not asked."""
        return next((r for r in self.reasons if (r.player, r.state) == (player, state)), None)
