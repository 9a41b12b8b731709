"""How long do the agendas of a table take, side by side?

    python benchmarks/agendas.py

Random tables of five parties: three issues of ten levels on the agenda and eight contested ones of two, so that the 256
agendas with the contested issues as options have 1,000 to 256,000 packages, 25,629 on average. The reference is a
compiled prototype that shares its sums between the agendas.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from _measure import Row, machine, seconds, show, spent, times

from detente.analyses.agenda import agenda
from detente.boards import Deals, Modes, scored

PARTIES = 5
BASE, CONTESTED = 3, 8  # issues
KERNEL = 0.3  # seconds: 256 scopes x 10^4 to 10^5 packages


def table(*, seed: int = 0) -> Deals:
    rng = np.random.default_rng(seed)
    wide = {f"base-{k}": rng.integers(-3000, 3000, (PARTIES, 10)) for k in range(BASE)}
    narrow = {f"extra-{k}": rng.integers(-1500, 1500, (PARTIES, 2)) for k in range(CONTESTED)}
    scores = {name: np.where(np.arange(s.shape[1]) == 0, 0, s).tolist() for name, s in {**wide, **narrow}.items()}
    return scored(scores, parties=[f"party-{p}" for p in range(PARTIES)])


def rows() -> Iterator[Row]:
    board = table()
    base: Modes = {f"base-{k}": ("option", None) for k in range(BASE)}
    extra = [f"extra-{k}" for k in range(CONTESTED)]
    groups = [g for n in range(1, CONTESTED + 1) for g in combinations(extra, n)]
    options: list[str | Modes] = [{i: ("option", None) for i in g} for g in groups]
    took = spent(lambda: agenda(board, base=base, issues=extra, modes=options), runs=3)
    packages = sum(r.first.packages for r in agenda(board, base=base, issues=extra, modes=options).rows)
    yield Row(
        f"256 agendas, {packages:,} packages in all: choice, count, reach, who blocks",
        seconds(took.cpu),
        f"{packages / took.cpu:,.0f} packages/s; compiled prototype {seconds(KERNEL)}: {times(KERNEL, took.cpu)}",
    )
    six = extra[:6]
    found = agenda(board, base=base, issues=six)
    took = spent(lambda: agenda(board, base=base, issues=six), runs=3)
    yield Row(f"63 sets of six issues in every mode: {len(found.rows)} agendas", seconds(took.cpu))
    for reading in ("fixed", "reopened"):
        took = spent(lambda: agenda(board, base=base, issues=six, modes=["later"], later=reading), runs=3)  # noqa: B023
        yield Row(f"    63 second packages, the first deal {reading}", seconds(took.cpu))


if __name__ == "__main__":
    print(machine())
    show("agendas", list(rows()))
