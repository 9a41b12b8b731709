"""Which states can some players reach together that no fewer of them reach?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from jaxtyping import Bool, Int

from detente.boards.conflict import Conflict
from detente.search.conflicts.moves import Arcs, Graph, as_arcs, by_source
from detente.search.conflicts.pairs import reached


@dataclass(frozen=True, slots=True)
class Joined:
    """Moves in which these players act, all of them and nobody else.

    ======  =======
    source  (move)
    target  (move)
    ======  =======
    """

    members: tuple[int, ...]
    source: Int[np.ndarray, " move"]
    target: Int[np.ndarray, " move"]


def reached_by(board: Conflict, moves: Graph, *, at_once: bool) -> tuple[Joined, ...]:
    """Return for every set of players what they reach together and no fewer of them do.

    At once, all choices of the members may change in one step; where the conflict is a drawn graph, or not at once,
    they move one after the other, nobody twice in a row.
    """
    if at_once and board.arcs is None:
        found = list(_differing(board))
        found += [Joined(j.players, j.steps[:, 0], j.steps[:, 1]) for j in board.joint]
        return tuple(found)
    return tuple(_in_turn(board, moves))


def side_arcs(count: int, every: Sequence[Joined], members: Sequence[int]) -> Arcs:
    """Return all that a side reaches: whatever its members reach alone or together."""
    inside = [j for j in every if set(j.members) <= set(members)]
    none = np.zeros(0, dtype=np.int64)
    return by_source(
        count, np.concatenate([none, *(j.source for j in inside)]), np.concatenate([none, *(j.target for j in inside)])
    )


def _differing(board: Conflict) -> Iterator[Joined]:
    """Sort pairs of states by whose choices differ."""
    players = range(len(board.players))
    acting = np.zeros((board.count,) * 2, dtype=np.int32)
    legal = np.ones((board.count,) * 2, dtype=bool)
    for p in players:
        own, allowed = _own(board, p)
        acting |= (own[:, None] != own[None, :]).astype(np.int32) << p
        legal &= allowed
    legal[acting == 0] = False
    for code in np.unique(acting[legal]):
        members = tuple(p for p in players if code >> p & 1)
        source, target = np.nonzero(legal & (acting == code))
        yield Joined(members, source, target)


def _own(board: Conflict, player: int) -> tuple[Int[np.ndarray, " state"], Bool[np.ndarray, "state state"]]:
    """Return a player's own part of each state, and which pairs of states its directions and sight allow."""
    at, name = board.states, board.players[player]
    own = np.zeros(board.count, dtype=np.int64)
    allowed = np.ones((board.count,) * 2, dtype=bool)
    for c, choice in enumerate(at.choices):
        if choice.owner != name:
            continue
        level = at.level(c)
        own += level * at.places[c]
        if choice.direction != "both":
            rise = level[None, :] - level[:, None]
            allowed &= rise >= 0 if choice.direction == "up" else rise <= 0
    moved = own[:, None] != own[None, :]
    if board.unseen is not None:
        hidden = board.unseen[player]
        allowed &= ~(moved & (hidden[:, None] | hidden[None, :]))
    for b in board.barred:
        if b.player == player:
            allowed &= ~(moved & b.source[:, None] & b.target[None, :])
    return own, allowed


def _in_turn(board: Conflict, moves: Graph) -> Iterator[Joined]:
    players = range(len(board.players))
    known: dict[tuple[int, ...], Bool[np.ndarray, "state state"]] = {}
    empty = by_source(board.count, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    for size in range(1, len(board.players) + 1):
        for members in combinations(players, size):
            inside = [m for m, group in enumerate(moves.groups) if set(group) <= set(members)]
            arcs = [as_arcs(moves.movers[m]) for m in inside]
            found = reached([empty, *arcs], 0, count=board.count, sanctions="any_legal")
            fewer = np.zeros_like(found)
            for p in members:
                fewer |= known.get(tuple(q for q in members if q != p), False)
            known[members] = found | fewer
            source, target = np.nonzero(found & ~fewer)
            if len(source):
                yield Joined(members, source, target)
