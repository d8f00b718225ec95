"""How long planning the alerts of many chats takes, and how fast they leave where nothing limits them."""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from random import Random

from benchmarks import matching
from benchmarks.report import Row
from benchmarks.workspace import Workspace
from bot.alerts import Clock, deliver_once, plan_due
from bot.platform import Respond
from bot.store import Store, open_store
from handlers.alerts import plan_alerts
from handlers.ports import ChatState, Library, Settings, Subscription
from handlers.reply import Reply
from handlers.request import Conversation
from handlers.schedule import daily
from knowledge.index import open_library

PLATFORM = "benchmark"
NOW = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)  # 09:05 in Shanghai
SETTINGS = Settings(daily(clock_time(9)), "Asia/Shanghai", NOW - timedelta(days=30))
FOLLOWED = 3
CHATS, QUICK_CHATS = (10_000, 100_000), (1_000,)
ALONE = 200
DELIVERED, QUICK_DELIVERED = 2_000, 200
RUNS = 3


@dataclass(frozen=True, slots=True)
class Sink:
    """A platform that takes every message at once."""

    name: str = PLATFORM

    async def connect(self) -> None:
        """Nothing to sign in to."""

    async def start(self, respond: Respond) -> None:
        """Nothing to answer."""

    async def send(self, conversation: Conversation, reply: Reply) -> None:
        """Take the message."""

    async def stop(self) -> None:
        """Nothing to disconnect from."""


def run(work: Workspace, *, quick: bool) -> Iterator[Row]:
    """Measure planning, then planning into a database and delivery from it, then the matching of rules."""
    with closing(open_library(work.sample_index())) as library:
        for chats in QUICK_CHATS if quick else CHATS:
            yield from _planning(library, chats)
        yield from _delivery(work, library, QUICK_DELIVERED if quick else DELIVERED)
    yield from matching.run(work, quick=quick)


def _planning(library: Library, count: int) -> Iterator[Row]:
    chats = list(_chats(library, count))
    together = statistics.median(_seconds_to_plan(library, [chats]) for _ in range(RUNS))
    alone = _seconds_to_plan(library, [[chat] for chat in chats[:ALONE]]) / ALONE * count
    for who, seconds in (("together", together), (f"each for itself (from {ALONE})", alone)):
        figures = {"seconds": seconds, "chats/s": count / seconds}
        yield Row("planning", f"{count:,} chats, {who}", figures)


def _seconds_to_plan(library: Library, groups: Sequence[Sequence[ChatState]]) -> float:
    started = time.perf_counter()
    for group in groups:
        plan_alerts(library, group, NOW)
    return time.perf_counter() - started


def _chats(library: Library, count: int) -> Iterator[ChatState]:
    random = Random(1)
    names = [topic.name for topic in library.topics()]
    for number in range(count):
        followed = tuple(
            Subscription(name, NOW - timedelta(days=30)) for name in random.sample(names, FOLLOWED)
        )
        yield ChatState(Conversation(PLATFORM, str(number)), SETTINGS, followed)


def _delivery(work: Workspace, library: Library, count: int) -> Iterator[Row]:
    path = work.folder / "alerts.sqlite"
    path.unlink(missing_ok=True)
    with closing(open_store(f"sqlite:///{path}")) as store:
        _subscribe(store, library, count)
        started = time.perf_counter()
        queued = plan_due(store, library, NOW)
        planned = time.perf_counter() - started
        started = time.perf_counter()
        ledger = asyncio.run(deliver_once(store, library, {PLATFORM: Sink()}, Clock.started_at(NOW)))
        delivered = time.perf_counter() - started
    yield Row("delivery", "plan_due into SQLite", _pace(queued, planned))
    yield Row("delivery", "deliver_once, no limits", _pace(ledger.delivered, delivered))
    yield Row("delivery", "SQLite alone, two commits a message", _pace(count, _commits(work.folder, count)))


def _subscribe(store: Store, library: Library, count: int) -> None:
    for chat in _chats(library, count):
        for followed in chat.subscriptions:
            store.chats.subscribe(chat.conversation, followed, SETTINGS)


def _pace(messages: int, seconds: float) -> dict[str, float]:
    return {"messages": messages, "seconds": seconds, "messages/s": messages / seconds}


def _commits(folder: Path, count: int) -> float:
    """Return the seconds for a claim and an outcome each message, each its own transaction."""
    path = folder / "commits.sqlite"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")  # and a rollback journal, as the store has it
        connection.execute("CREATE TABLE message (id INTEGER PRIMARY KEY, state TEXT)")
        connection.executemany("INSERT INTO message VALUES (?, 'pending')", ((n,) for n in range(count)))
        started = time.perf_counter()
        for state in ("sending", "sent"):
            for number in range(count):
                connection.execute("UPDATE message SET state = ? WHERE id = ?", (state, number))
        return time.perf_counter() - started
