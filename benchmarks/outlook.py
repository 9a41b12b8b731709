"""How fast are courses followed, where does the time go, and does memory grow with the draws?

    python benchmarks/outlook.py [--million]

The founding example: five agendas of 400 to 6,000 packages in three worlds, three crises in each, twelve rounds. The
roofline is what looking at every package once would take: the choice of the Nash product on every agenda at every
no-deal value, by `choose`, and nothing else. With --million a million draws are followed by two processes, and memory
is asked for up to there.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import starmap

from _measure import EXAMPLE, Row, machine, seconds, show, spent

from detente.boards import Deals, deals, with_modes
from detente.ensemble import Chunk, Drawing
from detente.outlook.agendas import Plan
from detente.outlook.courses import Choices, Question, courses, drawn_inputs, question, summed, sums
from detente.outlook.courses.force import force_stage
from detente.outlook.courses.packages import package_stage
from detente.outlook.courses.weighed import weighed, weighed_floor, weights
from detente.search.packages.choice import choose
from detente.search.packages.space import space
from detente.situation.store import load
from ensemble import most_memory

TABLE = "us-iran"
SIZE = 8_192
MILLION = 1_000_000
AIM = 60.0  # seconds for a million draws, on two cores
MEMORY = (10_000, 100_000)
LIMIT = 10**10


def asked(choices: Choices) -> Question:
    return question(load(EXAMPLE / "situation.yaml"), TABLE, seed=0, choices=choices)


def boards(of: Question) -> list[Deals]:
    """The mandates of every world, as the packages are asked about them."""
    chunk = Chunk(0, SIZE)
    drawn = drawn_inputs(of, chunk)
    board = deals(of.situation, TABLE, draws=drawn, no_deal="status-quo")
    theta = weights(of.leaning, drawn, parties=2)
    pulled = weighed(board, theta)
    floors = force_stage(of, drawn, chunk).no_deal
    return [replace(pulled, no_deal=weighed_floor(d, theta, parties=2)) for d in floors]


def rows() -> Iterator[Row]:
    whole, plain = asked(Choices()), asked(Choices(no_deal="status-quo"))
    chunk = Chunk(0, SIZE)
    mandates = boards(whole)
    scans = [(one, p) for one in mandates for p in whole.plans]
    roof = spent(lambda: list(starmap(_scan, scans)), runs=3).cpu
    all_of = spent(lambda: summed(courses(whole, chunk), seed=0), runs=5).cpu
    yield Row("packages: every one looked at once, three worlds (the roofline)", seconds(roof), f"{SIZE / roof:,.0f}/s")
    rate = f"{SIZE / all_of:,.0f}/s, {roof / all_of:.1f} times the roofline"
    yield Row("courses and their sums, three worlds", seconds(all_of), rate)
    million = all_of * MILLION / SIZE / 2
    yield Row("    a million draws on two cores would take", seconds(million), f"aim {seconds(AIM)}")
    drawn = drawn_inputs(whole, chunk)
    parts: dict[str, Callable[[], object]] = {
        "inputs": partial(drawn_inputs, whole, chunk),
        "the board": partial(deals, whole.situation, TABLE, draws=drawn, no_deal="status-quo"),
        "crises": partial(force_stage, whole, drawn, chunk),
        "packages": partial(package_stage, mandates, whole.plans),
        "sums": partial(summed, courses(whole, chunk), seed=0),
    }
    for name, part in parts.items():
        took = spent(part, runs=5).cpu
        yield Row(f"    of it {name}", seconds(took))
    once = spent(lambda: summed(courses(plain, chunk), seed=0), runs=5).cpu
    yield Row("the same with the status quo as no deal", seconds(once), f"{SIZE / once:,.0f}/s")


def _scan(board: Deals, plan: Plan) -> object:
    return choose(space(with_modes(board, plan.modes)), reach=False, limit=LIMIT)


def memory_rows(draws: tuple[int, ...]) -> Iterator[Row]:
    """Ask in a process of its own, which says how much memory it came to hold."""
    for count in draws:
        told = subprocess.run([sys.executable, __file__, str(count)], capture_output=True, text=True, check=True)
        cpu, most = (float(x) for x in told.stdout.split())
        yield Row(f"{count:>9,} draws, one process", f"{count / cpu:,.0f}/s", f"{most:.0f} MB at most")


def million_row() -> Iterator[Row]:
    of = asked(Choices())
    begun = time.perf_counter()
    sums(of, drawing=Drawing(MILLION, 0, workers=2))
    yield Row(f"{MILLION:,} draws, two processes", seconds(time.perf_counter() - begun), f"elapsed; aim {seconds(AIM)}")


def main() -> None:
    long = "--million" in sys.argv
    print(machine())
    show(f"Courses of the example, a chunk of {SIZE:,} draws", list(rows()))
    show("Memory", list(memory_rows((*MEMORY, MILLION) if long else MEMORY)))
    if long:
        show("A million draws", list(million_row()))


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1].isdigit():
        start = time.process_time()
        sums(asked(Choices()), drawing=Drawing(int(sys.argv[1]), 0))
        print(time.process_time() - start, most_memory())
    else:
        main()
