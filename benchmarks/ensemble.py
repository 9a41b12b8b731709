"""How fast are draws made and gathered, by whom, and does memory grow with them?

    python benchmarks/ensemble.py

Drawn are all inputs of the example. Gathered is where the decision of a council of nine lies, by the compromise model,
over all draws of its inputs: little work per draw, so that what is measured is the gathering. A cluster of two workers
on this machine, where the extra dask is installed, stands beside two processes, on chunks of half a second and more;
the processes are begun anew for it, the cluster stands, and its workers have been asked once before.
"""

import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from _measure import EXAMPLE, Row, machine, seconds, show, skip, spent

from detente.analyses.compromise import compromise
from detente.boards.body import bodies
from detente.ensemble import (
    Chunk,
    Drawing,
    Sampler,
    Sampling,
    Shape,
    Spread,
    chunks,
    draw_inputs,
    gathered,
    spread,
)
from detente.situation.nouns import Influence, Issue, Party, Situation, Stance
from detente.situation.store import load
from detente.situation.values import Basis, Range

MEMBERS = 9
SIZE = 8_192
DRAWS = (10_000, 100_000, 1_000_000, 10_000_000)
WORKERS = 2
CHUNK_SECONDS = 0.6
CHUNKS = 8
RUNS = 2
WAITS, WAIT = 20, 0.5
SEEDS = 200
SAMPLERS: tuple[Sampler, ...] = ("independent", "sobol")
LIMIT = 1.3  # times as long as processes may a cluster take
CODER = Basis(kind="entered", by="coder")


def council() -> Situation:
    names = [f"member-{k}" for k in range(MEMBERS)]

    def known(low: float, best: float, high: float) -> Range:
        return Range(low=low, best=best, high=high, basis=CODER)

    return Situation(
        title="Council",
        parties=(
            Party(id="council", name="Council", members=tuple(names), decision_body=True),
            *(Party(id=name, name=name) for name in names),
        ),
        issues=(Issue(id="tolls", name="Tolls", status_quo=known(0, 0, 0)),),
        stances=tuple(
            Stance(party=name, issue="tolls", position=known(8 * k, 9 * k, 100), salience=known(10, 50, 90))
            for k, name in enumerate(names)
        ),
        influence=tuple(Influence(party=name, weight=known(1, 2, 4)) for name in names),
    )


def decided(drawing: Drawing) -> Spread:
    situation = council()
    return spread(situation, bodies(situation)[0], {"compromise": compromise}, drawing=drawing)["compromise"]


def drawn_rows() -> Iterator[Row]:
    situation = load(EXAMPLE / "situation.yaml")
    columns = len(draw_inputs(situation, 1, seed=0))
    asked: tuple[tuple[Sampler, Shape], ...] = (
        ("independent", "triangular"),
        ("sobol", "triangular"),
        ("independent", "pert"),
    )
    for sampler, shape in asked:
        work = spent(partial(draw_inputs, situation, SIZE, seed=0, sampling=Sampling(sampler, shape)), runs=5)
        yield Row(f"{columns} columns, {sampler}, {shape}", f"{SIZE / work.cpu:,.0f}/s", f"{seconds(work.cpu)} a chunk")


def noise_rows() -> Iterator[Row]:
    """How far do mean decisions of few draws lie apart, from seed to seed, by sampler?"""
    for draws in (256, 1024):
        apart = {sampler: np.std([mean(draws, seed, sampler) for seed in range(SEEDS)]) for sampler in SAMPLERS}
        yield Row(f"mean decision of {draws:,} draws, independent", f"{apart['independent']:.3f}", "scale 0 to 100")
        gain = (apart["independent"] / apart["sobol"]) ** 2
        yield Row("the same, sobol", f"{apart['sobol']:.3f}", f"as with {gain:.1f} times as many")


def mean(draws: int, seed: int, sampler: Sampler) -> float:
    return float(decided(Drawing(draws, seed, sampler=sampler)).point[0])


def memory_rows() -> Iterator[Row]:
    """Ask in a process of its own, which says how much memory it came to hold."""
    for draws in DRAWS:
        told = subprocess.run(
            [sys.executable, __file__, str(draws)], capture_output=True, text=True, check=True
        ).stdout.split()
        yield Row(
            f"{draws:>10,} draws, one process", f"{draws / float(told[0]):,.0f}/s", f"{float(told[1]):.0f} MB at most"
        )


def asked_alone(draws: int) -> None:
    begun = time.process_time()
    decided(Drawing(draws, 0))
    spent_seconds = time.process_time() - begun
    print(spent_seconds, most_memory())


def most_memory() -> float:
    """The most that this process ever held, in MB: `getrusage` counts the parent in, so the kernel is asked first."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(re.findall(r"^VmHWM:\s+(\d+) kB", status.read_text(), re.MULTILINE)[0]) / 1024


def cluster_rows() -> Iterator[Row]:
    """Two processes and a cluster of two, by turns, the quicker of two each: others may work on this machine too.

    Chunks that only wait show what handing them out costs, whatever else the machine does.
    """
    rate = SIZE / spent(lambda: decided(Drawing(SIZE, 0)), runs=3).cpu
    size = int(rate * CHUNK_SECONDS)
    asked = partial(Drawing, size * CHUNKS, 0, WORKERS, size)
    distributed = import_module("distributed")
    with distributed.LocalCluster(n_workers=WORKERS, threads_per_worker=1, dashboard_address=":0") as cluster:
        at = f"dask://{cluster.scheduler_address.removeprefix('tcp://')}"
        decided(Drawing(100, 0, WORKERS, 10, at))
        yield from beside(f"{WAITS} chunks that wait {WAIT} s, {WORKERS} workers", waited, at)
        yield from beside(
            f"{CHUNKS} chunks of {size:,} draws, {WORKERS} workers", lambda kind: decided(asked(kind)), at
        )


def beside(named: str, ask: Callable[[str], object], at: str) -> Iterator[Row]:
    took: dict[str, list[float]] = {"processes": [], at: []}
    for _ in range(RUNS):
        for kind, each in took.items():
            each.append(elapsed(partial(ask, kind)))
    yield Row(f"{named}: processes", seconds(min(took["processes"])), "elapsed")
    ratio = min(took[at]) / min(took["processes"])
    yield Row(f"{named}: Dask", seconds(min(took[at])), f"{ratio:.2f} times as long; at most {LIMIT} is the aim")


def waited(kind: str) -> list[int]:
    return list(gathered(waits, chunks(WAITS, 1), workers=WORKERS, executor=kind))


def waits(chunk: Chunk) -> int:
    time.sleep(WAIT)
    return chunk.index


def elapsed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> None:
    print(machine())
    show("Inputs drawn", list(drawn_rows()))
    show("What even columns are worth", list(noise_rows()))
    show(f"A council of {MEMBERS}, compromise, in chunks of {SIZE:,}", list(memory_rows()))
    if find_spec("distributed") is None:
        skip("A cluster beside processes", "it needs the extra dask")
    else:
        show("A cluster beside processes", list(cluster_rows()))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asked_alone(int(sys.argv[1]))
    else:
        main()
