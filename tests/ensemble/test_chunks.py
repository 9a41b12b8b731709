"""Whoever does the chunks, the bytes are the same, and a lost worker costs time and nothing else."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from detente.analyses.compromise import compromise
from detente.analyses.prevails import prevails
from detente.boards.body import bodies, within
from detente.ensemble import Chunk, Correlation, Drawing, Kept, chunks, digest, executor, gathered, spread
from detente.ensemble.bodies import Model
from detente.ensemble.sampling import Sampler
from detente.errors import AnalysisError, UsageError
from detente.situation.nouns import Influence, Issue, Party, Situation, Stance
from detente.situation.values import Basis, Range

ENV = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
CODER = Basis(kind="entered", by="coder")
MEMBERS = {"north": (10, 20, 40), "south": (50, 60, 90), "west": (0, 45, 100)}


def known(*ends: float) -> Range:
    return Range(low=ends[0], best=ends[1], high=ends[2], basis=CODER)


def council() -> Situation:
    return Situation(
        title="t",
        parties=(
            Party(id="council", name="Council", members=tuple(MEMBERS), decision_body=True),
            *(Party(id=name, name=name) for name in MEMBERS),
        ),
        issues=(Issue(id="tolls", name="Tolls", status_quo=known(0, 0, 0)),),
        stances=tuple(
            Stance(party=name, issue="tolls", position=known(*ends), salience=known(20, 50, 90))
            for name, ends in MEMBERS.items()
        ),
        influence=tuple(Influence(party=name, weight=known(1, 2, 4)) for name in MEMBERS),
    )


def of_council(drawing: Drawing) -> str:
    """What two models say of a council, as one hash."""
    situation = council()
    inside = bodies(situation)[0]
    models: dict[str, Model] = {"compromise": compromise, "prevails": prevails}
    return digest(spread(within(situation, inside), inside, models, drawing=drawing))


def number(chunk: Chunk) -> tuple[int, int]:
    return chunk.index, chunk.draws


def dies(which: int, mark: str, chunk: Chunk) -> int:
    """End the process that does one chunk; with a mark, only the first time."""
    if chunk.index == which and not (mark and Path(mark).exists()):
        if mark:
            Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return chunk.index


def slow(chunk: Chunk) -> int:
    time.sleep(0.3)
    return chunk.index


def faulty(chunk: Chunk) -> int:
    if chunk.index == 3:
        raise AnalysisError("Nothing carries weight on tolls. Give somebody some.")
    return chunk.index


def test_chunks_cover_the_draws_once() -> None:
    cut = chunks(100_001, 1_000)
    assert [c.index for c in cut] == list(range(101))
    assert sum(c.draws for c in cut) == 100_001
    assert {c.draws for c in cut[:-1]} == {1_000}
    assert [c.start for c in cut] == list(range(0, 101_000, 1_000))


def test_what_comes_of_the_chunks_comes_in_their_order_whoever_did_them() -> None:
    cut = chunks(50, 7)
    wanted = [number(c) for c in cut]
    assert list(gathered(number, cut)) == list(gathered(number, cut, workers=3, executor="threads")) == wanted


@pytest.mark.parametrize("sampler", ["independent", "sobol"])
def test_threads_give_the_bytes_that_one_worker_gives(sampler: Sampler) -> None:
    pair = Correlation("north.tolls.position", "south.tolls.position", 0.5)
    asked = partial(Drawing, 700, 1, size=64, sampler=sampler, correlations=(pair,))
    assert (
        of_council(asked()) == of_council(asked(workers=3, executor="threads")) == of_council(asked(executor="serial"))
    )


def test_processes_give_the_bytes_that_one_worker_gives_though_one_is_killed(tmp_path: Path) -> None:
    work = partial(dies, 2, str(tmp_path / "died"))
    assert list(gathered(work, chunks(60, 10), workers=2)) == [0, 1, 2, 3, 4, 5]
    assert (tmp_path / "died").exists()


@pytest.mark.slow
@pytest.mark.parametrize("workers", [2, 4])
def test_any_number_of_processes_gives_the_bytes_that_one_gives(workers: int) -> None:
    assert of_council(Drawing(3_000, 1, workers=workers, size=100)) == of_council(Drawing(3_000, 1, size=100))


def test_no_more_results_wait_than_there_are_workers_to_make_them() -> None:
    begun: list[int] = []

    def noted(chunk: Chunk) -> int:
        begun.append(chunk.index)
        return chunk.index

    for turn in gathered(noted, chunks(100, 1), workers=2, executor="threads"):
        assert len(begun) <= turn + 1 + 2 * 2 + 1
    assert len(begun) == 100


@pytest.mark.slow
def test_a_chunk_that_kills_every_worker_is_named_and_the_others_are_kept(tmp_path: Path) -> None:
    work, cut = partial(dies, 2, ""), chunks(60, 10)
    with pytest.raises(UsageError, match=r"chunk 2 is ended from outside.*5 of 6 chunks are done and kept\. Free some"):
        list(gathered(work, cut, workers=2, kept=Kept(tmp_path, "k")))
    assert Kept(tmp_path, "k").missing(cut) == (cut[2],)
    found = gathered(partial(dies, -1, ""), cut, kept=Kept(tmp_path, "k"))
    assert list(found) == [0, 1, 2, 3, 4, 5]


@pytest.mark.slow
def test_a_chunk_that_kills_every_worker_ends_what_is_not_kept() -> None:
    with pytest.raises(UsageError, match=r"chunk 1 is ended from outside.*of 4 chunks are done\. Free some memory"):
        list(gathered(partial(dies, 1, ""), chunks(40, 10), workers=2))


@pytest.mark.slow
def test_an_interrupt_from_the_keyboard_keeps_what_processes_are_doing(tmp_path: Path) -> None:
    program = (
        "from pathlib import Path; from tests.ensemble.test_chunks import *\n"
        f"kept = Kept(Path({str(tmp_path)!r}), 'k')\n"
        "if __name__ == '__main__': list(gathered(slow, chunks(40, 1), workers=2, kept=kept))"
    )
    (tmp_path / "program.py").write_text(program)
    run = subprocess.Popen(
        [sys.executable, tmp_path / "program.py"], env=ENV, stderr=subprocess.PIPE, start_new_session=True
    )
    while not list(tmp_path.glob("*.npz")) and run.poll() is None:
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: everybody gets it
    _, told = run.communicate(timeout=60)
    assert told.count(b"KeyboardInterrupt") == 1, told.decode()
    missing = Kept(tmp_path, "k").missing(chunks(40, 1))
    assert 0 < len(missing) < 39
    assert list(gathered(number, missing[:1])) == [(missing[0].index, 1)]


@pytest.mark.parametrize("kind", ["serial", "threads"])
def test_what_a_chunk_raises_comes_out_and_the_others_are_kept(tmp_path: Path, kind: str) -> None:
    with pytest.raises(AnalysisError, match="Give somebody some"):
        list(gathered(faulty, chunks(8, 1), workers=2, executor=kind, kept=Kept(tmp_path, "k")))
    missing = {chunk.index for chunk in Kept(tmp_path, "k").missing(chunks(8, 1))}
    assert 3 in missing
    assert not missing & {0, 1, 2}


@pytest.mark.parametrize(("draws", "size"), [(0, 1), (1, 0), (-5, 3)])
def test_numbers_below_one_are_refused(draws: int, size: int) -> None:
    with pytest.raises(UsageError, match="count from 1"):
        chunks(draws, size)


@pytest.mark.parametrize(
    "asked", [partial(executor, "processes", workers=0), lambda: list(gathered(number, chunks(3), workers=0))]
)
def test_no_workers_cannot_work(asked: Callable[[], object]) -> None:
    with pytest.raises(UsageError, match="0 workers cannot do anything"):
        asked()


@pytest.mark.parametrize("kind", ["thread", "dask://", "dask://host", "dask:", "tcp://host:1", ""])
def test_somebody_unknown_cannot_work(kind: str) -> None:
    with pytest.raises(UsageError, match=r"serial, threads, processes, dask://HOST:PORT"):
        list(gathered(number, chunks(10, 5), workers=2, executor=kind))
