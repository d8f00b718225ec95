"""What Bolt calls: every listener acknowledges first, then hands on what can be answered."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.inbound import Body, Incoming, from_action, from_command, from_event

ANY = re.compile("")


def bolt_app(
    client: AsyncWebClient,
    begin: Callable[[Incoming | None], None],
    expand: Callable[[str], str | None],
    bot_user: str,
) -> AsyncApp:
    """Return the Bolt app that takes whatever comes; signatures are checked at the door, before it."""
    app = AsyncApp(client=client, name="hangxun", signing_secret="", request_verification_enabled=False)

    @app.event(ANY)
    async def take_event(ack: AsyncAck, body: Body) -> None:
        await ack()
        begin(from_event(body, bot_user))

    @app.command(ANY)
    async def take_command(ack: AsyncAck, body: Body) -> None:
        await ack()
        begin(from_command(body, bot_user))

    @app.action(ANY)
    async def take_action(ack: AsyncAck, body: Body) -> None:
        await ack()
        begin(await asyncio.to_thread(from_action, body, expand))

    return app
