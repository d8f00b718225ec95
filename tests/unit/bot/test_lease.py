"""Two processes on one database: one works, the other takes over when the first is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.lease import Leases
from bot.store import Store, open_store
from handlers.errors import StoreError

PATIENCE_SECONDS = 10
SOON = 0.01


class Work:
    """Endless work that tells when it begins and ends."""

    def __init__(self) -> None:
        self.began = asyncio.Event()
        self.ended = asyncio.Event()

    async def run(self) -> None:
        self.began.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.ended.set()


class Table:
    """Leases that can be taken away or break."""

    def __init__(self) -> None:
        self.answers: Callable[[], bool] = lambda: True

    def take(self, name: str, owner: str, now: datetime, for_: timedelta) -> bool:
        return self.answers()

    def release(self, name: str, owner: str) -> None:
        self.answers()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/state.sqlite")
    yield opened
    opened.close()


def start(leases: Leases, work: Work) -> asyncio.Task[Any]:
    holding: Coroutine[Any, Any, Any] = leases.while_held("poller", work.run)
    return asyncio.create_task(holding)


async def stop(*tasks: asyncio.Task[Any]) -> None:
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def soon(event: asyncio.Event) -> None:
    await asyncio.wait_for(event.wait(), PATIENCE_SECONDS)


async def test_one_process_works_and_the_other_takes_over_when_it_stops(store: Store) -> None:
    first, second = Work(), Work()
    one = start(Leases(store.leases, renewal_seconds=SOON), first)
    await soon(first.began)
    other = start(Leases(store.leases, renewal_seconds=SOON), second)
    await stop(one)
    await soon(second.began)
    assert first.ended.is_set()
    await stop(other)


async def test_a_process_whose_lease_was_taken_stops_working(store: Store) -> None:
    table, work = Table(), Work()
    task = start(Leases(table, renewal_seconds=SOON), work)
    await soon(work.began)
    table.answers = lambda: False
    await soon(work.ended)
    await stop(task)


async def test_while_the_database_fails_who_works_goes_on_and_who_waits_goes_on_waiting() -> None:
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()

    def fail() -> bool:
        loop.call_soon_threadsafe(asked.set)
        raise StoreError("the server closed the connection")

    def refuse() -> bool:
        loop.call_soon_threadsafe(asked.set)
        return False

    working, waiting = Table(), Table()
    waiting.answers = refuse
    worker, waiter = Work(), Work()
    tasks = [
        start(Leases(table, renewal_seconds=SOON), work)
        for table, work in ((working, worker), (waiting, waiter))
    ]
    await soon(worker.began)
    await soon(asked)
    for table in (working, waiting):
        asked.clear()
        table.answers = fail
        await soon(asked)
    assert not worker.ended.is_set()
    assert not waiter.began.is_set()
    await stop(*tasks)


async def test_a_database_that_fails_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    asked = asyncio.Semaphore(0)
    loop = asyncio.get_running_loop()

    def fail() -> bool:
        loop.call_soon_threadsafe(asked.release)
        raise StoreError("attempt to write a readonly database")

    table = Table()
    table.answers = fail
    task = start(Leases(table, renewal_seconds=SOON), Work())
    for _ in range(3):
        await asyncio.wait_for(asked.acquire(), PATIENCE_SECONDS)
    await stop(task)
    assert caplog.text.count("lease not renewed") == 1


async def test_processes_of_one_owner_need_not_wait_for_a_lease_of_the_dead(store: Store) -> None:
    dead, reborn = Work(), Work()
    one = start(Leases(store.leases, owner="alone"), dead)
    await soon(dead.began)
    other = start(Leases(store.leases, owner="alone"), reborn)
    await soon(reborn.began)
    await stop(other, one)
