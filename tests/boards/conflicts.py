"""Random conflicts, and what is stable in them by the definitions, looked up state by state."""

from collections.abc import Iterator
from itertools import combinations, permutations, product

import numpy as np

from detente.boards.conflict import Conflict, conflict, conflict_from_arcs
from detente.boards.states import Choice
from detente.boards.wishes import Utilities

Moves = list[dict[int, set[int]]]  # by player, from a state to states


def random_conflict(seed: int) -> Conflict:
    """Two to four players, up to six choices, some of one direction or three levels, infeasible states, ties."""
    rng = np.random.default_rng(seed)
    players = [f"p{k}" for k in range(int(rng.integers(2, 5)))]
    choices, size = [], 1
    for k in range(int(rng.integers(len(players), 6))):
        owner = players[k] if k < len(players) else str(rng.choice(players))
        levels = ("none", "some", "all") if rng.random() < 0.2 and size <= 8 else ("no", "yes")
        direction = ("both", "both", "both", "up", "down")[int(rng.integers(5))]
        size *= len(levels)
        assert direction in ("both", "up", "down")
        choices.append(Choice(owner, f"c{k}", levels, direction))  # type: ignore[arg-type]
    patterns = ["".join(rng.choice(list("YN---"), len(choices))) for _ in range(int(rng.integers(0, 3)))]
    patterns = [p for p in patterns if p.strip("-")]
    bare = {p: Utilities(np.zeros(0)) for p in players}
    at = _count(choices, patterns)
    wishes = {p: Utilities(rng.integers(0, int(rng.integers(2, at + 2)), at)) for p in bare}
    barred = []
    if rng.random() < 0.4:
        signs = ["".join(rng.choice(list("YN-----"), len(choices))) for _ in range(2)]
        barred = [(str(rng.choice(players)), signs[0], signs[1])]
    unseen = {str(rng.choice(players)): [int(rng.integers(1, at + 1))]} if rng.random() < 0.3 else None
    return conflict(choices, wishes, infeasible=patterns, barred=barred, unseen=unseen)


def _count(choices: list[Choice], patterns: list[str]) -> int:
    signs = [[str(k) for k in range(len(c.levels))] for c in choices]
    kept = 0
    for levels in product(*signs):
        hit = any(all(s == "-" or "NY".index(s) == int(v) for s, v in zip(p, levels, strict=True)) for p in patterns)
        kept += not hit
    if not kept:
        patterns.clear()
        return int(np.prod([len(s) for s in signs]))
    return kept


def random_arcs(seed: int) -> Conflict:
    """A drawn graph of three to six states whose moves need not be transitive."""
    rng = np.random.default_rng(seed)
    count, players = int(rng.integers(3, 7)), [f"p{k}" for k in range(int(rng.integers(2, 5)))]
    pairs = [(a, b) for a in range(1, count + 1) for b in range(1, count + 1) if a != b]
    moves = {p: [pairs[k] for k in np.flatnonzero(rng.random(len(pairs)) < 0.25)] for p in players}
    wishes = {p: Utilities(rng.integers(0, count + 1, count)) for p in players}
    return conflict_from_arcs(moves, wishes)


def listed_moves(board: Conflict) -> Moves:
    """Every move of every player, by going through all pairs of states."""
    levels = [board.states.level(c).tolist() for c in range(len(board.states.choices))]
    states = range(board.count)
    return [
        {s: {t for t in states if s != t and allowed(board, levels, (p, s, t))} for s in states}
        for p in range(len(board.players))
    ]


def allowed(board: Conflict, levels: list[list[int]], move: tuple[int, int, int]) -> bool:
    p, s, t = move
    if board.unseen is not None and (board.unseen[p, s] or board.unseen[p, t]):
        return False
    if board.arcs is not None:
        return any(tuple(arc) == move for arc in board.arcs.tolist())
    if any(b.player == p and b.source[s] and b.target[t] for b in board.barred):
        return False
    for choice, level in zip(board.states.choices, levels, strict=True):
        if level[s] != level[t] and choice.owner != board.players[p]:
            return False
        if (choice.direction == "up" and level[t] < level[s]) or (choice.direction == "down" and level[t] > level[s]):
            return False
    return True


def by_definition(board: Conflict, concept: str, *, once: bool = False) -> list[list[bool]]:
    """Stability as it is written down: for every gain, is there an answer?"""
    moves, u = listed_moves(board), board.preference.tolist()
    gains: Moves = [{s: {t for t in ts if u[p][t] > u[p][s]} for s, ts in row.items()} for p, row in enumerate(moves)]
    found = []
    for i in range(len(moves)):
        row = []
        for s in range(board.count):
            row.append(all(_answered(board, i, s, t, (moves, gains), concept, once) for t in gains[i][s]))
        found.append(row)
    return found


def _answered(board: Conflict, i: int, s: int, t: int, both: tuple[Moves, Moves], concept: str, once: bool) -> bool:
    moves, gains = both
    u = board.preference[i].tolist()
    others = [j for j in range(len(moves)) if j != i]
    if concept == "nash":
        return False
    if concept == "sim":
        return any(u[x] <= u[s] for x in _at_once(board, s, t, [gains[j][s] for j in others]))
    used = gains if concept == "seq" else moves
    for x in (_once if once else _legal)(used, others, t):
        if u[x] <= u[s] and (concept != "smr" or all(u[y] <= u[s] for y in moves[i][x])):
            return True
    return False


def _legal(moves: Moves, others: list[int], start: int) -> set[int]:
    """What others reach by any row of moves, nobody twice in a row."""
    seen, todo = {(start, -1)}, [(start, -1)]
    while todo:
        here, last = todo.pop()
        for j in others:
            for t in moves[j][here] if j != last else ():
                if (t, j) not in seen:
                    seen.add((t, j))
                    todo.append((t, j))
    return {s for s, last in seen if last >= 0}


def _once(moves: Moves, others: list[int], start: int) -> set[int]:
    found: set[int] = set()
    for order in (o for size in range(1, len(others) + 1) for o in permutations(others, size)):
        here = {start}
        for j in order:
            here = {t for s in here for t in moves[j][s]}
        found |= here
    return found


def _at_once(board: Conflict, s: int, t: int, others: list[set[int]]) -> Iterator[int]:
    codes = board.states.codes.tolist()
    for size in range(1, len(others) + 1):
        for who in combinations(others, size):
            for ends in product(*who):
                code = codes[t] + sum(codes[e] - codes[s] for e in ends)
                if code in codes:
                    yield codes.index(code)
