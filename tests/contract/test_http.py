"""Both platforms on the one HTTP server of the process."""

from __future__ import annotations

import socket
from io import BytesIO

import aiohttp
import pytest
from aiohttp import web

from bot.errors import ConfigError
from bot.http import MAX_BODY_BYTES, HttpServer


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


async def say_hello(request: web.Request) -> web.Response:
    await request.read()
    return web.Response(text=f"hello from {request.path}")


async def post(port: int, path: str, body: bytes = b"") -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"http://127.0.0.1:{port}{path}", data=BytesIO(body)) as answer,
    ):
        return answer.status, await answer.text()


async def test_every_path_has_its_own_handler_on_one_port() -> None:
    port = free_port()
    server = HttpServer("127.0.0.1", port)
    await server.serve("/telegram", say_hello)
    await server.serve("/slack/events", say_hello)
    assert await post(port, "/telegram") == (200, "hello from /telegram")
    assert await post(port, "/slack/events") == (200, "hello from /slack/events")
    assert (await post(port, "/else"))[0] == 404
    assert (await post(port, "/telegram", b"x" * (MAX_BODY_BYTES + 1)))[0] == 413
    await server.withdraw("/telegram")
    assert (await post(port, "/telegram"))[0] == 404
    assert (await post(port, "/slack/events"))[0] == 200
    await server.withdraw("/slack/events")
    with pytest.raises(aiohttp.ClientConnectionError):
        await post(port, "/slack/events")


async def test_a_taken_address_is_one_line_that_names_the_settings() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = int(taken.getsockname()[1])
        with pytest.raises(ConfigError, match=f"127.0.0.1:{port}.*HANGXUN_HTTP_PORT"):
            await HttpServer("127.0.0.1", port).serve("/x", say_hello)
