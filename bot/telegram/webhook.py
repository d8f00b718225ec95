"""A webhook: the path of our HTTP server that Telegram posts updates to, open to nobody else."""

from __future__ import annotations

import hmac
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler
from telegram import Bot, Update

from bot.errors import ConfigError
from bot.http import HttpServer
from bot.telegram.incoming import read_update

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- the header's name


@dataclass(frozen=True, slots=True)
class Webhook:
    """The public address, the secret by which we know Telegram, and the server behind the proxy.

    Raises ConfigError without a usable secret: anybody could post updates then.
    """

    url: str
    secret: str = field(repr=False)
    server: HttpServer

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", self.secret):
            raise ConfigError(
                "HANGXUN_TELEGRAM_WEBHOOK_SECRET must be 1 to 256 of A-Z a-z 0-9 _ - for a webhook"
            )

    @property
    def path(self) -> str:
        """The path of the public address, on which the server listens too."""
        return urlsplit(self.url).path or "/"

    async def serve(self, bot: Bot, accept: Callable[[Update], Awaitable[None]]) -> None:
        """Hand every update to `accept`, and confirm it then. Raises ConfigError where nobody can listen."""
        await self.server.serve(self.path, self._handler(bot, accept))

    async def withdraw(self) -> None:
        """Take no more updates."""
        await self.server.withdraw(self.path)

    def _handler(self, bot: Bot, accept: Callable[[Update], Awaitable[None]]) -> Handler:
        async def take(request: web.Request) -> web.Response:
            given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
            if not hmac.compare_digest(given, self.secret.encode()):
                raise web.HTTPForbidden
            update = read_update(await request.read(), bot)
            if update is None:
                raise web.HTTPBadRequest
            await accept(update)
            return web.Response()

        return take
