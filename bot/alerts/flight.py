"""The messages that are under way at once: how many, and the outcomes of those that are back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias

from bot.store.rows import Delivery, Result

Send: TypeAlias = Callable[[Delivery], Coroutine[Any, Any, Result]]


class Flight:
    """Carries messages with `send`, each in a task of the group; outcomes are kept until they are landed."""

    def __init__(self, group: asyncio.TaskGroup, send: Send) -> None:
        self._group = group
        self._send = send
        self._back: list[Result] = []
        self._news = asyncio.Event()
        self.aloft = 0
        """How many were carried and not landed yet."""

    @property
    def is_out(self) -> bool:
        """Whether some are neither landed nor back."""
        return self.aloft > len(self._back)

    def carry(self, claimed: Delivery) -> None:
        """Begin to send a message."""
        self.aloft += 1
        self._group.create_task(self._carry(claimed))

    async def back(self) -> None:
        """Wait until an outcome can be landed."""
        await self._news.wait()

    def land(self) -> list[Result]:
        """Return the outcomes that came since the last time."""
        landed, self._back = self._back, []
        self.aloft -= len(landed)
        self._news.clear()
        return landed

    async def _carry(self, claimed: Delivery) -> None:
        result = await self._send(claimed)
        self._back.append(result)
        self._news.set()
