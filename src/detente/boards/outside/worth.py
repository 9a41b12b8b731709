r"""What are moves worth to parties, one by one and two together?

    u_i(s) = sum of e_i(m) over the moves m made in s + sum of e_i(m, n) over the pairs of them                    (1)

with e_i the effects that count in a world: those of that world, else those of every world. Additive over moves but for
the pairs that the situation names: a convention of ours, as in Keeney and Raiffa (1976), Decisions with Multiple
Objectives, chapter 6.
"""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from detente.boards.drawn import Draws, draw_shape, drawn
from detente.situation.nouns import Effect, Situation, World
from detente.situation.paths import effect_path


def worth(
    situation: Situation, world: World, parties: Sequence[str], *, draws: Draws | None = None
) -> Float[np.ndarray, "*draw party move"]:
    """Return what each move of the situation is worth to each party, in points; 0 where nothing says it.

    ======  ==================  ==============================================
    result  *draw, party, move  in points; moves in the order of the situation
    ======  ==================  ==============================================

    >>> worth(Situation(title="Empty"), "drift", ["a"]).shape
    (1, 0)
    """
    names = [m.id for m in situation.moves]
    found = np.zeros((*draw_shape(draws), len(parties), len(names)))
    for row in counting(situation, world):
        if row.given is None and row.party in parties and row.move in names:
            value = drawn(effect_path(row), row.value, draws)
            found[..., list(parties).index(row.party), names.index(row.move)] += value
    return found


def together(
    situation: Situation, world: World, parties: Sequence[str], *, draws: Draws | None = None
) -> Float[np.ndarray, "*draw party move move"]:
    """Return what two moves are worth to each party beyond each alone, in points: in one of the two orders, once.

    ======  ========================  ==============================================
    result  *draw, party, move, move  in points; moves in the order of the situation
    ======  ========================  ==============================================

    >>> together(Situation(title="Empty"), "drift", ["a"]).shape
    (1, 0, 0)
    """
    names = [m.id for m in situation.moves]
    found = np.zeros((*draw_shape(draws), len(parties), len(names), len(names)))
    for row in counting(situation, world):
        if row.given in names and row.party in parties and row.move in names:
            value = drawn(effect_path(row), row.value, draws)
            found[..., list(parties).index(row.party), names.index(row.move), names.index(row.given)] += value
    return found


def counting(situation: Situation, world: World) -> tuple[Effect, ...]:
    """Return the effects that count in a world; where one stands twice, the last.

    An effect of this world alone replaces the one of every world on the same party, of the same move or moves.

    >>> counting(Situation(title="Empty"), "drift")
    ()
    """
    rows = {effect_path(row): row for row in situation.effects if row.world in (None, world)}
    own = {(row.party, row.move, row.given) for row in rows.values() if row.world is not None}
    return tuple(row for row in rows.values() if row.world or (row.party, row.move, row.given) not in own)
