"""Alerts while the process runs: a tick plans what is due, then one worker a platform sends it."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.alerts.clock import Clock, Steadiness
from bot.alerts.ledger import Ledger
from bot.alerts.planner import plan_due
from bot.alerts.policy import Policy
from bot.alerts.worker import Worker
from bot.ownthread import OwnThread
from bot.platform import Platform
from bot.scheduler import Schedule, repeat
from bot.store import Store
from bot.store.rows import State
from bot.telemetry import Telemetry
from handlers.errors import StoreError
from handlers.ports import Library

LOG = logging.getLogger(__name__)

TICK = timedelta(seconds=20)

PRESENT_FOR = timedelta(seconds=60)
"""How long a process that died still counts among those that share the pace of a platform."""

PRUNE_SECONDS = 6 * 3600.0

FARTHEST_JUMP_SECONDS = 36 * 3600.0
"""A wall clock that jumps farther is wrong rather than set: nothing is planned by it."""

DRAIN_SECONDS = 20.0
"""How long stopping waits for what is under way; what is cut off is tried again after its lease."""


@dataclass(frozen=True, slots=True)
class Duties:
    """What this process does, and how; `alone` where no other process uses the database."""

    plans: bool = True
    delivers: bool = True
    alone: bool = False
    policy: Policy = field(default_factory=Policy)
    telemetry: Telemetry = field(default_factory=Telemetry)


class AlertService:
    """Plans and delivers alerts from `start` to `stop`, in the event loop that started it."""

    def __init__(
        self,
        store: Store,
        borrow: Callable[[], AbstractContextManager[Library]],
        platforms: Mapping[str, Platform],
        clock: Clock | None = None,
        duties: Duties | None = None,
    ) -> None:
        self._store = store
        self._borrow = borrow
        self._clock = clock or Clock()
        self._duties = duties or Duties()
        present = platforms.values() if self._duties.delivers else ()
        how = (self._clock, self._duties.policy, self._duties.telemetry)
        self._workers = [Worker(store.deliveries, each, *how) for each in present]
        self._thread = OwnThread("planner")
        self._planning = asyncio.Lock()
        self._stopping = False
        self._lanes: list[asyncio.Task[None]] = []
        self._schedule: Schedule | None = None
        self._began = self._clock.drift()
        self._steady = Steadiness(self._clock)
        self._prune_at = 0.0
        self._fails = False

    async def start(self) -> None:
        """Begin to tick, at once and then every 20 seconds; connect the platforms first."""
        if self._duties.alone:
            await self._reclaim()
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
        with suppress(StoreError):
            await self._thread.run(self._leave)

    async def tick(self, now: datetime) -> None:
        """Plan what is due and wake the workers. Never raises: the next tick tries again."""
        async with self._planning:
            if self._stopping:
                return
            try:
                await self._thread.run(self._work, now)
            except StoreError as error:
                if not self._fails:
                    LOG.error("alerts not planned error=%s", error)  # noqa: TRY400 -- the database's own words
                self._fails = True
            except Exception:
                LOG.exception("alerts not planned")
            else:
                self._fails = False
        for worker in self._workers:
            worker.wake()

    async def _tick_now(self) -> None:
        await self.tick(self._clock.now())

    async def _reclaim(self) -> None:
        """Take back what a process that died was sending: no other can be at it."""
        names = [worker.sender.platform for worker in self._workers]
        with suppress(StoreError):
            back = await self._thread.run(self._store.deliveries.reclaim, names, self._clock.now())
            self._duties.telemetry.count("reaped", back)

    def _work(self, now: datetime) -> None:
        self._share(now)
        self._sweep(now)
        if self._duties.plans:
            self._plan(now)
        self._close(now)
        self._prune(now)

    def _share(self, now: datetime) -> None:
        """Say that we are here, and count who else sends on our platforms."""
        for worker in () if self._duties.alone else self._workers:
            place = f"sender|{worker.sender.platform}|"
            owner = worker.sender.owner
            self._store.leases.take(place + owner, owner, now, PRESENT_FOR)
            worker.share(self._store.leases.count(place, now))

    def _leave(self) -> None:
        for worker in self._workers:
            place, owner = f"sender|{worker.sender.platform}|", worker.sender.owner
            self._store.leases.release(place + owner, owner)

    def _sweep(self, now: datetime) -> None:
        """End what is over. A lease given before the clock was set tells nothing of who has it."""
        is_steady = self._steady.seconds() > self._store.deliveries.lease.total_seconds()
        swept = self._store.deliveries.sweep(now, reaps=is_steady)
        self._duties.telemetry.count("reaped", swept.reaped)
        self._duties.telemetry.count("expired", swept.expired)
        if swept.reaped or swept.expired:
            LOG.warning("alerts swept reaped=%d expired=%d", swept.reaped, swept.expired)

    def _plan(self, now: datetime) -> None:
        jumped = self._clock.drift() - self._began
        if abs(jumped) > FARTHEST_JUMP_SECONDS:
            LOG.error("nothing planned: the clock is %.0f hours off; restart if it is right", jumped / 3600)
            return
        with self._borrow() as library:
            queued = plan_due(self._store, library, now, self._duties.policy.language)
        self._duties.telemetry.count("due", queued)
        if queued:
            LOG.info("alerts planned queued=%d", queued)

    def _close(self, now: datetime) -> None:
        """Tell the operator of each run once, in one line."""
        for run in self._store.runs.close(now):
            if run.undelivered:
                LOG.error("run ended, see `hangxun deliveries list` %s", run)
            else:
                LOG.info("run ended %s", run)

    def _prune(self, now: datetime) -> None:
        if self._duties.plans and self._clock.seconds() >= self._prune_at:
            self._prune_at = self._clock.seconds() + PRUNE_SECONDS
            if pruned := self._store.pruning.prune(now):
                LOG.info("old rows deleted %s", " ".join(f"{name}={n}" for name, n in pruned.items()))


async def deliver_once(
    store: Store,
    library: Library,
    platforms: Mapping[str, Platform],
    clock: Clock,
    policy: Policy | None = None,
) -> Ledger:
    """Plan and send once what is due by the clock, and account for it. Raises StoreError.

    All that waits counts as pending: put off, of a paused platform or of one that is not here.
    """
    now, policy = clock.now(), policy or Policy()
    swept = await asyncio.to_thread(store.deliveries.sweep, now)
    await asyncio.to_thread(plan_due, store, library, now, policy.language)
    workers = (Worker(store.deliveries, each, clock, policy) for each in platforms.values())
    tallies = await asyncio.gather(*(worker.deliver_due() for worker in workers))
    waiting = (await asyncio.to_thread(store.deliveries.counts)).get(State.PENDING, 0)
    return Ledger(**sum(tallies, Counter()) | {"expired": swept.expired, "pending": waiting})
