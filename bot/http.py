"""The one HTTP server of the process: events of platforms come in, pages about the process go out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import ConfigError

if TYPE_CHECKING:
    from aiohttp import web
    from aiohttp.typedefs import Handler

MAX_BODY_BYTES = 2**20
SHUTDOWN_SECONDS = 5


class HttpServer:
    """Listens while it is open or at least one path is served. Bodies over 1 MB are refused with 413."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._pages: dict[str, Handler] = {}
        self._paths: dict[str, Handler] = {}
        self._is_open = False
        self._runner: web.AppRunner | None = None

    def offer(self, path: str, page: Handler) -> None:
        """Answer the GET requests of a path while the server listens; it does not listen for that alone."""
        self._pages[path] = page

    async def open(self) -> None:
        """Listen, whatever is served. Raises ConfigError where the address is taken."""
        self._is_open = True
        await self._listen()

    async def close(self) -> None:
        """Listen no more, but for the paths that are still served."""
        self._is_open = False
        await self._rest()

    async def serve(self, path: str, handler: Handler) -> None:
        """Hand the POST requests of a path to `handler`. Raises ConfigError where the address is taken."""
        await self._listen()
        self._paths[path] = handler

    async def withdraw(self, path: str) -> None:
        """Serve a path no more, and stop listening with the last one."""
        self._paths.pop(path, None)
        await self._rest()

    async def _listen(self) -> None:
        if self._runner is not None:
            return
        from aiohttp import web

        app = web.Application(client_max_size=MAX_BODY_BYTES)
        app.router.add_post("/{path:.*}", self._take)
        app.router.add_get("/{path:.*}", self._show)
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
        self._runner = runner

    async def _rest(self) -> None:
        if self._runner and not self._paths and not self._is_open:
            await self._runner.cleanup()
            self._runner = None

    async def _take(self, request: web.Request) -> web.StreamResponse:
        return await _handled(self._paths, request)

    async def _show(self, request: web.Request) -> web.StreamResponse:
        return await _handled(self._pages, request)


async def _handled(handlers: dict[str, Handler], request: web.Request) -> web.StreamResponse:
    from aiohttp import web

    handler = handlers.get(request.path)
    if handler is None:
        raise web.HTTPNotFound
    return await handler(request)
