"""One look at one source: fetch what is new, read it, keep it in the spool, and say when to look again."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeAlias

from bot.errors import FetchError
from bot.sources.source import UNMARKED, Brought, Kind, Marks, WatchedSource
from bot.sources.spool import Item, Spool, item_id
from bot.sources.web import Fetched

LOG = logging.getLogger(__name__)

LONGEST_REST = timedelta(days=1)
"""How long a source that fails again and again is left alone."""

SHORT_TEXT = 200
MOST_PAGES = 20
"""An item with less text than this is only announced: its page is fetched, for so many items a look."""

Read: TypeAlias = Callable[[Fetched], Awaitable[Brought]]
"""Reads a fetched body. Raises FetchError where it is no document."""


class Getter(Protocol):
    """Fetches an address (`bot.sources.manners.PoliteWeb`)."""

    async def get(self, url: str, marks: Marks = UNMARKED) -> Fetched:
        """Fetch an address. Raises FetchError."""


@dataclass(frozen=True, slots=True)
class Look:
    """The source as it is after a look, and how many items were new or changed."""

    source: WatchedSource
    changed: int = 0


class Poller:
    """Looks at sources, each every `every` while it answers."""

    def __init__(self, web: Getter, read: Read, spool: Spool, every: timedelta) -> None:
        self._web = web
        self._read = read
        self._spool = spool
        self._every = every

    async def look(self, source: WatchedSource, now: datetime) -> Look:
        """Look at a source once. Never raises for what it finds: a trouble is part of the result."""
        try:
            look = await (_look_at_folder(source) if source.kind is Kind.FOLDER else self._fetch(source, now))
        except (FetchError, OSError) as error:
            return Look(self._troubled(source, str(error), now))
        due = now + self._every
        return Look(replace(look.source, checked_at=now, due_at=due, failures=0, trouble=None), look.changed)

    async def _fetch(self, source: WatchedSource, now: datetime) -> Look:
        fetched = await self._web.get(source.address or source.location, source.marks)
        if fetched.body is None:
            return Look(source)
        brought = await self._read(fetched)
        if source.kind is Kind.NEW and brought.kind is Kind.PAGE and brought.feeds:
            feed = replace(source, kind=Kind.FEED, address=brought.feeds[0])
            return await self._fetch(feed, now)
        source = replace(source, kind=brought.kind, title=brought.title or source.title, marks=fetched.marks)
        items = await self._with_pages(source, brought.items)
        changed = await asyncio.to_thread(self._spool.merge, source.number, source.name, items, now.date())
        return Look(source, changed)

    async def _with_pages(self, source: WatchedSource, items: tuple[Item, ...]) -> list[Item]:
        """Put the text of its page in the place of a feed's items that are only announced."""
        if source.kind is not Kind.FEED:
            return list(items)
        stored = await asyncio.to_thread(self._spool.texts, source.number)
        pages_left = MOST_PAGES
        whole = []
        for item in items:
            text = stored.get(item_id(source.number, item.key))
            if _is_announced(item) and text is None and pages_left:
                pages_left -= 1
                text = await self._page_text(item)
            whole.append(_with_longer(item, text or ""))
        return whole

    async def _page_text(self, item: Item) -> str:
        """Return the text of an item's page, "" where it cannot be had."""
        try:
            page = await self._read(await self._web.get(item.url or ""))
        except FetchError as error:
            LOG.info("page of an item not read url=%s reason=%s", item.url, error)
            return ""
        return max((each.text for each in page.items), key=len, default="")

    def _troubled(self, source: WatchedSource, trouble: str, now: datetime) -> WatchedSource:
        failures = source.failures + 1
        rest = min(self._every * 2 ** min(failures, 12), LONGEST_REST)
        # Spread, so that the sources of a host that was down do not all come back in one moment.
        due = now + rest * random.uniform(0.5, 1.0)  # noqa: S311 -- not for secrets
        return replace(source, checked_at=now, due_at=due, failures=failures, trouble=trouble)


async def _look_at_folder(source: WatchedSource) -> Look:
    if not await asyncio.to_thread(Path(source.location).exists):
        raise FetchError("there is no such file or folder")
    return Look(source)


def _is_announced(item: Item) -> bool:
    return bool(item.url) and len(item.text) < SHORT_TEXT


def _with_longer(item: Item, text: str) -> Item:
    """Give an announced item the longer text; a feed that carries its texts itself is believed."""
    return replace(item, text=text) if _is_announced(item) and len(text) > len(item.text) else item
