"""A web server on this machine whose pages a test writes, and which counts what it is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256

from aiohttp import web


@dataclass
class Site:
    """`pages` by path; a page is a body, a status, or headers with a body."""

    pages: dict[str, bytes | int | tuple[Mapping[str, str], bytes | int]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    bodies: Counter[str] = field(default_factory=Counter)
    url: str = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked[request.path] += 1
        page = self.pages.get(request.path, 404)
        headers, content = page if isinstance(page, tuple) else ({}, page)
        if isinstance(content, int):
            return web.Response(status=content, headers=dict(headers))
        tag = f'"{sha256(content).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers={"ETag": tag})
        self.bodies[request.path] += 1
        return web.Response(body=content, headers={"ETag": tag, **headers})


@asynccontextmanager
async def opened_site(**pages: bytes) -> AsyncIterator[Site]:
    """Serve pages on a free port of 127.0.0.1."""
    site = Site({f"/{path}": body for path, body in pages.items()})
    app = web.Application()
    app.router.add_get("/{path:.*}", site.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    listening = web.TCPSite(runner, "127.0.0.1", 0)
    await listening.start()
    host, port = runner.addresses[0][:2]
    site.url = f"http://{host}:{port}"
    try:
        yield site
    finally:
        await runner.cleanup()
