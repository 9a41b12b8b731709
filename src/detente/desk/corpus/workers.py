"""Who does the work of a run, and what happens where a document breaks whoever reads it?

Processes take the stretches that are missing in turn. Where one of them breaks, its stretch is done again alone, which
tells the document that does it; that one is left out, and the rest goes on.
"""

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing.process import BaseProcess

from detente.desk.corpus.places import LISTED, rows, shard_file, shards_in
from detente.desk.corpus.records import Fault, Listed
from detente.desk.corpus.stages import Order, breaks, marker, work
from detente.errors import DetenteError, UsageError
from detente.read.documents.document import shown

POLL_SECONDS = 0.2

Tick = Callable[[], None]
Work = Callable[[Order], None]


@dataclass(slots=True)
class Hands:
    """Processes that work, begun when there is something to do, and anew after one of them broke."""

    jobs: int
    pool: ProcessPoolExecutor | None = None
    others: frozenset[BaseProcess] = field(default_factory=lambda: frozenset(multiprocessing.active_children()))

    def do(self, work: Work, order: Order, shards: Sequence[int]) -> set[Future[None]]:
        """Share stretches out, every process its own."""
        if self.pool is None:
            context = multiprocessing.get_context("spawn")
            self.pool = ProcessPoolExecutor(self.jobs, mp_context=context, initializer=end_with_parent)
        each = min(self.jobs, len(shards))
        return {self.pool.submit(work, replace(order, shards=tuple(shards[hand::each]))) for hand in range(each)}

    def rest(self, *, now: bool = False) -> None:
        """End the processes; `now` where they are at work that nobody waits for."""
        if self.pool is None:
            return
        if now:
            for child in set(multiprocessing.active_children()) - self.others:
                child.terminate()
        self.pool.shutdown()
        self.pool = None


def end_with_parent() -> None:
    """End this process when the one that began it is gone: nobody waits for it, and its run may go on elsewhere."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def hands(jobs: int) -> Iterator[Hands]:
    """Lend processes, and end them."""
    lent = Hands(jobs)
    try:
        yield lent
    except BaseException:
        lent.rest(now=True)
        raise
    finally:
        lent.rest()


def finish(order: Order, shards: int, *, lent: Hands, tick: Tick, work: Work = work) -> None:
    """Do every stretch that is missing, on any number of processes with the same result.

    Raises UsageError where the run cannot be written, and what keeps every document from being read.
    """
    while missing := sorted(set(range(shards)) - shards_in(order.run, order.part)):
        failure = _done(lent, order, missing, tick, work)
        if failure is None:
            continue
        suspects = [s for s in missing if marker(order, s).exists() and s not in shards_in(order.run, order.part)]
        if isinstance(failure, DetenteError | OSError) or not suspects:
            raise _told(order, failure)
        for shard in suspects:
            with hands(1) as alone:
                _tried_alone(alone, order, shard, tick, work)


def _done(lent: Hands, order: Order, missing: Sequence[int], tick: Tick, work: Work) -> BaseException | None:
    """Have stretches done, and return the first failure."""
    waiting = lent.do(work, order, missing)
    told: list[Future[None]] = []
    while waiting:
        done, waiting = wait(waiting, timeout=POLL_SECONDS)
        told += done
        tick()
    failures = [fault for future in told if (fault := future.exception()) is not None]
    if any(isinstance(fault, BrokenProcessPool) for fault in failures):
        lent.rest()
    if any(isinstance(fault, KeyboardInterrupt) for fault in failures):
        raise KeyboardInterrupt
    return failures[0] if failures else None


def _tried_alone(lent: Hands, order: Order, shard: int, tick: Tick, work: Work) -> None:
    """Do one stretch in a process of its own; where that fails, leave out the document that it failed at."""
    failure = _done(lent, order, [shard], tick, work)
    if failure is None:
        return
    if isinstance(failure, DetenteError | OSError):
        raise _told(order, failure)
    number = int(marker(order, shard).read_text(encoding="ascii"))
    name = next(shown(r.path) for r in rows(shard_file(order.run, LISTED, shard), Listed) if r.number == number)
    if isinstance(failure, BrokenProcessPool | MemoryError):
        says = f"'{name}' took more memory than there is, or ended its process. Split it, or read it alone."
    else:
        says = f"'{name}' made the reader fail ({type(failure).__name__}). That is a fault of ours: please report it."
    breaks(order.run, Fault(number=number, file=name, says=says))


def _told(order: Order, failure: BaseException) -> BaseException:
    """Put into words why a run cannot go on."""
    if isinstance(failure, OSError):
        cure = "Make room or check the rights, and give the same command again: it goes on from here."
        return UsageError(f"'{order.run}' cannot be written: {failure.strerror}. {cure}")
    return failure


def paced(say: Callable[[str], None], doing: str, documents: int, done: Callable[[], int]) -> Tick:
    """Make what says how far the work is, how fast it goes and how long it takes yet."""
    begun, already = time.monotonic(), done()

    def tick() -> None:
        now = done()
        rate = (now - already) / max(time.monotonic() - begun, 1e-9)
        left = f", {rate:,.1f} a second, {_span((documents - now) / rate)} left" if rate > 0 else ""
        say(f"{doing}: {min(now, documents):,} of {documents:,} documents{left}")

    return tick


def _span(seconds: float) -> str:
    for unit, size in (("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
