"""A small file that somebody sends to the bot on Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.http import HttpServer
from bot.platform import Actions, Services
from bot.telegram.account import Account
from bot.telegram.adapter import Telegram
from bot.telegram.attached import MOST_BYTES
from handlers.reply import Paragraph, Reply, Text
from handlers.request import Request
from tests.fakes.telegram import GROUP, FakeTelegram, RefusedError

LIST = '{"topics": ["半导体"]}'


class Talk:
    """Says what it got."""

    def __init__(self) -> None:
        self.requests: asyncio.Queue[Request] = asyncio.Queue()

    async def respond(self, request: Request) -> Reply:
        self.requests.put_nowait(request)
        return Reply((Paragraph(Text(f"{request.text}|{request.document}")),))


@asynccontextmanager
async def running(fake: FakeTelegram, talk: Talk) -> AsyncIterator[Telegram]:
    services = Services(Actions(str, lambda _: None), HttpServer("127.0.0.1", 0))
    telegram = Telegram(Account(fake.token, fake.base_url), services, {})
    await telegram.start(talk.respond)
    try:
        yield telegram
    finally:
        await telegram.stop()


async def test_a_small_json_file_comes_with_the_request(fake: FakeTelegram) -> None:
    async with running(fake, Talk()):
        await fake.file("subscriptions.JSON", LIST.encode())
        assert (await fake.sent()).text == f"|{LIST}"
        await fake.file("subscriptions.json", LIST.encode(), "导入")
        assert (await fake.sent()).text == f"导入|{LIST}"
        await fake.file("s.json", LIST.encode(), f"@{fake.username} 导入", chat=GROUP)
        assert (await fake.sent()).text == f"导入|{LIST}"


@pytest.mark.parametrize(
    ("name", "content"),
    [("report.pdf", b"%PDF"), ("large.json", b"1" * (MOST_BYTES + 1)), ("none", b"{}")],
    ids=["another kind", "too large", "no suffix"],
)
async def test_another_file_is_none_of_its_business(fake: FakeTelegram, name: str, content: bytes) -> None:
    talk = Talk()
    async with running(fake, talk):
        await fake.file(name, content)
        await fake.file(name, content, "导入")
        assert (await fake.sent()).text == "导入|"
    assert talk.requests.qsize() == 1


async def test_a_file_that_cannot_be_had_is_no_file(fake: FakeTelegram) -> None:
    async with running(fake, Talk()):
        fake.fail("getFile", RefusedError(400, "Bad Request: file is too big"))
        await fake.file("s.json", LIST.encode(), "导入")
        assert (await fake.sent()).text == "导入|"
        await fake.file("s.json", b"\xff\xfe{}", "导入")
        assert (await fake.sent()).text == "导入|\ufffd\ufffd{}"


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server
