"""What only one process may do at a time, such as polling: whoever holds the lease does it, and prolongs it.

A process that dies leaves its lease to run out; one that stops gives it back.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, NoReturn, Protocol
from uuid import uuid4

from bot.clock import utc_now
from handlers.errors import StoreError

LOG = logging.getLogger(__name__)

LENGTH = timedelta(seconds=15)
"""How long the others wait for a process that died."""

RENEWAL_SECONDS = 4.0
"""Three renewals may fail before the lease is lost."""


class KeptLeases(Protocol):
    """The table of leases (`bot.store.leases`). Both calls may raise StoreError."""

    def take(self, name: str, owner: str, now: datetime, for_: timedelta) -> bool:
        """Take or prolong a lease; False while another has it."""

    def release(self, name: str, owner: str) -> None:
        """Give a lease back."""


class Leases:
    """The leases that this process may hold; without a table it holds every one.

    `owner` is the same for all processes where only one of them can run at a time.
    """

    def __init__(
        self, kept: KeptLeases | None = None, owner: str = "", renewal_seconds: float = RENEWAL_SECONDS
    ) -> None:
        self._kept = kept
        self._owner = owner or uuid4().hex
        self._renewal = renewal_seconds
        self._failing: set[str] = set()

    async def while_held(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> NoReturn:
        """Do some endless work while the lease is ours, again and again, until cancelled."""
        held = None
        while True:
            if held := await self._take(name, held):
                LOG.info("lease taken name=%s", name)
                held = await self._work(name, work)
            await asyncio.sleep(self._renewal)

    async def _work(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> bool:
        """Work until the lease is lost."""
        task = asyncio.create_task(work())
        try:
            while not task.done() and await self._take(name, held=True):
                await asyncio.wait([task], timeout=self._renewal)
            LOG.warning("lease lost name=%s", name)
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await self._release(name)
        return False

    async def _take(self, name: str, held: bool | None) -> bool:
        """Take or prolong the lease; while the database fails all stays as it was, at first ours."""
        if self._kept is None:
            return True
        try:
            is_ours = await asyncio.to_thread(self._kept.take, name, self._owner, utc_now(), LENGTH)
        except StoreError as error:
            if name not in self._failing:
                LOG.warning("lease not renewed name=%s error=%s", name, error)
            self._failing.add(name)
            return held is not False
        self._failing.discard(name)
        return is_ours

    async def _release(self, name: str) -> None:
        if self._kept is not None:
            with suppress(StoreError):
                await asyncio.to_thread(self._kept.release, name, self._owner)
