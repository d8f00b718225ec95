"""Alerts while the process runs: a tick plans what is due, then one worker a platform sends it."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from bot.alerts.clock import Clock
from bot.alerts.ledger import Ledger
from bot.alerts.planner import plan_due
from bot.alerts.worker import Worker
from bot.platform import Platform
from bot.scheduler import Schedule, repeat
from bot.store import Store
from bot.store.rows import State
from handlers.ports import Library

LOG = logging.getLogger(__name__)

TICK = timedelta(seconds=20)

DRAIN_SECONDS = 20.0
"""How long stopping waits for what is under way; what is cut off is tried again after its lease."""


class AlertService:
    """Plans and delivers alerts from `start` to `stop`, in the event loop that started it."""

    def __init__(
        self,
        store: Store,
        borrow: Callable[[], AbstractContextManager[Library]],
        platforms: Mapping[str, Platform],
        clock: Clock | None = None,
    ) -> None:
        self._store = store
        self._borrow = borrow
        self._clock = clock or Clock()
        self._workers = [Worker(store.deliveries, each, self._clock) for each in platforms.values()]
        self._planning = asyncio.Lock()
        self._stopping = False
        self._lanes: list[asyncio.Task[None]] = []
        self._schedule: Schedule | None = None

    async def start(self) -> None:
        """Begin to tick, at once and then every 20 seconds; connect the platforms first."""
        self._lanes = [asyncio.create_task(worker.run()) for worker in self._workers]
        self._schedule = repeat(self._tick_now, TICK)

    async def stop(self) -> None:
        """Stop planning, stop claiming, let what is under way end, for 20 seconds at most."""
        self._stopping = True
        async with self._planning:
            if self._schedule:
                self._schedule.stop()
        for worker in self._workers:
            worker.stop()
        if self._lanes:
            _, cut_off = await asyncio.wait(self._lanes, timeout=DRAIN_SECONDS)
            for lane in cut_off:
                lane.cancel()
            await asyncio.gather(*cut_off, return_exceptions=True)

    async def tick(self, now: datetime) -> None:
        """Plan what is due and wake the workers. Never raises: the next tick tries again."""
        async with self._planning:
            if self._stopping:
                return
            try:
                await asyncio.to_thread(self._plan, now)
            except Exception:
                LOG.exception("alerts not planned")
        for worker in self._workers:
            worker.wake()

    async def _tick_now(self) -> None:
        await self.tick(self._clock.now())

    def _plan(self, now: datetime) -> None:
        swept = self._store.deliveries.sweep(now)
        with self._borrow() as library:
            queued = plan_due(self._store, library, now)
        if queued or swept.reaped or swept.expired:
            LOG.info("alerts planned queued=%d reaped=%d expired=%d", queued, swept.reaped, swept.expired)


async def deliver_once(
    store: Store, library: Library, platforms: Mapping[str, Platform], clock: Clock
) -> Ledger:
    """Plan and send once what is due by the clock, and account for it. Raises StoreError.

    All that waits counts as pending: put off, of a paused platform or of one that is not here.
    """
    now = clock.now()
    swept = await asyncio.to_thread(store.deliveries.sweep, now)
    await asyncio.to_thread(plan_due, store, library, now)
    workers = (Worker(store.deliveries, each, clock) for each in platforms.values())
    tallies = await asyncio.gather(*(worker.deliver_due() for worker in workers))
    waiting = (await asyncio.to_thread(store.deliveries.counts)).get(State.PENDING, 0)
    return Ledger(**sum(tallies, Counter()) | {"expired": swept.expired, "pending": waiting})
