"""The HTTP side of the fake Telegram, and the hands of those who talk to the bot."""

from __future__ import annotations

import asyncio
import io
import json
from collections import defaultdict, deque
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.fakes.telegram.people import BOT, NOW, PRIVATE, Chat, User, entities_of, message_json
from tests.fakes.telegram.refusals import CutAfter, CutBefore, Fault, Garbage, RefusedError
from tests.fakes.telegram.schema import check_result, read_parameters
from tests.fakes.telegram.state import Sent, State
from tests.fakes.telegram.uploads import Uploaded

PATIENCE_SECONDS = 10
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
HOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"


class FakeTelegram:
    """A Bot API server on a free port of this machine, for one bot."""

    token = "1234567:AAtest-token_of-no-real-bot"
    username = str(BOT["username"])

    def __init__(self) -> None:
        self.state = State()
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.base_url = ""
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._updates: deque[dict[str, Any]] = deque()
        self._news = asyncio.Condition()
        self._poller = 0
        self._update_id = 0
        app = web.Application(client_max_size=2**26)
        app.add_routes([web.post("/bot{token}/{method}", self._take)])
        app.add_routes([web.get("/file/bot{token}/{path}", self._hand_out)])
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)

    async def __aenter__(self) -> Self:
        """Listen."""
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/bot"
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop listening; pollers are sent home."""
        async with self._news:
            self._poller += 1
            self._news.notify_all()
        await self._runner.cleanup()

    async def message(
        self,
        text: str | None,
        *,
        chat: Chat = PRIVATE,
        user: User | None = None,
        thread: int | None = None,
        answers: Sent | None = None,
        edited: bool = False,
        **rest: object,
    ) -> int:
        """Let somebody write to the bot; returns the message's number."""
        user = user or User()
        number = self.state.next_number()
        body = message_json(
            number,
            chat,
            user.as_json(),
            text=text,
            entities=(entities_of(text) if text else None) or None,
            message_thread_id=thread,
            is_topic_message=True if thread else None,
            reply_to_message=answers.as_json() if answers else None,
            sender_chat=user.sender_chat.as_json() if user.sender_chat else None,
            edit_date=NOW if edited else None,
            **rest,
        )
        await self.update({"edited_message" if edited else "message": body})
        return number

    async def file(self, name: str, content: bytes, caption: str | None = None, **rest: Any) -> int:
        """Let somebody send a file to the bot."""
        file_id = f"file{len(self.state.files)}"
        self.state.files[file_id] = content
        about = {"file_id": file_id, "file_unique_id": file_id, "file_name": name, "file_size": len(content)}
        return await self.message(None, document=about, caption=caption, **rest)

    async def press(self, sent: Sent, label: str, user: User | None = None) -> None:
        """Let somebody press a button by its label."""
        await self.press_data(sent, sent.data(label), user)

    async def press_data(self, sent: Sent, data: str, user: User | None = None) -> None:
        """Let somebody press a button of which only the data is known any more."""
        query = f"press{len(self.calls)}-{self._update_id}"
        self.state.presses.add(query)
        press = {"id": query, "from": (user or User()).as_json(), "chat_instance": "1", "data": data}
        await self.update({"callback_query": press | {"message": sent.as_json()}})

    async def update(self, body: dict[str, Any], update_id: int | None = None) -> None:
        """Hand an update to the bot by its webhook, else keep it for the next poll."""
        self._update_id = update_id or self._update_id + 1
        update = {"update_id": self._update_id, **body}
        check_result("getUpdates", [update])
        if self.state.webhook:
            url, secret = self.state.webhook
            status = await post_update(url, json.dumps(update).encode(), secret)
            assert status == 200, f"the webhook answered {status}"
            return
        async with self._news:
            self._updates.append(update)
            self._news.notify_all()

    async def sent(self) -> Sent:
        """Return the next message that the bot sends or edits. Raises TimeoutError."""
        return await asyncio.wait_for(self.state.shown.get(), PATIENCE_SECONDS)

    async def toast(self) -> str:
        """Return the words of the next answer to a press, "" for one without. Raises TimeoutError."""
        return await asyncio.wait_for(self.state.answered.get(), PATIENCE_SECONDS)

    async def called(self, method: str, times: int = 1) -> None:
        """Wait until a method was called so often. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE_SECONDS), self._news:
            await self._news.wait_for(lambda: sum(name == method for name, _ in self.calls) >= times)

    def fail(self, method: str, *faults: Fault) -> None:
        """Let the next calls of a method go wrong, one fault each."""
        self._faults[method].extend(faults)

    async def _take(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        raw, files = await read_call(request)
        try:
            if request.match_info["token"] != self.token:
                raise RefusedError(401, "Unauthorized")
            return await self._answer(request, method, read_parameters(method, raw) | files)
        except RefusedError as refusal:
            return web.json_response(refusal.body(), status=refusal.status)

    async def _hand_out(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            return web.Response(status=401)
        return web.Response(body=self.state.files[request.match_info["path"]])

    async def _answer(
        self, request: web.Request, method: str, parameters: dict[str, Any]
    ) -> web.StreamResponse:
        async with self._news:
            self.calls.append((method, parameters))
            self._news.notify_all()
        fault = self._faults[method].popleft() if self._faults[method] else None
        if isinstance(fault, RefusedError):
            raise fault
        if isinstance(fault, CutBefore):
            return _cut(request)
        polled = method == "getUpdates"
        result = await self._poll(parameters) if polled else self.state.run(method, parameters)
        check_result(method, result)
        if isinstance(fault, CutAfter):
            return _cut(request)
        if isinstance(fault, Garbage):
            return web.Response(text=fault.body, status=fault.status)
        return web.json_response({"ok": True, "result": result})

    async def _poll(self, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        if self.state.webhook:
            raise RefusedError(409, f"Conflict: {HOOK_ACTIVE}")
        async with self._news:
            self._poller += 1
            me = self._poller
            self._news.notify_all()
            while self._updates and self._updates[0]["update_id"] < parameters.get("offset", 0):
                self._updates.popleft()
            try:
                async with asyncio.timeout(parameters.get("timeout", 0)):
                    await self._news.wait_for(lambda: self._updates or self._poller != me)
            except TimeoutError:
                return []
            if self._poller != me:
                raise RefusedError(409, f"Conflict: {OTHER_POLLER}")
            return list(self._updates)[: parameters.get("limit", 100)]


async def post_update(url: str, body: bytes, secret: str | None) -> int:
    """Post the JSON of an update to a webhook as Telegram does; returns the status of its answer."""
    headers = {"Content-Type": "application/json"} | ({} if secret is None else {SECRET_HEADER: secret})
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(url, data=io.BytesIO(body)) as answer,
    ):
        return answer.status


async def read_call(request: web.Request) -> tuple[dict[str, str], dict[str, Uploaded]]:
    """Return the parameters of a call as text, and its files: they come as JSON or as a form."""
    if request.content_type == "application/json":
        given = await request.json()
        return {name: each if isinstance(each, str) else json.dumps(each) for name, each in given.items()}, {}
    form = await request.post()
    files = {
        name: Uploaded(field.filename, field.file.read())
        for name, field in form.items()
        if isinstance(field, web.FileField)
    }
    return {name: f"attach://{name}" if name in files else str(each) for name, each in form.items()}, files


def _cut(request: web.Request) -> web.StreamResponse:
    assert request.transport
    request.transport.abort()
    return web.Response()
