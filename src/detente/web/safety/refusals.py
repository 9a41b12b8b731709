"""What was turned away, and why? The reason and the route are kept; what was sent is not."""

import datetime as dt
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

KEPT = 1000
_WORD = re.compile(r"[a-z][a-z-]{0,23}")
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """One request that was turned away."""

    at: str
    status: int
    reason: str
    route: str


class Refusals:
    """Keeps the last refusals, and tells each as one line."""

    __slots__ = ("_kept", "_tell")

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._kept: deque[Refusal] = deque(maxlen=KEPT)

    def note(self, status: int, reason: str, *, method: str, path: str) -> None:
        """Write a refusal down."""
        at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        shown = method if method in METHODS else "OTHER"
        made = Refusal(at, status, reason, f"{shown} {route(path)}")
        self._kept.append(made)
        self._tell(f"{made.at} refused {made.status} ({made.reason}): {made.route}")

    def kept(self) -> tuple[Refusal, ...]:
        """List the last refusals, oldest first."""
        return tuple(self._kept)


def route(path: str) -> str:
    """Return the first part of a path where it is a plain word, so that a log never holds what somebody typed.

    >>> route("/situation/agenda"), route("/why/<script>"), route("/%0d%0a"), route("/")
    ('/situation', '/why', '/...', '/')
    """
    first = path.removeprefix("/").partition("/")[0]
    return "/" if not first else f"/{first}" if _WORD.fullmatch(first) else "/..."
