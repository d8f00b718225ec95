"""A Slack with room for a crowd: the same counting and the same faults as `crowd.py`, in Slack's words.

It is fast and judges no blocks (`tests.fakes.slack` does). Nobody talks to the bot here: every message that
it posts is an alert.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Self

from aiohttp import web

from tests.fakes.slack import payloads
from tests.fakes.telegram.refusals import Fault, Garbage, RefusedError
from tests.faults.listening import Listener
from tests.faults.odds import REVOKED, Policy, Silence, nothing_wrong
from tests.faults.seen import GONE, Seen
from tests.faults.stage import SLACK

BOT_TOKEN, APP_TOKEN = "xoxb-no-real-bot", "xapp-no-real-app"
CODES = {401: "token_revoked", 500: "internal_error", 429: "ratelimited"}
STATUSES = {429: 429}
"""Slack refuses with status 200 and a code, but for too many requests."""


class Workspace:
    """A Web API with a websocket, on a free port of this machine, for one app and any number of channels."""

    kind = SLACK

    def __init__(self, policy: Policy = nothing_wrong) -> None:
        self.policy = policy
        self.seen = Seen()
        self._ended = asyncio.Event()
        self.url = ""
        self.is_revoked = False
        self.speed = 1
        self._listener = Listener([web.post("/api/{method}", self._take), web.get("/link", self._link)])

    async def __aenter__(self) -> Self:
        """Listen."""
        self.url = await self._listener.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop listening."""
        self._ended.set()
        await self._listener.close()

    @property
    def settings(self) -> dict[str, str]:
        """The settings of a bot that is to talk to this server."""
        return {
            "HANGXUN_SLACK_BOT_TOKEN": BOT_TOKEN,
            "HANGXUN_SLACK_APP_TOKEN": APP_TOKEN,
            "HANGXUN_SLACK_BASE_URL": f"{self.url}/api/",
        }

    async def until(self, holds: Callable[[], bool], seconds: float) -> None:
        """Wait until a condition on what was seen holds. Raises TimeoutError."""
        await self.seen.until(holds, seconds)

    async def _take(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            if method == "chat.postMessage":
                return await self._take_message(request, await request.json())
            if self.is_revoked:
                return _refused(REVOKED)
            return web.json_response({"ok": True} | self._known(method))
        except ConnectionError:  # the bot was killed while it was sending
            return web.Response()

    def _known(self, method: str) -> dict[str, Any]:
        known = {
            "auth.test": {"team_id": payloads.TEAM, "user_id": payloads.BOT_USER, "bot_id": "B1"},
            "apps.connections.open": {"url": f"{self.url.replace('http', 'ws')}/link?ticket=1"},
        }
        return known.get(method, {})

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        known = {"num_connections": 1, "connection_info": {"app_id": payloads.APP}}
        await socket.send_json({"type": "hello", **known})
        async for _frame in socket:
            pass
        return socket

    async def _take_message(self, request: web.Request, message: dict[str, Any]) -> web.StreamResponse:
        fault = REVOKED if self.is_revoked else self.policy(message["channel"])
        await self.seen.alert(message["channel"], message["text"], fault)
        if isinstance(fault, Silence):
            await self._ended.wait()
        if isinstance(fault, RefusedError):
            return _refused(fault)
        if isinstance(fault, Garbage):
            return web.Response(text=fault.body, status=fault.status)
        if fault is not None or request.transport is None or request.transport.is_closing():
            return self._cut(request, fault)
        return web.json_response({"ok": True, "channel": message["channel"], "ts": payloads.timestamp()})

    def _cut(self, request: web.Request, fault: Fault | Silence | None) -> web.StreamResponse:
        if fault is None:
            self.seen.faults[GONE] += 1
        if request.transport:
            request.transport.abort()
        return web.Response()


def _refused(fault: RefusedError) -> web.Response:
    seconds = fault.parameters.get("retry_after")
    headers = {"Retry-After": str(seconds)} if seconds else {}
    body = {"ok": False, "error": CODES[fault.status]}
    return web.json_response(body, status=STATUSES.get(fault.status, 200), headers=headers)
