"""Long answers are worked out one at a time, the newest question first, and nobody who leaves holds up the others."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from starlette.types import Message

from detente.web.turns import Turns

T = TypeVar("T")
GONE: Message = {"type": "http.disconnect"}


def run(asking: Coroutine[Any, Any, T]) -> T:
    """Run it in a thread of its own: a browser of another test may hold the loop of this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asking).result()


async def staying() -> Message:
    await asyncio.sleep(60)
    return GONE


async def leaving(after: asyncio.Event) -> Message:
    await after.wait()
    return GONE


async def asked(turns: Turns, number: int, done: list[int], seconds: float = 0.0) -> None:
    async with turns.turn(staying) as mine:
        await asyncio.sleep(seconds)
        done += [number] * mine


async def one_leaves(turns: Turns) -> list[int]:
    done: list[int] = []
    begun = [asyncio.create_task(asked(turns, k, done, 0.02 * (k == 0))) for k in (0, 1, 2)]
    await asyncio.sleep(0.001)
    out = asyncio.Event()

    async def leaver() -> bool:
        async with turns.turn(partial(leaving, out)) as mine:
            return mine

    gone = asyncio.create_task(leaver())
    await asyncio.sleep(0.001)
    last = asyncio.create_task(asked(turns, 3, done))
    await asyncio.sleep(0.001)
    out.set()
    assert not await asyncio.wait_for(gone, 1), "who has gone is told so at once, while another is still at it"
    assert done == []
    await asyncio.gather(*begun, last)
    return done


def test_the_newest_is_next_and_who_left_is_passed_over() -> None:
    turns = Turns()
    assert run(one_leaves(turns)) == [0, 3, 2, 1]
    assert run(one_leaves(turns)) == [0, 3, 2, 1], "free again"


async def cancelled_at_its_turn(turns: Turns) -> list[int]:
    done: list[int] = []
    async with turns.turn(staying):
        late = asyncio.create_task(asked(turns, 1, done))
        await asyncio.sleep(0)
    late.cancel()  # its turn has come, and it has not begun
    await asyncio.gather(late, return_exceptions=True)
    await asyncio.wait_for(asked(turns, 2, done), 1)
    return done


def test_a_turn_that_nobody_takes_goes_on_to_the_next() -> None:
    assert run(cancelled_at_its_turn(Turns())) == [2]


async def paused(turns: Turns) -> float:
    done: list[int] = []
    await asked(turns, 1, done, 0.05)
    begun = asyncio.get_running_loop().time()
    await asked(turns, 2, done)
    return asyncio.get_running_loop().time() - begun


def test_half_of_the_time_is_left_to_others() -> None:
    assert run(paused(Turns())) > 0.04


async def broken(turns: Turns) -> list[int]:
    done: list[int] = []
    try:
        async with turns.turn(staying):
            raise ValueError
    except ValueError:
        await asyncio.wait_for(asked(turns, 1, done), 1)
    return done


def test_an_answer_that_breaks_lets_the_next_begin() -> None:
    assert run(broken(Turns())) == [1]
