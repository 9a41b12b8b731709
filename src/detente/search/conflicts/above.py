"""When is a state stable for a player, as a question of which other states the player likes better than it?

By nash, gmr, smr, seq and sim nothing else about the player's own preference counts, and a state that is not stable
does not become so because one more state is liked better. So the answer is a set of conditions: states that all have to
be no better than the one asked about.
"""

from dataclasses import dataclass
from math import comb, factorial

import numpy as np
from jaxtyping import Bool, Int

from detente.errors import AnalysisError
from detente.search.conflicts.draws import Plan, comparing, stable_rows
from detente.search.conflicts.moves import targets
from detente.search.conflicts.values import Sanctions

MOST_THAT_MATTER = 18  # states; every set of them is gone through


@dataclass(frozen=True, slots=True)
class Above:
    """Whether a state is stable, for every set of other states that may stand above it.

    ======  =======  ===================================================================
    matter  (other)  the states whose place can count
    stable  (set)    bit k of the set's number: whether `matter[k]` is liked better
    ======  =======  ===================================================================
    """

    state: int
    matter: tuple[int, ...]
    stable: Bool[np.ndarray, " set"]


def above(at: Plan, player: int, state: int, *, concept: str, sanctions: Sanctions) -> Above:
    """Ask of every set of states whether the state stays stable when just these are better.

    Raises AnalysisError where more states matter than can be gone through.
    """
    matter = _within_reach(at, player, state, concept)
    if len(matter) > MOST_THAT_MATTER:
        raise AnalysisError(
            f"{len(matter)} states may matter for whether {state + 1} is stable for '{at.board.players[player]}', and "
            f"sets of at most {MOST_THAT_MATTER} are gone through. Ask by another concept, or leave out choices."
        )
    sets = np.arange(1 << len(matter))
    own = np.zeros((at.board.count, len(sets)), dtype=np.int8)
    for k, other in enumerate(matter):
        own[other] = sets >> k & 1
    # Each state is compared with the one asked about alone, so that other rows of the answer mean nothing.
    value = at.board.preference[..., None]
    found = stable_rows(at, player, own, comparing(value), concept=concept, sanctions=sanctions)[state]
    used = [k for k in range(len(matter)) if (found[(sets >> k & 1) == 0] != found[(sets >> k & 1) == 1]).any()]
    picked = np.zeros(1 << len(used), dtype=np.int64)
    for place, k in enumerate(used):
        picked += (np.arange(len(picked)) >> place & 1) << k
    return Above(state, tuple(matter[k] for k in used), found[picked])


def _within_reach(at: Plan, player: int, state: int, concept: str) -> tuple[int, ...]:
    """List the states that a move from this one, and what others or the player do then, can lead to."""
    movers = at.graph.movers
    first = set(targets(movers[player], state))
    if concept == "nash":
        return tuple(sorted(first))
    if concept == "sim":
        ends = {end for way in at.once[player] if way.source == state for _, end in way.answers}
        return tuple(sorted((first | ends) - {state}))
    seen, waiting = set(first), sorted(first)
    while waiting:
        here = waiting.pop()
        for m in at.graph.against(player):
            fresh = [t for t in targets(movers[m], here) if t not in seen]
            if concept == "seq":
                who = at.graph.groups[m]
                fresh = [t for t in fresh if all(at.board.preference[p, t] > at.board.preference[p, here] for p in who)]
            seen.update(fresh)
            waiting += fresh
    if concept == "smr":
        seen |= {t for s in seen for t in targets(movers[player], s)}
    return tuple(sorted(seen - {state}))


def conditions(found: Above) -> tuple[tuple[int, ...], ...]:
    """Return the smallest sets of states that make the state stable by all being no better; () in it: always.

    >>> conditions(Above(0, (4, 7), np.array([True, True, False, False])))
    ((7,),)
    """
    every = np.flatnonzero(found.stable).tolist()
    stable, bits = set(every), range(len(found.matter))
    widest = [a for a in every if all(a >> k & 1 or a | 1 << k not in stable for k in bits)]
    sets = [tuple(m for k, m in enumerate(found.matter) if not a >> k & 1) for a in widest]
    return tuple(sorted(sets, key=lambda s: (len(s), s)))


def rankings_with(found: Above, span: Int[np.ndarray, " place"], rank: Int[np.ndarray, " state"]) -> int:
    """Count the orders of the states of a span, over the places they hold now, that leave the state stable.

    Places are those of `span`, best first; all other states keep theirs.
    """
    inside = {int(s) for s in span}
    places = [int(rank[s]) for s in span]
    total = 0
    for p in range(len(places)) if found.state in inside else (None,):
        level = int(rank[found.state]) if p is None else places[p]
        better = sum(r > level for r in places) if p is None else p
        total += _arranged(found, inside, (level, better), rank)
    return total


def _arranged(found: Above, inside: set[int], at: tuple[int, int], rank: Int[np.ndarray, " state"]) -> int:
    """Count the orders with the state at one place: so many of the span's others are better, all sets alike often."""
    level, better = at
    others = len(inside - {found.state})
    free = [k for k, m in enumerate(found.matter) if m in inside]
    fixed = sum(1 << k for k, m in enumerate(found.matter) if m not in inside and rank[m] > level)
    idle = others - len(free)  # may stand above or below without counting
    chosen = np.arange(1 << len(free))
    code, high = np.full(len(chosen), fixed), np.zeros(len(chosen), dtype=np.int64)
    for j, k in enumerate(free):
        code += (chosen >> j & 1) << k
        high += chosen >> j & 1
    stable: list[int] = np.bincount(high[found.stable[code]]).tolist()
    total = sum(n * comb(idle, better - h) for h, n in enumerate(stable) if better >= h)
    return total * factorial(better) * factorial(others - better)


def breaking(found: Above) -> tuple[tuple[int, ...], ...]:
    """Return the smallest sets of states that make the state unstable by all being better; () in it: always.

    >>> breaking(Above(0, (4, 7), np.array([True, True, False, False])))
    ((7,),)
    """
    every = np.flatnonzero(~found.stable).tolist()
    unstable, bits = set(every), range(len(found.matter))
    least = [a for a in every if all(not a >> k & 1 or a ^ 1 << k not in unstable for k in bits)]
    sets = [tuple(m for k, m in enumerate(found.matter) if a >> k & 1) for a in least]
    return tuple(sorted(sets, key=lambda s: (len(s), s)))


def cheapest_change(found: Above, rank: Int[np.ndarray, " state"], *, to: bool) -> tuple[int, ...] | None:
    """Return the states that change sides of the one asked about, with the fewest pairs of states changing order.

    None where no change does it. All that change go the same way: down to make it stable, up to make it not. Beside
    those that must, only all that lie nearer than some place can be worth moving: where one is, any nearer one is too.
    """
    here = int(rank[found.state])
    wrong = np.flatnonzero(rank > here if to else rank <= here)
    wrong = wrong[wrong != found.state]
    distance = {int(s): abs(int(rank[s]) - here) for s in wrong}
    best: tuple[int, int, tuple[int, ...]] | None = None
    for needed in conditions(found) if to else breaking(found):
        must = {s for s in needed if s in distance}
        for reach in (-1, *sorted(set(distance.values()))):
            moving = tuple(sorted(must | {s for s, far in distance.items() if far <= reach}))
            cost = changed_pairs(rank, reordered(rank, found.state, moving, down=to))
            if best is None or (cost, len(moving), moving) < best:
                best = (cost, len(moving), moving)
    return None if best is None else best[2]


def reordered(
    rank: Int[np.ndarray, " state"], state: int, moving: tuple[int, ...], *, down: bool
) -> Int[np.ndarray, " state"]:
    """Return the ranking in which some states have moved to just below, or just above, the place of another.

    >>> reordered(np.array([0, 3, 2, 1]), 3, (1,), down=True).tolist()
    [0, 1, 3, 2]
    """
    key = rank.astype(np.float64) * 2
    begin = 2 * rank[state] - (1 if down else 0)
    steps = sorted({int(rank[m]) for m in moving})  # those that move keep their order among themselves
    for m in moving:
        key[m] = begin + (steps.index(int(rank[m])) + 1) / (len(steps) + 1)
    return np.unique(key, return_inverse=True)[1].reshape(-1)


def changed_pairs(before: Int[np.ndarray, " state"], after: Int[np.ndarray, " state"]) -> int:
    """Count the pairs of states whose order differs, equally good counting as an order.

    >>> changed_pairs(np.array([0, 1, 2]), np.array([1, 0, 2]))
    1
    """
    old = np.sign(before[:, None] - before[None, :])
    new = np.sign(after[:, None] - after[None, :])
    return int((old != new).sum()) // 2
