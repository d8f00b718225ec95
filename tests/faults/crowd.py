"""A Telegram with room for a crowd: it takes messages for any chat, counts what each got, and goes wrong.

It is fast and judges no markup (`tests.fakes.telegram` does). Alerts are told from answers by being
silent. Only what this server took is counted, so that nothing depends on what the bot believes.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web

from tests.fakes.telegram.people import BOT, NOW
from tests.fakes.telegram.refusals import Fault, Garbage, RefusedError
from tests.fakes.telegram.server import post_update, read_call
from tests.faults.listening import Listener
from tests.faults.odds import REVOKED, Policy, Silence, nothing_wrong
from tests.faults.seen import GONE, Answer, Seen
from tests.faults.stage import TELEGRAM

TOKEN = "1234567:AAtest-token_of-no-real-bot"

Tap = Callable[[str], Awaitable[None]]
"""Told of each step of a conversation with the bot, before the next one: see STEPS."""

STEPS = ("handed over", "confirmed", "answer asked", "answer taken", "answer answered")


async def nobody_listens(_step: str) -> None:
    """Do nothing at any step."""


@dataclass
class _Waiting:
    """An update, and how often it is still to be handed over though it was confirmed."""

    update: dict[str, Any]
    copies: int

    def is_spent(self, offset: int) -> bool:
        """Whether it need not be handed over again."""
        return self.copies <= 0 and self.update["update_id"] < offset


class Crowd:
    """A Bot API server on a free port of this machine, for one bot and any number of chats.

    `speed` is how many seconds of the bot's one second of ours is worth, where its clock runs faster.
    """

    token = TOKEN
    kind = TELEGRAM

    def __init__(self, policy: Policy = nothing_wrong) -> None:
        self.policy = policy
        self.tap = nobody_listens
        self.copies = 1
        self.is_revoked = False
        self.speed = 1
        self.seen = Seen()
        self._ended = asyncio.Event()
        self.base_url = ""
        self._numbers = 0
        self._updates: deque[_Waiting] = deque()
        self._listener = Listener([web.post("/bot{token}/{method}", self._take)])

    async def __aenter__(self) -> Self:
        """Listen."""
        self.base_url = await self._listener.open() + "/bot"
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop listening."""
        self._ended.set()
        await self._listener.close()

    @property
    def settings(self) -> dict[str, str]:
        """The settings of a bot that is to talk to this server."""
        return {"HANGXUN_TELEGRAM_TOKEN": self.token, "HANGXUN_TELEGRAM_BASE_URL": self.base_url}

    async def ask(self, chat: str, text: str) -> None:
        """Let somebody write to the bot in private; it polls for what is written."""
        async with self.seen.news:
            self._updates.append(_Waiting(self._update(chat, text), self.copies))
            self.seen.news.notify_all()

    async def post(self, chat: str, text: str, addresses: Iterable[str], secret: str) -> None:
        """Let somebody write to the bot in private; the same update goes to all these webhooks at once."""
        body = json.dumps(self._update(chat, text)).encode()
        statuses = await asyncio.gather(*(post_update(address, body, secret) for address in addresses))
        assert set(statuses) == {200}, statuses

    def _update(self, chat: str, text: str) -> dict[str, Any]:
        self._numbers += 1
        person = {"id": int(chat), "is_bot": False, "first_name": "王", "language_code": "zh-hans"}
        place = {"id": int(chat), "type": "private", "first_name": "王"}
        message = {"message_id": self._numbers, "from": person, "chat": place, "date": NOW, "text": text}
        return {"update_id": self._numbers, "message": message}

    async def answer(self, chat: str, text: str, seconds: float) -> Answer:
        """Ask, and return the next answer in this chat. Raises TimeoutError."""
        before = len(self.seen.answers[chat])
        await self.ask(chat, text)
        await self.until(lambda: len(self.seen.answers[chat]) > before, seconds)
        return self.seen.answers[chat][before]

    async def until(self, holds: Callable[[], bool], seconds: float) -> None:
        """Wait until a condition on what was seen holds. Raises TimeoutError."""
        await self.seen.until(holds, seconds)

    async def _take(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            form, _ = await read_call(request)
            if method == "sendMessage":
                return await self._take_message(request, form)
            if self.is_revoked:
                raise REVOKED
            return _good(await self._run(method, form))
        except RefusedError as refusal:
            return web.json_response(refusal.body(), status=refusal.status)
        except ConnectionError:  # the bot was killed while it was sending
            return web.Response()

    async def _run(self, method: str, form: Any) -> object:
        if method == "getMe":
            return BOT
        if method == "getUpdates":
            return await self._poll(int(form.get("offset", 0)), float(form.get("timeout", 0)))
        return True

    async def _poll(self, offset: int, patience: float) -> list[dict[str, Any]]:
        """Return the updates from the offset on, and each of them so many times as there are to be copies."""
        if self._updates and self._updates[0].update["update_id"] < offset:
            await self.tap("confirmed")
        async with self.seen.news:
            while self._updates and self._updates[0].is_spent(offset):
                self._updates.popleft()
            try:
                async with asyncio.timeout(patience / self.speed):
                    await self.seen.news.wait_for(lambda: self._updates)
            except TimeoutError:
                return []
            handed = list(self._updates)[:100]
            for each in handed:
                each.copies -= 1
        await self.tap("handed over")
        return [each.update for each in handed]

    async def _take_message(self, request: web.Request, form: dict[str, str]) -> web.StreamResponse:
        is_alert = form.get("disable_notification") == "true"
        if not is_alert:
            return await self._take_answer(request, form)
        fault = REVOKED if self.is_revoked else self.policy(form["chat_id"])
        await self.seen.alert(form["chat_id"], form["text"], fault)
        if isinstance(fault, Silence):
            await self._ended.wait()
        return self._answered(request, form, fault)

    async def _take_answer(self, request: web.Request, form: dict[str, str]) -> web.StreamResponse:
        await self.tap("answer asked")
        if request.transport is None or request.transport.is_closing():
            return web.Response()
        await self.seen.answer(form["chat_id"], form["text"])
        await self.tap("answer taken")
        response = self._answered(request, form, None)
        with suppress(ConnectionError):  # the bot may have been killed meanwhile
            await response.prepare(request)
            await response.write_eof()
            await self.tap("answer answered")
        return response

    def _answered(
        self, request: web.Request, form: dict[str, str], fault: Fault | Silence | None
    ) -> web.StreamResponse:
        if isinstance(fault, RefusedError):
            raise fault
        if isinstance(fault, Garbage):
            return web.Response(text=fault.body, status=fault.status)
        if fault is not None or request.transport is None or request.transport.is_closing():
            return self._cut(request, is_known=fault is not None)
        self._numbers += 1
        place = {"id": int(form["chat_id"]), "type": "private"}
        return _good({"message_id": self._numbers, "date": NOW, "chat": place, "text": "-"})

    def _cut(self, request: web.Request, *, is_known: bool) -> web.StreamResponse:
        if not is_known:
            self.seen.faults[GONE] += 1
        if request.transport:
            request.transport.abort()
        return web.Response()


def _good(result: object) -> web.Response:
    return web.Response(text=json.dumps({"ok": True, "result": result}), content_type="application/json")
