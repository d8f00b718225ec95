"""Slack: an event becomes a Request, its Reply becomes messages.

event -> door (websocket or signed request) -> stored -> acknowledged -> a task of its own: respond -> render
-> outbound -> done
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ConfigError, DeliveryError, Outcome
from bot.hearing import Hearing
from bot.platform import WHOLE, Progress, Respond, Services
from bot.renderings import Renderings
from bot.slack.answers import Answers, Workspace
from bot.slack.channels import Channels
from bot.slack.doors import Door, HttpDoor, SocketDoor
from bot.slack.failures import CALL_ERRORS, delivery_error
from bot.slack.inbound import PLATFORM, Body, revocation
from bot.slack.listeners import bolt_app
from bot.slack.outbound import Outbound
from bot.slack.people import People
from bot.slack.render import Message, render
from handlers.reply import Reply
from handlers.request import Conversation, Language

LOG = logging.getLogger(__name__)
BOT_TOKEN = "HANGXUN_SLACK_BOT_TOKEN"  # noqa: S105 -- the name of a setting
APP_TOKEN = "HANGXUN_SLACK_APP_TOKEN"  # noqa: S105 -- the name of a setting
JOIN = "channels:join"
SCOPES_HEADER = "x-oauth-scopes"
CALL_TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5, sock_connect=5)


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """How we reach Slack, and how Slack reaches us: with an app token by websocket, else signed over HTTP."""

    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    base_url: str = AsyncWebClient.BASE_URL
    language: Language = Language.ZH


class Slack:
    """Slack as a platform: the one workspace that the bot's token belongs to."""

    def __init__(self, settings: SlackSettings, services: Services) -> None:
        self._settings = settings
        self._actions = services.actions
        self._alerts = Renderings(self._render)
        self._http = services.http
        self._inbox = services.inbox
        self._opened = AsyncExitStack()
        self._outbound: Outbound | None = None
        self._door: Door | None = None
        self._revoked: str | None = None
        self._hearing = Hearing()

    @property
    def name(self) -> str:
        """The platform's name in the table."""
        return PLATFORM

    @property
    def deaf_seconds(self) -> float:
        """How long no events could come in; nothing is expected where our access was taken away."""
        if self._door is None or self._revoked:
            return 0.0
        if self._door.is_listening:
            self._hearing.heard()
            return 0.0
        return self._hearing.deaf_seconds

    async def connect(self) -> None:
        """Sign in, to send only. Raises ConfigError for a wrong token or address."""
        async with self._opening() as opened:
            await self._connect(opened)

    async def start(self, respond: Respond) -> None:
        """Connect and begin to answer. Raises ConfigError for a wrong token or address."""
        async with self._opening() as opened:
            workspace = await self._connect(opened)
            answers = Answers(respond, workspace, self._inbox, self._actions.expand, self._render)
            opened.push_async_callback(answers.drain)
            self._door = self._make_door(bolt_app(workspace.client, partial(self._take, answers)), workspace)
            opened.push_async_callback(self._door.close)
            await self._open(self._door)
            task = asyncio.create_task(self._inbox.take_up(PLATFORM, answers.begin_again))
            opened.callback(task.cancel)

    async def send(self, conversation: Conversation, reply: Reply, progress: Progress = WHOLE) -> None:
        """Send an alert without link previews. Raises DeliveryError."""
        if self._outbound is None:
            raise DeliveryError("not connected", Outcome.NOT_SENT)
        if self._revoked:
            raise DeliveryError(self._revoked, Outcome.CREDENTIAL)
        messages = await self._alerts.of(reply)
        for part, message in enumerate(messages[progress.taken :], progress.taken + 1):
            message_id = await self._outbound.post(conversation.chat, conversation.thread, message)
            await progress.accepted(message_id, part == len(messages))

    async def stop(self) -> None:
        """Stop taking events, finish those under way, disconnect."""
        self._outbound = None
        await self._opened.aclose()

    @asynccontextmanager
    async def _opening(self) -> AsyncIterator[AsyncExitStack]:
        """Keep what is opened inside for `stop`, or close it again where opening fails."""
        async with AsyncExitStack() as opened:
            yield opened
            self._opened = opened.pop_all()

    async def _take(self, answers: Answers, body: Body) -> None:
        """Take what came in; with our access gone nothing is sent any more until a restart."""
        if reason := revocation(body):
            if self._revoked is None:
                LOG.error("slack stopped: %s; install the app again, set its new token and restart", reason)
            self._revoked = reason
        else:
            await answers.take(body)

    async def _connect(self, opened: AsyncExitStack) -> Workspace:
        session = await opened.enter_async_context(aiohttp.ClientSession(timeout=CALL_TIMEOUT))
        token, base_url = self._settings.bot_token, self._settings.base_url
        client = AsyncWebClient(token, base_url=base_url, session=session, retry_handlers=[])
        try:
            answer = await client.auth_test()
        except CALL_ERRORS as error:
            raise self._refused(BOT_TOKEN, error) from None
        self._outbound = Outbound(client)
        channels = Channels(client, may_join=JOIN in scopes_of(answer.headers))
        return Workspace(client, str(answer["user_id"]), self._outbound, People(client, channels), channels)

    def _render(self, reply: Reply, language: Language | None = None) -> tuple[Message, ...]:
        return render(reply, self._actions.shorten, language or self._settings.language)

    def _make_door(self, app: AsyncApp, workspace: Workspace) -> Door:
        settings = self._settings
        if settings.app_token:
            return SocketDoor(app, workspace.client, settings.app_token)
        return HttpDoor(app, settings.signing_secret, self._http)

    async def _open(self, door: Door) -> None:
        try:
            await door.open()
        except CALL_ERRORS as error:
            raise self._refused(APP_TOKEN, error) from None

    def _refused(self, setting: str, error: Exception) -> ConfigError:
        """Return what to tell the operator; the token is not in it."""
        failure = delivery_error(error)
        if failure.outcome is Outcome.CREDENTIAL:
            return ConfigError(
                f"{setting} is not accepted by Slack ({failure.reason}); copy it from the app's page"
            )
        return ConfigError(
            f"Slack does not answer at {self._settings.base_url} ({failure.reason}); "
            "check the network and HANGXUN_SLACK_BASE_URL"
        )


def scopes_of(headers: Mapping[str, str]) -> frozenset[str]:
    """Return what the app may do, as Slack says in the headers of its answers."""
    named = next((value for name, value in headers.items() if name.lower() == SCOPES_HEADER), "")
    return frozenset(scope.strip() for scope in named.split(","))
