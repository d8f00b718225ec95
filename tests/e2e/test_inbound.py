"""What people send is answered once, however often it is delivered, to whomever, and over a crash."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.http import HttpServer
from bot.inbox import Inbox
from bot.lease import Leases
from bot.platform import Actions, Services
from bot.slack.adapter import Slack, SlackSettings
from bot.store import Store, open_store
from bot.telegram.account import Account
from bot.telegram.adapter import Telegram
from bot.telegram.webhook import Webhook
from handlers.reply import Paragraph, Reply, Text
from handlers.request import Request
from tests.contract.test_http import free_port
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.payloads import TEAM, command, mention, press
from tests.fakes.telegram import GROUP, PRIVATE, FakeTelegram, User
from tests.fakes.telegram.people import message_json
from tests.fakes.telegram.server import post_update

SECRET = "a-secret_of-the-hook"
PATIENCE_SECONDS = 10
ACTIONS = Actions(str, lambda _: None)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/state.sqlite")
    yield opened
    opened.close()


class Talk:
    """Repeats what was asked; `dies` lets the process die with the answer."""

    def __init__(self, *, dies: bool = False) -> None:
        self.asked: asyncio.Queue[Request] = asyncio.Queue()
        self.dies = dies

    async def respond(self, request: Request) -> Reply:
        self.asked.put_nowait(request)
        if self.dies:
            await asyncio.Event().wait()
        return Reply((Paragraph(Text(f"答：{request.text}")),))

    async def heard(self) -> Request:
        return await asyncio.wait_for(self.asked.get(), PATIENCE_SECONDS)


def services(store: Store, port: int = 0, *, alone: bool = False) -> Services:
    inbox = Inbox(store.inbound, alone=alone)
    leases = Leases(store.leases, owner="alone" if alone else "", renewal_seconds=0.05)
    return Services(ACTIONS, HttpServer("127.0.0.1", port), inbox, leases)


def slack_over_http(slack: FakeSlack, store: Store, port: int, *, alone: bool = False) -> Slack:
    settings = SlackSettings(slack.bot_token, signing_secret=slack.signing_secret, base_url=slack.base_url)
    return Slack(settings, services(store, port, alone=alone))


@asynccontextmanager
async def running(talk: Talk, *platforms: Slack | Telegram) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        for platform in platforms:
            await platform.start(talk.respond)
            stack.push_async_callback(platform.stop)
        yield


async def dead(platform: Slack | Telegram) -> None:
    """Let a platform go without finishing anything, as a killed process does."""
    tasks = [task for task in asyncio.all_tasks() if str(task.get_coro()).count("._handle ")]
    assert tasks
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await platform.stop()


async def test_each_slack_event_delivered_four_times_to_two_processes_is_answered_once(store: Store) -> None:
    talk, ports = Talk(), (free_port(), free_port())
    async with FakeSlack() as slack:
        shown = {"ts": "1.1", "channel": "C000000001"}
        element = {"type": "button", "action_id": "step-1", "value": "more"}
        kinds: dict[str, dict[str, Any]] = {
            "events_api": mention("once"),
            "slash_commands": command("twice", slack._new_response_url()),
            "interactive": press(shown, element, slack._new_response_url()),
        }
        async with running(talk, *(slack_over_http(slack, store, port) for port in ports)):
            for number in range(4):
                slack.http_mode_url = f"http://127.0.0.1:{ports[number % 2]}/slack/events"
                for kind, body in kinds.items():
                    await slack._deliver(kind, body)
            answers = sorted([(await slack.posted()).visible for _ in kinds])
        assert answers == ["答：more", "答：once", "答：twice"]
        assert talk.asked.qsize() == 3
        assert slack._shown.empty()


def telegram_update(number: int, text: str) -> dict[str, object]:
    return {"update_id": number, "message": message_json(number, PRIVATE, User().as_json(), text=text)}


async def test_each_telegram_update_delivered_four_times_to_two_processes_is_answered_once(
    store: Store,
) -> None:
    talk, ports = Talk(), (free_port(), free_port())
    async with FakeTelegram() as fake:
        hooks = [
            Webhook(f"http://127.0.0.1:{port}/hook", SECRET, HttpServer("127.0.0.1", port)) for port in ports
        ]
        platforms = [
            Telegram(Account(fake.token, fake.base_url, hook), services(store), {}) for hook in hooks
        ]
        async with running(talk, *platforms):
            for number in range(4):
                body = json.dumps(telegram_update(7, "once")).encode()
                assert await post_update(hooks[number % 2].url, body, SECRET) == 200
            assert (await fake.sent()).text == "答：once"
        assert talk.asked.qsize() == 1
        assert fake.state.shown.empty()


async def test_a_question_under_way_when_telegrams_process_died_is_answered_by_the_next(store: Store) -> None:
    async with FakeTelegram() as fake:
        dying, talk = Talk(dies=True), Talk()
        first = Telegram(Account(fake.token, fake.base_url), services(store, alone=True), {})
        await first.start(dying.respond)
        await fake.message("订阅 半导体")
        await dying.heard()
        await dead(first)
        async with running(
            talk, Telegram(Account(fake.token, fake.base_url), services(store, alone=True), {})
        ):
            assert (await fake.sent()).text == "答：订阅 半导体"
        assert talk.asked.qsize() == 1


async def test_a_question_under_way_when_slacks_process_died_is_answered_by_the_next(store: Store) -> None:
    async with FakeSlack() as slack:
        port, dying, talk = free_port(), Talk(dies=True), Talk()
        slack.http_mode_url = f"http://127.0.0.1:{port}/slack/events"
        first = slack_over_http(slack, store, port, alone=True)
        await first.start(dying.respond)
        await slack.mention("订阅 半导体")
        assert (await dying.heard()).conversation.team == TEAM
        await dead(first)
        async with running(talk, slack_over_http(slack, store, port, alone=True)):
            assert (await slack.posted()).visible == "答：订阅 半导体"


async def test_of_two_processes_one_polls_and_the_other_takes_over(store: Store) -> None:
    async with FakeTelegram() as fake:
        talk = Talk()
        first, second = (Telegram(Account(fake.token, fake.base_url), services(store), {}) for _ in range(2))
        await first.start(talk.respond)
        await fake.called("getUpdates")
        await second.start(talk.respond)
        await fake.message("一")
        assert (await fake.sent()).text == "答：一"
        await first.stop()
        await fake.message("二")
        assert (await fake.sent()).text == "答：二"
        assert second.deaf_seconds < PATIENCE_SECONDS
        await second.stop()
        assert fake.state.shown.empty()
        assert talk.asked.qsize() == 2


async def test_chatter_of_a_group_is_not_stored(store: Store, tmp_path: Path) -> None:
    async with FakeTelegram() as fake:
        talk = Talk(dies=True)
        telegram = Telegram(Account(fake.token, fake.base_url), services(store), {})
        await telegram.start(talk.respond)
        await fake.message("between ourselves", chat=GROUP)
        await fake.message(f"@{fake.username} a question", chat=GROUP)
        await talk.heard()
        kept = (tmp_path / "state.sqlite").read_bytes()
        assert b"a question" in kept
        assert b"between ourselves" not in kept
        await dead(telegram)
