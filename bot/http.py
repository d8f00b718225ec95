"""The one HTTP server of the process: every platform that takes its events over HTTP has a path on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import ConfigError

if TYPE_CHECKING:
    from aiohttp import web
    from aiohttp.typedefs import Handler

MAX_BODY_BYTES = 2**20
SHUTDOWN_SECONDS = 5


class HttpServer:
    """Listens while at least one path is served. Bodies over 1 MB are refused with 413."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._paths: dict[str, Handler] = {}
        self._runner: web.AppRunner | None = None

    async def serve(self, path: str, handler: Handler) -> None:
        """Hand the POST requests of a path to `handler`. Raises ConfigError where the address is taken."""
        if self._runner is None:
            self._runner = await self._listen()
        self._paths[path] = handler

    async def withdraw(self, path: str) -> None:
        """Serve a path no more, and stop listening with the last one."""
        self._paths.pop(path, None)
        if self._runner and not self._paths:
            await self._runner.cleanup()
            self._runner = None

    async def _listen(self) -> web.AppRunner:
        from aiohttp import web

        app = web.Application(client_max_size=MAX_BODY_BYTES)
        app.router.add_post("/{path:.*}", self._hand_on)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        await runner.setup()
        host, port = self._address
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            await runner.cleanup()
            raise ConfigError(
                f"cannot listen on {host}:{port} ({error.strerror}); "
                "set HANGXUN_HTTP_HOST and HANGXUN_HTTP_PORT to a free address"
            ) from None
        return runner

    async def _hand_on(self, request: web.Request) -> web.StreamResponse:
        from aiohttp import web

        handler = self._paths.get(request.path)
        if handler is None:
            raise web.HTTPNotFound
        return await handler(request)
