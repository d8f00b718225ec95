from __future__ import annotations

import asyncio
import threading

import pytest

from bot.ownthread import OwnThread


async def test_work_is_done_in_order_in_one_thread_that_is_not_the_loops() -> None:
    done: list[tuple[int, int]] = []

    def work(number: int, *, times: int) -> int:
        done.append((number, threading.get_ident()))
        return number * times

    thread = OwnThread("mine")
    results = await asyncio.gather(*(thread.run(work, number, times=2) for number in range(10)))
    assert results == [0, 2, 4, 6, 8, 10, 12, 14, 16, 18]
    assert [number for number, _ in done] == list(range(10))
    assert len({ident for _, ident in done} - {threading.get_ident()}) == 1


async def test_what_the_work_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        await OwnThread("mine").run(divmod, 1, 0)
