"""The client below the library against a server: what it makes of answers, of silence and of proxies."""

from __future__ import annotations

import json
import ssl
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.errors import ConfigError, Outcome
from bot.telegram.account import Account
from bot.telegram.client import Client, trust
from bot.telegram.failures import delivery_error
from tests.fakes.telegram import (
    PRIVATE,
    CutAfter,
    CutBefore,
    FakeTelegram,
    Fault,
    Garbage,
    RefusedError,
    flood,
)

NOBODY_LISTENS = "http://127.0.0.1:9/bot"
CALL = json.dumps({"chat_id": str(PRIVATE.id), "text": "推送"}).encode()
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as telegram:
        yield telegram


async def error_of(base_url: str) -> TelegramError:
    """Return what a call to a server ends in."""
    client = Client(base_url + FakeTelegram.token, 1)
    await client.initialize()
    try:
        with pytest.raises(TelegramError) as caught:
            await client.call("sendMessage", CALL)
    finally:
        await client.shutdown()
    assert FakeTelegram.token not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (RefusedError(400, "Bad Request: something"), BadRequest),
        (RefusedError(401, "Unauthorized"), InvalidToken),
        (flood(3), RetryAfter),
        (Garbage("<html>"), NetworkError),
        (Garbage("[]"), NetworkError),
        (Garbage("1"), NetworkError),
        (Garbage("[" * 100_000), NetworkError),
        (Garbage("<html>", status=502), NetworkError),
    ],
    ids=lambda value: str(value)[:30],
)
async def test_a_refusal_is_what_the_library_makes_of_it(
    fake: FakeTelegram, fault: Fault, error: type[TelegramError]
) -> None:
    fake.fail("sendMessage", fault)
    assert isinstance(await error_of(fake.base_url), error)


async def test_a_pause_is_as_long_as_the_server_says(
    fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    fake.fail("sendMessage", flood(3))
    assert delivery_error(await error_of(fake.base_url)).retry_after == timedelta(seconds=3)


async def test_where_nobody_listens_nothing_was_sent() -> None:
    assert delivery_error(await error_of(NOBODY_LISTENS)).outcome is Outcome.NOT_SENT


@pytest.mark.parametrize("fault", [CutBefore(), CutAfter()])
async def test_a_connection_that_is_cut_leaves_the_end_unknown(fake: FakeTelegram, fault: Fault) -> None:
    fake.fail("sendMessage", fault)
    assert delivery_error(await error_of(fake.base_url)).outcome is Outcome.AMBIGUOUS
    assert len(fake.calls) == 1


async def test_a_redirection_is_not_followed(fake: FakeTelegram) -> None:
    async def elsewhere(_request: web.Request) -> web.Response:
        raise web.HTTPTemporaryRedirect(f"{fake.base_url}{fake.token}/sendMessage")

    app = web.Application()
    app.router.add_post("/{path:.*}", elsewhere)
    async with TestServer(app) as server:
        assert delivery_error(await error_of(str(server.make_url("/bot")))).outcome is Outcome.AMBIGUOUS
    assert fake.calls == []


async def test_a_proxy_of_the_environment_is_used(
    fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", fake.base_url.removesuffix("/bot"))
    line = Account(fake.token, "http://telegram.invalid/bot").make_line()
    await line.bot.initialize()
    assert line.bot.username == fake.username
    await line.bot.shutdown()


async def test_an_address_without_a_proxy_is_called_itself(
    fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    line = Account(fake.token, fake.base_url).make_line()
    await line.bot.initialize()
    assert line.bot.username == fake.username
    await line.bot.shutdown()


async def test_a_proxy_of_another_kind_is_a_wrong_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1080")
    with pytest.raises(ConfigError, match="ALL_PROXY"):
        await Client("https://api.telegram.org/bot1:AA", 1).initialize()


async def test_without_certificates_of_the_system_those_of_mozilla_are_trusted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/dev/null")
    monkeypatch.setenv("SSL_CERT_DIR", "/dev/null")
    context = trust("https://api.telegram.org/bot1:AA")
    assert isinstance(context, ssl.SSLContext)
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.cert_store_stats()["x509_ca"] > 100
