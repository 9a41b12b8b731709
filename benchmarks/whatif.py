"""How soon does a what-if answer on the example, first on the leading draws and then on all of them?

    python benchmarks/whatif.py

Warm: the case is drawn and asked once, and stays in the hands of the caller; then one edit after the other is tried on
it, from the words of the edit to the numbers of both sides. Elapsed times, since that is what somebody waits for.
"""

import statistics
import time
from collections.abc import Sequence

from _measure import EXAMPLE, Row, machine, seconds, show, spent

from detente.desk.case import Case, open_case
from detente.desk.levers import LeversAsked, ask_levers
from detente.desk.whatif import Base, WhatIfAsked, base, tried

EDITS = (
    "iran.enrichment.hardness=1",
    "united-states.enrichment.red_line=25..50",
    "iran.sanctions.position=50",
    "united-states.stockpile.salience=90",
    "missiles.status_quo=0..25",
    "iran.inspections.position=0,40,60",
    "israel.missiles.position=100",
    "agenda.stockpile=in",
)
WIDER = ("missiles=option", "proxies=option")
ROUNDS = 5
FIRST, FULL = 0.015, 1.0  # seconds: the aims


def waited(ready: Base, edit: str) -> tuple[float, float, float]:
    """Return when the first and when the full answer was there, and the processor time of the first."""
    begun, busy = time.perf_counter(), time.process_time()
    answers = tried(ready, [edit])
    next(answers)
    first, worked = time.perf_counter() - begun, time.process_time() - busy
    next(answers)
    return first, time.perf_counter() - begun, worked


def row(what: str, ready: Base, edits: Sequence[str]) -> list[Row]:
    waited(ready, edits[0])  # what is loaded and laid out only once
    found = [waited(ready, edit) for _ in range(ROUNDS) for edit in edits]
    first, full, worked = (statistics.median(times) for times in zip(*found, strict=True))
    worst = max(times[0] for times in found)
    return [
        Row(
            f"{what}: first answer, 256 draws",
            seconds(first),
            f"aim {seconds(FIRST)}; {seconds(worked)} of processor time; slowest {seconds(worst)}",
        ),
        Row(f"{what}: full answer, {len(ready.held.values):,} draws", seconds(full), f"aim {seconds(FULL)}"),
    ]


def levers_row(case: Case) -> Row:
    work = spent(lambda: ask_levers(case, LeversAsked()), runs=3)
    return Row("all levers of the deal, 4,096 draws", seconds(work.wall), f"{seconds(work.cpu)} of processor time")


def main() -> None:
    print(machine())
    case = open_case(EXAMPLE)
    rows = row("table's own agenda, 400 packages", base(case, WhatIfAsked(("",))), EDITS)
    rows += row("both contested issues as options, 6,000", base(case, WhatIfAsked(("",), agenda=WIDER)), EDITS[:-1])
    cold = spent(lambda: base(case, WhatIfAsked(("",))), runs=3)
    rows.append(Row("the case drawn and asked, before the first what-if", seconds(cold.wall)))
    show("What if, elapsed", [*rows, levers_row(case)])


if __name__ == "__main__":
    main()
