"""Good manners towards a site: its robots.txt is kept (RFC 9309), and it is asked one thing at a time."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego

from bot.errors import FetchError
from bot.sources.source import UNMARKED, Marks
from bot.sources.web import AGENT, Fetched, StatusError, Web, host_of

ROBOTS_SECONDS = 24 * 3600.0
ROBOTS_BYTES = 500 * 1024  # RFC 9309, section 2.5
LONGEST_PAUSE = 30.0
"""What a site may ask for between two requests; one that asks for more is asked once in a while anyway."""

_EVERYTHING = Protego.parse("")


@dataclass(frozen=True, slots=True)
class _Rules:
    robots: Protego
    read_at: float


@dataclass(slots=True)
class _Site:
    """What is known of one host. `free_at` is when it may be asked again."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: _Rules | None = None
    free_at: float = 0.0


class PoliteWeb:
    """Fetches as `Web` does, at most one request a host at a time and `pause` seconds between two."""

    def __init__(
        self,
        web: Web,
        pause: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._web = web
        self._pause = pause
        self._clock = clock
        self._sleep = sleep
        self._sites: defaultdict[str, _Site] = defaultdict(_Site)

    async def get(self, url: str, marks: Marks = UNMARKED) -> Fetched:
        """Fetch what the site lets be fetched. Raises FetchError."""
        site = self._sites[host_of(url)]
        async with site.lock:
            robots = await self._robots(site, url)
            if not robots.can_fetch(url, AGENT):
                raise FetchError("its robots.txt asks not to fetch this")
            return await self._ask(site, url, marks, robots)

    async def _ask(self, site: _Site, url: str, marks: Marks, robots: Protego) -> Fetched:
        await self._sleep(max(0.0, site.free_at - self._clock()))
        try:
            return await self._web.get(url, marks)
        finally:
            asked = min(float(robots.crawl_delay(AGENT) or 0), LONGEST_PAUSE)
            site.free_at = self._clock() + max(self._pause, asked)

    async def _robots(self, site: _Site, url: str) -> Protego:
        now = self._clock()
        if site.rules is None or now - site.rules.read_at > ROBOTS_SECONDS:
            site.rules = _Rules(await self._read_robots(url), now)
        return site.rules.robots

    async def _read_robots(self, url: str) -> Protego:
        """Read a site's rules; there are none where it says it has none. Raises FetchError if it fails."""
        parts = urlsplit(url)
        address = f"{parts.scheme}://{parts.netloc}/robots.txt"
        try:
            fetched = await self._web.get(address, most=ROBOTS_BYTES)
        except StatusError as error:
            if error.is_refusal:
                return _EVERYTHING
            raise FetchError("its robots.txt cannot be read now") from error
        return Protego.parse((fetched.body or b"").decode("utf-8", "replace"))
