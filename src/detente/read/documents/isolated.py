"""Which text does a page or a PDF hold, however hostile it is? Asked of a process that can be ended."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, runtime_checkable

from detente.errors import DocumentError
from detente.read.documents.document import Extract

SECONDS = 30
MOST_FILES = 500  # of one process: what the libraries keep of each would add up


@runtime_checkable
class Extractor(Protocol):
    """Whoever can be asked for the text of a file."""

    def __call__(self, kind: str, data: bytes, *, name: str, most_characters: int, seconds: int = SECONDS) -> Extract:
        """Which text does the file hold, and what does it state about itself?"""
        ...


def extracted(kind: str, data: bytes, *, name: str, most_characters: int, seconds: int = SECONDS) -> Extract:
    """Which text does the file hold, and what does it state about itself?

    kind  html or pdf

    Raises DocumentError when it holds no text, cannot be taken apart, or takes too long.
    """
    with extractor() as ask:
        return ask(kind, data, name=name, most_characters=most_characters, seconds=seconds)


@contextmanager
def extractor() -> Iterator[Extractor]:
    """Who takes many files apart, one after the other, in one process as long as none of them breaks it?"""
    with closing(_Kept()) as kept:
        yield kept.extracted


@dataclass(slots=True)
class _Kept:
    """A process that is kept for the next file; a file that breaks it after others is tried in a new one."""

    process: subprocess.Popen[bytes] | None = None
    files: int = field(default=0)

    def extracted(self, kind: str, data: bytes, *, name: str, most_characters: int, seconds: int = SECONDS) -> Extract:
        head = {"kind": kind, "name": name, "seconds": seconds, "characters": most_characters, "bytes": len(data)}
        request = json.dumps(head).encode("ascii") + b"\n" + data
        if self.files >= MOST_FILES:
            self.close()
        used = self.files > 0
        answer = self._asked(request, kind, name, seconds)
        if answer is None and used:
            answer = self._asked(request, kind, name, seconds)
        if answer is None:
            raise DocumentError(
                f"'{name}' is a {_what(kind)} that cannot be taken apart. Save its text as .txt and read that."
            )
        found: dict[str, str | None] = json.loads(answer)
        if fault := found.get("fault"):
            raise DocumentError(fault)
        return _extract(found)

    def close(self) -> None:
        process, self.process, self.files = self.process, None, 0
        if process is not None:
            process.kill()
            with suppress(BrokenPipeError):
                process.communicate()

    def _asked(self, request: bytes, kind: str, name: str, seconds: int) -> bytes | None:
        """Return the answer, or None where the process ended instead."""
        process = self._running()
        self.files += 1
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, end)
        timer.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            with suppress(BrokenPipeError):
                process.stdin.write(request)
                process.stdin.flush()
            answer = process.stdout.readline()
        finally:
            timer.cancel()
        if answer.endswith(b"\n"):
            return answer
        self.close()
        if late.is_set():
            raise DocumentError(
                f"'{name}' is a {_what(kind)} that could not be taken apart within {seconds} s. "
                "Save its text as .txt and read that."
            )
        return None

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None:
            # The process finds the same modules as this one, whichever way this one was told where they are.
            places = {**os.environ, "PYTHONPATH": os.pathsep.join(place for place in sys.path if place)}
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "detente.read.documents.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=places,
            )
        return self.process


def _what(kind: str) -> str:
    return "PDF" if kind == "pdf" else "page"


def _extract(answer: Mapping[str, str | None]) -> Extract:
    published, reported = answer["published"], answer["reported"]
    return Extract(
        text=answer["text"] or "",
        title=answer["title"],
        publisher=answer["publisher"],
        published=date.fromisoformat(published) if published else None,
        reported=date.fromisoformat(reported) if reported else None,
        url=answer["url"],
    )
