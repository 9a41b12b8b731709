"""How long does it take to count, compare and choose packages, where they can all be looked at and where they cannot?

    python benchmarks/deals.py

Random tables: additive scores, 10 levels an issue, weights Dirichlet(1), each party's levels spread over 0 to 1, and
0.3 of the greatest possible score without a deal. NegMAS was measured on tables of this kind with the same reservation,
from utilities to the frontier and the Nash point, in processor time as well; its frontier is that of all packages, and
so is the one here that stands beside it. The compiled prototype is a kernel of the same computation. All is exact.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np
from _measure import EXAMPLE, Row, Spent, machine, seconds, show, spent, times

from detente.analyses.packages import packages
from detente.analyses.zone import zone
from detente.boards import Box, Deals, Modes, agenda_modes, box_with_modes, ranges, scored
from detente.levers import verdict
from detente.search.packages.frontier import frontier
from detente.search.packages.optimum import Aim, Method, Optimum, optimum
from detente.search.packages.tally import tally
from detente.search.packages.terms import Terms, terms
from detente.situation.nouns import Situation
from detente.situation.store import load

LEVELS = 10
WHOLE = 10_000  # basis points
RESERVE = 0.3
NEGMAS = {(2, 5): 9.85, (5, 3): 0.18, (5, 4): 1.9, (5, 6): 81.6}  # parties, issues: seconds, statistics of a table
NEGMAS_FRONTIER = {(2, 6): 0.39, (5, 4): 0.157, (5, 5): 1.45, (5, 6): 72.5}  # of all packages
KERNEL = {(2, 5): 2.5e-4, (2, 6): 0.0026, (5, 3): 5e-6, (5, 4): 5e-5, (5, 6): 0.0052}  # solutions and count
KERNEL_FRONTIER = {(2, 6): 3e-4, (5, 4): 0.0028, (5, 5): 0.0127, (5, 6): 0.51, (2, 12): 0.002, (3, 12): 0.08}
HALVES, BLOCKED = 0.72, 1.33  # seconds: all four solutions, and why there is no deal, at five parties x 10^12


def table(parties: int, issues: int, *, seed: int = 0) -> Deals:
    rng = np.random.default_rng(seed)
    weight = rng.dirichlet(np.ones(issues), size=parties)
    worth = rng.random((parties, issues, LEVELS))
    least, most = worth.min(axis=-1, keepdims=True), worth.max(axis=-1, keepdims=True)
    score = np.rint(weight[..., None] * (worth - least) / (most - least) * WHOLE).astype(int)
    names = [f"party-{p}" for p in range(parties)]
    rows = {f"issue-{i}": score[:, i].tolist() for i in range(issues)}
    return scored(rows, parties=names, no_deal=[int(RESERVE * WHOLE)] * parties)


def solved(found: Terms, method: Method = "auto") -> list[Optimum]:
    """Nash, Kalai-Smorodinsky with its ideal point, egalitarian, utilitarian."""
    ideal = [optimum(found, "sum", over=(p,), method=method).gains[p] for p in range(found.consenting)]
    return [
        optimum(found, "nash", method=method),
        optimum(found, "least", scale=ideal, method=method),
        optimum(found, "least", method=method),
        optimum(found, "sum", method=method),
    ]


def _beside(recorded: dict[tuple[int, int], float], key: tuple[int, int], name: str, here: Spent) -> str:
    if key not in recorded:
        return ""
    return f"{name} {seconds(recorded[key])}: {times(recorded[key], here.cpu)}"


def _told(*parts: str) -> str:
    return "; ".join(p for p in parts if p)


def solution_rows() -> Iterator[Row]:
    for key in ((2, 5), (2, 6), (5, 3), (5, 4), (5, 6)):
        parties, issues = key
        found = terms(table(parties, issues))
        size = f"{parties} parties x {found.size:,}"
        counted = spent(_tally(found), runs=15)
        yield Row(f"{size}: who accepts how many", seconds(counted.cpu), f"{found.size / counted.cpu:,.0f} packages/s")
        four = spent(_four(found), runs=15)
        beside = _told(_beside(NEGMAS, key, "NegMAS", four), _beside(KERNEL, key, "compiled prototype", four))
        yield Row("    Nash, egalitarian, utilitarian and count", seconds(four.cpu), beside)
        ideal = spent(_solved(found), runs=15)
        yield Row("    the four solutions, with the ideal point", seconds(ideal.cpu), "")


def frontier_rows() -> Iterator[Row]:
    for key in ((2, 6), (2, 12), (3, 12), (5, 4), (5, 5), (5, 6)):
        parties, issues = key
        found = terms(table(parties, issues))
        points = [len(frontier(found, must=must).gains) for must in (None, ())] if issues < 7 else []
        agreed = spent(_frontier(found, None), runs=5)
        told = _told(f"{points[0]:,} points" if points else "", _beside(KERNEL_FRONTIER, key, "prototype", agreed))
        yield Row(f"{parties} parties x 10^{issues}: frontier of the acceptable", seconds(agreed.cpu), told)
        if points:
            every = spent(_frontier(found, ()), runs=5)
            told = _told(f"{points[1]:,} points", _beside(NEGMAS_FRONTIER, key, "NegMAS", every))
            yield Row("    of all packages", seconds(every.cpu), told)


def large_rows() -> Iterator[Row]:
    aims: tuple[tuple[str, Aim, dict[str, object]], ...] = (
        ("Nash", "nash", {}),
        ("egalitarian", "least", {}),
        ("utilitarian", "sum", {}),
        ("greatest reach of one party", "sum", {"over": (0,)}),
        ("least joint concession", "shortfall", {}),
    )
    for parties, issues in ((5, 9), (5, 12), (8, 12)):
        found = terms(table(parties, issues))
        for name, aim, said in aims:
            work = spent(_optimum(found, aim, said), runs=9)
            best = optimum(found, aim, **said)  # type: ignore[arg-type]
            told = f"{best.looked:,} sums looked at; certificate {'holds' if best.certificate.holds else 'FAILS'}"
            yield Row(f"{parties} parties x 10^{issues}: {name}", seconds(work.cpu), told)
        work = spent(_solved(found), runs=5)
        beside = f"prototype {seconds(HALVES)}: {times(HALVES, work.cpu)}" if (parties, issues) == (5, 12) else ""
        yield Row("    all four solutions, with the ideal point", seconds(work.cpu), beside)
        work = spent(_solved(found, "milp"), runs=1)
        yield Row("    the same by HiGHS", seconds(work.cpu), "")


def blocked_rows() -> Iterator[Row]:
    for issues in (6, 12):
        board = table(5, issues)
        margin = int(optimum(terms(board), "least", must=()).value)
        found = terms(replace(board, no_deal=board.no_deal + margin + 100))
        work = spent(_why(found), runs=5)
        beside = f"prototype {seconds(BLOCKED)}: {times(BLOCKED, work.cpu)}" if issues == 12 else ""
        yield Row(f"5 parties x 10^{issues}: who blocks, and each smallest concession", seconds(work.cpu), beside)


def why(found: Terms) -> object:
    """Which sets of parties have no package, each party's own smallest concession, and the cheapest joint one."""
    every = range(len(found.parties))
    blocking: list[tuple[int, ...]] = []
    for count in range(1, len(found.parties) + 1):
        for who in combinations(every, count):
            if not any(set(b) <= set(who) for b in blocking):
                best = optimum(found, "least", over=who, must=(), enough=0)
                if best.value < 0:
                    blocking.append(who)
    alone = [optimum(found, "sum", over=(p,), must=[q for q in every if q != p]) for p in every]
    return blocking, alone, optimum(found, "shortfall")


def package_rows() -> Iterator[Row]:
    for key in ((2, 5), (5, 3), (5, 4), (5, 6)):
        parties, issues = key
        board = table(parties, issues)
        whole = spent(_packages(board), runs=3)
        told = _beside(NEGMAS, key, "NegMAS", whole)
        yield Row(f"{parties} parties x 10^{issues}: the whole answer `packages`", seconds(whole.cpu), told)


def zone_rows() -> Iterator[Row]:
    for issues in (3, 6, 9, 12):
        box = Box(*(table(5, issues),) * 2)
        work = spent(_zone(box), runs=15)
        yield Row(f"5 parties x 10^{issues}: is there a deal", seconds(work.cpu), f"{1 / work.cpu:,.0f}/s")
    situation, at, modes = example()
    compiled = ranges(situation, at)
    work = spent(lambda: zone(box_with_modes(compiled.box(), modes)), runs=200)
    yield Row("the example's table: is there a deal", seconds(work.cpu), f"{1 / work.cpu:,.0f}/s")
    work = spent(lambda: verdict(situation, at, modes), runs=5)
    yield Row("    verdict: which inputs decide, from where on", seconds(work.cpu), f"elapsed {seconds(work.wall)}")


def example() -> tuple[Situation, str, Modes]:
    """The example, its first table at which several must consent, and that table's agenda."""
    situation = load(EXAMPLE / "situation.yaml")
    at = next(t.id for t in situation.tables if len(t.consent) > 1)
    return situation, at, agenda_modes(situation, at)


def _tally(found: Terms) -> Callable[[], object]:
    return lambda: tally(found)


def _four(found: Terms) -> Callable[[], object]:
    return lambda: (optimum(found, "nash"), optimum(found, "least"), optimum(found, "sum"), tally(found))


def _solved(found: Terms, method: Method = "auto") -> Callable[[], object]:
    return lambda: solved(found, method)


def _frontier(found: Terms, must: tuple[int, ...] | None) -> Callable[[], object]:
    return lambda: frontier(found, must=must)


def _optimum(found: Terms, aim: Aim, said: dict[str, object]) -> Callable[[], object]:
    return lambda: optimum(found, aim, **said)  # type: ignore[arg-type]


def _why(found: Terms) -> Callable[[], object]:
    return lambda: why(found)


def _packages(board: Deals) -> Callable[[], object]:
    return lambda: packages(board)


def _zone(box: Box) -> Callable[[], object]:
    return lambda: zone(box)


def main() -> None:
    print(machine())
    show("Solutions and count", list(solution_rows()))
    show("Frontiers", list(frontier_rows()))
    show("Packages beyond counting", list(large_rows()))
    show("Why there is no deal", list(blocked_rows()))
    show("The whole answer", list(package_rows()))
    show("Zones", list(zone_rows()))


if __name__ == "__main__":
    main()
