"""A Dask cluster gives the bytes that one process gives, loses nothing with a worker, and says what ails."""

import os
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from tests.ensemble.test_chunks import dies, number, of_council

from detente.ensemble import Chunk, Drawing, Kept, chunks, executor, executors, gathered
from detente.errors import UsageError


def slowly(chunk: Chunk) -> tuple[int, int]:
    time.sleep(0.1)
    return os.getpid(), chunk.index


def killed(mark: str, chunk: Chunk) -> int:
    """End the worker that does chunk 4, the first time it is done."""
    time.sleep(0.05)
    return dies(4, mark, chunk)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a cluster of two workers, each of which is begun anew when it dies."""
    distributed = pytest.importorskip("distributed", reason="distributed is not here: install the extra dask")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as found:
        yield f"dask://{found.scheduler_address.removeprefix('tcp://')}"


@pytest.mark.slow
def test_a_cluster_gives_the_bytes_that_one_process_gives(cluster: str) -> None:
    asked = partial(Drawing, 3_000, 1, size=100)
    assert of_council(asked(executor=cluster)) == of_council(asked())


@pytest.mark.slow
def test_all_workers_of_a_cluster_work(cluster: str) -> None:
    found = list(gathered(slowly, chunks(20, 1), executor=cluster))
    assert [k for _, k in found] == list(range(20))
    assert len({pid for pid, _ in found}) == 2
    assert os.getpid() not in {pid for pid, _ in found}


@pytest.mark.slow
def test_a_killed_worker_of_a_cluster_costs_no_chunk(cluster: str, tmp_path: Path) -> None:
    work = partial(killed, str(tmp_path / "died"))
    assert list(gathered(work, chunks(20, 1), executor=cluster)) == list(range(20))
    assert (tmp_path / "died").exists()


@pytest.mark.slow
def test_a_chunk_that_kills_every_worker_of_a_cluster_is_named_and_the_others_are_kept(
    cluster: str, tmp_path: Path
) -> None:
    cut = chunks(12, 1)
    with pytest.raises(UsageError, match=r"chunk 4 is ended from outside.*11 of 12 chunks are done and kept"):
        list(gathered(partial(dies, 4, ""), cut, executor=cluster, kept=Kept(tmp_path, "k")))
    assert Kept(tmp_path, "k").missing(cut) == (cut[4],)
    assert list(gathered(number, cut, executor=cluster)) == [number(chunk) for chunk in cut]


@pytest.mark.slow
def test_an_interrupt_leaves_the_cluster_free(cluster: str, tmp_path: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(gathered(slowly, chunks(200, 1), executor=cluster, kept=Kept(tmp_path, "k"), progress=interrupt))
    assert 190 <= len(Kept(tmp_path, "k").missing(chunks(200, 1))) <= 197
    begun = time.monotonic()
    assert list(gathered(number, chunks(2, 1), executor=cluster)) == [(0, 1), (1, 1)]
    assert time.monotonic() - begun < 10


@pytest.mark.slow
def test_a_cluster_that_goes_away_is_missed(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="distributed is not here: install the extra dask")
    found = distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0")
    at = f"dask://{found.scheduler_address.removeprefix('tcp://')}"
    work = gathered(slowly, chunks(200, 1), executor=at, kept=Kept(tmp_path, "k"))
    next(work)
    found.close()
    with pytest.raises(UsageError, match=r"is gone; .* chunks are done and kept"):
        list(work)


@pytest.mark.slow
def test_where_no_scheduler_answers_it_is_said_how_to_begin_one(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="distributed is not here: install the extra dask")
    monkeypatch.setattr(executors, "PATIENCE", "500ms")
    with pytest.raises(UsageError, match=r"No Dask scheduler answers at 127\.0\.0\.1:1\. Begin one"):
        executor("dask://127.0.0.1:1")


@pytest.mark.slow
def test_a_cluster_without_workers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed", reason="distributed is not here: install the extra dask")
    monkeypatch.setattr(executors, "PATIENCE", "500ms")
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=":0") as found,
        pytest.raises(UsageError, match=r"has no worker\. Begin one"),
    ):
        executor(f"dask://{found.scheduler_address.removeprefix('tcp://')}")


@pytest.mark.slow
def test_workers_with_other_versions_are_refused(cluster: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "version", lambda name: "0.0")
    with pytest.raises(UsageError, match=r"has other versions: detente .* Install there what is here: detente 0\.0"):
        executor(cluster)


def test_without_distributed_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"pip install 'detente\[dask\]'"):
        list(gathered(number, chunks(3, 1), executor="dask://localhost:8786"))
