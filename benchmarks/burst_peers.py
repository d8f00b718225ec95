"""The peers of a burst: a job for each person, as bots are often built.

APScheduler keeps a job a person in a job store; python-telegram-bot's JobQueue keeps them in memory, and its
rate limiter sets the pace. Neither knows what was sent: a crash loses or repeats all that is under way.

    python -m benchmarks.burst_peers BASE_URL PER_SECOND COUNT     sends to so many chats; 0: without a limit
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.events import EVENT_JOB_EXECUTED
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from benchmarks.children import CHECKOUT, in_checkout
from tests.faults.crowd import TOKEN, Crowd
from tests.faults.odds import paced
from tests.faults.scenario import FAST_DISK
from tests.faults.stage import FIRST_CHAT

MOST = 10_000
"""Chats for which the planning of a peer is measured; it takes minutes beyond."""

TEXT = "行讯 · 推送\n" + "一季度集成电路产量增长，芯片企业分化。\n" * 12
START_SECONDS = 180
Figures = Mapping[str, float | str]


def apscheduler_store(count: int) -> float:
    """Return the seconds until a job for each chat has run; its store is SQLite on a disk in memory."""
    with tempfile.TemporaryDirectory(dir=FAST_DISK) as folder:
        store = SQLAlchemyJobStore(f"sqlite:///{folder}/jobs.sqlite")
        defaults = {"misfire_grace_time": None, "coalesce": True}
        scheduler = BackgroundScheduler({"default": store}, job_defaults=defaults, timezone=UTC)
        left, done = iter(range(count - 1)), threading.Event()
        scheduler.add_listener(lambda _event: next(left, None) is None and done.set(), EVENT_JOB_EXECUTED)
        due = datetime.now(UTC) - timedelta(minutes=1)
        scheduler.start(paused=True)
        for number in range(count):
            scheduler.add_job(
                "time:time", "cron", hour=due.hour, minute=due.minute, next_run_time=due, id=str(number)
            )
        started = time.perf_counter()
        scheduler.resume()
        done.wait()
        seconds = time.perf_counter() - started
        scheduler.shutdown()
        return seconds


def job_queue(count: int) -> float:
    """Return the seconds until a job for each chat has run; they are kept in memory."""
    return asyncio.run(_run_jobs(count))


async def _run_jobs(count: int) -> float:
    from telegram.ext import Application, JobQueue

    queue: Any = JobQueue()
    application = Application.builder().token(TOKEN).updater(None).build()
    queue.set_application(application)  # which it refers to weakly
    left, done = iter(range(count - 1)), asyncio.Event()

    async def fire(_context: object) -> None:
        if next(left, None) is None:
            done.set()

    for number in range(count):
        queue.run_once(fire, 0, name=str(number), job_kwargs={"misfire_grace_time": None})
    started = time.perf_counter()
    await queue.start()
    await done.wait()
    seconds = time.perf_counter() - started
    await queue.stop(wait=True)
    return seconds


PLANNERS: Mapping[str, Callable[[int], float]] = {
    "APScheduler, a job a chat in a job store": apscheduler_store,
    "python-telegram-bot, JobQueue": job_queue,
}


async def paced_sender(pace: int, seconds: float) -> Figures:
    """Send by JobQueue behind the library's rate limiter."""
    return await _sent(pace, seconds, pace * 0.97)


async def free_sender(pace: int, seconds: float) -> Figures:
    """Send by JobQueue alone."""
    return await _sent(pace, seconds, 0)


SENDERS: Mapping[str, Callable[[int, float], Awaitable[Figures]]] = {
    "python-telegram-bot, JobQueue and AIORateLimiter": paced_sender,
    "python-telegram-bot, JobQueue alone": free_sender,
}


async def _sent(pace: int, seconds: float, per_second: float) -> Figures:
    """Return at what pace a peer in a process of its own sends to a crowd, and what it loses."""
    count = min(int(pace * seconds * 1.5), MOST)
    async with Crowd(paced(pace)) as crowd:
        arguments = ["-m", "benchmarks.burst_peers", crowd.base_url, str(per_second), str(count)]
        child = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, cwd=CHECKOUT, env=in_checkout(), stderr=asyncio.subprocess.DEVNULL
        )
        seen = crowd.seen
        try:
            with suppress(TimeoutError):
                await crowd.until(lambda: len(seen.attempts) > 0, START_SECONDS)
                await crowd.until(lambda: len(seen.attempts) >= count, seconds)
        finally:
            child.kill()
            await child.wait()
    if len(seen.attempts) < 2:
        return {"messages/s": f"none of {count:,} in {START_SECONDS:.0f} s"}
    reached = len(seen.moments) / (seen.attempts[-1] - seen.attempts[0])
    return {"messages/s": reached, "share of the pace": reached / pace, "refused": seen.faults["429"]}


async def _send_all(base_url: str, per_second: float, count: int) -> None:
    from telegram.ext import AIORateLimiter, Application

    builder = Application.builder().token(TOKEN).base_url(base_url).updater(None).connection_pool_size(256)
    if per_second:
        builder = builder.rate_limiter(AIORateLimiter(overall_max_rate=per_second, overall_time_period=1))
    async with builder.pool_timeout(600).build() as app:
        queue: Any = app.job_queue

        async def send(context: Any) -> None:
            await app.bot.send_message(context.job.chat_id, TEXT, disable_notification=True)

        for chat in range(FIRST_CHAT, FIRST_CHAT + count):
            queue.run_once(send, 0, chat_id=chat, job_kwargs={"misfire_grace_time": None})
        await queue.start()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_send_all(sys.argv[1], float(sys.argv[2]), int(sys.argv[3])))
