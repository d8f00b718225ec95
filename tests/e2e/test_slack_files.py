"""A small file that somebody sends to the bot on Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.http import HttpServer
from bot.platform import Actions, Services
from bot.slack.adapter import Slack, SlackSettings
from bot.slack.attached import MOST_BYTES
from handlers.reply import Paragraph, Reply, Text
from handlers.request import Request
from tests.fakes.slack import FakeSlack

LIST = '{"topics": ["半导体"]}'


async def say_what_came(request: Request) -> Reply:
    return Reply((Paragraph(Text(f"{request.text}|{request.document}")),))


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


@asynccontextmanager
async def running(slack: FakeSlack) -> AsyncIterator[None]:
    services = Services(Actions(str, lambda _: None), HttpServer("127.0.0.1", 0))
    platform = Slack(SlackSettings(slack.bot_token, slack.app_token, base_url=slack.base_url), services)
    await platform.start(say_what_came)
    try:
        await slack.connected()
        yield
    finally:
        await platform.stop()


async def test_a_small_json_file_comes_with_the_request(slack: FakeSlack) -> None:
    async with running(slack):
        await slack.direct("", **slack.attach("subscriptions.JSON", LIST.encode()))
        assert (await slack.posted()).visible == f"|{LIST}"


async def test_another_file_or_one_too_large_is_not_read(slack: FakeSlack) -> None:
    async with running(slack):
        for name, content in (("report.pdf", b"%PDF"), ("large.json", b"1" * (MOST_BYTES + 1))):
            await slack.direct("导入", **slack.attach(name, content))
            assert (await slack.posted()).visible == "导入|"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/a.json",
        "http://files.slack.com/a.json",
        "https://files.slack.com.evil.example/a.json",
        "https://files.slack.com@evil.example/a.json",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "",
    ],
)
async def test_our_token_is_shown_to_slack_alone(slack: FakeSlack, address: str) -> None:
    file: dict[str, Any] = {"name": "a.json", "size": 3, "url_private": address}
    async with running(slack):
        await slack.direct("导入", subtype="file_share", files=[file])
        assert (await slack.posted()).visible == "导入|"


async def test_a_file_that_slack_does_not_hand_out_is_no_file(slack: FakeSlack) -> None:
    async with running(slack):
        attached = slack.attach("a.json", LIST.encode())
        slack.attached.clear()
        await slack.direct("导入", **attached)
        assert (await slack.posted()).visible == "导入|"
