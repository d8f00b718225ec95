from __future__ import annotations

import asyncio

import pytest

from bot.telegram.tasks import Tasks


async def test_draining_waits_for_work_that_ends() -> None:
    tasks, done = Tasks(), asyncio.Event()

    async def work() -> None:
        await asyncio.sleep(0)
        done.set()

    tasks.spawn(work())
    await tasks.drain(5)
    assert done.is_set()


async def test_work_that_does_not_end_in_time_is_cancelled() -> None:
    tasks = Tasks()

    async def wait_for_ever() -> None:
        await asyncio.Event().wait()

    task = tasks.spawn(wait_for_ever())
    await tasks.drain(0)
    assert task.cancelled()


async def test_failed_work_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    tasks = Tasks()

    async def fail() -> None:
        raise ValueError("broken")

    tasks.spawn(fail())
    await tasks.drain(5)
    (record,) = caplog.records
    assert record.exc_info
    assert str(record.exc_info[1]) == "broken"
