"""How is long work cut up, so that any number of workers does it and the answer is the same to the last byte?

A chunk is a number and how many draws it has; what comes of it depends on nothing else, and results are handed on in
the order of the chunks. The size of a chunk is part of the request, never a consequence of the number of workers.
"""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TypeVar

from detente.errors import UsageError

SIZE = 8_192
TRIES = 3  # times a pool may lose a worker before the work is given up
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chunk:
    """One part of the draws, by its number."""

    index: int
    draws: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """How many draws are made, from which seed, by how many workers, in chunks of which size."""

    draws: int
    seed: int
    workers: int = 1
    size: int = SIZE


def chunks(draws: int, size: int = SIZE) -> tuple[Chunk, ...]:
    """Cut draws into chunks of one size, the last as small as is left.

    Raises UsageError where a number is below 1.

    >>> chunks(10, 4)
    (Chunk(index=0, draws=4), Chunk(index=1, draws=4), Chunk(index=2, draws=2))
    """
    if draws < 1 or size < 1:
        raise UsageError(f"{draws} draws in chunks of {size}: both count from 1. Ask for at least 1.")
    return tuple(Chunk(k, min(size, draws - k * size)) for k in range(-(-draws // size)))


def gathered(work: Callable[[Chunk], T], parts: Sequence[Chunk], *, workers: int = 1) -> Iterator[T]:
    """Do every chunk and yield what comes of each, in their order, whoever did it.

    With one worker, or one chunk, the work is done here; with more, in as many processes, for which `work` must be a
    function of a module, or a partial of one. Where a process is lost, what it had not finished is done again.

    Raises UsageError for fewer workers than 1, and where processes are lost time and again.

    >>> list(gathered(lambda chunk: chunk.draws, chunks(10, 4)))
    [4, 4, 2]
    """
    if workers < 1:
        raise UsageError(f"{workers} workers cannot do anything. Ask for at least 1.")
    if workers == 1 or len(parts) == 1:
        yield from map(work, parts)
        return
    done = 0
    for _ in range(TRIES):
        try:
            for found in _pooled(work, parts[done:], workers):
                done += 1
                yield found
            return
        except BrokenProcessPool:
            continue
    raise UsageError(
        f"Worker processes were ended from outside {TRIES} times; {done} of {len(parts)} chunks are done. "
        "Free some memory, or ask for fewer workers."
    )


def _pooled(work: Callable[[Chunk], T], parts: Sequence[Chunk], workers: int) -> Iterator[T]:
    """Keep every worker busy, and no more results waiting than there are workers to make them."""
    with ProcessPoolExecutor(min(workers, len(parts)), multiprocessing.get_context("spawn")) as pool:
        waiting: list[Future[T]] = []
        ahead = iter(parts)
        try:
            for chunk in ahead:
                waiting.append(pool.submit(work, chunk))
                if len(waiting) > 2 * workers:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
