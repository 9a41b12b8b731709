"""How is long work cut up, so that any number of workers does it and the answer is the same to the last byte?

A chunk is a number and how many draws it has; what comes of it depends on nothing else, and results are handed on in
the order of the chunks. The size of a chunk is part of the request, never a consequence of the number of workers.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeVar, runtime_checkable

import numpy as np

from detente.ensemble.executors import Workers
from detente.ensemble.executors import executor as hired
from detente.ensemble.sampling import SIZE, Correlation, Sampler, Sampling, Shape
from detente.errors import UsageError

TRIES = 3  # times a chunk may lose its worker, the last time alone, before it is given up
Progress = Callable[[int, int], object]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chunk:
    """One part of the draws, by its number; `start` is the number of its first draw among all."""

    index: int
    draws: int
    start: int = 0


@dataclass(frozen=True, slots=True)
class Drawing:
    """How many draws are made, from which seed and how, by whom, in chunks of which size.

    `executor` is who works where there is more than one worker (`detente.ensemble.executors`); the rest is said at
    `Sampling`.
    """

    draws: int
    seed: int
    workers: int = 1
    size: int = SIZE
    executor: str = "processes"
    sampler: Sampler = "independent"
    shape: Shape = "triangular"
    correlations: tuple[Correlation, ...] = ()

    @property
    def sampling(self) -> Sampling:
        """How the draws of inputs are made."""
        return Sampling(self.sampler, self.shape, self.size, self.correlations)


@dataclass(frozen=True, slots=True)
class Part:
    """What comes of a chunk where its draws themselves are asked for: sums, and columns with one row per draw."""

    sums: Any
    rows: Mapping[str, np.ndarray]


@runtime_checkable
class Keeper(Protocol):
    """What keeps the results of chunks from one run to the next (`detente.ensemble.kept`)."""

    def load(self, chunk: Chunk, /) -> Any:
        """Return what came of a chunk, without its rows; None where that is not known for certain."""

    def store(self, chunk: Chunk, found: object, /) -> None:
        """Keep what came of a chunk."""


def chunks(draws: int, size: int = SIZE) -> tuple[Chunk, ...]:
    """Cut draws into chunks of one size, the last as small as is left.

    Raises UsageError where a number is below 1.

    >>> chunks(10, 4)
    (Chunk(index=0, draws=4, start=0), Chunk(index=1, draws=4, start=4), Chunk(index=2, draws=2, start=8))
    """
    if draws < 1 or size < 1:
        raise UsageError(f"{draws} draws in chunks of {size}: both count from 1. Ask for at least 1.")
    return tuple(Chunk(k, min(size, draws - k * size), k * size) for k in range(-(-draws // size)))


def gathered(
    work: Callable[[Chunk], T],
    parts: Sequence[Chunk],
    *,
    workers: int = 1,
    executor: str = "processes",
    kept: Keeper | None = None,
    progress: Progress | None = None,
) -> Iterator[T]:
    """Do every chunk and yield what comes of each, in their order, whoever did it.

    With one worker, or one chunk, the work is done here, unless `executor` is a cluster; with processes or a cluster
    `work` must be a function of a module, or a partial of one. Where a process is lost, what it had not finished is
    done again. With `kept`, what is found there is not done again, and what is done is kept there as soon as it is,
    also where the work is interrupted; the rows of a `Part` are then left there and not handed on. `progress` is told
    how many chunks are done, of how many.

    Raises UsageError for fewer workers than 1, an executor that cannot be had, and a chunk that ends whoever does it
    (after the others are done, if they are kept).

    >>> list(gathered(lambda chunk: chunk.draws, chunks(10, 4)))
    [4, 4, 2]
    """
    if workers < 1:
        raise UsageError(f"{workers} workers cannot do anything. Ask for at least 1.")
    local = not executor.startswith("dask:")
    if local and min(workers, len(parts)) == 1 and executor in ("threads", "processes"):
        executor = "serial"
    workers = max(min(workers, len(parts)), 1)
    yield from _Gathering(work, parts, (executor, workers), kept, progress or _untold).results()


def _untold(done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class _Gathering:
    """The work in hand: what is being done, what is done and waits for its turn, what was lost how often."""

    work: Callable[[Chunk], Any]
    parts: Sequence[Chunk]
    asked: tuple[str, int]
    kept: Keeper | None
    told: Progress
    flying: dict[Future[Any], int] = field(default_factory=dict)
    ready: dict[int, Any] = field(default_factory=dict)
    lost: dict[int, int] = field(default_factory=dict)
    poison: list[int] = field(default_factory=list)
    begun: int = 0
    done: int = 0
    crew: Workers = field(init=False)

    def results(self) -> Iterator[Any]:
        self.crew = self._hired()
        try:
            for turn in range(len(self.parts)):
                while turn not in self.ready and turn not in self.poison:
                    self._fill()
                    self._land()
                # After a chunk that cannot be done the others are done to be kept, and no longer handed on.
                if turn in self.ready:
                    found = self.ready.pop(turn)
                    if not any(k < turn for k in self.poison):
                        yield found
        finally:
            self._leave()
        if self.poison:
            raise UsageError(self._given_up())

    def _hired(self) -> Workers:
        kind, workers = self.asked
        return hired(kind, workers=workers)

    def _fill(self) -> None:
        """Keep every worker busy, and no more results waiting than there are workers to make them."""
        while self.begun < len(self.parts) and len(self.flying) + len(self.ready) < self.crew.ahead:
            k = self.begun
            self.begun += 1
            known = self.kept.load(self.parts[k]) if self.kept is not None else None
            if known is None:
                self._submit(k)
            else:
                self._ready(k, known)

    def _submit(self, k: int) -> None:
        try:
            self.flying[self.crew.submit(self.work, self.parts[k])] = k
        except BrokenProcessPool:
            self._mend([k])

    def _land(self) -> None:
        """Take what is done; nothing is lost between a result and its place."""
        landed, _ = wait(self.flying, return_when=FIRST_COMPLETED) if self.flying else (set(), set())
        broken = self._taken(landed)
        if broken:
            self._mend(broken)

    def _taken(self, landed: set[Future[Any]]) -> list[int]:
        """Take the results of futures that are done, and return the chunks whose pool broke."""
        broken = []
        for future in sorted(landed, key=self.flying.__getitem__):
            k = self.flying[future]
            if future.cancelled():
                raise UsageError(
                    f"The cluster of {self.asked[0]} is gone; {self._so_far()}. Begin its scheduler and workers anew."
                )
            error = future.exception()
            if error is None:
                self._take(k, future.result())
            elif isinstance(error, BrokenProcessPool):
                broken.append(k)
            elif type(error).__name__ == "KilledWorker":  # of distributed, which need not be installed
                self._poisoned(k)
            else:
                raise error
            del self.flying[future]
        return broken

    def _mend(self, broken: list[int]) -> None:
        """Do again what was lost with a pool: in a new one; what was lost twice, alone, to tell who is to blame."""
        waited, _ = wait(self.flying)  # whatever was in hand of a broken pool is done, or lost as well
        broken = sorted([*broken, *self._taken(waited)])
        self.crew.shutdown()
        self.crew = self._hired()
        for k in broken:
            self.lost[k] = self.lost.get(k, 0) + 1
            if self.lost[k] < TRIES - 1:
                self._submit(k)
            else:
                self._alone(k)

    def _alone(self, k: int) -> None:
        crew = hired("processes", workers=1)
        try:
            self._take(k, crew.submit(self.work, self.parts[k]).result())
        except BrokenProcessPool:
            self._poisoned(k)
        finally:
            crew.shutdown()

    def _take(self, k: int, found: Any) -> None:
        if self.kept is not None:
            self.kept.store(self.parts[k], found)
            found = replace(found, rows={}) if isinstance(found, Part) else found
        self._ready(k, found)

    def _ready(self, k: int, found: Any) -> None:
        self.ready[k] = found
        self.done += 1
        self.told(self.done, len(self.parts))

    def _poisoned(self, k: int) -> None:
        self.poison.append(k)
        if self.kept is None:
            raise UsageError(self._given_up())

    def _so_far(self) -> str:
        return f"{self.done} of {len(self.parts)} chunks are done" + (" and kept" if self.kept is not None else "")

    def _given_up(self) -> str:
        numbers = ", ".join(str(self.parts[k].index) for k in sorted(self.poison))
        return (
            f"Whoever does chunk {numbers} is ended from outside, time and again; {self._so_far()}. "
            "Free some memory, or ask for smaller chunks."
        )

    def _leave(self) -> None:
        """Take back what is not begun; where results are kept, wait for what is, and keep that too."""
        for future in self.flying:
            future.cancel()
        self.crew.shutdown(wait=self.kept is not None and bool(self.flying))
        for future, k in self.flying.items():
            if self.kept is not None and future.done() and not future.cancelled() and future.exception() is None:
                self.kept.store(self.parts[k], future.result())
