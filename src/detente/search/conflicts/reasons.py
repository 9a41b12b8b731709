"""Why is a state stable for a player, or not: which move would gain, and what answers it?"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from jaxtyping import Int

from detente.boards.conflict import Conflict
from detente.search.conflicts.moves import Graph, targets
from detente.search.conflicts.values import Sanctions

MOST_TRIES = 8  # gainful moves told of one state
MOST_VISITED = 20_000


@dataclass(frozen=True, slots=True)
class Step:
    """One step: who takes it, and to which state."""

    by: tuple[str, ...]
    to: int


@dataclass(frozen=True, slots=True)
class Try:
    """One gainful move, and what answers it, if anything does.

    `gain` is how many ranks the player rises by it. `answer` are the steps of others, in turn, or at once where the
    concept is "sim"; `end` is where they lead, `loss` how many ranks below (or 0: level with) the state left. `escape`
    is the best state the player could still move to from there, told for "smr" alone.
    """

    to: int
    gain: int
    answered: bool
    answer: tuple[Step, ...]
    end: int | None
    loss: int | None
    escape: int | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one state is stable for one player by one concept, or not: every gainful move and its answer.

    Without gainful moves the player has nothing to gain by moving. `untold` counts moves left out.
    """

    concept: str
    player: str
    state: int
    stable: bool
    tries: tuple[Try, ...]
    untold: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What reasons are looked for in: the moves, the ranks, and how others may answer."""

    board: Conflict
    graph: Graph
    rank: Int[np.ndarray, "player state"]
    sanctions: Sanctions


def reason(at: Asked, player: int, state: int, *, concept: str) -> Reason:
    """Find every gainful move of a player from a state, and the shortest answer to it; "nash" has no answers."""
    rank = at.rank[player]
    gains = sorted(
        (t for t in targets(at.graph.movers[player], state) if rank[t] > rank[state]), key=lambda t: (-rank[t], t)
    )
    tries = [_try(at, player, (state, t), concept) for t in gains]
    tries.sort(key=lambda one: one.answered)
    return Reason(
        concept,
        at.board.players[player],
        state,
        all(one.answered for one in tries),
        tuple(tries[:MOST_TRIES]),
        max(0, len(tries) - MOST_TRIES),
    )


def _try(at: Asked, player: int, move: tuple[int, int], concept: str) -> Try:
    rank, (state, to) = at.rank[player], move
    gain = int(rank[to] - rank[state])
    found = None
    if concept == "sim":
        found = _at_once(at, player, move)
    elif concept != "nash":
        found = _in_turn(at, player, move, concept)
    if found is None:
        return Try(to, gain, False, (), None, None, None)
    steps, end = found
    escape = _escape(at, player, end) if concept == "smr" else None
    return Try(to, gain, True, steps, end, int(rank[state] - rank[end]), escape)


def _escape(at: Asked, player: int, end: int) -> int | None:
    rank = at.rank[player]
    away = targets(at.graph.movers[player], end)
    return min(away, key=lambda t: (-rank[t], t)) if away else None


def _in_turn(at: Asked, player: int, move: tuple[int, int], concept: str) -> tuple[tuple[Step, ...], int] | None:
    """Search the others' moves from the state reached, fewest steps first, for one that deters."""
    state, to = move
    begin: tuple[int, frozenset[int]] = (to, frozenset())
    came: dict[tuple[int, frozenset[int]], tuple[tuple[int, frozenset[int]], int] | None] = {begin: None}
    queue = deque([begin])
    while queue and len(came) <= MOST_VISITED:
        node = queue.popleft()
        for m, then in _next(at, player, node, concept):
            if then in came:
                continue
            came[then] = (node, m)
            if _deters(at, player, (state, then[0]), concept):
                return _path(at, came, then), then[0]
            queue.append(then)
    return None


Node = tuple[int, frozenset[int]]


def _next(at: Asked, player: int, node: Node, concept: str) -> Iterator[tuple[int, Node]]:
    """List what movers can do next; a node remembers who cannot move: the last mover, or everybody who has moved."""
    here, spent = node
    for m in at.graph.against(player):
        group = at.graph.groups[m]
        once = at.sanctions == "each_opponent_once"
        if (once and not spent.isdisjoint(group)) or (not once and m in spent):
            continue
        for t in targets(at.graph.movers[m], here):
            if concept != "seq" or all(at.rank[p, t] > at.rank[p, here] for p in group):
                yield m, (t, spent | set(group) if once else frozenset({m}))


def _deters(at: Asked, player: int, move: tuple[int, int], concept: str) -> bool:
    """Say whether ending there rather than at the state left is no gain, even (smr) after moving on."""
    (state, end), rank = move, at.rank[player]
    if rank[end] > rank[state]:
        return False
    return concept != "smr" or all(rank[y] <= rank[state] for y in targets(at.graph.movers[player], end))


def _path(at: Asked, came: dict[Node, tuple[Node, int] | None], end: Node) -> tuple[Step, ...]:
    steps: list[Step] = []
    node = end
    while (link := came[node]) is not None:
        before, m = link
        steps.append(Step(_names(at.board, at.graph.groups[m]), node[0]))
        node = before
    return tuple(steps[::-1])


def legal(board: Conflict, by: Sequence[int], source: int, target: int) -> bool:
    """Whether these players can take a conflict from one state to another in one step, by the conflict's own words."""
    if len(by) > 1:
        return any(j.players == tuple(by) and [source, target] in j.steps.tolist() for j in board.joint)
    player = by[0]
    if board.unseen is not None and board.unseen[player, [source, target]].any():
        return False
    if board.arcs is not None:
        return [player, source, target] in board.arcs.tolist()
    if any(b.player == player and b.source[source] and b.target[target] for b in board.barred):
        return False
    return source != target and all(
        _turns(board, player, c, (source, target)) for c in range(len(board.states.choices))
    )


def _turns(board: Conflict, player: int, c: int, step: tuple[int, int]) -> bool:
    choice, place = board.states.choices[c], board.states.places[c]
    before, after = (int(board.states.codes[s]) // place % len(choice.levels) for s in step)
    if before == after:
        return True
    fits = {"both": True, "up": after > before, "down": after < before}[choice.direction]
    return fits and choice.owner == board.players[player]


def _names(board: Conflict, group: Sequence[int]) -> tuple[str, ...]:
    return tuple(board.players[p] for p in group)


def _at_once(at: Asked, player: int, move: tuple[int, int]) -> tuple[tuple[Step, ...], int] | None:
    """Find the fewest others whose gainful moves, made in the same moment, deter."""
    state, to = move
    codes, rank = at.board.states.codes, at.rank
    others = [
        [(p, t) for t in targets(at.graph.movers[p], state) if rank[p, t] > rank[p, state]]
        for p in range(len(at.board.players))
        if p != player
    ]
    ways = sorted(product(*[[None, *steps] for steps in others]), key=lambda way: sum(s is not None for s in way))
    for way in ways:
        steps = [step for step in way if step is not None]
        code = codes[to] + sum(codes[t] - codes[state] for _, t in steps)
        end = int(np.searchsorted(codes, code))
        if steps and end < len(codes) and codes[end] == code and rank[player, end] <= rank[player, state]:
            return tuple(Step((at.board.players[p],), t) for p, t in steps), end
    return None
