"""The process of a run: waits for its place, does the work, writes down how it ended.

Begun as `python -m detente.desk.run_work DOSSIER RUN LOCK` by `detente.desk.runs`, with the lock of the run already
held. It may be killed at any moment: every file is written whole or not at all, and what is finished is found again.
"""

import datetime as dt
import importlib
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from detente.dossier.runs import RunFolder, run_folder, wait_for_place
from detente.errors import DetenteError

OFTEN = 0.25  # seconds between two words about what it is at


@dataclass(slots=True)
class Telling:
    """Write down how a run stands, what it is at not more often than can be read."""

    made: RunFolder
    told: dict[str, object]
    last: float = field(default=0.0)

    def put(self, **news: object) -> None:
        """Write news down at once."""
        self.told |= news
        self.made.put_state(self.told)

    def say(self, doing: str) -> None:
        """Write down what it is at, unless it said something a moment ago."""
        if time.monotonic() - self.last >= OFTEN:
            self.last = time.monotonic()
            self.put(doing=doing)


def work(folder: Path, id: str) -> None:
    """Do one run to its end; whoever calls this holds its lock."""
    made = run_folder(folder, id)
    wait_for_place(folder)  # held until this process ends
    telling = Telling(made, made.state())
    telling.put(state="running", started=_now(), doing="loading", version=version("detente"))
    # Only now: the analyses take a second to load, and whoever waits needs none of them.
    kinds = importlib.import_module("detente.desk.run_kinds")
    try:
        page, data = kinds.done(folder, made, telling)
        made.put("result.html", page)
        made.put("result.json", data)
        telling.put(state="done", ended=_now(), doing="")
    except DetenteError as fault:
        telling.put(state="failed", ended=_now(), doing="", message=str(fault))


def main(given: Sequence[str]) -> None:
    """Do what the command line of this process names."""
    folder, id, handle = given
    os.set_inheritable(int(handle), False)  # the lock is this process's alone, and not of those that work for it
    work(Path(folder), id)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


if __name__ == "__main__":
    main(sys.argv[1:])
