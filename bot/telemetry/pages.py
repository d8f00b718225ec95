"""The pages for whoever watches over the process.

/healthz   200 while it runs and hears its platforms, else 503: start it anew
/readyz    200 while it can answer and keep what it is told, else 503 with what is wrong: look at it
/metrics   the figures for Prometheus
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from bot.http import HttpServer
from bot.telemetry.counted import Telemetry

if TYPE_CHECKING:
    from aiohttp import web
    from aiohttp.typedefs import Handler

Check: TypeAlias = Callable[[], str | None]
"""Tells in a few words what is wrong, None where nothing is. May take its time: runs in a thread."""

FIGURES_TYPE = "text/plain; version=1.0.0; charset=utf-8"


def offer_pages(
    server: HttpServer, telemetry: Telemetry, health: Mapping[str, Check], readiness: Mapping[str, Check]
) -> None:
    """Answer for the three pages whenever the server listens."""
    from aiohttp import web

    async def figures(_request: web.Request) -> web.Response:
        from bot.telemetry.exposition import exposition

        body = await asyncio.to_thread(exposition, telemetry)
        return web.Response(body=body, headers={"Content-Type": FIGURES_TYPE})

    server.offer("/healthz", _page_of(health))
    server.offer("/readyz", _page_of(readiness))
    server.offer("/metrics", figures)


def _page_of(checks: Mapping[str, Check]) -> Handler:
    """Return a page that runs the checks side by side and tells of each what is wrong, or "ok"."""
    from aiohttp import web

    async def page(_request: web.Request) -> web.StreamResponse:
        found = await asyncio.gather(*(asyncio.to_thread(check) for check in checks.values()))
        status = 503 if any(found) else 200
        told = {name: trouble or "ok" for name, trouble in zip(checks, found, strict=True)}
        return web.json_response(told, status=status)

    return page
