"""A network cable that can be pulled: connections stay open, but nothing comes through any more."""

from __future__ import annotations

import asyncio
from typing import Self

CHUNK = 65_536


class Cable:
    """Listens on a free port of this machine and hands every byte on to another, until it is pulled."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._whole = asyncio.Event()
        self._whole.set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    def pull(self) -> None:
        """Let nothing through any more, in either direction."""
        self._whole.clear()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await asyncio.open_connection("127.0.0.1", self._target)
        for source, sink in ((reader, there[1]), (there[0], writer)):
            task = asyncio.create_task(self._hand_on(source, sink))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _hand_on(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(CHUNK):
                await self._whole.wait()
                sink.write(data)
                await sink.drain()
        finally:
            sink.close()
