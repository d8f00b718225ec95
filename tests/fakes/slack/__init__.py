"""A Slack on this machine: Web API, Socket Mode and response URLs, strict where Slack is strict.

    async with FakeSlack() as slack:
        ...start the app with slack.base_url, slack.bot_token and slack.app_token...
        await slack.connected()
        await slack.mention("5G基站有多少")
        answer = await slack.posted()
        await slack.press(answer, "下一页")

Every message is checked (`checks.py`); what Slack would refuse is refused, kept in `problems`, and fails
the test when the block ends, as does an event that is not acknowledged within three seconds.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from dataclasses import dataclass, field
from time import time
from typing import Any, Self
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from tests.fakes.slack import payloads
from tests.fakes.slack.checks import mistakes
from tests.fakes.slack.files import Files, SharedFile
from tests.fakes.slack.screen import Shown

Json = dict[str, Any]

ACK_SECONDS = 3
WAIT_SECONDS = 30
REFUSED_BLOCKS = {"ok": False, "error": "invalid_blocks"}


@dataclass
class Fault:
    """An answer to give instead of the real one, a number of times."""

    status: int = 200
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 1
    after: int = 0
    hang_up: bool = False


class FakeSlack:
    """One workspace with one app; `upstream` is another Web API that answers what this one only checks."""

    bot_token = "xoxb-local-bot"
    app_token = "xapp-local-app"
    signing_secret = "local-signing-secret"

    def __init__(self, upstream: str = "") -> None:
        self.problems: list[str] = []
        self.calls: list[tuple[str, Json]] = []
        self.users: dict[str, Json] = {}
        self.channels: dict[str, Json] = {}
        self.scopes = ""
        self.attached: dict[str, bytes] = {}
        self.connections = 0
        self.http_mode_url = ""
        self._upstream = upstream
        self._files = Files()
        self._shown: asyncio.Queue[Shown] = asyncio.Queue()
        self._shared: asyncio.Queue[SharedFile] = asyncio.Queue()
        self._connected: asyncio.Queue[None] = asyncio.Queue()
        self._sockets: list[web.WebSocketResponse] = []
        self._acks: dict[str, asyncio.Future[Json]] = {}
        self._faults: dict[str, list[Fault]] = defaultdict(list)

    async def __aenter__(self) -> Self:
        site = web.Application(client_max_size=2**24)
        site.router.add_get("/link", self._link)
        site.router.add_post("/response/{id}", self._response_url)
        site.router.add_post("/upload/{id}", self._take_upload)
        site.router.add_get("/files/{name}", self._hand_out)
        site.router.add_route("*", "/api/{method}", self._api)
        self._runner = web.AppRunner(site, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._http = aiohttp.ClientSession()
        return self

    async def __aexit__(self, kind: object, *_: object) -> None:
        for socket in self._sockets:
            await socket.close()
        await self._http.close()
        await self._runner.cleanup()
        if kind is None:
            assert not self.problems, self.problems

    @property
    def base_url(self) -> str:
        """What HANGXUN_SLACK_BASE_URL has to be."""
        return f"{self.url}/api/"

    async def connected(self) -> None:
        """Wait for the next websocket."""
        await asyncio.wait_for(self._connected.get(), WAIT_SECONDS)

    async def posted(self) -> Shown:
        """Wait for the next message that people see, new or changed."""
        return await asyncio.wait_for(self._shown.get(), WAIT_SECONDS)

    async def shared(self) -> SharedFile:
        """Wait for the next file that people see."""
        return await asyncio.wait_for(self._shared.get(), WAIT_SECONDS)

    async def mention(self, text: str, thread: str = "", **extra: Any) -> Json:
        """Mention the app in a channel; return the event."""
        return await self.event(payloads.mention(text, thread, **extra))

    async def direct(self, text: str, thread: str = "", **extra: Any) -> Json:
        """Write to the app directly; return the event."""
        return await self.event(payloads.direct(text, thread, **extra))

    def attach(self, name: str, content: bytes) -> Json:
        """Upload a file; return what an event tells of it."""
        self.attached[name] = content
        address = f"{self.url}/files/{name}"
        return {
            "subtype": "file_share",
            "files": [{"name": name, "size": len(content), "url_private": address}],
        }

    async def event(self, body: Json) -> Json:
        """Send an event, new or again."""
        await self._deliver("events_api", body)
        return body

    async def send_to_all(self, kind: str, body: Json) -> None:
        """Send over every connection at once, as Slack does where it is not sure that one works."""
        sockets = [socket for socket in self._sockets if not socket.closed]
        await asyncio.gather(*(self._deliver(kind, body, socket) for socket in sockets))

    def rest(self) -> list[Shown]:
        """Return the messages that people saw and nobody waited for yet."""
        return [self._shown.get_nowait() for _ in range(self._shown.qsize())]

    async def command(self, text: str) -> None:
        """Type the slash command."""
        await self._deliver("slash_commands", payloads.command(text, self._new_response_url()))

    async def press(self, shown: Shown, label: str) -> None:
        """Press a button of a message."""
        body = payloads.press(shown.message, shown.buttons[label], self._new_response_url())
        await self._deliver("interactive", body)

    async def disconnect(self) -> None:
        """Renew the connection, as Slack does every few hours, and wait for the next."""
        socket = self._sockets[-1]
        await socket.send_json({"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})
        await self.connected()

    def rate_limit(self, method: str, *, seconds: int = 1, times: int = 1) -> None:
        """Answer 429 the next times."""
        body = json.dumps({"ok": False, "error": "ratelimited"})
        self._faults[method].append(Fault(429, body, {"Retry-After": str(seconds)}, times))

    def fail(self, method: str, error: str, *, status: int = 200, after: int = 0) -> None:
        """Answer with an error code, once, after so many good answers."""
        fault = Fault(status, json.dumps({"ok": False, "error": error}), after=after)
        self._faults[method].append(fault)

    def break_off(self, method: str, fault: Fault) -> None:
        """Answer what is no answer, or hang up without one."""
        self._faults[method].append(fault)

    def called(self, method: str) -> list[Json]:
        """Return the arguments of every call of a method."""
        return [arguments for name, arguments in self.calls if name == method]

    async def signed_post(self, body: str, headers: dict[str, str] | None = None) -> int:
        """Send a request to the app's own address, signed unless other headers are given."""
        if headers is None:
            now = str(int(time()))
            signature = SignatureVerifier(self.signing_secret).generate_signature(timestamp=now, body=body)
            headers = {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": signature or ""}
        kind = "application/json" if body.startswith("{") else "application/x-www-form-urlencoded"
        url, data = self.http_mode_url, body.encode()
        async with self._http.post(url, data=data, headers={"Content-Type": kind, **headers}) as answer:
            return answer.status

    async def _deliver(self, kind: str, body: Json, socket: web.WebSocketResponse | None = None) -> None:
        try:
            await asyncio.wait_for(self._send(kind, body, socket), ACK_SECONDS)
        except TimeoutError:
            self.problems.append(f"{kind} not acknowledged within {ACK_SECONDS} s")

    async def _send(self, kind: str, body: Json, socket: web.WebSocketResponse | None = None) -> None:
        if self.http_mode_url:
            forms = {"events_api": json.dumps(body), "slash_commands": urlencode(body)}
            status = await self.signed_post(forms.get(kind) or urlencode({"payload": json.dumps(body)}))
            assert status == 200, f"{kind} answered with {status}"
            return
        envelope = f"{kind}-{len(self._acks)}"
        acknowledged = self._acks[envelope] = asyncio.get_running_loop().create_future()
        message = {"envelope_id": envelope, "type": kind, "payload": body, "accepts_response_payload": False}
        await (socket or self._sockets[-1]).send_json(message)
        await acknowledged

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.connections += 1
        self._sockets.append(socket)
        await socket.send_json(
            {"type": "hello", "num_connections": 1, "connection_info": {"app_id": payloads.APP}}
        )
        self._connected.put_nowait(None)
        async for frame in socket:
            if frame.type is aiohttp.WSMsgType.TEXT and frame.data.startswith("{"):
                answer = frame.json()
                self._acks[answer["envelope_id"]].set_result(answer)
        return socket

    async def _response_url(self, request: web.Request) -> web.Response:
        fault = self._fault("response_url")
        if fault is not None:
            return await self._faulty(request, fault)
        answer, status = self._take(request.match_info["id"], await request.json())
        return web.Response(text="ok" if answer["ok"] else answer["error"], status=status)

    async def _take_upload(self, request: web.Request) -> web.Response:
        fault = self._fault("upload")
        if fault is not None:
            return await self._faulty(request, fault)
        self._files.receive(request.match_info["id"], await request.read())
        return web.Response(text="OK")

    async def _hand_out(self, request: web.Request) -> web.Response:
        content = self.attached.get(request.match_info["name"])
        if content is None or request.headers.get("Authorization") != f"Bearer {self.bot_token}":
            return web.Response(status=302, headers={"Location": f"{self.url}/login"})
        return web.Response(body=content)

    async def _api(self, request: web.Request) -> web.Response:
        method, arguments = request.match_info["method"], await _arguments(request)
        self.calls.append((method, arguments))
        fault = self._fault(method)
        if fault is not None:
            return await self._faulty(request, fault)
        answer = self._answer(
            method, arguments, request.headers.get("Authorization", "").removeprefix("Bearer ")
        )
        if answer["ok"] and self._upstream and method != "apps.connections.open":
            answer = await self._ask_upstream(method, arguments)
        if answer["ok"] and method.startswith("chat."):
            arguments |= {"ts": answer["ts"], "channel": answer["channel"]}
            self._shown.put_nowait(Shown(method, arguments))
        return web.json_response(answer, headers={"X-OAuth-Scopes": self.scopes})

    def _answer(self, method: str, arguments: Json, token: str) -> Json:
        if token != (self.app_token if method == "apps.connections.open" else self.bot_token):
            return {"ok": False, "error": "invalid_auth"}
        if method in {"chat.postMessage", "chat.update"}:
            return self._keep(method, arguments)
        if method.startswith("files."):
            return {"ok": True} if self._upstream else self._file_answer(method, arguments)
        known = {
            "auth.test": {"team_id": payloads.TEAM, "user_id": payloads.BOT_USER, "bot_id": "B1"},
            "apps.connections.open": {"url": f"{self.url.replace('http', 'ws')}/link?ticket=1"},
            "users.info": {"user": self.users.get(arguments.get("user", ""))},
            "conversations.info": {"channel": self.channels.get(arguments.get("channel", ""))},
            "conversations.join": {"channel": self.scopes and {"id": arguments.get("channel", "")}},
        }
        if not any(known.get(method, {}).values()):
            return {"ok": False, "error": "missing_scope"}
        return {"ok": True, **known[method]}

    def _keep(self, method: str, message: Json) -> Json:
        if not self._is_fine(method, message):
            return REFUSED_BLOCKS
        return {
            "ok": True,
            "channel": message["channel"],
            "ts": message.get("ts") or payloads.timestamp(),
        }

    def _file_answer(self, method: str, arguments: Json) -> Json:
        if method == "files.getUploadURLExternal":
            return self._files.open(f"{self.url}/upload", arguments)
        answer, shared = self._files.complete(arguments)
        for file in shared:
            self._shared.put_nowait(file)
        return answer

    def _take(self, address: str, message: Json) -> tuple[Json, int]:
        if not self._is_fine("response_url", message):
            return REFUSED_BLOCKS, 400
        known = {"ts": payloads.timestamp(), "channel": payloads.CHANNEL, "is_ephemeral": True}
        self._shown.put_nowait(Shown("response_url", message | known | {"address": address}))
        return {"ok": True}, 200

    def _is_fine(self, method: str, message: Json) -> bool:
        found = mistakes(method, message)
        self.problems += [f"{method}: {mistake}" for mistake in found]
        return not found

    def _fault(self, method: str) -> Fault | None:
        waiting = [fault for fault in self._faults[method] if fault.times > 0]
        if not waiting:
            return None
        if waiting[0].after > 0:
            waiting[0].after -= 1
            return None
        waiting[0].times -= 1
        return waiting[0]

    async def _faulty(self, request: web.Request, fault: Fault) -> web.Response:
        if fault.hang_up and request.transport is not None:
            request.transport.abort()
        kind = "application/json" if fault.body.startswith("{") else "text/html"
        return web.Response(text=fault.body, status=fault.status, headers=fault.headers, content_type=kind)

    async def _ask_upstream(self, method: str, arguments: Json) -> Json:
        form = {
            name: value if isinstance(value, str) else json.dumps(value) for name, value in arguments.items()
        }
        headers = {"Authorization": f"Bearer {self.bot_token}"}
        async with self._http.post(f"{self._upstream}/api/{method}", data=form, headers=headers) as answer:
            result: Json = await answer.json()
            return result

    def _new_response_url(self) -> str:
        return f"{self.url}/response/{payloads.timestamp()}"


async def _arguments(request: web.Request) -> Json:
    """Return the arguments, which slack_sdk sends as JSON, as a form or in the query."""
    if request.content_type == "application/json":
        return {**request.query, **await request.json()}
    return {**request.query, **await request.post()}
