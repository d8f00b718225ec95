"""The bot as an operator runs it: a process of its own that is started, watched, killed and stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiohttp

CHECKOUT = Path(__file__).parents[2]
PATIENCE_SECONDS = 90
MOST_SHOWN = 3
SECRETS = ("AAtest-token", "xoxb-", "xapp-")


class Bot:
    """One running `hangxun run`; `lines` is its log so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.lines: list[str] = []
        self._process = process
        self._news = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, settings: Mapping[str, str], *, prefix: Sequence[str] = ()) -> Bot:
        """Start the bot, behind the words of another program if need be; it may not be ready yet."""
        environment = {"PYTHONPATH": str(CHECKOUT), **os.environ, **settings}
        process = await asyncio.create_subprocess_exec(
            *prefix, sys.executable, "-m", "bot", "run",
            env=environment, cwd=settings.get("PWD"), stdin=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE, limit=2**24,
        )  # fmt: skip
        return cls(process)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """Whether the process is gone."""
        return self._process.returncode is not None

    async def ready(self) -> None:
        """Wait until the bot says that it is ready. Raises AssertionError where it ends before."""
        await self.said(" ready ")

    async def said(self, words: str, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until the log has these words. Raises AssertionError where the bot ends or stays silent."""
        await self.until(lambda: any(words in line for line in self.lines), seconds, words)

    async def until(self, holds: Callable[[], bool], seconds: float, what: str) -> None:
        """Wait for what follows from the log."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds), self._news:
                await self._news.wait_for(lambda: holds() or self._reading.done())
        assert holds(), f"never came: {what}\n{self.tail}"

    @property
    def tail(self) -> str:
        """The end of the log."""
        return "\n".join(self.lines[-30:])

    async def kill(self) -> None:
        """End the process as a power cut would (kill -9)."""
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._ended()

    async def stop(self) -> float:
        """Ask the process to leave; return how many seconds it took. It must be polite."""
        began = time.monotonic()
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self._ended()
        assert self._process.returncode == 0, self.tail
        return time.monotonic() - began

    def complaints(self) -> list[str]:
        """Return, and show, what must never stand in a log: unhandled exceptions and secrets."""
        bad = ("Traceback", *SECRETS)
        found = [line for line in self.lines if any(word in line for word in bad)]
        sys.stderr.writelines(f"{line}\n" for line in found[:MOST_SHOWN])
        return found

    async def _ended(self) -> None:
        await self._process.wait()
        await self._reading

    async def _read(self) -> None:
        assert self._process.stderr is not None
        while line := await self._process.stderr.readline():
            async with self._news:
                self.lines.append(line.decode(errors="replace").rstrip())
                self._news.notify_all()
        async with self._news:
            self._news.notify_all()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def status_of(page: str) -> int:
    """Return the status of a page of the bot."""
    async with aiohttp.ClientSession() as session, session.get(page) as answer:
        return answer.status


@asynccontextmanager
async def running(settings: Mapping[str, str], *, prefix: Sequence[str] = ()) -> AsyncIterator[Bot]:
    """Run the bot from ready until the block ends, then stop it."""
    bot = await Bot.start(settings, prefix=prefix)
    try:
        await bot.ready()
        yield bot
        if not bot.has_ended:
            await bot.stop()
    finally:
        await bot.kill()
