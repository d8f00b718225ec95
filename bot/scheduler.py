"""The one job that runs by the clock, and the only place that knows APScheduler.

The job must be short: APScheduler's executor cancels what runs when it is shut down.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

JOB_DEFAULTS = {
    "coalesce": True,
    "max_instances": 1,
    # The default of one second silently drops a run that is late.
    "misfire_grace_time": None,
}


@dataclass(frozen=True, slots=True)
class Schedule:
    """A running schedule."""

    _scheduler: AsyncIOScheduler

    def stop(self) -> None:
        """Start the job no more; a run under way is cancelled."""
        self._scheduler.shutdown(wait=False)


def repeat(job: Callable[[], Awaitable[None]], every: timedelta) -> Schedule:
    """Run a coroutine function at once and then again and again, in the running event loop."""
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=JOB_DEFAULTS)
    scheduler.add_job(job, "interval", seconds=every.total_seconds(), next_run_time=datetime.now(UTC))
    scheduler.start()
    return Schedule(scheduler)
