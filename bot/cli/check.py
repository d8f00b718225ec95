"""`hangxun check`: is everything ready to run?"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import TYPE_CHECKING

import click

from bot.cli.common import address_of, configured, opened_library, opened_store
from bot.clock import utc_now
from bot.config import Config
from bot.errors import ConfigError

if TYPE_CHECKING:
    from bot.store import Store
    from handlers.request import Conversation


@click.command(epilog="Example: hangxun check --send telegram:123456789")
@click.option(
    "--send",
    "chat",
    metavar="CHAT",
    callback=lambda _ctx, _option, text: text and _conversation(text),
    help="Send a test message to platform:chat or slack:team:chat.",
)
def command(chat: Conversation | None) -> None:
    """Check the configuration, the index and the database.

    A platform that lacks a setting is named; with --send a message is delivered too.
    """
    from bot.store.pulse import Pulse

    config = configured()
    click.echo("configuration ok")
    with opened_library(config) as library:
        counts = library.counts
        click.echo(f"index ok: {counts.issues} issues, {counts.articles} articles, {counts.metrics} figures")
    with opened_store(config) as store:
        if trouble := Pulse(store.database).trouble():
            raise ConfigError(f"HANGXUN_DATABASE_URL: the database takes nothing ({trouble})")
        waiting = store.deliveries.due(utc_now())
        click.echo(f"database ok: {waiting} alerts waiting")
        click.echo(f"platforms ok: {', '.join(_platforms(config, store)) or 'none, run chats here'}")
    if chat:
        asyncio.run(_send_test(config, chat))
        click.echo(f"delivery ok: {address_of(chat)}")


def _platforms(config: Config, store: Store) -> Collection[str]:
    """Return the platforms that have all that they need. Raises ConfigError for one that lacks something."""
    from bot.http import HttpServer
    from bot.platform import Services
    from bot.platforms import configured_platforms

    services = Services(store.actions, HttpServer(config.http_host, config.http_port))
    return configured_platforms(config, services).keys()


async def _send_test(config: Config, conversation: Conversation) -> None:
    from bot.platforms import connected_to_send
    from handlers.reply import Paragraph, Reply
    from handlers.texts import delivery, say

    test = Reply((Paragraph(say(delivery.TEST, config.language)),))
    with opened_store(config) as store:
        async with connected_to_send(config, store.actions) as platforms:
            if conversation.platform not in platforms:
                raise ConfigError(f"{conversation.platform} is not configured; set its token and run again")
            await platforms[conversation.platform].send(conversation, test)


def _conversation(chat: str) -> Conversation:
    from handlers.request import Conversation

    parts = chat.split(":")
    if len(parts) == 2:
        return Conversation(parts[0], parts[1])
    if len(parts) == 3:
        return Conversation(parts[0], parts[2], team=parts[1])
    raise click.BadParameter("give platform:chat, such as telegram:123456789 or slack:T1:C1")
