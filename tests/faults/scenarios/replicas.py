"""Several processes on one PostgreSQL: the same minute, and a database that goes away and comes back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import replace
from random import Random

from tests.fakes.postgres import FAST as FAST_POSTGRES
from tests.fakes.postgres import NoPostgresError, PostgresServer, find_binaries
from tests.faults.crowd import Crowd
from tests.faults.ledger import Ledger, account
from tests.faults.odds import Odds
from tests.faults.process import Bot, running
from tests.faults.scenarios.fan_out import LONGEST_RUN, MOST_HELD, SEED, SETTINGS, WINDOW, explained
from tests.faults.stage import Stage, a_minute_ago, a_minute_to_come

QUESTION = "5G基站有多少"
ASKER = "42"
ANSWER_SECONDS = 60
RECOVERY_SECONDS = 60
LATER_CHAT = 2_000_001
"""The number of the first chat that is due while all run."""


def postgres() -> str | None:
    """A PostgreSQL to start."""
    try:
        find_binaries()
    except NoPostgresError as error:
        return str(error)
    return None


async def same_minute(stage: Stage, *, replicas: int, due: int, later: int = 0) -> Ledger:
    """Let several processes find a crowd due when they start, and another at a minute that comes later."""
    with database_server() as server:
        stage = replace(stage, url=server.url(server.new_database()))
        began, minute = time.time(), a_minute_to_come()
        past = stage.subscribe(due, a_minute_ago())
        coming = stage.subscribe(later, minute, first=LATER_CHAT) if later else []
        async with Crowd() as crowd:
            async with _replicas(stage, crowd, replicas) as bots:
                await crowd.until(lambda: len(crowd.seen.moments) >= due + later, LONGEST_RUN)
                await stage.quiet(LONGEST_RUN)
            since = dict.fromkeys(past, began) | dict.fromkeys(coming, minute.timestamp())
            return account(
                crowd.seen, [*past, *coming], since=since, replicas=replicas,
                early=sum(crowd.seen.moments[chat] < minute.timestamp() for chat in coming),
                extra_rows=sum(stage.counts().values()) - due - later,
                complaints=sum(len(bot.complaints()) for bot in bots),
            )  # fmt: skip


async def restarts(stage: Stage, *, due: int, kills: int, times: int, odds: Odds) -> Ledger:
    """Restart the database at once, and kill one of two replicas now and then, in one fan-out."""
    random = Random(SEED)
    with database_server() as server:
        stage = replace(stage, url=server.url(server.new_database()))
        chats = stage.subscribe(due, a_minute_ago())
        events = sorted(random.sample(range(due // 20, due * 9 // 10), kills + times))
        crashes = set(random.sample(events, times))
        async with Crowd(odds.policy(SEED)) as crowd:
            settings = {**stage.settings, **crowd.settings, **SETTINGS}
            began = time.time()
            bots = [await Bot.start(settings) for _ in range(2)]
            try:
                for number, at in enumerate(events):
                    await crowd.until(lambda: len(crowd.seen.attempts) >= at, LONGEST_RUN)  # noqa: B023
                    if at in crashes:
                        await asyncio.to_thread(server.stop, immediate=True)
                        await asyncio.to_thread(server.start)
                    else:
                        await bots[number % 2].kill()
                        bots[number % 2] = await Bot.start(settings)
                await crowd.until(lambda: len(crowd.seen.moments) >= due - MOST_HELD, LONGEST_RUN)
                await stage.quiet(LONGEST_RUN)
                for bot in bots:
                    await bot.stop()
            finally:
                for bot in bots:
                    await bot.kill()
            return account(
                crowd.seen, chats, since=began, kills=kills, outages=2 * times, window=WINDOW,
                explained=explained(stage, odds), restarts=times,
            )  # fmt: skip


async def database_down(stage: Stage, *, due: int, seconds: float) -> Ledger:
    """Take the database away in a fan-out: people are still answered, and all comes when it is back."""
    with database_server() as server:
        stage = replace(stage, url=server.url(server.new_database()))
        chats = stage.subscribe(due, a_minute_ago())
        async with Crowd() as crowd:
            began = time.time()
            async with running({**stage.settings, **crowd.settings, **SETTINGS}) as bot:
                await crowd.answer(ASKER, QUESTION, ANSWER_SECONDS)
                await crowd.until(lambda: len(crowd.seen.moments) >= due // 3, LONGEST_RUN)
                await asyncio.to_thread(server.stop, immediate=True)
                waits = await _ask_for(crowd, seconds)
                await asyncio.to_thread(server.start)
                back, sent = time.time(), len(crowd.seen.attempts)
                await crowd.until(lambda: len(crowd.seen.attempts) > sent, RECOVERY_SECONDS)
                recovery = time.time() - back
                await crowd.until(lambda: len(crowd.seen.moments) >= due, LONGEST_RUN)
                await stage.quiet(LONGEST_RUN)
            return account(
                crowd.seen, chats, since=began, outages=1, window=WINDOW,
                unanswered=sum(wait is None for wait in waits), asked=len(waits),
                answer_s=max(filter(None, waits), default=0.0), recovery_s=recovery,
                complaints=len(bot.complaints()),
            )  # fmt: skip


async def _ask_for(crowd: Crowd, seconds: float) -> list[float | None]:
    """Ask again and again for so long; return how long each answer took, None for one that never came."""
    waits: list[float | None] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        asked = time.monotonic()
        try:
            answer = await crowd.answer(str(100 + len(waits)), QUESTION, ANSWER_SECONDS)
            waits.append(time.monotonic() - asked if "万个" in answer.text else None)
        except TimeoutError:
            waits.append(None)
        await asyncio.sleep(max(0.0, asked + 1 - time.monotonic()))  # the pace of the asker
    return waits


@contextmanager
def database_server() -> Iterator[PostgresServer]:
    server = PostgresServer(*FAST_POSTGRES[:1])
    try:
        server.start()
        yield server
    finally:
        server.remove()


@asynccontextmanager
async def _replicas(stage: Stage, crowd: Crowd, count: int) -> AsyncIterator[list[Bot]]:
    """Run several bots from ready to a polite end."""
    settings = {**stage.settings, **crowd.settings, **SETTINGS}
    async with AsyncExitStack() as stack:
        starting = [stack.enter_async_context(running(settings)) for _ in range(count)]
        yield list(await asyncio.gather(*starting))
