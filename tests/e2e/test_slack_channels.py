"""Channels and threads: where a subscription belongs, who may make one, and where the bot is not a member."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.errors import DeliveryError, Outcome
from bot.http import HttpServer
from bot.platform import Actions, Services
from bot.slack.adapter import Slack, SlackSettings
from handlers.reply import Button, Buttons, Paragraph, Reply, Text
from handlers.request import Conversation, Request
from tests.fakes.slack import FakeSlack, payloads
from tests.fakes.slack.payloads import BOT_USER, CHANNEL, DIRECT, TEAM, USER

ROOT = "1600000000.000001"
WORDS = Reply((Paragraph(Text("推送")),))


class Talk:
    """Repeats what was asked, with a button."""

    def __init__(self) -> None:
        self.requests: list[Request] = []

    async def respond(self, request: Request) -> Reply:
        self.requests.append(request)
        return Reply((Paragraph(Text(f"答：{request.text}")), Buttons((Button("更多", "more"),))))


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
def talk() -> Talk:
    return Talk()


@asynccontextmanager
async def running(slack: FakeSlack, talk: Talk) -> AsyncIterator[Slack]:
    services = Services(Actions(str, lambda _: None), HttpServer("127.0.0.1", 0))
    platform = Slack(SlackSettings(slack.bot_token, slack.app_token, base_url=slack.base_url), services)
    await platform.start(talk.respond)
    try:
        await slack.connected()
        yield platform
    finally:
        await platform.stop()


async def asked_in_thread(slack: FakeSlack, talk: Talk, thread: str) -> str:
    await slack.mention("订阅 5G", thread=thread)
    await slack.posted()
    return talk.requests[-1].conversation.thread


async def test_what_is_asked_or_pressed_in_a_thread_of_others_belongs_to_the_thread(
    slack: FakeSlack, talk: Talk
) -> None:
    async with running(slack, talk):
        await slack.mention("订阅 5G", thread=ROOT)
        await slack.press(await slack.posted(), "更多")
        await slack.posted()
    typed, pressed = talk.requests
    assert typed.conversation == pressed.conversation == Conversation("slack", CHANNEL, TEAM, ROOT)


async def test_what_is_asked_or_pressed_below_our_answer_belongs_to_the_channel(
    slack: FakeSlack, talk: Talk
) -> None:
    async with running(slack, talk):
        first = await slack.mention("订阅 5G")
        answer = await slack.posted()
        await slack.press(answer, "更多")
        await slack.posted()
        assert await asked_in_thread(slack, talk, first["event"]["ts"]) == ""
    assert {request.conversation for request in talk.requests} == {Conversation("slack", CHANNEL, TEAM)}


async def test_an_alert_of_a_thread_is_posted_there(slack: FakeSlack, talk: Talk) -> None:
    async with running(slack, talk) as platform:
        await platform.send(Conversation("slack", CHANNEL, TEAM, ROOT), WORDS)
        assert (await slack.posted()).message["thread_ts"] == ROOT


@pytest.mark.parametrize(
    ("user", "channel", "may"),
    [
        ({"is_admin": True}, None, True),
        ({"is_owner": True}, None, True),
        ({"is_admin": False}, {"creator": USER, "is_member": True}, True),
        ({"is_admin": False}, {"creator": "U9", "is_member": True}, False),
        ({"is_admin": False}, None, False),
        (None, None, None),
    ],
    ids=["admin", "owner", "creator", "member", "creator unknown", "people unknown"],
)
async def test_admins_owners_and_the_creator_may_manage_a_channel(
    slack: FakeSlack, talk: Talk, user: dict[str, object] | None, channel: dict[str, object] | None, may: bool
) -> None:
    if user:
        slack.users[USER] = {"id": USER, **user}
    if channel:
        slack.channels[CHANNEL] = {"id": CHANNEL, **channel}
    async with running(slack, talk):
        await slack.mention("订阅 5G")
        await slack.posted()
    assert talk.requests[0].may_manage is may


async def test_an_admin_of_another_workspace_is_nobody_here_but_alone_everybody_may(
    slack: FakeSlack, talk: Talk
) -> None:
    slack.users[USER] = {"id": USER, "is_admin": True}
    async with running(slack, talk):
        await slack.mention("x", user_team="T9")
        await slack.posted()
        await slack.direct("x")
        await slack.posted()
    guest, alone = talk.requests
    assert (guest.may_manage, guest.home) == (False, "T9")
    assert alone.may_manage


@pytest.mark.parametrize(
    ("channel", "scopes", "reachable"),
    [
        ({"is_member": True, "is_private": True}, "", True),
        ({"is_member": False}, "chat:write,channels:join", True),
        ({"is_member": False}, "chat:write", False),
        ({"is_member": False, "is_private": True}, "chat:write,channels:join", False),
    ],
    ids=["a member", "may join", "may not join", "private"],
)
async def test_a_slash_command_tells_whether_an_alert_could_ever_arrive(
    slack: FakeSlack, talk: Talk, channel: dict[str, object], scopes: str, reachable: bool
) -> None:
    slack.channels[CHANNEL] = {"id": CHANNEL, **channel}
    slack.scopes = scopes
    async with running(slack, talk):
        await slack.command("订阅 5G")
        await slack.posted()
    assert talk.requests[0].reachable is reachable


async def test_a_private_channel_that_slack_hides_from_us_is_out_of_reach_until_we_are_invited(
    slack: FakeSlack, talk: Talk
) -> None:
    slack.fail("conversations.info", "channel_not_found")
    async with running(slack, talk):
        await slack.command("订阅 5G")
        await slack.posted()
        slack.channels[CHANNEL] = {"id": CHANNEL, "is_member": True, "is_private": True}
        await slack.command("订阅 5G")
        await slack.posted()
    assert [request.reachable for request in talk.requests] == [False, True]


async def test_an_alert_joins_a_public_channel_where_that_is_allowed(slack: FakeSlack, talk: Talk) -> None:
    slack.scopes = "channels:join"
    slack.fail("chat.postMessage", "not_in_channel")
    async with running(slack, talk) as platform:
        await platform.send(Conversation("slack", CHANNEL, TEAM), WORDS)
        assert (await slack.posted()).visible == "推送"
    assert slack.called("conversations.join") == [{"channel": CHANNEL}]


async def test_where_it_may_not_join_the_alert_fails_for_good(slack: FakeSlack, talk: Talk) -> None:
    slack.fail("chat.postMessage", "not_in_channel")
    async with running(slack, talk) as platform:
        with pytest.raises(DeliveryError) as caught:
            await platform.send(Conversation("slack", CHANNEL, TEAM), WORDS)
    assert (caught.value.outcome, caught.value.reason) == (Outcome.PERMANENT, "not_in_channel")


UNINSTALLED = {"type": "app_uninstalled", "ts": "1"}
REVOKED = {"type": "tokens_revoked", "ts": "2", "tokens": {"bot": [BOT_USER], "oauth": []}}


@pytest.mark.parametrize("events", [(UNINSTALLED, REVOKED), (REVOKED, UNINSTALLED)], ids=["first", "last"])
async def test_an_uninstalled_app_sends_nothing_more_and_says_so_once(
    slack: FakeSlack, talk: Talk, events: tuple[dict[str, object], ...], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    async with running(slack, talk) as platform:
        for event in events:
            await slack.event(payloads.event_callback(event))
        with pytest.raises(DeliveryError) as caught:
            await platform.send(Conversation("slack", DIRECT, TEAM), WORDS)
        assert platform.deaf_seconds == 0.0
    assert caught.value.outcome is Outcome.CREDENTIAL
    assert not slack.called("chat.postMessage")
    assert caplog.text.count("slack stopped") == 1
