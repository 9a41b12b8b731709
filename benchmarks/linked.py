"""How long do linked tables, a hub and the sweep of an ally's weight take?

    python benchmarks/linked.py

Random tables: additive scores, three parties at the talks, two at the alliance that mandates them, 4 levels an issue.
"""

from dataclasses import replace
from fractions import Fraction

import numpy as np
from _measure import Row, Spent, machine, seconds, show, spent

from detente.analyses.ally_weight import ally_weight
from detente.analyses.linked import linked
from detente.analyses.nash_in_nash import nash_in_nash
from detente.boards import Deals, Modes, scored, with_modes
from detente.boards.linked import Binding, Mandate, Tables, lone
from detente.search.tables.hub import Hub
from detente.search.tables.pulled import pulled

LEVELS = 4


def main() -> None:
    """Measure and print."""
    rows = []
    for first, second, draws in ((3, 3, 0), (5, 5, 0), (7, 8, 0), (3, 20, 0), (3, 3, 1000)):
        tables = linked_tables(first, second, draws)
        took = spent(lambda tables=tables: linked(tables), runs=5)
        rows.append(Row(said(first, second, draws), seconds(took.cpu), rate(took, draws)))
    show(f"Two linked tables, {machine()}", rows)
    rows = []
    for issues in (4, 6, 8):
        asked = pulled(talks(issues, np.random.default_rng(0)), principal="p0", ally="p2")
        took = spent(lambda asked=asked: ally_weight(asked), runs=5)
        found = ally_weight(asked)
        beside = f"{asked.pulls.size:,} packages accepted by the others, {len(found.swept[0].flips)} flips"
        rows.append(Row(f"ally's weight, {LEVELS**issues:,} packages", seconds(took.cpu), beside))
    for spokes in (2, 8, 12):
        surplus = tuple(Fraction(bin(mask).count("1") * 7, 2) for mask in range(1 << spokes))
        took = spent(lambda surplus=surplus, spokes=spokes: nash_in_nash(hub_of(spokes, surplus)), runs=3)
        rows.append(Row(f"hub with {spokes} agreements", seconds(took.cpu), f"{1 << spokes:,} sets"))
    show("The ally's weight, and a hub", rows)


def said(first: int, second: int, draws: int) -> str:
    """Name the size."""
    over = f", {draws:,} draws" if draws else ""
    return f"{LEVELS**first:,} packages mandate over {LEVELS**second:,}{over}"


def rate(took: Spent, draws: int) -> str:
    """Say how many draws a second that is."""
    return f"{draws / took.cpu:,.0f} draws/s" if draws else ""


def hub_of(spokes: int, surplus: tuple[Fraction, ...]) -> Hub:
    """Make a hub."""
    return Hub("hub", tuple(f"s{k}" for k in range(spokes)), surplus)


def talks(issues: int, rng: np.random.Generator, name: str = "i", draws: int = 0) -> Deals:
    """Make a table of three parties; the status quo is the first level of every issue, and worth nothing."""
    tables = {f"{name}{k}": rng.integers(-40, 90, (3, LEVELS)) for k in range(issues)}
    for table in tables.values():
        table[:, 0] = 0
    board = scored({i: t.tolist() for i, t in tables.items()}, parties=("p0", "p1", "p2"), table=name)
    modes: Modes = {issue: ("option", None) for issue in board.issues}
    board = with_modes(board, modes)
    if not draws:
        return board
    noise = [rng.integers(-5, 6, (draws, *s.shape)) for s in board.score]
    return replace(
        board,
        score=tuple(s + n for s, n in zip(board.score, noise, strict=True)),
        no_deal=np.zeros((draws, 3), np.int64),
        admits=tuple(np.broadcast_to(a, (draws, *a.shape)) for a in board.admits),
        open=tuple(np.broadcast_to(o, (draws, *o.shape)) for o in board.open),
        listing_cost=np.zeros((draws, 3, issues), np.int64),
        meets=tuple(np.broadcast_to(m, (draws, *m.shape)) for m in board.meets),
    )


def linked_tables(first: int, second: int, draws: int) -> Tables:
    """Make two tables; each level of the first issue of the one holds the first issue of the other to a level."""
    rng = np.random.default_rng(1)
    boards = talks(first, rng, "m", draws), talks(second, rng, "a", draws)
    alone = [lone(board) for board in boards]
    allowed = [np.arange(LEVELS) >= option for option in range(LEVELS)]
    bindings = tuple(
        Binding(
            mandate=0,
            bound=1,
            issue=0,
            option=option,
            of=0,
            accepts="at_least",
            level=float(option),
            allowed=np.broadcast_to(may, (draws, LEVELS)) if draws else may,
        )
        for option, may in enumerate(allowed)
    )
    return Tables(
        names=("m", "a"),
        boards=boards,
        interests=tuple(table.interests[0] for table in alone),
        bindings=bindings,
        mandates=(Mandate(0, 1, tuple(range(LEVELS))),),
        ratifications=(),
        consultations=(),
        order=((0,), (1,)),
    )


if __name__ == "__main__":
    main()
