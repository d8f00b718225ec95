"""Jobs that run by the clock, and the only place that knows APScheduler.

A job must be short: APScheduler's executor cancels what runs when it is shut down. It sleeps by a clock
that never jumps until a wall time, so a wall clock that is set leaves it asleep
(github.com/agronholm/apscheduler/issues/351): a watchdog notices the jump and lets the job run now.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import JUMP_SECONDS, utc_now

LOG = logging.getLogger(__name__)

JOB_DEFAULTS = {
    "coalesce": True,
    "max_instances": 1,
    # The default of one second silently drops a run that is late.
    "misfire_grace_time": None,
}
JOB = "job"

LOOK_SECONDS = 1.0


def wall_drift() -> float:
    """Return how far the wall clock is from the one that never jumps: only a jump changes that."""
    return time.time() - time.monotonic()


@dataclass(frozen=True, slots=True)
class Schedule:
    """A running schedule."""

    _scheduler: AsyncIOScheduler
    _watchdog: asyncio.Task[None]

    def stop(self) -> None:
        """Start the job no more; a run under way is cancelled."""
        self._watchdog.cancel()
        self._scheduler.shutdown(wait=False)


def repeat(
    job: Callable[[], Awaitable[None]],
    every: timedelta,
    drift: Callable[[], float] = wall_drift,
    *,
    told_at: int = logging.WARNING,
) -> Schedule:
    """Run a coroutine function at once, again and again, and when the clock was set, in the running loop.

    `told_at` is the level of the line that says the clock was set: one job of a process tells it aloud.
    """
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=JOB_DEFAULTS)
    run = partial(_until_cancelled, job)
    scheduler.add_job(run, "interval", seconds=every.total_seconds(), next_run_time=utc_now(), id=JOB)
    scheduler.start()
    return Schedule(scheduler, asyncio.create_task(_watch(scheduler, drift, told_at)))


async def _until_cancelled(job: Callable[[], Awaitable[None]]) -> None:
    """Run the job; one that a stop cuts off has ended, which APScheduler would log as an error."""
    with suppress(asyncio.CancelledError):
        await job()


async def _watch(scheduler: AsyncIOScheduler, drift: Callable[[], float], told_at: int) -> None:
    before = drift()
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        jumped = drift() - before
        if abs(jumped) > JUMP_SECONDS:
            LOG.log(told_at, "clock was set seconds=%.0f", jumped)
            scheduler.modify_job(JOB, next_run_time=utc_now())
            scheduler.wakeup()
        before += jumped
