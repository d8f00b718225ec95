"""The job that keeps the library up to date: look at what is due, and build when something is new.

A build is a process of its own: it takes no memory and no time from answers, and one that dies leaves the
index as it was. The bot notices a new version by itself.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from bot.errors import BotError
from bot.scheduler import repeat
from bot.sources.polling import Look
from bot.sources.source import Kind, WatchedSource
from bot.sources.spool import Spool
from handlers.errors import StoreError

LOG = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 3.0
REST_AFTER_FAILURE = timedelta(minutes=5)
LOWER_PRIORITY = 10
AT_ONCE = 8
"""How many sources are looked at side by side."""

Signature: TypeAlias = frozenset[tuple[str, int, int]]
"""The files of some folders: path, size, time of change."""

Build: TypeAlias = Callable[[Sequence[Path]], Awaitable[bool]]
"""Builds the index from these folders; False where it failed."""


class KeptSources(Protocol):
    """The table of sources (`bot.store.sources`). Every call may raise StoreError."""

    def all(self) -> tuple[WatchedSource, ...]:
        """Return the sources in the order in which they were added."""

    def save(self, source: WatchedSource) -> None:
        """Keep what a look found out; nothing where the source is gone by now."""


class Looker(Protocol):
    """Looks at one source (`bot.sources.polling.Poller`)."""

    async def look(self, source: WatchedSource, now: datetime) -> Look:
        """Look at a source once."""


class Watcher:
    """Looks at the sources of a table and has the index built from them."""

    def __init__(
        self, kept: KeptSources, poller: Looker, spool: Spool, build: Build, clock: Callable[[], datetime]
    ) -> None:
        self._kept = kept
        self._poller = poller
        self._spool = spool
        self._build = build
        self._clock = clock
        self._seen: Signature | None = None
        self._built: Signature = frozenset()
        self._rests_until = clock()

    async def run(self) -> None:
        """Look again and again until cancelled."""
        schedule = repeat(self.look, timedelta(seconds=SECONDS_BETWEEN_LOOKS), told_at=logging.DEBUG)
        try:
            await asyncio.Event().wait()
        finally:
            schedule.stop()

    async def look(self) -> None:
        """Look at what is due and build if files changed and have come to rest. Never raises."""
        try:
            await self._build_settled(await self._looked_at())
        except (StoreError, BotError, OSError) as error:
            LOG.warning("sources not looked at error=%s", error)
        except Exception:
            LOG.exception("sources not looked at")

    async def catch_up(self) -> bool:
        """Look at what is due, then build, once. False where the build failed. Raises StoreError, OSError."""
        folders = await self._looked_at()
        return not await asyncio.to_thread(signature_of, folders) or await self._build_from(folders)

    async def _looked_at(self) -> list[Path]:
        """Look at what is due; return the folders of all sources."""
        sources = await asyncio.to_thread(self._kept.all)
        await asyncio.to_thread(self._spool.keep_only, {source.number for source in sources})
        due = [source for source in sources if source.due_at <= self._clock()]
        await look_at_all(due, self._poller, self._kept, self._clock)
        return [*_folders(sources), self._spool.folder]

    async def _build_settled(self, folders: Sequence[Path]) -> None:
        """Build once the files are as they were at the look before: a copy under way is left to end."""
        now = await asyncio.to_thread(signature_of, folders)
        settled, self._seen = now == self._seen, now
        if not settled or now == self._built or self._clock() < self._rests_until:
            return
        if await self._build_from(folders):
            self._built = now
        else:
            self._rests_until = self._clock() + REST_AFTER_FAILURE

    async def _build_from(self, folders: Sequence[Path]) -> bool:
        there = await asyncio.to_thread(lambda: [folder for folder in folders if folder.exists()])
        return await self._build(there)


async def look_at_all(
    sources: Sequence[WatchedSource], poller: Looker, kept: KeptSources, clock: Callable[[], datetime]
) -> list[Look]:
    """Look at sources side by side and keep what was found out. Raises StoreError."""
    slots = asyncio.Semaphore(AT_ONCE)

    async def one(source: WatchedSource) -> Look:
        async with slots:
            look = await poller.look(source, clock())
            await asyncio.to_thread(kept.save, look.source)
        _log(look)
        return look

    return await asyncio.gather(*(one(source) for source in sources))


def signature_of(folders: Sequence[Path]) -> Signature:
    """Return what the files of some folders look like from outside."""
    return frozenset(_files(folders))


def _files(folders: Sequence[Path]) -> Iterator[tuple[str, int, int]]:
    for folder in folders:
        if folder.is_file():
            yield _seen(folder)
        for parent, names, files in os.walk(folder):
            names[:] = [name for name in names if not name.startswith(".")]
            for name in files:
                with suppress(OSError):  # gone between the listing and the look
                    yield _seen(Path(parent, name))


def _seen(path: Path) -> tuple[str, int, int]:
    status = path.stat()
    return str(path), status.st_size, status.st_mtime_ns


def _folders(sources: Sequence[WatchedSource]) -> Iterator[Path]:
    return (Path(source.location) for source in sources if source.kind is Kind.FOLDER)


def _log(look: Look) -> None:
    source = look.source
    if source.trouble:
        LOG.warning("source=%d trouble=%s failures=%d", source.number, source.trouble, source.failures)
    elif look.changed:
        LOG.info("source=%d changed=%d", source.number, look.changed)


async def build_in_child(index: Path, folders: Sequence[Path]) -> bool:
    """Build the index from folders in a process of lower priority. False where it failed."""
    arguments = ("-m", "bot", "build", *map(str, folders), "--out", str(index), "--json")
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        os.setpriority(os.PRIO_PROCESS, child.pid, LOWER_PRIORITY)
        out, err = await child.communicate()
    finally:
        if child.returncode is None:
            child.terminate()
            await child.wait()
    summary = _summary(out)
    if summary is None:
        LOG.error("index not built code=%s reason=%s", child.returncode, _last_line(err))
        return False
    LOG.info("index built %s", " ".join(f"{name}={value}" for name, value in summary.items()))
    return True


def _summary(out: bytes) -> dict[str, Any] | None:
    """Return the counts of a build's last line, None where it ended without one."""
    try:
        row = json.loads(_last_line(out))
    except ValueError:
        return None
    counts = {name: row[name] for name in ("added", "updated", "removed", "articles", "metrics", "seconds")}
    return counts | {"refused": len(row["refused"])}


def _last_line(text: bytes) -> str:
    lines = text.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else ""
