"""Who does the chunks: this process, threads, processes, or a Dask cluster at an address?

All are executors of `concurrent.futures`; whoever works, a chunk is a pure function of its number. Processes are begun
anew (spawn), so that they hold nothing but what they import.

A cluster counts how many of its workers died while they did a chunk, and gives the chunk up when that is more than
`distributed.scheduler.allowed-failures`, 3 where nobody set it: four dead workers are taken for the fault of the chunk.
The setting belongs to the cluster and is left as it is here; where machines come and go, it is to be raised there.
"""

import multiprocessing
import os
import re
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from multiprocessing.process import BaseProcess
from typing import Any, Protocol, TypeVar, runtime_checkable

from detente.errors import UsageError

KINDS = ("serial", "threads", "processes", "dask://HOST:PORT")
PATIENCE = "10s"  # for a scheduler to answer, and for its first worker
_DASK = re.compile(r"dask://(?P<place>[^/\s]+:\d+)/?")
S = TypeVar("S")
T = TypeVar("T")


@runtime_checkable
class Connection(Protocol):
    """What leads to a cluster."""

    def close(self) -> object:
        """Let go of it."""


@dataclass(frozen=True, slots=True)
class Workers:
    """Those who do the work, and how many parts of it they should have in hand.

    `pool` is missing where it is done here and at once; `connection` is there where it is done on a cluster.
    """

    ahead: int
    pool: Executor | None = None
    connection: Connection | None = None

    def submit(self, work: Callable[[S], T], part: S) -> Future[T]:
        """Hand on one part."""
        if self.pool is not None:
            return self.pool.submit(work, part)
        done: Future[T] = Future()
        done.set_result(work(part))
        return done

    def shutdown(self, *, wait: bool = False) -> None:
        """Take back what is not begun; wait for what is, except where a cluster does it."""
        if self.connection is not None:
            self.connection.close()
        elif self.pool is not None:
            self.pool.shutdown(wait=wait, cancel_futures=True)


def executor(kind: str, *, workers: int = 1) -> Workers:
    """Return those who do the work: "serial", "threads", "processes", or "dask://HOST:PORT", the scheduler's address.

    Of a cluster, all of its workers are used, whatever `workers` says.

    Raises UsageError for another kind, fewer workers than 1, and where a cluster cannot be used.

    >>> executor("serial").submit(abs, -3).result()
    3
    """
    if workers < 1:
        raise UsageError(f"{workers} workers cannot do anything. Ask for at least 1.")
    if kind == "serial":
        return Workers(1)
    if kind == "threads":
        return Workers(2 * workers + 1, ThreadPoolExecutor(workers))
    if kind == "processes":
        fresh = multiprocessing.get_context("spawn")
        return Workers(2 * workers + 1, ProcessPoolExecutor(workers, fresh, initializer=_undisturbed))
    found = _DASK.fullmatch(kind)
    if found is None:
        raise UsageError(f"'{kind}' is nobody who could work. Choose one of: {', '.join(KINDS)}.")
    return _cluster(found["place"])


def versions() -> tuple[tuple[str, str], ...]:
    """Return the versions of what decides about the bytes of an answer.

    >>> [name for name, _ in versions()]
    ['detente', 'numpy', 'scipy']
    """
    return tuple((name, version(name)) for name in ("detente", "numpy", "scipy"))


def _undisturbed() -> None:
    """Leave an interrupt from the keyboard to the process that asked: it takes back what is not begun.

    Where that is killed, this one has nobody to work for, and leaves.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asking = multiprocessing.parent_process()
    if asking is not None:
        threading.Thread(target=_leave_after, args=(asking,), daemon=True).start()


def _leave_after(asking: BaseProcess) -> None:
    asking.join()
    os._exit(1)


def _cluster(place: str) -> Workers:
    try:
        distributed = import_module("distributed")
    except ImportError as error:
        raise UsageError(
            f"To work on the cluster at {place}, distributed has to be installed: pip install 'detente[dask]'."
        ) from error
    try:
        client = distributed.Client(f"tcp://{place}", timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"No Dask scheduler answers at {place}. Begin one there (dask scheduler), or correct the address."
        ) from error
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
        _same_versions(client, place)
        threads = sum(client.nthreads().values())
    except TimeoutError as error:
        client.close()
        raise UsageError(f"The cluster at {place} has no worker. Begin one (dask worker {place}).") from error
    except UsageError:
        client.close()
        raise
    return Workers(2 * threads + 1, client.get_executor(pure=False), client)


def _same_versions(client: Any, place: str) -> None:
    """Make sure that workers run what runs here: others would give other bytes."""
    try:
        found = client.run(versions)
    except ImportError as error:
        raise UsageError(
            f"The workers at {place} cannot import what runs here ({error}). Install the same there."
        ) from error
    for worker, theirs in found.items():
        if theirs != versions():
            told = ", ".join(f"{name} {number}" for name, number in versions())
            raise UsageError(
                f"Worker {worker} has other versions: {', '.join(' '.join(pair) for pair in theirs)}. "
                f"Install there what is here: {told}."
            )
