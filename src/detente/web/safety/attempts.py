"""Has somebody guessed a password too often? Counted by name and by where it came from, over the last minutes."""

import time
from collections import OrderedDict
from collections.abc import Callable

WINDOW_SECONDS = 300.0
MOST_FAILURES = 5
MOST_KEPT = 10_000


class Attempts:
    """Counts failures; a success does not wipe out those of the same place under other names."""

    __slots__ = ("_clock", "_failed")

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: OrderedDict[str, list[float]] = OrderedDict()

    def wait_seconds(self, *keys: str) -> int:
        """Return how long to wait before the next guess, 0 where one may guess now."""
        now = self._clock()
        waits = [0.0]
        for key in keys:
            recent = [at for at in self._failed.get(key, ()) if now - at < WINDOW_SECONDS]
            if len(recent) >= MOST_FAILURES:
                waits.append(recent[-MOST_FAILURES] + WINDOW_SECONDS - now)
        longest = max(waits)
        return int(longest) + 1 if longest > 0 else 0

    def failed(self, *keys: str) -> None:
        """Count a failure."""
        now = self._clock()
        for key in keys:
            recent = [at for at in self._failed.pop(key, []) if now - at < WINDOW_SECONDS]
            self._failed[key] = [*recent[-MOST_FAILURES:], now]
        while len(self._failed) > MOST_KEPT:
            self._failed.popitem(last=False)

    def succeeded(self, key: str) -> None:
        """Forget the failures under a name."""
        self._failed.pop(key, None)
