"""Whose acceptance carries a package at a table that decides otherwise than by everybody's consent?"""

import math
from dataclasses import dataclass
from fractions import Fraction

from detente.errors import BoardError
from detente.situation.nouns import Situation, Table
from detente.situation.views import weight_at

DIGITS = 6  # a weight counts to the millionth, so that sums of weights are exact


@dataclass(frozen=True, slots=True)
class Rule:
    """Whose acceptance carries a package: the acceptors' `weights` must add up to `need`, and all `vetoes` accept.

    Unanimity is one vote each and as many needed as there are parties.
    """

    weights: tuple[float, ...]
    need: float
    vetoes: tuple[int, ...] = ()

    @property
    def unanimous(self) -> bool:
        """Whether everybody's acceptance is needed."""
        everyone = set(range(len(self.weights)))
        return set(self.vetoes) == everyone or all(sum(self.weights) - w < self.need for w in self.weights)


def decision_rule(situation: Situation, table: Table) -> Rule | None:
    """Whose acceptance carries a package at this table? None where it is everybody's.

    =========  =====================  ==========================================
    rule       weights                need
    =========  =====================  ==========================================
    majority   one each               more than half of those who consent
    weighted   influence              more than half of the influence
    quorum     one each               the table's quorum
    =========  =====================  ==========================================

    Influence is the best value of the weight at the table, else of the overall one, else 1, to the millionth. Weights
    that are not whole are multiplied until they are, so that `sum of acceptors >= need` is exact; a draw of a weight
    does not bear on who carries a package.

    Raises BoardError where somebody with a veto does not consent, the quorum is missing or more than everybody, or no
    weight is above zero.
    """
    count = len(table.consent)
    stray = [p for p in table.vetoes if p not in table.consent]
    if stray:
        raise BoardError(
            f"'{stray[0]}' has a veto at table '{table.id}' but does not consent there. "
            "Add it to those who consent, or make it a ratifier."
        )
    if table.rule == "unanimity":
        return None
    weights = _whole(_weights(situation, table)) if table.rule == "weighted" else (1,) * count
    need = _quorum(table) if table.rule == "quorum" else sum(weights) // 2 + 1
    vetoes = tuple(sorted(table.consent.index(p) for p in dict.fromkeys(table.vetoes)))
    return Rule(weights=tuple(float(w) for w in weights), need=float(need), vetoes=vetoes)


def _weights(situation: Situation, table: Table) -> tuple[Fraction, ...]:
    rows = [weight_at(situation, table, p) for p in table.consent]
    weights = tuple(Fraction(1) if r is None else Fraction(str(round(r.weight.best, DIGITS))) for r in rows)
    if min(weights) < 0 or not any(weights):
        raise BoardError(
            f"Table '{table.id}' decides by influence, but no party's weight there is above zero, or one is below. "
            f"Give weights to {', '.join(table.consent)}, or another rule."
        )
    return weights


def _whole(weights: tuple[Fraction, ...]) -> tuple[int, ...]:
    times = math.lcm(*(w.denominator for w in weights))
    return tuple(int(w * times) for w in weights)


def _quorum(table: Table) -> int:
    if table.quorum is None or table.quorum > len(table.consent):
        asked = "names none" if table.quorum is None else f"asks for {table.quorum} of {len(table.consent)}"
        raise BoardError(
            f"Table '{table.id}' decides by quorum and {asked}. Give a quorum from 1 to {len(table.consent)}."
        )
    return table.quorum
