"""Answering: what came in is stored, then each request is answered in a task of its own.

take -> stored -> (Slack has its acknowledgement) -> read -> introduced -> respond -> shown -> done
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias
from weakref import WeakValueDictionary

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import DeliveryError, Outcome
from bot.inbox import Event, Inbox
from bot.platform import Respond
from bot.slack.attached import attached_text
from bot.slack.channels import Channels
from bot.slack.inbound import (
    PLATFORM,
    Body,
    Incoming,
    Place,
    in_channel,
    is_for_us,
    key_of,
    message_key,
    read,
    turn_of,
)
from bot.slack.outbound import Outbound, patiently
from bot.slack.people import People
from bot.slack.render import Message
from handlers.errors import StoreError
from handlers.reply import Reply
from handlers.request import Language, Request

LOG = logging.getLogger(__name__)
DRAIN_SECONDS = 20

Render: TypeAlias = Callable[[Reply, Language | None], tuple[Message, ...]]


@dataclass(frozen=True, slots=True)
class Workspace:
    """What is known of the workspace, and the ways into and out of it."""

    client: AsyncWebClient
    bot_user: str
    outbound: Outbound
    people: People
    channels: Channels


class Answers:
    """Turns requests into messages: those of one person in their order, those of several side by side."""

    def __init__(
        self,
        respond: Respond,
        workspace: Workspace,
        inbox: Inbox,
        expand: Callable[[str], str | None],
        render: Render,
    ) -> None:
        self._respond = respond
        self._workspace = workspace
        self._inbox = inbox
        self._expand = expand
        self._render = render
        self._tasks: set[asyncio.Task[None]] = set()
        self._turns: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    async def take(self, body: Body) -> None:
        """Store what came if it is for us, and begin to answer; it may be acknowledged then."""
        if is_for_us(body, self._workspace.bot_user) and await self._inbox.accept(
            PLATFORM, key_of(body), json.dumps(body, ensure_ascii=False)
        ):
            self._begin(body)

    def begin_again(self, event: Event) -> None:
        """Answer what an earlier process had stored and not answered."""
        self._begin(json.loads(event.body))

    async def drain(self) -> None:
        """Wait for the answers under way, and give up those that take too long."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=DRAIN_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _begin(self, body: Body) -> None:
        task = asyncio.create_task(self._handle(body))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            LOG.error("slack event failed", exc_info=error)

    async def _handle(self, body: Body) -> None:
        async with self._turns.setdefault(turn_of(body), asyncio.Lock()):
            incoming = await self._read(body)
            is_shown = incoming is None or await self._answer(incoming)
        if is_shown:
            await self._inbox.done(PLATFORM, key_of(body))
        else:
            self._inbox.put_back(PLATFORM, key_of(body))

    async def _read(self, body: Body) -> Incoming | None:
        try:
            incoming = await asyncio.to_thread(read, body, self._workspace.bot_user, self._expand)
        except StoreError as error:
            LOG.warning("button not read error=%s", error)
            return None
        if incoming and (thread := incoming.request.conversation.thread):
            where = incoming.request.conversation
            is_our_answer = await self._inbox.knows(PLATFORM, message_key(where.team, where.chat, thread))
            return in_channel(incoming) if is_our_answer else incoming
        return incoming

    async def _answer(self, incoming: Incoming) -> bool:
        """Answer a request; False where it is worth another try: our token is refused until it is renewed."""
        request = await self._introduced(incoming)
        try:
            await self._show(incoming.place, await self._respond(request), request.language)
        except DeliveryError as error:
            LOG.error("answer not delivered id=%s reason=%s", request.id, error.reason)  # noqa: TRY400 -- one line
            return error.outcome is not Outcome.CREDENTIAL
        return True

    async def _introduced(self, incoming: Incoming) -> Request:
        """Return the request with its file and what Slack tells of the person and of a channel not joined."""
        request = await self._workspace.people.introduce(incoming.request)
        if incoming.file:
            return replace(request, document=await attached_text(self._workspace.client, incoming.file))
        if incoming.place.response_url and not request.is_private:
            channel = await self._workspace.channels.about(request.conversation.chat)
            return replace(request, reachable=channel.is_reachable)
        return request

    async def _show(self, place: Place, reply: Reply, language: Language | None) -> None:
        for number, message in enumerate(await asyncio.to_thread(self._render, reply, language)):
            in_place = reply.in_place and number == 0
            await patiently(partial(self._workspace.outbound.answer, place, message, replace=in_place))
