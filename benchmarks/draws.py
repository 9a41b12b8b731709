"""How many draws can be looked at in a second, and what do they say together?

    python benchmarks/draws.py

Random tables of five parties: additive scores, 10 levels an issue, weights Dirichlet(1), each party's levels spread
over 0 to 1, and about 0.3 of the greatest possible score without a deal. In every draw weights and no-deal values are
fresh; looked for are the Nash choice, the number of deals, and how many packages each set of parties accepts. One
thread. The compiled prototype is a kernel of the same computation, and what is possible.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from _measure import EXAMPLE, Row, machine, seconds, show, spent, times

from detente.analyses.packages import packages
from detente.analyses.robust import robust
from detente.boards import Deals, agenda_modes, deals, scored, with_modes
from detente.ensemble import draw_inputs
from detente.search.packages.choice import choose
from detente.search.packages.space import space
from detente.situation.store import load

PARTIES = 5
LEVELS = 10
WHOLE = 10_000  # basis points
RESERVE = 0.3
KERNEL = {3: 32_000, 4: 12_600}  # issues: draws in a second
CELLS = 4_000_000  # draws x packages of one measurement
LIMIT = 1_000_000_000


def drawn_table(issues: int, *, draws: int, parties: int = PARTIES) -> Deals:
    """A table with fresh weights and no-deal values in every draw."""
    rng = np.random.default_rng(0)
    worth = rng.random((parties, issues, LEVELS))
    least, most = worth.min(axis=-1, keepdims=True), worth.max(axis=-1, keepdims=True)
    weight = rng.dirichlet(np.ones(issues), size=(draws, parties))
    score = np.rint(weight[..., None] * (worth - least) / (most - least) * WHOLE).astype(np.int64)
    every = (draws, parties)
    names = [f"party-{p}" for p in range(parties)]
    return replace(
        scored({f"issue-{i}": [[0] * LEVELS] * parties for i in range(issues)}, parties=names),
        score=tuple(np.ascontiguousarray(score[:, :, i]) for i in range(issues)),
        no_deal=np.rint(rng.uniform(RESERVE - 0.1, RESERVE + 0.1, size=every) * WHOLE).astype(np.int64),
        no_deal_kind="entered",
        admits=(np.ones((*every, LEVELS), dtype=bool),) * issues,
        listing_cost=np.zeros((*every, issues), dtype=np.int64),
        meets=(np.ones((draws, 0, LEVELS), dtype=bool),) * issues,
        open=(np.ones((draws, LEVELS), dtype=bool),) * issues,
    )


def choice_rows() -> Iterator[Row]:
    asked = {
        "Nash choice, count, who accepts what": {"reach": False, "sets": True},
        "Nash choice, count": {"reach": False},
        "Nash choice, count, reach of each party": {},
    }
    for issues, needed in KERNEL.items():
        size = LEVELS**issues
        draws = CELLS // size
        board = drawn_table(issues, draws=draws)
        for what, switches in asked.items():
            work = spent(_choose(board, switches), runs=9)
            rate = draws / work.cpu
            beside = f"compiled prototype {needed:,}/s: {times(1 / needed, 1 / rate)}" if "sets" in switches else ""
            yield Row(f"{PARTIES} parties x {size:,} packages x {draws:,} draws: {what}", f"{rate:,.0f}/s", beside)


def _choose(board: Deals, switches: dict[str, bool]) -> Callable[[], object]:
    return lambda: choose(space(board), limit=LIMIT, **switches)


def robust_rows() -> Iterator[Row]:
    for issues in KERNEL:
        size = LEVELS**issues
        draws = CELLS // size
        board = drawn_table(issues, draws=draws)
        work = spent(_robust(board), runs=5)
        found = robust(board)
        beside = (
            f"{seconds(work.cpu)}; a deal in {found.deal_share:.0%} of draws, certificate {found.certificate.holds}"
        )
        yield Row(f"{PARTIES} parties x {size:,} packages x {draws:,} draws", f"{draws / work.cpu:,.0f}/s", beside)


def _robust(board: Deals) -> Callable[[], object]:
    return lambda: robust(board)


def example_rows() -> Iterator[Row]:
    situation = load(EXAMPLE / "situation.yaml")
    at = next(t.id for t in situation.tables if len(t.consent) > 1)
    modes, draws = agenda_modes(situation, at), 4096

    def board() -> Deals:
        return with_modes(deals(situation, at, draws=draw_inputs(situation, draws, seed=0)), modes)

    size, parties = space(board()).size, len(board().parties)
    named = f"{parties} parties x {size:,} packages x {draws:,} draws"
    for what, ask in (("packages", packages), ("robust", robust)):
        work = spent(_both(board, ask), runs=5)
        yield Row(f"{named}: inputs drawn, scored, {what}", f"{draws / work.cpu:,.0f}/s", seconds(work.cpu))


def _both(board: Callable[[], Deals], ask: Callable[[Deals], object]) -> Callable[[], object]:
    return lambda: ask(board())


def main() -> None:
    print(machine())
    show("The choice in every draw", list(choice_rows()))
    show("What stands over the draws", list(robust_rows()))
    show("The example's table", list(example_rows()))


if __name__ == "__main__":
    main()
