r"""Which preferences of a player would make a state hold, and what is the smallest change that does?

Whether s is stable for i depends on i's preference only through which states are better than s:

    s is stable for i   <=>   for some condition C: no state of C is better for i than s                         (1)

with the others' preferences as they are. `conditions` are the smallest such C. Of the strict orders of a span of the
ranking, those that leave s stable are counted exactly by how many sets of states above s do. The smallest change is the
one that turns the fewest pairs of states around.

Source: Sakakibara, Okada and Nakase (2002), "The application of robustness analysis to the conflict with incomplete
information", IEEE Transactions SMC C 32(2); Kinsara, Kilgour and Hipel (2015), "Inverse approach to the graph model for
conflict resolution", IEEE Transactions SMC: Systems 45(5); Kendall (1938), "A new measure of rank correlation",
Biometrika 30, for the distance. Exact, but where an order of another player's moves counts too and there are many: then
sampled, and said so. It does not say how to change anybody's mind.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import permutations
from math import factorial

import numpy as np
from jaxtyping import Bool, Int, Real

from detente.boards.conflict import Conflict
from detente.boards.results import Certificate, Parameter
from detente.errors import AnalysisError
from detente.search.conflicts.above import (
    Above,
    above,
    changed_pairs,
    cheapest_change,
    conditions,
    rankings_with,
    reordered,
)
from detente.search.conflicts.draws import BLOCK, Plan, Where, plan, stable_rows
from detente.search.conflicts.moves import graph
from detente.search.conflicts.values import ranked
from detente.search.conflicts.verdicts import CONCEPTS

MOST_ORDERED = 8  # states whose orders are gone through one by one
DRAWS = 20_000
_OWN_ALONE = ("nash", "gmr", "smr")  # by these the player's preference does not bear on whether others stay


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a player's ranking: which states move to the other side of the one asked about, and the new ranking.

    `pairs` is how many pairs of states change their order by it, equally good counting as an order.
    """

    moved: tuple[int, ...]
    pairs: int
    best_first: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inverse:
    """What a player would have to prefer for a state to be stable, equation (1), and how often it is.

    `stable_now` and `others_stay` say how things are. `conditions` are states that must all be no better than the one
    asked about; one of nobody: it is stable in any case, none at all: in no case. Of `rankings` strict orders it is
    stable for the player in `stable`, and an equilibrium in `equilibrium`; None where that is not counted, and then
    `share` is that of `draws` orders drawn at random, or None. `change` is the smallest that makes it stable, or not
    stable where it is; None: no change does.
    """

    player: str
    state: int
    concept: str
    stable_now: bool
    others_stay: tuple[str, ...]
    matter: tuple[int, ...]
    conditions: tuple[tuple[int, ...], ...]
    rankings: int
    stable: int
    equilibrium: int | None
    share: float | None
    draws: int
    change: Change | None
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def inverse(
    conflict: Conflict,
    *,
    player: str,
    state: int,
    concept: str = "seq",
    span: Sequence[int] | None = None,
    rng: np.random.Generator | None = None,
) -> Inverse:
    """Find what a player must prefer for a state to hold, how many orders do, and the smallest change; equation (1).

    `span` are the states whose order is open, over the places they have now; all of them where nothing is said. With
    `rng` the share of equilibria is sampled where it cannot be counted.

    Raises AnalysisError for draws, unknown words, or where more states matter than sets can be gone through.

    >>> from detente.boards.conflict import conflict
    >>> from detente.boards.states import Choice
    >>> from detente.boards.wishes import Ranking
    >>> dilemma = conflict([Choice("row", "yield"), Choice("column", "yield")],
    ...     {"row": Ranking((3, 4, 1, 2)), "column": Ranking((2, 4, 1, 3))})
    >>> found = inverse(dilemma, player="row", state=3, concept="nash")
    >>> found.conditions, found.stable, found.rankings, found.change.pairs
    (((2,),), 12, 24, 1)
    """
    p = _check(conflict, player, state, concept)
    at = plan(conflict, graph(conflict), concepts=[concept])
    rank = ranked(conflict.preference)
    sets = above(at, p, state, concept=concept, sanctions="any_legal")
    chosen = _span(conflict, span, rank[p])
    here = [r[:, None] for r in rank]
    now = [bool(_stable_for(at, q, here, state, concept)[0]) for q in range(len(rank))]
    stays = all(n for q, n in enumerate(now) if q != p)
    counted = rankings_with(sets, chosen, rank[p])
    equilibrium: int | None = counted if stays else 0
    share, draws = None, 0
    if counted and concept not in _OWN_ALONE:
        equilibrium, share, draws = _joint(at, (p, state, concept), chosen, rng)
    found = Inverse(
        player=player,
        state=state,
        concept=concept,
        stable_now=now[p],
        others_stay=tuple(n for q, n in enumerate(conflict.players) if q != p and now[q]),
        matter=sets.matter,
        conditions=conditions(sets),
        rankings=factorial(len(chosen)),
        stable=counted,
        equilibrium=equilibrium,
        share=share,
        draws=draws,
        change=_change(sets, rank[p], to=not now[p]),
        method="sampled" if draws else "counted",
        parameters={"sanctions": "any_legal", "span": len(chosen)},
        certificate=Certificate(claim="", checked=0, holds=True),
    )
    return replace(found, certificate=_certificate(at, p, found, rank))


def _check(board: Conflict, player: str, state: int, concept: str) -> int:
    if concept not in CONCEPTS:
        raise AnalysisError(f"'{concept}' is no idea of stability here. Choose one of: {', '.join(CONCEPTS)}.")
    if board.is_drawn or board.unknown is not None:
        raise AnalysisError("Preferences are drawn or partly unknown here. Ask about one case that is filled in.")
    if not 0 <= state < board.count:
        raise AnalysisError(f"There is no state {state}: they count from 0 to {board.count - 1}.")
    return board.player(player)


def _span(board: Conflict, span: Sequence[int] | None, rank: Int[np.ndarray, " state"]) -> Int[np.ndarray, " place"]:
    """Return the states of a span from the best to the worst place; equally good ones by their number."""
    inside = sorted(set(range(board.count) if span is None else span), key=lambda s: (-int(rank[s]), s))
    if not inside or not 0 <= min(inside) <= max(inside) < board.count:
        raise AnalysisError(f"The span is not made of states from 0 to {board.count - 1}. Name at least one of them.")
    outside = np.delete(rank, inside)
    if np.isin(rank[inside], outside).any():
        raise AnalysisError("The span has a state that is as good as one outside it. Take both in, or neither.")
    return np.array(inside)


def _stable_for(
    at: Plan, player: int, value: Sequence[Real[np.ndarray, "state _draw"]], state: int, concept: str
) -> Bool[np.ndarray, " draw"]:
    """Return whether one state is stable for one player; a column of values counts for every draw."""
    own = np.broadcast_to(value[player], (len(value[player]), max(v.shape[1] for v in value)))
    climbs = partial(_climbs, value)
    return np.asarray(stable_rows(at, player, own, climbs, concept=concept, sanctions="any_legal")[state])


def _climbs(
    value: Sequence[Real[np.ndarray, "state _draw"]], player: int, source: Where, target: Where
) -> Bool[np.ndarray, "..."]:
    return np.asarray(value[player][target] > value[player][source])


def _joint(
    at: Plan, asked: tuple[int, int, str], span: Int[np.ndarray, " place"], rng: np.random.Generator | None
) -> tuple[int | None, float | None, int]:
    """Count the orders of a span by which everybody stays, or sample them: (number, share, draws)."""
    player, state, concept = asked
    rank = ranked(at.board.preference)
    if len(span) <= MOST_ORDERED:
        orders = np.array(list(permutations(range(len(span)))))
    elif rng is not None:
        orders = rng.permuted(np.tile(np.arange(len(span)), (DRAWS, 1)), axis=1)
    else:
        return None, None, 0
    # Strict places for the span, best first; equally good ones are taken apart, far less than a rank.
    places = rank[player, span] - np.arange(len(span)) / (len(span) + 1)
    held = 0
    for begin in range(0, len(orders), BLOCK):
        own = np.repeat(rank[player].astype(np.float64)[:, None], len(orders[begin : begin + BLOCK]), axis=1)
        own[span] = places[orders[begin : begin + BLOCK].T]
        value = [own if p == player else r[:, None].astype(np.float64) for p, r in enumerate(rank)]
        held += int(np.all([_stable_for(at, p, value, state, concept) for p in range(len(rank))], axis=0).sum())
    if len(span) <= MOST_ORDERED:
        return held, None, 0
    return None, held / len(orders), len(orders)


def _change(sets: Above, rank: Int[np.ndarray, " state"], *, to: bool) -> Change | None:
    moved = cheapest_change(sets, rank, to=to)
    if moved is None:
        return None
    after = reordered(rank, sets.state, moved, down=to)
    groups = tuple(tuple(np.flatnonzero(after == r).tolist()) for r in range(int(after.max()), -1, -1))
    return Change(moved, changed_pairs(rank, after), groups)


def _certificate(at: Plan, player: int, found: Inverse, rank: Int[np.ndarray, "player state"]) -> Certificate:
    """Does every condition make the state stable and no part of it, and does the change do what it says?"""
    holds, checked = True, 0
    for condition in found.conditions:
        for left_out in (None, *condition):
            better = set(found.matter) - {s for s in condition if s != left_out}
            own = np.array([[1 if s in better else 0] for s in range(at.board.count)], dtype=np.int32)
            value = [own if p == player else r[:, None] for p, r in enumerate(rank)]
            holds &= bool(_stable_for(at, player, value, found.state, found.concept)[0]) == (left_out is None)
            checked += 1
    if found.change is not None:
        order = {s: -k for k, group in enumerate(found.change.best_first) for s in group}
        own = np.array([[order[s]] for s in range(at.board.count)], dtype=np.int32)
        value = [own if p == player else r[:, None] for p, r in enumerate(rank)]
        holds &= bool(_stable_for(at, player, value, found.state, found.concept)[0]) != found.stable_now
        checked += 1
    return Certificate(claim="conditions-and-change-do-what-they-say", checked=checked, holds=holds)
