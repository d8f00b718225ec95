"""Calls to Telegram over aiohttp: python-telegram-bot's seam for that, and a shorter way below the library.

Why not the library's own client: docs/decisions/019-telegram-is-called-over-aiohttp.md.
"""

from __future__ import annotations

import json
import ssl
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import certifi
from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, FormData, TCPConnector
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.errors import ConfigError

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
CALL_SECONDS, TRANSFER_SECONDS = 15.0, 120.0
"""How long a call and a file may take beyond the time that an answer may."""

JSON = {"Content-Type": "application/json"}


class Client(BaseRequest):
    """Connections to one server of the Bot API, kept open from `initialize` to `shutdown`.

    Of the timeouts that a call may name the one for its answer counts: long polls need it.
    """

    def __init__(self, url: str, connections: int) -> None:
        self._url = url
        self._connections = connections
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How many seconds an answer may take where a call names none."""
        return READ_SECONDS

    async def initialize(self) -> None:
        """Make ready to call; connections are opened when they are needed.

        Raises ConfigError for a proxy of an unknown kind.
        """
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=self._connections, ssl=trust(self._url)),
                cookie_jar=DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=_proxy_for(self._url),
            )

    async def shutdown(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(self, method: str, body: bytes) -> Any:
        """Call a method whose parameters are JSON already, and return its result. Raises TelegramError."""
        url, limits = f"{self._url}/{method}", _limits(READ_SECONDS, CALL_SECONDS)
        status, answer = await self._exchange("POST", url, data=body, headers=JSON, timeout=limits)
        if status == HTTPStatus.OK:
            return _result(answer)
        return await _Answer(status, answer).post(url)

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **timeouts: Any
    ) -> tuple[int, bytes]:
        """Make a request for the library; a good status without a result is a failed call like any other.

        Raises TelegramError.
        """
        given = timeouts.get("read_timeout", self.DEFAULT_NONE)
        read = READ_SECONDS if given is self.DEFAULT_NONE else given
        if method == "GET":  # files are got, methods are posted to
            return await self._exchange(method, url, timeout=_limits(read, TRANSFER_SECONDS))
        status, answer = await self._exchange(method, url, **_content(request_data, read))
        if status == HTTPStatus.OK:
            _result(answer)
        return status, answer

    async def _exchange(self, method: str, url: str, **how: Any) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("the client is not initialized")
        try:
            async with self._session.request(method, url, allow_redirects=False, **how) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut(type(error).__name__) from error
        except ClientError as error:
            raise NetworkError(type(error).__name__) from error


class _Answer(BaseRequest):
    """An answer that has come already: `post` raises what the library makes of it."""

    def __init__(self, status: int, body: bytes) -> None:
        self._status = status
        self._body = body

    @property
    def read_timeout(self) -> float:
        """Nothing is waited for."""
        return 0.0

    async def initialize(self) -> None:
        """Do nothing: no connection is needed."""

    async def shutdown(self) -> None:
        """Do nothing: there is no connection."""

    async def do_request(self, *_: Any, **__: Any) -> tuple[int, bytes]:
        """Return the answer."""
        return self._status, self._body


def _result(answer: bytes) -> Any:
    """Return the result in the answer to a call. Raises NetworkError where there is none."""
    try:
        return json.loads(answer)["result"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise NetworkError("no result in the answer") from None


def _content(data: RequestData | None, read: float | None) -> dict[str, Any]:
    """Return the body of a call with all that depends on it: files go in a form, the rest is JSON."""
    if data is None or not data.contains_files:
        parameters = json.dumps(data.parameters if data else {}, ensure_ascii=False).encode()
        return {"data": parameters, "headers": JSON, "timeout": _limits(read, CALL_SECONDS)}
    form = FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return {"data": form, "timeout": _limits(read, TRANSFER_SECONDS)}


@lru_cache(16)
def _limits(read: float | None, more: float) -> ClientTimeout:
    """Return the limits of a request that may wait so long for each piece of its answer, and take `more`."""
    total = None if read is None else read + more
    return ClientTimeout(total, 2 * CONNECT_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=read)


def trust(url: str) -> ssl.SSLContext | bool:
    """Return whom to trust: the system and Mozilla, as slim containers have no certificates of their own."""
    if not url.startswith("https:"):
        return True
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _proxy_for(url: str) -> str | None:
    """Return the proxy that the environment names for an address (HTTPS_PROXY, ALL_PROXY, NO_PROXY).

    Raises ConfigError for one that is not spoken to in HTTP.
    """
    address = urlsplit(url)
    known = getproxies()
    proxy = known.get(address.scheme) or known.get("all")
    if not proxy or proxy_bypass(address.hostname or ""):
        return None
    if urlsplit(proxy).scheme not in {"http", "https"}:
        raise ConfigError(
            "HTTPS_PROXY or ALL_PROXY names a proxy that is no HTTP proxy: write http://host:port"
        )
    return proxy
