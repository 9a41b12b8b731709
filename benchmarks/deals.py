"""How many packages, zones and draws can be looked at in a second?

    python benchmarks/deals.py

Random tables: additive scores, 10 levels an issue, weights Dirichlet(1), each party's levels spread over 0 to 1, and
0.3 of the greatest possible score without a deal. NegMAS was measured on tables of this kind with the same reservation,
from utilities to the frontier and the Nash point, in processor time as well. It looks for the frontier among all
packages, Detente among those that everybody accepts, which are half of them: where the recorded figure for those alone
is known, that is the fair comparison. The compiled prototype is a kernel of the same computation, and what is possible.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from _measure import EXAMPLE, Row, Spent, machine, seconds, show, spent, times

from detente.analyses.packages import packages
from detente.analyses.zone import zone
from detente.boards import Box, Deals, Modes, agenda_modes, box_with_modes, deals, ranges, scored, with_modes
from detente.boards.choice import choose
from detente.boards.space import space
from detente.ensemble import draw_inputs
from detente.levers import verdict
from detente.situation.nouns import Situation
from detente.situation.store import load

LEVELS = 10
WHOLE = 10_000  # basis points
RESERVE = 0.3
NEGMAS = {(2, 6): 4.8, (5, 3): 0.0114, (5, 4): 0.222, (5, 5): 2.22, (5, 6): 81.6}  # parties, issues: seconds
NEGMAS_ACCEPTED = {(5, 6): 28.0}  # the same, its frontier step given only the packages that everybody accepts
KERNEL = {(2, 6): 0.0026, (5, 3): 5e-6, (5, 4): 5e-5, (5, 5): 5.8e-4, (5, 6): 0.0052}  # all solutions, and the count
KERNEL_FRONTIER = {(2, 6): 0.0003, (5, 3): 2e-4, (5, 4): 0.0028, (5, 5): 0.0127, (5, 6): 0.248}  # of the accepted ones
KERNEL_DRAWS = {3: 32_000, 4: 12_600}  # issues: draws in a second, five parties


@dataclass(frozen=True, slots=True)
class Model:
    """Random scores: the weight of an issue for a party, and how much of it each level is worth."""

    weight: np.ndarray  # (party, issue)
    worth: np.ndarray  # (party, issue, level)


def model(parties: int, issues: int, *, seed: int = 0) -> Model:
    rng = np.random.default_rng(seed)
    weight = rng.dirichlet(np.ones(issues), size=parties)
    worth = rng.random((parties, issues, LEVELS))
    least, most = worth.min(axis=-1, keepdims=True), worth.max(axis=-1, keepdims=True)
    return Model(weight, (worth - least) / (most - least))


def table(parties: int, issues: int) -> Deals:
    made = model(parties, issues)
    score = np.rint(made.weight[..., None] * made.worth * WHOLE).astype(int)
    names = [f"party-{p}" for p in range(parties)]
    rows = {f"issue-{i}": score[:, i].tolist() for i in range(issues)}
    return scored(rows, parties=names, no_deal=[int(RESERVE * WHOLE)] * parties)


def drawn_table(parties: int, issues: int, *, draws: int) -> Deals:
    """The same table with fresh weights and no-deal values in every draw."""
    rng = np.random.default_rng(1)
    made = model(parties, issues)
    weight = rng.dirichlet(np.ones(issues), size=(draws, parties))
    score = np.rint(weight[..., None] * made.worth * WHOLE).astype(np.int64)
    every = (draws, parties)
    return replace(
        table(parties, issues),
        score=tuple(np.ascontiguousarray(score[:, :, i]) for i in range(issues)),
        no_deal=np.rint(rng.uniform(RESERVE - 0.1, RESERVE + 0.1, size=every) * WHOLE).astype(np.int64),
        admits=(np.ones((*every, LEVELS), dtype=bool),) * issues,
        listing_cost=np.zeros((*every, issues), dtype=np.int64),
        meets=(np.ones((draws, 0, LEVELS), dtype=bool),) * issues,
        open=(np.ones((draws, LEVELS), dtype=bool),) * issues,
    )


def example() -> tuple[Situation, str, Modes]:
    """The example, its first table at which several must consent, and that table's agenda."""
    situation = load(EXAMPLE / "situation.yaml")
    at = next(t.id for t in situation.tables if len(t.consent) > 1)
    return situation, at, agenda_modes(situation, at)


def rate(work: Spent, count: int) -> str:
    return f"{count / work.cpu:,.0f}/s"


def package_rows() -> Iterator[Row]:
    for key in NEGMAS:
        parties, issues = key
        board, size = table(parties, issues), LEVELS**issues
        nash = spent(_nash(board))
        beside = f"{rate(nash, size)}; compiled prototype: {times(KERNEL[key], nash.cpu)}"
        yield Row(f"{parties} parties x {size:,}: Nash choice, count, reach", seconds(nash.cpu), beside)
        points: list[int] = []
        whole = spent(_whole(board, points), runs=5 if issues < 6 else 1)
        best = KERNEL[key] + KERNEL_FRONTIER[key]
        beside = f"{points[0]:,} on it; NegMAS {_negmas(key, whole.cpu)}; compiled prototype: {times(best, whole.cpu)}"
        yield Row("    and frontier, certificate", seconds(whole.cpu), beside)


def _negmas(key: tuple[int, int], here: float) -> str:
    told = f"{seconds(NEGMAS[key])}: {times(NEGMAS[key], here)}"
    if key in NEGMAS_ACCEPTED:
        told += f" (given the accepted ones, {seconds(NEGMAS_ACCEPTED[key])}: {times(NEGMAS_ACCEPTED[key], here)})"
    return told


def _nash(board: Deals) -> Callable[[], object]:
    return lambda: choose(space(board))


def _whole(board: Deals, points: list[int]) -> Callable[[], object]:
    return lambda: points.append(len(packages(board).frontier))


def zone_rows() -> Iterator[Row]:
    for issues in (3, 6, 9, 12):
        box = Box(*(table(5, issues),) * 2)
        work = spent(_zone(box), runs=15)
        beside = "recorded prototype: all four optima in 720 ms" if issues == 12 else ""
        yield Row(f"5 parties x 10^{issues}: is there a deal", seconds(work.cpu), f"{rate(work, 1)}  {beside}".strip())
    situation, at, modes = example()
    compiled = ranges(situation, at)
    work = spent(lambda: zone(box_with_modes(compiled.box(), modes)), runs=200)
    yield Row("the example's table: is there a deal", seconds(work.cpu), rate(work, 1))
    work = spent(lambda: verdict(situation, at, modes), runs=5)
    yield Row("    verdict: which inputs decide, from where on", seconds(work.cpu), f"elapsed {seconds(work.wall)}")


def _zone(box: Box) -> Callable[[], object]:
    return lambda: zone(box)


def draw_rows() -> Iterator[Row]:
    for issues, needed in KERNEL_DRAWS.items():
        draws = 2_000_000 // LEVELS**issues
        board = drawn_table(5, issues, draws=draws)
        work = spent(_nash(board), runs=3)
        beside = f"compiled prototype {needed:,}/s: {times(1 / needed, work.cpu / draws)}"
        yield Row(f"5 parties x {LEVELS**issues:,}: Nash choice per draw", rate(work, draws), beside)
    situation, at, modes = example()

    def ensemble() -> object:
        drawn = draw_inputs(situation, 512, seed=0)
        return packages(with_modes(deals(situation, at, draws=drawn), modes))

    work = spent(ensemble, runs=5)
    yield Row("the example's table: inputs drawn, scored, chosen, checked", rate(work, 512), "512 draws a call")


def main() -> None:
    print(machine())
    show("Packages", list(package_rows()))
    show("Zones", list(zone_rows()))
    show("Draws", list(draw_rows()))


if __name__ == "__main__":
    main()
