"""Who has entered, until when, and with which form token?"""

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

MOST = 1000
IDLE_SECONDS = 12 * 3600.0


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who entered: by which name they sign, and the token that their forms carry."""

    id: str
    name: str
    form_token: str


class Visitors:
    """Keeps who has entered, in memory: a desk that is started again asks everybody to enter again."""

    __slots__ = ("_clock", "_key", "_seen")

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._key = secrets.token_bytes(32)
        self._clock = clock
        self._seen: OrderedDict[str, tuple[str, float]] = OrderedDict()

    def enter(self, name: str) -> Visitor:
        """Let somebody in under a name; the one who has been quiet longest makes room where there is none."""
        made = secrets.token_urlsafe(32)
        self._seen[made] = (name, self._clock())
        while len(self._seen) > MOST:
            self._seen.popitem(last=False)
        return self._visitor(made, name)

    def known(self, id: str) -> Visitor | None:
        """Return who has entered with an id, None where nobody has or where it was too long ago."""
        name, seen = self._seen.get(id, ("", 0.0))
        if not name:
            return None
        if self._clock() - seen > IDLE_SECONDS:
            self.leave(id)
            return None
        self._seen[id] = (name, self._clock())
        self._seen.move_to_end(id)
        return self._visitor(id, name)

    def leave(self, id: str) -> None:
        """Forget somebody."""
        self._seen.pop(id, None)

    def _visitor(self, id: str, name: str) -> Visitor:
        return Visitor(id, name, hmac.new(self._key, id.encode(), hashlib.sha256).hexdigest())
