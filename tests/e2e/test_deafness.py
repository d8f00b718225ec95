"""A connection that is open but dead is noticed, and ends the process so that it is started anew."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BotError
from bot.hearing import DEAF_SECONDS, LOOK_SECONDS, Hearing, until_deaf
from bot.http import HttpServer
from bot.platform import Actions, Services
from bot.slack.doors import PING_SECONDS, SocketDoor
from bot.telegram.account import Account
from bot.telegram.adapter import Telegram
from handlers.reply import Reply
from handlers.request import Request
from tests.fakes.cable import Cable
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram

PATIENCE_SECONDS = 10


async def answer_nothing(_request: Request) -> Reply:
    return Reply(())


def test_nobody_is_deaf_for_longer_than_90_seconds() -> None:
    assert 1.5 * PING_SECONDS + DEAF_SECONDS + LOOK_SECONDS <= 90


async def test_telegram_behind_a_dead_connection_is_deaf() -> None:
    async with FakeTelegram() as fake, Cable(urlsplit(fake.base_url).port or 0) as cable:
        services = Services(Actions(str, str), HttpServer("127.0.0.1", 0))
        telegram = Telegram(Account(fake.token, f"http://127.0.0.1:{cable.port}/bot"), services, {})
        await telegram.start(answer_nothing)
        await fake.message(None)
        await fake.called("getUpdates", times=2)
        assert telegram.deaf_seconds < PATIENCE_SECONDS
        cable.pull()
        with pytest.raises(BotError, match="telegram was not heard"):
            await asyncio.wait_for(until_deaf([telegram], limit=0.2), PATIENCE_SECONDS)
        telegram._intake.cancel()
        await telegram._bot.shutdown()


class Ear:
    """A listener made of a door, as the adapter has it."""

    name = "slack"

    def __init__(self, door: SocketDoor) -> None:
        self._door = door
        self._hearing = Hearing()

    @property
    def deaf_seconds(self) -> float:
        if self._door.is_listening:
            self._hearing.heard()
        return self._hearing.deaf_seconds


async def test_slack_behind_a_dead_connection_is_deaf() -> None:
    async with FakeSlack() as slack, Cable(urlsplit(slack.url).port or 0) as cable:
        slack.url = f"http://127.0.0.1:{cable.port}"
        client = AsyncWebClient(slack.bot_token, base_url=slack.base_url, retry_handlers=[])
        app = AsyncApp(client=client, signing_secret="", request_verification_enabled=False)
        door = SocketDoor(app, client, slack.app_token, ping_seconds=0.2)
        assert not door.is_listening
        await door.open()
        await slack.connected()
        assert door.is_listening
        cable.pull()
        with pytest.raises(BotError, match="slack was not heard"):
            await asyncio.wait_for(until_deaf([Ear(door)], limit=0.2), PATIENCE_SECONDS)
        await door.close()
