"""How long does it take to say what is stable in a conflict, of ten choices and of twenty, once and over many draws?

    python benchmarks/conflict.py

Random strict preferences, all states feasible, as in the figures recorded for gmcr-py 0.4.1 (one process, Python 3.11);
its stability is that of fewer answers where there are three players, and its "sim" is not complete. Beyond 14 choices
it needs more memory than most machines have; there is no figure for it.
"""

import resource
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from _measure import ROOT, Row, machine, seconds, show, spent, times
from jaxtyping import Float
from ruamel.yaml import YAML

from detente.analyses.coalition import coalition
from detente.analyses.inverse import inverse
from detente.analyses.paths import paths
from detente.analyses.stability import stability
from detente.analyses.steady import steady
from detente.boards.conflict import Conflict, conflict
from detente.boards.states import Choice, states
from detente.boards.wishes import Ranking, Utilities
from detente.search.conflicts.values import GRADED

PLAYERS = 3
PEER = {10: 7.7}  # choices: seconds, all concepts
PEER_DRAW = 2.1e-3  # seconds for one set of preferences of Elmira, at the least
DRAWS = 100_000
OUTSIDE = 512  # draws of what the moves of the largest board of moves without a deal are worth
ELMIRA = ROOT / "cases" / "kinsara2014" / "elmira.yaml"


def rival(choices: int, *, one_way: int = 0, seed: int = 0) -> Conflict:
    """Choices dealt out to three players in turn, the last of them not to be taken back."""
    rng = np.random.default_rng(seed)
    made = [
        Choice(f"p{c % PLAYERS}", f"c{c}", direction="up" if c >= choices - one_way else "both") for c in range(choices)
    ]
    return conflict(made, {f"p{p}": Utilities(rng.permutation(1 << choices).astype(np.int32)) for p in range(PLAYERS)})


def elmira() -> Conflict:
    case = YAML(typ="safe", pure=True).load(Path(ELMIRA).read_text(encoding="utf-8"))
    choices = [Choice(c["owner"], c["label"], direction=c.get("direction", "both")) for c in case["choices"]]
    ranked = {p: [tuple(g) if isinstance(g, list) else g for g in r] for p, r in case["preferences"].items()}
    return conflict(choices, {p: Ranking(tuple(r)) for p, r in ranked.items()}, infeasible=case["infeasible"])


def summed(
    choices: int = 11, players: int = 5, *, seed: int = 0
) -> tuple[Conflict, Float[np.ndarray, "player state state"], Float[np.ndarray, "player state state"]]:
    """Draws of what each move is worth to each player, a state being worth the sum; and the ends of all differences."""
    rng = np.random.default_rng(seed)
    made = [Choice(f"p{c % players}", f"c{c}", direction="up" if c % 4 == 3 else "both") for c in range(choices)]
    excluded = []
    for _ in range(6):
        signs = rng.choice(list("YN"), choices)
        signs[rng.choice(choices, 3, replace=False)] = "-"
        excluded.append("".join(signs))
    at = states(made, infeasible=excluded)
    taken = np.stack([at.level(c) for c in range(choices)]).astype(np.float32)
    middle, half = rng.integers(-40, 40, (players, choices)), rng.integers(0, 30, (players, choices))
    worth = rng.integers(middle - half, middle + half + 1, (OUTSIDE, players, choices)) @ taken
    board = conflict(made, {f"p{p}": Utilities(worth[:, p]) for p in range(players)}, infeasible=excluded)
    least, most = np.zeros((2, players, board.count, board.count), dtype=np.float32)
    for c, level in enumerate(taken):
        step = level[None, :] - level[:, None]
        for p in range(players):
            low, high = float(middle[p, c] - half[p, c]), float(middle[p, c] + half[p, c])
            least[p] += np.minimum(low * step, high * step)
            most[p] += np.maximum(low * step, high * step)
    return board, least, most


def sums() -> Iterator[Row]:
    board, least, most = summed()
    at = f"{board.count:,} states, {OUTSIDE} draws, {len(board.players)} players"
    for concept in GRADED:
        ask = partial(steady, concepts=[concept], least=least, most=most, about=[0])
        yield _row(f"{at}: {concept}", board, ask)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Row("peak memory, the differences among it", f"{peak:,.0f} MB")


def rows() -> Iterator[Row]:
    yield _row("10 choices x 3 players: nash, gmr, smr, seq", rival(10), _four, PEER[10])
    yield _row("the same with sim", rival(10), _five, PEER[10])
    yield _row("10 choices, 3 of them not to be taken back, with sim", rival(10, one_way=3), _five)
    yield _row("16 choices: nash, gmr, smr, seq", rival(16), _four)
    yield _row("16 choices, 4 of them not to be taken back", rival(16, one_way=4), _four)
    yield _row("20 choices, 1,048,576 states", rival(20), _four)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Row("peak memory so far", f"{peak:,.0f} MB")


def uncertain() -> Iterator[Row]:
    board = elmira()
    noise = np.random.default_rng(1).uniform(-2, 2, (DRAWS, *board.preference.shape)).astype(np.float32)
    drawn = replace(board, preference=board.preference.astype(np.float32) + noise)
    at = f"{DRAWS:,} draws of Elmira"
    yield _row(f"{at}: stable for whom, four concepts", drawn, _four, DRAWS * PEER_DRAW)
    yield _row(f"{at}: shares, ranges, what decides", drawn, lambda b: steady(b, concepts=GRADED), DRAWS * PEER_DRAW)


def others() -> Iterator[Row]:
    board = elmira()
    yield _row("Elmira: all coalitions, five concepts", board, lambda b: coalition(b, concepts=(*GRADED, "sim")))
    yield _row("Elmira: ways from state 1", board, lambda b: paths(b, start=0))
    yield _row("Elmira: what makes state 7 stable for the plant", board, lambda b: inverse(b, player="plant", state=6))
    yield _row("14 choices: ways from state 1", rival(14), lambda b: paths(b, start=0))


def _four(board: Conflict) -> object:
    return stability(board, concepts=GRADED, about=())


def _five(board: Conflict) -> object:
    return stability(board, about=())


def _row(measure: str, board: Conflict, ask: Callable[[Conflict], object], peer: float | None = None) -> Row:
    work = spent(lambda: ask(board))
    return Row(measure, seconds(work.cpu), f"gmcr-py {seconds(peer)}, {times(peer, work.cpu)}" if peer else "")


def main() -> None:
    print(machine())
    show("States worth the sum of their moves", list(sums()))  # first: the peak of memory is that of the process
    show("What is stable", list(rows()))
    show("Over many preferences", list(uncertain()))
    show("Other questions", list(others()))


if __name__ == "__main__":
    main()
