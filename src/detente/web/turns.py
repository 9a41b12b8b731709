"""Who is answered next, where answers take long? One at a time, the newest question first.

Who asks anew gives up what was asked before: the newest question is the one that somebody still waits for, and served
in the order of asking most would be answered after they had moved on. Who has gone does not wait at all. After each
long answer comes a pause as long as it took, so that half of the time belongs to what is answered at once.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.types import Receive


class Turns:
    """One long answer at a time: `async with turns.turn(request.receive) as mine`."""

    __slots__ = ("_busy", "_waiting")

    def __init__(self) -> None:
        self._busy = False
        self._waiting: list[asyncio.Future[None]] = []

    @asynccontextmanager
    async def turn(self, receive: Receive) -> AsyncIterator[bool]:
        """Wait for a turn; False, and no turn, where whoever asked has gone meanwhile."""
        mine = await self._reached(receive)
        loop = asyncio.get_running_loop()
        begun = loop.time()
        try:
            yield mine
        finally:
            if mine:
                loop.call_later(loop.time() - begun, self._next)

    async def _reached(self, receive: Receive) -> bool:
        if not self._busy:
            self._busy = True
            return True
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        leaving = asyncio.ensure_future(_gone(receive))
        try:
            await asyncio.wait({turn, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if turn.done() and not leaving.done():
                return True
            self._give_up(turn)
        except asyncio.CancelledError:
            self._give_up(turn)
            raise
        finally:
            leaving.cancel()
        return False

    def _give_up(self, turn: "asyncio.Future[None]") -> None:
        if turn.done():
            self._next()
        else:
            self._waiting.remove(turn)

    def _next(self) -> None:
        if self._waiting:
            self._waiting.pop().set_result(None)
        else:
            self._busy = False


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
