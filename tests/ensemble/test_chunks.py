"""Any number of workers gives the same bytes, and a lost worker costs time and nothing else."""

import os
import signal
from functools import partial
from pathlib import Path

import pytest

from detente.ensemble import Chunk, chunks, gathered
from detente.errors import UsageError


def _number(chunk: Chunk) -> tuple[int, int]:
    return chunk.index, chunk.draws


def _dies_once(mark: str, chunk: Chunk) -> int:
    """End the process that does chunk 2, the first time it is done."""
    if chunk.index == 2 and not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return chunk.index


def _dies(chunk: Chunk) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return chunk.index


def test_chunks_cover_the_draws_once() -> None:
    cut = chunks(100_001, 1_000)
    assert [c.index for c in cut] == list(range(101))
    assert sum(c.draws for c in cut) == 100_001
    assert {c.draws for c in cut[:-1]} == {1_000}


def test_what_comes_of_the_chunks_comes_in_their_order_whoever_did_them() -> None:
    cut = chunks(50, 7)
    assert list(gathered(_number, cut, workers=2)) == list(gathered(_number, cut)) == [_number(c) for c in cut]


def test_a_worker_that_is_killed_costs_no_chunk(tmp_path: Path) -> None:
    work = partial(_dies_once, str(tmp_path / "died"))
    assert list(gathered(work, chunks(60, 10), workers=2)) == [0, 1, 2, 3, 4, 5]
    assert (tmp_path / "died").exists()


def test_work_that_kills_every_worker_is_given_up_with_a_cure() -> None:
    with pytest.raises(UsageError, match=r"ended from outside 3 times; 0 of 2 chunks are done\. Free some memory"):
        list(gathered(_dies, chunks(20, 10), workers=2))


@pytest.mark.parametrize(("draws", "size"), [(0, 1), (1, 0), (-5, 3)])
def test_numbers_below_one_are_refused(draws: int, size: int) -> None:
    with pytest.raises(UsageError, match="count from 1"):
        chunks(draws, size)


def test_no_workers_cannot_work() -> None:
    with pytest.raises(UsageError, match="0 workers cannot do anything"):
        list(gathered(_number, chunks(3), workers=0))
