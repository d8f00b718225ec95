from __future__ import annotations

from datetime import timedelta

import pytest
from aiohttp import (
    ClientConnectorDNSError,
    ClientHttpProxyError,
    ClientOSError,
    ClientPayloadError,
    ConnectionTimeoutError,
    InvalidURL,
    ServerDisconnectedError,
    SocketTimeoutError,
)
from aiohttp.client_reqrep import ConnectionKey, RequestInfo
from multidict import CIMultiDict, CIMultiDictProxy
from telegram.error import (
    ChatMigrated,
    Conflict,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from yarl import URL

from bot.errors import Outcome
from bot.telegram.failures import delivery_error

TOKEN = "1234567:AAsecret"


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


def no_such_name() -> Exception:
    key = ConnectionKey("api.telegram.org", 443, True, True, None, None, None)
    return ClientConnectorDNSError(key, OSError("no such name"))


def refused_by_proxy() -> Exception:
    address = URL("http://proxy:3128")
    return ClientHttpProxyError(RequestInfo(address, "CONNECT", CIMultiDictProxy(CIMultiDict()), address), ())


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (caused(TimedOut(), ConnectionTimeoutError()), Outcome.NOT_SENT),
        (caused(NetworkError("x"), no_such_name()), Outcome.NOT_SENT),
        (caused(NetworkError("x"), refused_by_proxy()), Outcome.NOT_SENT),
        (caused(TimedOut(), SocketTimeoutError()), Outcome.AMBIGUOUS),
        (caused(TimedOut(), TimeoutError()), Outcome.AMBIGUOUS),
        (caused(NetworkError("x"), ClientOSError()), Outcome.AMBIGUOUS),
        (caused(NetworkError("x"), ClientPayloadError()), Outcome.AMBIGUOUS),
        (caused(NetworkError("x"), ServerDisconnectedError()), Outcome.AMBIGUOUS),
        (NetworkError("Bad Gateway"), Outcome.AMBIGUOUS),
        (TelegramError("Invalid server response"), Outcome.AMBIGUOUS),
        (InvalidToken(f"The token `{TOKEN}` was rejected"), Outcome.CREDENTIAL),
        (Conflict("terminated"), Outcome.NOT_SENT),
        (ChatMigrated(-1), Outcome.NOT_SENT),
    ],
    ids=lambda value: repr(value)[:50],
)
def test_the_cause_tells_whether_a_message_left(error: TelegramError, outcome: Outcome) -> None:
    assert delivery_error(error).outcome is outcome


def test_a_flood_pause_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    error = delivery_error(RetryAfter(3))
    assert (error.outcome, error.retry_after) == (Outcome.NOT_SENT, timedelta(seconds=3))


def test_no_reason_holds_the_token_or_an_address() -> None:
    leaky = caused(NetworkError(f"https://api.telegram.org/bot{TOKEN}/x"), InvalidURL(TOKEN))
    for error in (InvalidToken(TOKEN), leaky, NetworkError(TOKEN)):
        assert TOKEN not in delivery_error(error).reason
