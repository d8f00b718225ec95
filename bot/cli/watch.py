"""`hangxun watch`: keep the index up to date without a bot beside it."""

from __future__ import annotations

import asyncio

import click

from bot.cli.common import configured, opened_store
from bot.clock import utc_now
from bot.config import Config


@click.command(epilog="Example: hangxun watch --once")
@click.option("--once", is_flag=True, help="Look at what is due, build what is new, and end.")
def command(once: bool) -> int:
    """Look at the sources again and again, and build what is new.

    `hangxun run` does this by itself.
    """
    return 0 if asyncio.run(_watch(configured(), once=once)) else 1


async def _watch(config: Config, *, once: bool) -> bool:
    from bot.endings import until_signalled
    from bot.lease import Leases
    from bot.sources.service import keep_up, opened_watcher
    from bot.store.sources import KeptSources

    with opened_store(config) as store:
        kept = KeptSources(store.database)
        if once:
            async with opened_watcher(config, kept, utc_now) as watcher:
                return await watcher.catch_up()
        await until_signalled(keep_up(config, kept, Leases(store.leases), utc_now))
    return True
