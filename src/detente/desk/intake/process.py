"""How is the process that reads begun, asked within a time, and ended where it takes too long?"""

import importlib
import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from detente.desk.intake.orders import Answer, Came, Order, Refused, Said, TakeIn

LOADING_SECONDS = 120.0
WORKER = "detente.desk.intake.worker"

Say = Callable[[str], None]


@dataclass(slots=True)
class Hand:
    """The process: begun when it is needed, and anew after it was ended; `worker` is the module that does the work."""

    worker: str = WORKER
    process: SpawnProcess | None = None
    at: Connection | None = None

    def ready(self, say: Say) -> Refused | None:
        """Begin the process where there is none, and wait until it can read."""
        if self.process is not None and self.process.is_alive():
            return None
        self.end()
        context = multiprocessing.get_context("spawn")
        self.at, theirs = context.Pipe()
        self.process = context.Process(target=_begun, args=(theirs, self.worker), name="detente-reader", daemon=True)
        self.process.start()
        theirs.close()
        answer = self._answer("the reader", LOADING_SECONDS, say)
        return answer if isinstance(answer, Refused) else None

    def ask(self, order: Order | TakeIn, *, seconds: float, say: Say) -> Came | Refused:
        """Have an order done within a time."""
        if (fault := self.ready(say)) is not None:
            return fault
        assert self.at is not None
        try:
            self.at.send(order)
        except OSError:
            return self._broken(order.called)
        return self._answer(order.called, seconds, say)

    def end(self) -> None:
        """End the process, whatever it is at."""
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.join()
        if self.at is not None:
            self.at.close()
            self.at = None

    def _answer(self, called: str, seconds: float, say: Say) -> Came | Refused:
        assert self.at is not None
        until = time.monotonic() + seconds
        try:
            while self.at.poll(max(0.0, until - time.monotonic())):
                answer: Answer = self.at.recv()
                if not isinstance(answer, Said):
                    return answer
                say(answer.words)
        except (EOFError, OSError):
            return self._broken(called)
        self.end()
        return Refused(
            "TooLong", f"'{called}' took longer than {seconds:g} s and was left. Split it, and add its parts."
        )

    def _broken(self, called: str) -> Refused:
        self.end()
        return Refused("Broken", f"'{called}' took more memory than there is for it, or ended the reader. Split it.")


def _begun(at: Connection, worker: str) -> None:
    # By name: what reads is loaded there, and not where this module is.
    importlib.import_module(worker).work(at)
