"""How long does it take from the command line to the answer, in a process that has just begun?

    python benchmarks/brief.py

Every run is a new process. The files it reads are in the cache of the operating system after the first run, as they
are for anybody who asks twice. Processor time and peak memory are those that the system counted for the process; a
peak as low as that of the bare interpreter may be this program's own, which the new process begins as a copy of.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from _measure import EXAMPLE, Row, machine, reference_folder, seconds, show

DETENTE = Path(sys.executable).parent / "detente"
# What is heavy, or has no business before it is needed.
WATCHED = (
    "click",
    "pydantic",
    "ruamel",
    "jinja2",
    "rich",
    "numpy",
    "jaxtyping",
    "pypdf",
    "trafilatura",
    "lxml",
    "spacy",
    "thinc",
)
# Runs a command and then says, on standard error, what it loaded.
LISTING = """
import atexit, sys
atexit.register(lambda: sys.stderr.write("\\n" + " ".join(sys.modules)))
from detente.cli import main
main(sys.argv[1:])
"""


@dataclass(frozen=True, slots=True)
class Process:
    """The medians of several runs of one command: seconds, and megabytes at the peak."""

    cpu: float
    wall: float
    peak_mb: float
    runs: int


def process(command: Sequence[str], *, runs: int) -> Process:
    """Run a command in an empty folder, several times."""
    cpu: list[float] = []
    wall: list[float] = []
    peak: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(runs):
            begun = time.perf_counter()
            child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)  # what goes wrong is seen
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            wall.append(time.perf_counter() - begun)
            cpu.append(usage.ru_utime + usage.ru_stime)
            peak.append(usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2))
            if child.returncode:
                sys.exit(f"{' '.join(command)} ended with exit code {child.returncode}: see above why")
    return Process(statistics.median(cpu), statistics.median(wall), statistics.median(peak), runs)


def loaded(arguments: Sequence[str]) -> list[str]:
    """Name the modules that a command loads."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", LISTING, *arguments]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stderr.splitlines()[-1].split()


def commands() -> Iterator[tuple[str, list[str], int, str]]:
    """What is run: its name, its arguments, how often, and what stands beside it."""
    article = EXAMPLE / "documents" / "2026-02-07-muscat.md"
    yield "detente --help", ["--help"], 9, "to stay below 200 ms; click alone 115 ms, cyclopts 200 ms, typer 400 ms"
    yield "detente check CASE", ["check", str(EXAMPLE)], 5, ""
    yield "detente brief CASE", ["brief", str(EXAMPLE)], 3, ""
    yield "detente read ARTICLE", ["read", str(article)], 3, "aim: 1 s to start, 0.2 s for 1,000 words"
    yield "detente brief ARTICLE", ["brief", str(article)], 3, ""
    folder = reference_folder()
    if folder is not None:
        founding = folder / "articles" / "founding.txt"
        yield "detente brief on the founding article", ["brief", str(founding)], 3, ""


def main() -> None:
    print(machine())
    bare = process([sys.executable, "-c", "pass"], runs=9)
    rows = [
        Row("python -c pass", seconds(bare.cpu), f"elapsed {seconds(bare.wall)}, {bare.peak_mb:.0f} MB at the peak")
    ]
    modules = []
    for name, arguments, runs, beside in commands():
        found = process([str(DETENTE), *arguments], runs=runs)
        told = f"elapsed {seconds(found.wall)}, {found.peak_mb:.0f} MB at the peak"
        rows.append(Row(name, seconds(found.cpu), f"{told}; {beside}" if beside else told))
        names = loaded(arguments)
        watched = sorted({n.partition(".")[0] for n in names} & set(WATCHED), key=WATCHED.index)
        modules.append(Row(name, f"{len(names):,}", " ".join(watched)))
    show("From the command to the answer, in a new process", rows)
    show(f"Modules loaded, and which of these: {' '.join(WATCHED)}", modules)


if __name__ == "__main__":
    main()
