"""New secrets without a lost message: at SIGHUP, or when a file that holds a secret changes, the process
finishes what is under way, stops, and starts anew in its own place.

Settings that are wrong change nothing: the log says so, and the old ones hold.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from bot.config import load_config, secret_files
from bot.errors import ConfigError

LOG = logging.getLogger(__name__)

LOOK_SECONDS = 5.0


class Renewal:
    """Waits for new settings, from the moment it is made in a running event loop."""

    def __init__(self, look_seconds: float = LOOK_SECONDS) -> None:
        self._look_seconds = look_seconds
        self._asked = asyncio.Event()
        self._known = _stamps(secret_files())
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self._asked.set)

    async def wait(self) -> None:
        """Return when there are new settings to start with."""
        while not (await self._is_due() and _is_usable()):
            self._asked.clear()
        LOG.info("settings renewed, starting anew")

    async def _is_due(self) -> bool:
        try:
            await asyncio.wait_for(self._asked.wait(), self._look_seconds)
        except TimeoutError:
            before, self._known = self._known, _stamps(secret_files())
            return before != self._known
        return True


def start_anew() -> NoReturn:
    """Become a new process of the same command line."""
    os.execv(sys.executable, [sys.executable, "-m", "bot", *sys.argv[1:]])  # noqa: S606 -- our own command line


def _is_usable() -> bool:
    try:
        load_config()
    except ConfigError as error:
        LOG.error("new settings refused, the old ones hold: %s", error)  # noqa: TRY400 -- the cause is the text
        return False
    return True


def _stamps(files: Iterable[Path]) -> tuple[tuple[int, int] | None, ...]:
    """Return what changes when a file is written or replaced, None for one that is not there."""
    return tuple((stat.st_mtime_ns, stat.st_ino) if (stat := _stat(file)) else None for file in files)


def _stat(file: Path) -> os.stat_result | None:
    try:
        return file.stat()
    except OSError:
        return None
