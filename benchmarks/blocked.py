"""How long does it take to say why there is no deal, and what would open one?

    python benchmarks/blocked.py

The random tables of `deals.py`, with a no-deal value of each party that is high enough that no package suits all. The
answer is whole: every minimal blocking coalition, every party's own smallest concession, the cheapest concessions
together and the uniform one. The recorded prototype found the same by a scan of two halves' frontiers, compiled.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from _measure import Row, machine, seconds, show, spent
from deals import LEVELS, table

from detente.analyses.blocked import Blocked, blocked
from detente.boards import Deals

PARTIES = 5
PROTOTYPE = {12: 1.33}  # issues: seconds
HIGH = 0.85  # of the greatest score: the no-deal value above which few packages lie


def tight(issues: int, *, share: float = HIGH) -> Deals:
    """A table at which every party wants so much that there is no deal."""
    board = table(PARTIES, issues)
    most = sum(score.max(axis=1) for score in board.score)
    return replace(board, no_deal=np.asarray(np.rint(share * np.asarray(most)), dtype=np.int64))


def lined(board: Deals) -> Deals:
    """The same with a red line of each party on one issue, below the upper half of its levels."""
    admits = [a.copy() for a in board.admits]
    for p in range(len(board.parties)):
        admits[p][p, LEVELS // 2 :] = False
    return replace(board, admits=tuple(admits))


def rows() -> Iterator[Row]:
    for issues in (3, 5, 6, 9, 12):
        yield _row(f"{PARTIES} parties x 10^{issues}", tight(issues), beside=PROTOTYPE.get(issues))
    yield _row(f"{PARTIES} parties x 10^6, five red lines as refusals", lined(tight(6)))
    yield _row(f"{PARTIES} parties x 10^3, with the flip points of {PARTIES * 3} weights", tight(3), weights=True)


def _row(measure: str, board: Deals, *, weights: bool = False, beside: float | None = None) -> Row:
    kept: list[Blocked] = []
    work = spent(_ask(board, kept, weights), runs=5)
    found = kept[-1]
    told = f"{found.method}; {len(found.coalitions)} blocking coalitions, {len(found.openings)} openings"
    told += "" if found.is_blocked else "; NOT BLOCKED"
    told += f"; recorded prototype {seconds(beside)}" if beside else ""
    return Row(measure, seconds(work.cpu), told)


def _ask(board: Deals, kept: list[Blocked], weights: bool) -> Callable[[], object]:
    return lambda: kept.append(blocked(board, weights=weights))


def main() -> None:
    print(machine())
    show("Why there is no deal", list(rows()))


if __name__ == "__main__":
    main()
