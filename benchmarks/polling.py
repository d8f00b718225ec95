"""A process of its own that looks at feeds: python -m benchmarks.polling URL FEEDS, and a line a round."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.sources.addresses import read_allowed
from bot.sources.manners import PoliteWeb
from bot.sources.polling import Poller
from bot.sources.reading import BodyReader
from bot.sources.source import Kind, WatchedSource
from bot.sources.spool import Spool
from bot.sources.watching import look_at_all
from bot.sources.web import opened_web

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
EVERY = timedelta(minutes=15)


class _Table:
    """The sources in memory: what is measured is the looking."""

    def __init__(self, sources: list[WatchedSource]) -> None:
        self.sources = {source.number: source for source in sources}

    def all(self) -> tuple[WatchedSource, ...]:
        """Return the sources."""
        return tuple(self.sources.values())

    def save(self, source: WatchedSource) -> None:
        """Keep what a look found out."""
        self.sources[source.number] = source


async def _serve(url: str, feeds: int) -> None:
    """Look at all feeds whenever a line comes, and say how it went."""
    new = [WatchedSource(number, Kind.NEW, f"{url}/{number}", "", NOW) for number in range(feeds)]
    table = _Table(new)
    with TemporaryDirectory(prefix="hangxun-benchmarks-") as folder, closing(BodyReader()) as reader:
        async with opened_web(read_allowed("127.0.0.0/8")) as web:
            poller = Poller(PoliteWeb(web, pause=0), reader.read, Spool(Path(folder)), EVERY)
            while await asyncio.to_thread(sys.stdin.readline):
                print(json.dumps(await _look(table, poller)), flush=True)


async def _look(table: _Table, poller: Poller) -> dict[str, float]:
    began = time.perf_counter()
    looks = await look_at_all(table.all(), poller, table, lambda: NOW)
    return {
        "seconds": time.perf_counter() - began,
        "items new": sum(look.changed for look in looks),
        "troubles": sum(look.source.trouble is not None for look in looks),
        "poller MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], int(sys.argv[2])))
