"""`hangxun sources`: the folders, feeds and pages that are looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.common import configured, echo_json_lines, opened_store
from bot.clock import utc_now
from bot.config import Config
from bot.errors import BotError

if TYPE_CHECKING:
    from bot.sources.polling import Look
    from bot.sources.source import WatchedSource
    from bot.store.sources import KeptSources

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each source.")


@click.group(epilog="Example: hangxun sources add digests/ https://example.com/feed.xml")
def command() -> None:
    """Say which folders, feeds and pages are looked at.

    `hangxun run` keeps up with them, or `hangxun watch` where no bot runs.
    """


@command.command(epilog="Example: hangxun sources add digests/ https://example.com/feed.xml feeds.opml")
@click.argument("locations", nargs=-1, required=True)
@click.option("--title", default="", help="What to call it until it tells its own title.")
def add(locations: tuple[str, ...], title: str) -> None:
    """Look at LOCATIONS from now on.

    They are folders, files, addresses of feeds or pages, or OPML lists of feeds.
    """
    from bot.sources.addresses import read_allowed
    from bot.sources.naming import named

    config = configured()
    allowed = read_allowed(config.sources_private)
    with opened_sources(config) as kept:
        for each in [found for text in locations for found in named(text, title, allowed)]:
            is_new = kept.add(each.kind, each.location, each.title, utc_now())
            click.echo(f"{'added' if is_new else 'there already'}  {each.location}")


@command.command("list", epilog="Example: hangxun sources list --json")
@AS_JSON
def show(as_json: bool) -> None:
    """List the sources with their state."""
    with opened_sources(configured()) as kept:
        _show(kept.all(), as_json=as_json)


@command.command(epilog="Example: hangxun sources remove 3")
@click.argument("numbers", nargs=-1, required=True, type=int)
def remove(numbers: tuple[int, ...]) -> None:
    """Look at sources no more, and take out what they brought.

    `hangxun sources list` shows their NUMBERS.
    """
    from bot.sources.source import Kind
    from bot.sources.spool import Spool
    from knowledge.index import index_signature
    from knowledge.index.build import remove_sources

    config = configured()
    spool = Spool(config.sources)
    with opened_sources(config) as kept:
        going = {source.number: source for source in kept.all() if source.number in numbers}
        if missing := sorted(set(numbers) - set(going)):
            raise BotError(f"there is no source {missing[0]}; hangxun sources list shows their numbers")
        for number in going:
            kept.remove(number)
    folders = [
        Path(each.location) if each.kind is Kind.FOLDER else spool.folder_of(each.number)
        for each in going.values()
    ]
    gone = remove_sources(folders, config.index).removed if index_signature(config.index) else 0
    for number in going:
        spool.drop(number)
    click.echo(f"removed {len(going)} sources and {gone} files of theirs from the index")


@command.command(epilog="Example: hangxun sources check")
@AS_JSON
def check(as_json: bool) -> int:
    """Look at every source now, and list what could not be read."""
    from knowledge.index.refusals import read_refusals

    config = configured()
    with opened_sources(config) as kept:
        looks = asyncio.run(_look_at_all(config, kept))
    _show([look.source for look in looks], as_json=as_json)
    refused = read_refusals(config.index)
    for each in refused:
        click.echo(f"refused  {each.name}: {each.reason}", err=as_json)
    return 1 if refused or any(look.source.trouble for look in looks) else 0


@contextmanager
def opened_sources(config: Config) -> Iterator[KeptSources]:
    """Open the table of sources for the length of a block. Raises ConfigError."""
    from bot.store.sources import KeptSources

    with opened_store(config) as store:
        yield KeptSources(store.database)


async def _look_at_all(config: Config, kept: KeptSources) -> list[Look]:
    from bot.sources.service import opened_poller
    from bot.sources.watching import look_at_all

    async with opened_poller(config) as poller:
        return await look_at_all(kept.all(), poller, kept, utc_now)


def _show(sources: Sequence[WatchedSource], *, as_json: bool) -> None:
    if as_json:
        echo_json_lines(map(_row, sources))
        return
    for source in sources:
        state = (
            f"trouble: {source.trouble}"
            if source.trouble
            else "ok"
            if source.checked_at
            else "not looked at yet"
        )
        title = f"{source.title}  " if source.title else ""
        click.echo(f"{source.number:>4}  {source.kind:<6}  {title}{source.location}  {state}")
    if not sources:
        click.echo("no sources; add one: hangxun sources add digests/ https://example.com/feed.xml")


def _row(source: WatchedSource) -> dict[str, Any]:
    return {
        "number": source.number,
        "kind": source.kind,
        "location": source.location,
        "title": source.title,
        "checked_at": source.checked_at and source.checked_at.isoformat(timespec="seconds"),
        "due_at": source.due_at.isoformat(timespec="seconds"),
        "failures": source.failures,
        "trouble": source.trouble,
    }
