"""Which orders wait, which one is at hand, and what came of the last?"""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from detente.desk.intake.orders import Came, CatchUp, Order, Refused, Upload
from detente.desk.intake.process import Hand, Say
from detente.errors import DossierError, UsageError

LIMIT: Final = 5_000_000  # bytes of a document, as for the command line
SECONDS: Final = 90.0
MOST_WAITING: Final = 40
MOST_BYTES: Final = 64_000_000  # of all documents that wait
MOST_KEPT: Final = 60

State = Literal["waiting", "at work", "done", "refused"]


@dataclass(frozen=True, slots=True)
class Task:
    """An order and how it stands; `says` is what it is at, or why it was refused, `kind` the kind of refusal."""

    number: int
    order: Order
    by: str
    state: State = "waiting"
    says: str = ""
    kind: str = ""
    came: Came | None = None

    @property
    def folder(self) -> Path:
        """The dossier it is about."""
        return self.order.folder

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ("done", "refused")


class Intake:
    """Takes orders and has them done one after the other; safe to be asked from several threads."""

    __slots__ = ("_changed", "_next", "_over", "_seconds", "_tasks", "_thread", "_waiting", "hand")

    def __init__(self, *, over: Callable[[Task], None] = lambda _: None, seconds: float = SECONDS) -> None:
        """`over` is told of every order that was done or refused, `seconds` is how long one may take."""
        self.hand = Hand()
        self._over, self._seconds = over, seconds
        self._changed = threading.Condition()
        self._next = 1
        self._tasks: OrderedDict[int, Task] = OrderedDict()
        self._waiting: deque[int] = deque()
        self._thread: threading.Thread | None = None

    def warm(self) -> None:
        """Load the reader before anybody waits for it."""
        with self._changed:
            self._begin()

    def ask(self, order: Order, *, by: str) -> Task:
        """Put an order at the end of the line; one to catch up that waits already does for several.

        Raises UsageError for a document that is too large, DossierError where too much waits already.
        """
        with self._changed:
            waiting = [self._tasks[n] for n in self._waiting]
            if isinstance(order, CatchUp) and (same := next((t for t in waiting if t.order == order), None)):
                return same
            _require_room(order, [t.order for t in waiting])
            task = Task(self._next, order, by, says="waiting for the reader")
            self._next += 1
            self._tasks[task.number] = task
            self._waiting.append(task.number)
            self._forget()
            self._begin()
            self._changed.notify_all()
            return task

    def tasks(self, folder: Path) -> tuple[Task, ...]:
        """List what is asked about a dossier, oldest first."""
        with self._changed:
            return tuple(t for t in self._tasks.values() if t.folder == folder)

    def wait(self, task: Task, seconds: float) -> Task:
        """Wait until an order is done, or for so long; return how it stands then."""
        until = time.monotonic() + seconds
        with self._changed:
            self._changed.wait_for(lambda: self._now(task).is_over, timeout=max(0.0, until - time.monotonic()))
            return self._now(task)

    def close(self) -> None:
        """End the process that reads."""
        self.hand.end()

    def _now(self, task: Task) -> Task:
        return self._tasks.get(task.number, task)

    def _begin(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="detente-intake", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        self.hand.ready(lambda _: None)
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._waiting))
                number = self._waiting.popleft()
            self._do(number)

    def _do(self, number: int) -> None:
        task = self._put(replace(self._tasks[number], state="at work", says=""))
        answer = self.hand.ask(task.order, seconds=self._seconds, say=self._saying(number))
        # What a document holds is not kept once it is done: it lies in the dossier, or is refused.
        order = replace(task.order, content=b"") if isinstance(task.order, Upload) else task.order
        if isinstance(answer, Refused):
            told = replace(task, state="refused", says=answer.words, kind=answer.kind, order=order)
        else:
            told = replace(task, state="done", says="", came=answer, order=order)
        self._over(told)
        self._put(told)

    def _saying(self, number: int) -> Say:
        return lambda words: self._told(number, words)

    def _told(self, number: int, words: str) -> None:
        self._put(replace(self._tasks[number], says=words))

    def _put(self, task: Task) -> Task:
        with self._changed:
            self._tasks[task.number] = task
            self._changed.notify_all()
            return task

    def _forget(self) -> None:
        over = [n for n, t in self._tasks.items() if t.is_over]
        for number in over[: max(0, len(self._tasks) - MOST_KEPT)]:
            del self._tasks[number]


def _require_room(order: Order, waiting: list[Order]) -> None:
    """Refuse a document that is too large, and more of them than can be held.

    Raises UsageError, DossierError.
    """
    size = len(order.content) if isinstance(order, Upload) else 0
    if size > LIMIT:
        raise UsageError(
            f"'{order.called[:100]}' is {size / 1e6:.1f} MB; the limit is {LIMIT / 1e6:g} MB. "
            "Split it, and add its parts."
        )
    held = sum(len(o.content) for o in waiting if isinstance(o, Upload))
    if len(waiting) >= MOST_WAITING or held + size > MOST_BYTES:
        raise DossierError(
            "Too many documents wait to be read. Wait until some are done, or read a folder with "
            "`detente read FOLDER --into DOSSIER`."
        )
