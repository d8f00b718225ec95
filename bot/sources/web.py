"""One GET: to an address that may be fetched, conditional, bounded in time, size and redirects, polite."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.errors import FetchError
from bot.sources.addresses import Allowed, checked_url, judged
from bot.sources.source import UNMARKED, Marks

MOST_BYTES = 20 * 2**20
SECONDS = 20.0
MOST_REDIRECTS = 3
CHUNK = 2**16
AGENT = "Hangxun"
_HEADERS = {
    "User-Agent": f"{AGENT}/1.0",
    "Accept": "application/rss+xml, application/atom+xml, application/xml, text/html, */*;q=0.5",
}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back: `body` is None where nothing changed; `url` is the address after redirects."""

    url: str
    body: bytes | None
    content_type: str
    marks: Marks


class StatusError(FetchError):
    """The server answered, but not with what was asked for."""

    def __init__(self, status: int) -> None:
        super().__init__(f"it answered with status {status}")
        self.is_refusal = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR


class Web:
    """Fetches pages and feeds. Made in a running event loop by `opened_web`."""

    def __init__(self, session: aiohttp.ClientSession, allowed: Allowed) -> None:
        self._session = session
        self._allowed = allowed

    async def get(self, url: str, marks: Marks = UNMARKED, most: int = MOST_BYTES) -> Fetched:
        """Fetch an address within 20 seconds, at most 20 MB. Raises FetchError."""
        try:
            async with asyncio.timeout(SECONDS):
                return await self._follow(url, marks, most)
        except TimeoutError:
            raise FetchError(f"it did not answer within {SECONDS:.0f} seconds") from None
        except aiohttp.ClientError as error:
            raise _failure(error) from error

    async def _follow(self, url: str, marks: Marks, most: int) -> Fetched:
        for _ in range(1 + MOST_REDIRECTS):
            url = checked_url(url, self._allowed)
            headers = _HEADERS | marks.headers
            async with self._session.get(url, headers=headers, allow_redirects=False) as response:
                if response.status not in _REDIRECTS:
                    return await _read(url, response, marks, most)
                url = urljoin(url, response.headers.get("Location", ""))
        raise FetchError(f"it leads on more than {MOST_REDIRECTS} times")


@asynccontextmanager
async def opened_web(allowed: Allowed, connections: int = 16) -> AsyncIterator[Web]:
    """Open a client that keeps no cookies and connects to allowed addresses only."""
    connector = aiohttp.TCPConnector(
        limit=connections, resolver=_JudgingResolver(allowed), use_dns_cache=False
    )
    cookies = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(connector=connector, cookie_jar=cookies, trust_env=False) as session:
        yield Web(session, allowed)


class _JudgingResolver(AbstractResolver):
    """Resolves a name once; the connection goes to the addresses that were judged."""

    def __init__(self, allowed: Allowed) -> None:
        self._allowed = allowed
        self._names = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of a host. Raises FetchError where one of them may not be fetched."""
        found = await self._names.resolve(host, port, family)
        judged(host, (each["host"] for each in found), self._allowed)
        return found

    async def close(self) -> None:
        """Close the resolver behind this one."""
        await self._names.close()


async def _read(url: str, response: aiohttp.ClientResponse, marks: Marks, most: int) -> Fetched:
    kind = response.content_type
    if response.status == HTTPStatus.NOT_MODIFIED:
        return Fetched(url, None, kind, marks)
    if response.status != HTTPStatus.OK:
        raise StatusError(response.status)
    if (response.content_length or 0) > most:
        raise _too_large(most)
    body = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):
        body += chunk
        if len(body) > most:
            raise _too_large(most)
    new = Marks(response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
    return Fetched(url, bytes(body), kind, new)


def _too_large(most: int) -> FetchError:
    return FetchError(f"it is larger than {most / 2**20:.0f} MB")


def _failure(error: aiohttp.ClientError) -> FetchError:
    """Say in a clause what went wrong, without anything of the address but its host."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return FetchError(f"{error.host} is not a known host")
    if isinstance(error, aiohttp.ClientSSLError):
        return FetchError("its certificate is not trusted")
    if isinstance(error, aiohttp.ClientConnectorError):
        return FetchError(f"{error.host} does not answer")
    return FetchError("its answer broke off or is no valid HTTP")


def host_of(url: str) -> str:
    """Return the host of a checked address, with its port where one is written."""
    return urlsplit(url).netloc.lower()
