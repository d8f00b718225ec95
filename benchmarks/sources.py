"""How long a round over many feeds takes, and that the second one transfers nothing again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.corpus import MEDIUM, Document
from benchmarks.report import Row
from benchmarks.workspace import Workspace
from bot.sources.addresses import read_allowed
from bot.sources.manners import PoliteWeb
from bot.sources.polling import Poller
from bot.sources.reading import BodyReader
from bot.sources.source import Kind, WatchedSource
from bot.sources.spool import Spool
from bot.sources.watching import look_at_all
from bot.sources.web import opened_web
from tests.fakes.site import Site, opened_site

FEEDS, QUICK_FEEDS = 1_000, 50
ITEMS = 50
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


def run(work: Workspace, *, quick: bool) -> Iterator[Row]:
    """Measure two rounds over feeds of fifty items each, on this machine, without pauses."""
    feeds = QUICK_FEEDS if quick else FEEDS
    documents = work.some_documents(MEDIUM, feeds + ITEMS)
    bodies = [_feed(number, documents[number : number + ITEMS]) for number in range(feeds)]
    yield from asyncio.run(_rounds(bodies))


async def _rounds(bodies: list[bytes]) -> list[Row]:
    with TemporaryDirectory(prefix="hangxun-benchmarks-") as folder, closing(BodyReader()) as reader:
        async with opened_site() as site, opened_web(read_allowed("127.0.0.0/8")) as web:
            site.pages = {f"/{number}": body for number, body in enumerate(bodies)}
            new = [
                WatchedSource(number, Kind.NEW, f"{site.url}/{number}", "", NOW)
                for number in range(len(bodies))
            ]
            table = _Table(new)
            poller = Poller(PoliteWeb(web, pause=0), reader.read, Spool(Path(folder)), EVERY)

            async def look() -> int:
                looks = await look_at_all(table.all(), poller, table, lambda: NOW)
                return sum(each.changed for each in looks)

            return [await _round(name, look, site, len(bodies)) for name in ("first round", "second round")]


async def _round(name: str, look: Callable[[], Awaitable[int]], site: Site, feeds: int) -> Row:
    before = sum(site.bodies.values())
    began = time.perf_counter()
    items = await look()
    seconds = time.perf_counter() - began
    figures = {
        "seconds": seconds,
        "feeds/s": feeds / seconds,
        "items new": items,
        "bodies transferred": sum(site.bodies.values()) - before,
    }
    return Row("feeds", f"hangxun, {name} over {feeds:,} feeds of {ITEMS} items", figures)


def _feed(number: int, documents: list[Document]) -> bytes:
    items = "".join(
        f"<item><title>{escape(each.title)}</title><guid>{each.id}</guid>"
        f"<pubDate>{each.published:%a, %d %b %Y} 08:00:00 +0800</pubDate>"
        f"<description>{escape(each.text[:400])}</description></item>"
        for each in documents
    )
    head = f"<title>快讯{number}</title><link>https://feeds.example/{number}</link>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()
