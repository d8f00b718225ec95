from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.scheduler import repeat


async def test_a_job_runs_at_once_and_again() -> None:
    runs: asyncio.Queue[None] = asyncio.Queue()

    async def job() -> None:
        runs.put_nowait(None)

    schedule = repeat(job, timedelta(milliseconds=10))
    async with asyncio.timeout(5):
        for _ in range(3):
            await runs.get()
    schedule.stop()


async def test_a_job_that_takes_longer_than_its_interval_never_runs_twice_at_once() -> None:
    under_way = most = 0
    enough = asyncio.Event()
    ends: list[int] = []

    async def job() -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.03)
        under_way -= 1
        ends.append(1)
        if len(ends) == 3:
            enough.set()

    schedule = repeat(job, timedelta(milliseconds=5))
    async with asyncio.timeout(5):
        await enough.wait()
    schedule.stop()
    assert most == 1


async def test_a_stopped_schedule_runs_nothing_more() -> None:
    runs: asyncio.Queue[None] = asyncio.Queue()

    async def job() -> None:
        runs.put_nowait(None)

    schedule = repeat(job, timedelta(milliseconds=5))
    async with asyncio.timeout(5):
        await runs.get()
    schedule.stop()
    await asyncio.sleep(0)  # the shutdown is a callback of the event loop
    seen = runs.qsize()
    await asyncio.sleep(0.03)
    assert runs.qsize() == seen


async def test_a_job_that_a_stop_cuts_off_ends_without_an_error_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def job() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    schedule = repeat(job, timedelta(seconds=60))
    async with asyncio.timeout(5):
        await begun.wait()
        schedule.stop()
        await ended.wait()
        for _ in range(5):
            await asyncio.sleep(0)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_a_clock_that_is_set_lets_the_job_run_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.scheduler.LOOK_SECONDS", 0.01)
    runs: asyncio.Queue[None] = asyncio.Queue()
    drift = 0.0

    async def job() -> None:
        runs.put_nowait(None)

    schedule = repeat(job, timedelta(hours=1), lambda: drift)
    async with asyncio.timeout(5):
        await runs.get()
        for jump in (-86_400.0, 3_600.0):
            drift += jump
            await runs.get()
    schedule.stop()
    assert runs.empty()


async def test_one_of_many_jobs_tells_that_the_clock_was_set(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.scheduler.LOOK_SECONDS", 0.01)
    runs: asyncio.Queue[None] = asyncio.Queue()
    drift = 0.0

    async def job() -> None:
        runs.put_nowait(None)

    first = repeat(job, timedelta(hours=1), lambda: drift)
    second = repeat(job, timedelta(hours=1), lambda: drift, told_at=logging.DEBUG)
    async with asyncio.timeout(5):
        for _ in range(2):
            await runs.get()
        drift = 3_600.0
        for _ in range(2):
            await runs.get()
    first.stop()
    second.stop()
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.INFO]
    assert told == ["clock was set seconds=3600"]


async def test_a_clock_that_is_slewed_disturbs_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.scheduler.LOOK_SECONDS", 0.001)
    runs: asyncio.Queue[None] = asyncio.Queue()
    looks, enough = 0, asyncio.Event()

    def drift() -> float:
        nonlocal looks
        looks += 1
        if looks == 20:
            enough.set()
        return looks * 1.5

    async def job() -> None:
        runs.put_nowait(None)

    schedule = repeat(job, timedelta(hours=1), drift)
    async with asyncio.timeout(5):
        await enough.wait()
    schedule.stop()
    assert runs.qsize() == 1
