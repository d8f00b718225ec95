"""Keeping up, put together from the configuration."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from bot.sources.addresses import read_allowed
from bot.sources.polling import Poller
from bot.sources.spool import Spool
from bot.sources.watching import Watcher, build_in_child

if TYPE_CHECKING:
    from bot.config import Config
    from bot.lease import Leases
    from bot.store.sources import KeptSources

LEASE = "sources"
"""One process looks at the sources, however many share a database."""


@asynccontextmanager
async def opened_poller(config: Config) -> AsyncIterator[Poller]:
    """Open what looks at sources. Raises ConfigError."""
    from bot.sources.manners import PoliteWeb
    from bot.sources.reading import BodyReader
    from bot.sources.web import opened_web

    async with opened_web(read_allowed(config.sources_private)) as web:
        polite = PoliteWeb(web, config.sources_pause)
        every = timedelta(minutes=config.sources_minutes)
        with closing(BodyReader()) as bodies:
            yield Poller(polite, bodies.read, Spool(config.sources), every)


@asynccontextmanager
async def opened_watcher(
    config: Config, kept: KeptSources, clock: Callable[[], datetime]
) -> AsyncIterator[Watcher]:
    """Open the job that keeps the index up to date. Raises ConfigError."""
    async with opened_poller(config) as poller:
        yield Watcher(kept, poller, Spool(config.sources), partial(build_in_child, config.index), clock)


async def keep_up(
    config: Config, kept: KeptSources, leases: Leases, clock: Callable[[], datetime]
) -> NoReturn:
    """Keep the index up to date while this process holds the lease, until cancelled. Raises ConfigError."""
    async with opened_watcher(config, kept, clock) as watcher:
        await leases.while_held(LEASE, watcher.run)
