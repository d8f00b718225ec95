"""The two ways Slack's events come in: a websocket that we open, or requests that Slack signs.

Both hand every event to one Bolt app, which acknowledges it at once.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Mapping
from time import time
from typing import Protocol

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.http import HttpServer

PATH = "/slack/events"
MAX_AGE = 5 * 60
CONNECT_SECONDS = 15
PING_SECONDS = 5.0


class Door(Protocol):
    """Lets events in until it is closed."""

    @property
    def is_listening(self) -> bool:
        """Whether events would come in now."""

    async def open(self) -> None:
        """Begin to take events. Raises one of CALL_ERRORS."""

    async def close(self) -> None:
        """Take no more events, and free all that was opened."""


class SocketDoor:
    """Socket Mode: no open port. Slack renews the connection from time to time; the library follows."""

    def __init__(
        self, app: AsyncApp, client: AsyncWebClient, app_token: str, ping_seconds: float = PING_SECONDS
    ) -> None:
        self._app = app
        self._client = client
        self._app_token = app_token
        self._ping_seconds = ping_seconds
        self._handler: AsyncSocketModeHandler | None = None

    @property
    def is_listening(self) -> bool:
        """Whether the websocket is open and somebody reads it.

        aiohttp closes it within seconds of a ping that is not answered (the library sets `heartbeat`), so one
        that is open was heard just now.
        """
        if self._handler is None:
            return False
        client = self._handler.client
        tasks = (client.message_processor, client.current_session_monitor, client.message_receiver)
        is_read = all(task and not task.done() for task in tasks)
        return is_read and client.current_session is not None and not client.current_session.closed

    async def open(self) -> None:
        """Connect. The first address is asked for here: the library would retry a wrong token for ever."""
        answer = await self._client.apps_connections_open(app_token=self._app_token)
        self._handler = AsyncSocketModeHandler(
            self._app, self._app_token, web_client=self._client, ping_interval=self._ping_seconds
        )
        self._handler.client.wss_uri = answer["url"]
        connecting = self._handler.connect_async()  # type: ignore[no-untyped-call]
        await asyncio.wait_for(connecting, CONNECT_SECONDS)

    async def close(self) -> None:
        """Disconnect and wait for the library's tasks, which it cancels but does not wait for."""
        if self._handler is None:
            return
        client = self._handler.client
        await self._handler.close_async()  # type: ignore[no-untyped-call]
        tasks = (client.message_processor, client.current_session_monitor, client.message_receiver)
        await asyncio.gather(*filter(None, tasks), return_exceptions=True)


class HttpDoor:
    """HTTP mode: one path of our server that takes what Slack signed, and nothing else."""

    def __init__(self, app: AsyncApp, signing_secret: str, server: HttpServer) -> None:
        self._app = app
        self._secret = signing_secret
        self._server = server

    @property
    def is_listening(self) -> bool:
        """Whether our server takes requests: it does from the start to the end."""
        return True

    async def open(self) -> None:
        """Take requests. Raises ConfigError where the server cannot listen."""
        await self._server.serve(PATH, self._take)

    async def close(self) -> None:
        """Take no more requests."""
        await self._server.withdraw(PATH)

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.read()
        if not is_signed(self._secret, request.headers, body, time()):
            return web.json_response({"error": "invalid request"}, status=401)
        bolt_request = AsyncBoltRequest(
            body=body.decode(), query=request.query_string, headers=dict(request.headers)
        )
        return await to_aiohttp_response(await self._app.async_dispatch(bolt_request))


def is_signed(secret: str, headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """Tell whether Slack signed this body within five minutes of `now` (seconds since 1970).

    Bolt's own check raises for a timestamp that is no number and for a signature that is not ASCII, and
    logs the body of what it refuses: so this one stands before it.
    https://docs.slack.dev/authentication/verifying-requests-from-slack
    """
    timestamp = headers.get("X-Slack-Request-Timestamp", "")
    signature = headers.get("X-Slack-Signature", "")
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) < 12 and signature.isascii()):
        return False
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return False
    expected = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=text) or ""
    return abs(now - int(timestamp)) <= MAX_AGE and hmac.compare_digest(expected, signature)
