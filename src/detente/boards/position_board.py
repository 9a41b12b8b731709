"""Where does every party stand on every issue, how much does it care, and how much does it weigh?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from detente.boards.drawn import Draws, draw_shape, drawn
from detente.errors import BoardError
from detente.situation.nouns import Influence, Situation
from detente.situation.paths import influence_path


@dataclass(frozen=True, slots=True, kw_only=True)
class Positions:
    """Parties and issues as arrays.

    ==========  ==================  ==============================================
    at          *draw party issue   in the issue's unit; status quo where unstated
    salience    *draw party issue   0 to 100; 0 where unstated
    influence   *draw party issue   any unit; 1 where nobody entered one
    low, high   issue               ends of the scale
    status_quo  *draw issue         in the issue's unit
    stated      party issue         whether the party has a stance at all
    ==========  ==================  ==============================================

    `options` are the levels an issue can be decided at, empty for an issue that can be decided anywhere on its scale;
    without any, no issue has such.
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    at: Float[np.ndarray, "*draw party issue"]
    salience: Float[np.ndarray, "*draw party issue"]
    influence: Float[np.ndarray, "*draw party issue"]
    low: Float[np.ndarray, " issue"]
    high: Float[np.ndarray, " issue"]
    status_quo: Float[np.ndarray, "*draw issue"]
    stated: Bool[np.ndarray, "party issue"]
    options: tuple[tuple[float, ...], ...] = ()

    @property
    def weight(self) -> Float[np.ndarray, "*draw party issue"]:
        """What each party weighs on each issue: influence times salience, and nothing where it has no stance."""
        return np.asarray(np.where(self.stated, self.influence * self.salience, 0.0))


def positions(
    situation: Situation,
    *,
    parties: Sequence[str] | None = None,
    table: str | None = None,
    draws: Draws | None = None,
) -> Positions:
    """Set out who stands where: all parties with a stance, or the ones named (the members of a decision body).

    A weight on an issue goes before one at the table, and that before an overall one; without any, 1.

    Raises BoardError where nobody, or nobody named, has a stance.

    >>> positions(Situation(title="Empty"))
    Traceback (most recent call last):
    detente.errors.BoardError: Nobody in 'Empty' has a stance. Add a stance for one of: no party.
    """
    names = _present(situation, parties)
    issues = situation.issues
    shape = draw_shape(draws)
    size = (*shape, len(names), len(issues))
    status_quo = np.empty((*shape, len(issues)))
    for i, issue in enumerate(issues):
        status_quo[..., i] = drawn(f"{issue.id}.status_quo", issue.status_quo, draws)
    at = np.broadcast_to(status_quo[..., None, :], size).copy()
    salience, influence = np.zeros(size), np.ones(size)
    stated = np.zeros(size[-2:], dtype=bool)
    for p, party in enumerate(names):
        for i, issue in enumerate(issues):
            stance = situation.stance(party, issue.id)
            if stance is not None:
                at[..., p, i] = drawn(f"{party}.{issue.id}.position", stance.position, draws)
                salience[..., p, i] = drawn(f"{party}.{issue.id}.salience", stance.salience, draws)
                stated[p, i] = True
            row = _weight(situation, party, issue.id, table)
            if row is not None:
                influence[..., p, i] = drawn(influence_path(row), row.weight, draws)
    return Positions(
        parties=names,
        issues=tuple(i.id for i in issues),
        at=at,
        salience=salience,
        influence=influence,
        low=np.array([min(i.scale) for i in issues], dtype=np.float64),
        high=np.array([max(i.scale) for i in issues], dtype=np.float64),
        status_quo=status_quo,
        stated=stated,
        options=tuple(i.options for i in issues),
    )


def _present(situation: Situation, wanted: Sequence[str] | None) -> tuple[str, ...]:
    known = [p.id for p in situation.parties]
    unknown = [p for p in wanted or () if p not in known]
    if unknown:
        raise BoardError(f"'{unknown[0]}' is not a party of '{situation.title}'. Its parties: {', '.join(known)}.")
    with_stance = {s.party for s in situation.stances}
    asked = tuple(known if wanted is None else wanted)
    present = tuple(p for p in asked if p in with_stance)
    if not present or not situation.issues:
        listed = ", ".join(asked) or "no party"
        raise BoardError(f"Nobody in '{situation.title}' has a stance. Add a stance for one of: {listed}.")
    return present if wanted is None else asked


def _weight(situation: Situation, party: str, issue: str, table: str | None) -> Influence | None:
    """Return the most particular weight that applies."""
    rows = [w for w in situation.influence if w.party == party]
    rows = [w for w in rows if w.issue in (None, issue) and w.table in (None, table)]
    return max(rows, key=lambda w: (w.issue is not None, w.table is not None), default=None)
