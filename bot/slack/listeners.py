"""What Bolt calls: each listener stores what came, and only then Slack gets its acknowledgement."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.inbound import Body

ANY = re.compile("")
Take: TypeAlias = Callable[[Body], Awaitable[None]]


def bolt_app(client: AsyncWebClient, take: Take) -> AsyncApp:
    """Return the Bolt app that takes whatever comes; signatures are checked at the door, before it.

    Bolt would acknowledge an event before its listener runs; `process_before_response` lets it wait.
    """
    app = AsyncApp(
        client=client,
        name="hangxun",
        signing_secret="",
        request_verification_enabled=False,
        process_before_response=True,
    )

    @app.event(ANY)
    @app.command(ANY)
    @app.action(ANY)
    async def take_any(ack: AsyncAck, body: Body) -> None:
        await take(body)
        await ack()

    return app
