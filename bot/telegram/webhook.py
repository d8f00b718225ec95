"""A webhook: the address that Telegram posts updates to, open to nobody else."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler
from telegram import Bot, Update

from bot.errors import ConfigError

MAX_BODY_BYTES = 2**20
SHUTDOWN_SECONDS = 2
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- the header's name


@dataclass(frozen=True, slots=True)
class Webhook:
    """The public address, the secret by which we know Telegram, and where we listen behind the proxy.

    Raises ConfigError without a usable secret: anybody could post updates then.
    """

    url: str
    secret: str = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 8080

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", self.secret):
            raise ConfigError(
                "HANGXUN_TELEGRAM_WEBHOOK_SECRET must be 1 to 256 of A-Z a-z 0-9 _ - for a webhook"
            )

    async def serve(self, bot: Bot, accept: Callable[[Update], None]) -> web.AppRunner:
        """Listen, and hand every update to `accept`; the runner stops it. Raises ConfigError."""
        app = web.Application(client_max_size=MAX_BODY_BYTES)
        app.add_routes([web.post(urlsplit(self.url).path or "/", self._handler(bot, accept))])
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        await runner.setup()
        try:
            await web.TCPSite(runner, self.host, self.port).start()
        except OSError as error:
            await runner.cleanup()
            raise ConfigError(f"HANGXUN_HTTP_PORT {self.port} cannot be used: {error.strerror}") from error
        return runner

    def _handler(self, bot: Bot, accept: Callable[[Update], None]) -> Handler:
        async def take(request: web.Request) -> web.Response:
            given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
            if not hmac.compare_digest(given, self.secret.encode()):
                raise web.HTTPForbidden
            try:
                update = Update.de_json(json.loads(await request.read()), bot)
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                raise web.HTTPBadRequest from None
            accept(update)
            return web.Response()

        return take
