"""How long does a piece of work take on this machine, and beside which recorded figure does that stand?

Processor time is what is compared, because it says the same on a machine that does other things at the same time, or
nearly: a busy neighbour on the same core still takes cache and clock. Elapsed time is shown beside it.
"""

import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "us-iran-2026"
BUDGET_SECONDS = 6.0  # of one measurement: no run is begun after that, however many were asked for


@dataclass(frozen=True, slots=True)
class Spent:
    """The median of several runs, in seconds."""

    cpu: float
    wall: float
    runs: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what was measured, what came out here, and what was recorded elsewhere."""

    measure: str
    here: str
    beside: str = ""


def spent(work: Callable[[], object], *, runs: int = 7) -> Spent:
    """Run a piece of work several times, within the budget, and return the medians; one run where that is too much."""
    cpu: list[float] = []
    wall: list[float] = []
    begun = time.perf_counter()
    while len(cpu) < runs and (not cpu or time.perf_counter() - begun < BUDGET_SECONDS):
        wall_start, cpu_start = time.perf_counter(), time.process_time()
        work()
        cpu.append(time.process_time() - cpu_start)
        wall.append(time.perf_counter() - wall_start)
    return Spent(cpu=statistics.median(cpu), wall=statistics.median(wall), runs=len(cpu))


def seconds(value: float) -> str:
    """Write a time with three significant figures.

    >>> seconds(0.00123), seconds(0.5), seconds(81.6)
    ('1.23 ms', '500 ms', '81.6 s')
    """
    for unit, scale in (("s", 1.0), ("ms", 1e3), ("us", 1e6)):
        if value * scale >= 1:
            return f"{float(f'{value * scale:.3g}'):g} {unit}"
    return f"{value * 1e9:.3g} ns"


def times(recorded: float, here: float) -> str:
    """Write how much quicker (or slower) it is here than what was recorded."""
    return f"{recorded / here:,.1f} times as quick" if recorded >= here else f"{here / recorded:,.1f} times as slow"


def reference_folder() -> Path | None:
    """Return the folder of reference material beside the checkout, or the one DETENTE_DATA lies in; None without it."""
    named = os.environ.get("DETENTE_DATA")
    for folder in ([Path(named).parent] if named else []) + [ROOT.parent / "shared"]:
        if (folder / "data").is_dir():
            return folder
    return None


def show(title: str, rows: Sequence[Row]) -> None:
    """Print a table."""
    widths = [max(len(cell) for cell in column) for column in zip(*((r.measure, r.here) for r in rows), strict=True)]
    print(f"\n{title}")
    for row in rows:
        print(f"  {row.measure:<{widths[0]}}  {row.here:>{widths[1]}}  {row.beside}".rstrip())


def skip(what: str, why: str) -> None:
    """Say which measurement is left out, and what it needs."""
    print(f"\n{what}: skipped, {why}")


def machine() -> str:
    """Say how busy the machine is: the load of the last minute, beside its cores."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    busy = "busy: compare processor time only" if load > cores / 2 else "idle enough"
    return f"{cores} cores, load {load:.1f} at the start ({busy}); medians, processor time unless it says elapsed"
