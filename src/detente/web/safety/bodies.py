"""Is what was sent small enough, and sent in time?

A body is read whole, within bounds, before anything else looks at it: the form token is found in it, and what answers
the request reads it from memory.
"""

import asyncio
from collections.abc import Mapping

from starlette.types import Message, Receive

MIB = 1 << 20
USUAL = MIB
# What may be larger than a form: documents, and a file for the ledger.
LARGER: Mapping[str, int] = {"documents": 32 * MIB, "ledger": 8 * MIB}
SECONDS = 30.0
TOO_LARGE = 413
TOO_SLOW = 408
PUT_WRONGLY = 400


def limit(path: str) -> int:
    """Return how many bytes may be sent to a path; the first part of the path decides, of the interface the second.

    >>> limit("/situation/agenda"), limit("/documents") > limit("/"), limit("/api/documents") > limit("/api/inputs")
    (1048576, True, True)
    """
    parts = [part for part in path.split("/") if part]
    first = parts[1] if len(parts) > 1 and parts[0] == "api" else parts[0] if parts else ""
    return LARGER.get(first, USUAL)


async def whole(receive: Receive, *, most: int, announced: str, seconds: float = SECONDS) -> bytes | int:
    """Return a body, or the status that refuses it: too large as announced or as sent, too slow, or cut off."""
    if announced and (not announced.isascii() or not announced.isdigit()):
        return PUT_WRONGLY
    if announced and int(announced[:20]) > most:
        return TOO_LARGE
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return PUT_WRONGLY
                body += message.get("body", b"")
                if len(body) > most:
                    return TOO_LARGE
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        return TOO_SLOW


class Replay:
    """Hands out a body that was read already, and after it what still comes."""

    __slots__ = ("_body", "_receive")

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        """Give the body once, then wait for the end of the connection."""
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}
