"""Answering: each incoming request in a task of its own, after Slack has its acknowledgement."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import TypeAlias
from weakref import WeakValueDictionary

from bot.errors import DeliveryError
from bot.platform import Respond
from bot.slack.inbound import Incoming, Place
from bot.slack.outbound import Outbound, patiently
from bot.slack.people import People
from bot.slack.render import Message
from handlers.reply import Reply
from handlers.request import Language

LOG = logging.getLogger(__name__)
DRAIN_SECONDS = 20

Render: TypeAlias = Callable[[Reply, Language | None], tuple[Message, ...]]


class Answers:
    """Turns requests into messages: those of one person in their order, those of several side by side."""

    def __init__(self, respond: Respond, outbound: Outbound, people: People, render: Render) -> None:
        self._respond = respond
        self._outbound = outbound
        self._people = people
        self._render = render
        self._tasks: set[asyncio.Task[None]] = set()
        self._turns: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    def begin(self, incoming: Incoming | None) -> None:
        """Answer a request, at once but not here; None is no request and gets no answer."""
        if incoming is not None:
            task = asyncio.create_task(self._answer(incoming))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def drain(self) -> None:
        """Wait for the answers under way, and give up those that take too long."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=DRAIN_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _answer(self, incoming: Incoming) -> None:
        request = incoming.request
        async with self._turns.setdefault((request.conversation.chat, request.user), asyncio.Lock()):
            try:
                request = await self._people.introduce(request)
                await self._show(incoming.place, await self._respond(request), request.language)
            except DeliveryError as error:
                LOG.error("answer not delivered id=%s reason=%s", request.id, error.reason)  # noqa: TRY400 -- one line

    async def _show(self, place: Place, reply: Reply, language: Language | None) -> None:
        for number, message in enumerate(await asyncio.to_thread(self._render, reply, language)):
            replace = reply.in_place and number == 0
            await patiently(partial(self._outbound.answer, place, message, replace=replace))
