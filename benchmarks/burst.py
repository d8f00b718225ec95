"""A crowd is due in one minute: how long planning takes, at what pace it leaves, and who has to wait.

The bot is a process of its own over real HTTP; the platform is tests/faults/crowd.py, which refuses what
goes over its pace.
"""

from __future__ import annotations

import asyncio
import os
import re
import statistics
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from random import Random

from benchmarks import burst_peers
from benchmarks.report import Row
from benchmarks.timing import percentile
from benchmarks.workspace import Workspace
from bot.alerts import plan_due
from bot.store import open_store
from knowledge.index import open_library
from tests.fakes.postgres import NoPostgresError, PostgresServer
from tests.faults.crowd import Crowd
from tests.faults.odds import paced
from tests.faults.process import Bot, running
from tests.faults.scenario import stage
from tests.faults.stage import Stage, a_minute_ago

DUE, QUICK_DUE = (1_000, 10_000, 100_000), (1_000,)
TASTES, FOLLOWED = 30, 3
PACES = (30, 1_000)
SAMPLE_SECONDS, QUICK_SECONDS = 60.0, 10.0
ASK_EVERY = 0.2
QUESTIONS = ("5G基站有多少", "半导体", "数据中心", "工业互联网 山东", "新能源汽车渗透率", "有哪些算力政策")
ANSWER_SECONDS = 300.0
SELF, FORGET_PEAK = Path("/proc/self"), "5"
"""What Linux tells of this process, and what lets its peak of memory begin anew (man 5 proc, clear_refs)."""
SETTINGS = {30: ("28.9", "8"), 1_000: ("985", "16")}
"""What an operator sets: messages a second, a little below the pace since some are caught up with; messages
that may be under way at once."""


@dataclass(frozen=True, slots=True)
class Burst:
    """What a bot did for a while: when messages were taken, how long people waited, what it used."""

    moments: tuple[float, ...]
    refused: int
    waits: tuple[float, ...]
    peak_mib: float
    cpu_seconds: float


def run(work: Workspace, *, quick: bool) -> Iterator[Row]:
    """Measure planning on both databases, then delivery at two paces, the peers beside each."""
    index = work.sample_index()
    for count in QUICK_DUE if quick else DUE:
        yield from _planned(index, count)
    seconds = QUICK_SECONDS if quick else SAMPLE_SECONDS
    for pace in PACES:
        enough = max(*(QUICK_DUE if quick else DUE), int(pace * seconds))
        yield from _delivered(index, pace, enough, seconds)


def _planned(index: Path, count: int) -> Iterator[Row]:
    with stage(index, fast=False) as place:
        yield _row("hangxun, SQLite", count, *_planning(place, count))
    with stage(index, fast=False) as place, _postgres() as server:
        if server:
            elsewhere = replace(place, url=server.url(server.new_database()))
            yield _row("hangxun, PostgreSQL", count, *_planning(elsewhere, count))
    for name, measure in burst_peers.PLANNERS.items():
        if count <= burst_peers.MOST:
            yield _row(name, count, measure(count))


def _row(who: str, count: int, seconds: float, grows_mib: float | None = None) -> Row:
    figures = {"seconds": seconds, "chats/s": count / seconds}
    memory = {} if grows_mib is None else {"memory grows MiB": grows_mib}
    return Row("burst planned", who, figures | memory, count, "chats due")


def _planning(place: Stage, count: int) -> tuple[float, float]:
    """Return how many seconds planning takes, and how many MiB it needs at most beyond what was in use."""
    with closing(open_library(place.index)) as library:
        names = [topic.name for topic in library.topics()]
        random = Random(1)
        tastes = [random.sample(names, FOLLOWED) for _ in range(min(TASTES, count))]
        with ProcessPoolExecutor(
            1, get_context("spawn")
        ) as elsewhere:  # what it leaves in memory is not ours
            elsewhere.submit(_subscribe, place, count, tastes).result()
        with closing(open_store(place.url)) as store:
            SELF.joinpath("clear_refs").write_text(FORGET_PEAK, encoding="ascii")
            before, started = _peak_mib(SELF), time.perf_counter()
            plan_due(store, library, datetime.now(UTC))
            return time.perf_counter() - started, _peak_mib(SELF) - before


def _subscribe(place: Stage, count: int, tastes: Sequence[Sequence[str]]) -> None:
    place.subscribe(count, a_minute_ago(), tastes)


def _delivered(index: Path, pace: int, count: int, seconds: float) -> Iterator[Row]:
    """Yield what people and the platform see of an idle bot, and of one with a crowd that is due."""
    idle = asyncio.run(_observe(index, pace, 0, seconds / 2))
    busy = asyncio.run(_observe(index, pace, count, seconds))
    table = f"burst at {pace}/s"
    figures = {
        "messages/s": len(busy.moments) / seconds,
        "share of the pace": len(busy.moments) / seconds / pace,
        "refused": busy.refused,
        "CPU ms/message, answers included": 1000 * busy.cpu_seconds / len(busy.moments),
        "memory grows MiB": busy.peak_mib - idle.peak_mib,
    }
    yield Row(table, f"hangxun, {count:,} due", figures | _waits(busy))
    yield Row(table, "hangxun, nobody due", _waits(idle))
    for name, measure in burst_peers.SENDERS.items():
        yield Row(table, name, asyncio.run(measure(pace, seconds)))


def _waits(burst: Burst) -> dict[str, float]:
    times = [wait * 1000 for wait in burst.waits]
    return {"answer p50 ms": statistics.median(times), "answer p99 ms": percentile(times, 99)}


async def _observe(index: Path, pace: int, due: int, seconds: float) -> Burst:
    """Run a bot with so many chats due and count what is taken from the first message on."""
    with stage(index, fast=True) as place:
        if due:
            place.subscribe(due, a_minute_ago())
        async with Crowd(paced(pace)) as crowd:
            names = ("HANGXUN_TELEGRAM_PER_SECOND", "HANGXUN_WINDOW")
            settings = dict(zip(names, SETTINGS[pace], strict=True))
            async with running({**place.settings, **crowd.settings, **settings}) as bot:
                if due:
                    await crowd.until(lambda: len(crowd.seen.moments) > 0, ANSWER_SECONDS)
                began, used = time.time(), _cpu_seconds(bot)
                waits = await _ask(crowd, seconds)
                used = _cpu_seconds(bot) - used
                taken = tuple(at for at in crowd.seen.moments.values() if began <= at < began + seconds)
                peak = _peak_mib(Path(f"/proc/{bot.pid}"))
                await bot.kill()
            return Burst(taken, crowd.seen.faults["429"], tuple(waits), peak, used)


async def _ask(crowd: Crowd, seconds: float) -> list[float]:
    """Ask at a steady pace for so long, each time another person; return how long each waited."""

    async def wait_of(number: int) -> float:
        asked = time.time()
        answer = await crowd.answer(str(100 + number), QUESTIONS[number % len(QUESTIONS)], ANSWER_SECONDS)
        return answer.at - asked

    asking = []
    for number in range(int(seconds / ASK_EVERY)):
        asking.append(asyncio.create_task(wait_of(number)))
        await asyncio.sleep(ASK_EVERY)
    return list(await asyncio.gather(*asking))


def _cpu_seconds(bot: Bot) -> float:
    """Return the processor time that the bot has used, in its own code and in the system for it."""
    fields = Path(f"/proc/{bot.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak_mib(process: Path) -> float:
    status = process.joinpath("status").read_text(encoding="utf-8")
    found = re.search(r"VmHWM:\s+([0-9]+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


@contextmanager
def _postgres() -> Iterator[PostgresServer | None]:
    """Give a server with a crash-safe disk, None where there is none to start."""
    try:
        server = PostgresServer()
    except NoPostgresError:
        yield None
        return
    try:
        server.start()
        yield server
    finally:
        server.remove()
