"""Slack: an event becomes a Request, its Reply becomes messages.

event -> door (websocket or signed request) -> Bolt, which acknowledges -> a task of its own: inbound ->
respond -> render -> outbound
"""

from __future__ import annotations

import re
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import aiohttp
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ConfigError, DeliveryError, Outcome
from bot.platform import Respond
from bot.slack.answers import Answers
from bot.slack.doors import Door, HttpDoor, SocketDoor
from bot.slack.failures import CALL_ERRORS, delivery_error
from bot.slack.inbound import PLATFORM, Body, from_action, from_command, from_event
from bot.slack.outbound import Outbound
from bot.slack.people import People
from bot.slack.render import render
from handlers.reply import Reply
from handlers.request import Conversation

BOT_TOKEN = "HANGXUN_SLACK_BOT_TOKEN"  # noqa: S105 -- the name of a setting
APP_TOKEN = "HANGXUN_SLACK_APP_TOKEN"  # noqa: S105 -- the name of a setting
CALL_TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5, sock_connect=5)
ANY = re.compile("")


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """How we reach Slack, and how Slack reaches us: with an app token by websocket, else signed over HTTP."""

    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    base_url: str = AsyncWebClient.BASE_URL
    host: str = "127.0.0.1"
    port: int = 8080


class Slack:
    """Slack as a platform: the one workspace that the bot's token belongs to."""

    def __init__(self, settings: SlackSettings) -> None:
        self._settings = settings
        self._opened = AsyncExitStack()
        self._outbound: Outbound | None = None

    @property
    def name(self) -> str:
        """The platform's name in the table."""
        return PLATFORM

    async def start(self, respond: Respond) -> None:
        """Connect and begin to answer. Raises ConfigError for a wrong token or address."""
        async with AsyncExitStack() as opened:
            session = await opened.enter_async_context(aiohttp.ClientSession(timeout=CALL_TIMEOUT))
            client = self._client(session)
            bot_user = await self._sign_in(client)
            self._outbound = Outbound(client)
            answers = Answers(respond, self._outbound, People(client))
            opened.push_async_callback(answers.drain)
            door = self._door(bolt_app(client, answers, bot_user), client)
            opened.push_async_callback(door.close)
            await self._open(door)
            self._opened = opened.pop_all()

    async def send(self, conversation: Conversation, reply: Reply) -> None:
        """Send an alert. Raises DeliveryError."""
        if self._outbound is None:
            raise DeliveryError("not connected", Outcome.NOT_SENT)
        for message in render(reply):
            await self._outbound.post(conversation.chat, conversation.thread, message)

    async def stop(self) -> None:
        """Stop taking events, finish those under way, disconnect."""
        self._outbound = None
        await self._opened.aclose()

    def _client(self, session: aiohttp.ClientSession) -> AsyncWebClient:
        settings = self._settings
        return AsyncWebClient(
            settings.bot_token, base_url=settings.base_url, session=session, retry_handlers=[]
        )

    def _door(self, app: AsyncApp, client: AsyncWebClient) -> Door:
        settings = self._settings
        if settings.app_token:
            return SocketDoor(app, client, settings.app_token)
        return HttpDoor(app, settings.signing_secret, settings.host, settings.port)

    async def _sign_in(self, client: AsyncWebClient) -> str:
        try:
            answer = await client.auth_test()
        except CALL_ERRORS as error:
            raise self._refused(BOT_TOKEN, error) from None
        return str(answer["user_id"])

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


def bolt_app(client: AsyncWebClient, answers: Answers, bot_user: str) -> AsyncApp:
    """Return the Bolt app that acknowledges whatever comes and hands on what can be answered.

    Signatures are checked at the door, before Bolt.
    """
    app = AsyncApp(client=client, name="hangxun", signing_secret="", request_verification_enabled=False)

    async def take_event(ack: AsyncAck, body: Body) -> None:
        await ack()
        answers.begin(from_event(body, bot_user))

    async def take_command(ack: AsyncAck, body: Body) -> None:
        await ack()
        answers.begin(from_command(body, bot_user))

    async def take_action(ack: AsyncAck, body: Body) -> None:
        await ack()
        answers.begin(from_action(body))

    app.event(ANY)(take_event)
    app.command(ANY)(take_command)
    app.action(ANY)(take_action)
    return app
